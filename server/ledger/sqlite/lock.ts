/** One writer a folder: a lock that the operating system holds, so that it vanishes with its process, however that ends. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { LedgerError } from '../port.ts';
import { isSqliteFailure } from './problems.ts';

export const LOCK_FILE = 'writer.lock';

/**
 * Takes the writer's lock of `folder` (made if absent, for its owner alone) and returns its release.
 * The lock is an exclusive transaction on an empty SQLite file that is never written. Nobody may open that file by
 * other means in this process: closing any handle of it would drop the lock (POSIX).
 * @throws LedgerError `in-use` while another writer, in whatever process, holds it
 */
export function takeWriterLock(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(folder, LOCK_FILE), { timeout: 0 });
  try {
    lock.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isSqliteFailure(error) || (error.sqliteCode & 0xff) !== 5) throw error;
    throw new LedgerError(
      'in-use',
      `The data folder ${folder} is in use by another Hallpulse process. Stop that process first, or set HALLPULSE_DATA to another folder.`,
    );
  }
  return () => lock.close();
}
