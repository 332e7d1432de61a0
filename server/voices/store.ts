/** The file `voices.sqlite`: what citizens wrote, until somebody has read it. The ledger knows that it came, and never these words. */
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import type { VoiceKind } from '../../domain/voices/voice.ts';
import { VOICES_FILE } from '../hall-files.ts';
import { climbLadder, describeLaterVersion, inTransaction, type SchemaLadder } from '../sqlite/schema-ladder.ts';
import { StartProblem } from '../start-problem.ts';

/** `at` is the moment of their receipt, epoch ms of the hall's clock; `actor` whoever brought them, as the ledger writes it. */
const TABLES = `
  CREATE TABLE waiting (
    kind TEXT NOT NULL CHECK (kind IN ('suggestion', 'request', 'complaint')),
    id TEXT NOT NULL,
    station TEXT NOT NULL,
    topic TEXT,
    medium TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (kind, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX waiting_by_time ON waiting (at);
`;
const LADDER: SchemaLadder = [{ version: 1, sql: TABLES }];

export interface WaitingWords {
  readonly kind: VoiceKind;
  readonly id: string;
  readonly station: string;
  readonly topic: string | null;
  readonly medium: string;
  readonly at: number;
  readonly actor: string;
  readonly words: string;
}

export type VoiceStore = ReturnType<typeof openVoiceStore>;

/** @throws StartProblem for a file of a later version, and for one that cannot be used */
export function openVoiceStore(folder: string) {
  const file = join(folder, VOICES_FILE);
  // Only the account that serves the hall reads what lies in it; SQLite's side files take after this one.
  if (!existsSync(file)) closeSync(openSync(file, 'wx', 0o600));
  const db = openFile(file);
  const put = db.prepare(
    `INSERT OR IGNORE INTO waiting (kind, id, station, topic, medium, at, actor, words)
     VALUES (:kind, :id, :station, :topic, :medium, :at, :actor, :words)`,
  );
  const one = db.prepare('SELECT * FROM waiting WHERE kind = ? AND id = ?');
  const every = db.prepare('SELECT * FROM waiting ORDER BY at, kind, id');
  const remove = db.prepare('DELETE FROM waiting WHERE kind = ? AND id = ?');
  const expire = db.prepare('DELETE FROM waiting WHERE at < ?');
  /** What was deleted is neither in the file (secure_delete) nor in its log any more. */
  const scrub = (): void => db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  return {
    /** On disk when it returns; what is there already under the same id stays. */
    keep: (row: WaitingWords): void => void put.run({ ...row }),
    find: (kind: VoiceKind, id: string) => one.get(kind, id) as WaitingWords | undefined,
    /** The oldest first. */
    list: () => every.all() as unknown as WaitingWords[],
    remove(kind: VoiceKind, id: string): void {
      if (remove.run(kind, id).changes > 0) scrub();
    },
    /** Deletes what came before a moment, epoch ms; returns how many that were. */
    expire(before: number): number {
      const { changes } = expire.run(before);
      if (changes > 0) scrub();
      return Number(changes);
    },
    close: (): void => db.close(),
  };
}

/**
 * Adds to the copy `into` the words that only the copy `from` holds. A backup is the union of the file as it was before
 * the ledger was copied and after: what was read meanwhile, and what came meanwhile, would be missing in one of them.
 */
export function mergeWaiting(from: string, into: string): void {
  const db = openFile(into);
  try {
    db.prepare('ATTACH DATABASE ? AS earlier').run(from);
    inTransaction(db, () => db.exec('INSERT OR IGNORE INTO main.waiting SELECT * FROM earlier.waiting'));
    db.exec('DETACH DATABASE earlier; PRAGMA journal_mode = DELETE');
  } finally {
    db.close();
  }
}

function openFile(file: string) {
  const db = new DatabaseSync(file, { timeout: 5_000 });
  try {
    const later = describeLaterVersion(db, file, LADDER);
    if (later !== undefined) throw new StartProblem(later);
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
    climbLadder(db, LADDER);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
