/** A hall's board as the rest of the server knows it. */
import type { BoardState } from '../../domain/board/state.ts';
import type { Zone } from '../../domain/calendar/zone.ts';
import type { LedgerEvent } from '../../domain/events/event.ts';
import type { Breakdown } from '../../domain/measures/breakdown.ts';
import type { Measures } from '../../domain/measures/measures.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import type { PastAnswer, PastQuery } from '../../domain/past/past-query.ts';
import type { RowAnswer, RowQuery } from '../../domain/rows/query.ts';
import type { StarQuery } from '../../domain/stars/tally.ts';
import type { Recount } from '../../domain/wire/protocol.ts';
import type { Figures, FiguresQuery, Ledger, StoredMeasureQuery, TalliedStars } from '../ledger/port.ts';

export interface BoardOptions {
  readonly ledger: Ledger;
  readonly config: HallConfig;
  readonly zone: Zone;
  /** Told of what went wrong and is tried again, or stands alone. */
  readonly onTrouble?: (error: unknown, what: BoardTrouble) => void;
  readonly checkpointEvery?: number;
  /** Whether what comes after a closing is kept until it is released. */
  readonly keepsClosings?: boolean;
  /** Cells that are kept of it; fewer in tests. */
  readonly mostKept?: number;
  /** Shorter in tests. */
  readonly retriesMs?: readonly number[];
}

/** Whoever follows the board. */
export interface BoardListener {
  /** Called after each slice that was folded, with the state as it stands. */
  onAdvance?(state: BoardState): void;
  /** Called once where the fold cannot go on. */
  onFailure?(error: BoardStopped): void;
}

/** `fold`: it is tried again. `listener`: whoever listens to the board has thrown. `checkpoint`: the next one holds its cells. */
export type BoardTrouble = 'fold' | 'listener' | 'checkpoint';

/** What is shown can no longer follow the ledger. */
export class BoardStopped extends Error {
  constructor(cause: unknown) {
    super('The board can no longer follow the ledger.', { cause });
    this.name = 'BoardStopped';
  }
}

/** Nothing can be shown yet: all events are being counted anew. */
export class BoardRecounting extends Error {
  constructor() {
    super('All events are being counted anew.');
    this.name = 'BoardRecounting';
  }
}

export interface Board {
  readonly state: BoardState;
  readonly epoch: string;
  /** Events of the ledger that are not folded yet. */
  readonly lag: number;
  /** Present while all events are counted anew: the state is not to be shown. */
  readonly recount: Recount | undefined;
  /** Resolves when the state may be shown; pending while all is counted anew. */
  readonly ready: Promise<void>;
  /** Why the fold has stopped for good; absent while it follows the ledger. */
  readonly failure: BoardStopped | undefined;
  /** From now on `listener` is told of what happens; returns what ends that. One that throws holds up nobody. */
  subscribe(listener: BoardListener): () => void;
  /** Takes events just appended, in the order of their `seq`. Gaps and repeats are read from the ledger or passed over. */
  feed(events: readonly LedgerEvent[]): void;
  /**
   * Resolves when the fold has reached `seq`; without it the head that the ledger names when it is asked.
   * @throws BoardRecounting while that takes minutes; BoardStopped
   */
  caughtUp(seq?: number): Promise<void>;
  /**
   * Measures of one position that is not before the ledger's head at the question.
   * @throws BoardRecounting; LedgerError `busy` where too many are asked at once
   */
  measures(query: StoredMeasureQuery): Promise<Measures>;
  /** Of several spans, all of one position: what stands side by side agrees. */
  measuresOf(queries: readonly StoredMeasureQuery[]): Promise<readonly Measures[]>;
  /**
   * Rows behind a figure, of one position that is not before the ledger's head at the question.
   * @throws BoardRecounting; LedgerError `busy`, and whatever keeps rows from being stored
   */
  rows(query: RowQuery): Promise<RowAnswer>;
  /**
   * What everybody and every window did in a month, of one position that is not before the ledger's head at the question.
   * @throws BoardRecounting; LedgerError as `rows`
   */
  tallyStars(query: StarQuery, config: HallConfig): Promise<TalliedStars>;
  /**
   * What this board was at a past moment, by everything that the ledger knows by now.
   * @throws BoardRecounting; LedgerError `busy`
   */
  lookAt(query: PastQuery): Promise<PastAnswer>;
  /**
   * Measures as of the closing of a day, at its place in the ledger; `undefined` where what has come since is not kept
   * any more.
   * @throws LedgerError
   */
  measuresAsOf(
    closing: number,
    queries: readonly StoredMeasureQuery[],
    config: HallConfig,
  ): Promise<readonly Measures[] | undefined>;
  /** The same measures by the present configuration and by another one, both of one position. */
  measuresUnder(
    other: HallConfig,
    queries: readonly StoredMeasureQuery[],
  ): Promise<{ readonly present: readonly Measures[]; readonly other: readonly Measures[] }>;
  /** Closings up to a place are frozen, or never will be: what has come since them need not be kept. */
  release(closing: number): void;
  /** What a span is made of, by the same rules. */
  breakdownOf(query: StoredMeasureQuery): Promise<Breakdown>;
  /** The same with measures of other spans beside it, all of one position. */
  figuresOf(query: FiguresQuery): Promise<Figures>;
  checkpoint(): Promise<void>;
  /** Takes another configuration: sums that it needs are fetched before anything is shown with it. */
  reconfigure(config: HallConfig): Promise<void>;
  close(): Promise<void>;
}
