/** Time on working days between two moments: as much work for a century as for a day, by sums that are kept a year each. */
import type { Calendar } from './calendar.ts';
import { addDays, dayNumber, dayOf, endOfDay, momentOf, type Zone } from './zone.ts';

/** By year: working milliseconds from its beginning to each of its days, and last to its end. */
type YearSums = Map<number, Float64Array>;

/** Sums made once: by calendar, by zone, by station where the calendar tells it apart. */
const known = new WeakMap<Calendar, WeakMap<Zone, Map<string | undefined, YearSums>>>();

/**
 * Milliseconds of [`from`, `to`) (epoch ms) that lie on working days of a station: whole local days of 24 hours are
 * counted, as promises in working days are (spec M7). 0 where `to` is not later.
 */
export function workingMs(calendar: Calendar, zone: Zone, from: number, to: number, station?: string): number {
  if (to <= from) return 0;
  const place = calendar.placeOf(station);
  const sums = sumsOf(calendar, zone, place);
  const first = yearOf(dayOf(zone, from));
  const last = yearOf(dayOf(zone, to));
  let total = 0;
  for (let year = first; year < last; year++) total += sumYear(sums, year, calendar, zone, place).at(-1)!;
  const workedUpTo = (at: number): number => {
    const day = dayOf(zone, at);
    const year = yearOf(day);
    const before = sumYear(sums, year, calendar, zone, place)[dayNumber(day) - dayNumber(firstDayOf(year))]!;
    return before + (calendar.isWorkingDay(day, place) ? at - momentOf(zone, day) : 0);
  };
  return total + workedUpTo(to) - workedUpTo(from);
}

function sumsOf(calendar: Calendar, zone: Zone, place: string | undefined): YearSums {
  let zones = known.get(calendar);
  if (!zones) known.set(calendar, (zones = new WeakMap()));
  let places = zones.get(zone);
  if (!places) zones.set(zone, (places = new Map()));
  let sums = places.get(place);
  if (!sums) places.set(place, (sums = new Map()));
  return sums;
}

function sumYear(sums: YearSums, year: number, calendar: Calendar, zone: Zone, place: string | undefined) {
  const kept = sums.get(year);
  if (kept) return kept;
  const first = firstDayOf(year);
  const days = dayNumber(first.replace('-01-01', '-12-31')) - dayNumber(first) + 1;
  const before = new Float64Array(days + 1);
  let begins = momentOf(zone, first);
  for (let i = 0, day = first; i < days; i++, day = addDays(day, 1)) {
    const ends = endOfDay(zone, day);
    before[i + 1] = before[i]! + (calendar.isWorkingDay(day, place) ? ends - begins : 0);
    begins = ends;
  }
  sums.set(year, before);
  return before;
}

function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}

function firstDayOf(year: number): string {
  return `${String(year).padStart(4, '0')}-01-01`;
}
