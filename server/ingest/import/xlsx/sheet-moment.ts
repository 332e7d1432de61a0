/** Dates and times of a sheet as an export would write them, whatever the machine's zone: a sheet knows none. Pure. */
import type { CellFormat } from './number-format.ts';

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;
/** Day 0 of either calendar. The one of 1900 has a 29 February that never was: behind it every day counts one more. */
const EPOCHS = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) } as const;
const PHANTOM_DAY = 60;
/** In days. What is formatted as a time of day, or as hours that go on counting, and is longer than this is a moment. */
const LONGEST = { timeOfDay: 366, elapsed: 20_000 };
/** 31 December 9999. */
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59);

export type Calendar = keyof typeof EPOCHS;

/**
 * @param serial days since the calendar's beginning, with a fraction for the time of day
 * @returns `2019-06-05`, `2019-06-05 09:03:00`, `9:03:00` for a time of day, `25:30:00` for a length; `undefined` for no moment of the calendar: below it, or 29 February 1900; `beyond` for one behind its end
 */
export function tellSerial(serial: number, format: CellFormat, calendar: Calendar): string | undefined | 'beyond' {
  // As a spreadsheet shows it: a moment is kept as a fraction that misses its second by a little.
  const step = format.hasFraction ? 1 : SECOND_MS;
  const total = Math.round((serial * DAY_MS) / step) * step;
  const days = Math.floor(total / DAY_MS);
  const clock = tellClock(total - days * DAY_MS);
  const longest = format.isElapsed ? LONGEST.elapsed : format.hasDate ? -Infinity : LONGEST.timeOfDay;
  if (days < longest) return tellLength(total);
  if (total < 0) return undefined;
  if (days === 0 && (format.hasTime || total > 0)) return trimHour(clock);
  const day = tellDay(days, calendar);
  return day === undefined || day === 'beyond' || total % DAY_MS === 0 ? day : `${day} ${clock}`;
}

function tellDay(days: number, calendar: Calendar): string | undefined | 'beyond' {
  // A sheet shows these two, and they are no days.
  if (calendar === 1900 && days === 0) return '1900-01-00';
  if (calendar === 1900 && days === PHANTOM_DAY) return undefined;
  const ms = EPOCHS[calendar] + (days + (calendar === 1900 && days < PHANTOM_DAY ? 1 : 0)) * DAY_MS;
  return ms > LAST_MS ? 'beyond' : new Date(ms).toISOString().slice(0, 10);
}

/** Hours of any number; a length may be negative. */
function tellLength(ms: number): string {
  const length = Math.abs(ms);
  const hours = Math.floor(length / 3_600_000);
  return `${ms < 0 ? '-' : ''}${hours}${tellClock(length % 3_600_000).slice(2)}`;
}

function tellClock(ms: number): string {
  const clock = new Date(ms).toISOString().slice(11, 23);
  return clock.endsWith('.000') ? clock.slice(0, 8) : clock;
}

const trimHour = (clock: string): string => clock.replace(/^0(\d:)/, '$1');

const ISO = /^(?:(\d{4}-\d{2}-\d{2})(?:T|$))?(?:(\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?)?(?:Z|[+-]\d{2}:?\d{2})?$/;

/**
 * A cell of ISO 8601: the clock that stands there is the sheet's, whatever zone was written behind it.
 * @returns as `tellSerial` does; `undefined` for what is none, or no day of the calendar
 */
export function tellIso(text: string): string | undefined {
  const [found, day, hour, minute, second = '00', fraction = ''] = ISO.exec(text.trim()) ?? [];
  if (found === undefined || found === '') return undefined;
  if (hour === undefined && day === undefined) return undefined;
  const moment = new Date(`${day ?? '1970-01-01'}T${hour ?? '00'}:${minute ?? '00'}:${second}Z`);
  if (Number.isNaN(moment.getTime())) return undefined;
  // JavaScript takes 31 April for 1 May.
  if (day !== undefined && !moment.toISOString().startsWith(day)) return undefined;
  const settled = new Date(Math.round((moment.getTime() + Number(`0${fraction}`) * SECOND_MS) / SECOND_MS) * SECOND_MS);
  const [date, clock] = [settled.toISOString().slice(0, 10), settled.toISOString().slice(11, 19)];
  // Programs that have no time of day alone write it of the day before the calendar.
  if (day === undefined || day.startsWith('1899-12-3')) return trimHour(clock);
  return clock === '00:00:00' ? date : `${date} ${clock}`;
}
