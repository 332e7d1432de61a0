/** Shares that must add up, or the year's figures would not. */
import { describe, expect, it } from 'vitest';
import { apportion } from '../../../server/demo/apportion.ts';

describe('apportion', () => {
  it.each([
    [10, [1, 1, 1], [4, 3, 3]],
    [0, [1, 2], [0, 0]],
    [7, [0, 1, 0], [0, 7, 0]],
    [5, [0.5, 0.25, 0.25], [3, 1, 1]],
    [0, [], []],
    [0, [0, 0], [0, 0]],
  ])('%i over %j', (total, weights, shares) => expect(apportion(total, weights)).toEqual(shares));

  it('refuses to share out something over nothing', () => {
    expect(() => apportion(1, [0])).toThrow(RangeError);
  });
});
