/** A band's promise: of all counts that could come, it holds about four in five. */
import { describe, expect, it } from 'vitest';
import { bandOf } from '../../../domain/forecast/band.ts';

/** The probability that a Poisson count lies in the band, by the textbook's sum. */
function poissonShare(mean: number, low: number, high: number): number {
  let share = 0;
  let p = Math.exp(-mean);
  for (let x = 0; x <= high; x++) {
    if (x >= low) share += p;
    p *= mean / (x + 1);
  }
  return share;
}

describe('a band (F2)', () => {
  it.each([2, 4, 7.5, 15, 33, 90, 250, 299])(
    'of a Poisson count of mean %d holds what its whole bounds allow',
    (mean) => {
      const { low, high } = bandOf(mean, mean);
      // One count more or less at either end is the most that whole bounds can be off by.
      const grain = 0.6 / Math.sqrt(2 * Math.PI * mean);
      expect(Math.abs(poissonShare(mean, low, high) - 0.8)).toBeLessThan(grain);
    },
  );

  it('holds more where a count is nearly always nothing', () => {
    expect(bandOf(0.1, 0.1)).toEqual({ low: 0, mid: 0, high: 0 });
    expect(bandOf(0, 0)).toEqual({ low: 0, mid: 0, high: 0 });
  });

  it('widens with the variance', () => {
    const widthOf = (variance: number): number => bandOf(50, variance).high - bandOf(50, variance).low;
    expect(widthOf(50)).toBeLessThan(widthOf(200));
    expect(widthOf(200)).toBeLessThan(widthOf(1000));
  });

  it.each([
    [299.9, 300.1, 1],
    [299.9, 300.1, 6],
  ])('goes over smoothly from small counts to large ones', (below, above, spread) => {
    const small = bandOf(below, below * spread);
    const large = bandOf(above, above * spread);
    expect(Math.abs(small.low - large.low)).toBeLessThanOrEqual(2);
    expect(Math.abs(small.high - large.high)).toBeLessThanOrEqual(2);
  });

  it('holds for a hall a thousand times as busy', () => {
    // The normal limit: 1.2816 standard deviations to either side.
    const { low, high } = bandOf(90_000, 90_000);
    expect(Math.abs(low - 89_615.5)).toBeLessThan(2);
    expect(Math.abs(high - 90_384.5)).toBeLessThan(2);
  });
});
