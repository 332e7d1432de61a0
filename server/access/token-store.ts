/** Keeps the hashes of keys and tokens in `access.sqlite`, which the server and the `keys` command open side by side. */
import { closeSync, existsSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { ACCESS_FILE } from '../hall-files.ts';
import { placeNew } from '../place-new.ts';
import { climbLadder, describeLaterVersion, readVersion, type SchemaLadder } from '../sqlite/schema-ladder.ts';
import { StartProblem } from '../start-problem.ts';
import { drawSecret, drawSecretId, hashSecret, isSecret, type SecretPrefix } from './secret.ts';

/** What is known of a token; everything but the token. Moments are epoch milliseconds. */
export interface TokenRecord {
  readonly id: string;
  readonly hall: string;
  /** What it opens, as JSON: the kind's own facade gives it its meaning. */
  readonly scope: string;
  readonly label: string;
  readonly createdAt: number;
  /** From this moment it opens nothing any more; may lie ahead while a rotation overlaps. */
  readonly revokedAt: number | null;
}

export interface NewToken {
  readonly record: TokenRecord;
  /** To be shown once and then forgotten. */
  readonly secret: string;
}

export interface TokenStore {
  add(prefix: SecretPrefix, entry: { hall: string; scope: string; label: string }): NewToken;
  /** The record of a secret that is in force at this moment. */
  find(prefix: SecretPrefix, secret: string): TokenRecord | undefined;
  list(prefix: SecretPrefix): readonly TokenRecord[];
  /** A new secret with the same rights; the old one ends after `overlapMs`. `undefined` when `id` is not in force. */
  rotate(prefix: SecretPrefix, id: string, overlapMs: number): NewToken | undefined;
  /** Ends a token at once. `false` when `id` is unknown or has ended already. */
  revoke(prefix: SecretPrefix, id: string): boolean;
  close(): void;
}

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
export const ACCESS_LADDER: SchemaLadder = [{ version: 1, sql: FIRST_TABLE }];
const COLUMNS = 'id, hall, scope, label, created_at AS createdAt, revoked_at AS revokedAt';

/**
 * Opens the store in `folder`, made where there is none.
 * @param now the clock that decides when an overlap is over, epoch milliseconds
 * @throws StartProblem where the file is there and cannot be used
 */
export function openTokenStore(folder: string, now: () => number): TokenStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, ACCESS_FILE);
  if (!existsSync(file)) createTokenStore(folder);
  const database = openDatabase(file);
  const insert = database.prepare(
    'INSERT INTO tokens (id, prefix, hash, hall, scope, label, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const byHash = database.prepare(
    `SELECT ${COLUMNS} FROM tokens WHERE hash = ? AND prefix = ? AND (revoked_at IS NULL OR revoked_at > ?)`,
  );
  const inForce = database.prepare(
    `SELECT ${COLUMNS} FROM tokens WHERE id = ? AND prefix = ? AND (revoked_at IS NULL OR revoked_at > ?)`,
  );
  const all = database.prepare(`SELECT ${COLUMNS} FROM tokens WHERE prefix = ? ORDER BY created_at, id`);
  // A second rotation or revocation may only bring the end nearer.
  const end = database.prepare(
    `UPDATE tokens SET revoked_at = min(coalesce(revoked_at, ?1), ?1)
     WHERE id = ?2 AND prefix = ?3 AND (revoked_at IS NULL OR revoked_at > ?4)`,
  );

  const add: TokenStore['add'] = (prefix, { hall, scope, label }) => {
    const secret = drawSecret(prefix);
    const record = { id: drawSecretId(), hall, scope, label, createdAt: now(), revokedAt: null };
    insert.run(record.id, prefix, hashSecret(secret), hall, scope, label, record.createdAt);
    return { record, secret };
  };

  return {
    add,
    find(prefix, secret) {
      if (!isSecret(secret, prefix)) return undefined;
      // Looked up by hash: how long it takes says nothing about the secret.
      return byHash.get(hashSecret(secret), prefix, now()) as TokenRecord | undefined;
    },
    list(prefix) {
      try {
        return all.all(prefix) as unknown as TokenRecord[];
      } catch (error) {
        throw toStartProblem(error, file);
      }
    },
    rotate(prefix, id, overlapMs) {
      database.exec('BEGIN IMMEDIATE');
      try {
        const old = inForce.get(id, prefix, now()) as TokenRecord | undefined;
        const next = old && add(prefix, old);
        if (old) end.run(now() + overlapMs, id, prefix, now());
        database.exec('COMMIT');
        return next;
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    revoke: (prefix, id) => end.run(now(), id, prefix, now()).changes > 0,
    close: () => database.close(),
  };
}

/** Makes an empty store aside and then gives it its name: one that is there without its table has lost what it held. */
export function createTokenStore(folder: string): void {
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
    `${file} is empty: the keys and tokens that it held are lost. Keep the files and restore a backup.`,
  );
}

function toStartProblem(error: unknown, file: string): unknown {
  const { code, sqliteCode = 0 } = error as { code?: unknown; sqliteCode?: number };
  if (code !== 'ERR_SQLITE_ERROR') return error;
  // The low byte is the primary code; the rest says which call failed.
  const isUnreachable = [READONLY, IOERR, CANTOPEN].includes(sqliteCode & 0xff);
  const sentence = isUnreachable
    ? `${file} cannot be read or written. Check the disk and the folder's owner.`
    : `${file}, which holds keys and tokens, is damaged. Keep the files and restore a backup.`;
  return new StartProblem(`${sentence} (${(error as Error).message})`, { cause: error });
}
