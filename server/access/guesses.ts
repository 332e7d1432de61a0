/** Slows whoever guesses at keys and tokens: an address with too many wrong ones is locked for a while. */
import type { RequestHandler } from 'express';
import { ipKeyGenerator, MemoryStore, type Options } from 'express-rate-limit';

export interface GuessLimits {
  /** Wrong keys or tokens from one address within `windowMs` before it is locked until the window ends. */
  readonly limit: number;
  readonly windowMs: number;
}

/**
 * Counts answers of 401 to requests that presented a secret or asked to write something, and nothing else: requests under way are no guesses,
 * so a crowd of honest ones from one address is never refused, nor is a display that has no token yet.
 */
export function slowGuesses({ limit, windowMs }: GuessLimits): RequestHandler {
  const store = new MemoryStore();
  store.init({ windowMs } as Options);
  return async (request, response, next) => {
    const address = ipKeyGenerator(request.ip ?? '');
    const guesses = await store.get(address);
    const waitMs = (guesses?.resetTime?.getTime() ?? 0) - Date.now();
    if (guesses !== undefined && guesses.totalHits >= limit && waitMs > 0) {
      response
        .status(429)
        .set('Retry-After', String(Math.ceil(waitMs / 1000)))
        .json({ error: 'too-many-attempts' });
      return;
    }
    const { authorization, cookie } = request.headers;
    if (authorization !== undefined || cookie !== undefined || request.method !== 'GET') {
      response.once('finish', () => {
        if (response.statusCode === 401) void store.increment(address);
      });
    }
    next();
  };
}
