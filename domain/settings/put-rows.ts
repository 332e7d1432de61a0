/** Rows out of a sheet put among those that are there. Pure. */

/**
 * A row that is there already stays at its place and keeps what the sheet does not tell of it; new ones stand behind.
 * @param mode `replace`: what the sheet does not name goes
 */
export function putRows<Row extends object>(
  present: readonly Row[],
  sheet: readonly Row[],
  keyOf: (row: Row) => string,
  mode: 'replace' | 'merge',
): Row[] {
  const fresh = new Map(sheet.map((row) => [keyOf(row), row]));
  const known = new Set(present.map(keyOf));
  const kept = mode === 'merge' ? present : present.filter((row) => fresh.has(keyOf(row)));
  return [
    ...kept.map((row) => ({ ...row, ...fresh.get(keyOf(row)) })),
    ...sheet.filter((row) => !known.has(keyOf(row))),
  ];
}
