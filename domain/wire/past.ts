/** The wire of past moments: what `GET /api/at` answers. */
import type { Scene } from '../board/topics/data.ts';
import type { TopicData } from '../board/topics/topic-data.ts';

/** What of the moment's own day is told beside what was published of it. */
export const PAST_TERMS = ['accepted', 'windowCases', 'onlineCases', 'finished', 'peopleServed'] as const;
export type PastFigures = Readonly<Record<(typeof PAST_TERMS)[number], number>>;

export interface PastMoment<S extends Scene = Scene> {
  readonly hall: string;
  readonly topic: S;
  /** The moment and the hall's clock, epoch ms. */
  readonly at: number;
  readonly now: number;
  /** The moment of the ledger's first event: before it there is nothing to see. */
  readonly first: number;
  /** The position of the ledger by which all this is told. */
  readonly seq: number;
  /** Of the moment's day until then. */
  readonly figures: PastFigures;
  /** As `GET /api/board` gives it. */
  readonly data: TopicData[S];
}

/** Where the moment lies before the first event; `first` is absent in an empty ledger. */
export interface BeforeFirst {
  readonly error: 'before-first';
  readonly first?: number;
}
