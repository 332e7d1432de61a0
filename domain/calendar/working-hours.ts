/** Time as a hall has it: only while its doors are open, or only in the hours of its working days. */
import { addDays, dayOf, MINUTE_MS, momentOf, type Zone } from './zone.ts';

/** Opening hours of a day as ascending pairs of minutes past midnight. */
export type MinuteHours = readonly (readonly [from: number, until: number])[];

/** The hours that count on a day; empty where none do. */
export type HoursOn = (day: string) => MinuteHours;

/** Opening hours as documents and events write them, `HH:MM`, in minutes past midnight. */
export function toMinuteHours(hours: readonly (readonly [from: string, until: string])[]): [number, number][] {
  return hours.map(([from, until]) => [toMinutes(from), toMinutes(until)]);
}

function toMinutes(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
}

/** A decade: a span that is longer is no countdown. */
const MOST_DAYS = 3_660;

/** Minutes of a day's hours. */
export function minutesOfDay(hours: MinuteHours): number {
  return hours.reduce((sum, [from, until]) => sum + (until - from), 0);
}

/**
 * Milliseconds of [`from`, `to`) (epoch ms) that lie in the hours of their days. 0 where `to` is not later.
 * @param enough beyond so many ms it is not counted any further
 */
export function openMs(zone: Zone, hoursOn: HoursOn, from: number, to: number, enough = Infinity): number {
  if (to <= from) return 0;
  const last = dayOf(zone, to - 1);
  let total = 0;
  let day = dayOf(zone, from);
  for (let steps = 0; day <= last && total <= enough && steps < MOST_DAYS; steps++, day = addDays(day, 1)) {
    for (const [opens, closes] of hoursOn(day)) {
      const start = Math.max(from, momentOf(zone, day, opens));
      const end = Math.min(to, momentOf(zone, day, closes));
      if (end > start) total += end - start;
    }
  }
  return total;
}

/**
 * The end of hours (epoch ms) on the `days`-th day with hours after the day of `from`: that day itself is not counted.
 * Where a decade has no such day, the end of the last day that was looked at.
 */
export function closeAfter(zone: Zone, hoursOn: HoursOn, from: number, days: number): number {
  const day = dayAfter(zone, hoursOn, from, days);
  return momentOf(zone, day, hoursOn(day).at(-1)?.[1] ?? 1440);
}

/** As `closeAfter`, the beginning of the hours. */
export function openAfter(zone: Zone, hoursOn: HoursOn, from: number, days: number): number {
  const day = dayAfter(zone, hoursOn, from, days);
  return momentOf(zone, day, hoursOn(day)[0]?.[0] ?? 0);
}

function dayAfter(zone: Zone, hoursOn: HoursOn, from: number, days: number): string {
  let day = dayOf(zone, from);
  for (let left = days, steps = 0; left > 0 && steps < MOST_DAYS; steps++) {
    day = addDays(day, 1);
    if (hoursOn(day).length > 0) left--;
  }
  return day;
}

/** Whether `at` lies in the hours of its day. */
export function isOpenAt(zone: Zone, hoursOn: HoursOn, at: number): boolean {
  return openMs(zone, hoursOn, at, at + MINUTE_MS) > 0;
}
