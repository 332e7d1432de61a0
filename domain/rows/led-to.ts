/** Whose rows a figure leads to, where it has none of its own. */
import type { TermId } from '../measures/terms.ts';
import type { FoundPart } from './query.ts';

/** Figures that no row has a part in; the rows of another lead to them. */
const LED_TO: Partial<Record<TermId, TermId>> = {
  satisfiedLowerBound: 'activelySatisfied',
  // So many different items: of which cases they are.
  medicalItems: 'medicalApproved',
  deferredItems: 'deferredCases',
};

/** What was put right and called back is measured by the poor ratings. */
const WHOLES_LED_TO: Partial<Record<TermId, TermId>> = { rectified: 'poor', calledBack: 'poor' };

/** The figure whose rows are shown for a part of another. */
export function ledTo<P extends FoundPart>(term: TermId, part: P): { readonly term: TermId; readonly part: P | 'n' } {
  const other = part === 'of' ? WHOLES_LED_TO[term] : undefined;
  return other === undefined ? { term: LED_TO[term] ?? term, part } : { term: other, part: 'n' };
}
