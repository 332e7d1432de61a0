// The official calendar with its swapped days, and what lies outside its years (K1).
import { describe, expect, test } from 'vitest';
import { stretchPromise, type Pause } from '../../../domain/calendar/promise.ts';
import { countWorkingDays, isWorkingDay, sameWeekdaysBefore, workingMs } from '../../../domain/calendar/workdays.ts';
import { createZone } from '../../../domain/calendar/zone.ts';

const HOUR_MS = 3_600_000;
const zone = createZone('Asia/Shanghai');
const at = (moment: string) => Date.parse(`${moment}:00+08:00`);

test.each<[string, boolean | null, string]>([
  ['2019-11-25', true, 'a Monday'],
  ['2019-11-24', false, 'a Sunday'],
  ['2019-02-05', false, 'Spring Festival'],
  ['2019-02-02', true, 'a Saturday worked for Spring Festival'],
  ['2019-10-12', true, 'a Saturday worked for National Day'],
  ['2003-06-02', null, 'before the calendar begins'],
  ['2027-06-02', null, 'after the calendar ends: nothing is guessed (K1)'],
])('%s works: %s (%s)', (day, works) => {
  expect(isWorkingDay(day)).toBe(works);
});

test('working days of a span, and none where one is unknown (K1)', () => {
  expect(countWorkingDays('2019-09-28', '2019-10-12')).toBe(7);
  expect(countWorkingDays('2026-12-31', '2027-01-04')).toBeNull();
});

test('the same weekday, working days only', () => {
  expect(sameWeekdaysBefore('2019-10-15', 3)).toEqual(['2019-10-08', '2019-09-24', '2019-09-17']);
});

describe('time on working days (M7)', () => {
  test.each<[string, string, number, string]>([
    ['2019-11-22T17:00', '2019-11-25T10:00', 17, 'a weekend is left out'],
    ['2019-11-25T09:00', '2019-11-25T09:30', 0.5, 'within a day'],
    ['2019-11-23T09:00', '2019-11-24T20:00', 0, 'only a weekend'],
    ['2019-11-25T10:00', '2019-11-25T09:00', 0, 'backwards is nothing'],
  ])('%s to %s: %s hours (%s)', (from, to, hours) => {
    expect(workingMs(zone, at(from), at(to))).toBe(hours * HOUR_MS);
  });

  test('unknown days make it unknown', () => {
    expect(workingMs(zone, at('2026-12-31T10:00'), at('2027-01-01T10:00'))).toBeNull();
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
