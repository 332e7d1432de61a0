/** Keeps the hashes of keys and tokens in `access.sqlite`, which the server and the `keys` command open side by side. */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { drawSecret, drawSecretId, hashSecret, isSecret, type SecretPrefix } from './secret.ts';

export const ACCESS_FILE = 'access.sqlite';

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

const SCHEMA_VERSION = 1;
const BUSY_TIMEOUT_MS = 5_000;
const COLUMNS = 'id, hall, scope, label, created_at AS createdAt, revoked_at AS revokedAt';

/** @param now the clock that decides when an overlap is over, epoch milliseconds */
export function openTokenStore(folder: string, now: () => number): TokenStore {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, ACCESS_FILE);
  // Only the account that serves the hall needs to read even the hashes; SQLite's side files take after this one.
  closeSync(openSync(file, 'a', 0o600));
  const database = new DatabaseSync(file);
  try {
    prepareDatabase(database);
  } catch (error) {
    database.close();
    throw error;
  }
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
    list: (prefix) => all.all(prefix) as unknown as TokenRecord[],
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

function prepareDatabase(database: DatabaseSyncInstance): void {
  database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = FULL');
  database.exec('BEGIN IMMEDIATE');
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > SCHEMA_VERSION) {
    database.exec('ROLLBACK');
    throw new Error(`${ACCESS_FILE} was written by a newer version of the product (schema ${version}).`);
  }
  if (version === 0) {
    database.exec(`
      CREATE TABLE tokens (
        id TEXT PRIMARY KEY,
        prefix TEXT NOT NULL CHECK (prefix IN ('hpk', 'hpd')),
        hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
        hall TEXT NOT NULL,
        scope TEXT NOT NULL,
        label TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        revoked_at INTEGER
      ) STRICT;
      PRAGMA user_version = ${SCHEMA_VERSION};
    `);
  }
  database.exec('COMMIT');
}
