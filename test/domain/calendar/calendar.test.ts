// Working days and open doors: the official calendar, its end, and what the hall's own document adds (K1).
import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import {
  countWorkingDays,
  createCalendar,
  sameWeekdaysBefore,
  unknownYears,
} from '../../../domain/calendar/calendar.ts';
import { calendarSchema, DEFAULT_CALENDAR } from '../../../domain/calendar/calendar-document.ts';
import { officialCalendar } from '../../../domain/calendar/official.ts';
import { workingMs } from '../../../domain/calendar/working-time.ts';
import { stretchPromise, type Pause } from '../../../domain/calendar/promise.ts';
import { toWireCalendar, worksOn } from '../../../domain/calendar/wire-calendar.ts';
import { addDays, createZone, weekdayOf } from '../../../domain/calendar/zone.ts';

const HOUR_MS = 3_600_000;
const zone = createZone('Asia/Shanghai');
const at = (moment: string) => Date.parse(`${moment}:00+08:00`);
const hours = [['09:00', '12:00'] as const, ['14:00', '18:00'] as const];
const plain = createCalendar({ document: DEFAULT_CALENDAR, hours, official: officialCalendar });
const written = (document: object) =>
  createCalendar({ document: v.parse(calendarSchema, { version: 1, ...document }), hours, official: officialCalendar });

test.each<[string, boolean, boolean, string]>([
  ['2019-11-25', true, true, 'a Monday'],
  ['2019-11-24', false, true, 'a Sunday'],
  ['2019-02-05', false, true, 'Spring Festival'],
  ['2019-02-02', true, true, 'a Saturday worked for Spring Festival'],
  ['2019-10-12', true, true, 'a Saturday worked for National Day'],
  ['1969-07-20', false, false, 'a Sunday before the computers’ first day'],
  ['0001-01-06', false, false, 'a Saturday before anybody counted'],
  ['2003-06-02', true, false, 'a Monday before the calendar begins'],
  ['2026-12-31', true, true, 'the last day that it knows'],
  ['2027-01-01', true, false, 'a Friday after it ends: read by its weekday'],
  ['2027-01-02', false, false, 'and a Saturday'],
  ['2028-02-29', true, false, 'a leap day, a Tuesday'],
  ['2035-10-01', true, false, 'a Monday that will be a holiday, which nobody has said yet'],
  ['9999-12-31', true, false, 'the last Friday of all'],
])('%s works: %s, known: %s (%s)', (day, works, known) => {
  expect(plain.isWorkingDay(day)).toBe(works);
  expect(plain.isKnown(day)).toBe(known);
  expect(plain.hoursOf(day)).toEqual(works ? hours : []);
});

describe.each([2027, 2028, 2035])('the year %i', (year) => {
  const days = Array.from({ length: 365 }, (_, i) => addDays(`${year}-01-01`, i));

  test('is never shut for want of a calendar', () => {
    expect(days.filter((day) => plain.isWorkingDay(day) !== weekdayOf(day) <= 5)).toEqual([]);
    expect(unknownYears(plain, days[0]!, days[364]!)).toEqual([year]);
    expect(toWireCalendar(plain, days[100]!).unknownYears).toContain(year);
  });

  test('is known once the hall’s document covers it', () => {
    const own = written({
      years: [year],
      daysOff: [{ from: `${year}-10-01`, until: `${year}-10-07` }],
      workingDays: [{ on: `${year}-10-09` }, { on: `${year}-10-10` }],
    });
    expect(unknownYears(own, days[0]!, days[364]!)).toEqual([]);
    expect(countWorkingDays(own, `${year}-10-01`, `${year}-10-07`)).toBe(0);
    expect(countWorkingDays(own, `${year}-10-09`, `${year}-10-10`)).toBe(2);
    expect(own.hoursOf(`${year}-10-01`)).toEqual([]);
    expect(own.hoursOf(`${year}-10-09`)).toEqual(hours);
  });

  test('is on the wire what it is in the hall', () => {
    const own = written({
      daysOff: [{ from: `${year}-05-01`, until: `${year}-05-05` }],
      workingDays: [{ on: `${year}-05-08` }],
    });
    const wire = toWireCalendar(own, `${year}-06-30`);
    expect(days.filter((day) => worksOn(wire, day) !== own.isWorkingDay(day))).toEqual([]);
    expect(JSON.stringify(wire).length).toBeLessThan(5_000);
  });
});

describe('the hall’s own document', () => {
  const saturday = '2019-11-23';
  const own = written({
    daysOff: [{ from: '2019-11-25', stations: ['meifeng'] }, { from: '2019-11-26' }],
    workingDays: [{ on: '2019-11-24', stations: ['meifeng'] }],
    hours: [
      { weekdays: [6], hours: [['09:00', '12:00']] },
      { weekdays: [3], hours: [['09:00', '20:00']] },
      { from: '2019-11-27', hours: [['10:00', '11:00']], stations: ['meifeng'] },
    ],
  });

  test('opens the doors on Saturdays and late, and makes no working day of them', () => {
    expect(own.isWorkingDay(saturday)).toBe(false);
    expect(own.hoursOf(saturday)).toEqual([['09:00', '12:00']]);
    expect(own.hoursOf('2019-11-20')).toEqual([['09:00', '20:00']]);
    // A Saturday of the National Day holiday.
    expect(own.hoursOf('2019-10-05')).toEqual([]);
  });

  const summer = written({
    daysOff: [{ from: '2027-10-01', until: '2027-10-07' }],
    workingDays: [{ on: '2027-10-09' }],
    hours: [
      { from: '2027-06-01', until: '2027-09-30', hours: [['08:30', '12:00']] },
      { weekdays: [6], hours: [['09:00', '11:00']] },
      { from: '2027-10-04', hours: [['10:00', '11:00']] },
    ],
  });
  test.each<[string, [string, string][], string]>([
    ['2027-07-05', [['08:30', '12:00']], 'a Monday of the summer'],
    ['2027-07-04', [], 'a Sunday of it is no reason to open'],
    ['2027-07-03', [['09:00', '11:00']], 'a Saturday of it is a Saturday'],
    ['2027-10-02', [], 'nor is one in a holiday'],
    ['2027-10-04', [['10:00', '11:00']], 'a day that is named is meant, in a holiday too'],
    ['2027-10-09', hours.map(([from, until]) => [from, until]), 'a Saturday that is worked is no Saturday'],
    ['2027-10-16', [['09:00', '11:00']], 'the next one is'],
  ])('on %s the doors are open %j: %s', (day, expected) => {
    expect(summer.hoursOf(day)).toEqual(expected);
  });

  test('has another version with every change, of its own, of the profile’s hours and of the library', () => {
    const official = { version: 'another', read: officialCalendar.read };
    const versions = [
      plain,
      written({ note: 1, daysOff: [{ from: '2027-01-01' }] }),
      createCalendar({ document: DEFAULT_CALENDAR, hours: [['09:00', '12:00']], official: officialCalendar }),
      createCalendar({ document: DEFAULT_CALENDAR, hours, official }),
    ].map(({ version }) => version);
    expect(new Set(versions).size).toBe(versions.length);
    expect(createCalendar({ document: DEFAULT_CALENDAR, hours, official: officialCalendar }).version).toBe(versions[0]);
  });

  test('speaks for one station, or for all', () => {
    expect([own.isWorkingDay('2019-11-25'), own.isWorkingDay('2019-11-25', 'meifeng')]).toEqual([true, false]);
    expect([own.isWorkingDay('2019-11-24'), own.isWorkingDay('2019-11-24', 'meifeng')]).toEqual([false, true]);
    expect([own.isWorkingDay('2019-11-26'), own.isWorkingDay('2019-11-26', 'hall')]).toEqual([false, false]);
    expect([own.hoursOf('2019-11-27'), own.hoursOf('2019-11-27', 'meifeng')]).toEqual([
      [['09:00', '20:00']],
      [['10:00', '11:00']],
    ]);
  });

  test('any string is just a station', () => {
    for (const station of ['toString', '__proto__', 'constructor', ''])
      expect(own.isWorkingDay('2019-11-27', station)).toBe(true);
  });
});

test('working days of a span', () => {
  expect(countWorkingDays(plain, '2019-09-28', '2019-10-12')).toBe(7);
  expect(countWorkingDays(plain, '2026-12-31', '2027-01-04')).toBe(3);
});

test('the same weekday, working days only', () => {
  expect(sameWeekdaysBefore(plain, '2019-10-15', 3)).toEqual(['2019-10-08', '2019-09-24', '2019-09-17']);
});

describe('time on working days (M7)', () => {
  test.each<[string, string, number, string]>([
    ['2019-11-22T17:00', '2019-11-25T10:00', 17, 'a weekend is left out'],
    ['2019-11-25T09:00', '2019-11-25T09:30', 0.5, 'within a day'],
    ['2019-11-23T09:00', '2019-11-24T20:00', 0, 'only a weekend'],
    ['2019-11-25T10:00', '2019-11-25T09:00', 0, 'backwards is nothing'],
    ['2026-12-31T10:00', '2027-01-01T10:00', 24, 'over the end of the official calendar'],
  ])('%s to %s: %s hours (%s)', (from, to, count) => {
    expect(workingMs(plain, zone, at(from), at(to))).toBe(count * HOUR_MS);
  });
});

test.each<[string, Pause[], number]>([
  ['no pause', [], 100],
  ['a pause before it', [[20, 50]], 130],
  [
    'two pauses, the second before it only because of the first',
    [
      [90, 110],
      [105, 125],
    ],
    140,
  ],
  ['a pause that begins with it comes too late', [[100, 150]], 100],
  ['a pause that goes on', [[20, Infinity]], Infinity],
])('a promise of 100 is stretched by pauses: %s (C7)', (_name, pauses, due) => {
  expect(stretchPromise(100, pauses)).toBe(due);
});
