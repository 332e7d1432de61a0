// A ledger file as the first version made it: opened, audited, backed up and restored by this one.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HallEvent } from '../../../domain/events/event.ts';
import { createAccessFile } from '../../../server/access/database.ts';
import type { Actor } from '../../../server/ledger/actor.ts';
import type { PendingEvent } from '../../../server/ledger/port.ts';
import { createBackup } from '../../../server/backup/backup.ts';
import { openReadingLedger } from '../../../server/ledger/sqlite/reading-ledger.ts';
import { restoreBackup } from '../../../server/backup/restore.ts';
import { LADDER } from '../../../server/ledger/sqlite/ladder.ts';
import { sqliteKeeper } from '../../../server/ledger/sqlite/ledger-folder.ts';
import { LEDGER_FILE } from '../../../server/ledger/sqlite/schema.ts';
import { newestVersion } from '../../../server/sqlite/schema-ladder.ts';
import { AT } from './sample-events.ts';
import { openAt } from './sqlite-place.ts';

const FIRST_TABLES = `
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
    UNIQUE (source, id)
  ) STRICT;
  CREATE INDEX events_by_entity ON events (entity) WHERE entity IS NOT NULL;
  CREATE INDEX events_by_link ON events (link) WHERE link IS NOT NULL;
  CREATE TABLE voids (
    target_source TEXT NOT NULL,
    target_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (target_source, target_id, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE cells (
    head TEXT NOT NULL,
    day TEXT NOT NULL,
    station TEXT NOT NULL,
    name TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (head, day, station, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE checkpoint (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    seq INTEGER NOT NULL,
    fold_version TEXT NOT NULL,
    state TEXT NOT NULL
  ) STRICT;
  INSERT INTO meta VALUES
    ('ledger_id', '11111111-2222-4333-8444-555555555555'), ('hall', 'meilin'), ('zone', 'Asia/Shanghai'),
    ('created', '2019-06-05T00:00:00.000Z');
  PRAGMA application_id = ${0x48504c53};
  PRAGMA user_version = 1;
`;

const SENDER: Actor = { kind: 'key', id: '0a1b2c3d' };
const DATA = { window: 'w01', station: 'hall', status: 'open', operator: { id: 7 }, reading: [{ x: 1 }] };

let parent: string;
let folder: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'hallpulse-first-'));
  folder = join(parent, 'store');
  mkdirSync(folder);
  const db = new DatabaseSync(join(folder, LEDGER_FILE));
  db.exec(`PRAGMA journal_mode = WAL; ${FIRST_TABLES}`);
  const insert = db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, 1, NULL, ?, ?, NULL, ?)');
  for (let i = 1; i <= 3; i++)
    insert.run(i, 'urn:old', `e-${i}`, 'hall.window.changed', AT + i, JSON.stringify(DATA), 'window:w01', AT);
  db.close();
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const replay = (id: string, data: object, dropped: string[] = []): PendingEvent => ({
  event: { source: 'urn:old', id, type: 'hall.window.changed', at: AT + Number(id.slice(2)), data } as HallEvent,
  timeGiven: true,
  dropped,
});

async function expectWhole(of: string): Promise<void> {
  const ledger = await openAt(of);
  const { window, station, status } = DATA;
  expect((await ledger.read(0, 10)).map(({ id, data }) => [id, data])).toEqual(
    ['e-1', 'e-2', 'e-3'].map((id) => [id, { window, station, status }]),
  );
  expect((await ledger.latestOf(['window:w01'], 3)).get('window:w01')?.id).toBe('e-3');
  const { outcomes } = await ledger.append(
    [
      replay('e-1', { window, station, status }, ['operator', 'reading']),
      replay('e-2', { window, station, status: 'closed' }, ['operator', 'reading']),
      replay('e-4', { window, station, status }, ['operator']),
    ],
    AT,
    SENDER,
  );
  expect(outcomes).toEqual(['duplicate', 'conflict', { seq: 4 }]);
  // Of what the first version recorded nobody knows who did.
  expect(await ledger.readActors(0, 10)).toEqual([undefined, undefined, undefined, SENDER]);
  await ledger.close();
  const db = new DatabaseSync(join(of, LEDGER_FILE), { readOnly: true });
  expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: newestVersion(LADDER) });
  expect(db.prepare('SELECT dropped FROM events ORDER BY seq').all()).toEqual([
    { dropped: null },
    { dropped: null },
    { dropped: null },
    { dropped: '["operator"]' },
  ]);
  const plan = db
    .prepare(
      "EXPLAIN QUERY PLAN SELECT id FROM events WHERE entity = 'w' AND type IN ('hall.window.changed', 'hall.terminal.changed') ORDER BY at DESC LIMIT 1",
    )
    .all();
  expect(JSON.stringify(plan)).toContain('events_standing');
  db.close();
}

test('it is brought up to date where it lies, with all that it holds', async () => {
  await expectWhole(folder);
});

test('its sums are of another version: an auditor is told so, and leaves it as it is', () => {
  expect(() => openReadingLedger(folder)).toThrow('start Hallpulse once, which counts anew');
  const db = new DatabaseSync(join(folder, LEDGER_FILE), { readOnly: true });
  expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 });
  db.close();
});

test('it is backed up as it is, and its backup restored', async () => {
  // Only a whole hall is backed up.
  createAccessFile(folder);
  mkdirSync(join(folder, 'documents'));
  writeFileSync(join(folder, 'documents/profile.json'), '{}');
  const { path, manifest } = await createBackup({ folder, ledger: sqliteKeeper, to: join(parent, 'backups'), now: AT });
  expect(manifest).toMatchObject({ events: 3, seq: 3 });
  const restored = join(parent, 'restored');
  mkdirSync(restored);
  await restoreBackup({ from: path, folder: restored, ledger: sqliteKeeper, now: AT });
  await expectWhole(restored);
});

test('a migration that breaks off leaves it as it was', async () => {
  const change = (sql: string): void => {
    const db = new DatabaseSync(join(folder, LEDGER_FILE));
    db.exec(sql);
    db.close();
  };
  change('CREATE INDEX events_standing ON events (at)');
  await expect(openAt(folder)).rejects.toThrow();
  change('DROP INDEX events_standing');
  await expectWhole(folder);
});
