/** Copies of what lies in a data folder, taken while it is written to, for their owner alone; SQLite's with the proof that they are whole. */
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { backup, DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { LedgerError } from '../port.ts';
import { LEDGER_FILE, openForReading, readMeta, type LedgerMeta } from './schema.ts';

/** Pages between two looks at the caller's other work. */
const PAGES_PER_STEP = 2_000;

/** What a ledger file holds. */
export interface LedgerContents extends LedgerMeta {
  readonly seq: number;
  readonly events: number;
}

/**
 * Writes the ledger in `folder` to the new file `target` as it stood at one moment, checks it and syncs it.
 * The writer and the readers of `folder` are not held up.
 * @throws LedgerError `damaged` when the copy does not hold what the ledger held
 */
export async function copyLedger(folder: string, target: string): Promise<LedgerContents> {
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

/** Copies another SQLite file of the data folder in the same way. */
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

/**
 * Copies a file, or a folder with all that is in it; nothing where there is none. Links are followed to files. What is
 * being written at this moment bears another name, and what vanishes meanwhile is left out.
 */
export function copyPlain(from: string, to: string): void {
  try {
    if (!statSync(from).isDirectory()) {
      copyFileSync(from, to);
      chmodSync(to, 0o600);
      return;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  mkdirSync(to, { mode: 0o700 });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const isLinkedFolder =
      entry.isSymbolicLink() && statSync(join(from, entry.name), { throwIfNoEntry: false })?.isDirectory();
    const isDraft = entry.name.startsWith('.') && entry.name.endsWith('.tmp');
    if (!isDraft && !isLinkedFolder) copyPlain(join(from, entry.name), join(to, entry.name));
  }
}

async function copyPages(source: DatabaseSyncInstance, target: string): Promise<void> {
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

export function readContents(db: DatabaseSyncInstance): LedgerContents {
  const counts = db.prepare('SELECT count(*) AS events, coalesce(max(seq), 0) AS seq FROM events').get();
  const { events, seq } = counts as { events: number; seq: number };
  return { ...readMeta(db), seq, events };
}

export function syncPath(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function refuseExisting(target: string): void {
  if (existsSync(target)) throw new Error(`${target} exists already; a copy never replaces a file.`);
}
