/** Reads moments as RFC 3339 writes them, without trusting the runtime's lenient date parser. */

const DAY_MS = 86_400_000;
const fraction = /^\.\d+/;

/**
 * RFC 3339 section 5.6 `date-time`: a real calendar date, an offset that is never absent, either case of T and Z.
 * Fractions finer than a millisecond are cut off. Leap seconds (`:60`) are refused, as no clock here can show one.
 * @returns epoch milliseconds, or `undefined` when `text` is no such moment
 */
export function parseMoment(text: string): number | undefined {
  if (text.length < 20 || text.length > 64) return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return undefined;
  if (text[4] !== '-' || text[7] !== '-' || text[13] !== ':' || text[16] !== ':') return undefined;
  if (text[10] !== 'T' && text[10] !== 't') return undefined;

  let at = 19;
  let ms = 0;
  if (text[at] === '.') {
    const part = fraction.exec(text.slice(at))?.[0];
    if (part === undefined) return undefined;
    ms = Number(part.slice(1, 4).padEnd(3, '0'));
    at += part.length;
  }
  const offset = readOffset(text, at);
  if (offset === undefined) return undefined;
  return daysBefore(year, month, day) * DAY_MS + ((hour * 60 + minute - offset) * 60 + second) * 1000 + ms;
}

/** Minutes that the offset at `from` is ahead of UTC. */
function readOffset(text: string, from: number): number | undefined {
  const sign = text[from];
  if (sign === 'Z' || sign === 'z') return text.length === from + 1 ? 0 : undefined;
  if ((sign !== '+' && sign !== '-') || text.length !== from + 6 || text[from + 3] !== ':') return undefined;
  const hours = digits(text, from + 1, 2);
  const minutes = digits(text, from + 4, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return undefined;
  return (sign === '+' ? 1 : -1) * (hours * 60 + minutes);
}

/** The number that `length` ASCII digits at `from` write, or -1. */
function digits(text: string, from: number, length: number): number {
  let value = 0;
  for (let i = from; i < from + length; i++) {
    const c = text.charCodeAt(i) - 48;
    if (!(c >= 0 && c <= 9)) return -1;
    value = value * 10 + c;
  }
  return value;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar. */
function daysBefore(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
