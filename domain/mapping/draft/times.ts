/** Which formats of time a column's texts are written in, found by reading them: every style that fits, and where two fit, the rows that tell. */
import { readDuration } from '../durations.ts';
import { compileFormat, readIsoTime, type TimeRead, type TimeReader } from '../formats.ts';
import type { Cell } from './columns.ts';

/** How a column writes its times. */
export interface TimeStyle {
  /** Nothing where ISO 8601 alone reads them. More than one date may be meant by them: then the draft must ask. */
  readonly formats: readonly string[];
  /** The dates that fit equally well, such as `d/M/yyyy` and `M/d/yyyy`; one where there is no doubt. */
  readonly dates: readonly string[];
  readonly isDayOnly: boolean;
  readonly isNumber: boolean;
  /** Lines on which the dates that fit read two times. */
  readonly doubtful: readonly number[];
  /** Lines that none of the formats reads. */
  readonly unread: readonly number[];
}

const DATES = [
  'yyyy-M-d',
  'yyyy/M/d',
  'yyyy.M.d',
  'yyyy年M月d日',
  'yyyyMMdd',
  'd/M/yyyy',
  'M/d/yyyy',
  'd.M.yyyy',
  'd-M-yyyy',
  'M-d-yyyy',
  'yy/M/d',
  'd/M/yy',
  'M/d/yy',
  'yy-M-d',
  'd-M-yy',
  'M-d-yy',
  'yy年M月d日',
  'd MMM yyyy',
  'd-MMM-yyyy',
  'd-MMM-yy',
  'MMM d, yyyy',
  'MMM d yyyy',
];
const CLOCKS = [
  'H:mm:ss',
  'H:mm',
  'H:mm:ss.S',
  'h:mm:ss a',
  'h:mm a',
  'a h:mm:ss',
  'a h:mm',
  'ah:mm:ss',
  'ah:mm',
  'H时m分s秒',
  'H时m分',
];
const NUMBERS = ['unix-seconds', 'unix-milliseconds', 'serial'];
/** Readings outside of these years are ids and sums that look like times. */
const YEARS: readonly [first: string, last: string] = ['1990', '2100'];
const NUMBER_FORMS: Readonly<Record<string, RegExp>> = {
  'unix-seconds': /^\d{10}(\.\d+)?$/,
  'unix-milliseconds': /^\d{13}$/,
  serial: /^\d{5}(\.\d+)?$/,
};
/** The first of the hundred years that `yy` means: halls have had computers since. */
export const CENTURY = 2000;

interface Style {
  readonly date: string;
  readonly patterns: readonly (readonly [pattern: string, read: TimeReader])[];
}

const styles: readonly Style[] = [
  ...DATES.map((date) => ({
    date,
    patterns: [date, ...CLOCKS.flatMap((clock) => joins(date, clock))].map(compile),
  })),
  ...NUMBERS.map((number) => ({ date: number, patterns: [compile(number)] })),
];
const clocks = CLOCKS.map((clock) => [clock, compile(`yyyy-M-d ${clock}`)[1]] as const);

/** Some write the time close behind the day. */
function joins(date: string, clock: string): string[] {
  if (date === 'yyyyMMdd')
    return [`${date} ${clock}`, ...(clock === 'H:mm:ss' ? [`${date}HHmmss`, `${date}HHmm`] : [])];
  return date.endsWith('日') ? [`${date} ${clock}`, `${date}${clock}`] : [`${date} ${clock}`];
}

function compile(pattern: string): readonly [string, TimeReader] {
  const compiled = compileFormat(pattern, CENTURY);
  if (!compiled.ok) throw new Error(compiled.problem);
  return [pattern, compiled.read];
}

/** A day and a month at least. */
const HAS_DIGITS = /\p{Nd}.*\p{Nd}/u;
/** Such a share of a column's texts must be times; of one that is called so, less. */
const ENOUGH = 0.95;
const ENOUGH_BY_NAME = 0.5;

/**
 * How a column writes its times, or `undefined` where it holds none.
 * @param isNamed its name says that it holds times: then fewer need to be read, and numbers may be times
 */
export function findTimeStyle(cells: readonly Cell[], isNamed: boolean): TimeStyle | undefined {
  if (cells.length === 0) return undefined;
  const texts = [...new Set(cells.map(({ text }) => text))];
  const enough = isNamed ? ENOUGH_BY_NAME : ENOUGH;
  // Most columns hold no times, and trying every format on every text is dear.
  if (texts.filter((text) => HAS_DIGITS.test(text)).length < texts.length * enough) return undefined;
  const iso = new Map(texts.map((text) => [text, plausible(readIsoTime(text))]));
  const mayMiss = texts.length * (1 - enough);
  const readings = styles
    .filter(({ date }) => isNamed || (!NUMBERS.includes(date) && date !== 'yyyyMMdd'))
    .flatMap((style) => {
      const read = readBy(style, texts, iso, mayMiss);
      return read.hits >= texts.length * enough && read.used.size > 0 ? [{ style, ...read }] : [];
    });
  const most = Math.max(0, ...readings.map(({ hits }) => hits));
  const isoHits = texts.filter((text) => iso.get(text) !== undefined).length;
  if (isoHits >= texts.length * enough && isoHits >= most) {
    const read = (text: string) => iso.get(text);
    return { formats: [], dates: ['yyyy-M-d'], isNumber: false, doubtful: [], ...describe(cells, [read]) };
  }
  const best = readings.filter(({ hits }) => hits === most);
  if (best.length === 0) return undefined;
  const distinct = best.filter(({ read }, index) =>
    best.slice(0, index).every((other) => texts.some((text) => key(read(text)) !== key(other.read(text)))),
  );
  const reads = distinct.map(({ read }) => read);
  return {
    formats: distinct.flatMap(({ used }) => [...used]),
    dates: distinct.map(({ style }) => style.date),
    isNumber: distinct.every(({ style }) => NUMBERS.includes(style.date)),
    doubtful: cells
      .filter(({ text }) => new Set(reads.map((read) => key(read(text)))).size > 1)
      .map(({ line }) => line),
    ...describe(cells, reads),
  };
}

/** The same column with what others of the file have decided: a file writes all its dates one way. */
export function decideBy(style: TimeStyle, decided: ReadonlySet<string>): TimeStyle {
  const dates = style.dates.filter((date) => decided.has(date));
  if (style.dates.length < 2 || dates.length !== 1) return style;
  const formats = style.formats.filter((format) => format.startsWith(dates[0]!));
  return { ...style, dates, formats, doubtful: [] };
}

function readBy(
  style: Style,
  texts: readonly string[],
  iso: ReadonlyMap<string, TimeRead | undefined>,
  mayMiss: number,
) {
  const form = NUMBER_FORMS[style.date];
  const found = new Map<string, TimeRead>();
  const used = new Set<string>();
  for (const [index, text] of texts.entries()) {
    if (index - found.size > mayMiss + 1) break;
    if (form && !form.test(text)) continue;
    for (const [pattern, read] of style.patterns) {
      const time = plausible(read(text));
      if (!time) continue;
      found.set(text, time);
      used.add(pattern);
      break;
    }
    // What none of the formats reads is tried as ISO by the mapping too.
    if (!found.has(text) && iso.get(text)) found.set(text, iso.get(text)!);
  }
  return { hits: found.size, used, read: (text: string) => found.get(text) };
}

function describe(cells: readonly Cell[], reads: readonly ((text: string) => TimeRead | undefined)[]) {
  const times = cells.map(({ text }) => reads.map((read) => read(text)).find((time) => time !== undefined));
  return {
    isDayOnly: times.every((time) => time === undefined || (time.kind === 'local' && time.isDay)),
    unread: cells.filter((_, index) => times[index] === undefined).map(({ line }) => line),
  };
}

function plausible(time: TimeRead | undefined): TimeRead | undefined {
  if (!time) return undefined;
  const year = time.kind === 'local' ? time.day.slice(0, 4) : new Date(time.at).toISOString().slice(0, 4);
  return year >= YEARS[0] && year < YEARS[1] ? time : undefined;
}

function key(time: TimeRead | undefined): string {
  return JSON.stringify(time ?? null);
}

/** Times of day without a day, and how they are written; `undefined` where the column holds none. */
export function findClockFormats(cells: readonly Cell[]): readonly string[] | undefined {
  if (cells.length === 0) return undefined;
  const used = new Set<string>();
  for (const { text } of cells) {
    const found = clocks.find(([, read]) => read(`2000-1-1 ${text}`) !== undefined);
    if (!found) return undefined;
    used.add(found[0]);
  }
  return [...used];
}

/** Whether every text is a length of time, and whether all of them say their units themselves. */
export function findLengths(cells: readonly Cell[]): { readonly saysUnit: boolean } | undefined {
  if (cells.length === 0 || cells.some(({ text }) => readDuration(text, 'seconds') === undefined)) return undefined;
  return { saysUnit: cells.every(({ text }) => readDuration(text, 'seconds') === readDuration(text, 'hours')) };
}
