/** The hall's clock on a page, and the waits between two tries. */
import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../client/live/backoff.ts';
import { hearClock, readClock, startClock, type HallClock } from '../../client/live/hall-clock.ts';

function hear(words: [server: number, local: number][]): HallClock {
  const [first, ...rest] = words;
  return rest.reduce((clock, [server, local]) => hearClock(clock, server, local), startClock(...first!));
}

describe('the hall clock', () => {
  it.each([
    [
      'an ordinary clock, with the jitter of a network',
      [
        [1000, 0],
        [6040, 5000],
        [10_980, 10_000],
      ],
      11_980,
      11_000,
    ],
    [
      'a demonstration at ten times the pace',
      [
        [0, 0],
        [50_000, 5000],
        [100_000, 10_000],
      ],
      110_000,
      11_000,
    ],
    [
      'one jump over a night does not become the pace',
      [
        [0, 0],
        [5000, 5000],
        [50_000_000, 10_000],
        [50_005_000, 15_000],
      ],
      50_006_000,
      16_000,
    ],
    [
      'two words too close to tell a pace',
      [
        [1000, 0],
        [1900, 100],
      ],
      2000,
      1000,
    ],
    [
      'a clock that stands still',
      [
        [5000, 0],
        [5000, 5000],
        [5000, 10_000],
      ],
      5000,
      14_000,
    ],
  ] as [string, [number, number][], number, number][])('%s', (_name, words, expected, local) => {
    expect(readClock(hear(words), local)).toBe(expected);
  });
});

describe('backoffMs', () => {
  it.each([
    [0, 0, 250],
    [0, 0.999999, 500],
    [3, 0, 2000],
    [50, 0, 5000],
    [50, 1, 10_000],
  ])('attempt %d with chance %d', (attempt, chance, expected) => {
    expect(backoffMs({ firstMs: 500, mostMs: 10_000 }, attempt, chance)).toBeCloseTo(expected, 0);
  });
});
