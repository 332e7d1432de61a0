/** Sums of cells over spans of days: what the ledger has stored, and what the fold has made since its last checkpoint. */
import { addToTable, type Cell, type CellTable } from '../../domain/board/cells.ts';
import { CELL_HEADS } from '../../domain/board/residency.ts';
import { isInRange, nameIn, type Range, type RangeSpec } from '../../domain/board/state.ts';
import type { CellQuery, CellSum, Ledger } from '../ledger/port.ts';
import type { CellOverlay } from './overlay.ts';

/** What a query without heads sums: all but the minutes. */
const SUMMED_HEADS = CELL_HEADS.filter((head) => head !== 'minute');

export interface StoredSums {
  readonly query: CellQuery;
  /** The checkpoint that the sums reflect. */
  readonly seq: number;
  readonly sums: readonly CellSum[];
}

/** What the ledger has stored; true together with the overlay as long as no later checkpoint has been settled. */
export async function readSums(ledger: Ledger, query: CellQuery): Promise<StoredSums> {
  return { query, ...(await ledger.sumCells(query)) };
}

export function withOverlay({ query, seq, sums }: StoredSums, overlay: CellOverlay): CellTable {
  const table: CellTable = new Map();
  for (const { station, name, n } of sums) addToTable(table, station, name, n);
  for (const cell of overlay.cellsSince(seq, query))
    if (isWanted(query, cell)) addToTable(table, cell.station, cell.name, cell.n);
  return table;
}

/** The ranges of `specs`: those that are there already are kept, only new ones are summed. No checkpoint may end meanwhile. */
export async function sumRanges(
  specs: Iterable<RangeSpec>,
  kept: ReadonlyMap<string, Range>,
  ledger: Ledger,
  overlay: CellOverlay,
): Promise<Map<string, Range>> {
  const ranges = new Map<string, Range>();
  for (const spec of specs) {
    const before = kept.get(spec.id);
    const table = before && isSameSpec(before.spec, spec) ? before.table : await sumRange(spec, ledger, overlay);
    ranges.set(spec.id, { spec, table });
  }
  return ranges;
}

async function sumRange(spec: RangeSpec, ledger: Ledger, overlay: CellOverlay): Promise<CellTable> {
  const { id: _id, reduce: _reduce, ...query } = spec;
  const sums = withOverlay(await readSums(ledger, query), overlay);
  if (!spec.reduce) return sums;
  const reduced: CellTable = new Map();
  for (const [station, names] of sums)
    for (const [name, n] of names) addToTable(reduced, station, nameIn(spec, { name, station }), n);
  return reduced;
}

function isWanted({ station, heads, ...span }: CellQuery, cell: Cell): boolean {
  if (station !== undefined && cell.station !== station) return false;
  return isInRange({ id: '', ...span, heads: heads ?? SUMMED_HEADS }, cell.day, cell.name);
}

function isSameSpec(a: RangeSpec, b: RangeSpec): boolean {
  const isSameSpan = a.from === b.from && a.to === b.to && a.heads.join() === b.heads.join();
  return isSameSpan && a.reduce?.key === b.reduce?.key;
}
