/** What is summed ahead of a pilot is what a look would sum, and no look reads it again. */
import { expect, test } from 'vitest';
import { cellName } from '../../../domain/board/cells.ts';
import { PILOT, PILOT_PACE } from '../../../domain/board/residency.ts';
import { createZone } from '../../../domain/calendar/zone.ts';
import { PastRanges } from '../../../domain/past/past-ranges.ts';
import { createSmallHall } from '../../property/hall.ts';
import { plainCells } from '../board/plain-cells.ts';

const zone = createZone('Asia/Shanghai');
const PILOT_DAYS = { pilot: { from: '2024-01-15', station: 'hall' } } as const;
const DAYS = ['2023-12-29', '2024-01-10', '2024-01-20', '2024-02-29', '2024-03-01', '2024-03-31', '2024-04-02'];

test('months of a pilot that were summed ahead', () => {
  const config = createSmallHall('Asia/Shanghai', '2019-11-01', undefined, PILOT_DAYS);
  const item = [...config.items.values()].find(({ line }) => line === 'medical-insurance')!.code;
  const at = (day: string, hour: number): number => Date.parse(`${day}T${hour}:00:00+08:00`);
  const source = plainCells(
    DAYS.flatMap((day, i) =>
      [
        cellName('accepted', 'window', item, 'medical-insurance'),
        cellName('turnaround', at(day, 10), at(day, 11 + i), '', item, 'medical-insurance'),
      ].map((name) => ({ day, station: 'hall', name, n: 1 })),
    ),
  );
  const pilotOn = (ranges: PastRanges, day: string): unknown =>
    ranges
      .of(day, source)
      .filter(({ spec }) => spec.id === PILOT || spec.id === PILOT_PACE)
      .map(({ spec, sum }) => [spec.id, sum().toPlain()]);
  const ahead = new PastRanges(config, zone);
  let steps = 0;
  while (ahead.sumAhead(source)) steps++;
  // Four months of each of two ranges.
  expect(steps).toBe(8);
  for (const day of ['2024-01-10', '2024-01-15', '2024-02-29', '2024-04-01', '2024-05-06']) {
    const before = source.asked.length;
    const found = pilotOn(ahead, day);
    // Of the day's own month what lies before it, where it is not whole.
    for (const { from, to } of source.asked.slice(before))
      expect([from!.slice(0, 7), to]).toEqual([day.slice(0, 7), day]);
    expect(found).toEqual(pilotOn(new PastRanges(config, zone), day));
  }
});
