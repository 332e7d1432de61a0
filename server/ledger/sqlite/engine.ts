/** The ledger on SQLite: writes go to a thread of their own, look-ups are answered here from a second connection. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Zone } from '../../../domain/calendar/zone.ts';
import type { Heard } from '../../../domain/frozen/silent-feeds.ts';
import type { Measures } from '../../../domain/measures/measures.ts';
import type { HallConfig } from '../../../domain/profile/profile.ts';
import type { LedgerEvent } from '../../../domain/events/event.ts';
import type { PastAnswer, PastQuery } from '../../../domain/past/past-query.ts';
import type { RowAnswer, RowQuery } from '../../../domain/rows/query.ts';
import type { StarQuery } from '../../../domain/stars/tally.ts';
import type { Actor } from '../actor.ts';
import {
  LedgerError,
  type AppendOutcome,
  type AppendResult,
  type EntityLife,
  type EntityQuery,
  type Figures,
  type FiguresQuery,
  type FoldStep,
  type HeardQuery,
  type IdentifiedEvent,
  type Ledger,
  type PendingEvent,
  type RangeQuery,
  type RangeSums,
  type SpanQuery,
  type RowRange,
  type StoredFold,
  type StoredMeasureQuery,
  type TalliedStars,
} from '../port.ts';
import type { Answer, ThreadMessage, ThreadTask, WriterRequest } from './messages.ts';
import { toLedgerError, unpackFailure } from './problems.ts';
import { LedgerReader } from './reader.ts';
import { packBatch, type PackedBatch } from './rows.ts';
import { LEDGER_FILE, openForReading, type LedgerMeta } from './schema.ts';
import { CONFLICT, type BatchResult } from './store.ts';
import { SumThread } from './sum-thread.ts';

/** More than this many events are not kept waiting: the sender is told to come back. */
const MAX_WAITING_EVENTS = 200_000;
/** Nor more than so much of their text, in UTF-16 code units: on its way between the threads it is there several times. */
const MAX_WAITING_TEXT = 64_000_000;

/** A thread that nobody has asked for a past moment in this time ends, and gives its memory back. */
const REST_MS = 600_000;

export interface SqliteLedgerOptions {
  /** Made if absent; everything in it is this ledger's. */
  readonly folder: string;
  readonly hall: string;
  readonly zone: Zone;
  /** The built `ledger-writer.js`. */
  readonly writerUrl: URL;
}

interface Waiting {
  readonly settle: (answer: Answer) => void;
  readonly fail: (error: Error) => void;
}

/**
 * Opens the hall's ledger in `folder`, creating it when there is none.
 * @throws LedgerError `in-use` when another process writes it; `newer-schema`, `other-hall`, `damaged`, `io`, `disk-full`
 */
export async function openSqliteLedger(options: SqliteLedgerOptions): Promise<Ledger> {
  const { folder, hall, zone, writerUrl } = options;
  const worker = startThread(writerUrl, { kind: 'write', folder, hall, zone: zone.name, now: Date.now() });
  const ready = await firstMessage(worker);
  if (ready.kind === 'refused') throw unpackFailure(ready.failure);
  if (ready.kind !== 'ready') throw new Error('The writing thread spoke out of turn.');
  try {
    const reader = new LedgerReader(openForReading(join(folder, LEDGER_FILE)));
    return new SqliteLedger(options, worker, reader, ready.meta, ready.head);
  } catch (error) {
    await worker.terminate();
    throw toLedgerError(error, folder);
  }
}

class SqliteLedger implements Ledger {
  readonly hall: string;
  readonly ledgerId: string;
  #head: number;
  #waitingEvents = 0;
  #waitingText = 0;
  #end: LedgerError | undefined;
  #closing: Promise<void> | undefined;
  readonly #summing: SumThread;
  /** Past moments are looked at beside the sums, which the board itself waits for at midnight. */
  readonly #looking: SumThread;
  #resting: NodeJS.Timeout | undefined;
  readonly #lostListeners: ((error: Error) => void)[] = [];
  /** Requests not yet answered, oldest first; answers come in the same order. */
  #waiting: Waiting[] = [];

  constructor(
    private readonly options: SqliteLedgerOptions,
    private readonly worker: Worker,
    private readonly reader: LedgerReader,
    meta: LedgerMeta,
    head: number,
  ) {
    this.hall = meta.hall;
    this.ledgerId = meta.ledgerId;
    this.#head = head;
    const { folder, writerUrl, zone } = options;
    const startSums = (): Worker => startThread(writerUrl, { kind: 'sum', folder, zone: zone.name });
    this.#summing = new SumThread(startSums);
    this.#looking = new SumThread(startSums);
    worker.on('message', (message: ThreadMessage) => this.#receive(message));
    worker.on('error', (error) => this.#stop(`The ledger's writing thread failed: ${error.message}`, error));
    worker.on('exit', () => this.#stop('The ledger is closed.'));
  }

  head(): number {
    return this.#head;
  }

  readHead(): Promise<number> {
    return Promise.resolve(this.#head);
  }

  /** One process writes this ledger (W4). */
  onAppendedElsewhere(): () => void {
    return () => {};
  }

  async append(batch: readonly PendingEvent[], receivedAt: number, actor: Actor | null): Promise<AppendResult> {
    const result = await this.#askInTurn('append', batch, receivedAt, actor);
    return { outcomes: listOutcomes(result), seq: result.seq };
  }

  async compare(batch: readonly PendingEvent[]): Promise<readonly ('new' | 'duplicate' | 'conflict')[]> {
    const outcomes = listOutcomes(await this.#askInTurn('compare', batch, 0, null));
    return outcomes.map((outcome) => (typeof outcome === 'string' ? outcome : 'new'));
  }

  /** @throws LedgerError `busy` where too much waits already, though never for what would be the only one to wait */
  async #askInTurn(
    kind: 'append' | 'compare',
    events: readonly PendingEvent[],
    receivedAt: number,
    actor: Actor | null,
  ): Promise<BatchResult> {
    this.#refuseWhenClosed();
    if (this.#waitingEvents > 0 && this.#waitingEvents + events.length > MAX_WAITING_EVENTS) throw this.#tooBusy();
    const batch = packBatch(events, receivedAt, this.options.zone, actor);
    const size = measureText(batch);
    if (this.#waitingText > 0 && this.#waitingText + size > MAX_WAITING_TEXT) throw this.#tooBusy();
    this.#waitingEvents += events.length;
    this.#waitingText += size;
    try {
      const note = ({ seq }: BatchResult): void => void (this.#head = Math.max(this.#head, seq));
      return await this.#ask({ kind, batch }, kind === 'append' ? note : undefined);
    } finally {
      this.#waitingEvents -= events.length;
      this.#waitingText -= size;
    }
  }

  #tooBusy(): LedgerError {
    return new LedgerError('busy', `${this.#waitingEvents} events wait to be recorded; try again in a moment.`);
  }

  read(afterSeq: number, limit: number): Promise<readonly LedgerEvent[]> {
    return this.#look(() => this.reader.read(afterSeq, limit));
  }

  lastReceivedAt(): Promise<number | undefined> {
    return this.#look(() => this.reader.lastReceivedAt());
  }

  readActors(afterSeq: number, limit: number): Promise<readonly (Actor | undefined)[]> {
    return this.#look(() => this.reader.readActors(afterSeq, limit));
  }

  actorsOf(seqs: readonly number[]): Promise<ReadonlyMap<number, Actor>> {
    return this.#look(() => this.reader.actorsOf(seqs));
  }

  historyOf(keys: readonly string[], upTo: number): Promise<ReadonlyMap<string, readonly LedgerEvent[]>> {
    return this.#look(() => this.reader.historyOf(keys, upTo));
  }

  latestOf(keys: readonly string[], upTo: number): Promise<ReadonlyMap<string, LedgerEvent>> {
    return this.#look(() => this.reader.latestOf(keys, upTo));
  }

  async entitiesOf(query: EntityQuery): Promise<readonly string[]> {
    this.#refuseWhenClosed();
    return this.#summing.entitiesOf(query);
  }

  async readSpan(query: SpanQuery): Promise<readonly IdentifiedEvent[]> {
    this.#refuseWhenClosed();
    return this.#summing.readSpan(query);
  }

  find(source: string, id: string, upTo: number): Promise<LedgerEvent | undefined> {
    return this.#look(() => this.reader.find(source, id, upTo));
  }

  readOf(source: string, from: string, until: string, limit: number): Promise<readonly IdentifiedEvent[]> {
    return this.#look(() => this.reader.readOf(source, from, until, limit));
  }

  loadFold(foldVersion: string): Promise<StoredFold | undefined> {
    return this.#look(() => this.reader.loadFold(foldVersion));
  }

  async saveFold(step: FoldStep): Promise<void> {
    await this.#order({ kind: 'save-fold', step });
  }

  async showFold(foldVersion: string): Promise<void> {
    await this.#order({ kind: 'show-fold', foldVersion });
  }

  async dropFold(foldVersion: string): Promise<void> {
    await this.#order({ kind: 'drop-fold', foldVersion });
  }

  async sumRanges(query: RangeQuery, config: HallConfig): Promise<RangeSums> {
    this.#refuseWhenClosed();
    return this.#summing.sumRanges(query, config);
  }

  async rowDigests(range: RowRange): Promise<Uint8Array> {
    this.#refuseWhenClosed();
    return this.#summing.rowDigests(range);
  }

  async heardIn(query: HeardQuery): Promise<readonly Heard[]> {
    this.#refuseWhenClosed();
    return this.#summing.heardIn(query);
  }

  prepareMeasures(config: HallConfig): void {
    // Where that fails, whoever asks hears of it.
    if (!this.#end) this.#summing.prepare(config).catch(() => undefined);
  }

  async measure(
    queries: readonly StoredMeasureQuery[],
    config: HallConfig,
    unsaved?: FoldStep,
  ): Promise<readonly Measures[]> {
    this.#refuseWhenClosed();
    return this.#summing.measure(queries, config, unsaved);
  }

  async rows(query: RowQuery, config: HallConfig): Promise<RowAnswer> {
    this.#refuseWhenClosed();
    return this.#summing.rows(query, config);
  }

  async tallyStars(query: StarQuery, config: HallConfig): Promise<TalliedStars> {
    this.#refuseWhenClosed();
    return this.#summing.tallyStars(query, config);
  }

  async lookAt(query: PastQuery, config: HallConfig): Promise<PastAnswer> {
    this.#refuseWhenClosed();
    this.#resting?.refresh();
    this.#resting ??= setTimeout(() => {
      this.#resting = undefined;
      this.#looking.rest();
    }, REST_MS).unref();
    return this.#looking.lookAt(query, config);
  }

  lifeOf(key: string): Promise<EntityLife | undefined> {
    return this.#look(() => this.reader.lifeOf(key, this.#head));
  }

  async figures(query: FiguresQuery, config: HallConfig, unsaved?: FoldStep): Promise<Figures> {
    this.#refuseWhenClosed();
    return this.#summing.figures(query, config, unsaved);
  }

  onLost(listener: (error: Error) => void): void {
    this.#lostListeners.push(listener);
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#finish());
  }

  async #finish(): Promise<void> {
    if (this.#end) return;
    clearTimeout(this.#resting);
    await Promise.all([this.#summing.close(), this.#looking.close()]);
    const exited = new Promise<void>((resolve) => this.worker.once('exit', () => resolve()));
    const answered = this.#order({ kind: 'close' }).catch(() => undefined);
    this.#end = new LedgerError('closed', 'The ledger is closing.');
    // The writer must be the last to let go of the file: then it folds the log into it and nothing is left beside it.
    this.reader.close();
    await answered;
    await exited;
  }

  /** Sends a request and waits for its batch's result; `note` runs before anyone hears of it. */
  #ask(request: WriterRequest, note?: (result: BatchResult) => void): Promise<BatchResult> {
    return new Promise((resolve, reject) => {
      const settle = (answer: Answer): void => {
        if (answer.kind === 'failed') return reject(unpackFailure(answer.failure));
        if (answer.kind !== 'batch') return reject(new Error('The writing thread answered another question.'));
        note?.(answer.result);
        resolve(answer.result);
      };
      this.#send(request, { settle, fail: reject });
    });
  }

  #order(request: WriterRequest): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#end) return reject(this.#end);
      const settle = (answer: Answer): void =>
        answer.kind === 'failed' ? reject(unpackFailure(answer.failure)) : resolve();
      this.#send(request, { settle, fail: reject });
    });
  }

  #send(request: WriterRequest, waiting: Waiting): void {
    this.#waiting.push(waiting);
    this.worker.postMessage(request);
  }

  #receive(message: ThreadMessage): void {
    if (message.kind !== 'answers') return;
    const answered = this.#waiting.splice(0, message.answers.length);
    answered.forEach((waiting, i) => waiting.settle(message.answers[i]!));
  }

  #stop(reason: string, cause?: Error): void {
    this.#end ??= new LedgerError('closed', reason, { cause });
    for (const waiting of this.#waiting.splice(0)) waiting.fail(this.#end);
    // A thread that ends before it was told to is lost: only another process can take the folder's lock again.
    if (this.#closing === undefined) for (const listener of this.#lostListeners.splice(0)) listener(this.#end);
  }

  async #look<T>(work: () => T): Promise<T> {
    this.#refuseWhenClosed();
    try {
      return work();
    } catch (error) {
      throw toLedgerError(error, this.options.folder);
    }
  }

  #refuseWhenClosed(): void {
    if (this.#end) throw this.#end;
  }
}

function measureText({ values }: PackedBatch): number {
  let size = 0;
  for (const value of values) if (typeof value === 'string') size += value.length;
  return size;
}

function listOutcomes({ count, seq, outcomes }: BatchResult): AppendOutcome[] {
  if (outcomes === undefined) return Array.from({ length: count }, (_, i) => ({ seq: seq - count + 1 + i }));
  return outcomes.map((outcome) => (outcome > 0 ? { seq: outcome } : outcome === CONFLICT ? 'conflict' : 'duplicate'));
}

function startThread(url: URL, task: ThreadTask): Worker {
  return new Worker(url, { workerData: task, name: `ledger-${task.kind}` });
}

function firstMessage(worker: Worker): Promise<ThreadMessage> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error("The ledger's thread ended before it answered.")));
  });
}
