// Time in which the hall is open.
import { expect, it } from 'vitest';
import { openMs, toMinuteHours } from '../../../domain/calendar/working-hours.ts';
import { createZone } from '../../../domain/calendar/zone.ts';

const zone = createZone('Asia/Shanghai');
const hours = toMinuteHours([
  ['09:00', '12:00'],
  ['14:00', '18:00'],
]);
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
  expect((openMs(zone, hours, at(from), at(to)) ?? NaN) / 60_000).toBe(minutes);
});

it('knows nothing where the calendar’s years have run out (K1)', () => {
  const from = Date.parse('2031-01-06T09:00:00+08:00');
  expect(openMs(zone, hours, from, from + 3_600_000)).toBeNull();
});
