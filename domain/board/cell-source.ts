/** How stored cells are read, whatever engine keeps them. */
import { BEHIND_DAYS } from '../calendar/zone.ts';
import { headOf, type Cell, type CellHead } from './cells.ts';

/** What is stored of a hall's cells, all of it as of one position. */
export interface CellSource {
  /** Changes where everything has been counted anew. */
  readonly fold: string;
  readonly seq: number;
  /** What is not counted (spec C16). */
  uncounted(): readonly string[];
  /** The months (`YYYY-MM`) of which a cell has changed after position `after`. */
  changedMonths(after: number): readonly string[];
  /** To be read once, before anything else is asked. */
  cells(query: CellQuery): Iterable<readonly [day: string, station: string, name: string, n: number]>;
  /** Sums of heads by month and station. */
  monthly(
    heads: readonly CellHead[],
    days: Days,
  ): readonly (readonly [month: string, station: string, head: string, n: number])[];
}

/** Both ends included; an absent one is open. */
export interface Days {
  readonly from?: string;
  readonly to?: string;
}

export interface CellQuery extends Days {
  readonly heads: readonly CellHead[];
  readonly station?: string;
}

/** A source with cells that it has not stored yet. */
export function withUnsaved(
  source: CellSource,
  {
    seq,
    cells,
    uncounted,
  }: { readonly seq: number; readonly cells: readonly Cell[]; readonly uncounted?: readonly string[] },
): CellSource {
  const within = (heads: readonly string[], { from = '', to = BEHIND_DAYS }: Days): Cell[] =>
    cells.filter(({ day, name }) => day >= from && day <= to && heads.includes(headOf(name)));
  return {
    fold: source.fold,
    seq,
    uncounted: () => uncounted ?? source.uncounted(),
    changedMonths: (after) => [
      ...new Set([...source.changedMonths(after), ...cells.map(({ day }) => day.slice(0, 7))]),
    ],
    cells: (query) => [
      ...source.cells(query),
      ...within(query.heads, query)
        .filter(({ station }) => query.station === undefined || station === query.station)
        .map(({ day, station, name, n }) => [day, station, name, n] as const),
    ],
    monthly: (heads, days) => [
      ...source.monthly(heads, days),
      ...within(heads, days).map(({ day, station, name, n }) => [day.slice(0, 7), station, headOf(name), n] as const),
    ],
  };
}
