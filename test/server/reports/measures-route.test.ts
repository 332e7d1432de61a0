// What an answer names of what nobody knows: some, and how many more.
import { expect, test } from 'vitest';
import { boundUnknown } from '../../../server/reports/measures-route.ts';

test('an answer names the first 200 unknown stations and items, and counts the others (P8)', () => {
  const named = (n: number) => Array.from({ length: n }, (_, i) => `s${i}`);
  const bounded = boundUnknown({ stations: named(6_000), items: named(3), reusedTickets: 7 });
  expect(bounded).toEqual({ stations: named(200), items: named(3), reusedTickets: 7, moreStations: 5_800 });
});
