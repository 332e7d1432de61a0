// What only a whole process shows: in which order a newcomer may begin, and that a hall which cannot start says why in
// one sentence, and ends with the code that keeps its supervisor from trying again.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProgram } from '../../../commands/browser.mjs';
import { BACKUP_PARTS } from '../../../server/ledger/sqlite/backup.ts';
import { acceptance, postEvents } from '../../e2e/hall-client.ts';
import { beginProduct, findRoot, KEY, startProduct } from '../../e2e/product.ts';
import { runCommand } from '../run-command.ts';

const root = findRoot();
const meilin = join(root, 'data/halls/meilin');
let parent: string;
/** A hall that has run and was stopped. */
let whole: string;
let count = 0;

beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), 'hallpulse-lost-'));
  whole = join(parent, 'whole');
  const product = await startProduct({ folder: whole });
  expect((await postEvents(product.url, acceptance('kept'))).body).toMatchObject({ accepted: 1 });
  expect(await product.stop()).toBe(0);
}, 60_000);
afterAll(() => rmSync(parent, { recursive: true, force: true }));

const emptyPlace = (): string => join(parent, `place-${count++}`);
function copyOfWhole(): string {
  const folder = emptyPlace();
  cpSync(whole, folder, { recursive: true });
  return folder;
}
const keysIn = (folder: string, ...args: string[]) => runCommand('keys', args, { HALLPULSE_DATA: folder });
const newKey = ['add', '--sources', '*', '--label', 'queue'];

/** What the process says before it ends, and its code. */
async function startRefused(folder: string, env: Record<string, string> = {}): Promise<{ code: number; said: string }> {
  const refusal = (await beginProduct({ folder, env: { HALLPULSE_LOG: 'fatal', ...env } }).ready.then(
    async (product) => {
      await product.stop();
      return new Error('it started');
    },
    (error: unknown) => error,
  )) as Error;
  const [, code, said] = /ended with (\d+) before it served:\n([\s\S]*)$/.exec(refusal.message) ?? [];
  if (said === undefined) throw refusal;
  return { code: Number(code), said: said.trim() };
}

async function expectSentence(folder: string, sentence: RegExp, env: Record<string, string> = {}): Promise<void> {
  const { code, said } = await startRefused(folder, env);
  expect(said).toMatch(sentence);
  expect(said.split('\n'), said).toHaveLength(1);
  expect(said).not.toMatch(/node:internal|\.js:\d/);
  expect(code).toBe(2);
}

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

describe('a newcomer may begin', { timeout: 60_000 }, () => {
  test('with a key: it makes the whole folder, and the start finds it', async () => {
    const folder = emptyPlace();
    const { code, out, err } = await keysIn(folder, ...newKey);
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining('hall meilin') as string });
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['ledger.sqlite', 'access.sqlite', 'documents']));
    await expectServed(folder, secretIn(out), 1);
  });

  test('with the start, and make keys while the hall is served', async () => {
    const folder = emptyPlace();
    const product = await startProduct({ folder });
    const { code, out } = await keysIn(folder, ...newKey);
    expect(code).toBe(0);
    expect(await product.stop()).toBe(0);
    await expectServed(folder, secretIn(out), 1);
  });

  test('with an import: it makes the whole folder, and key and start find it', async () => {
    const folder = emptyPlace();
    const guide = readFileSync(join(root, 'docs/mappings.md'), 'utf8');
    const [file, mapping] = [join(parent, 'cases.csv'), join(parent, 'mapping.json')];
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
    const folder = emptyPlace();
    expect((await keysIn(folder, ...newKey, '--demo')).code).toBe(0);
    await expectSentence(join(folder, 'demo'), /holds the demo's ledger/);
  });

  test('with a restore into an empty folder', async () => {
    const { out } = await keysIn(whole, ...newKey);
    const to = join(parent, 'backups');
    expect(await runCommand('backup', ['--to', to], { HALLPULSE_DATA: whole })).toMatchObject({ code: 0 });
    const folder = emptyPlace();
    const [name] = readdirSync(to);
    expect(await runCommand('restore', [join(to, name!)], { HALLPULSE_DATA: folder })).toMatchObject({ code: 0 });
    await expectServed(folder, secretIn(out), 2);
  });

  test('with two commands at once: one hall is made, and both have their key in it', async () => {
    const folder = emptyPlace();
    const runs = await Promise.all([keysIn(folder, ...newKey), keysIn(folder, ...newKey), keysIn(folder, ...newKey)]);
    expect(runs.map(({ code, err }) => [code, err.includes('Made a folder')]).filter(([code]) => code !== 0)).toEqual(
      [],
    );
    expect(runs.filter(({ err }) => err.includes('Made a folder'))).toHaveLength(1);
    const { out } = await keysIn(folder, 'list');
    expect(out.trim().split('\n')).toHaveLength(3);
  });

  test('but a look at keys that are not there leaves no hall behind', async () => {
    const folder = emptyPlace();
    expect(await keysIn(folder, 'list')).toMatchObject({
      code: 2,
      err: expect.stringContaining('There is no hall in') as string,
    });
    expect(existsSync(folder)).toBe(false);
  });
});

describe('every way into a folder refuses', { timeout: 60_000 }, () => {
  const losses: [what: string, lose: (folder: string) => void, sentence: RegExp][] = [
    ['a lost ledger', (folder) => rmSync(join(folder, 'ledger.sqlite')), /lacks ledger\.sqlite.*[Rr]estore a backup/],
    ['a lost access store', (folder) => rmSync(join(folder, 'access.sqlite')), /lacks access\.sqlite/],
    [
      'a lost profile',
      (folder) => rmSync(join(folder, 'documents'), { recursive: true }),
      /lacks documents\/profile\.json/,
    ],
  ];
  test.each(losses)('%s: start, keys, import and backup', async (_what, lose, sentence) => {
    const folder = copyOfWhole();
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
    const folder = copyOfWhole();
    truncateSync(join(folder, 'ledger.sqlite'));
    writeFileSync(join(folder, 'ledger.sqlite-wal'), 'what was committed last');
    await expectSentence(
      folder,
      /ledger\.sqlite is empty: the ledger that it held is lost\. Keep the files and restore a backup/,
    );
    expect(readFileSync(join(folder, 'ledger.sqlite-wal'), 'utf8')).toBe('what was committed last');
  });

  test('a ledger without tables beside a profile', async () => {
    const folder = copyOfWhole();
    rmSync(join(folder, 'ledger.sqlite'));
    const db = new DatabaseSync(join(folder, 'ledger.sqlite'));
    db.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (a); DROP TABLE t; VACUUM');
    db.close();
    await expectSentence(folder, /ledger\.sqlite is empty/);
  });

  test('an emptied access store', async () => {
    const folder = copyOfWhole();
    truncateSync(join(folder, 'access.sqlite'));
    await expectSentence(folder, /access\.sqlite is empty: the keys and tokens that it held are lost/);
    expect((await keysIn(folder, 'list')).err).toMatch(/access\.sqlite is empty/);
  });
});

test('what a hall that runs keeps in its folder is in its backups, or can be made anew', { timeout: 60_000 }, () => {
  const madeAnew = ['writer.lock', 'ledger.sqlite-wal', 'ledger.sqlite-shm', 'access.sqlite-wal', 'access.sqlite-shm'];
  const kept = readdirSync(whole).filter((name) => !madeAnew.includes(name));
  expect(kept.filter((name) => !BACKUP_PARTS.includes(name))).toEqual([]);
});

test('a ledger whose log is gone is none that is lost', { timeout: 60_000 }, async () => {
  const folder = emptyPlace();
  const product = await startProduct({ folder });
  await product.kill9();
  for (const name of ['ledger.sqlite-wal', 'ledger.sqlite-shm']) rmSync(join(folder, name), { force: true });
  const again = await startProduct({ folder });
  expect(await again.stop()).toBe(0);
});

test(
  'a folder that an earlier version filled starts as before, and gets what came later',
  { timeout: 60_000 },
  async () => {
    const folder = copyOfWhole();
    for (const name of ['scenes', 'noticeboard', 'calendar'])
      for (const file of [`${name}.json`, `${name}.last-good.json`]) rmSync(join(folder, 'documents', file));
    rmSync(join(folder, 'alarm-codes.key'));
    const product = await startProduct({ folder });
    expect(await product.stop()).toBe(0);
    expect(readdirSync(join(folder, 'documents'))).toEqual(expect.arrayContaining(['scenes.json', 'calendar.json']));
    expect(statSync(join(folder, 'alarm-codes.key')).mode & 0o777).toBe(0o600);
  },
);

test(
  'a page that is damaged deeper down is told when it is read: by start, audit and backup',
  { timeout: 60_000 },
  async () => {
    const folder = copyOfWhole();
    const db = new DatabaseSync(join(folder, 'ledger.sqlite'));
    db.exec('DELETE FROM checkpoint; DELETE FROM cells');
    const { root: page } = db.prepare("SELECT rootpage AS root FROM sqlite_schema WHERE name = 'events'").get() as {
      root: number;
    };
    db.close();
    damagePages(join(folder, 'ledger.sqlite'), (page - 1) * 4_096, page * 4_096);
    const env = { HALLPULSE_DATA: folder };
    const sentence = / is damaged\. Keep the files and restore an? (earlier )?backup\./;
    await expectSentence(folder, sentence);
    for (const [name, code, ...args] of [
      ['audit', 2],
      ['backup', 1, '--to', join(parent, 'none')],
    ] as const) {
      const run = await runCommand(name, args, env);
      expect(run.err.trim()).toMatch(sentence);
      expect(run.err.trim().split('\n'), run.err).toHaveLength(1);
      expect(run.code).toBe(code);
    }
  },
);

/** Writes rubbish over the pages after the first: the header, and with it the schema, still reads. */
function damagePages(file: string, from = 4_096, to?: number): void {
  const bytes = readFileSync(file);
  bytes.fill(0xa5, from, to);
  writeFileSync(file, bytes);
}

const damages: [what: string, damage: (folder: string) => Record<string, string> | void, sentence: RegExp][] = [
  [
    'a damaged page of the ledger',
    (folder) => damagePages(join(folder, 'ledger.sqlite')),
    /The ledger in .* is damaged\. Keep the files and restore a backup\./,
  ],
  [
    'a damaged event',
    (folder) => {
      const db = new DatabaseSync(join(folder, 'ledger.sqlite'));
      // The whole ledger is read again, as after an update.
      db.exec(
        `UPDATE events SET data = '{"case":"c' WHERE type = 'hall.case.accepted'; DELETE FROM checkpoint; DELETE FROM cells`,
      );
      db.close();
    },
    /The ledger is damaged: its event number \d+ cannot be read\. Keep the files and restore a backup\./,
  ],
  [
    'a ledger that has lost a table',
    (folder) => {
      const db = new DatabaseSync(join(folder, 'ledger.sqlite'));
      db.exec('DROP TABLE cells');
      db.close();
    },
    /The ledger in .* is damaged/,
  ],
  [
    'a ledger that is none',
    (folder) => writeFileSync(join(folder, 'ledger.sqlite'), 'no database '.repeat(500)),
    /The ledger in .* is damaged/,
  ],
  [
    'a ledger that is a folder',
    (folder) => (rmSync(join(folder, 'ledger.sqlite')), mkdirSync(join(folder, 'ledger.sqlite'))),
    /The ledger in .* cannot be read or written/,
  ],
  [
    'a damaged access store',
    (folder) => damagePages(join(folder, 'access.sqlite')),
    /access\.sqlite, which holds keys and tokens, is damaged\. Keep the files and restore a backup\./,
  ],
  [
    'an access store that is none',
    (folder) => writeFileSync(join(folder, 'access.sqlite'), 'no database '.repeat(500)),
    /access\.sqlite, which holds keys and tokens, is damaged/,
  ],
  [
    'a damaged key of the codes',
    (folder) => writeFileSync(join(folder, 'alarm-codes.key'), 'short'),
    /alarm-codes\.key does not hold a key of 32 bytes\. Restore a backup, or delete the file/,
  ],
  [
    'a document damaged on both sides',
    (folder) => {
      for (const name of ['profile.json', 'profile.last-good.json'])
        writeFileSync(join(folder, 'documents', name), '{"version":');
    },
    /profile\.json: .*Its last good copy cannot be used either: mend the file, or restore a backup\./,
  ],
  [
    'a hall of another name in the profile',
    (folder) => {
      for (const name of ['profile.json', 'profile.last-good.json']) {
        const file = join(folder, 'documents', name);
        writeFileSync(file, readFileSync(file, 'utf8').replace('"hall": "meilin"', '"hall": "elsewhere"'));
      }
    },
    /belongs to hall "meilin"/,
  ],
  ['a setting that is none', () => ({ HALLPULSE_DEMO: 'yes' }), /HALLPULSE_DEMO must be 0 or 1/],
  [
    'a certificate that is none',
    (folder) => {
      writeFileSync(join(folder, 'x.pem'), 'no certificate');
      return { HALLPULSE_TLS_CERT: join(folder, 'x.pem'), HALLPULSE_TLS_KEY: join(folder, 'x.pem') };
    },
    /The certificate .* and the key .* cannot be used: both must be PEM/,
  ],
  [
    'a key of another certificate',
    (folder) => {
      for (const name of ['a', 'b'])
        execFileSync(
          findProgram('openssl')!,
          [
            'req',
            '-x509',
            '-newkey',
            'ec',
            '-pkeyopt',
            'ec_paramgen_curve:P-256',
            '-nodes',
            '-days',
            '2',
            '-subj',
            '/CN=localhost',
            '-keyout',
            join(folder, `${name}.key`),
            '-out',
            join(folder, `${name}.crt`),
          ],
          { stdio: 'ignore' },
        );
      return { HALLPULSE_TLS_CERT: join(folder, 'a.crt'), HALLPULSE_TLS_KEY: join(folder, 'b.key') };
    },
    /cannot be used: .*belong together/,
  ],
  [
    'a certificate that is not there',
    () => ({ HALLPULSE_TLS_CERT: '/nowhere.crt', HALLPULSE_TLS_KEY: '/nowhere.key' }),
    /The certificate or its key cannot be read/,
  ],
  [
    "an address that is not this machine's",
    () => ({ HALLPULSE_HOST: '192.0.2.1' }),
    /This machine has no address 192\.0\.2\.1\. Set HALLPULSE_HOST/,
  ],
];

describe('one sentence and code 2 for', { timeout: 60_000 }, () => {
  test.each(damages)('%s', async (_what, damage, sentence) => {
    const folder = copyOfWhole();
    await expectSentence(folder, sentence, damage(folder) ?? {});
  });

  test('a port that is taken', async () => {
    const other = createServer().listen(0);
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expectSentence(copyOfWhole(), new RegExp(`Port ${port} is taken by another program`), { PORT: String(port) });
    other.close();
  });

  test('a folder below a file, and one that is a file', async () => {
    writeFileSync(join(parent, 'file'), '');
    await expectSentence(join(parent, 'file', 'store'), /cannot be used: a part of its path is a file/);
    await expectSentence(
      join(parent, 'file'),
      /cannot be used: a (part of its path is a file|file is where a folder must be)/,
    );
  });

  test.each(['nowhere', 'package.json'])('HALLPULSE_HALL that is no folder: %s', async (seed) => {
    await expectSentence(emptyPlace(), /which is no folder\. Set HALLPULSE_HALL/, { HALLPULSE_HALL: seed });
  });

  test.each<[what: string, prepare: (folder: string, seed: string) => void, sentence: RegExp]>([
    [
      'a folder that it may not write',
      (folder) => (mkdirSync(folder), chmodSync(folder, 0o555)),
      /cannot be read or written\. Check the disk and the folder's owner/,
    ],
    [
      'a folder that it may not enter',
      (folder) => (mkdirSync(folder), chmodSync(folder, 0o000)),
      /cannot be used: this account may not read or write it/,
    ],
    [
      "a whole hall that is somebody else's",
      (folder) => cpSync(whole, folder, { recursive: true }),
      /this account may not read or write it|cannot be read or written/,
    ],
    [
      'a seed that it may not read',
      (_folder, seed) => chmodSync(join(seed, 'profile.json'), 0o000),
      /profile\.json: .*EACCES.*HALLPULSE_HALL/,
    ],
  ])('%s', async (_what, prepare, sentence) => {
    const [folder, seed] = [emptyPlace(), emptyPlace()];
    cpSync(meilin, seed, { recursive: true });
    chmodSync(parent, 0o755);
    prepare(folder, seed);
    const { code, said } = await startAsNobody(folder, seed);
    expect(said).toMatch(sentence);
    expect(said.split('\n'), said).toHaveLength(1);
    expect(code).toBe(2);
  });
});

/** Root may do everything, so it lends the process another account. */
async function startAsNobody(folder: string, seed: string): Promise<{ code: number | null; said: string }> {
  const home = emptyPlace();
  mkdirSync(home);
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chownSync(home, NOBODY, NOBODY);
  const store = existsSync(folder) ? folder : join(home, 'store');
  const child = spawn(process.execPath, [join(root, 'dist/server/main.js')], {
    env: {
      PORT: '0',
      HALLPULSE_DEMO: '0',
      HALLPULSE_LOG: 'fatal',
      HALLPULSE_DATA: store,
      HALLPULSE_HALL: seed,
      HALLPULSE_INGEST_KEY: KEY,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const served = new Promise<never>((_, reject) =>
    child.stdout.on(
      'data',
      () => said.includes('Health') && (child.kill('SIGKILL'), reject(new Error(`it started:\n${said}`))),
    ),
  );
  const [code] = (await Promise.race([once(child, 'close'), served])) as [number | null];
  return { code, said: said.trim() };
}
const NOBODY = 65_534;

test('a damaged checkpoint is folded anew from the ledger, with a word in the log', { timeout: 60_000 }, async () => {
  const folder = copyOfWhole();
  const db = new DatabaseSync(join(folder, 'ledger.sqlite'));
  expect(db.prepare('UPDATE checkpoint SET state = substr(state, 1, 20)').run().changes).toBe(1);
  db.close();
  const product = await startProduct({ folder });
  expect(product.output()).toContain('The checkpoint is damaged: the board is folded anew from the ledger');
  const today = new Date().toISOString().slice(0, 10);
  const span = `from=2000-01-01&to=${today.replace(/^\d{4}/, (year) => String(Number(year) + 1))}`;
  const measures = (await (await fetch(`${product.url}/api/measures?${span}`)).json()) as { accepted: number };
  expect(measures.accepted).toBe(1);
  expect(await product.stop()).toBe(0);
  const again = await startProduct({ folder });
  expect(again.output()).not.toContain('The checkpoint is damaged');
  expect(await again.stop()).toBe(0);
});
