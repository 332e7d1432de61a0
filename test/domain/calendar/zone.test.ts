// Local days and moments in zones that change their clocks, at midnight too.
import { describe, expect, test } from 'vitest';
import {
  addDays,
  createZone,
  dayOf,
  endOfDay,
  isBeyondDays,
  minuteOf,
  momentOf,
  weekdayOf,
} from '../../../domain/calendar/zone.ts';

const zones = {
  shanghai: createZone('Asia/Shanghai'),
  amsterdam: createZone('Europe/Amsterdam'),
  kathmandu: createZone('Asia/Kathmandu'),
  lordHowe: createZone('Australia/Lord_Howe'),
  asuncion: createZone('America/Asuncion'),
};
type ZoneName = keyof typeof zones;

describe('the local day and minute of a moment', () => {
  test.each<[ZoneName, string, string, number]>([
    ['shanghai', '2019-11-25T02:30:00Z', '2019-11-25', 630],
    ['shanghai', '2019-11-24T15:59:59.999Z', '2019-11-24', 1439],
    ['shanghai', '2019-11-24T16:00:00Z', '2019-11-25', 0],
    ['kathmandu', '2019-11-24T18:15:00Z', '2019-11-25', 0],
    ['amsterdam', '2019-10-27T00:30:00Z', '2019-10-27', 150],
    ['amsterdam', '2019-10-27T01:30:00Z', '2019-10-27', 150],
    ['lordHowe', '2019-10-05T15:29:00Z', '2019-10-06', 119],
    ['lordHowe', '2019-10-05T15:30:00Z', '2019-10-06', 150],
  ])('%s %s', (zone, moment, day, minute) => {
    const at = Date.parse(moment);
    expect([dayOf(zones[zone], at), minuteOf(zones[zone], at)]).toEqual([day, minute]);
  });
});

describe('the moment of a local day and minute', () => {
  test.each<[ZoneName, string, number, string, string]>([
    ['shanghai', '2019-11-25', 630, '2019-11-25T02:30:00Z', 'a usual one'],
    ['amsterdam', '2019-03-31', 150, '2019-03-31T01:30:00Z', 'skipped by the clock: just after the gap'],
    ['amsterdam', '2019-10-27', 150, '2019-10-27T00:30:00Z', 'shown twice: the earlier one'],
    ['asuncion', '2019-10-06', 0, '2019-10-06T04:00:00Z', 'a midnight that was skipped'],
  ])('%s %s minute %i', (zone, day, minute, moment) => {
    expect(new Date(momentOf(zones[zone], day, minute)).toISOString()).toBe(new Date(moment).toISOString());
  });
});

test('a day is as long as its clock says', () => {
  const lengthHours = (zone: ZoneName, day: string) =>
    (endOfDay(zones[zone], day) - momentOf(zones[zone], day)) / 3_600_000;
  expect(lengthHours('shanghai', '2019-11-25')).toBe(24);
  expect(lengthHours('amsterdam', '2019-03-31')).toBe(23);
  expect(lengthHours('amsterdam', '2019-10-27')).toBe(25);
  expect(lengthHours('lordHowe', '2019-10-06')).toBe(23.5);
});

test('the last day that has a name ends as any other', () => {
  const ends = (zone: ZoneName) => new Date(endOfDay(zones[zone], '9999-12-31')).toISOString();
  expect([ends('shanghai'), ends('amsterdam')]).toEqual(['9999-12-31T16:00:00.000Z', '9999-12-31T23:00:00.000Z']);
  expect(isBeyondDays(zones.shanghai, Date.parse('9999-12-31T15:59:59.999Z'))).toBe(false);
  expect(isBeyondDays(zones.shanghai, Date.parse('9999-12-31T16:00:00Z'))).toBe(true);
});

test('years of two digits, and the one before the first, are read as they are', () => {
  const noon = (year: string) => dayOf(zones.shanghai, Date.parse(`${year}-06-01T04:00:00Z`));
  expect(['-000001', '0000', '0050', '0099', '0100'].map(noon)).toEqual([
    '0000-01-01',
    '0000-06-01',
    '0050-06-01',
    '0099-06-01',
    '0100-06-01',
  ]);
});

test('days go over months and leap days, and weekdays follow', () => {
  expect([addDays('2020-02-28', 1), addDays('2019-02-28', 1), addDays('2019-01-01', -1)]).toEqual([
    '2020-02-29',
    '2019-03-01',
    '2018-12-31',
  ]);
  expect([weekdayOf('2019-11-25'), weekdayOf('2019-12-01')]).toEqual([1, 7]);
  // Days before 1970 have negative numbers.
  expect([weekdayOf('1969-07-20'), weekdayOf('1900-01-06')]).toEqual([7, 6]);
});
