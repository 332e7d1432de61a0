/** Slows whoever guesses at passwords: by account and address, so that nobody far away can lock somebody out of their own desk. */

/** Wrong passwords in a row of one account from one address, after which each further one is waited for, longer and longer. */
const FREE = 5;
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 15 * 60_000;
/** Wrong passwords of one account from addresses that it never signed in from, and of one address for accounts that never did. */
const STRANGERS = { ofAccount: 20, ofAddress: 30, windowMs: 60 * 60_000 };
/** More than these are not remembered: the oldest are forgotten. */
const MOST_KNOWN = 10_000;

interface Failures {
  n: number;
  until: number;
}

export interface Attempt {
  readonly staff: string;
  readonly address: string;
  /** Whether this account has signed in from this address lately. */
  readonly isKnown: boolean;
}

export interface SignInGuesses {
  /** Milliseconds to wait before this attempt may be looked at; 0 where it may be now. What waits is not counted. */
  waitFor(attempt: Attempt): number;
  /**
   * Counts a password as wrong when it begins to be looked at, so that many at once are slowed as well. Returns whether
   * the account has now to be waited for.
   */
  begin(attempt: Attempt): boolean;
  /** Of an attempt that was right, or was not looked at after all. */
  takeBack(attempt: Attempt): void;
  noteRight(attempt: Attempt): void;
}

/** @param now a clock that never goes back, ms */
export function createSignInGuesses(now: () => number): SignInGuesses {
  const pairs = new Map<string, Failures>();
  const strangers = new Map<string, Failures>();
  const pairOf = ({ staff, address }: Attempt): string => JSON.stringify([staff, address]);
  const keysOf = ({ staff, address }: Attempt): [string, number][] => [
    [`account ${staff}`, STRANGERS.ofAccount],
    [`address ${address}`, STRANGERS.ofAddress],
  ];
  const noteFailure = (known: Map<string, Failures>, key: string, next: (n: number, until: number) => number): void => {
    const { n = 0, until = 0 } = known.get(key) ?? {};
    known.delete(key);
    known.set(key, { n: n + 1, until: next(n + 1, until) });
    if (known.size > MOST_KNOWN) known.delete(known.keys().next().value!);
  };
  const guesses: SignInGuesses = {
    waitFor(attempt) {
      const at = now();
      let until = pairs.get(pairOf(attempt))?.until ?? 0;
      if (!attempt.isKnown)
        for (const [key, most] of keysOf(attempt)) {
          const failures = strangers.get(key);
          if (failures && failures.until <= at) strangers.delete(key);
          else if (failures && failures.n >= most) until = Math.max(until, failures.until);
        }
      return Math.max(0, until - at);
    },
    begin(attempt) {
      const at = now();
      noteFailure(pairs, pairOf(attempt), (n) =>
        n < FREE ? 0 : at + Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(n - FREE, 10)),
      );
      // The window begins with its first failure, so that going on does not make it longer.
      if (!attempt.isKnown)
        for (const [key] of keysOf(attempt))
          noteFailure(strangers, key, (n, until) => (n === 1 ? at + STRANGERS.windowMs : until));
      return guesses.waitFor(attempt) > 0;
    },
    takeBack(attempt) {
      const pair = pairs.get(pairOf(attempt));
      if (pair) pairs.set(pairOf(attempt), { n: pair.n - 1, until: pair.n - 1 < FREE ? 0 : pair.until });
      if (attempt.isKnown) return;
      for (const [key] of keysOf(attempt)) {
        const failures = strangers.get(key);
        if (failures && failures.n > 1) strangers.set(key, { ...failures, n: failures.n - 1 });
        else strangers.delete(key);
      }
    },
    noteRight(attempt) {
      pairs.delete(pairOf(attempt));
    },
  };
  return guesses;
}
