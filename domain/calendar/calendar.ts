/** Which days a hall works, and when its doors are open: the official calendar, then the hall's own document (spec K1). */
import type { CalendarDocument } from './calendar-document.ts';
import { digestData } from '../wire/digest.ts';
import type { OfficialCalendar } from './official.ts';
import { toMinuteHours, type MinuteHours } from './working-hours.ts';
import { addDays, weekdayOf } from './zone.ts';

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
  /** The station where the document speaks of it by name; any other has the days of the hall as a whole. */
  placeOf(station: string | undefined): string | undefined;
}

export interface CalendarSource {
  readonly document: CalendarDocument;
  /** The profile's hours of a working day. */
  readonly hours: ClockHours;
  readonly official: OfficialCalendar;
}

export function createCalendar({ document, hours, official }: CalendarSource): Calendar {
  const { years, daysOff, workingDays, hours: others } = document;
  const covered = new Set(years);
  const named = new Set([...daysOff, ...workingDays, ...others].flatMap(({ stations = [] }) => stations));
  const working = new Map<string, boolean>();
  const minutes = new Map<string, MinuteHours>();
  let version: string | undefined;
  const isFor = (stations: readonly string[] | undefined, station: string | undefined): boolean =>
    stations === undefined || (station !== undefined && stations.includes(station));
  const isOff = (day: string, station: string | undefined): boolean =>
    daysOff.some(({ from, until = from, stations }) => from <= day && day <= until && isFor(stations, station));
  const isSwapped = (day: string, station: string | undefined): boolean =>
    workingDays.some(({ on, stations }) => on === day && isFor(stations, station));
  const judge = (day: string, station: string | undefined): boolean => {
    if (isSwapped(day, station)) return true;
    if (isOff(day, station)) return false;
    const said = official.read(day);
    return said === undefined ? isWeekday(day) : said === 'working';
  };
  /** Neither a holiday nor a day that stands for another: what is said of weekdays and weekends is meant for it. */
  const isPlain = (day: string, station: string | undefined): boolean =>
    isWeekday(day) === calendar.isWorkingDay(day, station) && official.read(day) !== 'holiday' && !isOff(day, station);
  const doesFit = (entry: OtherHours, day: string, station: string | undefined): boolean => {
    const { weekdays, from, until, stations } = entry;
    if (!isFor(stations, station)) return false;
    if (weekdays !== undefined)
      return isWithin(entry, day) && weekdays.includes(weekdayOf(day)) && isPlain(day, station);
    // One day that is named is meant as it is; a span, such as a summer's hours, is no reason to open on its Sundays.
    if (until === undefined || until === from) return day === from;
    return isWithin(entry, day) && calendar.isWorkingDay(day, station);
  };
  const calendar: Calendar = {
    get version() {
      return (version ??= digestData([document, hours, official.version]));
    },
    placeOf: (station) => (station !== undefined && named.has(station) ? station : undefined),
    isWorkingDay(day, station) {
      const place = calendar.placeOf(station);
      return remember(working, `${day}${place ?? ''}`, () => judge(day, place));
    },
    isKnown: (day) => covered.has(Number(day.slice(0, 4))) || official.read(day) !== undefined,
    hoursOf(day, station) {
      const fits = others.findLast((entry) => doesFit(entry, day, station));
      return fits?.hours ?? (calendar.isWorkingDay(day, station) ? hours : []);
    },
    minutesOf(day, station) {
      const place = calendar.placeOf(station);
      return remember(minutes, `${day}${place ?? ''}`, () => toMinuteHours(calendar.hoursOf(day, place)));
    },
  };
  return calendar;
}

type OtherHours = CalendarDocument['hours'][number];

function isWithin({ from, until }: OtherHours, day: string): boolean {
  return (from === undefined || from <= day) && (until === undefined || day <= until);
}

function isWeekday(day: string): boolean {
  return weekdayOf(day) <= 5;
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

/** The last `count` days of a kind up to and with `last`, ascending, looking back at most `back` days. */
export function daysUpTo(last: string, count: number, back: number, isOne: (day: string) => boolean): string[] {
  const days: string[] = [];
  for (let i = 0; i <= back && days.length < count; i++) {
    const day = addDays(last, -i);
    if (isOne(day)) days.unshift(day);
  }
  return days;
}

/** The `count` working days of the hall, or of a station, before `day` that share its weekday, newest first. Looks back at most a year. */
export function sameWeekdaysBefore(calendar: Calendar, day: string, count: number, station?: string): string[] {
  const found: string[] = [];
  for (let back = 7; back <= 364 && found.length < count; back += 7) {
    const earlier = addDays(day, -back);
    if (calendar.isWorkingDay(earlier, station)) found.push(earlier);
  }
  return found;
}
