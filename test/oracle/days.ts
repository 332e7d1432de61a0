/** The oracle's own local days, asked of the runtime's time zones and of nothing else. */

const QUARTER_MS = 900_000;
const HOUR_MS = 3_600_000;
/** After the last day that has a name of ten characters: sorts behind every day. */
const BEYOND = '~';

interface Days {
  readonly format: Intl.DateTimeFormat;
  readonly known: Map<number, string>;
}
const zones = new Map<string, Days>();

/** The local day of a moment. Since 1990 every change of the clocks and every midnight has stood at a quarter of an hour. */
export function dayOf(zone: string, at: number): string {
  let days = zones.get(zone);
  if (!days) {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    zones.set(zone, (days = { format, known: new Map() }));
  }
  const quarter = Math.floor(at / QUARTER_MS);
  let day = days.known.get(quarter);
  if (day === undefined) {
    const parts = new Map(days.format.formatToParts(at).map(({ type, value }) => [type, value]));
    const year = parts.get('year')!.padStart(4, '0');
    day = year.length > 4 ? BEYOND : `${year}-${parts.get('month')}-${parts.get('day')}`;
    days.known.set(quarter, day);
  }
  return day;
}

/** The first millisecond after `at` that lies on another local day. */
export function nextMidnight(zone: string, at: number): number {
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

/** The first moment of `day`. */
export function startOf(zone: string, day: string): number {
  return nextMidnight(zone, noonOf(zone, day) - 24 * HOUR_MS);
}

/** The local midnight that ends `day`. */
export function endOf(zone: string, day: string): number {
  return nextMidnight(zone, noonOf(zone, day));
}

/** A moment inside `day`, far from both of its ends. */
function noonOf(zone: string, day: string): number {
  let at = Date.parse(`${day}T12:00:00Z`);
  while (dayOf(zone, at) < day || dayOf(zone, at - 8 * HOUR_MS) < day) at += HOUR_MS;
  while (dayOf(zone, at) > day || dayOf(zone, at + 8 * HOUR_MS) > day) at -= HOUR_MS;
  return at;
}

/** `day` moved by whole days. */
export function moveDay(day: string, by: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + by * 24 * HOUR_MS).toISOString().slice(0, 10);
}

/** Every day from `from` to `to`. */
export function daysOf(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = moveDay(day, 1)) {
    days.push(day);
    if (day === '9999-12-31') break;
  }
  return days;
}

/** 1 Monday to 7 Sunday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** The minute of the local day. */
export function minuteOf(zone: string, at: number): number {
  const format = clocks.get(zone) ?? createClock(zone);
  const [hour, minute] = format.format(at).split(':').map(Number) as [number, number];
  return hour * 60 + minute;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function createClock(zone: string): Intl.DateTimeFormat {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
  });
  clocks.set(zone, format);
  return format;
}
