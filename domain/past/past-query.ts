/** What is asked of a past moment, and what is answered: by one look, all of one position. */
import type { Topic } from '../board/topics/data.ts';
import type { MeasureQuery } from '../measures/build.ts';
import type { Measures } from '../measures/measures.ts';
import type { Decisions } from '../wire/brief.ts';
import type { PastFigures } from '../wire/past.ts';

export interface PastQuery {
  /** Epoch ms. */
  readonly at: number;
  readonly demo: boolean;
  /** The topic as a board would have it. */
  readonly topic?: Topic;
  readonly measures?: readonly MeasureQuery[];
  /** What needed a decision; `names` are what accounts call their people. */
  readonly decisions?: { readonly station?: string; readonly names: Readonly<Record<string, string>> };
  /** The same moment of the last working day of that weekday, of the hall or of one station. */
  readonly sameMoment?: { readonly station?: string };
}

export interface PastAnswer {
  readonly seq: number;
  /** The moment of the first event of all: before it there is nothing to see. Absent in an empty ledger. */
  readonly first?: number;
  /** JSON text: it crosses between threads and goes out as it is. */
  readonly topic?: string;
  /** With a topic: of the moment's day until then. */
  readonly figures?: PastFigures;
  readonly measures?: readonly Measures[];
  readonly decisions?: Decisions;
  /** Window cases on that day up to the same minute. */
  readonly sameMoment?: { readonly day: string; readonly then: number };
}
