/** What is asked of the rows behind a figure, and what is answered. */
import type { Dimensions, EntityRow, RowKind } from '../board/entity-row.ts';
import { compareText } from '../events/event.ts';
import type { ServiceKind } from '../events/schema.ts';
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

/** By what a figure can be narrowed: what a row names, and what its cells alone tell. */
export interface Narrowing extends Dimensions {
  /** Of which kind a service is. */
  readonly service?: ServiceKind;
  /** On which weekday a case was accepted, 1 for Monday to 7. */
  readonly weekday?: number;
  /** In which half-hour of its local day a case was accepted, 0 to 47. */
  readonly halfHour?: number;
  /** By the end of which minute of its local day a case was accepted, 0 to 1,439. */
  readonly until?: number;
}

/** Rows that reach into some days. */
export interface RowWalk extends Span, Dimensions {
  readonly kinds: readonly RowKind[];
  /** With a line: its items, since what names no line of its own is of its item's. Rows of other lines and windows may be among them. */
  readonly itemsOfLine?: readonly string[];
  /** Rows of other stations may be among them. */
  readonly station?: string;
  /** Only those behind this place. */
  readonly after?: RowPlace;
}

/** A ratio's numerator, or what it is a part of; other figures have one part. */
export type RowPart = 'n' | 'of';
/** `rest`: what is left of the whole without the numerator, such as licences that were not uploaded. */
export type FoundPart = RowPart | 'rest';

export const ROW_ORDERS = ['newest', 'oldest', 'largest'] as const;
/** `largest`: by what of the figure a row is, the longest wait first. */
export type RowOrder = (typeof ROW_ORDERS)[number];

export interface RowQuery extends Span, Narrowing {
  readonly term: TermId;
  readonly part: FoundPart;
  readonly station?: string;
  /** The hall's clock, epoch ms. */
  readonly now: number;
  readonly order: RowOrder;
  /** Of the newest first only those behind this place. */
  readonly after?: RowPlace;
  /** Of another order so many are passed over: all rows are looked at for it. */
  readonly skip?: number;
  readonly limit: number;
}

/** One row of a figure. */
export interface FoundRow extends Omit<EntityRow, 'cells'> {
  /** How much of the figure it is: how many of a count, how long of a time in ms. */
  readonly value: TermValue;
  /** Of a check that was not done: somebody has said why. */
  readonly explained?: true;
}

export interface RowAnswer {
  readonly rows: readonly FoundRow[];
  /** What the whole figure is: of a count the sum of all rows, of others how many rows there are. */
  readonly count: number;
  /** Behind this there are more. */
  readonly next?: RowPlace | number;
  readonly seq: number;
}
