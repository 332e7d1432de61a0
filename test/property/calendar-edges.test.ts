/** Promises at the ends of the calendar, in any year that RFC 3339 can write: the three counts agree there too. */
import { describe, expect, test } from 'vitest';
import type { HallEvent } from '../../domain/events/event.ts';
import { createSmallHall } from './hall.ts';
import { askOracle, askSql, foldMeasures } from './legs.ts';
import type { World } from './worlds.ts';

const LAST = '9999-12-31';
const AFTER_ALL = '+010001-01-01T00:00:00Z';

/** An open case of 2019 in Shanghai with a promise, and a pause where two moments are given. */
function worldOf(promisedBy: string, now: string, day: string, pause: readonly string[] = []): World {
  const at = (text: string): number => Date.parse(text);
  const of = (id: string, type: string, when: string, data: object) =>
    ({ source: '//s', id, type, at: at(when), data: { case: 'c', ...data } }) as HallEvent;
  return {
    zone: 'Asia/Shanghai',
    config: createSmallHall('Asia/Shanghai', '2019-09-30'),
    arrivals: [
      of('a', 'hall.case.accepted', '2019-01-07T01:00:00Z', {
        station: 'hall',
        channel: 'window',
        item: 'plain',
        promisedBy,
      }),
      ...pause.map((when, i) => of(`p${i}`, i === 0 ? 'hall.case.paused' : 'hall.case.resumed', when, {})),
    ],
    now: at(now),
    questions: [{ from: day, to: day }],
  };
}

describe('C8 overdue at the ends of the calendar', () => {
  test.each<[overdue: number, promisedBy: string, now: string, day: string, pause?: readonly string[]]>([
    // The last day ends sixteen hours before its last moment in Greenwich.
    [1, '9999-12-31T15:59:59.999Z', '9999-12-31T16:00:00Z', LAST],
    [1, '9999-12-30T16:00:00Z', '9999-12-31T00:00:00Z', LAST],
    [0, '9999-12-31T15:59:59.999Z', '9999-12-31T15:59:59.999Z', LAST],
    [0, '9999-12-31T15:59:59.999Z', AFTER_ALL, '9999-12-30'],
    // Beyond it there is no day to lapse on, whatever the clock says.
    [0, '9999-12-31T16:00:00Z', AFTER_ALL, LAST],
    [0, '9999-12-31T23:59:59Z', AFTER_ALL, LAST],
    [0, '9999-12-31T23:59:59Z', '9999-12-31T12:00:00Z', LAST],
    [0, '9999-12-31T23:59:59-23:59', AFTER_ALL, LAST],
    // A pause carries a promise over the end.
    [0, '9999-12-31T15:00:00Z', AFTER_ALL, LAST, ['2019-01-08T01:00:00Z', '2019-01-08T02:00:00Z']],
    [1, '9999-12-31T15:00:00Z', AFTER_ALL, LAST, ['2019-01-08T01:00:00Z', '2019-01-08T01:59:59Z']],
    // A promise of long ago has lapsed at once; a year of two digits is no year of the last century.
    ...['0000-01-01T00:00:00+23:59', '0001-01-01T00:00:00Z', '0050-06-01T00:00:00Z', '0099-12-31T00:00:00Z'].map(
      (moment) => [1, moment, '2020-01-01T00:00:00Z', '2019-01-07'] as [number, string, string, string],
    ),
    [1, '0120-06-01T00:00:00Z', '2020-01-01T00:00:00Z', '2019-01-07'],
    [1, '1969-12-31T23:59:59.999Z', '2020-01-01T00:00:00Z', '2019-01-07'],
    [0, '0120-06-01T00:00:00Z', '2020-01-01T00:00:00Z', '2019-01-06'],
    [1, '2019-01-07T00:59:59.999Z', '2019-01-07T01:00:00Z', '2019-01-07'],
  ])('%i of a promise for %s at %s, as of %s', async (overdueOpen, promisedBy, now, day, pause) => {
    const world = worldOf(promisedBy, now, day, pause);
    const answers = { oracle: askOracle(world), sql: await askSql(world), fold: await foldMeasures(world) };
    expect(Object.entries(answers).map(([name, [answer]]) => [name, answer!.overdueOpen])).toEqual(
      ['oracle', 'sql', 'fold'].map((name) => [name, overdueOpen]),
    );
  });
});
