/** Sums of stored cells over the spans of days that the board keeps in memory. */
import type { Zone } from '../calendar/zone.ts';
import type { HallConfig } from '../profile/profile.ts';
import type { CellSource } from './cell-source.ts';
import { CellTable, type Cell } from './cells.ts';
import { residentRanges } from './residency.ts';
import { isInRange, nameIn, type RangeSpec } from './state.ts';

/** @param ids those of the resident ranges of `day` that are asked for */
export function sumRanges(
  source: CellSource,
  { day, ids }: { readonly day: string; readonly ids: readonly string[] },
  config: HallConfig,
  zone: Zone,
): { readonly seq: number; readonly tables: Map<string, CellTable> } {
  const specs = residentRanges(day, config, zone).filter(({ id }) => ids.includes(id));
  return { seq: source.seq, tables: new Map(specs.map((spec) => [spec.id, sumRange(source, spec)])) };
}

function sumRange(source: CellSource, spec: RangeSpec): CellTable {
  const table = new CellTable();
  for (const [, station, name, n] of source.cells(spec)) table.add(station, nameIn(spec, { name, station }), n);
  return table;
}

/** Adds those of the cells that belong to the range. */
export function addToRange(spec: RangeSpec, table: CellTable, cells: Iterable<Cell>): void {
  for (const cell of cells)
    if (isInRange(spec, cell.day, cell.name)) table.add(cell.station, nameIn(spec, cell), cell.n);
}

/** Whether two ranges hold the same: the sums of one serve for the other. */
export function isSameRange(a: RangeSpec | undefined, b: RangeSpec): boolean {
  if (a === undefined) return false;
  const isSameSpan = a.from === b.from && a.to === b.to && a.heads.join() === b.heads.join();
  return isSameSpan && a.reduce?.key === b.reduce?.key;
}
