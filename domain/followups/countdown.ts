/** How much working time a follow-up has left at a moment: hours of the hall's working days, on the calendar that came with it. */
import type { CountdownBasis } from '../board/topics/data.ts';
import { worksOn } from '../calendar/wire-calendar.ts';
import { isOpenAt, minutesOfDay, openMs } from '../calendar/working-hours.ts';
import { MINUTE_MS, type Zone } from '../calendar/zone.ts';

export type Countdown =
  /** Whole working days and the minutes beyond them; `share` of the time that was given, 0 to 1. */
  | { state: 'left'; days: number; minutes: number; totalMinutes: number; share: number; running: boolean }
  | { state: 'late'; days: number; minutes: number; totalMinutes: number; running: boolean };

/** Less than half a working day is little. */
const SOON_MINUTES = 210;

/** Red: late. Amber: little time left. */
export function toneOf(countdown: Countdown | undefined): 'trouble' | 'warning' | 'plain' {
  if (countdown?.state === 'late') return 'trouble';
  return countdown?.state === 'left' && countdown.totalMinutes <= SOON_MINUTES ? 'warning' : 'plain';
}

/** @param openedAt and `due` and `now` are epoch ms; a deadline that is exactly now is kept */
export function readCountdown(
  openedAt: number,
  due: number,
  now: number,
  { countdownHours, calendar }: CountdownBasis,
  zone: Zone,
): Countdown {
  const hoursOn = (day: string) => (worksOn(calendar, day) ? countdownHours : []);
  const late = now > due;
  const between = late ? openMs(zone, hoursOn, due, now) : openMs(zone, hoursOn, now, due);
  const given = openMs(zone, hoursOn, openedAt, due);
  const totalMinutes = Math.floor(between / MINUTE_MS);
  const dayMinutes = minutesOfDay(countdownHours);
  const days = dayMinutes > 0 ? Math.floor(totalMinutes / dayMinutes) : 0;
  const counted = { days, minutes: totalMinutes - days * dayMinutes, totalMinutes };
  const running = isOpenAt(zone, hoursOn, now);
  if (late) return { state: 'late', ...counted, running };
  return { state: 'left', ...counted, running, share: given === 0 ? 0 : Math.min(1, between / given) };
}
