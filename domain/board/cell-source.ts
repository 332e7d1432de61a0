/** How stored cells are read, whatever engine keeps them. */
import type { CellHead } from './cells.ts';

/** What is stored of a hall's cells, all of it as of one position. */
export interface CellSource {
  /** Changes where everything has been counted anew. */
  readonly fold: string;
  readonly seq: number;
  /** What is not counted (spec C16). */
  uncounted(): readonly string[];
  /** The months (`YYYY-MM`) of which a cell has changed after position `after`. */
  changedMonths(after: number): readonly string[];
  cells(query: CellQuery): readonly (readonly [day: string, station: string, name: string, n: number])[];
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
