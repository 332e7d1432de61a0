/** Counts: what happened on one day at one station under one name. A board is nothing but sums of these. */

import { addTo } from '../measures/spread.ts';
import { own } from '../wire/own.ts';

/** One addend. `station` is `''` where an event names none. `n` may be negative: that is how a part is taken out. */
export interface Cell {
  readonly day: string;
  readonly station: string;
  readonly name: string;
  readonly n: number;
}

/** Names of one head at one station, with their counts. */
export type Names = ReadonlyMap<string, number>;
/** A table in plain JSON: stations with their names. */
export type PlainTable = [station: string, names: [name: string, n: number][]][];

const NO_NAMES: Names = new Map();
const NO_STATIONS: ReadonlyMap<string, Names> = new Map();

/** Counts of a span of days, by head, station and name. Names that came back to 0 are absent. */
export class CellTable {
  readonly #heads = new Map<string, { readonly stations: Map<string, Map<string, number>>; revision: number }>();
  #follower: ((station: string, name: string, n: number) => void) | undefined;

  static from(plain: PlainTable): CellTable {
    const table = new CellTable();
    for (const [station, names] of plain) for (const [name, n] of names) table.add(station, name, n);
    return table;
  }

  get isEmpty(): boolean {
    for (const { stations } of this.#heads.values()) if (stations.size > 0) return false;
    return true;
  }

  add(station: string, name: string, n: number): void {
    const key = headOf(name);
    let head = this.#heads.get(key);
    if (!head) this.#heads.set(key, (head = { stations: new Map(), revision: 0 }));
    head.revision++;
    let names = head.stations.get(station);
    if (!names) head.stations.set(station, (names = new Map()));
    addTo(names, name, n);
    if (names.size === 0) head.stations.delete(station);
    this.#follower?.(station, name, n);
  }

  /** One head's names by station: whoever reads a head does not walk over the others. */
  of(head: CellHead): ReadonlyMap<string, Names> {
    return this.#heads.get(head)?.stations ?? NO_STATIONS;
  }

  at(head: CellHead, station: string): Names {
    return this.of(head).get(station) ?? NO_NAMES;
  }

  /** Another number whenever a count of one of the heads may be another. */
  revision(heads: readonly CellHead[]): number {
    return heads.reduce((sum, head) => sum + (this.#heads.get(head)?.revision ?? 0), 0);
  }

  *entries(): Generator<readonly [station: string, name: string, n: number]> {
    for (const { stations } of this.#heads.values())
      for (const [station, names] of stations) for (const [name, n] of names) yield [station, name, n];
  }

  /** From now on `follower` hears of every count that is added, in place of the one before. */
  follow(follower: (station: string, name: string, n: number) => void): void {
    this.#follower = follower;
  }

  toPlain(): PlainTable {
    const stations = new Map<string, [string, number][]>();
    for (const [station, name, n] of this.entries()) {
      const names = stations.get(station);
      if (names) names.push([name, n]);
      else stations.set(station, [[name, n]]);
    }
    return [...stations];
  }
}

/**
 * What a name holds behind its head, in this order. A text of outsiders may stand in any of them; those called `…Ms` and
 * `…At` are numbers in digits, days are `YYYY-MM-DD`.
 */
const FIELDS = {
  accepted: ['channel', 'item', 'line'],
  alarm: ['step', 'kind'],
  /** On the day of the answer; moments, as for `turnaround`. */
  answer: ['of', 'openedAt', 'answeredAt'],
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
  /** On the day of the acceptance; `as` where the acceptance says it, `window` where the case was accepted at one. */
  handled: ['as', 'item', 'window'],
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
  /** On the day on which missing papers are due: whether they came. */
  supply: ['state', 'dueAt'],
  ticket: ['step'],
  training: ['of'],
  /** Moments, not time: which of the days between them are worked is asked when it is shown. */
  turnaround: ['acceptedAt', 'finishedAt', 'pauses', 'item', 'line'],
  voided: [],
  wait: ['flags', 'waitMs'],
  window: ['window', 'step'],
  /** Counts milliseconds, from the last call to the end of the service. */
  windowTime: ['window'],
} as const;

export type CellHead = keyof typeof FIELDS;
export const CELL_HEADS = Object.keys(FIELDS) as readonly CellHead[];

type Fields<H extends CellHead> = (typeof FIELDS)[H];
type FieldName = Fields<CellHead>[number];
type Written<F extends readonly string[]> = { readonly [I in keyof F]: string | number };

/** A name of one head, read: the head and its fields. */
export type NameOf<H extends CellHead> = {
  [K in CellHead]: { readonly head: K } & { readonly [F in Fields<K>[number]]: string };
}[H];
export type CellName = NameOf<CellHead>;

/** A name is a path: head and fields are joined by `/`, each with `%` and `/` escaped, so that a vendor's item code can hold either. */
export function cellName<H extends CellHead>(head: H, ...fields: Written<Fields<H>>): string {
  let name: string = head;
  for (const field of fields as readonly (string | number)[]) name += `/${cellPart(String(field))}`;
  return name;
}

/** All counts together. */
export function sumNames(names: Names): number {
  let sum = 0;
  for (const n of names.values()) sum += n;
  return sum;
}

const known = new Map<string, CellName>();

/** What `cellName` wrote. */
export function readCellName(name: string): CellName {
  const cached = known.get(name);
  if (cached) return cached;
  const cell = parseCellName(name);
  // Nearly every case has moments of its own: to keep them would push out the names that come again.
  if (cell.head === 'turnaround' || cell.head === 'answer') return cell;
  if (known.size > 200_000) known.clear();
  known.set(name, cell);
  return cell;
}

/** A name of a head that is known, as of all that a table holds under it. @throws Error for one of another head */
export function readNameOf<H extends CellHead>(head: H, name: string): NameOf<H> {
  const cell = readCellName(name);
  if (cell.head !== head) throw new Error(`${name} is no name of ${head}`);
  return cell as NameOf<H>;
}

function parseCellName(name: string): CellName {
  const parts = name.split('/');
  const [head = ''] = parts;
  const fields = own(FIELDS as Readonly<Record<string, readonly FieldName[]>>, head) ?? [];
  const cell: { [F in FieldName]?: string } & { head: string } = { head };
  fields.forEach((field, i) => (cell[field] = uncellPart(parts[i + 1]!)));
  return cell as CellName;
}

/** The head of a name, which is all that a range asks for. */
export function headOf(name: string): string {
  const slash = name.indexOf('/');
  return slash < 0 ? name : name.slice(0, slash);
}

/** A field as it stands in a name. */
export function cellPart(part: string): string {
  return part.includes('%') || part.includes('/') ? part.replaceAll('%', '%25').replaceAll('/', '%2F') : part;
}

function uncellPart(part: string): string {
  return part.includes('%') ? part.replaceAll('%2F', '/').replaceAll('%25', '%') : part;
}
