// A hall's folder on a real disk: made whole or not at all, and refused where a part of it is lost.
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inspectHallFolder, prepareHallFolder } from '../../server/hall-folder.ts';
import { sqliteKeeper } from '../../server/ledger/sqlite/ledger-folder.ts';
import { openAt } from './ledger/sqlite-place.ts';

const seedFolder = join(import.meta.dirname, '../../data/halls/meilin');
const NOW = Date.parse('2019-11-25T10:30:00+08:00');
const STORES = ['access.sqlite', 'documents', 'ledger.sqlite'];

let parent: string;
let folder: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'hallpulse-folder-'));
  folder = join(parent, 'store');
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const prepare = (seed = seedFolder) => prepareHallFolder({ folder, seedFolder: seed, ledger: sqliteKeeper, now: NOW });
const inspect = () => inspectHallFolder(folder, 'ledger.sqlite');
const put = (name: string) => {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), 'x');
};
const listAll = () => (readdirSync(folder, { recursive: true }) as string[]).sort();
const withoutLock = () =>
  readdirSync(folder)
    .filter((name) => name !== 'writer.lock')
    .sort();

describe('a new hall', () => {
  test.each([0o000, 0o022, 0o077])('has all three stores, for its owner alone, under umask %o', async (mask) => {
    const before = process.umask(mask);
    try {
      expect(await prepare()).toBe(true);
    } finally {
      process.umask(before);
    }
    expect(withoutLock()).toEqual(STORES);
    expect(inspect()).toBe('whole');
    const modeOf = (name: string) => statSync(join(folder, name)).mode & 0o777;
    for (const name of listAll().filter((name) => name !== 'writer.lock'))
      expect([name, modeOf(name)]).toEqual([name, statSync(join(folder, name)).isDirectory() ? 0o700 : 0o600]);
    expect(modeOf('.')).toBe(0o700);
    const ledger = await openAt(folder);
    expect(ledger.head()).toBe(0);
    await ledger.close();
  });

  test('is made once', async () => {
    await prepare();
    const before = await openAt(folder);
    const { ledgerId } = before;
    await before.close();
    expect(await prepare()).toBe(false);
    const after = await openAt(folder);
    expect(after.ledgerId).toBe(ledgerId);
    await after.close();
  });

  test('is made beside what people put there before, and beside the demo', async () => {
    for (const name of ['photographs/s11.jpg', 'demo/ledger.sqlite', 'lost+found/x', 'notes.txt']) put(name);
    mkdirSync(join(folder, 'documents'));
    mkdirSync(join(folder, 'backups'));
    expect(await prepare()).toBe(true);
    expect(inspect()).toBe('whole');
  });

  test.each(['nowhere', 'file'])(
    'is not begun from a seed that is no folder (%s), and the folder stays new',
    async (name) => {
      mkdirSync(folder);
      writeFileSync(join(parent, 'file'), '');
      await expect(prepare(join(parent, name))).rejects.toThrow(/Set HALLPULSE_HALL to the folder/);
      expect(inspect()).toBe('new');
      expect(await prepare()).toBe(true);
    },
  );

  test('is not begun from a seed without a profile', async () => {
    mkdirSync(join(parent, 'seed'));
    await expect(prepare(join(parent, 'seed'))).rejects.toThrow(/profile\.json: the file is not there.*HALLPULSE_HALL/);
    expect(inspect()).toBe('new');
  });
});

describe('a power cut while the folder is made', () => {
  test('before the stores are whole: they are made anew', async () => {
    for (const name of ['making.partial/documents/profile.json', 'making.partial/access.sqlite']) put(name);
    expect(inspect()).toBe('new');
    expect(await prepare()).toBe(true);
    expect(withoutLock()).toEqual(STORES);
  });

  test.each([0, 1, 2])('after %i of them have taken their places: the others follow', async (placed) => {
    await prepare();
    mkdirSync(join(folder, 'making'));
    for (const name of STORES.slice(placed)) renameSync(join(folder, name), join(folder, 'making', name));
    expect(inspect()).toBe('making');
    expect(await prepare()).toBe(true);
    expect(withoutLock()).toEqual(STORES);
  });

  test('after the last has: nothing of it is taken for a making later', async () => {
    await prepare();
    mkdirSync(join(folder, 'making'));
    expect(inspect()).toBe('whole');
    rmSync(join(folder, 'ledger.sqlite'));
    expect(inspect).toThrow(/lacks ledger\.sqlite/);
  });
});

describe('a folder that has lost something', () => {
  const losses: [gone: string[], holds: string, lacks: string][] = [
    [['ledger.sqlite'], 'access.sqlite, documents/profile.json', 'ledger.sqlite'],
    [['access.sqlite'], 'ledger.sqlite, documents/profile.json', 'access.sqlite'],
    [['documents'], 'ledger.sqlite, access.sqlite', 'documents/profile.json'],
    [
      ['documents/profile.json', 'documents/profile.last-good.json'],
      'ledger.sqlite, access.sqlite, documents/',
      'documents/profile.json',
    ],
    [['ledger.sqlite', 'access.sqlite'], 'documents/profile.json', 'ledger.sqlite, access.sqlite'],
    [['ledger.sqlite', 'documents'], 'access.sqlite', 'ledger.sqlite, documents/profile.json'],
    [['access.sqlite', 'documents'], 'ledger.sqlite', 'access.sqlite, documents/profile.json'],
  ];
  test.each(losses)('without %j it is refused, and stays as it is', async (gone, holds, lacks) => {
    await prepare();
    for (const name of gone) rmSync(join(folder, name), { recursive: true });
    const before = listAll();
    const refusal = await prepare().catch((error: unknown) => error);
    expect(refusal).toMatchObject({ name: 'StartProblem' });
    expect((refusal as Error).message).toBe(
      `The data folder ${folder} holds ${holds} and lacks ${lacks}, so a part of the hall is lost. ` +
        'Restore a backup (npm run restore -- FOLDER-OF-A-BACKUP); or, if this really is a new hall, empty the folder.',
    );
    expect(listAll()).toEqual(before);
  });

  test.each([
    'ledger.sqlite-wal',
    'access.sqlite-wal',
    'alarm-codes.key',
    'backups/20191125T023000Z/manifest.json',
    'replaced-20191125T023000Z/ledger.sqlite',
    'documents/catalogue.json',
  ])('with nothing but %s it is no new hall', (name) => {
    put(name);
    expect(inspect).toThrow(/a part of the hall is lost/);
  });

  test('because a restore was cut short, it says so', async () => {
    await prepare();
    mkdirSync(join(folder, 'restoring-20191125T023000Z'));
    expect(inspect()).toBe('whole');
    rmSync(join(folder, 'ledger.sqlite'));
    await expect(prepare()).rejects.toThrow(/A restore into .* was cut short\. Run it once more/);
  });
});

test('a whole folder of an earlier version needs nothing that came later', async () => {
  await prepare();
  for (const name of ['scenes', 'noticeboard', 'calendar'])
    for (const file of [`${name}.json`, `${name}.last-good.json`]) rmSync(join(folder, 'documents', file));
  rmSync(join(folder, 'documents/profile.last-good.json'));
  chmodSync(folder, 0o755);
  cpSync(join(seedFolder, 'profile.json'), join(folder, 'documents/profile.json'));
  expect(inspect()).toBe('whole');
  expect(await prepare()).toBe(false);
});
