/** The wire of `/rows`: the rows behind a figure, and everything that was ever said of one of them. */
import type { RowKind } from '../board/entity-row.ts';
import type { ServiceKind } from '../events/schema.ts';
import type { Span } from '../measures/build.ts';
import type { FeedFact } from '../profile/feeds.ts';
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

/** What a list is narrowed to that has no name of the hall's own. */
interface NarrowedTo {
  readonly service?: ServiceKind;
  /** On which a case was accepted, 1 for Monday to 7. */
  readonly weekday?: number;
  /** In which a case was accepted, 0 to 47. */
  readonly halfHour?: number;
  /** By the end of which minute a case was accepted, `HH:MM`. */
  readonly until?: string;
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
  readonly only: Partial<Record<'station' | 'item' | 'line' | 'window' | 'staff', Named>> & NarrowedTo;
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

/** Who recorded something. */
export interface Recorder extends Named {
  /**
   * `name` is of `staff` and `import` the person's, of a `key` and a `display` what it is called, of a `tablet` its
   * window's label; of others the id, which is of no more use to people than the kind.
   */
  readonly kind: string;
}

/** Another case, ticket, follow-up or the like. */
export interface RelatedRow {
  readonly key: string;
  readonly kind: string;
  readonly id: string;
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
  /** What its fields name that the ledger knows, by the field. */
  readonly links: Readonly<Record<string, RelatedRow>>;
  /** Absent where nobody knows. */
  readonly by?: Recorder;
  /** Of which kind of fact its source is the feed, where the hall has named it. */
  readonly feedOf?: FeedFact;
  /** It came after its day had closed. */
  readonly late?: true;
  readonly voided?: { readonly seq: number; readonly at: number; readonly reason?: string; readonly by?: Recorder };
}

/** `GET /api/rows/one?key=KEY`. */
export interface RowLife {
  readonly hall: { readonly name: string; readonly nameEn?: string; readonly demo: boolean };
  readonly timeZone: string;
  readonly key: string;
  readonly kind: string;
  readonly id?: string;
  /** What names it in turn: of a ticket the cases that were accepted with it. */
  readonly related: readonly RelatedRow[];
  /** In the order of C1. */
  readonly events: readonly RowEvent[];
  readonly seq: number;
}
