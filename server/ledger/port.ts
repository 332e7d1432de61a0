/** The ledger's port: everything the rest of the server may ask of an engine, for one hall. */
import type { HallEvent, LedgerEvent } from '../../domain/events/event.ts';
import type { EventType } from '../../domain/events/schema.ts';
import type { Cell } from '../../domain/board/cells.ts';
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

export interface Checkpoint {
  /** The ledger position that `state` and the stored cells reflect. */
  readonly seq: number;
  readonly foldVersion: string;
  /** The board's state as JSON text. */
  readonly state: string;
}

/** Sums of stored cells over a span: one row a station and name. */
export interface CellSum {
  readonly station: string;
  readonly name: string;
  readonly n: number;
}

export interface CellQuery {
  /** First day, included; absent means since ever. */
  readonly from?: string;
  /** Last day, included; absent means for ever. */
  readonly to?: string;
  readonly station?: string;
  /** Only names whose first path part is one of these; absent means all but `minute`. */
  readonly heads?: readonly string[];
}

export interface EntityQuery {
  readonly types: readonly EventType[];
  /** Epoch ms, the first included, the second not. */
  readonly from: number;
  readonly until: number;
  readonly upTo: number;
}

export interface Ledger {
  readonly hall: string;
  /** Names this ledger; drawn once, kept in the ledger, replaced by a restore. */
  readonly ledgerId: string;
  /** The last position that this process knows to be committed. */
  head(): number;
  /** Asks the ledger itself, to which other processes may have appended. `head()` is no less from then on. */
  readHead(): Promise<number>;
  /**
   * A doorbell: called when `head()` has moved by what others appended, however much that was; returns what ends it. An
   * engine with one writer never rings.
   */
  onAppendedElsewhere(listener: () => void): () => void;
  /**
   * Appends a batch in one transaction and resolves after it is on disk. Batches are committed in the
   * order of the calls; a commit takes all batches that wait. `receivedAt` is epoch milliseconds. `actor` is kept beside
   * the events and is no part of their content: who sends the same again is of no matter.
   * @throws LedgerError
   */
  append(batch: readonly PendingEvent[], receivedAt: number, actor?: Actor): Promise<AppendResult>;
  /** What `append` would answer, without writing. Repeats inside the batch count as duplicates or conflicts too. */
  compare(batch: readonly PendingEvent[]): Promise<readonly ('new' | 'duplicate' | 'conflict')[]>;
  /** Events after `seq`, in order, at most `limit`. Voided ones and voids included. */
  read(afterSeq: number, limit: number): Promise<readonly LedgerEvent[]>;
  /** Who recorded the events that `read` gives, in their order: for audits and exports, never for a wall. */
  readActors(afterSeq: number, limit: number): Promise<readonly (Actor | undefined)[]>;
  /**
   * Events with `seq ≤ upTo` filed under each key (see `filingOf`), in no particular order, those leaving out
   * that a void with `seq ≤ upTo` names. Every key asked for is in the answer.
   */
  historyOf(keys: readonly string[], upTo: number): Promise<ReadonlyMap<string, readonly LedgerEvent[]>>;
  /** Of each key the last of its live events with `seq ≤ upTo`, in the order of C1, of windows and terminals only. */
  latestOf(keys: readonly string[], upTo: number): Promise<ReadonlyMap<string, LedgerEvent>>;
  /** The entities of which an event lies in a span of moments: seldom asked, and not by whoever waits for a wall. */
  entitiesOf(query: EntityQuery): Promise<readonly string[]>;
  /** One event by its identity with `seq ≤ upTo`, voided or not. */
  find(source: string, id: string, upTo: number): Promise<LedgerEvent | undefined>;
  loadCheckpoint(): Promise<Checkpoint | undefined>;
  /** Adds `cells` to the stored ones and replaces the checkpoint, both or neither. */
  saveCheckpoint(checkpoint: Checkpoint, cells: readonly Cell[]): Promise<void>;
  /** Forgets checkpoint and cells, so that a new fold starts from the first event. */
  clearFold(): Promise<void>;
  /** Sums of stored cells, with the checkpoint's `seq` that they reflect, both from one instant. */
  sumCells(query: CellQuery): Promise<{ readonly seq: number; readonly sums: readonly CellSum[] }>;
  /** Called once, where the ledger ends without having been closed: nothing more can be recorded. */
  onLost(listener: (error: Error) => void): void;
  /** Finishes what waits, then closes. */
  close(): Promise<void>;
}

/**
 * `in-use`: another process writes this ledger. `busy`: too much waits, try again. `io`: the disk refuses.
 * `newer-schema`: written by a later version. `other-hall`: another hall's or another zone's ledger.
 */
export type LedgerProblem =
  'in-use' | 'disk-full' | 'closed' | 'busy' | 'newer-schema' | 'damaged' | 'io' | 'other-hall';

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
