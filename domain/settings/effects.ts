/** What a change of the documents does to figures that are shown already: those that differ, before and after. Pure. */
import type { Measures } from '../measures/measures.ts';
import { readTerm, TERMS, type TermId, type TermValue } from '../measures/terms.ts';

export interface ChangedTerm {
  readonly id: TermId;
  readonly before: TermValue;
  readonly after: TermValue;
}

/** Both of one span and one position, worked out by two configurations. */
export function compareTerms(before: Measures, after: Measures): ChangedTerm[] {
  return (Object.keys(TERMS) as TermId[]).flatMap((id) => {
    const values = { before: readTerm(before, id), after: readTerm(after, id) };
    return JSON.stringify(values.before) === JSON.stringify(values.after) ? [] : [{ id, ...values }];
  });
}
