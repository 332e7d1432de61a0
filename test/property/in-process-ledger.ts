/** The SQLite ledger on one connection, in memory by default, without its writing thread: the product's own store and reader. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { createZone } from '../../domain/calendar/zone.ts';
import type { Actor } from '../../server/ledger/actor.ts';
import type { Ledger, PendingEvent } from '../../server/ledger/port.ts';
import { LedgerReader } from '../../server/ledger/sqlite/reader.ts';
import { packBatch } from '../../server/ledger/sqlite/rows.ts';
import { openForWriting } from '../../server/ledger/sqlite/schema.ts';
import { CONFLICT, LedgerStore } from '../../server/ledger/sqlite/store.ts';

export interface InProcessLedger extends Ledger {
  readonly db: DatabaseSyncInstance;
}

export function openInProcessLedger(zoneName: string, file = ':memory:', hall = 'small'): InProcessLedger {
  const zone = createZone(zoneName);
  const { db, meta } = openForWriting(file, hall, zoneName, 0);
  const store = new LedgerStore(db);
  const reader = new LedgerReader(db);
  const outcomeOf = (outcome: number) =>
    outcome > 0 ? { seq: outcome } : outcome === CONFLICT ? ('conflict' as const) : ('duplicate' as const);
  const append = (batch: readonly PendingEvent[], receivedAt: number, actor?: Actor) => {
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
    onAppendedElsewhere: () => () => {},
    append: (batch, receivedAt, actor) => Promise.resolve(append(batch, receivedAt, actor)),
    compare: () => Promise.reject(new Error('not asked for here')),
    read: (afterSeq, limit) => Promise.resolve(reader.read(afterSeq, limit)),
    readActors: (afterSeq, limit) => Promise.resolve(reader.readActors(afterSeq, limit)),
    historyOf: (keys, upTo) => Promise.resolve(reader.historyOf(keys, upTo)),
    latestOf: (keys, upTo) => Promise.resolve(reader.latestOf(keys, upTo)),
    entitiesOf: (query) => Promise.resolve(reader.entitiesOf(query)),
    find: (source, id, upTo) => Promise.resolve(reader.find(source, id, upTo)),
    loadCheckpoint: () => Promise.resolve(reader.loadCheckpoint()),
    saveCheckpoint: (checkpoint, cells) => Promise.resolve(store.saveCheckpoint(checkpoint, cells)),
    clearFold: () => Promise.resolve(store.clearFold()),
    sumCells: (query) => Promise.resolve(reader.sumCells(query)),
    onLost: () => {},
    close: () => Promise.resolve(db.close()),
  };
}
