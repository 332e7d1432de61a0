/** A ledger as it stood at its last checkpoint, for an auditor beside the running server: nothing is ever written. */
import { join } from 'node:path';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { LedgerError, type Ledger } from '../port.ts';
import { LedgerReader } from './reader.ts';
import { LEDGER_FILE, openForReading, readMeta, type LedgerMeta } from './schema.ts';

export interface ReadingLedger {
  readonly meta: LedgerMeta;
  readonly db: DatabaseSyncInstance;
  /** The ledger up to the checkpoint, so that a board opened on it folds nothing and shows what is stored. */
  readonly atCheckpoint: Ledger;
  /** The position of that checkpoint, and of the one that is stored by now: sums hold only while they are the same. */
  readonly seq: number;
  storedSeq(): number;
  close(): void;
}

/** @throws LedgerError where there is no ledger in `folder`, or it is of a later version */
export function openReadingLedger(folder: string): ReadingLedger {
  const db = openForReading(join(folder, LEDGER_FILE));
  const meta = readMeta(db);
  const reader = new LedgerReader(db);
  const storedSeq = (): number => reader.loadCheckpoint()?.seq ?? 0;
  const seq = storedSeq();
  const refuse = (): Promise<never> =>
    Promise.reject(new LedgerError('closed', 'This ledger is open for reading only.'));
  const refuseOld = (): Promise<never> =>
    Promise.reject(
      new LedgerError(
        'closed',
        'The stored sums cannot be read by this version: start Hallpulse once, which counts anew.',
      ),
    );
  return {
    meta,
    db,
    seq,
    storedSeq,
    atCheckpoint: {
      hall: meta.hall,
      ledgerId: meta.ledgerId,
      head: () => seq,
      readHead: () => Promise.resolve(seq),
      onAppendedElsewhere: () => () => {},
      append: refuse,
      compare: refuse,
      saveCheckpoint: refuse,
      clearFold: refuseOld,
      read: (afterSeq, limit) => Promise.resolve(reader.read(afterSeq, limit).filter((event) => event.seq <= seq)),
      readActors: (afterSeq, limit) =>
        Promise.resolve(reader.readActors(afterSeq, Math.max(0, Math.min(limit, seq - afterSeq)))),
      historyOf: (keys, upTo) => Promise.resolve(reader.historyOf(keys, upTo)),
      latestOf: (keys, upTo) => Promise.resolve(reader.latestOf(keys, upTo)),
      entitiesOf: (query) => Promise.resolve(reader.entitiesOf(query)),
      find: (source, id, upTo) => Promise.resolve(reader.find(source, id, upTo)),
      loadCheckpoint: () => Promise.resolve(reader.loadCheckpoint()),
      sumCells: (query) => Promise.resolve(reader.sumCells(query)),
      onLost: () => {},
      close: () => Promise.resolve(),
    },
    close: () => db.close(),
  };
}
