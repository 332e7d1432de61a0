/** Moments and a hall's local days: every conversion between epoch milliseconds and wall time in a named zone. */

const QUARTER_HOUR_MS = 900_000;
export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** Up to here every place has kept its own time, which never changed. */
const BEFORE_ZONES = Date.UTC(1800, 0, 1);

/** A time zone; its offsets are looked up once a day, and by the quarter hour on days on which they change. */
export interface Zone {
  readonly name: string;
  /** Minutes that local time is ahead of UTC at the moment `at` (epoch ms). */
  offsetMinutes(at: number): number;
}

/**
 * @param name an IANA zone, such as `Asia/Shanghai`
 * @throws RangeError when the zone is unknown to the runtime
 */
export function createZone(name: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const compute = (moment: number): number => {
    // The format names no era, and `Date.UTC` takes the year 50 for 1950.
    const at = Math.max(moment, BEFORE_ZONES);
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(at)) if (type !== 'literal') part[type] = Number(value);
    const local = Date.UTC(part['year']!, part['month']! - 1, part['day']!, part['hour']!, part['minute']!);
    return Math.round((local - Math.floor(at / MINUTE_MS) * MINUTE_MS) / MINUTE_MS);
  };
  const known = new Map<number, number>();
  const cached = (at: number): number => {
    let offset = known.get(at);
    if (offset === undefined) {
      if (known.size > 100_000) known.clear();
      known.set(at, (offset = compute(at)));
    }
    return offset;
  };
  return {
    name,
    offsetMinutes(at) {
      // No zone changes its offset twice in a day: between two equal ends nothing happens.
      const day = Math.floor(at / DAY_MS) * DAY_MS;
      const offset = cached(day);
      return offset === cached(day + DAY_MS) ? offset : cached(Math.floor(at / QUARTER_HOUR_MS) * QUARTER_HOUR_MS);
    },
  };
}

const dayNames = new Map<number, string>();

/** Days that a name of ten characters can name: outside them names would no longer sort as the days do. */
const FIRST_DAY = Date.parse('0000-01-01') / DAY_MS;
const LAST_DAY = Date.parse('9999-12-31') / DAY_MS;

/** Sorts behind the name of every day: the end of a span that has none. */
export const BEHIND_DAYS = '~';

/** Days since 1970-01-01 → `YYYY-MM-DD`; what lies outside the years 0 to 9999 is the nearest day in them. */
function dayName(dayNumber: number): string {
  const cached = dayNames.get(dayNumber);
  if (cached !== undefined) return cached;
  if (dayNames.size > 50_000) dayNames.clear();
  const within = Math.min(Math.max(dayNumber, FIRST_DAY), LAST_DAY);
  const name = new Date(within * DAY_MS).toISOString().slice(0, 10);
  dayNames.set(dayNumber, name);
  return name;
}

/** `YYYY-MM-DD` → days since 1970-01-01. */
export function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

/** The local day (`YYYY-MM-DD`) in which the moment `at` (epoch ms) falls. */
export function dayOf(zone: Zone, at: number): string {
  return dayName(Math.floor((at + zone.offsetMinutes(at) * MINUTE_MS) / DAY_MS));
}

/** Minute of the local day, 0 to 1439, in which the moment `at` falls. */
export function minuteOf(zone: Zone, at: number): number {
  const local = at + zone.offsetMinutes(at) * MINUTE_MS;
  return Math.floor((local - Math.floor(local / DAY_MS) * DAY_MS) / MINUTE_MS);
}

/**
 * The moment (epoch ms) at which the local clock of `day` shows `minute` past midnight.
 * Where a clock change skips that minute, the moment just after the gap; where it happens twice, the earlier one.
 */
export function momentOf(zone: Zone, day: string, minute = 0): number {
  const local = Date.parse(`${day}T00:00:00Z`) + minute * MINUTE_MS;
  const before = local - zone.offsetMinutes(local - DAY_MS / 2) * MINUTE_MS;
  const after = local - zone.offsetMinutes(local + DAY_MS / 2) * MINUTE_MS;
  const fits = (at: number) => at + zone.offsetMinutes(at) * MINUTE_MS === local;
  if (fits(before)) return before;
  if (fits(after)) return after;
  return Math.max(before, after);
}

/** `YYYY-MM-DD` moved by whole days. */
export function addDays(day: string, days: number): string {
  return dayName(dayNumber(day) + days);
}

/** ISO weekday of a day: 1 Monday to 7 Sunday. */
export function weekdayOf(day: string): number {
  // Days before 1970 have negative numbers.
  return ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1;
}

/** The moment just after the last of `day`: local midnight of the next day, which need not have a name. */
export function endOfDay(zone: Zone, day: string): number {
  return momentOf(zone, day, 1440);
}

/** Whether the moment `at` lies beyond the last day that has a name: no day is long enough to reach it. */
export function isBeyondDays(zone: Zone, at: number): boolean {
  return at >= endOfDay(zone, dayName(LAST_DAY));
}

/** @param month `YYYY-MM` */
export function lastDayOf(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  // The calendar repeats itself every 400 years; a Date takes the years before 100 for others.
  return `${month}-${new Date(Date.UTC(2000 + (year % 400), number, 0)).getUTCDate()}`;
}
