/** What is wrong with a document, told at its place while the document goes on being changed. Pure. */
import { fieldOf, isFields, isSame, type Value } from '../../../domain/settings/rows.ts';
import type { Flaw } from '../../../domain/wire/setup.ts';

/** The flaws of a document, and where somebody was just led to. */
export interface Marks {
  readonly flaws: readonly Flaw[];
  readonly led: string | undefined;
}

/** Whether `field` is `place` or lies in it. */
export function isUnder(field: string, place: string): boolean {
  return field === place || field.startsWith(`${place}.`);
}

/** Those that still hold, at the places where they now are: what was changed is looked at anew when it is saved. */
export function followFlaws(flaws: readonly Flaw[], before: Value, after: Value): Flaw[] {
  if (before === after) return [...flaws];
  return flaws.flatMap((flaw) => {
    const place = follow(flaw.field === '' ? [] : flaw.field.split('.'), before, after);
    return place === undefined ? [] : [{ ...flaw, field: place.join('.') }];
  });
}

function follow(place: readonly string[], before: Value, after: Value): string[] | undefined {
  if (before === after) return [...place];
  const [step, ...rest] = place;
  if (step === undefined) return isSame(before, after) ? [] : undefined;
  if (Array.isArray(before) && Array.isArray(after)) {
    const [was, is] = [before as readonly Value[], after as readonly Value[]];
    const moved = is.indexOf(was[Number(step)]);
    if (moved >= 0) return [String(moved), ...rest];
    // A row that was changed stands where it stood; else it is gone, or nobody can tell where it is.
    if (was.length !== is.length || was.includes(is[Number(step)])) return undefined;
    const inner = follow(rest, was[Number(step)], is[Number(step)]);
    return inner && [step, ...inner];
  }
  if (!isFields(before) || !isFields(after)) return undefined;
  const inner = follow(rest, fieldOf(before, step), fieldOf(after, step));
  return inner && [step, ...inner];
}
