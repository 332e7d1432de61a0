// Backup and restore of a data folder: taken under load, checked, put back, and refused where that would do harm.
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBackup } from '../../../server/ledger/sqlite/backup.ts';
import { checkBackup, MANIFEST_FILE } from '../../../server/ledger/manifest.ts';
import type { Ledger } from '../../../server/ledger/port.ts';
import { restoreBackup } from '../../../server/ledger/sqlite/restore.ts';
import { LEDGER_FILE } from '../../../server/ledger/sqlite/schema.ts';
import { accepted, AT, manyAccepted } from './sample-events.ts';
import { createSqlitePlace, openAt, type SqlitePlace } from './sqlite-place.ts';

const NOW = Date.parse('2019-11-25T10:30:00+08:00');

describe('backup and restore', () => {
  let place: SqlitePlace;
  let ledger: Ledger;
  let to: string;

  beforeEach(async () => {
    place = await createSqlitePlace();
    ledger = await place.open();
    to = mkdtempSync(join(tmpdir(), 'hallpulse-backups-'));
    mkdirSync(join(place.folder, 'documents'));
    writeFileSync(join(place.folder, 'documents', 'profile.json'), '{"name":"梅林街道政务服务大厅"}');
    const access = new DatabaseSync(join(place.folder, 'access.sqlite'));
    access.exec("PRAGMA journal_mode = WAL; CREATE TABLE keys (name TEXT); INSERT INTO keys VALUES ('queue')");
    access.close();
  });
  afterEach(async () => {
    await ledger.close();
    await place.dispose();
    rmSync(to, { recursive: true, force: true });
  });

  const backUp = (now = NOW) => createBackup({ folder: place.folder, to, now });
  const restore = (from: string, now = NOW + 1_000) => restoreBackup({ from, folder: place.folder, now });

  test('a backup taken while events pour in restores to the same counts, under a new name (promise 16)', async () => {
    await ledger.append(manyAccepted('before', 500), AT);
    const cell = { day: '2019-11-22', station: 'hall', name: 'accepted', n: 500 };
    await ledger.saveCheckpoint({ seq: 500, foldVersion: '1', state: '{}' }, [cell]);

    let isWriting = true;
    const writing = (async () => {
      for (let i = 0; isWriting; i++) await ledger.append(manyAccepted(`during${i}`, 100), AT);
    })();
    const { path, manifest } = await backUp();
    isWriting = false;
    await writing;
    expect(ledger.head()).toBeGreaterThan(manifest.seq - 1);
    const copied = await ledger.read(0, manifest.seq);
    const { ledgerId } = ledger;
    await ledger.append([accepted('after the backup')], AT);
    await ledger.close();
    writeFileSync(join(place.folder, 'documents', 'profile.json'), '{"name":"changed"}');

    const result = await restore(path);
    ledger = await place.open();
    expect(manifest).toMatchObject({
      hall: 'meilin',
      ledgerId,
      created: '2019-11-25T02:30:00.000Z',
      events: manifest.seq,
    });
    expect(manifest.seq).toBeGreaterThanOrEqual(500);
    expect(ledger.ledgerId).toBe(result.ledgerId);
    expect(ledger.ledgerId).not.toBe(ledgerId);
    expect(ledger.head()).toBe(manifest.seq);
    expect(await ledger.read(0, 1_000_000)).toEqual(copied);
    expect(await ledger.sumCells({})).toEqual({ seq: 500, sums: [{ station: 'hall', name: 'accepted', n: 500 }] });
    expect((await ledger.append([accepted('next')], AT)).seq).toBe(manifest.seq + 1);
    expect(readFileSync(join(place.folder, 'documents', 'profile.json'), 'utf8')).toContain('梅林');
  });

  test('what a restore replaces is kept, whole and openable', async () => {
    await ledger.append([accepted('a')], AT);
    const { path } = await backUp();
    await ledger.append([accepted('b')], AT);
    await ledger.close();
    const { replaced } = await restore(path);
    expect(readdirSync(replaced!)).toEqual(expect.arrayContaining(['access.sqlite', 'documents', LEDGER_FILE]));
    const former = await openAt(replaced!);
    expect(former.head()).toBe(2);
    await former.close();
  });

  test('names its files and their hashes, and nothing half-made is left beside it', async () => {
    const { path, manifest } = await backUp();
    expect(manifest.files.map((file) => file.path)).toEqual(['access.sqlite', 'documents/profile.json', LEDGER_FILE]);
    expect(readdirSync(to)).toEqual(['20191125T023000Z']);
    expect(await checkBackup(path)).toEqual(manifest);
    expect(readdirSync(path).sort()).toEqual(['access.sqlite', 'documents', LEDGER_FILE, MANIFEST_FILE].sort());
  });

  test('never writes over a backup', async () => {
    await backUp();
    await expect(backUp()).rejects.toThrow(/exists already/);
  });

  test('says so when there is no ledger', async () => {
    await expect(createBackup({ folder: to, to, now: NOW })).rejects.toMatchObject({ problem: 'io' });
    expect(readdirSync(to)).toEqual([]);
  });

  test('the serving ledger writes a copy of itself by its own means', async () => {
    await ledger.append(manyAccepted('a', 50), AT);
    const target = join(to, LEDGER_FILE);
    await ledger.backup(target);
    const copy = await openAt(to);
    expect(copy.head()).toBe(50);
    await copy.close();
    await expect(ledger.backup(target)).rejects.toThrow(/exists already/);
  });

  test('a restore is refused while the folder is served', async () => {
    const { path } = await backUp();
    await expect(restore(path)).rejects.toMatchObject({ problem: 'in-use' });
    expect((await ledger.append([accepted('a')], AT)).seq).toBe(1);
  });

  const damages: [what: string, damage: (path: string) => void][] = [
    ['a changed file', (path) => appendFileSync(join(path, 'documents', 'profile.json'), ' ')],
    ['a missing file', (path) => rmSync(join(path, 'access.sqlite'))],
    ['a stray file', (path) => writeFileSync(join(path, 'notes.txt'), 'x')],
    ['no manifest', (path) => rmSync(join(path, MANIFEST_FILE))],
    ['a manifest that is none', (path) => writeFileSync(join(path, MANIFEST_FILE), '{"format":1}')],
    [
      'a manifest that leads out of its folder',
      (path) => {
        const file = join(path, MANIFEST_FILE);
        writeFileSync(file, readFileSync(file, 'utf8').replace('documents/profile.json', '../../elsewhere.json'));
      },
    ],
  ];
  test.each(damages)('a backup with %s is refused and the present ledger stays', async (_, damage) => {
    await ledger.append([accepted('a')], AT);
    const { path } = await backUp();
    damage(path);
    await ledger.close();
    const before = readdirSync(place.folder).sort();
    await expect(restore(path)).rejects.toMatchObject({ problem: 'damaged' });
    expect(readdirSync(place.folder).sort()).toEqual(before);
    ledger = await place.open();
    expect(ledger.head()).toBe(1);
  });

  test('a restore that was cut short is not followed by an empty ledger, and can be repeated', async () => {
    await ledger.append([accepted('a')], AT);
    const { path } = await backUp();
    await ledger.close();
    mkdirSync(join(place.folder, 'restoring-20191125T023000Z'));
    renameSync(join(place.folder, LEDGER_FILE), join(to, LEDGER_FILE));
    await expect(place.open()).rejects.toMatchObject({ problem: 'damaged' });
    expect(existsSync(join(place.folder, LEDGER_FILE))).toBe(false);
    await restore(path);
    ledger = await place.open();
    expect(ledger.head()).toBe(1);
  });
});
