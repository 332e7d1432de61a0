/** A ledger's copy, taken while it is written to, with the proof that it holds what the ledger held. */
import { join } from 'node:path';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { copyPages, refuseExisting, sealCopy } from '../../sqlite/copy.ts';
import type { CopyContents } from '../keeper.ts';
import { LedgerError } from '../port.ts';
import { LEDGER_FILE, openForReading, readMeta, renameLedger } from './schema.ts';

/**
 * Writes the ledger in `folder` to the new file `target` as it stood at one moment, checks it and syncs it.
 * The writer and the readers of `folder` are not held up.
 * @throws LedgerError `damaged` when the copy does not hold what the ledger held
 */
export async function copyLedger(folder: string, target: string): Promise<CopyContents> {
  refuseExisting(target);
  const source = openForReading(join(folder, LEDGER_FILE));
  try {
    // A read transaction of our own keeps the copy at this moment; without it every commit would start it afresh.
    source.exec('BEGIN');
    const expected = readContents(source);
    await copyPages(source, target);
    const found = sealCopy(target, readContents);
    if (found.events !== expected.events || found.seq !== expected.seq) {
      throw new LedgerError(
        'damaged',
        `The copy ${target} holds ${found.events} events instead of ${expected.events}.`,
      );
    }
    return found;
  } finally {
    source.close();
  }
}

/**
 * Checks the copy in `folder` through and gives it a name of its own.
 * @returns the new ledger id
 * @throws LedgerError `damaged` when it does not hold what is expected
 */
export function adoptCopy(folder: string, expected: { seq: number; events: number }): string {
  return sealCopy(join(folder, LEDGER_FILE), (db) => {
    const { seq, events } = readContents(db);
    if (seq !== expected.seq || events !== expected.events) {
      throw new LedgerError(
        'damaged',
        `The backup holds ${events} events instead of the ${expected.events} that it names.`,
      );
    }
    return renameLedger(db);
  });
}

function readContents(db: DatabaseSyncInstance): CopyContents {
  const counts = db.prepare('SELECT count(*) AS events, coalesce(max(seq), 0) AS seq FROM events').get();
  const { events, seq } = counts as { events: number; seq: number };
  const { ledgerId, hall } = readMeta(db);
  return { ledgerId, hall, seq, events };
}
