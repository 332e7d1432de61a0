// Time in which the hall is open.
import { expect, it } from 'vitest';
import { closeAfter, isOpenAt, openMs, toMinuteHours } from '../../../domain/calendar/working-hours.ts';
import { officialCalendar } from '../../../domain/calendar/official.ts';
import { createZone } from '../../../domain/calendar/zone.ts';

const zone = createZone('Asia/Shanghai');
const hours = toMinuteHours([
  ['09:00', '12:00'],
  ['14:00', '18:00'],
]);
const hoursOn = (day: string) => (officialCalendar.read(day) === 'working' ? hours : []);
const at = (text: string): number => Date.parse(`2019-${text.replace(' ', 'T')}:00+08:00`);

it.each([
  ['within a morning', '11-25 09:30', '11-25 10:00', 30],
  ['across noon', '11-25 11:30', '11-25 14:30', 60],
  ['across a night', '11-25 17:30', '11-26 09:15', 45],
  ['across a weekend', '11-22 17:00', '11-25 10:00', 120],
  ['from before opening to after closing', '11-25 00:00', '11-25 23:59', 420],
  ['on a day off', '11-23 09:00', '11-24 18:00', 0],
  ['backwards', '11-25 11:00', '11-25 10:00', 0],
  ['on a Saturday that was made a working day', '10-12 09:00', '10-12 10:00', 60],
])('counts opening time %s (A7)', (_name, from, to, minutes) => {
  expect(openMs(zone, hoursOn, at(from), at(to)) / 60_000).toBe(minutes);
});

it('finds the end of hours some days on, and is open within them alone', () => {
  expect(closeAfter(zone, hoursOn, at('09-30 10:00'), 1)).toBe(at('10-08 18:00'));
  expect(isOpenAt(zone, hoursOn, at('11-25 11:59'))).toBe(true);
  expect(isOpenAt(zone, hoursOn, at('11-25 12:00'))).toBe(false);
  // A hall that never opens: the walk ends all the same.
  expect(Number.isFinite(closeAfter(zone, () => [], at('11-25 10:00'), 5))).toBe(true);
});
