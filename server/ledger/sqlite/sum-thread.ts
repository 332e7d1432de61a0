/** What reads much of the ledger is asked of a thread of its own: a year of cells takes longer than a wall may wait. */
import type { MessagePort, Worker } from 'node:worker_threads';
import { withUnsaved, type CellSource } from '../../../domain/board/cell-source.ts';
import { CellTable, type PlainTable } from '../../../domain/board/cells.ts';
import { sumRanges } from '../../../domain/board/range-sums.ts';
import { createZone, type Zone } from '../../../domain/calendar/zone.ts';
import type { Heard } from '../../../domain/frozen/silent-feeds.ts';
import type { Measures } from '../../../domain/measures/measures.ts';
import { MonthBreakdowns } from '../../../domain/measures/month-breakdowns.ts';
import { MonthSums } from '../../../domain/measures/month-sums.ts';
import { summedFrom } from '../../../domain/measures/summed-from.ts';
import { readTerm } from '../../../domain/measures/terms.ts';
import { createHallConfig, type HallConfig } from '../../../domain/profile/profile.ts';
import { findRows, measureWhere, partOf } from '../../../domain/rows/find-rows.ts';
import { ledTo } from '../../../domain/rows/led-to.ts';
import { isNarrowed, type Walk } from '../../../domain/rows/narrow.ts';
import { Past } from '../../../domain/past/answer-past.ts';
import type { PastAnswer, PastQuery } from '../../../domain/past/past-query.ts';
import type { RowAnswer, RowQuery } from '../../../domain/rows/query.ts';
import { tallyStars, type StarQuery } from '../../../domain/stars/tally.ts';
import {
  LedgerError,
  type FoldStep,
  type EntityQuery,
  type Figures,
  type FiguresQuery,
  type IdentifiedEvent,
  type RangeQuery,
  type RangeSums,
  type SpanQuery,
  type HeardQuery,
  type RowRange,
  type StoredMeasureQuery,
  type TalliedStars,
} from '../port.ts';
import type { ThreadTask } from './messages.ts';
import { packFailure, unpackFailure, type Failure } from './problems.ts';
import type { LedgerReader } from './reader.ts';

/** Measures that may wait; each may take seconds, and whoever asks in vain can ask again. */
const MOST_WAITING = 16;

/** Looks at past moments that may wait: a player that is behind asks for a later one anyway. */
const MOST_LOOKS = 6;

/** Between two months that are summed ahead: others are to have their turn. */
const AHEAD_MS = 50;

/** Whoever has asked may ask once more at once, and is not to find the thread at work for nobody; a page that plays waits by itself. */
const AFTER_ANSWER_MS = 250;

/** What of the configuration sums are read by; its look-ups and its calendar are functions, which no message carries. */
type SumTask = ThreadTask & { readonly kind: 'sum' };
type Documents = Pick<HallConfig, 'profile' | 'catalogue' | 'scenes' | 'noticeboard' | 'calendarDocument'>;

type Question =
  | {
      readonly kind: 'measure';
      readonly queries: readonly StoredMeasureQuery[];
      readonly unsaved: FoldStep | undefined;
    }
  | { readonly kind: 'figures'; readonly query: FiguresQuery; readonly unsaved: FoldStep | undefined }
  | { readonly kind: 'ranges'; readonly query: RangeQuery }
  | { readonly kind: 'rows'; readonly query: RowQuery }
  | { readonly kind: 'stars'; readonly query: StarQuery }
  | { readonly kind: 'entities'; readonly query: EntityQuery }
  | { readonly kind: 'span'; readonly query: SpanQuery }
  | { readonly kind: 'digests'; readonly range: RowRange }
  | { readonly kind: 'heard'; readonly query: HeardQuery }
  | { readonly kind: 'past'; readonly query: PastQuery }
  /** Nothing is asked; what takes long is made ready. */
  | { readonly kind: 'prepare' };

/** `documents` where they are others than at the last question. */
type Message = { readonly question: Question; readonly documents?: Documents } | 'end';
type Answer = { readonly failure: Failure } | { readonly result: unknown };

/** Tables as JSON text, which crosses between threads many times faster than maps. */
interface PackedRanges {
  readonly seq: number;
  readonly tables: string;
}

/** The thread's side: answers in the order in which it is asked, until told to end. */
export function serveSums(port: MessagePort, reader: LedgerReader, { folder, zone: zoneName }: SumTask): void {
  const zone = createZone(zoneName);
  let config: HallConfig;
  let months: MonthSums | undefined;
  let breakdowns: MonthBreakdowns | undefined;
  let past: Past;
  const configure = ({ profile, catalogue, scenes, noticeboard, calendarDocument }: Documents): void => {
    config = createHallConfig(profile, catalogue, scenes, noticeboard, calendarDocument);
    months = new MonthSums(config, zone);
    past = new Past(config, zone);
    breakdowns = new MonthBreakdowns(config, zone, months);
  };
  const answer = (question: Question): unknown => {
    switch (question.kind) {
      case 'measure':
        return reader.atOneMoment((cells, walk) => measureStored({ cells, walk }, question, config, zone, months!));
      case 'figures': {
        const kept = { months: months!, breakdowns: breakdowns! };
        return reader.atOneMoment((cells, walk) => figuresStored({ cells, walk }, question, config, zone, kept));
      }
      case 'ranges':
        return packRanges(reader.atOneMoment((cells) => sumRanges(cells, question.query, config, zone)));
      case 'rows':
        return answerRows(reader, question.query, config, zone, months!);
      case 'stars':
        return answerStars(reader, question.query, config, zone);
      case 'entities':
        return reader.entitiesOf(question.query);
      case 'span':
        return reader.readSpan(question.query);
      case 'digests':
        return reader.rowDigests(question.range);
      case 'heard':
        return reader.heardIn(question.query);
      case 'past':
        return reader.ofThePast((source) => past.answer(source, question.query));
      case 'prepare':
        return undefined;
    }
  };
  let ahead: NodeJS.Timeout | undefined;
  /** Who asks for the past alone asks for few months. */
  let isPastAlone = true;
  const sumAhead = (): void => {
    try {
      const isMore = reader.atOneMoment((cells) =>
        isPastAlone
          ? past.sumAhead(cells)
          : // What reports are made of comes behind what everybody asks for.
            months!.sumAhead(cells) || breakdowns!.sumAhead(cells),
      );
      if (isMore) ahead = setTimeout(sumAhead, AHEAD_MS);
    } catch {
      // Nobody waits for it: whoever asks for the month hears what is wrong.
    }
  };
  port.on('message', (message: Message) => {
    clearTimeout(ahead);
    if (message === 'end') {
      reader.close();
      port.close();
      return;
    }
    let said: Answer;
    try {
      if (message.documents) configure(message.documents);
      said = { result: answer(message.question) };
    } catch (error) {
      said = { failure: packFailure(error, folder) };
    }
    port.postMessage(said);
    isPastAlone = message.question.kind === 'past';
    if (months) ahead = setTimeout(sumAhead, isPastAlone ? AHEAD_MS : AFTER_ANSWER_MS);
  });
}

/** What is kept of months holds what is stored: with cells that are not, all is summed for this answer alone. */
export function measureStored(
  { cells, walk }: { readonly cells: CellSource; readonly walk: Walk },
  { queries, unsaved }: { readonly queries: readonly StoredMeasureQuery[]; readonly unsaved?: FoldStep | undefined },
  config: HallConfig,
  zone: Zone,
  months: MonthSums,
): Measures[] {
  const narrow = (query: StoredMeasureQuery): Measures => ({
    ...measureWhere(walk, query, config, zone),
    seq: cells.seq,
  });
  if (unsaved === undefined)
    return queries.map((query) => (isNarrowed(query) ? narrow(query) : months.measure(cells, query)));
  if (queries.some(isNarrowed)) throw new LedgerError('disk-full', 'Rows that cannot be stored cannot be counted.');
  const again = months.again();
  const all = withStep(cells, unsaved);
  return queries.map((query) => again.measure(all, query));
}

/** A figure and its rows, both of one position. */
export function answerRows(
  reader: LedgerReader,
  query: RowQuery,
  config: HallConfig,
  zone: Zone,
  months: MonthSums,
): RowAnswer {
  return reader.atOneMoment((cells, walk) => {
    const led = ledTo(query.term, query.part);
    const measures = isNarrowed(query)
      ? measureWhere(walk, query, config, zone)
      : months.measure(cells, query, summedFrom(led.term));
    const count = partOf(readTerm(measures, led.term), led.part);
    return { ...findRows(walk, query, config, zone), count, seq: cells.seq };
  });
}

/** What everybody did in a month, of one position. */
export function answerStars(reader: LedgerReader, query: StarQuery, config: HallConfig, zone: Zone): TalliedStars {
  return reader.atOneMoment((cells, walk) => ({ ...tallyStars(walk, query, config, zone), seq: cells.seq }));
}

/** Measures and what a span is made of, both of one position. */
export function figuresStored(
  at: { readonly cells: CellSource; readonly walk: Walk },
  { query, unsaved }: { readonly query: FiguresQuery; readonly unsaved?: FoldStep | undefined },
  config: HallConfig,
  zone: Zone,
  { months, breakdowns }: { readonly months: MonthSums; readonly breakdowns: MonthBreakdowns },
): Figures {
  const breakdown =
    unsaved === undefined
      ? breakdowns.breakdown(at.cells, query.breakdown)
      : breakdowns.again().breakdown(withStep(at.cells, unsaved), query.breakdown);
  return { breakdown, measures: measureStored(at, { queries: query.measures, unsaved }, config, zone, months) };
}

function withStep(cells: CellSource, unsaved: FoldStep): CellSource {
  if (cells.seq !== unsaved.after) throw new Error(`The stored sums stand at ${cells.seq}, not at ${unsaved.after}.`);
  return withUnsaved(cells, unsaved);
}

interface Asked {
  readonly question: Question;
  readonly config: HallConfig | undefined;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The caller's side; the thread is started with the first question. One question is under way at a time. */
export class SumThread {
  #worker: Worker | undefined;
  #underWay: Asked | undefined;
  /** What the thread was told last. */
  #config: HallConfig | undefined;
  /** What the board itself waits for goes before measures. */
  readonly #urgent: Asked[] = [];
  readonly #waiting: Asked[] = [];

  constructor(private readonly start: () => Worker) {}

  async measure(
    queries: readonly StoredMeasureQuery[],
    config: HallConfig,
    unsaved?: FoldStep,
  ): Promise<readonly Measures[]> {
    this.#refuseWhenBusy();
    return (await this.#ask(this.#waiting, { kind: 'measure', queries, unsaved }, config)) as Measures[];
  }

  async figures(query: FiguresQuery, config: HallConfig, unsaved?: FoldStep): Promise<Figures> {
    this.#refuseWhenBusy();
    return (await this.#ask(this.#waiting, { kind: 'figures', query, unsaved }, config)) as Figures;
  }

  #refuseWhenBusy(): void {
    if (this.#waiting.length >= MOST_WAITING)
      throw new LedgerError('busy', `${this.#waiting.length} questions wait already; ask again in a moment.`);
  }

  async rows(query: RowQuery, config: HallConfig): Promise<RowAnswer> {
    this.#refuseWhenBusy();
    return (await this.#ask(this.#waiting, { kind: 'rows', query }, config)) as RowAnswer;
  }

  async tallyStars(query: StarQuery, config: HallConfig): Promise<TalliedStars> {
    this.#refuseWhenBusy();
    return (await this.#ask(this.#waiting, { kind: 'stars', query }, config)) as TalliedStars;
  }

  async lookAt(query: PastQuery, config: HallConfig): Promise<PastAnswer> {
    if (this.#waiting.length >= MOST_LOOKS)
      throw new LedgerError('busy', 'Past moments are asked for faster than they can be found; ask again in a moment.');
    return (await this.#ask(this.#waiting, { kind: 'past', query }, config)) as PastAnswer;
  }

  /** Ends a thread that nobody asks; the next question starts another. */
  rest(): void {
    if (!this.#worker || this.#underWay) return;
    this.#worker.postMessage('end' satisfies Message);
    this.#worker = undefined;
    this.#config = undefined;
  }

  async prepare(config: HallConfig): Promise<void> {
    await this.#ask(this.#waiting, { kind: 'prepare' }, config);
  }

  async sumRanges(query: RangeQuery, config: HallConfig): Promise<RangeSums> {
    return unpackRanges((await this.#ask(this.#urgent, { kind: 'ranges', query }, config)) as PackedRanges);
  }

  async entitiesOf(query: EntityQuery): Promise<readonly string[]> {
    return (await this.#ask(this.#urgent, { kind: 'entities', query })) as readonly string[];
  }

  async readSpan(query: SpanQuery): Promise<readonly IdentifiedEvent[]> {
    return (await this.#ask(this.#waiting, { kind: 'span', query })) as readonly IdentifiedEvent[];
  }

  async rowDigests(range: RowRange): Promise<Uint8Array> {
    return (await this.#ask(this.#waiting, { kind: 'digests', range })) as Uint8Array;
  }

  async heardIn(query: HeardQuery): Promise<readonly Heard[]> {
    return (await this.#ask(this.#waiting, { kind: 'heard', query })) as readonly Heard[];
  }

  /** Resolves once the thread's connection is closed. */
  async close(): Promise<void> {
    const worker = this.#worker;
    if (!worker) return;
    const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.postMessage('end' satisfies Message);
    await exited;
  }

  #ask(queue: Asked[], question: Question, config?: HallConfig): Promise<unknown> {
    return new Promise((resolve, reject) => {
      queue.push({ question, config, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    if (this.#underWay) return;
    const asked = this.#urgent.shift() ?? this.#waiting.shift();
    if (!asked) return;
    this.#underWay = asked;
    const worker = (this.#worker ??= this.#begin());
    const { question, config } = asked;
    if (config === undefined || config === this.#config) worker.postMessage({ question } satisfies Message);
    else {
      const { profile, catalogue, scenes, noticeboard, calendarDocument } = config;
      const documents = { profile, catalogue, scenes, noticeboard, calendarDocument };
      worker.postMessage({ question, documents } satisfies Message);
      this.#config = config;
    }
  }

  #begin(): Worker {
    const worker = this.start();
    worker.on('message', (answer: Answer) => {
      const asked = this.#underWay;
      this.#underWay = undefined;
      if ('failure' in answer) asked?.reject(unpackFailure(answer.failure));
      else asked?.resolve(answer.result);
      this.#next();
    });
    const fail = (error: Error): void => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#config = undefined;
      const asked = this.#underWay;
      this.#underWay = undefined;
      for (const one of [asked, ...this.#urgent.splice(0), ...this.#waiting.splice(0)]) one?.reject(error);
    };
    worker.on('error', fail);
    worker.on('exit', () => fail(new Error("The ledger's summing thread has ended.")));
    return worker;
  }
}

function packRanges({ seq, tables }: RangeSums): PackedRanges {
  const plain = [...tables].map(([id, table]) => [id, table.toPlain()]);
  return { seq, tables: JSON.stringify(plain) };
}

function unpackRanges({ seq, tables }: PackedRanges): RangeSums {
  const plain = JSON.parse(tables) as [string, PlainTable][];
  return { seq, tables: new Map(plain.map(([id, table]) => [id, CellTable.from(table)])) };
}
