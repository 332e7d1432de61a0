/** The oracle's own arithmetic, written from docs/spec.md and from nothing else: midnights, working time, ranks, Wilson. */
import { isWorkingDay } from '../../domain/calendar/workdays.ts';
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

/** What of a stretch of time lies on working days; `null` where the calendar does not know one of its days. */
export function workingTime(zone: Zone, from: number, to: number): number | null {
  let total = 0;
  for (let at = from; at < to; at = nextMidnight(zone, at)) {
    const working = isWorkingDay(dayOf(zone, at));
    if (working === null) return null;
    if (working) total += Math.min(nextMidnight(zone, at), to) - at;
  }
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
