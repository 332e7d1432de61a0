/** China's official working calendar with its swapped days (调休), and what it does not know. */
import { isWorkday as isOfficialWorkday } from 'chinese-days';
import { addDays, dayOf, DAY_MS, momentOf, type Zone } from './zone.ts';

/**
 * The years for which the State Council's arrangements are in the calendar.
 * Outside them nobody can know the swapped days, so nothing is guessed (spec rule K1).
 */
export const CALENDAR_YEARS = { first: 2004, last: 2026 } as const;

/** Whether the calendar holds the year of `day`. */
export function isCalendarKnown(day: string): boolean {
  const year = Number(day.slice(0, 4));
  return year >= CALENDAR_YEARS.first && year <= CALENDAR_YEARS.last;
}

const known = new Map<string, boolean>();

/** Whether `day` (`YYYY-MM-DD`) is a working day; `null` where the calendar's years run out. */
export function isWorkingDay(day: string): boolean | null {
  if (!isCalendarKnown(day)) return null;
  const cached = known.get(day);
  if (cached !== undefined) return cached;
  const working = isOfficialWorkday(day);
  known.set(day, working);
  return working;
}

/** Working days of a span, both ends included; `null` where the calendar does not know one of them. */
export function countWorkingDays(from: string, to: string): number | null {
  let count = 0;
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const working = isWorkingDay(day);
    if (working === null) return null;
    if (working) count++;
  }
  return count;
}

/**
 * The `count` working days before `day` that share its weekday, newest first.
 * Looks back at most a year; days that the calendar does not know are passed over.
 */
export function sameWeekdaysBefore(day: string, count: number): string[] {
  const found: string[] = [];
  for (let back = 7; back <= 364 && found.length < count; back += 7) {
    const earlier = addDays(day, -back);
    if (isWorkingDay(earlier) === true) found.push(earlier);
  }
  return found;
}

/**
 * Milliseconds of a span of moments that lie on working days (whole local days of 24 hours are counted,
 * as promises in working days are): spec rule M7. `null` where the calendar does not know one of the days.
 */
export function workingMs(zone: Zone, from: number, to: number): number | null {
  if (to <= from) return 0;
  let total = 0;
  let day = dayOf(zone, from);
  let start = from;
  // The first day may be far from the last; a century is the longest span that is walked.
  for (let steps = 0; start < to && steps < 36_600; steps++) {
    const next = addDays(day, 1);
    const end = Math.min(momentOf(zone, next), to);
    const working = isWorkingDay(day);
    if (working === null) return null;
    if (working) total += end - start;
    start = end;
    day = next;
  }
  return total;
}

/** Milliseconds → working days with two decimals. */
export function toWorkingDays(ms: number): number {
  return Math.round((ms / DAY_MS) * 100) / 100;
}
