/** How minutes and moments of the hall's clock are written where figures alone stand, and days in English. */
import { dayOf, minuteOf, type Zone } from './zone.ts';

/** A minute of the day as a clock shows it: 642 → 10:42. */
export function formatMinute(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** The hall's clock at a moment (epoch ms): 10:42. */
export function formatClock(zone: Zone, at: number): string {
  return formatMinute(minuteOf(zone, at));
}

/** The hall's day and clock at a moment (epoch ms): 2019-11-25 10:30. */
export function formatMoment(zone: Zone, at: number): string {
  return `${dayOf(zone, at)} ${formatClock(zone, at)}`;
}

/** A day (`YYYY-MM-DD`) as it is written in English, by what of it is named. */
export function formatEnglishDay(day: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options }).format(Date.parse(`${day}T00:00:00Z`));
}
