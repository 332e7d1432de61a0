/** The wire of `/rows`: the rows behind a figure, and everything that was ever said of one of them. */
import type { RowKind } from '../board/entity-row.ts';
import type { Span } from '../measures/build.ts';
import type { TermId, TermValue } from '../measures/terms.ts';
import type { RowOrder, RowPart } from '../rows/query.ts';

/** Something with the name that people know it by. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface FigureRow {
  /** What `GET /api/rows/one` is asked for. */
  readonly key: string;
  readonly kind: RowKind;
  /** What outside the ledger names it: the case, the ticket; absent where only the event itself does. */
  readonly id?: string;
  /** When it began, epoch ms. */
  readonly at: number;
  readonly station: Named;
  readonly item?: Named;
  readonly line?: Named;
  readonly window?: Named;
  readonly staff?: Named;
  /** How much of the figure it is. */
  readonly value: TermValue;
}

/** `GET /api/rows`. */
export interface FigureRows {
  readonly hall: { readonly name: string; readonly nameEn?: string; readonly demo: boolean };
  readonly timeZone: string;
  readonly term: TermId;
  readonly part: RowPart;
  readonly span: Span;
  readonly order: RowOrder;
  /** What the list is narrowed to. */
  readonly only: Partial<Record<'station' | 'item' | 'line' | 'window' | 'staff', Named>>;
  /** The figure whose rows these are, where the one that was asked for has none of its own. */
  readonly shown: { readonly term: TermId; readonly part: RowPart };
  readonly count: number;
  readonly rows: readonly FigureRow[];
  /** To be sent back as `after` for the rows behind these. */
  readonly next?: string;
  readonly seq: number;
  /** The hall's clock, epoch ms. */
  readonly now: number;
}

export interface RowEvent {
  readonly seq: number;
  readonly source: string;
  readonly id: string;
  readonly type: string;
  readonly at: number;
  readonly receivedAt: number;
  readonly data: Readonly<Record<string, unknown>>;
  /** What its ids are called, by the field that holds them. */
  readonly names: Readonly<Record<string, string>>;
  /** Who recorded it; absent where another system sent it, or nobody is known. */
  readonly by?: Named;
  /** It came after its day had closed. */
  readonly late?: true;
  readonly voided?: { readonly seq: number; readonly at: number; readonly reason?: string; readonly by?: Named };
}

/** `GET /api/rows/one?key=KEY`. */
export interface RowLife {
  readonly hall: { readonly name: string; readonly nameEn?: string; readonly demo: boolean };
  readonly timeZone: string;
  readonly key: string;
  readonly kind: string;
  readonly id?: string;
  /** In the order of C1. */
  readonly events: readonly RowEvent[];
  readonly seq: number;
}
