/**
 * Two changes to one document, made side by side, as one: by row and by field. Where they touch, both are kept to be
 * chosen from; nothing that somebody wrote goes without a word. Pure.
 */
import { placeOf, type Path } from './path.ts';
import { fieldOf, isFields, isSame, markBase, markLike, nameOfRow, textOf, type Fields, type Value } from './rows.ts';
import type { MarkedRow } from './rows.ts';
import type { FieldShape, ListShape, Shape } from './shape.ts';

export type Side = 'mine' | 'theirs';

/** Both have changed the same place, each to something else; `undefined` where it is gone. */
export interface Conflict {
  readonly path: Path;
  readonly base: Value;
  readonly mine: Value;
  readonly theirs: Value;
}

export interface Merged {
  /** What is in dispute stands in it as chosen, else as theirs. */
  readonly value: Value;
  readonly conflicts: readonly Conflict[];
}

/**
 * @param base what both began with
 * @param choices by the place of a conflict (`placeOf`), whose word stands there
 */
export function mergeChanges(
  base: Value,
  mine: Value,
  theirs: Value,
  shape: Shape,
  choices: ReadonlyMap<string, Side> = new Map(),
): Merged {
  const conflicts: Conflict[] = [];
  const choose = (path: Path, of: Omit<Conflict, 'path'>): Value => {
    conflicts.push({ path, ...of });
    return choices.get(placeOf(path)) === 'mine' ? of.mine : of.theirs;
  };
  return { value: merge({ base, mine, theirs }, shape, [], choose), conflicts };
}

/** As `mergeChanges`, with what is in dispute left as `mine` has it: for a form in which it goes on being filled in. */
export function keepMine(base: Value, mine: Value, theirs: Value, shape: Shape): Merged {
  const { conflicts } = mergeChanges(base, mine, theirs, shape);
  const choices = new Map(conflicts.map(({ path }) => [placeOf(path), 'mine' as const]));
  return { value: mergeChanges(base, mine, theirs, shape, choices).value, conflicts };
}

type Three = Omit<Conflict, 'path'>;
type Choose = (path: Path, of: Three) => Value;

function merge(of: Three, shape: Shape | undefined, path: Path, choose: Choose): Value {
  const { base, mine, theirs } = of;
  if (isSame(mine, theirs) || isSame(base, theirs)) return mine;
  if (isSame(base, mine)) return theirs;
  if (isFields(mine) && isFields(theirs) && (isFields(base) || base === undefined) && isApart(shape))
    return mergeFields({ base, mine, theirs }, shape, path, choose);
  if (shape?.type === 'list' && Array.isArray(mine) && Array.isArray(theirs))
    return mergeLists(Array.isArray(base) ? base : [], mine, theirs, shape, path, choose);
  return choose(path, of);
}

/** Whether its fields may be changed one by one. */
function isApart(shape: Shape | undefined): shape is Extract<Shape, { type: 'record' | 'map' }> {
  return shape?.type === 'record' || shape?.type === 'map';
}

function mergeFields(
  { base, mine, theirs }: { base: Fields | undefined; mine: Fields; theirs: Fields },
  shape: Extract<Shape, { type: 'record' | 'map' }>,
  path: Path,
  choose: Choose,
): Fields {
  const names = [...new Set([...Object.keys(theirs), ...Object.keys(mine), ...Object.keys(base ?? {})])];
  const entries = names.flatMap((field): [string, Value][] => {
    const three = { base: fieldOf(base, field), mine: fieldOf(mine, field), theirs: fieldOf(theirs, field) };
    const merged = merge(three, shapeOfField(shape, field), [...path, { field }], choose);
    return merged === undefined ? [] : [[field, merged]];
  });
  return Object.fromEntries(entries);
}

/** `undefined` for a field that the product does not know: it is one thing, whatever it holds. */
export function shapeOfField(shape: Extract<Shape, { type: 'record' | 'map' }>, field: string): FieldShape | undefined {
  if (shape.type === 'map') return shape.of;
  return Object.hasOwn(shape.fields, field) ? shape.fields[field] : undefined;
}

function mergeLists(
  base: readonly Value[],
  mine: readonly Value[],
  theirs: readonly Value[],
  shape: ListShape,
  path: Path,
  choose: Choose,
): Value[] {
  const began = markBase(base, shape);
  const [own, other] = [markLike(began, mine, shape), markLike(began, theirs, shape)];
  const [inBase, inMine, inTheirs] = [began, own, other].map(
    (rows) => new Map(rows.map(({ mark, row }) => [mark, row])),
  ) as [Map<string, Value>, Map<string, Value>, Map<string, Value>];
  const rows = new Map<string, Value>();
  for (const mark of new Set([...inBase.keys(), ...inTheirs.keys(), ...inMine.keys()])) {
    const three = { base: inBase.get(mark), mine: inMine.get(mark), theirs: inTheirs.get(mark) };
    const name = [three.mine, three.theirs, three.base].map(nameOfRow).find((one) => one !== '') ?? mark;
    const at: Path = [...path, { mark, name }];
    // Two new rows of one key are two things that share a name: half of each would be neither.
    const isTwice = !inBase.has(mark) && three.mine !== undefined && three.theirs !== undefined;
    const merged =
      isTwice && !isSame(three.mine, three.theirs) ? choose(at, three) : merge(three, shape.of, at, choose);
    if (merged !== undefined) rows.set(mark, merged);
  }
  return orderOf(began, own, other, rows, path, choose).map((mark) => rows.get(mark));
}

/** The marks of `rows` in their order: as whoever changed the order has it, and what is new behind what it was put behind. */
function orderOf(
  began: readonly MarkedRow[],
  own: readonly MarkedRow[],
  other: readonly MarkedRow[],
  rows: ReadonlyMap<string, Value>,
  path: Path,
  choose: Choose,
): string[] {
  const marksOf = (list: readonly MarkedRow[]) => list.map(({ mark }) => mark).filter((mark) => rows.has(mark));
  const [base, mine, theirs] = [marksOf(began), marksOf(own), marksOf(other)];
  const old = new Set(base);
  const [ofMine, ofTheirs] = [spine(base, mine, old), spine(base, theirs, old)];
  const isMoved = (marks: readonly string[]) => marks.some((mark, i) => mark !== base[i]);
  let order = ofTheirs;
  if (isMoved(ofMine) && !isMoved(ofTheirs)) order = ofMine;
  else if (isMoved(ofMine) && ofMine.join('\0') !== ofTheirs.join('\0')) {
    const chosen = choose([...path, { order: true }], { base, mine: ofMine, theirs: ofTheirs });
    order = chosen as string[];
  }
  const added = new Map<string, string[]>();
  const [first, second] = [runsOf(mine, old), runsOf(theirs, old)];
  for (const behind of ['', ...order]) {
    // Both may have put something there: the same order comes out whoever is called mine.
    const runs = [first.get(behind) ?? [], second.get(behind) ?? []].sort((a, b) => compare(a, b, rows));
    added.set(behind, runs.flat());
  }
  const seen = new Set<string>();
  return ['', ...order]
    .flatMap((mark) => [...(mark === '' ? [] : [mark]), ...added.get(mark)!])
    .filter((mark) => seen.size < seen.add(mark).size);
}

/** The old rows as a side has them; one that it took out, and that is in dispute, stands behind what it stood behind. */
function spine(base: readonly string[], side: readonly string[], old: ReadonlySet<string>): string[] {
  const order = side.filter((mark) => old.has(mark));
  base.forEach((mark, i) => {
    if (!order.includes(mark)) order.splice(i === 0 ? 0 : order.indexOf(base[i - 1]!) + 1, 0, mark);
  });
  return order;
}

/** What is new, by the old row that it stands behind; '' for what stands before all. */
function runsOf(side: readonly string[], old: ReadonlySet<string>): Map<string, string[]> {
  const runs = new Map<string, string[]>();
  let behind = '';
  for (const mark of side)
    if (old.has(mark)) behind = mark;
    else runs.set(behind, [...(runs.get(behind) ?? []), mark]);
  return runs;
}

function compare(a: readonly string[], b: readonly string[], rows: ReadonlyMap<string, Value>): number {
  const [left, right] = [a, b].map((run) => textOf(run.map((mark) => rows.get(mark)))) as [string, string];
  return left < right ? -1 : left > right ? 1 : 0;
}
