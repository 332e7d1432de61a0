// The ladder of a store's versions: every step whole or not at all, whoever else is at it, and none downwards.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAccess } from '../../../server/access/access.ts';
import { ACCESS_LADDER } from '../../../server/access/database.ts';
import { ACCESS_FILE } from '../../../server/hall-files.ts';
import { LADDER } from '../../../server/ledger/sqlite/ladder.ts';
import {
  climbLadder,
  describeLaterVersion,
  newestVersion,
  readVersion,
  type SchemaLadder,
} from '../../../server/sqlite/schema-ladder.ts';

const FIRST: SchemaLadder = [{ version: 1, sql: 'CREATE TABLE a (x)' }];
const SECOND: SchemaLadder = [...FIRST, { version: 2, sql: "ALTER TABLE a ADD COLUMN y; UPDATE a SET y = x || '!'" }];

let folder: string;
let db: DatabaseSyncInstance;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallpulse-ladder-'));
  db = new DatabaseSync(join(folder, 'store.sqlite'));
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

test.each([
  ['ledger', LADDER],
  ['access store', ACCESS_LADDER],
])('the %s has a step to each version, in order', (_name, ladder) => {
  expect(ladder.map(({ version }) => version)).toEqual(ladder.map((_, i) => i + 1));
});

test('a store takes the steps that it lacks, and keeps what was written', () => {
  climbLadder(db, FIRST);
  db.exec("INSERT INTO a VALUES ('kept')");
  climbLadder(db, SECOND);
  climbLadder(db, SECOND);
  expect(db.prepare('SELECT * FROM a').all()).toEqual([{ x: 'kept', y: 'kept!' }]);
  expect(readVersion(db)).toBe(2);
});

test('a step that fails leaves nothing of itself, and those before it stand', () => {
  const broken: SchemaLadder = [...SECOND, { version: 3, sql: 'CREATE TABLE b (x); CREATE TABLE a (x)' }];
  expect(() => climbLadder(db, broken)).toThrow(/already exists/);
  expect(readVersion(db)).toBe(2);
  expect(db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()).toEqual([{ name: 'a' }]);
});

test('a step that another process has taken meanwhile is not taken again', () => {
  climbLadder(db, FIRST);
  const other = new DatabaseSync(join(folder, 'store.sqlite'));
  const racing: SchemaLadder = [FIRST[0]!, { version: 2, sql: 'CREATE TABLE b (x)' }];
  // As if both had read version 1 before either took its turn: the second finds the work done.
  const late = {
    prepare: (sql: string) => db.prepare(sql),
    exec(sql: string) {
      if (sql === 'BEGIN IMMEDIATE') climbLadder(other, racing);
      db.exec(sql);
    },
  };
  climbLadder(late as DatabaseSyncInstance, racing);
  expect(readVersion(db)).toBe(2);
  other.close();
});

test('a later version is refused with a sentence that says what to do', () => {
  climbLadder(db, SECOND);
  expect(describeLaterVersion(db, '/x/store.sqlite', SECOND)).toBeUndefined();
  expect(describeLaterVersion(db, '/x/store.sqlite', FIRST)).toBe(
    '/x/store.sqlite was written by a later version of Hallpulse (schema 2; this one knows 1). Run that version, or restore a backup of this one.',
  );
});

test('an access store of the first version is opened with the keys that it holds, and one of a later version is not', () => {
  const file = join(folder, ACCESS_FILE);
  const change = (sql: string): void => {
    const store = new DatabaseSync(file);
    store.exec(sql);
    store.close();
  };
  change(`
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
    INSERT INTO tokens VALUES ('0a1b2c3d', 'hpk', zeroblob(32), 'meilin', '["urn:queue"]', 'queue', 0, NULL);
    PRAGMA user_version = 1;
  `);
  const access = openAccess(folder, { now: Date.now });
  expect(access.ingestKeys.list()).toMatchObject([{ id: '0a1b2c3d', sources: ['urn:queue'] }]);
  access.close();
  change(`PRAGMA user_version = ${newestVersion(ACCESS_LADDER) + 1}`);
  expect(() => openAccess(folder, { now: Date.now })).toThrow(/later version of Hallpulse/);
});
