/** What `GET /api/days/frozen` answers: days as they were published at the close of their books, and what has changed since. */
import type { Figures, FigureChange } from '../frozen/figures.ts';
import type { SilentFeed } from '../frozen/silent-feeds.ts';

export interface FrozenDay {
  readonly day: string;
  /** The place of its closing in the ledger: the figures are as of there. */
  readonly closing: number;
  /** When its books closed, epoch ms. */
  readonly closedAt: number;
  /** What is 0 or blank is left out. */
  readonly figures: Figures;
  readonly stations: Readonly<Record<string, Figures>>;
  /** Feeds that had sent nothing: what they alone send is not known to be 0. */
  readonly silentFeeds: readonly SilentFeed[];
  /** 更正: figures that are others now. */
  readonly changes: readonly FigureChange[];
  /** Events that came in after the closing (spec L2). */
  readonly corrected: number;
  /** Whether rules or documents are others than then: a change may then come from these and not from the events. */
  readonly isOtherwiseCounted: boolean;
}

export interface FrozenDays {
  readonly from: string;
  readonly to: string;
  /** The place in the ledger that the changes reflect. */
  readonly seq: number;
  readonly days: readonly FrozenDay[];
  /** Days of the span without an entry: not closed yet, or closed where nothing could be frozen. */
  readonly notFrozen: readonly string[];
}
