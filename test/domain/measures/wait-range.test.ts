/** The wait range: nearest rank by hand, and never better than either of its two readings. */
import { expect, it } from 'vitest';
import { toWaitRange } from '../../../domain/measures/wait-range.ts';

const MINUTE = 60_000;
const minutes = (...values: number[]): Map<number, number> => {
  const histogram = new Map<number, number>();
  for (const value of values) histogram.set(value * MINUTE, (histogram.get(value * MINUTE) ?? 0) + 1);
  return histogram;
};
/** Of ten values the 10th percentile is the first, the 90th the ninth. */
const TEN = minutes(1, 2, 3, 4, 5, 6, 7, 8, 9, 40);

it.each([
  ['nothing known', minutes(), minutes(), 0, 0, undefined],
  ['four calls are too few', minutes(1, 2, 3, 4), TEN, 2, 1, undefined],
  ['five calls, nobody ahead: what they waited', minutes(5, 1, 2, 3, 4), TEN, 0, 2, [1, 5]],
  ['one long wait of ten does not stretch it', TEN, minutes(), 0, 0, [1, 9]],
  ['people ahead, and no window at work', TEN, TEN, 9, 0, [1, 9]],
  ['people ahead, and too few times at a window', TEN, minutes(5, 5, 5, 5), 9, 3, [1, 9]],
  // (8 + 1) × 10 ÷ 2 = 45, and 8 × 4 ÷ 2 = 16 does not raise the low end.
  ['a queue longer than today has seen', TEN, minutes(4, 5, 5, 5, 10), 8, 2, [1, 45]],
  // 1 × 2 ÷ 4 = 0.5 and 2 × 3 ÷ 4 = 1.5: a short queue lowers the low end and leaves the high one.
  ['a queue shorter than today has seen', minutes(6, 6, 7, 8, 9), minutes(2, 2, 2, 2, 3), 1, 4, [0.5, 9]],
] as const)('%s', (_name, waits, handling, ahead, windows, expected) => {
  const range = toWaitRange({ waits, handling, ahead, windows });
  expect(range && [range.lowMs / MINUTE, range.highMs / MINUTE]).toEqual(expected);
});
