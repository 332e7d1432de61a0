// A hall that cannot start says why in one sentence, and ends with the code that keeps its supervisor from trying again.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProgram } from '../../../commands/browser.mjs';
import { findRoot, KEY, startProduct } from '../../e2e/product.ts';
import { runCommand } from '../run-command.ts';
import { createHallPlaces, expectSentence, type HallPlaces } from './hall-places.ts';

const root = findRoot();
const meilin = join(root, 'data/halls/meilin');
const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

let places: HallPlaces;
beforeAll(async () => {
  places = await createHallPlaces();
});
afterAll(() => places.dispose());

test('a page that is damaged deeper down is told when it is read: by start, audit and backup', async () => {
  const folder = places.copyOfWhole();
  const db = new DatabaseSync(join(folder, 'ledger.sqlite'));
  db.exec('UPDATE folds SET seq = 0, state_seq = NULL, state = NULL; DELETE FROM cells');
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
    ['backup', 1, '--to', join(places.parent, 'none')],
  ] as const) {
    const run = await runCommand(name, args, env);
    expect(run.err.trim()).toMatch(sentence);
    expect(run.err.trim().split('\n'), run.err).toHaveLength(1);
    expect(run.code).toBe(code);
  }
});

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
        `UPDATE events SET data = '{"case":"c' WHERE type = 'hall.case.accepted'; DELETE FROM folds; DELETE FROM cells`,
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
    /access\.sqlite, which holds keys, tokens and accounts, is damaged\. Keep the files and restore a backup\./,
  ],
  [
    'an access store that is none',
    (folder) => writeFileSync(join(folder, 'access.sqlite'), 'no database '.repeat(500)),
    /access\.sqlite, which holds keys, tokens and accounts, is damaged/,
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
];

describe('one sentence and code 2 for', () => {
  test.each(damages)('%s', async (_what, damage, sentence) => {
    const folder = places.copyOfWhole();
    await expectSentence(folder, sentence, damage(folder) ?? {});
  });

  test('a port that is taken', async () => {
    const other = createServer().listen(0);
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expectSentence(places.copyOfWhole(), new RegExp(`Port ${port} is taken by another program`), {
      PORT: String(port),
    });
    other.close();
  });

  test('an address that this machine does not have, or not yet: it may be tried again, so the code is another', async () => {
    const sentence = /This machine has no address 192\.0\.2\.1\. Set HALLPULSE_HOST/;
    await expectSentence(places.copyOfWhole(), sentence, { HALLPULSE_HOST: '192.0.2.1' }, 1);
  });

  test('a folder below a file, and one that is a file', async () => {
    writeFileSync(join(places.parent, 'file'), '');
    await expectSentence(join(places.parent, 'file', 'store'), /cannot be used: a part of its path is a file/);
    await expectSentence(
      join(places.parent, 'file'),
      /cannot be used: a (part of its path is a file|file is where a folder must be)/,
    );
  });

  test.each(['nowhere', 'package.json'])('HALLPULSE_HALL that is no folder: %s', async (seed) => {
    await expectSentence(places.emptyPlace(), /which is no folder\. Set HALLPULSE_HALL/, { HALLPULSE_HALL: seed });
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
      (folder) => {
        cpSync(places.whole, folder, { recursive: true });
        // Only root can give a hall away; others come as near as closing it.
        if (isRoot) for (const name of ['', ...readdirSync(folder)]) chownSync(join(folder, name), NOBODY, NOBODY);
        else chmodSync(folder, 0o000);
      },
      /this account may not read or write it|cannot be read or written/,
    ],
    [
      'a seed that it may not read',
      (_folder, seed) => chmodSync(join(seed, 'profile.json'), 0o000),
      /profile\.json: .*EACCES.*HALLPULSE_HALL/,
    ],
  ])('%s', async (_what, prepare, sentence) => {
    const [folder, seed] = [places.emptyPlace(), places.emptyPlace()];
    cpSync(meilin, seed, { recursive: true });
    prepare(folder, seed);
    const { code, said } = await startWithoutPower(folder, seed);
    expect(said).toMatch(sentence);
    expect(said.split('\n'), said).toHaveLength(1);
    expect(code).toBe(2);
  });
});

/**
 * Root may read and write everything, so the process is root without that: another account could not even read a
 * checkout in a private folder.
 */
const POWERLESS = ['setpriv', '--inh-caps=-all', '--bounding-set=-dac_override,-dac_read_search', '--'];

async function startWithoutPower(folder: string, seed: string): Promise<{ code: number | null; said: string }> {
  const home = places.emptyPlace();
  mkdirSync(home);
  const store = existsSync(folder) ? folder : join(home, 'store');
  const server = [process.execPath, join(root, 'dist/server/main.js')];
  const [program = '', ...args] = isRoot ? [...POWERLESS, ...server] : server;
  const child = spawn(program, args, {
    env: {
      PORT: '0',
      HALLPULSE_DEMO: '0',
      HALLPULSE_LOG: 'fatal',
      HALLPULSE_DATA: store,
      HALLPULSE_HALL: seed,
      HALLPULSE_INGEST_KEY: KEY,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
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

test('a damaged checkpoint is folded anew from the ledger, with a word in the log', async () => {
  const folder = places.copyOfWhole();
  const db = new DatabaseSync(join(folder, 'ledger.sqlite'));
  expect(db.prepare('UPDATE folds SET state = substr(state, 1, 20)').run().changes).toBe(1);
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
