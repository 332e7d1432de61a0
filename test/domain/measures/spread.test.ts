// How far a share can be believed.
import { expect, it } from 'vitest';
import { wilsonLowerBound } from '../../../domain/measures/spread.ts';

it('reads Wilson’s lower bound', () => {
  expect(wilsonLowerBound(58, 58)).toBeCloseTo(0.9379, 4);
  expect(wilsonLowerBound(1, 2)).toBeCloseTo(0.0945, 3);
  expect(wilsonLowerBound(0, 0)).toBeNull();
});
