/** When numbers are given: while the doors are open, and not in the last minutes of the day. */
import type { MinuteHours } from '../calendar/working-hours.ts';
import { MINUTE_MS, momentOf, type Zone } from '../calendar/zone.ts';

/**
 * @param hours when the doors are open on `day`, ascending
 * @param now epoch ms
 * @param closeMinutesBefore so long before the last doors close no number is given any more
 */
export function givesNumbers(
  zone: Zone,
  day: string,
  hours: MinuteHours,
  now: number,
  closeMinutesBefore: number,
): boolean {
  const last = hours.at(-1);
  if (last === undefined || now >= momentOf(zone, day, last[1]) - closeMinutesBefore * MINUTE_MS) return false;
  return hours.some(([from, until]) => momentOf(zone, day, from) <= now && now < momentOf(zone, day, until));
}
