// A hall that was given a certificate by one command: served by it without a word more, its page on trust for everybody, its keys for nobody.
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { connect } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Trust } from '../../../domain/wire/trust.ts';
import { openAccess } from '../../../server/access/access.ts';
import { DAY_MS } from '../../../server/tls/facts.ts';
import { runCertificate } from '../../../server/tls/certificate-command.ts';
import { startProduct, type Product } from '../../e2e/product.ts';
import { runCommand } from '../run-command.ts';
import { expectSentence } from './hall-places.ts';
import { askRaw } from './raw-http.ts';

let parent: string;
let folder: string;
let printed: string;
let product: Product;
let plainUrl: string;
beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), 'hallpulse-tls-hall-'));
  folder = join(parent, 'hall');
  const made = await runCommand('certificate', ['wall.hall.example'], { HALLPULSE_DATA: folder });
  expect([made.code, made.err]).toEqual([0, '']);
  printed = made.out;
  product = await startProduct({ folder, env: { HALLPULSE_READ: 'closed' } });
  plainUrl = product.url.replace('https:', 'http:');
});
afterAll(async () => {
  await product?.stop();
  rmSync(parent, { recursive: true, force: true });
});

const ca = (): string => readFileSync(join(folder, 'tls/authority.pem'), 'utf8');
const ask = (url: string) =>
  new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    get(url, { ca: ca() }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part: string) => (body += part));
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body }));
    }).once('error', reject);
  });

test('it answers over TLS by each of its names, says until when, and its cookies are for TLS alone', async () => {
  expect(product.url).toMatch(/^https:/);
  expect(product.output()).toMatch(/TLS +certificate good until \d{4}-\d\d-\d\d\n +Trust +http:\S+\/trust\n/);
  for (const name of ['localhost', '127.0.0.1', '[::1]', hostname()])
    expect((await ask(`https://${name}:${product.port}/healthz`)).status, name).toBe(200);
  const access = openAccess(folder, { now: Date.now });
  const { secret } = access.displayTokens.add({ hall: 'meilin', audience: 'management', label: 'wall' });
  access.close();
  const signedIn = await ask(`${product.url}/?token=${secret}`);
  expect([signedIn.status, String(signedIn.headers['set-cookie'])]).toEqual([303, expect.stringMatching(/; Secure/)]);
});

test('a wall’s WebSocket opens over TLS', async () => {
  const status = await new Promise<number>((resolve, reject) => {
    const headers = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      Origin: product.url,
    };
    get(`${product.url}/socket.io/?EIO=4&transport=websocket`, { ca: ca(), headers }, (response) =>
      resolve(response.statusCode!),
    )
      .once('upgrade', (response, socket) => (socket.destroy(), resolve(response.statusCode!)))
      .once('error', reject);
  });
  expect(status).toBe(101);
});

describe('plain HTTP on the same port', () => {
  const plain = (target: string, more = {}) => askRaw(plainUrl, { target, ...more });

  test.each([
    '/',
    '/?scene=medical',
    '/desk',
    '/public',
    '/trustee',
    '/trust/a/b',
    '//evil.example/x',
    '/api/board?topic=public',
  ])('%s is led to HTTPS, under the name and port by which it was asked', async (target) => {
    for (const Host of [`localhost:${product.port}`, 'wall.hall.example:8080']) {
      const { status, headers } = await plain(target, { headers: { Host } });
      expect([status, headers.get('location')]).toEqual([307, `https://${Host}${target}`]);
    }
  });

  test('it leads nobody to a foreign name, takes no key, and gives no cookie', async () => {
    expect((await plain('/', { headers: { Host: 'evil.example' } })).status).toBe(421);
    expect((await plain('http://evil.example/')).status).toBe(421);
    const sent = await plain('/api/events', { method: 'POST', body: '[]', headers: { Authorization: 'Bearer x' } });
    expect([sent.status, JSON.parse(sent.body)]).toEqual([426, expect.objectContaining({ error: 'tls-needed' })]);
    const page = await plain('/trust?token=x');
    expect(page.headers.get('set-cookie')).toBeUndefined();
  });

  test('a supervisor on the machine, and a device that does not trust yet, find what they need', async () => {
    expect((await plain('/healthz')).status).toBe(200);
    const page = await plain('/trust');
    expect(page.status).toBe(200);
    expect(page.headers.get('strict-transport-security')).toBeUndefined();
    const asset = /\/assets\/[^"]+\.js/.exec(page.body)![0];
    expect((await plain(asset)).status).toBe(200);
  });

  test('who says nothing, or breaks off, disturbs nobody', async () => {
    for (const words of ['', '\x16', '\x16\x03\x01', 'GET / HT', '\0\0\0', '\x16rubbish'.repeat(9_000)]) {
      const socket = connect(product.port, '127.0.0.1').on('error', () => undefined);
      await new Promise((resolve) => socket.once('connect', resolve));
      socket.write(words);
      socket.destroy();
    }
    expect((await ask(`${product.url}/healthz`)).status).toBe(200);
  });
});

describe('the page on trust', () => {
  test('gives the file whose SHA-256 the command printed', async () => {
    const file = await fetch(`${plainUrl}/trust/hall-authority.crt`);
    expect(file.headers.get('content-type')).toBe('application/x-x509-ca-cert');
    const hash = createHash('sha256')
      .update(Buffer.from(await file.arrayBuffer()))
      .digest('hex');
    expect(printed).toContain(hash.match(/.{4}/g)!.join(' '));
    const trust = JSON.parse((await ask(`${product.url}/trust/authority.json`)).body) as Trust;
    expect(trust).toMatchObject({ authority: { fingerprint: hash }, isServed: true });
    expect(trust.certificate?.names).toEqual(expect.arrayContaining(['localhost', 'wall.hall.example']));
  });

  test('no answer under any address holds a private key', async () => {
    const keys = ['authority.key', 'server.key'].map((name) => readFileSync(join(folder, 'tls', name), 'utf8'));
    const texts = keys.flatMap((key) => key.split('\n').filter((line) => line.length > 20 && !line.startsWith('---')));
    expect(texts.length).toBeGreaterThan(3);
    for (const prefix of [
      '/trust/',
      '/tls/',
      '/trust/../tls/',
      '/assets/../../tls/',
      '/assets/%2e%2e/%2e%2e/tls/',
      '/trust/%2e%2e%2ftls%2f',
    ])
      for (const name of [
        'authority.key',
        'server.key',
        'authority.pem',
        'hall-authority.crt',
        'hall-authority.key',
        '',
      ]) {
        const answers = [
          await askRaw(plainUrl, { target: prefix + name }),
          await ask(`${product.url}${prefix}${name}`),
        ];
        for (const { body } of answers) {
          expect(body).not.toContain('PRIVATE');
          expect(texts.filter((text) => body.includes(text))).toEqual([]);
        }
      }
    expect(product.output()).not.toContain('PRIVATE');
  });
});

test('it ends in order while plain connections stand open', async () => {
  const own = join(parent, 'ends');
  await runCommand('certificate', [], { HALLPULSE_DATA: own });
  const other = await startProduct({ folder: own });
  const silent = connect(other.port, '127.0.0.1').on('error', () => undefined);
  await new Promise((resolve) => silent.once('connect', resolve));
  const asking = connect(other.port, '127.0.0.1').on('error', () => undefined);
  asking.write('GET /trust HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await new Promise((resolve) => asking.once('data', resolve));
  expect(await other.stop()).toBe(0);
});

describe('what a person must know at the start', () => {
  /** A hall's folder with the files that the command would have made at `now`. */
  const place = async (name: string, now = Date.now()): Promise<string> => {
    const own = join(parent, name);
    const machine = { machine: hostname(), interfaces: {}, configured: [] };
    expect((await runCertificate({ ...machine, args: [], dataFolder: own, now })).isOk).toBe(true);
    return own;
  };

  test('HALLPULSE_TLS=off goes without, and the page says that the certificate is not in use', async () => {
    const off = await startProduct({ folder: await place('off'), env: { HALLPULSE_TLS: 'off' } });
    expect(off.url).toMatch(/^http:/);
    const trust = (await (await fetch(`${off.url}/trust/authority.json`)).json()) as Trust;
    expect([trust.isServed, trust.authority !== undefined]).toEqual([false, true]);
    expect(await off.stop()).toBe(0);
  });

  test('without a certificate there is no authority, and the file is refused in words', async () => {
    const none = await startProduct({ folder: join(parent, 'none') });
    expect(none.url).toMatch(/^http:/);
    expect(await (await fetch(`${none.url}/trust/authority.json`)).json()).toEqual({ isServed: false });
    const file = await fetch(`${none.url}/trust/hall-authority.crt`);
    expect([file.status, await file.json()]).toEqual([
      404,
      { error: 'no-authority', message: expect.stringContaining('npm run certificate') as string },
    ]);
    expect(await none.stop()).toBe(0);
  });

  test.each([
    ['long after its end', -500, /TLS +The server's certificate ended on \S+, and browsers refuse it\. Run/],
    ['shortly before it', -380, /TLS +The server's certificate ends on \S+\. Run `npm run certificate`/],
    ['with a clock that was set back', 500, /TLS +The server's certificate begins on .*Set the clock right\./],
  ])('it starts %s, and says so', async (_when, days, sentence) => {
    const own = await place(`time${days}`, Date.now() + days * DAY_MS);
    const late = await startProduct({ folder: own });
    expect(late.output()).toMatch(sentence);
    expect(await late.stop()).toBe(0);
  });

  test.each<[what: string, damage: (folder: string) => Record<string, string> | void, sentence: RegExp]>([
    [
      'a certificate of another key pair',
      (own) => copyFileSync(join(folder, 'tls/server.key'), join(own, 'tls/server.key')),
      /server\.pem and the key .*server\.key cannot be used: .*belong together\. Run `npm run certificate`/,
    ],
    ['a key that is gone', (own) => rmSync(join(own, 'tls/server.key')), /cannot be read: .*Run `npm run certificate`/],
    ['a certificate that is none', (own) => writeFileSync(join(own, 'tls/server.pem'), ''), /cannot be used/],
    [
      'TLS that is wished for and was not made',
      (own) => (rmSync(join(own, 'tls'), { recursive: true }), { HALLPULSE_TLS: 'on' }),
      /there is no certificate\. Run/,
    ],
    ['a word that is none', () => ({ HALLPULSE_TLS: 'yes' }), /HALLPULSE_TLS must be on or off, not "yes"/],
  ])('one sentence and code 2 for %s', async (what, damage, sentence) => {
    const own = await place(what.replaceAll(' ', '-'));
    await expectSentence(own, sentence, damage(own) ?? {});
  });
});
