// Lines that were refused, remembered by millions at one bit each.
import { expect, test } from 'vitest';
import { createLineSet } from '../../../../server/ingest/import/line-set.ts';

test('lines are known once they are added, near and far', () => {
  const lines = createLineSet();
  for (const line of [1, 8, 9, 10_000, 20_000_000]) lines.add(line);
  expect([0, 1, 2, 7, 8, 9, 10, 9_999, 10_000, 20_000_000, 20_000_001, 40_000_000].filter(lines.has)).toEqual([
    1, 8, 9, 10_000, 20_000_000,
  ]);
});
