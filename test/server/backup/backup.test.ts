// Backup and restore of a data folder: taken under load, checked, put back, and refused where that would do harm.
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isDemoFolder } from '../../../server/demo/hall.ts';
import { inspectHallFolder } from '../../../server/hall-folder.ts';
import { createBackup } from '../../../server/backup/backup.ts';
import { checkBackup, MANIFEST_FILE } from '../../../server/backup/manifest.ts';
import type { Ledger } from '../../../server/ledger/port.ts';
import type { LedgerKeeper } from '../../../server/ledger/keeper.ts';
import { openVoiceStore } from '../../../server/voices/store.ts';
import { restoreBackup } from '../../../server/backup/restore.ts';
import { sqliteKeeper } from '../../../server/ledger/sqlite/ledger-folder.ts';
import { LEDGER_FILE } from '../../../server/ledger/sqlite/schema.ts';
import { accepted, AT, manyAccepted, smallHall } from '../ledger/sample-events.ts';
import { createSqlitePlace, openAt, type SqlitePlace } from '../ledger/sqlite-place.ts';

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

  const backUp = (now = NOW) => createBackup({ folder: place.folder, ledger: sqliteKeeper, to, now });
  const restore = (from: string, now = NOW + 1_000) =>
    restoreBackup({ from, folder: place.folder, ledger: sqliteKeeper, now });

  test('a backup taken while events pour in restores to the same counts, under a new name (promise 16)', async () => {
    await ledger.append(manyAccepted('before', 500), AT, null);
    const cell = { day: '2019-11-22', station: 'hall', name: 'accepted/window/x/', n: 500 };
    await ledger.saveFold({ foldVersion: '1', after: 0, seq: 500, cells: [cell], state: '{}' });
    await ledger.showFold('1');

    let isWriting = true;
    const writing = (async () => {
      for (let i = 0; isWriting; i++) await ledger.append(manyAccepted(`during${i}`, 100), AT, null);
    })();
    const { path, manifest } = await backUp();
    isWriting = false;
    await writing;
    expect(ledger.head()).toBeGreaterThan(manifest.seq - 1);
    const copied = await ledger.read(0, manifest.seq);
    const { ledgerId } = ledger;
    await ledger.append([accepted('after the backup')], AT, null);
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
    const asked = { from: '2019-11-22', to: '2019-11-22', now: NOW };
    expect(await ledger.measure([asked], smallHall)).toMatchObject([{ seq: 500, accepted: 500 }]);
    expect((await ledger.append([accepted('next')], AT, null)).seq).toBe(manifest.seq + 1);
    expect(readFileSync(join(place.folder, 'documents', 'profile.json'), 'utf8')).toContain('梅林');
  });

  test('what a restore replaces is kept, whole and openable', async () => {
    await ledger.append([accepted('a')], AT, null);
    const { path } = await backUp();
    await ledger.append([accepted('b')], AT, null);
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

  test('two in one second both succeed, one after the other and at once', async () => {
    const first = await backUp();
    const others = await Promise.all([backUp(), backUp(NOW + 500)]);
    const paths = [first, ...others].map(({ path }) => path);
    expect(paths.sort()).toEqual(['', '-2', '-3'].map((ending) => join(to, `20191125T023000Z${ending}`)));
    for (const path of paths) await checkBackup(path);
    expect(readdirSync(to)).toHaveLength(3);
    await ledger.close();
    const restores = [await restore(first.path), await restore(paths[1]!)];
    expect(restores[0]!.replaced).not.toBe(restores[1]!.replaced);
    ledger = await place.open();
  });

  test('words that wait are kept in a backup, whatever is read and comes in while it is made', async () => {
    await ledger.append([accepted('a')], AT, null);
    const store = openVoiceStore(place.folder);
    const row = (id: string) => ({
      ...{
        kind: 'suggestion' as const,
        id,
        station: 'hall',
        topic: null,
        medium: 'tablet',
        at: AT,
        actor: 'display:x',
      },
      words: `多设座位 ${id}`,
    });
    store.keep(row('read-meanwhile'));
    store.keep(row('waits'));
    const meanwhile: LedgerKeeper = {
      ...sqliteKeeper,
      async copy(...args) {
        const copied = await sqliteKeeper.copy(...args);
        store.remove('suggestion', 'read-meanwhile');
        store.keep(row('came-meanwhile'));
        return copied;
      },
    };
    const { path, manifest } = await createBackup({ folder: place.folder, ledger: meanwhile, to, now: NOW });
    expect(manifest.files.map((file) => file.path)).toContain('voices.sqlite');
    expect(readdirSync(path).filter((name) => name.startsWith('voices'))).toEqual(['voices.sqlite']);
    expect(statSync(join(path, 'voices.sqlite')).mode & 0o777).toBe(0o600);
    for (const id of ['waits', 'came-meanwhile']) store.remove('suggestion', id);
    store.close();
    await ledger.close();
    await restore(path);
    ledger = await place.open();
    const restored = openVoiceStore(place.folder);
    expect(restored.list().map(({ id }) => id)).toEqual(['came-meanwhile', 'read-meanwhile', 'waits']);
    expect(restored.find('suggestion', 'waits')).toEqual(row('waits'));
    restored.close();
  });

  const fill = () => {
    for (const [name, text] of Object.entries(EXTRAS)) {
      mkdirSync(join(place.folder, name, '..'), { recursive: true });
      writeFileSync(join(place.folder, name), text);
      chmodSync(join(place.folder, name), 0o644);
    }
  };
  const EXTRAS = {
    'photographs/s11.jpg': 'a photograph',
    'photographs/张三.png': 'another',
    'alarm-codes.key': 'f'.repeat(64),
    'documents/calendar.json': '{}',
  };

  test.each([0o000, 0o022, 0o077])(
    'hold photographs and the key of the codes, for their owner alone, under umask %o, and bring them back so',
    async (mask) => {
      fill();
      symlinkSync(join(place.folder, 'photographs/s11.jpg'), join(place.folder, 'photographs/s12.jpg'));
      symlinkSync(place.folder, join(place.folder, 'photographs/round'));
      writeFileSync(join(place.folder, 'documents/.profile.json.1.0.tmp'), 'half');
      const before = process.umask(mask);
      let path: string;
      try {
        ({ path } = await backUp());
        await ledger.close();
        for (const name of ['photographs', 'documents', 'alarm-codes.key'])
          rmSync(join(place.folder, name), { recursive: true });
        await restore(path);
      } finally {
        process.umask(before);
      }
      const names = [
        'photographs/s12.jpg',
        'photographs',
        'documents',
        LEDGER_FILE,
        'access.sqlite',
        ...Object.keys(EXTRAS),
      ];
      for (const [parent, more] of [
        [path, ['.', MANIFEST_FILE]],
        [place.folder, []],
      ] as const) {
        for (const name of [...names, ...more]) {
          const found = statSync(join(parent, name));
          expect([name, found.mode & 0o777]).toEqual([name, found.isDirectory() ? 0o700 : 0o600]);
        }
        for (const [name, text] of Object.entries({ ...EXTRAS, 'photographs/s12.jpg': 'a photograph' }))
          expect(readFileSync(join(parent, name), 'utf8')).toBe(text);
        expect(readdirSync(join(parent, 'photographs'))).not.toContain('round');
        expect(readdirSync(join(parent, 'documents'))).toEqual(['calendar.json', 'profile.json']);
      }
      ledger = await place.open();
    },
  );

  test('a backup of an earlier version, without photographs, leaves those that are there', async () => {
    await ledger.append([accepted('a')], AT, null);
    const { path } = await backUp();
    fill();
    await ledger.close();
    const { replaced } = await restore(path);
    expect(readFileSync(join(place.folder, 'photographs/s11.jpg'), 'utf8')).toBe('a photograph');
    expect(readFileSync(join(place.folder, 'alarm-codes.key'), 'utf8')).toBe('f'.repeat(64));
    expect(readdirSync(replaced!)).not.toContain('photographs');
    ledger = await place.open();
    expect(ledger.head()).toBe(1);
  });

  test("a demo's backup stays a demo's wherever it is put", async () => {
    writeFileSync(join(place.folder, 'DEMO'), 'made up');
    const { path } = await backUp();
    const elsewhere = join(to, 'real');
    await restoreBackup({ from: path, folder: elsewhere, ledger: sqliteKeeper, now: NOW });
    expect(isDemoFolder(elsewhere)).toBe(true);
  });

  test('a folder that has lost a part is not backed up as if it were whole', async () => {
    rmSync(join(place.folder, 'access.sqlite'));
    await expect(backUp()).rejects.toThrow(/lacks access\.sqlite/);
    expect(readdirSync(to)).toEqual([]);
  });

  test.each([
    ['the ledger was put aside', 1],
    ['and the rest', 3],
    ['and the documents were put back', 4],
  ])('a restore cut short after %s is told to whoever starts, and can be repeated', async (_, steps) => {
    await ledger.append([accepted('a')], AT, null);
    const { path } = await backUp();
    await ledger.close();
    const [incoming, aside] = ['restoring-x', 'replaced-x'].map((name) => join(place.folder, name)) as [string, string];
    cpSync(path, incoming, { recursive: true });
    rmSync(join(incoming, MANIFEST_FILE));
    mkdirSync(aside);
    const moves: [from: string, to: string][] = [
      ...[LEDGER_FILE, 'access.sqlite', 'documents'].map((name): [string, string] => [
        join(place.folder, name),
        join(aside, name),
      ]),
      [join(incoming, 'documents'), join(place.folder, 'documents')],
    ];
    for (const [from, target] of moves.slice(0, steps)) renameSync(from, target);
    expect(() => inspectHallFolder(place.folder, LEDGER_FILE)).toThrow(/cut short\. Run it once more/);
    await restore(path);
    expect(inspectHallFolder(place.folder, LEDGER_FILE)).toBe('whole');
    ledger = await place.open();
    expect(ledger.head()).toBe(1);
  });

  test('says so when there is no ledger', async () => {
    await expect(createBackup({ folder: to, ledger: sqliteKeeper, to, now: NOW })).rejects.toMatchObject({
      problem: 'io',
    });
    expect(readdirSync(to)).toEqual([]);
  });

  test('an engine copies a ledger that is served into files of its own, and never over one that is there', async () => {
    await ledger.append(manyAccepted('a', 50), AT, null);
    const { ledgerId } = ledger;
    expect(await sqliteKeeper.copy(place.folder, to)).toEqual({ ledgerId, hall: 'meilin', seq: 50, events: 50 });
    const copy = await openAt(to);
    expect(copy.head()).toBe(50);
    await copy.close();
    await expect(sqliteKeeper.copy(place.folder, to)).rejects.toThrow(/exists already/);
  });

  test('a restore is refused while the folder is served', async () => {
    const { path } = await backUp();
    await expect(restore(path)).rejects.toMatchObject({ problem: 'in-use' });
    expect((await ledger.append([accepted('a')], AT, null)).seq).toBe(1);
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
    await ledger.append([accepted('a')], AT, null);
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
    await ledger.append([accepted('a')], AT, null);
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
