/** The drift against burn-in: really moves every ten minutes, by small steps, and never out of a picture's margin. */
import { expect, it } from 'vitest';
import { driftAt } from '../../../client/display/drift.ts';

const STEP_MS = 600_000;
const places = Array.from({ length: 18 }, (_, i) => driftAt(1_574_650_000_000 + i * STEP_MS));

it('stands for ten minutes and then moves, by one step at most in each direction', () => {
  const start = Math.ceil(1_574_650_000_000 / STEP_MS) * STEP_MS;
  expect(driftAt(start + STEP_MS - 1)).toEqual(driftAt(start));
  for (let i = 1; i < places.length; i++) {
    const [before, after] = [places[i - 1]!, places[i]!];
    expect(after).not.toEqual(before);
    expect(Math.abs(after.x - before.x)).toBeLessThanOrEqual(0.3 + 1e-9);
    expect(Math.abs(after.y - before.y)).toBeLessThanOrEqual(0.3 + 1e-9);
  }
});

it('comes to all nine places and stays within the least margin of a picture, 0.9 rem', () => {
  expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(9);
  for (const { x, y } of places) expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThan(0.9);
});
