/** From how few a share or a median is told: one rule for brief, report and whatever is copied of them (spec M24). */
import type { Measures } from './measures.ts';
import { readTerm, TERMS, type TermId } from './terms.ts';

/** Of fewer than these a share or a median says little, and a change of it, or from fewer in percent, nothing. */
export const FEW = 20;

/** Whose parts are working days, of which nobody knows how many cases they are; and what is owed, which no chance decides. */
const OF_NO_SAMPLE: ReadonlySet<TermId> = new Set<TermId>(['promiseCut', 'speedUp', 'checks']);

/** How many cases, tickets or records a measure is of. */
export function baseOf(measures: Measures, term: TermId): number {
  const value = readTerm(measures, term);
  if (value === null) return 0;
  if (typeof value === 'number') return value;
  if ('cases' in value) return value.cases;
  return 'of' in value ? value.of : value.n;
}

/** Of how few a share or a time is; `undefined` where they are enough, or none, or the measure is neither. */
export function readFew(measures: Measures, term: TermId): number | undefined {
  const { kind } = TERMS[term];
  if (kind === 'count' || kind === 'share' || OF_NO_SAMPLE.has(term)) return undefined;
  const base = baseOf(measures, term);
  return base > 0 && base < FEW ? base : undefined;
}
