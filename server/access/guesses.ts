/** Slows whoever guesses at keys, tokens and codes: only those whose credentials are wrong ever wait, whoever sits behind the same address. */
import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';

export interface GuessLimits {
  /** Different wrong secrets from one address within `windowMs` before its next ones are turned away unlooked at. */
  readonly limit: number;
  readonly windowMs: number;
  /** A clock that never goes back, ms. */
  readonly now: () => number;
}

/** What a request brings along: nothing, something right, or something wrong. */
export type Credentials = { readonly is: 'none' } | { readonly is: 'right' | 'wrong'; readonly secret: string };

export interface Guesses {
  /** Notes a wrong secret; answers with the seconds to wait where the address has guessed too often. */
  note(address: string, secret: string): number | undefined;
}

/** More addresses than this are not remembered: the oldest is forgotten. */
const MOST_ADDRESSES = 10_000;

export function createGuesses({ limit, windowMs, now }: GuessLimits): Guesses {
  const known = new Map<string, { readonly since: number; readonly secrets: Set<string> }>();
  return {
    note(address, secret) {
      const key = ipKeyGenerator(address);
      let entry = known.get(key);
      if (!entry || now() - entry.since >= windowMs) {
        known.delete(key);
        known.set(key, (entry = { since: now(), secrets: new Set() }));
        if (known.size > MOST_ADDRESSES) known.delete(known.keys().next().value!);
      }
      // The same wrong secret again is a display with an old cookie, not somebody who guesses.
      const mark = createHash('sha256').update(secret).digest('base64');
      if (entry.secrets.has(mark)) return undefined;
      if (entry.secrets.size < limit) {
        entry.secrets.add(mark);
        return undefined;
      }
      return Math.max(1, Math.ceil((entry.since + windowMs - now()) / 1000));
    },
  };
}

/** Turns away what guesses too often; everything else goes on, a wrong secret to the refusal that its route gives. */
export function slowGuesses(
  guesses: Guesses,
  read: (request: Parameters<RequestHandler>[0]) => Credentials,
): RequestHandler {
  return (request, response, next) => {
    const credentials = read(request);
    const waitSeconds = credentials.is === 'wrong' ? guesses.note(request.ip ?? '', credentials.secret) : undefined;
    if (waitSeconds === undefined) {
      next();
      return;
    }
    response.status(429).set('Retry-After', String(waitSeconds)).json({ error: 'too-many-attempts' });
  };
}
