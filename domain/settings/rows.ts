/** Rows of a document's lists: by what they are known across versions, and what people call them. Pure. */
import type { ListShape } from './shape.ts';

/** What JSON holds; a field that is not there is `undefined`. */
export type Value =
  null | boolean | number | string | readonly Value[] | { readonly [field: string]: Value } | undefined;
export type Fields = { readonly [field: string]: Value };

/** One text for whatever says the same, in whatever order its fields stand. */
export function textOf(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join()}]`;
  if (!isFields(value)) return JSON.stringify(value) ?? '';
  const names = Object.keys(value).filter((name) => value[name] !== undefined);
  return `{${names
    .sort()
    .map((name) => `${JSON.stringify(name)}:${textOf(value[name])}`)
    .join()}}`;
}

export function isSame(a: Value, b: Value): boolean {
  return a === b || textOf(a) === textOf(b);
}

export function isFields(value: Value): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The field that it has of itself, and none that it inherits. */
export function fieldOf(value: Fields | undefined, name: string): Value {
  return value !== undefined && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** A row with the mark by which the same row is found in another version of its list. */
export interface MarkedRow {
  readonly mark: string;
  readonly row: Value;
}

/** The rows of a list, marked for themselves: by their key, else by their place. */
export function markBase(list: readonly Value[], shape: ListShape): MarkedRow[] {
  return markByKey(list, shape) ?? list.map((row, i) => ({ mark: `#${i}`, row }));
}

/**
 * The rows of a later version of a list, marked as those of `base` that they are or have become. Without a key a row is
 * the one that says the same, else the one that stands between the same neighbours and is most like it.
 */
export function markLike(base: readonly MarkedRow[], list: readonly Value[], shape: ListShape): MarkedRow[] {
  return markByKey(list, shape) ?? markByContent(base, list);
}

function markByKey(list: readonly Value[], { key }: ListShape): MarkedRow[] | undefined {
  if (key === undefined) return undefined;
  const counts = new Map<string, number>();
  return list.map((row) => {
    const mark = String(isFields(row) ? fieldOf(row, key) : row);
    const n = (counts.get(mark) ?? 0) + 1;
    counts.set(mark, n);
    // One that is there twice is refused when it is saved; until then neither may hide the other.
    return { mark: n === 1 ? mark : `${mark}~${n}`, row };
  });
}

function markByContent(base: readonly MarkedRow[], list: readonly Value[]): MarkedRow[] {
  const marks = new Array<string | undefined>(list.length);
  const taken = new Set<number>();
  const take = (at: number, from: number): void => {
    marks[at] = base[from]!.mark;
    taken.add(from);
  };
  const [own, theirs] = [list.map(textOf), base.map(({ row }) => textOf(row))];
  // What says the same is the same, in its place or elsewhere.
  for (const [at, from] of findCommon(own, theirs)) take(at, from);
  own.forEach((text, at) => {
    const from = marks[at] === undefined ? theirs.findIndex((other, i) => other === text && !taken.has(i)) : -1;
    if (from >= 0) take(at, from);
  });
  list.forEach((row, at) => {
    if (marks[at] !== undefined || !isFields(row)) return;
    const [low, high] = neighbours(marks, base, at);
    let best = { from: -1, likeness: 0 };
    for (let from = low; from < high; from++) {
      const other = base[from]!.row;
      if (taken.has(from) || !isFields(other)) continue;
      const likeness = likenessOf(row, other);
      if (likeness > best.likeness) best = { from, likeness };
    }
    // A gap of one row on either side holds one row that was written anew.
    if (best.from < 0 && high - low === 1 && !taken.has(low)) best = { from: low, likeness: 0 };
    if (best.from >= 0) take(at, best.from);
  });
  const counts = new Map<string, number>();
  return list.map((row, at) => {
    const known = marks[at];
    if (known !== undefined) return { mark: known, row };
    const text = own[at]!;
    const n = (counts.get(text) ?? 0) + 1;
    counts.set(text, n);
    return { mark: `+${n}${text}`, row };
  });
}

/** Between which rows of `base` a row belongs whose neighbours are known. */
function neighbours(
  marks: readonly (string | undefined)[],
  base: readonly MarkedRow[],
  at: number,
): [low: number, high: number] {
  const placeOf = (mark: string | undefined) => base.findIndex((one) => one.mark === mark);
  let [low, high] = [0, base.length];
  for (let i = at - 1; i >= 0; i--)
    if (marks[i] !== undefined) {
      low = placeOf(marks[i]) + 1;
      break;
    }
  for (let i = at + 1; i < marks.length; i++)
    if (marks[i] !== undefined) {
      high = placeOf(marks[i]);
      break;
    }
  return [low, high];
}

function likenessOf(a: Fields, b: Fields): number {
  return Object.keys(a).filter((name) => isSame(a[name], fieldOf(b, name))).length;
}

/** The longest common part of two lists of texts that keeps its order, as pairs of places. */
function findCommon(a: readonly string[], b: readonly string[]): [number, number][] {
  let [head, tail] = [0, 0];
  const shorter = Math.min(a.length, b.length);
  while (head < shorter && a[head] === b[head]) head++;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const [rows, columns] = [a.length - head - tail, b.length - head - tail];
  const lengths = Array.from({ length: rows + 1 }, () => new Uint16Array(columns + 1));
  for (let i = rows - 1; i >= 0; i--)
    for (let j = columns - 1; j >= 0; j--)
      lengths[i]![j] =
        a[head + i] === b[head + j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
  const pairs: [number, number][] = [];
  for (let i = 0; i < head; i++) pairs.push([i, i]);
  for (let [i, j] = [0, 0]; i < rows && j < columns;)
    if (a[head + i] === b[head + j]) pairs.push([head + i++, head + j++]);
    else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!) i++;
    else j++;
  for (let i = tail; i > 0; i--) pairs.push([a.length - i, b.length - i]);
  return pairs;
}

/** All that a row says, without the names of its fields: in which somebody looks for it. */
export function wordsOf(value: Value): string {
  if (Array.isArray(value)) return value.map(wordsOf).join('\n');
  if (isFields(value)) return wordsOf(Object.values(value));
  return value === undefined || value === null || typeof value === 'boolean' ? '' : String(value);
}

/** What people call a row: the last of its names, else what it says first; its key where it has no words. */
export function nameOfRow(row: Value): string {
  if (!isFields(row)) return row === undefined || row === null ? '' : Array.isArray(row) ? row.join('–') : String(row);
  const names = fieldOf(row, 'names');
  if (Array.isArray(names) && names.length > 0) return nameOfRow(names[names.length - 1] as Value);
  for (const field of NAMING) {
    const value = fieldOf(row, field);
    if (isFields(value)) return nameOfRow(value);
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}
/** Fields that a row may be called by, the first that it has. */
export const NAMING = ['label', 'name', 'zh', 'title', 'note', 'staff', 'fact', 'scene', 'id', 'code', 'on', 'from'];
