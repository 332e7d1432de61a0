/** Reading dates and times as files write them: ISO 8601 always, anything else by a pattern such as `yyyy/M/d H:mm`. */
import { addDays, DAY_MS, MINUTE_MS, momentOf, type Zone } from '../calendar/zone.ts';

/** Wall time without a zone: a day and the milliseconds since its midnight; or an instant, where the text names its offset. */
export type TimeRead =
  | { readonly kind: 'local'; readonly day: string; readonly ms: number }
  | { readonly kind: 'instant'; readonly at: number };

export type TimeReader = (text: string) => TimeRead | undefined;

type Part = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'fraction' | 'offset';

const OFFSET = '(Z|z|[+-]\\d{2}:?\\d{2})';
const TOKENS: Readonly<Record<string, readonly [Part, string]>> = {
  yyyy: ['year', '(\\d{4})'],
  MM: ['month', '(\\d{2})'],
  M: ['month', '(\\d{1,2})'],
  dd: ['day', '(\\d{2})'],
  d: ['day', '(\\d{1,2})'],
  HH: ['hour', '(\\d{2})'],
  H: ['hour', '(\\d{1,2})'],
  mm: ['minute', '(\\d{2})'],
  m: ['minute', '(\\d{1,2})'],
  ss: ['second', '(\\d{2})'],
  s: ['second', '(\\d{1,2})'],
  S: ['fraction', '(\\d{1,9})'],
  XXX: ['offset', OFFSET],
};
export const FORMAT_TOKENS = Object.keys(TOKENS);

const ISO = new RegExp(
  `^(\\d{4})-(\\d{2})-(\\d{2})(?:[Tt ](\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?)?(?: ?${OFFSET})?$`,
);
const ISO_PARTS: readonly Part[] = ['year', 'month', 'day', 'hour', 'minute', 'second', 'fraction', 'offset'];

/** `2019-06-05`, `2019-06-05 9:03`, `2019-06-05T09:03:00.125+08:00`; a date alone is its midnight. */
export const readIsoTime: TimeReader = (text) => assemble(ISO.exec(text), ISO_PARTS);

/**
 * A reader for a pattern of the tokens `yyyy MM M dd d HH H mm m ss s S XXX`; other letters stand in single
 * quotes, every other character for itself. Digits beyond milliseconds are dropped.
 * @returns undefined when the pattern has an unknown token or names no year, month and day
 */
export function compileFormat(pattern: string): TimeReader | undefined {
  const parts: Part[] = [];
  let source = '';
  for (const [chunk] of pattern.matchAll(/'[^']*'|([A-Za-z])\1*|[^A-Za-z']+|'/g)) {
    if (chunk === "'") return undefined;
    if (!/^[A-Za-z]/.test(chunk)) {
      source += escape(chunk.startsWith("'") ? chunk.slice(1, -1) : chunk);
      continue;
    }
    const token = TOKENS[chunk.startsWith('S') ? 'S' : chunk];
    if (!token || parts.includes(token[0])) return undefined;
    parts.push(token[0]);
    source += token[1];
  }
  if (!parts.includes('year') || !parts.includes('month') || !parts.includes('day')) return undefined;
  const expression = new RegExp(`^${source}$`);
  return (text) => assemble(expression.exec(text), parts);
}

/** The instant (epoch ms) of what was read; a clock that skips or repeats the hour is treated as in `momentOf`. */
export function resolveTime(read: TimeRead, zone: Zone): number {
  if (read.kind === 'instant') return read.at;
  const minute = Math.floor(read.ms / MINUTE_MS);
  return momentOf(zone, read.day, minute) + (read.ms - minute * MINUTE_MS);
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

function assemble(match: RegExpExecArray | null, parts: readonly Part[]): TimeRead | undefined {
  if (!match) return undefined;
  const found: Partial<Record<Part, string>> = {};
  parts.forEach((part, index) => {
    if (match[index + 1] !== undefined) found[part] = match[index + 1]!;
  });
  const [year, month, date] = [Number(found.year), Number(found.month), Number(found.day)];
  const [hour, minute, second] = [Number(found.hour ?? 0), Number(found.minute ?? 0), Number(found.second ?? 0)];
  if (hour > 23 || minute > 59 || second > 59 || year < 1) return undefined;
  const day = `${found.year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // 2019-02-30 parses to another day or not at all: neither is what the file meant.
  if (Number.isNaN(midnight) || new Date(midnight).getUTCDate() !== date) return undefined;
  const ms = ((hour * 60 + minute) * 60 + second) * 1000 + Number((found.fraction ?? '0').padEnd(3, '0').slice(0, 3));
  if (found.offset === undefined) return { kind: 'local', day, ms };
  const offsetMinutes = readOffset(found.offset);
  return offsetMinutes === undefined ? undefined : { kind: 'instant', at: midnight + ms - offsetMinutes * MINUTE_MS };
}

function readOffset(text: string): number | undefined {
  if (/^z$/i.test(text)) return 0;
  const [hours, minutes] = [Number(text.slice(1, 3)), Number(text.slice(-2))];
  if (hours > 18 || minutes > 59) return undefined;
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
