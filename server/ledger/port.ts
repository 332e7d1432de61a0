/** The ledger's port: everything the rest of the server may ask of an engine, for one hall. */
import type { HallEvent, LedgerEvent } from '../../domain/events/event.ts';
import type { EventType } from '../../domain/events/schema.ts';
import type { Cell, CellTable } from '../../domain/board/cells.ts';
import type { Dimensions, RowChange } from '../../domain/board/entity-row.ts';
import type { MeasureQuery } from '../../domain/measures/build.ts';
import type { Heard } from '../../domain/frozen/silent-feeds.ts';
import type { Breakdown } from '../../domain/measures/breakdown.ts';
import type { Measures } from '../../domain/measures/measures.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import type { PastAnswer, PastQuery } from '../../domain/past/past-query.ts';
import type { RowAnswer, RowQuery } from '../../domain/rows/query.ts';
import type { StarQuery, StarTallies } from '../../domain/stars/tally.ts';
import type { Actor } from './actor.ts';

/** An event on its way into the ledger. */
export interface PendingEvent {
  readonly event: HallEvent;
  /** Whether the sender named a time; one that did not stands outside the conflict comparison. */
  readonly timeGiven: boolean;
  /** The paths of fields that its type did not know when it came. */
  readonly dropped?: readonly string[];
}

/** What became of one event of a batch: its new place, or why it got none. */
export type AppendOutcome = { readonly seq: number } | 'duplicate' | 'conflict';

export interface AppendResult {
  readonly outcomes: readonly AppendOutcome[];
  /** The hall's head after the commit. */
  readonly seq: number;
}

/** What one fold has stored. */
export interface StoredFold {
  /** The position that its cells reflect. */
  readonly seq: number;
  /** Whether sums and measures are read from this one. */
  readonly isShown: boolean;
  /** Where a restart begins: the board's state as JSON text, at a position that is not beyond the cells'. */
  readonly checkpoint?: { readonly seq: number; readonly state: string };
}

/** What a fold has made between two positions. */
export interface FoldStep {
  readonly foldVersion: string;
  /** The position at which its stored cells must stand; 0 begins a fold. */
  readonly after: number;
  readonly seq: number;
  readonly cells: readonly Cell[];
  /** Rows of entities that have changed, in this order. */
  readonly rows?: readonly RowChange[];
  /** What is not counted at `seq`; absent where that has not changed. */
  readonly uncounted?: readonly string[];
  /** The board's state at `seq`, where the next restart shall begin there. */
  readonly state?: string;
}

/** An event as its source's ids lead to it, and whether a void takes it out of every count. */
export interface IdentifiedEvent {
  readonly event: LedgerEvent;
  readonly voided: boolean;
}

/** Which of the board's ranges (`residentRanges`) of a day to sum. */
export interface RangeQuery {
  readonly day: string;
  readonly ids: readonly string[];
}

export interface RangeSums {
  /** The position that they reflect. */
  readonly seq: number;
  readonly tables: ReadonlyMap<string, CellTable>;
}

/** Narrowed by item, line, window or staff it is answered from rows, which takes longer for long spans. */
export interface StoredMeasureQuery extends MeasureQuery, Dimensions {
  /** The hall's clock, epoch ms. */
  readonly now: number;
}

/** What a span is made of, and measures beside it. */
export interface FiguresQuery {
  readonly breakdown: StoredMeasureQuery;
  readonly measures: readonly StoredMeasureQuery[];
}

/** All of one position. */
export interface Figures {
  readonly breakdown: Breakdown;
  readonly measures: readonly Measures[];
}

/** One event of a life, as it came and what became of it. */
export interface LifeEvent {
  readonly event: LedgerEvent;
  /** When it arrived, epoch ms. */
  readonly receivedAt: number;
  readonly actor?: Actor;
  readonly voided?: { readonly seq: number; readonly at: number; readonly reason?: string; readonly actor?: Actor };
}

/** In the order of C1, as of a position. */
export interface EntityLife {
  readonly events: readonly LifeEvent[];
  readonly seq: number;
}

export interface EntityQuery {
  readonly types: readonly EventType[];
  /** Epoch ms, the first included, the second not. */
  readonly from: number;
  readonly until: number;
  readonly upTo: number;
}

/** A stretch of what happened in a span of moments, in order of arrival. */
export interface SpanQuery extends EntityQuery {
  /** The stretch begins behind this position; 0 at first, then that of the last event. */
  readonly after: number;
  readonly limit: number;
}

/** Of one position of the ledger. */
export interface TalliedStars extends StarTallies {
  readonly seq: number;
}

/** Rows behind `after`, up to `upTo`. */
export interface RowRange {
  readonly after: number;
  readonly upTo: number;
}

/** Of the rows of a range those that tell of moments from `from` on, before `until`, epoch ms. */
export interface HeardQuery extends RowRange {
  readonly from: number;
  readonly until: number;
}

export interface Ledger {
  readonly hall: string;
  /** Names this ledger; drawn once, kept in the ledger, replaced by a restore. */
  readonly ledgerId: string;
  /** The last position that this process knows to be committed. */
  head(): number;
  /** Asks the ledger itself, to which other processes may have appended. `head()` is no less from then on. */
  readHead(): Promise<number>;
  /** When the last event arrived, epoch ms; `undefined` in an empty ledger. */
  lastReceivedAt(): Promise<number | undefined>;
  /**
   * A doorbell: called when `head()` has moved by what others appended, however much that was; returns what ends it. An
   * engine with one writer never rings.
   */
  onAppendedElsewhere(listener: () => void): () => void;
  /**
   * Appends a batch in one transaction and resolves after it is on disk. Batches are committed in the
   * order of the calls; a commit takes all batches that wait. `receivedAt` is epoch milliseconds. `actor`, `null` where
   * nobody is known, is kept beside the events and is no part of their content: who sends the same again is of no matter.
   * @throws LedgerError
   */
  append(batch: readonly PendingEvent[], receivedAt: number, actor: Actor | null): Promise<AppendResult>;
  /** What `append` would answer, without writing. Repeats inside the batch count as duplicates or conflicts too. */
  compare(batch: readonly PendingEvent[]): Promise<readonly ('new' | 'duplicate' | 'conflict')[]>;
  /** Events after `seq`, in order, at most `limit`. Voided ones and voids included. */
  read(afterSeq: number, limit: number): Promise<readonly LedgerEvent[]>;
  /** Who recorded the events that `read` gives, in their order: for audits and exports, never for a wall. */
  readActors(afterSeq: number, limit: number): Promise<readonly (Actor | undefined)[]>;
  /** Who recorded each of some events, by `seq`; those that nobody is known of are left out. */
  actorsOf(seqs: readonly number[]): Promise<ReadonlyMap<number, Actor>>;
  /**
   * Events with `seq ≤ upTo` filed under each key (see `filingOf`), in no particular order, those leaving out
   * that a void with `seq ≤ upTo` names. Every key asked for is in the answer.
   */
  historyOf(keys: readonly string[], upTo: number): Promise<ReadonlyMap<string, readonly LedgerEvent[]>>;
  /** Of each key the last of its live events with `seq ≤ upTo`, in the order of C1, of windows and terminals only. */
  latestOf(keys: readonly string[], upTo: number): Promise<ReadonlyMap<string, LedgerEvent>>;
  /** The entities of which an event lies in a span of moments: seldom asked, and not by whoever waits for a wall. */
  entitiesOf(query: EntityQuery): Promise<readonly string[]>;
  /** Events of some types that happened in a span of moments, voided ones marked; answered beside this thread, after measures. */
  readSpan(query: SpanQuery): Promise<readonly IdentifiedEvent[]>;
  /** One event by its identity with `seq ≤ upTo`, voided or not. */
  find(source: string, id: string, upTo: number): Promise<LedgerEvent | undefined>;
  /**
   * Events of one source whose ids lie in a stretch, `from` included and `until` not, in the order of ids by code point,
   * at most `limit`: the next stretch begins behind the last id. Voids of this source are among them.
   */
  readOf(source: string, from: string, until: string, limit: number): Promise<readonly IdentifiedEvent[]>;
  loadFold(foldVersion: string): Promise<StoredFold | undefined>;
  /**
   * Adds cells to those of a fold and moves its position, both or neither.
   * @throws LedgerError `overtaken` where the stored fold does not stand at `after`
   */
  saveFold(step: FoldStep): Promise<void>;
  /** From now on sums are read from this fold, in one step; what folds of other versions had stored is forgotten. */
  showFold(foldVersion: string): Promise<void>;
  /** Forgets what the fold of this version has stored, so that it begins at the first event. */
  dropFold(foldVersion: string): Promise<void>;
  /** Sums of the shown fold's cells, worked out beside this thread. They go before measures. */
  sumRanges(query: RangeQuery, config: HallConfig): Promise<RangeSums>;
  /**
   * The digests of a range's rows (`domain/frozen/chain.ts`), 32 bytes each, in their order; worked out beside this
   * thread. A caller asks for some thousands at a time, so that others have their turn between.
   */
  rowDigests(range: RowRange): Promise<Uint8Array>;
  /** Who sent what of which stations, each once; worked out beside this thread. */
  heardIn(query: HeardQuery): Promise<readonly Heard[]>;
  /** Makes ready for measures in spare time: a year that nobody has asked for since the start takes longer. */
  prepareMeasures(config: HallConfig): void;
  /**
   * Measures of what the shown fold has stored, all of one position, worked out beside this thread, one after the other.
   * `unsaved`: what could not be saved, and is counted all the same.
   * @throws LedgerError `busy` where too many wait already
   */
  measure(queries: readonly StoredMeasureQuery[], config: HallConfig, unsaved?: FoldStep): Promise<readonly Measures[]>;
  /**
   * Rows behind a figure, as the shown fold has stored them, worked out beside this thread.
   * @throws LedgerError `busy` where too many wait already
   */
  rows(query: RowQuery, config: HallConfig): Promise<RowAnswer>;
  /**
   * What everybody and every window did in a month, read off those rows, worked out beside this thread.
   * @throws LedgerError `busy` where too many wait already
   */
  tallyStars(query: StarQuery, config: HallConfig): Promise<TalliedStars>;
  /**
   * What a board was at a past moment, by what the shown fold has stored, worked out beside this thread and beside sums.
   * @throws LedgerError `busy` where too many wait already
   */
  lookAt(query: PastQuery, config: HallConfig): Promise<PastAnswer>;
  /** Everything that was ever said of an entity, of a single event, or of one that was voided or came late; `undefined` where nothing was. */
  lifeOf(key: string): Promise<EntityLife | undefined>;
  /** What a span is made of with measures beside it, asked and answered as measures are. */
  figures(query: FiguresQuery, config: HallConfig, unsaved?: FoldStep): Promise<Figures>;
  /** Called once, where the ledger ends without having been closed: nothing more can be recorded. */
  onLost(listener: (error: Error) => void): void;
  /** Finishes what waits, then closes. */
  close(): Promise<void>;
}

/**
 * `in-use`: another process writes this ledger. `busy`: too much waits, try again. `overtaken`: somebody else has gone on
 * with the fold. `io`: the disk refuses.
 * `newer-schema`: written by a later version. `other-hall`: another hall's or another zone's ledger.
 */
export type LedgerProblem =
  'in-use' | 'disk-full' | 'closed' | 'busy' | 'overtaken' | 'newer-schema' | 'damaged' | 'io' | 'other-hall';

/** A failure that the caller can tell apart and answer: 507, 503, or a refusal to start. */
export class LedgerError extends Error {
  constructor(
    readonly problem: LedgerProblem,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'LedgerError';
  }
}
