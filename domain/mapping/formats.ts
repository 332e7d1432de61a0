/** Reading dates and times as files write them: ISO 8601 always, anything else by a format such as `yyyy/M/d H:mm`. */
import { addDays, DAY_MS, endOfDay, MINUTE_MS, momentOf, type Zone } from '../calendar/zone.ts';
import { namesPeriod, PERIODS, readMonth, MONTHS, toHour } from './time-words.ts';

/**
 * Wall time without a zone: a day and the milliseconds since its midnight, or a day alone; or an instant, where the
 * text names its offset.
 */
export type TimeRead =
  | { readonly kind: 'local'; readonly day: string; readonly ms: number; readonly isDay: boolean }
  | { readonly kind: 'instant'; readonly at: number };

export type TimeReader = (text: string) => TimeRead | undefined;

export type FormatResult =
  | { readonly ok: true; readonly read: TimeReader }
  | { readonly ok: false; readonly problem: string; readonly zh: string };

type Part = 'year' | 'shortYear' | 'month' | 'monthName' | 'day' | 'hour' | 'shortHour' | 'period';
type SmallPart = 'minute' | 'second' | 'fraction' | 'offset';
type Found = Partial<Record<Part | SmallPart, string>>;

/** `+08:00`, `+0800`, PostgreSQL's `+00`. */
const OFFSET = '(Z|z|[+-]\\d{2}(?::?\\d{2})?)';
const TOKENS: Readonly<Record<string, readonly [Part | SmallPart, string]>> = {
  yyyy: ['year', '(\\d{4})'],
  yy: ['shortYear', '(\\d{2})'],
  MMM: ['monthName', `(${MONTHS})`],
  MM: ['month', '(\\d{2})'],
  M: ['month', '(\\d{1,2})'],
  dd: ['day', '(\\d{2})'],
  d: ['day', '(\\d{1,2})'],
  HH: ['hour', '(\\d{2})'],
  H: ['hour', '(\\d{1,2})'],
  hh: ['shortHour', '(\\d{2})'],
  h: ['shortHour', '(\\d{1,2})'],
  a: ['period', `(${PERIODS})`],
  mm: ['minute', '(\\d{2})'],
  m: ['minute', '(\\d{1,2})'],
  ss: ['second', '(\\d{2})'],
  s: ['second', '(\\d{1,2})'],
  S: ['fraction', '(\\d{1,9})'],
  XXX: ['offset', OFFSET],
};

/** Whole formats that are numbers: seconds or milliseconds since 1970, and days as spreadsheets count them. */
const NUMBERS: Readonly<Record<string, TimeReader>> = {
  'unix-seconds': (text) => readUnix(text, 1_000),
  'unix-milliseconds': (text) => readUnix(text, 1),
  serial: (text) => readSerial(text, serialDay1900),
  'serial-1904': (text) => readSerial(text, (days) => addDays('1904-01-01', days)),
};
const TOKEN_NAMES = Object.keys(TOKENS).join(' ');
const ALLOWED_ZH = `${TOKEN_NAMES}，或单独用 ${Object.keys(NUMBERS).join('、')}`;
const ALLOWED = `the tokens ${TOKEN_NAMES}, or one of ${Object.keys(NUMBERS).join(', ')} alone`;

const ISO = new RegExp(
  `^(\\d{4})-(\\d{2})-(\\d{2})(?:[Tt ](\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?)?(?: ?${OFFSET})?$`,
);
const ISO_PARTS = ['year', 'month', 'day', 'hour', 'minute', 'second', 'fraction', 'offset'] as const;

/** `2019-06-05`, `2019-06-05 9:03`, `2019-06-05T09:03:00.125+08:00`; a date alone is its midnight. */
export const readIsoTime: TimeReader = (text) => assemble(ISO.exec(tidy(text)), ISO_PARTS, undefined);

/**
 * A reader for a format of tokens; other letters stand in single quotes, every other character for itself. Full-width
 * signs are their narrow ones, any run of blanks is one blank, digits beyond milliseconds are dropped, and 24:00 is the
 * end of the day.
 * @param century the first of the hundred years that `yy` may mean
 */
export function compileFormat(pattern: string, century?: number): FormatResult {
  if (Object.hasOwn(NUMBERS, pattern)) return { ok: true, read: NUMBERS[pattern]! };
  const parts: (Part | SmallPart)[] = [];
  let source = '';
  for (const [chunk] of tidy(pattern).matchAll(/'[^']*'|([A-Za-z])\1*|[^A-Za-z']+|'/g)) {
    if (chunk === "'") return fail(pattern, 'a quote is not closed', '引号没有成对');
    const isQuoted = chunk.startsWith("'");
    if (isQuoted || !/^[A-Za-z]/.test(chunk)) {
      const literal = isQuoted ? chunk.slice(1, -1) : chunk;
      const meant = isQuoted && literal.length > 1 && Object.hasOwn(TOKENS, literal) ? literal : undefined;
      if (meant)
        return fail(
          pattern,
          `'${meant}' in quotes stands for these letters; without them it is a token`,
          `引号里的 '${meant}' 只是这几个字母；要当作时间，去掉引号`,
        );
      if (namesPeriod(literal))
        return fail(
          pattern,
          `write a for AM, PM, 上午 and 下午, and h for the hour: "${literal}"`,
          `AM、PM、上午、下午写作 a，小时写作 h：“${literal}”`,
        );
      source += escape(literal);
      continue;
    }
    const token = TOKENS[chunk.startsWith('S') ? 'S' : chunk];
    if (!token)
      return fail(pattern, `${chunk} is no token; it may hold ${ALLOWED}`, `不认识 ${chunk}；可用 ${ALLOWED_ZH}`);
    if (parts.includes(token[0]))
      return fail(pattern, `${chunk} says again what another token says`, `${chunk} 与前面重复`);
    parts.push(token[0]);
    source += token[1];
  }
  const has = (...some: Part[]) => some.some((part) => parts.includes(part));
  if (!has('year', 'shortYear') || !has('month', 'monthName') || !has('day'))
    return fail(
      pattern,
      `it needs a year, month and day; it may hold ${ALLOWED}`,
      `要有年、月、日；可用 ${ALLOWED_ZH}`,
    );
  if (has('shortHour') && !has('period'))
    return fail(pattern, 'h needs a beside it; H counts to 24', 'h 要与 a 同用；24 小时制写作 H');
  if (has('shortYear') && century === undefined)
    return fail(
      pattern,
      'yy needs "century": the first of the hundred years that it may mean, such as 1950 or 2000',
      '写了 yy 就要写 "century"：它所指的一百年从哪一年起，如 1950 或 2000',
    );
  const expression = new RegExp(`^${source}$`, 'i');
  return { ok: true, read: (text) => assemble(expression.exec(tidy(text)), parts, century) };
}

/** The instant (epoch ms) of what was read; a clock that skips or repeats the hour is treated as in `momentOf`. */
export function resolveTime(read: TimeRead, zone: Zone): number {
  if (read.kind === 'instant') return read.at;
  const minute = Math.floor(read.ms / MINUTE_MS);
  return momentOf(zone, read.day, minute) + (read.ms - minute * MINUTE_MS);
}

/** The last moment that keeps a deadline: a day alone lasts until its last millisecond. */
export function resolveDeadline(read: TimeRead, zone: Zone): number {
  return read.kind === 'local' && read.isDay ? endOfDay(zone, read.day) - 1 : resolveTime(read, zone);
}

/**
 * The same clock time on the day that brings it nearest to `reference` (epoch ms): what ends at 0:04 and began at
 * 23:58 ended on the next day, though its row names one date only.
 */
export function resolveTimeNear(read: TimeRead, zone: Zone, reference: number): number {
  const at = resolveTime(read, zone);
  if (read.kind === 'instant') return at;
  if (at - reference < -DAY_MS / 2) return resolveTime({ ...read, day: addDays(read.day, 1) }, zone);
  if (at - reference > DAY_MS / 2) return resolveTime({ ...read, day: addDays(read.day, -1) }, zone);
  return at;
}

function fail(pattern: string, problem: string, zh: string): FormatResult {
  return { ok: false, problem: `"${pattern}" is no format: ${problem}`, zh: `“${pattern}”不是时间格式：${zh}` };
}

/** Input methods write full-width signs, and people double their blanks. */
function tidy(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, ' ').trim();
}

function assemble(
  match: RegExpExecArray | null,
  parts: readonly (Part | SmallPart)[],
  century: number | undefined,
): TimeRead | undefined {
  if (!match) return undefined;
  const found: Found = {};
  parts.forEach((part, index) => {
    if (match[index + 1] !== undefined) found[part] = match[index + 1]!;
  });
  const year = found.shortYear === undefined ? Number(found.year) : readShortYear(found.shortYear, century!);
  const month = found.monthName === undefined ? Number(found.month) : readMonth(found.monthName);
  const date = Number(found.day);
  const hour = readHour(found);
  const [minute, second] = [Number(found.minute ?? 0), Number(found.second ?? 0)];
  const fraction = Number((found.fraction ?? '0').padEnd(3, '0').slice(0, 3));
  if (hour === undefined || month === undefined || minute > 59 || second > 59 || year < 1) return undefined;
  // 24:00 is the end of the day, and nothing lies behind it.
  if (hour > 24 || (hour === 24 && minute + second + fraction > 0)) return undefined;
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`;
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // 2019-02-30 parses to another day or not at all: neither is what the file meant.
  if (Number.isNaN(midnight) || new Date(midnight).getUTCDate() !== date) return undefined;
  const ms = ((hour * 60 + minute) * 60 + second) * 1000 + fraction;
  const isDay = found.hour === undefined && found.shortHour === undefined;
  if (found.offset === undefined)
    return hour === 24
      ? { kind: 'local', day: addDays(day, 1), ms: 0, isDay: false }
      : { kind: 'local', day, ms, isDay };
  const offsetMinutes = readOffset(found.offset);
  return offsetMinutes === undefined ? undefined : { kind: 'instant', at: midnight + ms - offsetMinutes * MINUTE_MS };
}

function readShortYear(digits: string, century: number): number {
  const year = century - (century % 100) + Number(digits);
  return year < century ? year + 100 : year;
}

/** `undefined` where the hour and the part of the day do not go together. */
function readHour({ hour, shortHour, period }: Found): number | undefined {
  if (period === undefined) return Number(hour ?? 0);
  return toHour(Number(shortHour ?? hour ?? 0), period, shortHour === undefined);
}

function readOffset(text: string): number | undefined {
  if (/^z$/i.test(text)) return 0;
  const [hours, minutes] = [Number(text.slice(1, 3)), Number(text.slice(3).replace(':', '') || 0)];
  if (hours > 18 || minutes > 59) return undefined;
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** Of any length that a date can hold: the year 275760 ends in 13 digits of seconds. */
function readUnix(text: string, unitMs: number): TimeRead | undefined {
  const tidied = tidy(text);
  if (!/^-?\d{1,15}(\.\d{1,9})?$/.test(tidied)) return undefined;
  const at = Math.trunc(Number(tidied) * unitMs);
  return Number.isNaN(new Date(at).getTime()) ? undefined : { kind: 'instant', at };
}

/** The first serial behind the year 9999, by which spreadsheets end as well. */
const SERIAL_LIMIT = 2_958_466;

/** Days and their part since the spreadsheet's first; to the second, as a spreadsheet shows it. */
function readSerial(text: string, toDay: (days: number) => string | undefined): TimeRead | undefined {
  const tidied = tidy(text);
  if (!/^\d{1,7}(\.\d{1,15})?$/.test(tidied) || Number(tidied) >= SERIAL_LIMIT) return undefined;
  const seconds = Math.round(Number(tidied) * 86_400);
  const day = toDay(Math.floor(seconds / 86_400));
  if (day === undefined) return undefined;
  return { kind: 'local', day, ms: (seconds % 86_400) * 1_000, isDay: !tidied.includes('.') };
}

/** Day 1 is 1 January 1900, and day 60 the 29 February that this year did not have. */
function serialDay1900(days: number): string | undefined {
  if (days < 1 || days === 60) return undefined;
  return addDays('1899-12-31', days < 60 ? days : days - 1);
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
