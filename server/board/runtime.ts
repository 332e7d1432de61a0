/** The board of one hall at work: feeds the fold from the ledger, checkpoints it, and answers sums of any span. */
import { addToTable, type Cell, type CellTable } from '../../domain/board/cells.ts';
import { foldEvent, FOLD_VERSION } from '../../domain/board/fold.ts';
import { Histories } from '../../domain/board/histories.ts';
import { CELL_HEADS, residentRanges } from '../../domain/board/residency.ts';
import {
  createBoardState,
  isInRange,
  parseState,
  serializeState,
  type BoardState,
  type Range,
  type RangeSpec,
} from '../../domain/board/state.ts';
import type { LedgerEvent } from '../../domain/events/event.ts';
import { dayOf, type Zone } from '../../domain/calendar/zone.ts';
import { buildMeasures } from '../../domain/measures/build.ts';
import type { Measures } from '../../domain/measures/measures.ts';
import { splitSpan, type Span } from '../../domain/measures/span.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import { LedgerError, type CellQuery, type CellSum, type Ledger } from '../ledger/port.ts';
import { CellOverlay } from './overlay.ts';

/** Events between checkpoints: what a restart reads again at most. */
export const CHECKPOINT_EVERY = 20_000;
/** Events folded before the loop gives way to requests: fewer of them while the fold is near, so that answers go first. */
const FOLD_SLICE = 500;
const NEAR_SLICE = 100;
/** A fold that is farther behind than this takes whole slices, so that what waits in memory stays bounded. */
const NEAR_EVENTS = 20_000;
const READ_SLICE = 5_000;
/** Histories kept in memory: one a case or ticket, most of them of today. */
const HISTORY_LIMIT = 50_000;

/** What is open and overdue: summed over all days. */
const RUNNING_HEADS = ['accepted', 'left', 'overdue'];
/** What a query without heads sums: all but the minutes. */
const SUMMED_HEADS = CELL_HEADS.filter((head) => head !== 'minute');

interface StoredSums {
  readonly query: CellQuery;
  /** The checkpoint that the sums reflect. */
  readonly seq: number;
  readonly sums: readonly CellSum[];
}

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
  readonly checkpointEvery?: number;
}

export interface MeasureQuery extends Span {
  readonly station?: string;
  /** The hall's clock, epoch ms. */
  readonly now: number;
}

export interface Board {
  readonly state: BoardState;
  readonly epoch: string;
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
  #queue: LedgerEvent[] = [];
  /** All folding, checkpointing and reconfiguring happens in this one chain. */
  #work: Promise<void> = Promise.resolve();
  #scheduled = false;
  #closing = false;
  #failure: unknown;
  readonly #waiters: { seq: number; resolve: () => void; reject: (error: unknown) => void }[] = [];

  constructor(private readonly options: BoardOptions) {
    this.epoch = `${options.ledger.ledgerId}.${FOLD_VERSION}`;
    this.#config = options.config;
    this.#histories = new Histories(options.zone);
  }

  async start(): Promise<void> {
    const { ledger } = this.options;
    const checkpoint = await ledger.loadCheckpoint();
    if (checkpoint?.foldVersion === FOLD_VERSION) {
      this.state = parseState(checkpoint.state);
      this.#checkpointSeq = checkpoint.seq;
    } else if (checkpoint) await ledger.clearFold();
    this.#overlay = new CellOverlay(this.#checkpointSeq);
    await this.#settleRanges();
    await this.#foldTo(ledger.head());
  }

  feed(events: readonly LedgerEvent[]): void {
    for (const event of events) this.#queue.push(event);
    this.#schedule();
  }

  caughtUp(seq = this.options.ledger.head()): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure as Error);
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
    const today = dayOf(this.options.zone, now);
    const at = station === undefined ? {} : { station };
    const spans = splitSpan(this.#config, { from, to });
    const runningTo = to <= today ? [to] : [to, today];
    const all = await Promise.all([
      ...spans.map((span) => this.#readSums({ ...span, ...at })),
      ...runningTo.map((end) => this.#readSums({ to: end, heads: RUNNING_HEADS, ...at })),
    ]);
    return { spans, all };
  }

  #measure(query: MeasureQuery, { spans, all }: StoredMeasure): Measures {
    const tables = all.map((sums) => this.#withOverlay(sums));
    return buildMeasures({
      ...query,
      config: this.#config,
      zone: this.options.zone,
      segments: spans.map((span, i) => ({ ...span, table: tables[i]! })),
      running: tables[spans.length]!,
      runningToNow: tables.at(-1)!,
      openCases: this.state.entries.case.values(),
      seq: this.state.seq,
    });
  }

  async close(): Promise<void> {
    this.#closing = true;
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
      // A fold that fails is a bug or a broken ledger: no number may be shown as if nothing had happened.
      this.#failure = error;
      for (const waiter of this.#waiters.splice(0)) waiter.reject(error);
    });
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      const size = this.#queue.length > NEAR_EVENTS ? FOLD_SLICE : NEAR_SLICE;
      const slice = this.#queue.splice(0, size).filter((event) => event.seq > this.state.seq);
      if (slice.length === 0) continue;
      if (slice[0]!.seq !== this.state.seq + 1) await this.#foldTo(slice[0]!.seq - 1);
      await this.#foldSlice(slice);
      // Requests come first: a fold that is behind catches up between them.
      if (this.#queue.length > 0) await new Promise<void>((resolve) => setImmediate(resolve));
    }
    if (this.options.ledger.head() > this.state.seq && this.#waiters.length > 0)
      await this.#foldTo(this.options.ledger.head());
  }

  async #foldTo(seq: number): Promise<void> {
    while (this.state.seq < seq) {
      const events = await this.options.ledger.read(this.state.seq, READ_SLICE);
      if (events.length === 0) break;
      for (let i = 0; i < events.length; i += FOLD_SLICE) await this.#foldSlice(events.slice(i, i + FOLD_SLICE));
    }
  }

  async #foldSlice(events: readonly LedgerEvent[]): Promise<void> {
    const { ledger, zone, onAdvance, checkpointEvery = CHECKPOINT_EVERY } = this.options;
    const upTo = this.state.seq;
    await this.#histories.load(events, this.state, {
      historyOf: (keys) => ledger.historyOf(keys, upTo),
      find: (source, id) => ledger.find(source, id, upTo),
    });
    const day = this.state.day;
    for (const event of events) foldEvent(this.state, event, this.#histories, zone, (cell) => this.#overlay.add(cell));
    this.#histories.trim(HISTORY_LIMIT);
    if (this.state.day !== day) await this.#settleRanges();
    if (this.state.seq - this.#checkpointSeq >= checkpointEvery || events.some((e) => e.type === 'hall.day.closed'))
      await this.#checkpoint().catch((error: unknown) => {
        // A full disk stops writing, not the picture: the next slice tries again, with the same cells.
        if (!(error instanceof LedgerError)) throw error;
      });
    onAdvance?.(this.state);
    this.#wake();
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
    const { day } = this.state;
    if (day === undefined) return;
    const ranges = new Map<string, Range>();
    for (const spec of residentRanges(day, this.#config)) {
      const kept = this.state.ranges.get(spec.id);
      ranges.set(spec.id, kept && isSameSpec(kept.spec, spec) ? kept : { spec, table: await this.#sum(spec) });
    }
    this.state.ranges = ranges;
  }

  /** Sums over stored cells and those still in memory; only within the chain of work. */
  async #sum(query: CellQuery): Promise<CellTable> {
    return this.#withOverlay(await this.#readSums(query));
  }

  async #readSums(query: CellQuery): Promise<StoredSums> {
    return { query, ...(await this.options.ledger.sumCells(query)) };
  }

  #withOverlay({ query, seq, sums }: StoredSums): CellTable {
    const table: CellTable = new Map();
    for (const { station, name, n } of sums) addToTable(table, station, name, n);
    for (const cell of this.#overlay.cellsSince(seq, query))
      if (isWanted(query, cell)) addToTable(table, cell.station, cell.name, cell.n);
    return table;
  }
}

function isWanted({ station, heads, ...span }: CellQuery, cell: Cell): boolean {
  if (station !== undefined && cell.station !== station) return false;
  return isInRange({ id: '', ...span, heads: heads ?? SUMMED_HEADS }, cell.day, cell.name);
}

function isSameSpec(a: RangeSpec, b: RangeSpec): boolean {
  return a.from === b.from && a.to === b.to && a.heads.join() === b.heads.join();
}
