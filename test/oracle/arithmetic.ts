/** The oracle's own arithmetic, written from docs/spec.md and from nothing else: working days and time, ranks, Wilson. */
import { isWorkday } from 'chinese-days';
import type { CalendarDocument } from '../../domain/calendar/calendar-document.ts';
import { dayOf, nextMidnight, weekdayOf } from './days.ts';

/** K1: the hall's own word first, then the official calendar, and where that ends the days of the week. */
export function works(document: CalendarDocument, day: string, station: string): boolean {
  const concerns = (stations: readonly string[] | undefined) => !stations || stations.includes(station);
  if (document.workingDays.some(({ on, stations }) => on === day && concerns(stations))) return true;
  for (const { from, until, stations } of document.daysOff)
    if (concerns(stations) && day >= from && day <= (until ?? from)) return false;
  const year = Number(day.slice(0, 4));
  if (year >= 2004 && year <= 2026) return isWorkday(day);
  return weekdayOf(day) < 6;
}

/** What of a stretch of time lies on a station's working days. */
export function workingTime(
  document: CalendarDocument,
  zone: string,
  from: number,
  to: number,
  station: string,
): number {
  let total = 0;
  for (let at = from; at < to; at = nextMidnight(zone, at))
    if (works(document, dayOf(zone, at), station)) total += Math.min(nextMidnight(zone, at), to) - at;
  return total;
}

/** The smallest value such that at least `percent` of a hundred of the values are not greater (M8). */
export function rank(values: readonly number[], percent: number): number | null {
  for (const candidate of [...values].sort((a, b) => a - b)) {
    const notGreater = values.filter((value) => value <= candidate).length;
    if (notGreater * 100 >= percent * values.length) return candidate;
  }
  return null;
}

/** Lower end of the 95 % Wilson interval of `n` out of `of`; `null` for nothing out of nothing. */
export function wilsonLowerBound(n: number, of: number): number | null {
  if (of === 0) return null;
  const z = 1.959963984540054;
  const p = n / of;
  const margin = z * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of));
  return (p + (z * z) / (2 * of) - margin) / (1 + (z * z) / of);
}
