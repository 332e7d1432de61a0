/** One writer a folder: a lock that the operating system holds, so that it vanishes with its process, however that ends. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { LedgerError } from '../port.ts';
import { sqliteCodeOf } from './problems.ts';

export const LOCK_FILE = 'writer.lock';
/** Whoever ends at this moment is waited for: a server that starts again, or a command that makes the folder. */
const LOCK_WAIT_MS = 1_000;

/**
 * Takes the writer's lock of `folder` (made if absent, for its owner alone) and returns its release.
 * The lock is an exclusive transaction on an empty SQLite file that is never written. Nobody may open that file by
 * other means in this process: closing any handle of it would drop the lock (POSIX).
 * @throws LedgerError `in-use` while another writer, in whatever process, holds it
 */
export function takeWriterLock(folder: string, waitMs = LOCK_WAIT_MS): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(folder, LOCK_FILE), { timeout: waitMs });
  try {
    lock.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (sqliteCodeOf(error) !== 5) throw error;
    throw new LedgerError(
      'in-use',
      `The data folder ${folder} is in use by another Hallpulse process. Stop that process first, or set HALLPULSE_DATA to another folder.`,
    );
  }
  return () => lock.close();
}
