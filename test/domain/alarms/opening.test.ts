/** Opening hours as a measure of time, and how many people come in an hour. */
import { expect, it } from 'vitest';
import { arrivalsPerHour, logArrivals, type ArrivalLog } from '../../../domain/alarms/arrivals.ts';
import { openMsBetween } from '../../../domain/alarms/opening.ts';
import { createZone } from '../../../domain/calendar/zone.ts';
import type { Profile } from '../../../domain/profile/profile.ts';

const zone = createZone('Asia/Shanghai');
const profile = {
  hours: [
    ['09:00', '12:00'],
    ['14:00', '18:00'],
  ],
} as unknown as Profile;
const at = (text: string): number => Date.parse(`2019-${text.replace(' ', 'T')}:00+08:00`);

it.each([
  ['within a morning', '11-25 09:30', '11-25 10:00', 30],
  ['across noon', '11-25 11:30', '11-25 14:30', 60],
  ['across a night', '11-25 17:30', '11-26 09:15', 45],
  ['across a weekend', '11-22 17:00', '11-25 10:00', 120],
  ['from before opening to after closing', '11-25 00:00', '11-25 23:59', 420],
  ['on a day off', '11-23 09:00', '11-24 18:00', 0],
  ['backwards', '11-25 11:00', '11-25 10:00', 0],
])('A7 counts opening time %s', (_name, from, to, minutes) => {
  expect(openMsBetween(profile, zone, at(from), at(to)) / 60_000).toBe(minutes);
});

it('A7 counts nothing where the calendar’s years have run out', () => {
  const from = Date.parse('2031-01-06T09:00:00+08:00');
  expect(openMsBetween(profile, zone, from, from + 3_600_000)).toBe(0);
});

it('A2 reads the last hour’s arrivals off a growing count, and the day’s mean until it knows better', () => {
  const minute = 60_000;
  let log: ArrivalLog | undefined;
  const count = (i: number) => (i <= 60 ? i : 60 + (i - 60) * 3);
  for (let i = 0; i <= 120; i++) log = logArrivals(log, '2019-11-25', i * minute, count(i));
  expect(arrivalsPerHour(log, 120 * minute, count(120), 120 * minute)).toBeCloseTo(180, 0);
  expect(log!.looks.length).toBeLessThanOrEqual(62);
  // Just started, two hours into the day: what the day has brought so far.
  expect(arrivalsPerHour(logArrivals(undefined, '2019-11-25', 0, 40), 0, 40, 120 * minute)).toBe(20);
  expect(arrivalsPerHour(undefined, 0, 0, 0)).toBe(0);
});
