/** What nobody knows to be 0: figures of a day that are made of what a silent feed alone sends. Pure. */
import type { FeedFact } from '../profile/feeds.ts';
import type { Measures } from '../measures/measures.ts';
import { readTerm, type TermId } from '../measures/terms.ts';
import type { Brief } from '../wire/brief.ts';

/** The figures that a brief tells first, by what they are made of. */
const MADE_OF: Partial<Readonly<Record<TermId, readonly FeedFact[]>>> = {
  accepted: ['cases'],
  windowCases: ['cases'],
  onlineCases: ['cases'],
  medicalCases: ['cases'],
  finished: ['cases'],
  peopleServed: ['tickets', 'cases', 'consultations', 'services'],
  activelySatisfied: ['ratings'],
};

/**
 * Whether a figure is nothing, and what it is made of was not sent.
 * @param of a day beside the brief's own, with its measures
 */
export function isUnheard(
  { cautions, measures, span }: Pick<Brief, 'cautions' | 'measures' | 'span'>,
  term: TermId,
  of: { readonly day: string; readonly measures: Measures } = { day: span.to, measures },
): boolean {
  if (!isSilent(cautions, term, of.day)) return false;
  const value = readTerm(of.measures, term);
  return value === 0 || (typeof value === 'object' && value !== null && 'of' in value && value.of === 0);
}

/** Whether on that day a feed was silent of which a figure is made. */
export function isSilent(cautions: Brief['cautions'], term: TermId, day: string): boolean {
  const silent = cautions.flatMap((one) => (one.type === 'silent-feeds' && one.day === day ? one.feeds : []));
  return silent.some(({ fact }) => MADE_OF[term]?.includes(fact));
}
