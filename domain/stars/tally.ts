/** What each member of staff and each window did in a month, read off the rows of the ledger (spec S1 to S3). */
import { cellName, type Cell } from '../board/cells.ts';
import type { EntityRow, RowKind } from '../board/entity-row.ts';
import type { Zone } from '../calendar/zone.ts';
import type { Measures } from '../measures/measures.ts';
import { lineOf, type HallConfig } from '../profile/profile.ts';
import type { Walk } from '../rows/narrow.ts';
import { measureRows } from '../rows/measure-row.ts';

export interface StarQuery {
  /** The month's first and last day. */
  readonly from: string;
  readonly to: string;
  /** The hall's clock, epoch ms. */
  readonly now: number;
}

/** Something of something. */
export interface Part {
  readonly n: number;
  readonly of: number;
}

/** What was done in one line of business; what has none is told under `''`. */
export interface LineTally {
  readonly line: string;
  readonly cases: number;
  /** The cases, each as heavy as its item is difficult. */
  readonly volume: number;
  readonly onTime: Part;
  readonly overdueOpen: number;
  readonly consultations: number;
}

export interface Tally {
  /** A member of staff, or a window. */
  readonly id: string;
  readonly lines: readonly LineTally[];
  /** Ratings that people gave, in the first round. */
  readonly satisfied: Part;
  /** Complaints of conduct about them that were upheld by now, received or answered in the month. */
  readonly upheld: number;
}

export interface StarTallies {
  readonly staff: readonly Tally[];
  /** A complaint is about a person: it counts at every window at which they worked in the month. */
  readonly windows: readonly Tally[];
}

const KINDS: readonly RowKind[] = ['case', 'rating', 'consultation', 'complaint'];

/** Of one subject: the rows of each item, so that each can be weighed. */
interface Gathered {
  /** By line, then by item. */
  readonly work: Map<string, Map<string, Row[]>>;
  readonly ratings: Row[];
  upheld: number;
}
type Row = Pick<EntityRow, 'cells'>;

/** An item that the catalogue does not weigh, or does not know, is as heavy as any. */
const USUAL_DIFFICULTY = 1;
const UPHELD = cellName('complaint', 'upheld');

/** Everybody and every window of whom a row of the month speaks, in no order. */
export function tallyStars(walk: Walk, query: StarQuery, config: HallConfig, zone: Zone): StarTallies {
  const staff = new Map<string, Gathered>();
  const windows = new Map<string, Gathered>();
  const atWindow = new Map<string, Set<string>>();
  for (const row of walk({ kinds: KINDS, from: query.from, to: query.to })) {
    if (row.staff !== undefined) gather(staff, row.staff, row, query, config);
    if (row.window === undefined) continue;
    gather(windows, row.window, row, query, config);
    if (row.staff !== undefined) note(atWindow, row.window, row.staff);
  }
  for (const [window, people] of atWindow)
    for (const one of people) windows.get(window)!.upheld += staff.get(one)?.upheld ?? 0;
  const measure = (rows: readonly Row[]): Measures => measureRows(rows, query, config, zone, []);
  return {
    staff: [...staff].map(([id, one]) => toTally(id, one, measure, config)),
    windows: [...windows].map(([id, one]) => toTally(id, one, measure, config)),
  };
}

function gather(all: Map<string, Gathered>, id: string, row: EntityRow, query: StarQuery, config: HallConfig): void {
  let one = all.get(id);
  if (!one) all.set(id, (one = { work: new Map(), ratings: [], upheld: 0 }));
  if (row.kind === 'rating') one.ratings.push(row);
  else if (row.kind === 'complaint') one.upheld += isUpheldIn(row.cells, query) ? 1 : 0;
  else {
    const line = lineOf(config, row.line, row.item) ?? '';
    let items = one.work.get(line);
    if (!items) one.work.set(line, (items = new Map()));
    const rows = items.get(row.item ?? '');
    if (rows) rows.push(row);
    else items.set(row.item ?? '', [row]);
  }
}

/** The answer may have come after the month: what it says is known by now. */
function isUpheldIn(cells: readonly Cell[], { from, to }: StarQuery): boolean {
  const isUpheld = cells.some(({ name }) => name === UPHELD);
  return isUpheld && cells.some(({ day }) => from <= day && day <= to);
}

function note(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key);
  if (set) set.add(value);
  else sets.set(key, new Set([value]));
}

function toTally(
  id: string,
  { work, ratings, upheld }: Gathered,
  measure: (rows: readonly Row[]) => Measures,
  config: HallConfig,
): Tally {
  return {
    id,
    lines: [...work].map(([line, items]) => toLine(line, items, measure, config)),
    satisfied: measure(ratings).activelySatisfied,
    upheld,
  };
}

function toLine(
  line: string,
  items: ReadonlyMap<string, readonly Row[]>,
  measure: (rows: readonly Row[]) => Measures,
  config: HallConfig,
): LineTally {
  let [cases, volume, n, of, overdueOpen, consultations] = [0, 0, 0, 0, 0, 0];
  for (const [item, rows] of items) {
    const measures = measure(rows);
    cases += measures.finished;
    volume += measures.finished * (config.items.get(item)?.difficulty ?? USUAL_DIFFICULTY);
    n += measures.onTime.n;
    of += measures.onTime.of;
    overdueOpen += measures.overdueOpen;
    consultations += measures.consultations.visit + measures.consultations.phone;
  }
  return { line, cases, volume: round(volume), onTime: { n, of }, overdueOpen, consultations };
}

/** Difficulties have decimals, which do not add up to the last bit in every order. */
function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
