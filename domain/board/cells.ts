/** Counts: what happened on one day at one station under one name. A board is nothing but sums of these. */

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
 * A cell's name is a path: its parts are joined by `/`, each with `%` and `/` escaped,
 * so that a vendor's item code can hold either.
 */
export function cellName(...parts: readonly (string | number)[]): string {
  return parts.map((part) => escapePart(String(part))).join('/');
}

const parsed = new Map<string, readonly string[]>();

/** The parts of a cell's name, unescaped. */
export function cellParts(name: string): readonly string[] {
  const cached = parsed.get(name);
  if (cached) return cached;
  if (parsed.size > 200_000) parsed.clear();
  const parts = name.split('/').map((part) => part.replaceAll('%2F', '/').replaceAll('%25', '%'));
  parsed.set(name, parts);
  return parts;
}

function escapePart(part: string): string {
  return part.includes('%') || part.includes('/') ? part.replaceAll('%', '%25').replaceAll('/', '%2F') : part;
}
