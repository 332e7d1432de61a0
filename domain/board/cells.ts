/** Counts: what happened on one day at one station under one name. A board is nothing but sums of these. */

import { own } from '../wire/own.ts';

/** One addend. `station` is `''` where an event names none. `n` may be negative: that is how a part is taken out. */
export interface Cell {
  readonly day: string;
  readonly station: string;
  readonly name: string;
  readonly n: number;
}

/** Counts of a span of days: station → name → n. Names that came back to 0 are absent. */
export type CellTable = Map<string, Map<string, number>>;

export function addToTable(table: CellTable, station: string, name: string, n: number): void {
  let names = table.get(station);
  if (!names) table.set(station, (names = new Map()));
  const sum = (names.get(name) ?? 0) + n;
  if (sum === 0) {
    names.delete(name);
    if (names.size === 0) table.delete(station);
  } else names.set(name, sum);
}

/**
 * What a name holds behind its head, in this order. A text of outsiders may stand in any of them; those called `…Ms` and
 * `…At` are numbers in digits, days are `YYYY-MM-DD`.
 */
const FIELDS = {
  accepted: ['channel', 'item', 'line'],
  alarm: ['step', 'kind'],
  appointment: ['step'],
  check: ['day', 'area', 'result'],
  complaint: ['step'],
  /** On the day of the acceptance: when the case was finished. */
  completed: ['day'],
  consultation: ['medium', 'ticketed', 'line', 'item'],
  corrected: [],
  /** Where `overdue` is, of what the clock may still find in time: the promise itself. */
  due: ['dueAt'],
  finished: ['outcome', 'item', 'line'],
  flag: ['flag', 'item'],
  followup: ['step', 'about'],
  handling: ['handlingMs'],
  licensed: ['item', 'day'],
  minute: ['minute', 'channel', 'item', 'line'],
  /** 1 on the day from which a case is open, −1 on the one from which it is not: those up to a day add up to the open ones. */
  open: ['item', 'line'],
  /** In the same way. */
  overdue: [],
  /** Made of `turnaround` by a calendar, never stored. */
  pace: ['minutes', 'item', 'line'],
  promised: ['kept'],
  rated: ['kind', 'day'],
  request: ['step'],
  resolved: ['about', 'result', 'day'],
  score: ['score', 'kind', 'window'],
  service: ['kind'],
  suggestion: ['step'],
  ticket: ['step'],
  training: ['of'],
  /** Moments, not time: which of the days between them are worked is asked when it is shown. */
  turnaround: ['acceptedAt', 'finishedAt', 'pauses', 'item', 'line'],
  voided: [],
  wait: ['flags', 'waitMs'],
  window: ['window', 'step'],
} as const;

export type CellHead = keyof typeof FIELDS;
export const CELL_HEADS = Object.keys(FIELDS) as readonly CellHead[];

type Fields<H extends CellHead> = (typeof FIELDS)[H];
type Written<F extends readonly string[]> = { readonly [I in keyof F]: string | number };

/** A name, read: its head and its fields. */
export type CellName = {
  [H in CellHead]: { readonly head: H } & { readonly [F in Fields<H>[number]]: string };
}[CellHead];

/** A name is a path: head and fields are joined by `/`, each with `%` and `/` escaped, so that a vendor's item code can hold either. */
export function cellName<H extends CellHead>(head: H, ...fields: Written<Fields<H>>): string {
  let name: string = head;
  for (const field of fields as readonly (string | number)[]) name += `/${escapePart(String(field))}`;
  return name;
}

const known = new Map<string, CellName>();

/** What `cellName` wrote. */
export function readCellName(name: string): CellName {
  const cached = known.get(name);
  if (cached) return cached;
  const cell = parseCellName(name);
  // Nearly every case has moments of its own: to keep them would push out the names that come again.
  if (cell.head === 'turnaround') return cell;
  if (known.size > 200_000) known.clear();
  known.set(name, cell);
  return cell;
}

function parseCellName(name: string): CellName {
  const [head = '', ...parts] = name.split('/');
  const fields = own(FIELDS as Readonly<Record<string, readonly string[]>>, head) ?? [];
  const read = new Map([['head', head]]);
  fields.forEach((field, i) => read.set(field, unescapePart(parts[i]!)));
  return Object.fromEntries(read) as CellName;
}

/** The head of a name, which is all that a range asks for. */
export function headOf(name: string): string {
  const slash = name.indexOf('/');
  return slash < 0 ? name : name.slice(0, slash);
}

function escapePart(part: string): string {
  return part.includes('%') || part.includes('/') ? part.replaceAll('%', '%25').replaceAll('/', '%2F') : part;
}

function unescapePart(part: string): string {
  return part.includes('%') ? part.replaceAll('%2F', '/').replaceAll('%25', '%') : part;
}
