/** What one figure alone is summed from: spreads are what takes time, and most figures need none of them. */
import type { CellHead } from '../board/cells.ts';
import { own } from '../wire/own.ts';
import type { Measures } from './measures.ts';
import { SPREAD_HEADS, type Spread } from './sums.ts';
import type { TermId } from './terms.ts';

const SPREADS_TOLD: Partial<Record<keyof Measures, Spread>> = {
  wait: 'waits',
  greenWait: 'greenWaits',
  appointmentWait: 'appointmentWaits',
  service: 'handling',
  turnaround: 'turnaround',
  requestAnswer: 'requestAnswers',
  suggestionAnswer: 'suggestionAnswers',
  followupAnswer: 'followupAnswers',
  followupClosing: 'followupClosings',
};

export interface SummedFrom {
  /** Only cells of these, and nothing of what stands at the end of a span; all where absent. */
  readonly heads?: readonly CellHead[];
  readonly spreads: readonly Spread[];
}

/** Of a term that tells a spread its values, of all others everything but spreads. */
export function summedFrom(term: TermId): SummedFrom {
  const spread = own(SPREADS_TOLD as Readonly<Record<string, Spread>>, term.split('.')[0]!);
  return spread === undefined ? { spreads: [] } : { heads: [SPREAD_HEADS[spread]], spreads: [spread] };
}
