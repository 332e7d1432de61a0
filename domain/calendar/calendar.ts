/** Which days a hall works, and when its doors are open: the official calendar, then the hall's own document (spec K1). */
import type { CalendarDocument } from './calendar-document.ts';
import type { OfficialDay } from './official.ts';
import { toMinuteHours, type MinuteHours } from './working-hours.ts';
import { addDays, dayOf, momentOf, weekdayOf, type Zone } from './zone.ts';

/** Opening hours as documents write them. */
export type ClockHours = readonly (readonly [from: string, until: string])[];

/** The calendar of one hall. `station` absent means the hall as a whole. */
export interface Calendar {
  /** Changes with everything that it says. */
  readonly version: string;
  isWorkingDay(day: string, station?: string): boolean;
  /** Whether the arrangements of the day's year are known; a year that is not is read by its weekdays. */
  isKnown(day: string): boolean;
  /** When the doors are open; empty on a day off. */
  hoursOf(day: string, station?: string): ClockHours;
  minutesOf(day: string, station?: string): MinuteHours;
}

export interface CalendarSource {
  readonly document: CalendarDocument;
  /** The profile's hours of a working day. */
  readonly hours: ClockHours;
  /** What the official calendar says; `undefined` in a year that it does not hold. */
  readonly official: (day: string) => OfficialDay | undefined;
}

export function createCalendar({ document, hours, official }: CalendarSource): Calendar {
  const { years, daysOff, workingDays, hours: others } = document;
  const covered = new Set(years);
  const working = new Map<string, boolean>();
  const minutes = new Map<string, MinuteHours>();
  const isFor = (stations: readonly string[] | undefined, station: string | undefined): boolean =>
    stations === undefined || (station !== undefined && stations.includes(station));
  const isOff = (day: string, station: string | undefined): boolean =>
    daysOff.some(({ from, until = from, stations }) => from <= day && day <= until && isFor(stations, station));
  const isSwapped = (day: string, station: string | undefined): boolean =>
    workingDays.some(({ on, stations }) => on === day && isFor(stations, station));
  const judge = (day: string, station: string | undefined): boolean => {
    if (isSwapped(day, station)) return true;
    if (isOff(day, station)) return false;
    const said = official(day);
    return said === undefined ? weekdayOf(day) <= 5 : said === 'working';
  };
  const calendar: Calendar = {
    version: JSON.stringify([document, hours]),
    isWorkingDay: (day, station) => remember(working, `${day}${station ?? ''}`, () => judge(day, station)),
    isKnown: (day) => covered.has(Number(day.slice(0, 4))) || official(day) !== undefined,
    hoursOf(day, station) {
      const isWorking = calendar.isWorkingDay(day, station);
      if (!isWorking && isOff(day, station)) return [];
      const fits = others.findLast(({ weekdays, from, until = weekdays ? undefined : from, stations }) => {
        if (!isFor(stations, station)) return false;
        if ((from !== undefined && day < from) || (until !== undefined && day > until)) return false;
        // What is said of weekdays is not meant for a holiday that falls on one.
        return weekdays === undefined || (weekdays.includes(weekdayOf(day)) && official(day) !== 'holiday');
      });
      return fits?.hours ?? (isWorking ? hours : []);
    },
    minutesOf: (day, station) =>
      remember(minutes, `${day}${station ?? ''}`, () => toMinuteHours(calendar.hoursOf(day, station))),
  };
  return calendar;
}

/** Days are asked for over and over; the bound keeps a question about a thousand years from filling memory. */
function remember<T>(known: Map<string, T>, key: string, read: () => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  const value = read();
  if (known.size > 50_000) known.clear();
  known.set(key, value);
  return value;
}

/** Working days of a span, both ends included. */
export function countWorkingDays(calendar: Calendar, from: string, to: string, station?: string): number {
  let count = 0;
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (calendar.isWorkingDay(day, station)) count++;
    if (day === LAST_DAY) break;
  }
  return count;
}

const LAST_DAY = '9999-12-31';

/** The years of a span, both ends included, of which the calendar knows no arrangements, ascending. */
export function unknownYears(calendar: Calendar, from: string, to: string): number[] {
  const years: number[] = [];
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++)
    if (!calendar.isKnown(`${String(year).padStart(4, '0')}-01-01`)) years.push(year);
  return years;
}

/** The `count` working days before `day` that share its weekday, newest first. Looks back at most a year. */
export function sameWeekdaysBefore(calendar: Calendar, day: string, count: number): string[] {
  const found: string[] = [];
  for (let back = 7; back <= 364 && found.length < count; back += 7) {
    const earlier = addDays(day, -back);
    if (calendar.isWorkingDay(earlier)) found.push(earlier);
  }
  return found;
}

/** A century: the longest span that is walked day by day. */
const MOST_DAYS = 36_600;

/**
 * Milliseconds of a span of moments that lie on working days of a station (whole local days of 24 hours are counted,
 * as promises in working days are): spec rule M7.
 */
export function workingMs(calendar: Calendar, zone: Zone, from: number, to: number, station?: string): number {
  let total = 0;
  let day = dayOf(zone, from);
  let start = from;
  for (let steps = 0; start < to && steps < MOST_DAYS; steps++) {
    const next = addDays(day, 1);
    if (next === day) break;
    const end = Math.min(momentOf(zone, next), to);
    if (calendar.isWorkingDay(day, station)) total += end - start;
    start = end;
    day = next;
  }
  return total;
}
