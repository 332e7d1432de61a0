/** The oracle's own arithmetic, written from docs/spec.md and from nothing else: midnights, working time, ranks, Wilson. */
import { isWorkday } from 'chinese-days';
import type { CalendarDocument } from '../../domain/calendar/calendar-document.ts';
import { dayOf, type Zone } from '../../domain/calendar/zone.ts';

const HOUR_MS = 3_600_000;

/** The first millisecond after `at` that lies on another local day. */
export function nextMidnight(zone: Zone, at: number): number {
  const today = dayOf(zone, at);
  let inside = at;
  let outside = at + 30 * HOUR_MS;
  while (outside - inside > 1) {
    const middle = Math.floor((inside + outside) / 2);
    if (dayOf(zone, middle) === today) inside = middle;
    else outside = middle;
  }
  return outside;
}

/** The local midnight that ends `day`. */
export function endOf(zone: Zone, day: string): number {
  let at = Date.parse(`${day}T12:00:00Z`);
  while (dayOf(zone, at) < day) at += HOUR_MS;
  while (dayOf(zone, at) > day) at -= HOUR_MS;
  return nextMidnight(zone, at);
}

/** Every day from `from` to `to`. */
export function daysOf(from: string, to: string): string[] {
  const days: string[] = [];
  const last = Date.parse(`${to}T00:00:00Z`);
  for (let at = Date.parse(`${from}T00:00:00Z`); at <= last; at += 24 * HOUR_MS) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}

/** K1: the hall's own word first, then the official calendar, and where that ends the days of the week. */
export function works(document: CalendarDocument, day: string, station: string): boolean {
  const concerns = (stations: readonly string[] | undefined) => !stations || stations.includes(station);
  if (document.workingDays.some(({ on, stations }) => on === day && concerns(stations))) return true;
  for (const { from, until, stations } of document.daysOff)
    if (concerns(stations) && day >= from && day <= (until ?? from)) return false;
  const year = Number(day.slice(0, 4));
  if (year >= 2004 && year <= 2026) return isWorkday(day);
  return ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}

/** What of a stretch of time lies on a station's working days. */
export function workingTime(document: CalendarDocument, zone: Zone, from: number, to: number, station: string): number {
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
