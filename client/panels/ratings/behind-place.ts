/** The measures of a place's ratings: how many people gave, how satisfied they were and at least, how many are poor or by default. */
import type { Behind } from '../../ui/behind.ts';

export type PlaceBehind = Readonly<Record<'rated' | 'share' | 'low' | 'poor' | 'byDefault', Behind>>;

/** @param scope days and place */
export function behindPlace(scope: Omit<Behind, 'term' | 'part'>): PlaceBehind {
  return {
    rated: { term: 'activelySatisfied', part: 'of', ...scope },
    share: { term: 'activelySatisfied', ...scope },
    low: { term: 'satisfiedLowerBound', ...scope },
    poor: { term: 'poor', ...scope },
    byDefault: { term: 'byDefault', ...scope },
  };
}
