/** What is summed for one figure alone gives that figure, of whole months and of parts. */
import { expect, test } from 'vitest';
import { cellName } from '../../../domain/board/cells.ts';
import { createZone } from '../../../domain/calendar/zone.ts';
import { MonthSums } from '../../../domain/measures/month-sums.ts';
import { summedFrom } from '../../../domain/measures/summed-from.ts';
import { readTerm, TERMS, type TermId } from '../../../domain/measures/terms.ts';
import { plainCells } from '../board/plain-cells.ts';
import { createSmallHall } from '../../property/hall.ts';

const zone = createZone('Asia/Shanghai');
const at = (day: string, hour: number): number => Date.parse(`${day}T${String(hour).padStart(2, '0')}:00:00+08:00`);

/** A value of each spread, no two of a kind alike, so that a spread taken for another is told. */
const CELLS = ['2024-03-04', '2024-03-20', '2024-04-09', '2024-05-14'].flatMap((day, i) => [
  ...['', '', 'g', 'a', 'a', 'a'].map((flags, n) => [day, cellName('wait', flags, 60_000 * (n + i + 1))] as const),
  [day, cellName('handling', 300_000 + i)] as const,
  [day, cellName('turnaround', at(day, 9), at(day, 10 + i), '', 'A1', 'x')] as const,
  ...(['request', 'suggestion', 'followup-first', 'followup-closed'] as const).flatMap((of, n) =>
    Array.from({ length: n + 1 }, (_, k) => [day, cellName('answer', of, at(day, 9), at(day, 10 + n + k))] as const),
  ),
  [day, cellName('accepted', 'window', 'A1', 'x')] as const,
  [day, cellName('score', 2, 'active', 'W1')] as const,
  [day, cellName('ticket', 'taken')] as const,
]);

test.each([
  ['a whole month', '2024-03-01', '2024-03-31'],
  ['part of a month', '2024-03-05', '2024-03-25'],
  ['months and parts', '2024-03-10', '2024-05-14'],
])('each figure of %s', (_, from, to) => {
  const source = plainCells(CELLS.map(([day, name]) => ({ day, station: 'hall', name, n: 1 })));
  const config = createSmallHall('Asia/Shanghai', '2019-11-01');
  const query = { from, to, now: at('2024-06-01', 9) };
  const all = new MonthSums(config, zone).measure(source, query);
  const one = new MonthSums(config, zone);
  for (const term of Object.keys(TERMS) as TermId[])
    expect([term, readTerm(one.measure(source, query, summedFrom(term)), term)]).toEqual([term, readTerm(all, term)]);
  expect(
    [all.wait.n, all.greenWait.n, all.appointmentWait.n, all.service.n, all.turnaround.n].map((n) => n > 0),
  ).toEqual([true, true, true, true, true]);
});
