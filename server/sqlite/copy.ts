/** Copies of a SQLite file, taken while it is written to, for their owner alone, with the proof that they are whole. */
import { chmodSync, existsSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { backup, DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { LedgerError } from '../ledger/port.ts';
import { syncPath } from '../sync-path.ts';

/** Pages between two looks at the caller's other work. */
const PAGES_PER_STEP = 2_000;

/** Copies `file` as it stands at one moment to the new file `target`. */
export async function copyDatabase(file: string, target: string): Promise<void> {
  refuseExisting(target);
  const source = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  try {
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    await copyPages(source, target);
  } finally {
    source.close();
  }
  sealCopy(target, () => undefined);
}

/** Copies what `source` sees in its present transaction: without one every commit would start the copy afresh. */
export async function copyPages(source: DatabaseSyncInstance, target: string): Promise<void> {
  try {
    await backup(source, target, { rate: PAGES_PER_STEP });
    source.exec('COMMIT');
  } catch (error) {
    rmSync(target, { force: true });
    // The driver's backup reports a failure by its words alone.
    const reason = error instanceof Error ? error.message : String(error);
    const problem = reason.includes('full') ? 'disk-full' : 'io';
    throw new LedgerError(problem, `The copy ${target} could not be written: ${reason}`, { cause: error });
  }
}

/** Makes a copy one plain file, without a log beside it, checks it through, and puts it on disk for good. */
export function sealCopy<T>(file: string, look: (db: DatabaseSyncInstance) => T): T {
  const db = new DatabaseSync(file);
  let seen: T;
  try {
    chmodSync(file, 0o600);
    db.exec('PRAGMA journal_mode = DELETE');
    const { integrity_check: verdict } = db.prepare('PRAGMA integrity_check(1)').get() as { integrity_check: string };
    if (verdict !== 'ok') {
      throw new LedgerError(
        'damaged',
        `What was copied to ${file} is damaged. Keep the files and restore an earlier backup. (${verdict.replaceAll(/\s+/g, ' ')})`,
      );
    }
    seen = look(db);
  } finally {
    db.close();
  }
  syncPath(file);
  syncPath(dirname(file));
  return seen;
}

export function refuseExisting(target: string): void {
  if (existsSync(target)) throw new Error(`${target} exists already; a copy never replaces a file.`);
}
