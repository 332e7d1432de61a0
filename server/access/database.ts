/** The file `access.sqlite`, which holds keys, tokens, accounts and sessions: made, opened, and brought to this version. */
import { closeSync, existsSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { ACCESS_FILE } from '../hall-files.ts';
import { placeNew } from '../place-new.ts';
import { climbLadder, describeLaterVersion, readVersion, type SchemaLadder } from '../sqlite/schema-ladder.ts';
import { StartProblem } from '../start-problem.ts';

const BUSY_TIMEOUT_MS = 5_000;
/** SQLite's primary codes. */
const [READONLY, IOERR, CANTOPEN] = [8, 10, 14];
const FIRST_TABLE = `
  CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    prefix TEXT NOT NULL CHECK (prefix IN ('hpk', 'hpd')),
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    hall TEXT NOT NULL,
    scope TEXT NOT NULL,
    label TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
  ) STRICT
`;
/** Passwords as scrypt left them, sessions and codes by their hashes alone. Moments are epoch ms of the machine's clock. */
const PEOPLE = `
  CREATE TABLE accounts (
    staff TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    password TEXT,
    created_at INTEGER NOT NULL,
    ended_at INTEGER
  ) STRICT;
  CREATE TABLE assignments (
    id TEXT PRIMARY KEY,
    staff TEXT NOT NULL REFERENCES accounts (staff),
    role TEXT NOT NULL,
    station TEXT,
    from_day TEXT,
    until_day TEXT
  ) STRICT;
  CREATE INDEX assignments_by_staff ON assignments (staff);
  CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    staff TEXT NOT NULL REFERENCES accounts (staff),
    label TEXT NOT NULL,
    address TEXT NOT NULL,
    is_kept INTEGER NOT NULL CHECK (is_kept IN (0, 1)),
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    confirmed_at INTEGER NOT NULL,
    ended_at INTEGER
  ) STRICT;
  CREATE INDEX sessions_by_staff ON sessions (staff, created_at);
  CREATE TABLE codes (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    purpose TEXT NOT NULL,
    staff TEXT,
    created_at INTEGER NOT NULL,
    ended_at INTEGER
  ) STRICT;
  CREATE TABLE changes (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    data TEXT NOT NULL
  ) STRICT
`;
export const ACCESS_LADDER: SchemaLadder = [
  { version: 1, sql: FIRST_TABLE },
  { version: 2, sql: PEOPLE },
];

/**
 * Opens the file in `folder`, made where there is none. Several processes may have it open.
 * @throws StartProblem where it is there and cannot be used
 */
export function openAccessDatabase(folder: string): DatabaseSyncInstance {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, ACCESS_FILE);
  if (!existsSync(file)) createAccessFile(folder);
  return openDatabase(file);
}

/** Makes an empty store aside and then gives it its name: one that is there without its table has lost what it held. */
export function createAccessFile(folder: string): void {
  const file = join(folder, ACCESS_FILE);
  const draft = `${file}.${process.pid}`;
  rmSync(draft, { force: true });
  // Only the account that serves the hall needs to read even the hashes; SQLite's side files take after this one.
  closeSync(openSync(draft, 'wx', 0o600));
  const database = new DatabaseSync(draft);
  try {
    climbLadder(database, ACCESS_LADDER);
  } finally {
    database.close();
  }
  placeNew(draft, file);
}

function openDatabase(file: string): DatabaseSyncInstance {
  // SQLite takes a file without a byte for a new one, and throws away the log that lies beside it.
  if (statSync(file).size === 0) throw emptied(file);
  let database: DatabaseSyncInstance | undefined;
  try {
    database = new DatabaseSync(file);
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    const later = describeLaterVersion(database, file, ACCESS_LADDER);
    if (later !== undefined) throw new StartProblem(later);
    if (readVersion(database) === 0) throw emptied(file);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    climbLadder(database, ACCESS_LADDER);
    database.prepare('SELECT count(*) FROM tokens').get();
    return database;
  } catch (error) {
    database?.close();
    throw toStartProblem(error, file);
  }
}

function emptied(file: string): StartProblem {
  return new StartProblem(
    `${file} is empty: the keys, tokens and accounts that it held are lost. Keep the files and restore a backup.`,
  );
}

export function toStartProblem(error: unknown, file: string): unknown {
  const { code, sqliteCode = 0 } = error as { code?: unknown; sqliteCode?: number };
  if (code !== 'ERR_SQLITE_ERROR') return error;
  // The low byte is the primary code; the rest says which call failed.
  const isUnreachable = [READONLY, IOERR, CANTOPEN].includes(sqliteCode & 0xff);
  const sentence = isUnreachable
    ? `${file} cannot be read or written. Check the disk and the folder's owner.`
    : `${file}, which holds keys, tokens and accounts, is damaged. Keep the files and restore a backup.`;
  return new StartProblem(`${sentence} (${(error as Error).message})`, { cause: error });
}
