/** How many sessions a token, an address and the hall may hold, by what each kind costs. Bookkeeping only. */

/**
 * `polling`: what is sent waits in memory until it is fetched. `waiting`: a WebSocket that has shown no token and not
 * joined yet. `tokenless`: joined without one. `token`: opened by a display's token.
 */
export type SessionKind = 'polling' | 'waiting' | 'tokenless' | 'token';

export interface Place {
  readonly kind: SessionKind;
  /** The token's id, or the address where there is none. */
  readonly account: string;
  readonly hasToken: boolean;
}

export interface SessionLimits {
  /** Sessions of a kind that one account may hold. */
  readonly most: Readonly<Record<SessionKind, number>>;
  /** Polling sessions without a token, of all addresses. */
  readonly mostPolling: number;
  /** All sessions; those without a token may take half, so that they never keep out one that has. */
  readonly mostInAll: number;
}

/**
 * Measured: a session costs 20 to 50 KB while it reads. One that polls and never fetches holds what waits for it, up to
 * the megabyte of signs at which it is cut: 2.1 MB (spec P5).
 */
const SESSION_BYTES = 100_000;
/** Of the heap that this process may have. */
const SHARE = 1 / 4;

/** @param heapBytes what the process may use in all */
export function limitSessions(heapBytes: number): SessionLimits {
  return {
    most: {
      // Nobody needs it but a reader whose network lets no WebSocket through: 35 MB.
      polling: 16,
      // Many screens behind one address may return in the same second, each with a token that it shows when it joins.
      waiting: 2_000,
      // Open reading is for a demo and a handful of screens.
      tokenless: 512,
      // A hall may have given all its walls one token.
      token: 2_000,
    },
    mostPolling: 128,
    mostInAll: Math.max(2_000, Math.floor((heapBytes * SHARE) / SESSION_BYTES)),
  };
}

/** @template Session whatever stands for one */
export class Sessions<Session> {
  readonly #limits: SessionLimits;
  readonly #groups = new Map<string, Set<Session>>();
  readonly #places = new Map<Session, Place>();
  #tokenless = 0;
  #polling = 0;

  constructor(limits: SessionLimits) {
    this.#limits = limits;
  }

  /** Why a session may not enter: its account or the hall is full. A place where others give way is never full for its account. */
  findRefusal(place: Place): 'account' | 'hall' | undefined {
    const { most, mostPolling, mostInAll } = this.#limits;
    if (place.kind !== 'waiting' && this.#count(place) >= most[place.kind]) return 'account';
    if (this.#places.size >= mostInAll) return 'hall';
    if (place.hasToken) return undefined;
    return this.#tokenless >= mostInAll / 2 || (place.kind === 'polling' && this.#polling >= mostPolling)
      ? 'hall'
      : undefined;
  }

  /** Whether one that is in already may go on in another place; it takes no more of the hall than before. */
  mayMove(place: Place): boolean {
    return this.#count(place) < this.#limits.most[place.kind];
  }

  /** Enters a session, or moves it to another place. Returns those that must give way: the oldest that wait at its address. */
  enter(session: Session, place: Place): readonly Session[] {
    this.leave(session);
    const key = keyOf(place);
    const group = this.#groups.get(key) ?? new Set<Session>();
    this.#groups.set(key, group.add(session));
    this.#places.set(session, place);
    this.#add(place, 1);
    if (place.kind !== 'waiting') return [];
    return [...group].slice(0, Math.max(0, group.size - this.#limits.most.waiting));
  }

  leave(session: Session): void {
    const place = this.#places.get(session);
    if (!place) return;
    const key = keyOf(place);
    const group = this.#groups.get(key);
    group?.delete(session);
    if (group?.size === 0) this.#groups.delete(key);
    this.#places.delete(session);
    this.#add(place, -1);
  }

  placeOf(session: Session): Place | undefined {
    return this.#places.get(session);
  }

  #count(place: Place): number {
    return this.#groups.get(keyOf(place))?.size ?? 0;
  }

  #add({ kind, hasToken }: Place, n: number): void {
    if (hasToken) return;
    this.#tokenless += n;
    if (kind === 'polling') this.#polling += n;
  }
}

function keyOf({ kind, account }: Place): string {
  return `${kind} ${account}`;
}
