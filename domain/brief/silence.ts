/** What nobody knows to be 0: figures of a day that are made of what a silent feed alone sends. Pure. */
import type { FeedFact } from '../profile/feeds.ts';
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

/** Whether a figure is nothing, and what it is made of was not sent. */
export function isUnheard({ cautions, measures }: Pick<Brief, 'cautions' | 'measures'>, term: TermId): boolean {
  const silent = cautions.flatMap((one) => (one.type === 'silent-feeds' ? one.feeds : []));
  if (!silent.some(({ fact }) => MADE_OF[term]?.includes(fact))) return false;
  const value = readTerm(measures, term);
  return value === 0 || (typeof value === 'object' && value !== null && 'of' in value && value.of === 0);
}
