/** How many live sessions one address or one token may hold, so that no stranger fills the memory and no hall's walls are turned away. */

export interface SessionLimits {
  /** Sessions that poll, of one address and of all: each costs megabytes, and the walls use none. */
  readonly pollingPerAddress: number;
  readonly pollingTotal: number;
  /** WebSockets of one address that bring no token. */
  readonly tokenlessPerAddress: number;
  /** WebSockets with one token: as many walls as a hall can have. */
  readonly perToken: number;
  readonly total: number;
}

export interface SessionRequest {
  readonly address: string;
  readonly isPolling: boolean;
  /** The display that opens it; absent without a right token. */
  readonly token: string | undefined;
}

export interface Sessions {
  /** Whether there is room for one more. */
  hasRoom(request: SessionRequest): boolean;
  /** Counts one; returns what uncounts it. */
  enter(request: SessionRequest): () => void;
}

export function createSessions(limits: SessionLimits): Sessions {
  const counts = new Map<string, number>();
  const countOf = (key: string): number => counts.get(key) ?? 0;
  const add = (key: string, n: number): void => {
    const next = countOf(key) + n;
    if (next > 0) counts.set(key, next);
    else counts.delete(key);
  };
  const keysOf = ({ address, isPolling, token }: SessionRequest): [key: string, most: number][] => [
    ['all', limits.total],
    ...(isPolling
      ? ([
          ['polling', limits.pollingTotal],
          [`polling ${address}`, limits.pollingPerAddress],
        ] as [string, number][])
      : []),
    token === undefined ? [`address ${address}`, limits.tokenlessPerAddress] : [`token ${token}`, limits.perToken],
  ];
  return {
    hasRoom: (request) => keysOf(request).every(([key, most]) => countOf(key) < most),
    enter(request) {
      const keys = keysOf(request).map(([key]) => key);
      for (const key of keys) add(key, 1);
      let isIn = true;
      return () => {
        if (isIn) for (const key of keys) add(key, -1);
        isIn = false;
      };
    },
  };
}
