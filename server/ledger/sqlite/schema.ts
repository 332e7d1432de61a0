/** How a ledger file is made and a connection to it set up, and what is refused before anything is touched. */
import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { listUnfinishedRestores } from '../../hall-files.ts';
import { climbLadder, describeLaterVersion, inTransaction } from '../../sqlite/schema-ladder.ts';
import { LedgerError } from '../port.ts';
import { LADDER } from './ladder.ts';

export const LEDGER_FILE = 'ledger.sqlite';

/** "HPLS": tells a ledger from any other SQLite file. */
const APPLICATION_ID = 0x48504c53;
/** SQLite's name for a ledger that no file holds; it is always a new one. */
const IN_MEMORY = ':memory:';
const BUSY_TIMEOUT_MS = 5_000;

/** What names a ledger; `zone` decides under which day a check is filed, so it is fixed for the ledger's life. */
export interface LedgerMeta {
  readonly ledgerId: string;
  readonly hall: string;
  readonly zone: string;
}

/**
 * Opens the file for its one writer, creating the ledger when there is none. `now` is epoch ms.
 * @throws LedgerError `damaged` for a file that is there and holds no tables: what it held is lost
 */
export function openForWriting(
  file: string,
  hall: string,
  zone: string,
  now: number,
): { readonly db: DatabaseSyncInstance; readonly meta: LedgerMeta } {
  refuseUnfinishedRestore(file);
  const isInMemory = file === IN_MEMORY;
  if (!isInMemory && !existsSync(file)) createLedger(file, { hall, zone }, now);
  refuseNoBytes(file);
  const db = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    if (isInMemory) createTables(db, { ledgerId: randomUUID(), hall, zone }, now);
    checkSchema(db, file);
    // A larger log before it is folded into the file, and a roomy cache, halve the pages written under load.
    db.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA wal_autocheckpoint = 8000;
      PRAGMA journal_size_limit = 67108864;
      PRAGMA cache_size = -65536;
      PRAGMA temp_store = MEMORY;
    `);
    const meta = readMeta(db);
    checkOwner(meta, { hall, zone }, file);
    climbLadder(db, LADDER);
    return { db, meta };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Opens the file for reading beside its writer: nothing that is asked here waits for a commit. */
export function openForReading(file: string): DatabaseSyncInstance {
  refuseNoBytes(file);
  const db = new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
  try {
    checkSchema(db, file);
    db.exec('PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

export function readMeta(db: DatabaseSyncInstance): LedgerMeta {
  const rows = db.prepare('SELECT key, value FROM meta').all() as { key: string; value: string }[];
  const values = new Map(rows.map(({ key, value }) => [key, value]));
  const ledgerId = values.get('ledger_id');
  const hall = values.get('hall');
  const zone = values.get('zone');
  if (!ledgerId || !hall || !zone) throw new LedgerError('damaged', 'The ledger does not say which one it is.');
  return { ledgerId, hall, zone };
}

/** Gives the ledger a new name, and with it every board a new epoch. */
export function renameLedger(db: DatabaseSyncInstance): string {
  const ledgerId = randomUUID();
  db.prepare("UPDATE meta SET value = ? WHERE key = 'ledger_id'").run(ledgerId);
  return ledgerId;
}

/** Without this a restore that lost its power half-way would be followed by a new, empty ledger. */
function refuseUnfinishedRestore(file: string): void {
  const folder = dirname(file);
  if (existsSync(file) || listUnfinishedRestores(folder).length === 0) return;
  throw new LedgerError(
    'damaged',
    `A restore into ${folder} was cut short. Run it once more before starting Hallpulse.`,
  );
}

/** SQLite takes a file without a byte for a new one, and throws away the log that lies beside it: it may not look. */
function refuseNoBytes(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.size === 0) throw emptied(file);
}

function emptied(file: string): LedgerError {
  return new LedgerError(
    'damaged',
    `${file} is empty: the ledger that it held is lost. Keep the files and restore a backup.`,
  );
}

function checkSchema(db: DatabaseSyncInstance, file: string): void {
  const { tables } = db.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as { tables: number };
  if (tables === 0) throw emptied(file);
  const { application_id: application } = db.prepare('PRAGMA application_id').get() as { application_id: number };
  if (application !== APPLICATION_ID) throw new LedgerError('damaged', `${file} is not a Hallpulse ledger.`);
  const later = describeLaterVersion(db, file, LADDER);
  if (later !== undefined) throw new LedgerError('newer-schema', later);
}

/** Makes a ledger aside and then gives it its name, so that one which is there is never half made. */
export function createLedger(file: string, owner: { hall: string; zone: string }, now: number): void {
  const draft = `${file}.new`;
  for (const name of [draft, `${draft}-journal`]) rmSync(name, { force: true });
  // SQLite's side files take their rights after the file itself.
  closeSync(openSync(draft, 'wx', 0o600));
  const db = new DatabaseSync(draft);
  try {
    createTables(db, { ledgerId: randomUUID(), ...owner }, now);
  } finally {
    db.close();
  }
  renameSync(draft, file);
  const folder = openSync(dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

function createTables(db: DatabaseSyncInstance, meta: LedgerMeta, now: number): void {
  climbLadder(db, LADDER);
  inTransaction(db, () => {
    const insert = db.prepare('INSERT INTO meta (key, value) VALUES (?, ?)');
    insert.run('ledger_id', meta.ledgerId);
    insert.run('hall', meta.hall);
    insert.run('zone', meta.zone);
    insert.run('created', new Date(now).toISOString());
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
  });
}

function checkOwner(meta: LedgerMeta, asked: { hall: string; zone: string }, file: string): void {
  if (meta.hall === asked.hall && meta.zone === asked.zone) return;
  throw new LedgerError(
    'other-hall',
    `${file} belongs to hall "${meta.hall}" in ${meta.zone}, not to "${asked.hall}" in ${asked.zone}. A ledger keeps its hall and zone for life; choose another folder with HALLPULSE_DATA.`,
  );
}
