// In which order a newcomer may begin, and that no way into a folder that has lost a part of its hall makes it anew.
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PLAIN_PARTS } from '../../../server/backup/backup.ts';
import { ACCESS_FILE, PRACTICE_FOLDER } from '../../../server/hall-files.ts';
import { LEDGER_FILE } from '../../../server/ledger/sqlite/schema.ts';
import { acceptance } from '../../e2e/hall-client.ts';
import { findRoot, startProduct } from '../../e2e/product.ts';
import { runCommand } from '../run-command.ts';
import { createHallPlaces, expectSentence, type HallPlaces } from './hall-places.ts';

const root = findRoot();
let places: HallPlaces;
beforeAll(async () => {
  places = await createHallPlaces();
});
afterAll(() => places.dispose());

const keysIn = (folder: string, ...args: string[]) => runCommand('keys', args, { HALLPULSE_DATA: folder });
const newKey = ['add', '--sources', '*', '--label', 'queue'];

async function expectServed(folder: string, secret: string, events: number): Promise<void> {
  const product = await startProduct({ folder, env: { HALLPULSE_INGEST_KEY: '' } });
  const response = await fetch(`${product.url}/api/events`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/cloudevents+json' },
    body: JSON.stringify(acceptance('first')),
  });
  expect(await response.json()).toMatchObject({ accepted: 1 });
  expect(await product.stop()).toBe(0);
  const db = new DatabaseSync(join(folder, 'ledger.sqlite'), { readOnly: true });
  const own = db.prepare("SELECT count(*) AS n FROM events WHERE type = 'hall.case.accepted'").get();
  db.close();
  expect(own).toEqual({ n: events });
}
const secretIn = (out: string): string => /hpk_\S+/.exec(out)![0];

describe('a newcomer may begin', () => {
  test('with a key: it makes the whole folder, and the start finds it', async () => {
    const folder = places.emptyPlace();
    const { code, out, err } = await keysIn(folder, ...newKey);
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining('hall meilin') as string });
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['ledger.sqlite', 'access.sqlite', 'documents']));
    await expectServed(folder, secretIn(out), 1);
  });

  test('with the start, and make keys while the hall is served', async () => {
    const folder = places.emptyPlace();
    const product = await startProduct({ folder });
    const { code, out } = await keysIn(folder, ...newKey);
    expect(code).toBe(0);
    expect(await product.stop()).toBe(0);
    await expectServed(folder, secretIn(out), 1);
  });

  test('with an import: it makes the whole folder, and key and start find it', async () => {
    const folder = places.emptyPlace();
    const guide = readFileSync(join(root, 'docs/mappings.md'), 'utf8');
    const [file, mapping] = [join(places.parent, 'cases.csv'), join(places.parent, 'mapping.json')];
    writeFileSync(file, /```\n(办件编号,[\s\S]+?)```/.exec(guide)![1]!);
    writeFileSync(mapping, /```json\n([\s\S]+?)```/.exec(guide)![1]!);
    const env = { HALLPULSE_DATA: folder };
    const trial = await runCommand('import', [file, '--mapping', mapping, '--dry-run'], env);
    expect(trial).toMatchObject({ code: 0 });
    expect(existsSync(folder)).toBe(false);
    expect(await runCommand('import', [file, '--mapping', mapping], env)).toMatchObject({ code: 0 });
    const { code, out } = await keysIn(folder, ...newKey);
    expect(code).toBe(0);
    const cases = Number(/events accepted: (\d+)/.exec(trial.out.replace('that would be accepted', 'accepted'))![1]);
    expect(cases).toBeGreaterThan(1);
    const db = new DatabaseSync(join(folder, 'ledger.sqlite'), { readOnly: true });
    const { n } = db.prepare("SELECT count(*) AS n FROM events WHERE type = 'hall.case.accepted'").get() as {
      n: number;
    };
    db.close();
    await expectServed(folder, secretIn(out), n + 1);
  });

  test('with a key for the demo: the folder is marked as made up, and never opened as a real one', async () => {
    const folder = places.emptyPlace();
    expect((await keysIn(folder, ...newKey, '--demo')).code).toBe(0);
    await expectSentence(join(folder, 'demo'), /holds the demo's ledger/);
  });

  test('with a restore into an empty folder', async () => {
    const { out } = await keysIn(places.whole, ...newKey);
    const to = join(places.parent, 'backups');
    expect(await runCommand('backup', ['--to', to], { HALLPULSE_DATA: places.whole })).toMatchObject({ code: 0 });
    const folder = places.emptyPlace();
    const [name] = readdirSync(to);
    expect(await runCommand('restore', [join(to, name!)], { HALLPULSE_DATA: folder })).toMatchObject({ code: 0 });
    await expectServed(folder, secretIn(out), 2);
  });

  test('with two commands at once: one hall is made, and both have their key in it', async () => {
    const folder = places.emptyPlace();
    const runs = await Promise.all([keysIn(folder, ...newKey), keysIn(folder, ...newKey), keysIn(folder, ...newKey)]);
    expect(runs.map(({ code, err }) => [code, err.includes('Made a folder')]).filter(([code]) => code !== 0)).toEqual(
      [],
    );
    expect(runs.filter(({ err }) => err.includes('Made a folder'))).toHaveLength(1);
    const { out } = await keysIn(folder, 'list');
    expect(out.trim().split('\n')).toHaveLength(3);
  });

  test('but a look at keys that are not there leaves no hall behind', async () => {
    const folder = places.emptyPlace();
    expect(await keysIn(folder, 'list')).toMatchObject({
      code: 2,
      err: expect.stringContaining('There is no hall in') as string,
    });
    expect(existsSync(folder)).toBe(false);
  });
});

describe('every way into a folder refuses', () => {
  const losses: [what: string, lose: (folder: string) => void, sentence: RegExp][] = [
    ['a lost ledger', (folder) => rmSync(join(folder, 'ledger.sqlite')), /lacks ledger\.sqlite.*[Rr]estore a backup/],
    ['a lost access store', (folder) => rmSync(join(folder, 'access.sqlite')), /lacks access\.sqlite/],
    [
      'a lost profile',
      (folder) => rmSync(join(folder, 'documents'), { recursive: true }),
      /lacks documents\/profile\.json/,
    ],
    [
      'documents that were emptied',
      (folder) => {
        rmSync(join(folder, 'documents'), { recursive: true });
        mkdirSync(join(folder, 'documents'));
      },
      /holds ledger\.sqlite, access\.sqlite.* and lacks documents\/profile\.json/,
    ],
    [
      'all but the profile',
      (folder) => {
        for (const name of readdirSync(folder))
          if (name !== 'documents') rmSync(join(folder, name), { recursive: true });
        for (const name of readdirSync(join(folder, 'documents')))
          if (name !== 'profile.json') rmSync(join(folder, 'documents', name));
      },
      /holds documents\/profile\.json and lacks ledger\.sqlite, access\.sqlite/,
    ],
  ];
  test.each(losses)('%s: start, keys, import and backup', async (_what, lose, sentence) => {
    const folder = places.copyOfWhole();
    lose(folder);
    const before = readdirSync(folder).sort();
    await expectSentence(folder, sentence);
    const env = { HALLPULSE_DATA: folder };
    const mapping = join(root, 'data/mappings/pingshan-requests.json');
    const runs = [
      await keysIn(folder, ...newKey),
      await keysIn(folder, 'list'),
      await runCommand('import', [mapping, '--mapping', mapping], env),
      await runCommand('backup', ['--to', join(folder, 'there')], env),
    ];
    for (const { err } of runs.slice(0, 2)) expect(err.trim()).toMatch(sentence);
    expect(runs[3]!.err.trim()).toMatch(sentence);
    expect(runs.map(({ code }) => code)).toEqual([2, 2, 2, 1]);
    for (const { err } of runs) expect(err).not.toMatch(/\n\s+at /);
    expect(readdirSync(folder).sort()).toEqual(before);
  });

  test('an emptied ledger, whose log stays for those who mend it', async () => {
    const folder = places.copyOfWhole();
    truncateSync(join(folder, 'ledger.sqlite'));
    writeFileSync(join(folder, 'ledger.sqlite-wal'), 'what was committed last');
    await expectSentence(
      folder,
      /ledger\.sqlite is empty: the ledger that it held is lost\. Keep the files and restore a backup/,
    );
    expect(readFileSync(join(folder, 'ledger.sqlite-wal'), 'utf8')).toBe('what was committed last');
  });

  test('a ledger without tables beside a profile', async () => {
    const folder = places.copyOfWhole();
    rmSync(join(folder, 'ledger.sqlite'));
    const db = new DatabaseSync(join(folder, 'ledger.sqlite'));
    db.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (a); DROP TABLE t; VACUUM');
    db.close();
    await expectSentence(folder, /ledger\.sqlite is empty/);
  });

  test('a lost catalogue: in its place the seed’s would name another hall’s items', async () => {
    const folder = places.copyOfWhole();
    for (const name of ['catalogue.json', 'catalogue.last-good.json']) rmSync(join(folder, 'documents', name));
    await expectSentence(folder, /catalogue\.json: the file is not there\. It is lost.*restore a backup/);
    expect(existsSync(join(folder, 'documents/catalogue.json'))).toBe(false);
  });

  test('an emptied access store', async () => {
    const folder = places.copyOfWhole();
    truncateSync(join(folder, 'access.sqlite'));
    await expectSentence(folder, /access\.sqlite is empty: the keys, tokens and accounts that it held are lost/);
    expect((await keysIn(folder, 'list')).err).toMatch(/access\.sqlite is empty/);
  });
});

test('what a hall that runs keeps in its folder is in its backups, or can be made anew', () => {
  const madeAnew = [
    'writer.lock',
    'ledger.sqlite-wal',
    'ledger.sqlite-shm',
    'access.sqlite-wal',
    'access.sqlite-shm',
    // A copy of its own in each backup, as the others have.
    'reconcile.sqlite',
    'reconcile.sqlite-wal',
    'reconcile.sqlite-shm',
    'voices.sqlite',
    'voices.sqlite-wal',
    'voices.sqlite-shm',
    PRACTICE_FOLDER,
  ];
  const kept = readdirSync(places.whole).filter((name) => !madeAnew.includes(name));
  expect(kept.filter((name) => ![LEDGER_FILE, ACCESS_FILE, ...PLAIN_PARTS].includes(name))).toEqual([]);
});

test('a ledger whose log is gone is none that is lost', async () => {
  const folder = places.emptyPlace();
  const product = await startProduct({ folder });
  await product.kill9();
  for (const name of ['ledger.sqlite-wal', 'ledger.sqlite-shm']) rmSync(join(folder, name), { force: true });
  const again = await startProduct({ folder });
  expect(await again.stop()).toBe(0);
});

test('a folder that an earlier version filled starts as before, and gets what came later', async () => {
  const folder = places.copyOfWhole();
  for (const name of ['scenes', 'noticeboard', 'calendar'])
    for (const file of [`${name}.json`, `${name}.last-good.json`]) rmSync(join(folder, 'documents', file));
  rmSync(join(folder, 'alarm-codes.key'));
  const product = await startProduct({ folder });
  expect(await product.stop()).toBe(0);
  expect(readdirSync(join(folder, 'documents'))).toEqual(expect.arrayContaining(['scenes.json', 'calendar.json']));
  expect(statSync(join(folder, 'alarm-codes.key')).mode & 0o777).toBe(0o600);
});
