/** Row filters: whether a row, or one of its events, is taken at all. */
import { endOfDay, momentOf } from '../calendar/zone.ts';
import { type Cells, type CompileContext, Refusal } from './compile.ts';
import { compileMoment } from './moments.ts';
import { readNumber } from './numbers.ts';
import type { Bounds, ConditionSpec } from './schema.ts';

/** A cell that cannot be compared refuses its row: nobody could tell on which side it lies. */
export type Condition = (cells: Cells) => boolean | Refusal;

/** A blank column is equal to no text and lies in no range, so that `not` alone holds for it. */
export function compileCondition(context: CompileContext, path: string, spec: ConditionSpec): Condition {
  if ('all' in spec) return joinConditions(context, `${path}.all`, spec.all, false);
  if ('any' in spec) return joinConditions(context, `${path}.any`, spec.any, true);
  if ('moment' in spec) return compileDays(context, path, spec);
  const read = context.column(spec.column);
  if ('blank' in spec) return (cells) => (read(cells) === undefined) === spec.blank;
  if ('starts' in spec) {
    const starts = toList(spec.starts);
    return (cells) => starts.some((start) => read(cells)?.startsWith(start));
  }
  if ('is' in spec || 'not' in spec) {
    const texts = new Set(toList('is' in spec ? spec.is : spec.not));
    const expected = 'is' in spec;
    return (cells) => {
      const text = read(cells);
      return (text !== undefined && texts.has(text)) === expected;
    };
  }
  if (isEmpty(spec))
    context.fail(
      path,
      'one of "from", "to", "above" and "below" is wanted',
      '"from"、"to"、"above"、"below" 至少要写一个',
    );
  const units = toList(spec.unit ?? []);
  return (cells) => {
    const text = read(cells);
    if (text === undefined) return false;
    const value = readNumber(text, units);
    return value === undefined ? new Refusal('number', [spec.column]) : isWithin(value, spec);
  };
}

/** The first part that settles it ends the search; what cannot be compared before that refuses the row. */
function joinConditions(
  context: CompileContext,
  path: string,
  specs: readonly ConditionSpec[],
  settles: boolean,
): Condition {
  const parts = specs.map((spec, index) => compileCondition(context, `${path}[${index}]`, spec));
  return (cells) => {
    for (const part of parts) {
      const held = part(cells);
      if (held === settles || held instanceof Refusal) return held;
    }
    return !settles;
  };
}

function compileDays(
  context: CompileContext,
  path: string,
  spec: Extract<ConditionSpec, { moment: unknown }>,
): Condition {
  if (isEmpty(spec)) context.fail(path, 'one of "from" and "to" is wanted', '"from" 和 "to" 至少要写一个');
  const moment = compileMoment(context, `${path}.moment`, spec.moment);
  const from = spec.from === undefined ? -Infinity : momentOf(context.hallZone, spec.from);
  const end = spec.to === undefined ? Infinity : endOfDay(context.hallZone, spec.to);
  return (cells) => {
    const at = moment.read(cells);
    return typeof at === 'number' ? at >= from && at < end : (at ?? false);
  };
}

function isWithin(value: number, { from, to, above, below }: Bounds<number>): boolean {
  return (
    value >= (from ?? -Infinity) &&
    value <= (to ?? Infinity) &&
    value > (above ?? -Infinity) &&
    value < (below ?? Infinity)
  );
}

const isEmpty = ({ from, to, above, below }: Bounds<unknown>): boolean =>
  [from, to, above, below].every((limit) => limit === undefined);

const toList = (texts: string | readonly string[]): readonly string[] => (typeof texts === 'string' ? [texts] : texts);
