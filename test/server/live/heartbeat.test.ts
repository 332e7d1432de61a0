// The heart of the push beats every five seconds, by a clock that the test moves (P4).
import { createServer } from 'node:http';
import { afterEach, expect, test, vi } from 'vitest';
import { createGuesses } from '../../../server/access/guesses.ts';
import { createVisitors } from '../../../server/access/visitor.ts';
import { openLive } from '../../../server/live/sockets.ts';

afterEach(() => vi.useRealTimers());

test('a heartbeat is made every five seconds until the end, and never in between (P4)', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  let beats = 0;
  const live = openLive(createServer(), {
    halls: [
      {
        id: 'test',
        read: () => ({ audience: 'management', tokenId: undefined, wrong: [] }),
        guesses: createGuesses({ limit: 30, windowMs: 60_000, now: () => 0, addressOf: () => '' }),
        snapshot: () => undefined,
        heartbeat: () => {
          beats++;
          return undefined;
        },
        connect: () => () => {},
      },
    ],
    readVisitor: createVisitors(0),
    isOwnHost: () => true,
    limits: { most: { polling: 9, waiting: 9, tokenless: 9, token: 9 }, mostPolling: 9, mostInAll: 9 },
    tokenlessQueueLimit: 1e9,
  });
  const seen = [4_999, 1, 4_999, 1, 60_000].map((ms) => {
    vi.advanceTimersByTime(ms);
    return beats;
  });
  expect(seen).toEqual([0, 1, 1, 2, 14]);
  await live.close();
  vi.advanceTimersByTime(60_000);
  expect(beats).toBe(14);
});
