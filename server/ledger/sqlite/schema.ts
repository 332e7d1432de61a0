/** The tables of a ledger file, how a connection to it is set up, and what is refused before anything is touched. */
import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { RESTORING_PREFIX } from '../../hall-files.ts';
import { LedgerError } from '../port.ts';

export const LEDGER_FILE = 'ledger.sqlite';
export const SCHEMA_VERSION = 3;

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

/** Of a window or terminal, whose history grows for ever, only the last event is asked for. */
const STANDING_INDEX = `CREATE INDEX events_standing ON events (entity, at, source, id)
  WHERE type IN ('hall.window.changed', 'hall.terminal.changed');`;

/*
 * What the folds have stored. There may be two: the one that is shown, and one of a new version that is being made.
 * A cell's `head` (the first part of its name) leads the key behind its fold, so that a year of one measure never reads
 * another's rows. `changed` says since which position nothing of a month has changed.
 */
const FOLDS = `
  CREATE TABLE folds (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version TEXT NOT NULL UNIQUE,
    seq INTEGER NOT NULL,
    uncounted TEXT NOT NULL DEFAULT '[]',
    state_seq INTEGER,
    state TEXT,
    shown INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE cells (
    fold INTEGER NOT NULL,
    head TEXT NOT NULL,
    day TEXT NOT NULL,
    station TEXT NOT NULL,
    name TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (fold, head, day, station, name)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE changed (
    fold INTEGER NOT NULL,
    month TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (fold, month)
  ) STRICT, WITHOUT ROWID;
`;

/** From each version to the next. */
const MIGRATIONS: Readonly<Record<number, string>> = {
  // `dropped`: a JSON array of the paths of fields that were not kept.
  1: `ALTER TABLE events ADD COLUMN dropped TEXT; ${STANDING_INDEX}`,
  // What a fold had stored is made anew from the events.
  2: `DROP TABLE cells; DROP TABLE checkpoint; ${FOLDS}`,
};

/*
 * `at` has no index: a recount reads every event anyway, by `seq`, and gathers an entity's events by `entity` and `link`.
 */
const TABLES = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    at INTEGER NOT NULL,
    time_given INTEGER NOT NULL,
    subject TEXT,
    data TEXT NOT NULL,
    entity TEXT,
    link TEXT,
    received_at INTEGER NOT NULL,
    dropped TEXT,
    UNIQUE (source, id)
  ) STRICT;
  CREATE INDEX events_by_entity ON events (entity) WHERE entity IS NOT NULL;
  CREATE INDEX events_by_link ON events (link) WHERE link IS NOT NULL;
  ${STANDING_INDEX}

  CREATE TABLE voids (
    target_source TEXT NOT NULL,
    target_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (target_source, target_id, seq)
  ) STRICT, WITHOUT ROWID;

${FOLDS}
`;

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
    migrate(db);
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

/** Names of the folders that restores left which did not come to their end. */
export function listUnfinishedRestores(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith(RESTORING_PREFIX));
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
  const version = readVersion(db);
  if (version > SCHEMA_VERSION) {
    throw new LedgerError(
      'newer-schema',
      `${file} was written by a later version of Hallpulse (schema ${version}; this one knows ${SCHEMA_VERSION}). Run that version, or restore a backup of this one.`,
    );
  }
}

function migrate(db: DatabaseSyncInstance): void {
  for (let version = readVersion(db); version < SCHEMA_VERSION; version++)
    inTransaction(db, () => db.exec(`${MIGRATIONS[version]} PRAGMA user_version = ${version + 1}`));
}

export function readVersion(db: DatabaseSyncInstance): number {
  return (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
}

function inTransaction(db: DatabaseSyncInstance, work: () => void): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    work();
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
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
  inTransaction(db, () => {
    db.exec(TABLES);
    const insert = db.prepare('INSERT INTO meta (key, value) VALUES (?, ?)');
    insert.run('ledger_id', meta.ledgerId);
    insert.run('hall', meta.hall);
    insert.run('zone', meta.zone);
    insert.run('created', new Date(now).toISOString());
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}`);
  });
}

function checkOwner(meta: LedgerMeta, asked: { hall: string; zone: string }, file: string): void {
  if (meta.hall === asked.hall && meta.zone === asked.zone) return;
  throw new LedgerError(
    'other-hall',
    `${file} belongs to hall "${meta.hall}" in ${meta.zone}, not to "${asked.hall}" in ${asked.zone}. A ledger keeps its hall and zone for life; choose another folder with HALLPULSE_DATA.`,
  );
}
