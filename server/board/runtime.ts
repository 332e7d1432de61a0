/** The board of one hall at work: feeds the fold from the ledger, checkpoints it, and answers sums of any span. */
import type { Entry } from '../../domain/board/contribution.ts';
import { foldEvent, FOLD_VERSION, turnsTo } from '../../domain/board/fold.ts';
import { Histories, type HistorySource } from '../../domain/board/histories.ts';
import { readCheckpoint } from '../../domain/board/read-checkpoint.ts';
import { residentRanges } from '../../domain/board/residency.ts';
import { createBoardState, putEntry, serializeState, type BoardState, type Range } from '../../domain/board/state.ts';
import { keepDeclared } from '../../domain/events/declared.ts';
import type { LedgerEvent } from '../../domain/events/event.ts';
import { dayOf, type Zone } from '../../domain/calendar/zone.ts';
import { buildMeasures } from '../../domain/measures/build.ts';
import type { Measures } from '../../domain/measures/measures.ts';
import { splitSpan, type Span } from '../../domain/measures/span.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import type { Ledger } from '../ledger/port.ts';
import { FoldQueue } from './fold-queue.ts';
import { CellOverlay } from './overlay.ts';
import { readSums, sumRanges, withOverlay, type StoredSums } from './range-sums.ts';
import { recallEntries } from './recall.ts';

/** Events between checkpoints: what a restart reads again at most. */
export const CHECKPOINT_EVERY = 20_000;
/** Events folded before the loop gives way to requests: fewer of them while the fold is near, so that answers go first. */
const FOLD_SLICE = 500;
const NEAR_SLICE = 100;
/** A fold that is farther behind than this takes whole slices, so that what waits in memory stays bounded. */
const NEAR_EVENTS = 20_000;
const READ_SLICE = 5_000;
/** What the histories in memory may weigh, roughly in bytes: most of them are of today. */
const HISTORY_BYTES = 64_000_000;
/** How long a fold that failed waits before it tries again, ms; after the last it has failed for good. */
const RETRIES_MS = [100, 500, 2_000, 5_000, 10_000];

/** What is open and overdue: summed over all days. */
const RUNNING_HEADS = ['accepted', 'left', 'overdue'];

const DAMAGED_CHECKPOINT =
  'The checkpoint is damaged: the board is folded anew from the ledger, which may take minutes.';

/** What a measure is made of: sums of the span's pieces, of what runs up to its end, and up to today where that is earlier. */
interface StoredMeasure {
  readonly spans: readonly Span[];
  readonly all: readonly StoredSums[];
}

export interface BoardOptions {
  readonly ledger: Ledger;
  readonly config: HallConfig;
  readonly zone: Zone;
  /** Called after each slice that was folded, with the state as it stands. */
  readonly onAdvance?: (state: BoardState) => void;
  /** Told of what went wrong and is tried again, or stands alone. */
  readonly onTrouble?: (error: unknown, what: BoardTrouble) => void;
  /** Told once where the fold cannot go on. */
  readonly onFailure?: (error: BoardStopped) => void;
  readonly checkpointEvery?: number;
  /** Shorter in tests. */
  readonly retriesMs?: readonly number[];
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

export interface MeasureQuery extends Span {
  readonly station?: string;
  /** The hall's clock, epoch ms. */
  readonly now: number;
}

export interface Board {
  readonly state: BoardState;
  readonly epoch: string;
  /** Events of the ledger that are not folded yet. */
  readonly lag: number;
  /** Why the fold has stopped for good; absent while it follows the ledger. */
  readonly failure: BoardStopped | undefined;
  /** Takes events just appended, in the order of their `seq`. Gaps and repeats are read from the ledger or passed over. */
  feed(events: readonly LedgerEvent[]): void;
  /** Resolves when the fold has reached `seq` (the ledger's present head by default). */
  caughtUp(seq?: number): Promise<void>;
  measures(query: MeasureQuery): Promise<Measures>;
  checkpoint(): Promise<void>;
  /** Takes another configuration: sums that it needs are fetched before anything is shown with it. */
  reconfigure(config: HallConfig): Promise<void>;
  close(): Promise<void>;
}

/** Starts from the last checkpoint and folds what came after it before it resolves. */
export async function openBoard(options: BoardOptions): Promise<Board> {
  const runtime = new BoardRuntime(options);
  await runtime.start();
  return runtime;
}

class BoardRuntime implements Board {
  state: BoardState = createBoardState();
  readonly epoch: string;
  #config: HallConfig;
  readonly #histories: Histories;
  #overlay = new CellOverlay(0);
  #checkpointSeq = 0;
  readonly #queue = new FoldQueue();
  /** All folding, checkpointing and reconfiguring happens in this one chain. */
  #work: Promise<void> = Promise.resolve();
  #scheduled = false;
  #closing = false;
  #failure: BoardStopped | undefined;
  /** Ends a pause before its time. */
  #wakeEarly = (): void => {};
  readonly #waiters: { seq: number; resolve: () => void; reject: (error: unknown) => void }[] = [];

  constructor(private readonly options: BoardOptions) {
    this.epoch = `${options.ledger.ledgerId}.${FOLD_VERSION}`;
    this.#config = options.config;
    this.#histories = new Histories(options.zone);
  }

  async start(): Promise<void> {
    const { ledger } = this.options;
    const checkpoint = await ledger.loadCheckpoint();
    const isOurs = checkpoint?.foldVersion === FOLD_VERSION;
    const state = isOurs ? readCheckpoint(checkpoint.state) : undefined;
    if (checkpoint && state?.seq === checkpoint.seq && state.seq <= ledger.head()) {
      this.state = state;
      this.#checkpointSeq = checkpoint.seq;
    } else if (checkpoint) {
      // It is derived from the ledger, so one that cannot be read costs time and nothing else.
      if (isOurs) this.options.onTrouble?.(new Error(DAMAGED_CHECKPOINT), 'checkpoint');
      await ledger.clearFold();
    }
    this.#overlay = new CellOverlay(this.#checkpointSeq);
    await this.#settleRanges();
    await this.#foldTo(ledger.head());
  }

  get lag(): number {
    return Math.max(0, this.options.ledger.head() - this.state.seq);
  }

  get failure(): BoardStopped | undefined {
    return this.#failure;
  }

  feed(events: readonly LedgerEvent[]): void {
    this.#queue.push(events.map(ofDeclared));
    this.#schedule();
  }

  caughtUp(seq = this.options.ledger.head()): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (this.state.seq >= seq) return Promise.resolve();
    this.#schedule();
    return new Promise((resolve, reject) => this.#waiters.push({ seq, resolve, reject }));
  }

  checkpoint(): Promise<void> {
    return this.#enqueue(() => this.#checkpoint());
  }

  reconfigure(config: HallConfig): Promise<void> {
    return this.#enqueue(async () => {
      this.#config = config;
      await this.#settleRanges();
    });
  }

  async measures(query: MeasureQuery): Promise<Measures> {
    await this.caughtUp();
    for (let attempt = 0; attempt < 3; attempt++) {
      const stored = await this.#readStored(query);
      // From here to the answer nothing waits, so no event is folded between the sums and the open cases.
      if (stored.all.every(({ seq }) => seq === this.#checkpointSeq)) return this.#measure(query, stored);
    }
    // Checkpoints are overtaking the sums: hold the fold for once.
    let answer: Measures | undefined;
    await this.#enqueue(async () => {
      answer = this.#measure(query, await this.#readStored(query));
    });
    return answer!;
  }

  async #readStored({ from, to, now, station }: MeasureQuery): Promise<StoredMeasure> {
    const { ledger, zone } = this.options;
    const today = dayOf(zone, now);
    const at = station === undefined ? {} : { station };
    const spans = splitSpan(this.#config, { from, to });
    const runningTo = to <= today ? [to] : [to, today];
    const all = await Promise.all([
      ...spans.map((span) => readSums(ledger, { ...span, ...at })),
      ...runningTo.map((end) => readSums(ledger, { to: end, heads: RUNNING_HEADS, ...at })),
    ]);
    return { spans, all };
  }

  #measure(query: MeasureQuery, { spans, all }: StoredMeasure): Measures {
    const tables = all.map((sums) => withOverlay(sums, this.#overlay));
    return buildMeasures({
      ...query,
      config: this.#config,
      zone: this.options.zone,
      segments: spans.map((span, i) => ({ ...span, table: tables[i]! })),
      running: tables[spans.length]!,
      runningToNow: tables.at(-1)!,
      openCases: this.state.entries.case.values(),
      uncounted: this.state.uncounted,
      seq: this.state.seq,
    });
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#wakeEarly();
    await this.#enqueue(() => this.#checkpoint()).catch(() => undefined);
  }

  #enqueue(task: () => Promise<void>): Promise<void> {
    const run = this.#work.then(task);
    this.#work = run.catch(() => undefined);
    return run;
  }

  #schedule(): void {
    if (this.#scheduled || this.#closing || this.#failure !== undefined) return;
    this.#scheduled = true;
    void this.#enqueue(async () => {
      this.#scheduled = false;
      await this.#drain();
    }).catch((error: unknown) => {
      if (this.#closing) return;
      // No number may be shown as if nothing had happened.
      this.#failure = new BoardStopped(error);
      for (const waiter of this.#waiters.splice(0)) waiter.reject(this.#failure);
      this.options.onFailure?.(this.#failure);
    });
  }

  /** Folds what waits. What fails is tried again from the ledger: a reader that was busy is no reason to stand still. */
  async #drain(): Promise<void> {
    const { retriesMs = RETRIES_MS, onTrouble } = this.options;
    let last = -1;
    for (let failures = 0; ; failures++) {
      try {
        return await this.#foldQueue();
      } catch (error) {
        // One that gets on between two failures has all its patience again.
        if (this.state.seq > last) failures = 0;
        last = this.state.seq;
        if (this.#closing || failures >= retriesMs.length) throw error;
        onTrouble?.(error, 'fold');
        this.#histories.clear();
        this.#queue.drop();
        await this.#pause(retriesMs[failures]!);
      }
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wakeEarly = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #foldQueue(): Promise<void> {
    while (this.#queue.length > 0) {
      const size = this.#queue.length > NEAR_EVENTS ? FOLD_SLICE : NEAR_SLICE;
      const slice = this.#queue.take(size).filter((event) => event.seq > this.state.seq);
      if (slice.length === 0) continue;
      if (slice[0]!.seq !== this.state.seq + 1) await this.#foldTo(slice[0]!.seq - 1);
      await this.#foldSlice(slice);
      await this.#giveWay();
    }
    if (this.#queue.isBehind || this.#waiters.length > 0) {
      this.#queue.catchUp();
      await this.#foldTo(this.options.ledger.head());
    }
  }

  /** Requests come first: a fold that is behind catches up between them. */
  async #giveWay(): Promise<void> {
    if (this.lag > 0) await new Promise<void>((resolve) => setImmediate(resolve));
  }

  /** Up to `seq` and no further: what comes after it may wait in the queue. */
  async #foldTo(seq: number): Promise<void> {
    while (this.state.seq < seq && !this.#closing) {
      const events = await this.options.ledger.read(this.state.seq, Math.min(READ_SLICE, seq - this.state.seq));
      if (events.length === 0) break;
      for (let i = 0; i < events.length; i += FOLD_SLICE) {
        await this.#foldSlice(events.slice(i, i + FOLD_SLICE));
        await this.#giveWay();
      }
    }
  }

  async #foldSlice(events: readonly LedgerEvent[]): Promise<void> {
    const { onAdvance, checkpointEvery = CHECKPOINT_EVERY } = this.options;
    await this.#histories.load(events, this.state, this.#source());
    for (const event of events) {
      const day = turnsTo(this.state, event);
      if (day === undefined) this.#foldOne(event);
      else await this.#turnDay(day, event);
    }
    this.#histories.trim(HISTORY_BYTES);
    if (this.state.seq - this.#checkpointSeq >= checkpointEvery || events.some((e) => e.type === 'hall.day.closed'))
      await this.#checkpoint().catch((error: unknown) => {
        // A full disk stops writing, not the picture: the next slice tries again, with the same cells.
        this.options.onTrouble?.(error, 'checkpoint');
      });
    try {
      onAdvance?.(this.state);
    } catch (error) {
      this.options.onTrouble?.(error, 'listener');
    }
    this.#wake();
  }

  #foldOne(event: LedgerEvent): void {
    foldEvent(this.state, event, this.#histories, this.options.zone, (cell) => this.#overlay.add(cell));
  }

  /** What the ledger holds up to the fold's position. */
  #source(): HistorySource {
    const { ledger } = this.options;
    const upTo = this.state.seq;
    return {
      historyOf: (keys) => ledger.historyOf(keys, upTo),
      latestOf: (keys) => ledger.latestOf(keys, upTo),
      find: (source, id) => ledger.find(source, id, upTo),
    };
  }

  /** New sums first, then the swap: whoever looks meanwhile sees the old day as it ended, and nobody half of a turn. */
  async #turnDay(day: string, event: LedgerEvent): Promise<void> {
    const ranges = await this.#prepareRanges(day);
    // Only a board that has stood at a later day has dropped anything of this one.
    const wasLater = [...this.state.days].some(([other, { openings }]) => other > day && openings > 0);
    const entries = wasLater ? await this.#recall(day) : [];
    this.state.ranges = ranges;
    this.#foldOne(event);
    for (const entry of entries) putEntry(this.state, entry);
  }

  #recall(day: string): Promise<Entry[]> {
    const { ledger, zone } = this.options;
    return recallEntries(day, this.state, this.#histories, { ledger, zone, source: this.#source() });
  }

  #wake(): void {
    for (let i = this.#waiters.length - 1; i >= 0; i--)
      if (this.#waiters[i]!.seq <= this.state.seq) this.#waiters.splice(i, 1)[0]!.resolve();
  }

  async #checkpoint(): Promise<void> {
    const { seq } = this.state;
    if (seq === this.#checkpointSeq) return;
    const state = serializeState(this.state);
    const cells = this.#overlay.cut(seq);
    await this.options.ledger.saveCheckpoint({ seq, foldVersion: FOLD_VERSION, state }, cells);
    this.#checkpointSeq = seq;
    this.#overlay.settle(seq);
  }

  /** Makes the resident ranges those of the current day and configuration; only new ones are summed. */
  async #settleRanges(): Promise<void> {
    if (this.state.day !== undefined) this.state.ranges = await this.#prepareRanges(this.state.day);
  }

  #prepareRanges(day: string): Promise<Map<string, Range>> {
    const { ledger, zone } = this.options;
    return sumRanges(residentRanges(day, this.#config, zone), this.state.ranges, ledger, this.#overlay);
  }
}

/** What a type does not declare is read by nobody, whichever way an event comes. */
function ofDeclared(event: LedgerEvent): LedgerEvent {
  const data = keepDeclared(event.type, event.data);
  return data === (event.data as unknown) ? event : ({ ...event, data } as unknown as LedgerEvent);
}
