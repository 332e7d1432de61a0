/** The SQLite ledger on one connection, in memory by default, without its writing thread: the product's own store and reader. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { sumRanges } from '../../domain/board/range-sums.ts';
import { MonthBreakdowns } from '../../domain/measures/month-breakdowns.ts';
import { MonthSums } from '../../domain/measures/month-sums.ts';
import { Past } from '../../domain/past/answer-past.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import type { Actor } from '../../server/ledger/actor.ts';
import type { Ledger, PendingEvent } from '../../server/ledger/port.ts';
import { LedgerReader } from '../../server/ledger/sqlite/reader.ts';
import { packBatch } from '../../server/ledger/sqlite/rows.ts';
import { openForWriting } from '../../server/ledger/sqlite/schema.ts';
import { answerRows, answerStars, figuresStored, measureStored } from '../../server/ledger/sqlite/sum-thread.ts';
import { CONFLICT, LedgerStore } from '../../server/ledger/sqlite/store.ts';
import { zoneOf } from './zones.ts';

export interface InProcessLedger extends Ledger {
  readonly db: DatabaseSyncInstance;
}

export function openInProcessLedger(zoneName: string, file = ':memory:', hall = 'small'): InProcessLedger {
  const zone = zoneOf(zoneName);
  const { db, meta } = openForWriting(file, hall, zoneName, 0);
  const store = new LedgerStore(db);
  const reader = new LedgerReader(db);
  const promise = <T>(work: () => T): Promise<T> => new Promise((resolve) => resolve(work()));
  let asked: { readonly config: HallConfig; readonly months: MonthSums; readonly breakdowns: MonthBreakdowns };
  const known = (config: HallConfig): typeof asked => {
    if (asked?.config === config) return asked;
    const months = new MonthSums(config, zone);
    return (asked = { config, months, breakdowns: new MonthBreakdowns(config, zone, months) });
  };
  let looked: { readonly config: HallConfig; readonly past: Past } | undefined;
  const pastOf = (config: HallConfig): Past => {
    if (looked?.config !== config) looked = { config, past: new Past(config, zone) };
    return looked.past;
  };
  const outcomeOf = (outcome: number) =>
    outcome > 0 ? { seq: outcome } : outcome === CONFLICT ? ('conflict' as const) : ('duplicate' as const);
  const append = (batch: readonly PendingEvent[], receivedAt: number, actor: Actor | null) => {
    const head = store.head;
    const [result] = store.appendGroup([packBatch(batch, receivedAt, zone, actor)]);
    const outcomes = result!.outcomes ?? batch.map((_, i) => head + 1 + i);
    return { outcomes: outcomes.map(outcomeOf), seq: result!.seq };
  };
  return {
    db,
    hall: meta.hall,
    ledgerId: meta.ledgerId,
    head: () => store.head,
    readHead: () => Promise.resolve(store.head),
    lastReceivedAt: () => promise(() => reader.lastReceivedAt()),
    onAppendedElsewhere: () => () => {},
    append: (batch, receivedAt, actor) => Promise.resolve(append(batch, receivedAt, actor)),
    compare: (batch) =>
      promise(() => {
        const { outcomes } = store.compareBatch(packBatch(batch, 0, zone, null));
        return batch.map((_, i) => {
          const outcome = outcomeOf(outcomes?.[i] ?? 1);
          return typeof outcome === 'string' ? outcome : 'new';
        });
      }),
    read: (afterSeq, limit) => Promise.resolve(reader.read(afterSeq, limit)),
    readActors: (afterSeq, limit) => Promise.resolve(reader.readActors(afterSeq, limit)),
    actorsOf: (seqs) => Promise.resolve(reader.actorsOf(seqs)),
    historyOf: (keys, upTo) => Promise.resolve(reader.historyOf(keys, upTo)),
    latestOf: (keys, upTo) => Promise.resolve(reader.latestOf(keys, upTo)),
    entitiesOf: (query) => Promise.resolve(reader.entitiesOf(query)),
    readSpan: (query) => Promise.resolve(reader.readSpan(query)),
    find: (source, id, upTo) => Promise.resolve(reader.find(source, id, upTo)),
    readOf: (source, from, until, limit) => Promise.resolve(reader.readOf(source, from, until, limit)),
    loadFold: (foldVersion) => Promise.resolve(reader.loadFold(foldVersion)),
    saveFold: (step) => promise(() => store.saveFold(step)),
    showFold: (foldVersion) => promise(() => store.showFold(foldVersion)),
    dropFold: (foldVersion) => promise(() => store.dropFold(foldVersion)),
    sumRanges: (query, config) => promise(() => reader.atOneMoment((cells) => sumRanges(cells, query, config, zone))),
    rowDigests: (range) => promise(() => reader.rowDigests(range)),
    heardIn: (query) => promise(() => reader.heardIn(query)),
    prepareMeasures: () => {},
    measure: (queries, config, unsaved) =>
      promise(() =>
        reader.atOneMoment((cells, walk) =>
          measureStored({ cells, walk }, { queries, unsaved }, config, zone, known(config).months),
        ),
      ),
    tallyStars: (query, config) => promise(() => answerStars(reader, query, config, zone)),
    rows: (query, config) => promise(() => answerRows(reader, query, config, zone, known(config).months)),
    lookAt: (query, config) =>
      promise(() => {
        const past = pastOf(config);
        // What the thread does in its spare time is to change no answer.
        reader.atOneMoment((cells) => past.sumAhead(cells));
        return reader.ofThePast((source) => past.answer(source, query));
      }),
    lifeOf: (key) => promise(() => reader.lifeOf(key, store.head)),
    figures: (query, config, unsaved) =>
      promise(() =>
        reader.atOneMoment((cells, walk) =>
          figuresStored({ cells, walk }, { query, unsaved }, config, zone, known(config)),
        ),
      ),
    onLost: () => {},
    close: () => Promise.resolve(db.close()),
  };
}
