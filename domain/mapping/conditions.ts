/** Row filters: whether a row, or one of its events, is taken at all. */
import type { Cells, CompileContext } from './compile.ts';
import type { ConditionSpec } from './schema.ts';

export type Condition = (cells: Cells) => boolean;

/** A blank column is equal to no text, so `is` fails on it and `not` holds. */
export function compileCondition(context: CompileContext, spec: ConditionSpec): Condition {
  if ('all' in spec) {
    const parts = spec.all.map((part) => compileCondition(context, part));
    return (cells) => parts.every((holds) => holds(cells));
  }
  if ('any' in spec) {
    const parts = spec.any.map((part) => compileCondition(context, part));
    return (cells) => parts.some((holds) => holds(cells));
  }
  const read = context.column(spec.column);
  if ('blank' in spec) return (cells) => (read(cells) === undefined) === spec.blank;
  const wanted = 'is' in spec ? spec.is : spec.not;
  const texts = new Set(typeof wanted === 'string' ? [wanted] : wanted);
  const expected = 'is' in spec;
  return (cells) => {
    const text = read(cells);
    return (text !== undefined && texts.has(text)) === expected;
  };
}
