/** The board of one hall at work: feeds the fold from the ledger, checkpoints it, and answers sums of any span. */
import type { Entry } from '../../domain/board/contribution.ts';
import { foldEvent, FOLD_VERSION, turnsTo } from '../../domain/board/fold.ts';
import { Histories, type HistorySource } from '../../domain/board/histories.ts';
import { isSameRange } from '../../domain/board/range-sums.ts';
import { residentRanges } from '../../domain/board/residency.ts';
import { createBoardState, putEntry, type BoardState, type Range } from '../../domain/board/state.ts';
import { HALL_DAY_SOURCE } from '../../domain/calendar/hall-day.ts';
import { keepDeclared } from '../../domain/events/declared.ts';
import type { LedgerEvent } from '../../domain/events/event.ts';
import type { Breakdown } from '../../domain/measures/breakdown.ts';
import type { Measures } from '../../domain/measures/measures.ts';
import type { Recount } from '../../domain/wire/protocol.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import type { PastAnswer, PastQuery } from '../../domain/past/past-query.ts';
import type { RowAnswer, RowQuery } from '../../domain/rows/query.ts';
import type { StarQuery } from '../../domain/stars/tally.ts';
import type { Figures, FiguresQuery, StoredMeasureQuery, TalliedStars } from '../ledger/port.ts';
import { BoardRecounting, BoardStopped, type Board, type BoardListener, type BoardOptions } from './board.ts';
import { FoldQueue } from './fold-queue.ts';
import { FoldStore, readStored } from './fold-store.ts';
import { KeptCells } from './kept-cells.ts';
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

/** More events than this are counted anew behind a server that serves already. */
const RECOUNT_AT = 20_000;

const DAMAGED_CHECKPOINT =
  'The checkpoint is damaged: the board is folded anew from the ledger, which may take minutes.';

/**
 * Starts from the last checkpoint and folds what came after it before it resolves. Where all must be counted anew, it
 * resolves at once and goes on behind.
 */
export async function openBoard(options: BoardOptions): Promise<Board> {
  const runtime = new BoardRuntime(options);
  await runtime.start();
  return runtime;
}

class BoardRuntime implements Board {
  state: BoardState = createBoardState();
  readonly epoch: string;
  ready: Promise<void> = Promise.resolve();
  #config: HallConfig;
  readonly #histories: Histories;
  #store!: FoldStore;
  readonly #kept: KeptCells | undefined;
  /** Without them nothing is shown; they are summed once the cells are there. */
  #hasRanges = true;
  #isRecounting = false;
  readonly #queue = new FoldQueue();
  /** All folding, checkpointing and reconfiguring happens in this one chain. */
  #work: Promise<void> = Promise.resolve();
  #scheduled = false;
  #closing = false;
  #failure: BoardStopped | undefined;
  /** The ledger has what is in no queue here. */
  #hasRung = false;
  #stopListening = (): void => {};
  /** Ends a pause before its time. */
  #wakeEarly = (): void => {};
  readonly #listeners = new Set<BoardListener>();
  readonly #waiters: { seq: number; resolve: () => void; reject: (error: unknown) => void }[] = [];

  constructor(private readonly options: BoardOptions) {
    this.epoch = `${options.ledger.ledgerId}.${FOLD_VERSION}`;
    this.#config = options.config;
    this.#histories = new Histories(options.zone);
    this.#kept = options.keepsClosings === true ? new KeptCells(options.mostKept) : undefined;
  }

  async start(): Promise<void> {
    const { ledger } = this.options;
    let stored = await ledger.loadFold(FOLD_VERSION);
    const state = stored && readStored(stored, ledger.head());
    if (stored && !state) {
      // It is derived from the ledger, so one that cannot be read costs time and nothing else.
      this.options.onTrouble?.(new Error(DAMAGED_CHECKPOINT), 'checkpoint');
      await ledger.dropFold(FOLD_VERSION);
      stored = undefined;
    }
    if (stored && state) this.state = state;
    this.#store = new FoldStore(ledger, this.state, stored?.seq ?? 0);
    const isShown = stored?.isShown === true;
    this.#stopListening = ledger.onAppendedElsewhere(() => this.#answerBell());
    this.#isRecounting = !isShown && (await ledger.readHead()) - this.state.seq > RECOUNT_AT;
    // The last checkpoint was written at the first closing that was not frozen, or before it.
    if (!this.#isRecounting) this.#kept?.hold(this.state.seq);
    this.ready = this.#enqueue(() => this.#catchUp(isShown));
    if (this.#isRecounting) this.ready.catch((error: unknown) => this.#stop(error));
    else await this.ready;
  }

  async #catchUp(isShown: boolean): Promise<void> {
    const { ledger } = this.options;
    if (!isShown || this.state.seq < this.#store.cellsUpTo) {
      this.#hasRanges = false;
      this.state.ranges = new Map();
      await this.#foldTo(() => (isShown ? this.#store.cellsUpTo : ledger.head()));
      if (this.#closing) throw new BoardStopped(new Error('The board was closed.'));
    }
    if (!isShown) {
      await this.#store.store(true);
      await ledger.showFold(FOLD_VERSION);
    }
    this.#hasRanges = true;
    await this.#settleRanges();
    const head = await ledger.readHead();
    await this.#foldTo(() => Math.max(head, ledger.head()));
    ledger.prepareMeasures(this.#config);
    const wasRecounting = this.#isRecounting;
    this.#isRecounting = false;
    if (wasRecounting) this.#tellAdvance();
  }

  get lag(): number {
    return Math.max(0, this.options.ledger.head() - this.state.seq);
  }

  get recount(): Recount | undefined {
    return this.#isRecounting && this.#failure === undefined
      ? { done: this.state.seq, of: this.options.ledger.head() }
      : undefined;
  }

  get failure(): BoardStopped | undefined {
    return this.#failure;
  }

  subscribe(listener: BoardListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  feed(events: readonly LedgerEvent[]): void {
    this.#queue.push(events.map(ofDeclared));
    this.#schedule();
  }

  async caughtUp(wanted?: number): Promise<void> {
    if (this.#isRecounting) throw new BoardRecounting();
    const seq = wanted ?? (await this.options.ledger.readHead());
    if (this.#failure !== undefined) throw this.#failure;
    if (this.state.seq >= seq) return;
    this.#schedule();
    return new Promise((resolve, reject) => this.#waiters.push({ seq, resolve, reject }));
  }

  #answerBell(): void {
    this.#hasRung = true;
    this.#schedule();
  }

  async measuresAsOf(
    closing: number,
    queries: readonly StoredMeasureQuery[],
    config: HallConfig,
  ): Promise<readonly Measures[] | undefined> {
    await this.caughtUp(closing);
    return this.#kept && this.#store.measureAsOf(closing, queries, config, this.#kept);
  }

  release(closing: number): void {
    this.#kept?.release(closing);
  }

  checkpoint(): Promise<void> {
    return this.#enqueue(() => this.#store.store(!this.#isHolding));
  }

  /** A checkpoint behind a closing that is not frozen would lose what the freezing of it needs. */
  get #isHolding(): boolean {
    return this.#kept?.isHolding === true;
  }

  reconfigure(config: HallConfig): Promise<void> {
    return this.#enqueue(async () => {
      this.#config = config;
      await this.#settleRanges();
      this.options.ledger.prepareMeasures(config);
    });
  }

  async measures(query: StoredMeasureQuery): Promise<Measures> {
    return (await this.measuresOf([query]))[0]!;
  }

  async measuresOf(queries: readonly StoredMeasureQuery[]): Promise<readonly Measures[]> {
    await this.caughtUp();
    return this.#store.measure(queries, this.#config);
  }

  async measuresUnder(
    other: HallConfig,
    queries: readonly StoredMeasureQuery[],
  ): Promise<{ present: readonly Measures[]; other: readonly Measures[] }> {
    await this.caughtUp();
    const answers = await this.#store.measureUnder([other, this.#config], queries);
    // Sums of months are kept by the configuration that was asked for last.
    this.options.ledger.prepareMeasures(this.#config);
    return { other: answers[0]!, present: answers[1]! };
  }

  async rows(query: RowQuery): Promise<RowAnswer> {
    await this.caughtUp();
    return this.#store.rows(query, this.#config);
  }

  async tallyStars(query: StarQuery, config: HallConfig): Promise<TalliedStars> {
    await this.caughtUp();
    return this.#store.tallyStars(query, config);
  }

  async breakdownOf(query: StoredMeasureQuery): Promise<Breakdown> {
    return (await this.figuresOf({ breakdown: query, measures: [] })).breakdown;
  }

  async figuresOf(query: FiguresQuery): Promise<Figures> {
    await this.caughtUp();
    return this.#store.figures(query, this.#config);
  }

  async lookAt(query: PastQuery): Promise<PastAnswer> {
    await this.caughtUp();
    return this.#store.lookAt(query, this.#config);
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#stopListening();
    this.#wakeEarly();
    await this.#enqueue(() => this.#store.store(!this.#isHolding)).catch(() => undefined);
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
    }).catch((error: unknown) => this.#stop(error));
  }

  #stop(error: unknown): void {
    if (this.#closing) return;
    // No number may be shown as if nothing had happened.
    const failure = new BoardStopped(error);
    this.#failure = failure;
    for (const waiter of this.#waiters.splice(0)) waiter.reject(failure);
    this.#tell((listener) => listener.onFailure?.(failure));
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
      if (slice[0]!.seq !== this.state.seq + 1) await this.#foldTo(() => slice[0]!.seq - 1);
      await this.#foldSlice(slice);
      await this.#giveWay();
    }
    if (this.#queue.isBehind || this.#hasRung || this.#waiters.length > 0) {
      this.#queue.catchUp();
      this.#hasRung = false;
      await this.#foldTo(() => this.options.ledger.head());
    }
  }

  /** Requests come first: a fold that is behind catches up between them. */
  async #giveWay(): Promise<void> {
    if (this.lag > 0) await new Promise<void>((resolve) => setImmediate(resolve));
  }

  /** Up to a position, which may move on, and no further: what comes after it may wait in the queue. */
  async #foldTo(end: () => number): Promise<void> {
    while (this.state.seq < end() && !this.#closing) {
      const events = await this.options.ledger.read(this.state.seq, Math.min(READ_SLICE, end() - this.state.seq));
      if (events.length === 0) break;
      for (let i = 0; i < events.length; i += FOLD_SLICE) {
        await this.#foldSlice(events.slice(i, i + FOLD_SLICE));
        await this.#giveWay();
      }
    }
  }

  /** A slice ends at each closing: what is of the day's books and what corrects them lie on either side. */
  async #foldSlice(events: readonly LedgerEvent[]): Promise<void> {
    let from = 0;
    for (let i = 0; i < events.length; i++) {
      if (i < events.length - 1 && !isClosing(events[i]!)) continue;
      await this.#foldPart(events.slice(from, i + 1));
      from = i + 1;
    }
  }

  async #foldPart(events: readonly LedgerEvent[]): Promise<void> {
    await this.#histories.load(events, this.state, this.#source());
    for (const event of events) {
      const day = turnsTo(this.state, event);
      if (day === undefined) this.#foldOne(event);
      else await this.#turnDay(day, event);
    }
    this.#histories.trim(HISTORY_BYTES);
    const { onTrouble, checkpointEvery = CHECKPOINT_EVERY } = this.options;
    const last = events.at(-1);
    const isDayClosed = last !== undefined && isClosing(last);
    const isCheckpointDue = !this.#isHolding && (isDayClosed || this.#store.sinceCheckpoint >= checkpointEvery);
    await this.#store.storeWhereDue(isCheckpointDue, (error) => onTrouble?.(error, 'checkpoint'));
    if (isDayClosed && !this.#isRecounting) this.#kept?.hold(last.seq);
    this.#tellAdvance();
    this.#wake();
  }

  #tellAdvance(): void {
    if (!this.#isRecounting) this.#tell((listener) => listener.onAdvance?.(this.state));
  }

  #tell(what: (listener: BoardListener) => void): void {
    for (const listener of this.#listeners) {
      try {
        what(listener);
      } catch (error) {
        this.options.onTrouble?.(error, 'listener');
      }
    }
  }

  #foldOne(event: LedgerEvent): void {
    foldEvent(this.state, event, this.#histories, this.options.zone, {
      cell: (cell) => {
        this.#store.add(event.seq, cell);
        this.#kept?.add(event.seq, cell);
      },
      row: (change) => this.#store.addRow(event.seq, change),
    });
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
    for (const entry of entries) putEntry(this.state, entry, this.options.zone);
  }

  #recall(day: string): Promise<Entry[]> {
    const { ledger, zone } = this.options;
    return recallEntries(day, this.state, { ledger, zone, source: this.#source() });
  }

  #wake(): void {
    for (let i = this.#waiters.length - 1; i >= 0; i--)
      if (this.#waiters[i]!.seq <= this.state.seq) this.#waiters.splice(i, 1)[0]!.resolve();
  }

  /** Makes the resident ranges those of the current day and configuration; only new ones are summed. */
  async #settleRanges(): Promise<void> {
    if (this.state.day !== undefined && this.#hasRanges) this.state.ranges = await this.#prepareRanges(this.state.day);
  }

  async #prepareRanges(day: string): Promise<Map<string, Range>> {
    const ranges = new Map<string, Range>();
    if (!this.#hasRanges) return ranges;
    const specs = residentRanges(day, this.#config, this.options.zone);
    const missing = specs.filter((spec) => !isSameRange(this.state.ranges.get(spec.id)?.spec, spec));
    const tables = missing.length === 0 ? undefined : await this.#store.sumRanges(day, missing, this.#config);
    for (const spec of specs)
      ranges.set(spec.id, { spec, table: tables?.get(spec.id) ?? this.state.ranges.get(spec.id)!.table });
    return ranges;
  }
}

function isClosing({ type, source }: LedgerEvent): boolean {
  return type === 'hall.day.closed' && source === HALL_DAY_SOURCE;
}

/** What a type does not declare is read by nobody, whichever way an event comes. */
function ofDeclared(event: LedgerEvent): LedgerEvent {
  const data = keepDeclared(event.type, event.data);
  return data === (event.data as unknown) ? event : ({ ...event, data } as unknown as LedgerEvent);
}
