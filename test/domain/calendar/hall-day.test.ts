/** When days open and when their books close: a hall that runs, one that was off, and clocks that are wrong (spec L4). */
import { describe, expect, test } from 'vitest';
import {
  dueDays,
  HALL_DAY_SOURCE,
  nextTurn,
  type DayContext,
  type DayRecord,
} from '../../../domain/calendar/hall-day.ts';
import { createZone, momentOf } from '../../../domain/calendar/zone.ts';

/** A hall's days as a ledger would have them: each look writes what is due, and the fold's rules are kept. */
function openHall(zoneName = 'Asia/Shanghai', closesAt?: string) {
  const zone = createZone(zoneName);
  const context: DayContext = { hall: 'small', zone, hours: () => [], closesAt };
  const days = new Map<string, DayRecord>();
  const written = new Map<string, number>();
  let current: string | undefined;
  let seq = 0;
  const at = (text: string): number => {
    const [day, clock = '00:00'] = text.split(' ') as [string, string?];
    const [hour, minute] = clock.split(':').map(Number) as [number, number];
    return momentOf(zone, day, hour * 60 + minute);
  };
  const lookAt = (now: number): string[] => {
    const due = dueDays({ ...context, now, current, days, since: '2019-01-01' });
    for (const event of due) {
      if (event.type !== 'hall.day.opened' && event.type !== 'hall.day.closed') throw new Error(event.type);
      if (written.has(event.id)) throw new Error(`${event.id} is written twice`);
      expect(event.source).toBe(HALL_DAY_SOURCE);
      written.set(event.id, event.at);
      const { day } = event.data;
      const { closedAt, ...record } = days.get(day) ?? { openings: 0, closings: 0, hours: [] };
      seq++;
      if (event.type === 'hall.day.opened') {
        days.set(day, { ...record, openings: record.openings + 1 });
        current = day;
      } else days.set(day, { ...record, closings: record.closings + 1, closedAt: closedAt ?? seq });
    }
    return due.map(({ id }) => id.replace(/^day:2019-/, ''));
  };
  return {
    zone,
    at,
    context,
    momentOfClosing: (day: string) => written.get(`day:${day}:closed`),
    look: (text: string): string[] => lookAt(at(text)),
    /** Runs on from one turn to the next, up to a moment. */
    run(from: string, to: string): string[] {
      const turns: string[] = [];
      for (let now = at(from); now <= at(to); now = nextTurn(context, now)) turns.push(...lookAt(now));
      return turns;
    },
  };
}

describe('a hall that runs', () => {
  test('opens at midnight, closes the day before at two, and nothing in between', () => {
    const hall = openHall();
    expect(hall.look('2019-11-25 09:00')).toEqual(['11-25:opened']);
    expect(hall.look('2019-11-25 23:59')).toEqual([]);
    expect(hall.look('2019-11-26 00:00')).toEqual(['11-26:opened']);
    expect(hall.look('2019-11-26 01:59')).toEqual([]);
    expect(hall.look('2019-11-26 02:00')).toEqual(['11-25:closed']);
    expect(hall.look('2019-11-26 02:01')).toEqual([]);
    expect(hall.momentOfClosing('2019-11-25')).toBe(Date.parse('2019-11-26T02:00:00+08:00'));
  });

  test('turns at both hours alone', () => {
    const { context, at } = openHall();
    expect(nextTurn(context, at('2019-11-25 12:00'))).toBe(at('2019-11-26 00:00'));
    expect(nextTurn(context, at('2019-11-26 00:00'))).toBe(at('2019-11-26 02:00'));
    expect(nextTurn(context, at('2019-11-26 02:00'))).toBe(at('2019-11-27 00:00'));
  });

  test('closes each day of a week, the weekend and days off among them', () => {
    expect(openHall().run('2019-09-28 09:00', '2019-10-03 12:00')).toEqual([
      '09-28:opened',
      ...['09-29:opened', '09-28:closed', '09-30:opened', '09-29:closed', '10-01:opened', '09-30:closed'],
      ...['10-02:opened', '10-01:closed', '10-03:opened', '10-02:closed'],
    ]);
  });

  test('at the hour that the profile says, midnight included', () => {
    const late = openHall('Asia/Shanghai', '05:30');
    late.look('2019-11-25 09:00');
    expect(late.look('2019-11-26 05:29')).toEqual(['11-26:opened']);
    expect(late.look('2019-11-26 05:30')).toEqual(['11-25:closed']);
    expect(openHall('Asia/Shanghai', '00:00').run('2019-11-25 09:00', '2019-11-26 09:00')).toEqual([
      '11-25:opened',
      '11-25:closed',
      '11-26:opened',
    ]);
  });
});

describe('a hall that was off', () => {
  test('a week: its days are opened when it comes back, and all close at the next hour, not at the start', () => {
    const hall = openHall();
    hall.look('2019-11-18 09:00');
    expect(hall.look('2019-11-22 10:00')).toEqual(['11-19:opened', '11-20:opened', '11-21:opened', '11-22:opened']);
    expect(hall.look('2019-11-22 23:59')).toEqual([]);
    expect(hall.run('2019-11-23 00:00', '2019-11-23 12:00')).toEqual([
      '11-23:opened',
      ...['11-18:closed', '11-19:closed', '11-20:closed', '11-21:closed', '11-22:closed'],
    ]);
  });

  test('in that next hour too: what it had missed before closes when it comes back', () => {
    const hall = openHall();
    hall.look('2019-11-18 09:00');
    hall.look('2019-11-22 10:00');
    expect(hall.look('2019-11-25 08:30')).toEqual([
      ...['11-18:closed', '11-19:closed', '11-20:closed', '11-21:closed'],
      ...['11-23:opened', '11-24:opened', '11-25:opened'],
    ]);
    expect(hall.run('2019-11-26 00:00', '2019-11-26 03:00')).toEqual([
      '11-26:opened',
      ...['11-22:closed', '11-23:closed', '11-24:closed', '11-25:closed'],
    ]);
  });

  test('every night: each day closes on the second morning', () => {
    const hall = openHall();
    expect(hall.look('2019-11-25 08:30')).toEqual(['11-25:opened']);
    expect(hall.look('2019-11-26 08:30')).toEqual(['11-26:opened']);
    expect(hall.look('2019-11-27 08:30')).toEqual(['11-25:closed', '11-27:opened']);
    expect(hall.look('2019-11-28 08:30')).toEqual(['11-26:closed', '11-28:opened']);
  });

  test('for some minutes around the hour: it is still in time', () => {
    const hall = openHall();
    hall.run('2019-11-25 09:00', '2019-11-26 01:00');
    expect(hall.look('2019-11-26 02:59')).toEqual(['11-25:closed']);
    const later = openHall();
    later.run('2019-11-25 09:00', '2019-11-26 01:00');
    expect(later.look('2019-11-26 03:00')).toEqual([]);
  });
});

describe('where clocks change in the night', () => {
  test('there is no two o’clock: after the gap', () => {
    const hall = openHall('America/New_York');
    expect(hall.run('2019-03-09 12:00', '2019-03-10 12:00')).toEqual(['03-09:opened', '03-10:opened', '03-09:closed']);
    expect(new Date(hall.momentOfClosing('2019-03-09')!).toISOString()).toBe('2019-03-10T07:00:00.000Z');
  });

  test('there are two: at the first, and once', () => {
    const hall = openHall('Europe/Berlin');
    expect(hall.run('2019-10-26 12:00', '2019-10-27 12:00')).toEqual(['10-26:opened', '10-27:opened', '10-26:closed']);
    expect(new Date(hall.momentOfClosing('2019-10-26')!).toISOString()).toBe('2019-10-27T00:00:00.000Z');
    expect(hall.run('2019-10-27 12:00', '2019-10-28 12:00')).toEqual(['10-28:opened', '10-27:closed']);
  });

  test('there is no midnight: the day opens after the gap and the one before closes at two', () => {
    const hall = openHall('America/Sao_Paulo');
    expect(hall.run('2018-11-03 12:00', '2018-11-04 12:00').map((id) => id.replace('day:2018-', ''))).toEqual([
      '11-03:opened',
      '11-04:opened',
      '11-03:closed',
    ]);
  });
});

describe('clocks that are wrong', () => {
  test('set back behind the hour: what is closed stays closed, and is not closed twice', () => {
    const hall = openHall();
    hall.run('2019-11-25 09:00', '2019-11-26 02:00');
    expect(hall.look('2019-11-26 01:30')).toEqual([]);
    expect(hall.look('2019-11-26 02:00')).toEqual([]);
  });

  test('set back over midnight by minutes: the day that goes on is not closed, and nothing turns', () => {
    const hall = openHall();
    hall.run('2019-11-25 09:00', '2019-11-26 00:00');
    expect(hall.look('2019-11-25 23:40')).toEqual([]);
    expect(hall.run('2019-11-26 00:00', '2019-11-26 03:00')).toEqual(['11-25:closed']);
  });

  test('ahead through the hour and put right: the day that was closed while it went on is open again', () => {
    const hall = openHall();
    hall.look('2019-11-25 23:30');
    expect(hall.look('2019-11-26 02:10')).toEqual(['11-25:closed', '11-26:opened']);
    expect(hall.look('2019-11-25 23:31')).toEqual(['11-25:opened:1']);
    expect(hall.run('2019-11-26 00:00', '2019-11-26 03:00')).toEqual(['11-26:opened:1', '11-25:closed:1']);
  });

  test('a year ahead and put right: days to come are not closed', () => {
    const hall = openHall();
    hall.look('2019-01-25 10:00');
    expect(hall.look('2019-12-25 10:00').filter((id) => id.endsWith('closed'))).toEqual([]);
    expect(hall.look('2019-01-25 10:01')).toEqual(['01-25:opened:1']);
    expect(hall.run('2019-01-26 00:00', '2019-01-26 03:00')).toEqual(['01-26:opened', '01-25:closed']);
  });
});
