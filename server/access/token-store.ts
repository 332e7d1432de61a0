/** Keeps the hashes of keys and tokens in `access.sqlite`, which the server and the `keys` command open side by side. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { ACCESS_FILE } from '../hall-files.ts';
import { inTransaction } from '../sqlite/schema-ladder.ts';
import { toStartProblem } from './database.ts';
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
}

const COLUMNS = 'id, hall, scope, label, created_at AS createdAt, revoked_at AS revokedAt';

/** @param now the clock that decides when an overlap is over, epoch milliseconds */
export function openTokenStore(database: DatabaseSyncInstance, now: () => number): TokenStore {
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
        throw toStartProblem(error, database.location() ?? ACCESS_FILE);
      }
    },
    rotate: (prefix, id, overlapMs) =>
      inTransaction(database, () => {
        const old = inForce.get(id, prefix, now()) as TokenRecord | undefined;
        if (!old) return undefined;
        const next = add(prefix, old);
        end.run(now() + overlapMs, id, prefix, now());
        return next;
      }),
    revoke: (prefix, id) => end.run(now(), id, prefix, now()).changes > 0,
  };
}
