/** Time as a hall has it: only its opening hours, only on working days of the official calendar. */
import { isWorkingDay } from './workdays.ts';
import { addDays, dayOf, MINUTE_MS, momentOf, type Zone } from './zone.ts';

/** Opening hours of a working day as ascending pairs of minutes past midnight. */
export type MinuteHours = readonly (readonly [from: number, until: number])[];

/** Opening hours as documents and events write them, `HH:MM`, in minutes past midnight. */
export function toMinuteHours(hours: readonly (readonly [from: string, until: string])[]): [number, number][] {
  return hours.map(([from, until]) => [toMinutes(from), toMinutes(until)]);
}

function toMinutes(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
}

/** A decade: a span that is longer is no countdown. */
const MOST_DAYS = 3_660;

/** Minutes in which the hall is open on one working day. */
export function minutesOfDay(hours: MinuteHours): number {
  return hours.reduce((sum, [from, until]) => sum + (until - from), 0);
}

/**
 * Milliseconds of [`from`, `to`) (epoch ms) in which the hall is open: within `hours`, on working days, swapped days
 * (调休) as they were decided. 0 where `to` is not later; `null` where the calendar does not know one of the days (K1).
 */
export function openMs(zone: Zone, hours: MinuteHours, from: number, to: number): number | null {
  if (to <= from) return 0;
  const last = dayOf(zone, to - 1);
  let total = 0;
  let day = dayOf(zone, from);
  for (let steps = 0; day <= last && steps < MOST_DAYS; steps++, day = addDays(day, 1)) {
    const working = isWorkingDay(day);
    if (working === null) return null;
    if (!working) continue;
    for (const [opens, closes] of hours) {
      const start = Math.max(from, momentOf(zone, day, opens));
      const end = Math.min(to, momentOf(zone, day, closes));
      if (end > start) total += end - start;
    }
  }
  return total;
}

/**
 * The end of opening hours (epoch ms) on the `days`-th working day after the day of `from`: that day itself is not
 * counted. `null` where the calendar's years run out on the way (K1).
 */
export function closeAfter(zone: Zone, hours: MinuteHours, from: number, days: number): number | null {
  let day = dayOf(zone, from);
  for (let left = days; left > 0;) {
    day = addDays(day, 1);
    const working = isWorkingDay(day);
    if (working === null) return null;
    if (working) left--;
  }
  const closes = hours[hours.length - 1]?.[1] ?? 1440;
  return momentOf(zone, day, closes);
}

/** Whether the hall is open at `at`; `null` where the calendar does not know the day. */
export function isOpenAt(zone: Zone, hours: MinuteHours, at: number): boolean | null {
  const ms = openMs(zone, hours, at, at + MINUTE_MS);
  return ms === null ? null : ms > 0;
}
