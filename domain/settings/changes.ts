/** What differs between two versions of a document, row by row and field by field, for people to read. Pure. */
import type { Path } from './path.ts';
import { shapeOfField } from './merge.ts';
import { fieldOf, isFields, isSame, markBase, markLike, nameOfRow, type Value } from './rows.ts';
import type { Shape } from './shape.ts';

/** `undefined`: it was not there, or is gone. */
export interface Change {
  readonly path: Path;
  readonly before: Value;
  readonly after: Value;
}

/** In the order of the document as it was; of rows that only changed places it is said once that they did. */
export function listChanges(before: Value, after: Value, shape: Shape | undefined, path: Path = []): Change[] {
  if (isSame(before, after)) return [];
  if ((shape?.type === 'record' || shape?.type === 'map') && isFields(before) && isFields(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((field) =>
      listChanges(fieldOf(before, field), fieldOf(after, field), shapeOfField(shape, field), [...path, { field }]),
    );
  }
  // Of what is one short line the whole line is told: hours of a day, weekdays, sections.
  const isRows = shape?.type === 'list' && (shape.of.type === 'record' || shape.key !== undefined);
  if (!isRows || !Array.isArray(before) || !Array.isArray(after)) return [{ path, before, after }];
  const was = markBase(before, shape);
  const is = markLike(was, after, shape);
  const [inWas, inIs] = [was, is].map((rows) => new Map(rows.map(({ mark, row }) => [mark, row]))) as [
    Map<string, Value>,
    Map<string, Value>,
  ];
  const changes = [...new Set([...inWas.keys(), ...inIs.keys()])].flatMap((mark) => {
    const [old, next] = [inWas.get(mark), inIs.get(mark)];
    const name = nameOfRow(next ?? old) || mark;
    return listChanges(old, next, shape.of, [...path, { mark, name }]);
  });
  const kept = (rows: typeof was, other: ReadonlyMap<string, Value>) => rows.filter(({ mark }) => other.has(mark));
  const [oldOrder, newOrder] = [kept(was, inIs), kept(is, inWas)];
  const isMoved = oldOrder.some(({ mark }, i) => mark !== newOrder[i]!.mark);
  const tell = (rows: typeof was): string[] => rows.map(({ mark, row }) => nameOfRow(row) || mark);
  if (isMoved) changes.push({ path: [...path, { order: true }], before: tell(oldOrder), after: tell(newOrder) });
  return changes;
}
