/** How moments are written on a screen. */
import { minuteOf, type Zone } from '../../domain/calendar/zone.ts';

/** A minute of the day as a clock shows it: 642 → 10:42. */
export function formatMinute(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** The hall's clock at a moment (epoch ms): 10:42. */
export function formatClock(zone: Zone, at: number): string {
  return formatMinute(minuteOf(zone, at));
}
