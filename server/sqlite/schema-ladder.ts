/** The ladder of a SQLite store: the steps by which one of any earlier version becomes one of this version. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/** One version's change to the tables; what a hall has written stays. A step that was released is never edited. */
export interface SchemaStep {
  /** What the store's `user_version` is after it: 1, 2 and so on. The first makes the tables of an empty file. */
  readonly version: number;
  readonly sql: string;
}

export type SchemaLadder = readonly SchemaStep[];

export function newestVersion(ladder: SchemaLadder): number {
  return ladder.at(-1)!.version;
}

/** 0 for a file without tables. */
export function readVersion(db: DatabaseSyncInstance): number {
  return (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
}

/** Takes the steps that `db` lacks, each in one transaction. Another process may be at it too. */
export function climbLadder(db: DatabaseSyncInstance, ladder: SchemaLadder): void {
  while (readVersion(db) < newestVersion(ladder)) {
    inTransaction(db, () => {
      const version = readVersion(db);
      const next = ladder.find((step) => step.version === version + 1);
      if (next) db.exec(`${next.sql}; PRAGMA user_version = ${next.version}`);
    });
  }
}

/** Why `file` may not be opened by this version: the sentence, or undefined where it may. */
export function describeLaterVersion(db: DatabaseSyncInstance, file: string, ladder: SchemaLadder): string | undefined {
  const [version, newest] = [readVersion(db), newestVersion(ladder)];
  if (version <= newest) return undefined;
  return `${file} was written by a later version of Hallpulse (schema ${version}; this one knows ${newest}). Run that version, or restore a backup of this one.`;
}

/** Does `work` as one; within another it is a part of that. */
export function inTransaction<T>(db: DatabaseSyncInstance, work: () => T): T {
  if (db.isTransaction) return work();
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite has already rolled back by itself after some failures, a full disk among them.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
