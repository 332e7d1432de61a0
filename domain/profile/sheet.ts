/** A sheet that somebody pasted: which of its columns is which, by the names in its first row. Pure. */

export interface SheetRow {
  /** As the spreadsheet numbers it, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** What is wrong with one row, or, on the line of its heading, with the sheet. */
export interface RowFlaw<F extends string> {
  readonly line: number;
  readonly field?: F;
  readonly reason: FlawReason;
  /** What stands there; never what may be somebody's identity. */
  readonly value?: string;
}

/**
 * `no-column`: the sheet lacks it. `column-twice`: two columns are called so. `required`: nothing stands there.
 * `too-long`; `not-allowed`: no id; `twice`: it stood in an earlier row; `kind`, `days`, `yes-no`: none is meant by it.
 * `beyond-law`: more days are promised than the law gives. `identity`: it looks like a telephone or an identity number.
 * `no-station`: the hall has none of that name. `too-many`: rows.
 */
export type FlawReason =
  | 'no-column'
  | 'column-twice'
  | 'required'
  | 'too-long'
  | 'not-allowed'
  | 'twice'
  | 'kind'
  | 'days'
  | 'yes-no'
  | 'beyond-law'
  | 'identity'
  | 'no-station'
  | 'too-many';

export interface Column {
  /** What it may be called; case, width, blanks and what stands in brackets are of no matter. */
  readonly names: readonly string[];
  readonly isRequired: boolean;
}

/** Reads a cell of a row: trimmed, and empty where there is none. */
export type ReadCell<F extends string> = (row: SheetRow, field: F) => string;

/** No hall has so many of anything. */
export const MOST_ROWS = 5_000;

/** The rows below the heading, and how to read them, or why the sheet cannot be read. Empty rows are left out. */
export function readSheet<F extends string>(
  rows: readonly SheetRow[],
  columns: Readonly<Record<F, Column>>,
): { rows: SheetRow[]; read: ReadCell<F> } | { flaws: RowFlaw<F>[] } {
  const filled = rows.filter(({ cells }) => cells.some((cell) => trim(cell) !== ''));
  const [heading, ...body] = filled;
  const line = heading?.line ?? 1;
  if (body.length > MOST_ROWS) return { flaws: [{ line, reason: 'too-many', value: String(MOST_ROWS) }] };
  const found = (heading?.cells ?? []).map(foldName);
  const places = new Map<F, number>();
  const flaws: RowFlaw<F>[] = [];
  for (const [field, { names, isRequired }] of Object.entries(columns) as [F, Column][]) {
    const folded = names.map(foldName);
    const at = found.flatMap((name, i) => (folded.includes(name) ? [i] : []));
    if (at.length > 1) flaws.push({ line, field, reason: 'column-twice' });
    else if (at.length === 1) places.set(field, at[0]!);
    else if (isRequired) flaws.push({ line, field, reason: 'no-column' });
  }
  if (flaws.length > 0) return { flaws };
  return { rows: body, read: ({ cells }, field) => trim(cells[places.get(field) ?? -1] ?? '') };
}

/** Of width, blanks that are none, and the mark at a file's beginning. */
function trim(cell: string): string {
  return cell
    .replace(/[\uFEFF\u200B]/g, '')
    .replace(/[\s\u3000]+/g, ' ')
    .trim();
}

/** `类型（即办/承诺）` is called 类型. */
function foldName(name: string): string {
  return trim(name)
    .normalize('NFKC')
    .replace(/\(.*?\)|\[.*?\]|\*/g, '')
    .replace(/\s+/g, '')
    .toLowerCase();
}
