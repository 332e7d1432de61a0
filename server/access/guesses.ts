/** Slows whoever guesses at keys, tokens and codes. Only what failed is ever counted, and only what failed is refused. */
import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';

export interface GuessesOptions {
  /** Different wrong secrets of one address, and times that it tries one of them, within `windowMs` before it must wait. */
  readonly limit: number;
  readonly windowMs: number;
  /** A clock that never goes back, ms. */
  readonly now: () => number;
  readonly addressOf: (request: Request) => string;
  /** Told once a window of an address that must wait. */
  readonly onLocked?: (address: string) => void;
}

export interface Guesses {
  /**
   * Counts secrets that failed. Milliseconds for which `address` must wait with them; 0 where it need not.
   * Whoever comes with a right one is never asked about here, whatever a neighbour behind the same address does.
   */
  count(address: string, secrets: readonly string[]): number;
  /** Answers a request whose secrets failed: 401, or 429 where there were too many. Nothing presented is no guess. */
  refuse(request: Request, response: Response, secrets: readonly string[]): void;
  /** Answers 429 where there were too many; otherwise leaves the answer to the caller. */
  isTooMany(request: Request, response: Response, secrets: readonly string[]): boolean;
}

/** More addresses than these are not remembered: the oldest is forgotten. */
const MOST_ADDRESSES = 10_000;

interface Attempts {
  readonly since: number;
  /** How often each wrong secret came, by its hash; never more of them than the limit, so that guessing fills no memory. */
  readonly times: Map<string, number>;
  isLocked: boolean;
}

export function createGuesses({ limit, windowMs, now, addressOf, onLocked }: GuessesOptions): Guesses {
  const known = new Map<string, Attempts>();
  const attemptsOf = (address: string): Attempts => {
    const found = known.get(address);
    if (found && now() - found.since < windowMs) return found;
    const fresh: Attempts = { since: now(), times: new Map(), isLocked: false };
    known.delete(address);
    known.set(address, fresh);
    if (known.size > MOST_ADDRESSES) known.delete(known.keys().next().value!);
    return fresh;
  };
  const countOne = (address: string, secret: string): number => {
    const attempts = attemptsOf(address);
    const { times, since } = attempts;
    const mark = createHash('sha256').update(secret).digest('base64');
    const before = times.get(mark) ?? 0;
    // A screen that asks with the same old cookie all day guesses once.
    const isNew = before === 0;
    if (!isNew || times.size < limit) times.set(mark, before + 1);
    if (isNew ? times.has(mark) : before < limit) return 0;
    if (isNew && !attempts.isLocked) {
      attempts.isLocked = true;
      onLocked?.(address);
    }
    return since + windowMs - now();
  };

  const guesses: Guesses = {
    count: (address, secrets) => Math.max(0, ...secrets.map((secret) => countOne(address, secret))),
    isTooMany(request, response, secrets) {
      const waitMs = guesses.count(addressOf(request), secrets);
      if (waitMs === 0) return false;
      response
        .status(429)
        .set('Retry-After', String(Math.ceil(waitMs / 1000)))
        .json({ error: 'too-many-attempts' });
      return true;
    },
    refuse(request, response, secrets) {
      if (!guesses.isTooMany(request, response, secrets)) response.status(401).json({ error: 'unauthorized' });
    },
  };
  return guesses;
}
