/** The usual days on the wire: the same weekday's working days, one count each; none where nobody can know what is usual. */
import { describe, expect, it } from 'vitest';
import { CellTable, cellName } from '../../../../domain/board/cells.ts';
import { TODAY, USUAL_DAYS } from '../../../../domain/board/residency.ts';
import { buildTrend } from '../../../../domain/board/topics/trend.ts';
import type { BoardView } from '../../../../domain/board/topics/view.ts';
import type { Trend } from '../../../../domain/board/topics/data.ts';
import { forecastDay } from '../../../../domain/forecast/forecast.ts';
import { config } from '../../../server/demo/load-demo.ts';

/** Cases accepted on days, by the minute of the day. */
function trendOf(day: string, days: Record<string, Record<number, number>>): Trend {
  const tables = new Map<string, CellTable>();
  for (const [date, minutes] of Object.entries(days)) {
    const table = new CellTable();
    for (const [minute, n] of Object.entries(minutes))
      table.add('hall', cellName('minute', minute, 'window', 'x', ''), n);
    tables.set(date === day ? TODAY : date, table);
  }
  const view = { day, config, table: (id: string) => tables.get(id) ?? new CellTable() };
  return buildTrend(view as unknown as BoardView);
}

describe('the usual days (F1)', () => {
  it('are the same weekday’s working days, newest first, each half hour with one count a day', () => {
    const trend = trendOf('2019-11-25', {
      '2019-11-25': { 545: 2, 600: 1 },
      '2019-11-22': { 545: 99 },
      '2019-11-18': { 545: 3, 569: 1, 570: 5 },
      '2019-11-11': { 545: 2 },
      '2019-11-04': { 571: 4 },
    });
    expect(trend.usual).toEqual({ '18': [4, 2, 0], '19': [5, 0, 4] });
    expect(trend.usualDays).toBe(3);
    expect(trend.window).toEqual({ '18': 2, '20': 1 });
    expect(forecastDay({ ...trend, today: trend.window }, 540)).toBeDefined();
  });

  it('leave out what the calendar swapped: National Day is no Tuesday like others', () => {
    const trend = trendOf('2019-10-08', { '2019-10-01': { 545: 50 }, '2019-09-24': { 545: 1 } });
    expect(trend).toMatchObject({ usualDays: 1, usual: { '18': [1] } });
  });

  it.each([
    ['a Saturday off', '2019-11-23', '2019-10-12'],
    ['a holiday', '2019-10-01', '2019-09-24'],
  ])('are none on %s', (_why, day, earlier) => {
    expect(trendOf(day, { [earlier]: { 545: 9 } })).toMatchObject({ usual: {}, usualDays: 0 });
  });

  it(`are ${USUAL_DAYS} at most`, () => {
    const mondays = Array.from({ length: 12 }, (_, week) => new Date(Date.UTC(2019, 10, 18 - 7 * week)));
    const trend = trendOf(
      '2019-11-25',
      Object.fromEntries(mondays.map((day) => [day.toISOString().slice(0, 10), { 600: 1 }])),
    );
    expect(trend.usualDays).toBe(USUAL_DAYS);
    expect(trend.usual).toEqual({ '20': Array.from({ length: USUAL_DAYS }, () => 1) });
  });
});
