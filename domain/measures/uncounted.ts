/** What contributes nothing because its parts could not be computed, as it is told to people (spec C16). */
import { compareText } from '../events/event.ts';

export interface Uncounted {
  n: number;
  /** The first of them by name, such as `case:440304-17`; of single events `event:` and their identity. */
  first: string[];
}

/** A fault that touches thousands is one fault: whoever mends it needs a few. */
const LISTED = 20;

/** @param keys as the board's state has them */
export function listUncounted(keys: Iterable<string>): Uncounted {
  const all = [...keys].sort(compareText);
  return { n: all.length, first: all.slice(0, LISTED) };
}
