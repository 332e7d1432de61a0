/** What is asked of the rows behind a figure, and what is answered. */
import type { Dimensions, EntityRow, RowKind } from '../board/entity-row.ts';
import type { LedgerEvent } from '../events/event.ts';
import { compareText } from '../events/event.ts';
import type { Span } from '../measures/build.ts';
import type { TermId, TermValue } from '../measures/terms.ts';

/** Where a row stands in the order of all rows. */
export interface RowPlace {
  readonly day: string;
  readonly at: number;
  readonly key: string;
}

/** Newest first, by the day, the moment and the key. */
export function compareRows(a: RowPlace, b: RowPlace): number {
  return (a.day < b.day ? 1 : a.day > b.day ? -1 : 0) || b.at - a.at || compareText(b.key, a.key);
}

/** Rows that reach into some days. */
export interface RowWalk extends Span, Dimensions {
  readonly kinds: readonly RowKind[];
  /** Rows of other stations may be among them. */
  readonly station?: string;
  /** Only those behind this place. */
  readonly after?: RowPlace;
}

/** A ratio's numerator, or what it is a part of; other figures have one part. */
export type RowPart = 'n' | 'of';

export interface RowQuery extends Span, Dimensions {
  readonly term: TermId;
  readonly part: RowPart;
  readonly station?: string;
  /** The hall's clock, epoch ms. */
  readonly now: number;
  readonly after?: RowPlace;
  readonly limit: number;
}

/** One row of a figure. */
export interface FoundRow extends Omit<EntityRow, 'cells'> {
  /** How much of the figure it is: how many of a count, how long of a time in ms. */
  readonly value: TermValue;
}

export interface RowAnswer {
  readonly rows: readonly FoundRow[];
  /** What the whole figure is: of a count the sum of all rows, of others how many rows there are. */
  readonly count: number;
  /** Behind this there are more. */
  readonly next?: RowPlace;
  readonly seq: number;
}

/** One event of a life, as it came and what became of it. */
export interface LifeEvent {
  readonly event: LedgerEvent;
  /** When it arrived, epoch ms. */
  readonly receivedAt: number;
  /** Who recorded it; absent where nobody is known. */
  readonly actor?: string;
  readonly voided?: { readonly seq: number; readonly at: number; readonly reason?: string; readonly actor?: string };
}

export interface EntityLife {
  readonly key: string;
  /** In the order of C1. */
  readonly events: readonly LifeEvent[];
  readonly seq: number;
}
