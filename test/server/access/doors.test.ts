// Every door at once: a hostile neighbour behind the same address, other halls' tokens, names that lead elsewhere, and what fills the memory.
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findClientAddress } from '../../../server/access/client-address.ts';
import { createGuesses } from '../../../server/access/guesses.ts';
import { createHostCheck } from '../../../server/access/hosts.ts';
import { toLocalPath } from '../../../server/access/readers.ts';
import type { Access } from '../../../server/access/access.ts';
import { createSessions } from '../../../server/live/sessions.ts';
import { acceptance, postEvents } from '../../e2e/hall-client.ts';
import { KEY, startProduct, type Product } from '../../e2e/product.ts';
import { openLiveClient } from '../live/live-client.ts';
import { openTestHall, type TestHall } from '../live/test-hall.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let hall: TestHall;
let access: Access;
let url: string;
beforeAll(async () => {
  hall = await openTestHall({ openReading: false });
  access = hall.openAccess();
  url = hall.url;
});
afterAll(async () => {
  access.close();
  await hall.close();
});

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

/** As `fetch`, but with any path and any `Host`. */
function ask(base: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const asking = request({ hostname, port, path, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part: string) => (body += part));
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body }));
    });
    asking.on('error', reject).end();
  });
}

const addDisplay = (hallId = 'meilin'): string =>
  access.displayTokens.add({ hall: hallId, audience: 'management', label: 'test' }).secret;

test('who guesses on every door waits; honest walls, senders and cookies behind the same address go on', async () => {
  const token = addDisplay();
  const statuses = { bearer: 0, cookie: 0, page: 0, key: 0 };
  for (let i = 0; i < 40; i++) {
    const wrong = `hpd_${String(i).padStart(43, 'x')}`;
    statuses.bearer = (await ask(url, '/api/board?topic=overview', { Authorization: `Bearer ${wrong}` })).status;
    statuses.cookie = (await ask(url, '/api/board?topic=public', { Cookie: `hallpulse_display=${wrong}c` })).status;
    statuses.page = (await ask(url, `/?token=${wrong}p`)).status;
    statuses.key = (await postEvents(url, acceptance('x'), { key: `${wrong}k` })).status;
  }
  expect(statuses).toEqual({ bearer: 429, cookie: 429, page: 429, key: 429 });
  const client = await openLiveClient(url, { token: `hpd_${'y'.repeat(43)}` }).catch(() => undefined);
  expect(client?.socket.connected ?? false).toBe(false);
  client?.close();

  expect((await postEvents(url, acceptance('honest'), { key: KEY })).status).toBe(200);
  expect((await ask(url, '/api/board?topic=overview', { Authorization: `Bearer ${token}` })).status).toBe(200);
  expect((await ask(url, '/', { Cookie: `hallpulse_display=${token}` })).status).toBe(200);
  expect((await ask(url, `/?token=${token}`)).status).toBe(303);
  expect((await ask(url, '/')).status).toBe(200);
  const wall = await openLiveClient(url, { token });
  expect(await wall.subscribe({ topic: 'overview' })).toMatchObject({ ok: true });
  wall.close();
});

test('the same wrong secret again is no guess, and an address is free again after its minute', () => {
  let now = 0;
  const guesses = createGuesses({ limit: 3, windowMs: 60_000, now: () => now });
  for (let i = 0; i < 100; i++) expect(guesses.note('10.0.0.1', 'old cookie')).toBeUndefined();
  expect(['a', 'b'].map((secret) => guesses.note('10.0.0.1', secret))).toEqual([undefined, undefined]);
  now = 20_000;
  expect(guesses.note('10.0.0.1', 'c')).toBe(40);
  expect(guesses.note('10.0.0.1', 'a')).toBeUndefined();
  expect(guesses.note('10.0.0.2', 'c')).toBeUndefined();
  now = 60_000;
  expect(guesses.note('10.0.0.1', 'c')).toBeUndefined();
});

test('a token of another hall opens nothing here, by header, cookie, link or socket', async () => {
  const token = addDisplay('elsewhere');
  expect((await ask(url, '/api/board?topic=overview', { Authorization: `Bearer ${token}` })).status).not.toBe(200);
  expect((await ask(url, '/', { Cookie: `hallpulse_display=${token}` })).body).not.toContain('id="snapshot"');
  expect((await ask(url, `/?token=${token}`)).headers['set-cookie']).toBeUndefined();
  const client = await openLiveClient(url, { token }).catch(() => undefined);
  if (client) expect(await client.subscribe({ topic: 'overview' })).toEqual({ ok: false, error: 'not-allowed' });
  client?.close();
});

test.each(['//evil.example/', '/\\evil.example/', '///evil.example', '/ /evil.example', '//evil.example/%2f..'])(
  'a link to %s never leads to another host',
  async (path) => {
    const token = addDisplay();
    const { headers } = await ask(url, `${path.replaceAll(' ', '%20')}?token=${token}`);
    expect(new URL(String(headers['location'] ?? '/'), url).origin).toBe(url);
    expect(new URL(toLocalPath(path), url).origin).toBe(url);
  },
);

describe('the name under which it is asked', () => {
  const isOwn = createHostCheck({ configured: ['hall.example', 'wall.example:8443'], machine: 'Server7.gov.cn' });

  test.each([
    'localhost',
    'LOCALHOST:8080',
    'x.localhost',
    '127.0.0.1:1',
    '[::1]:8080',
    '10.1.2.3',
    'server7',
    'server7.local',
  ])('%s is its own', (host) => expect(isOwn(host)).toBe(true));
  test.each(['hall.example', 'hall.example.', 'wall.example', 'server7.gov.cn:8080', undefined])(
    '%s is its own',
    (host) => expect(isOwn(host)).toBe(true),
  );
  test.each(['evil.example', 'hall.example.evil.com', '127.0.0.1.evil.com', 'server7.evil.com', 'nothall.example', ''])(
    '%s is not',
    (host) => expect(isOwn(host)).toBe(false),
  );

  test('a page of another name gets nothing, though its Origin is the same; health is asked under any', async () => {
    const token = addDisplay();
    const rebound = { Host: 'evil.example', Origin: 'http://evil.example', Authorization: `Bearer ${token}` };
    const { status, body } = await ask(url, '/api/board?topic=overview', rebound);
    expect(status).toBe(421);
    expect(body).toContain('HALLPULSE_HOSTS');
    expect((await ask(url, '/socket.io/?EIO=4&transport=polling', rebound)).status).toBe(403);
    expect((await ask(url, '/healthz', { Host: 'evil.example' })).status).toBe(200);
    const { port } = new URL(url);
    expect((await ask(url, '/', { Host: `192.168.1.9:${port}` })).status).toBe(200);
  });
});

test('private answers are kept by nobody on the way, the socket’s among them', async () => {
  const token = addDisplay();
  const auth = { Authorization: `Bearer ${token}` };
  const measures = await ask(url, '/api/measures?from=2026-01-01&to=2026-01-01', auth);
  expect(measures.headers['cache-control']).toBe('no-store');
  expect((await ask(url, '/api/board?topic=overview', auth)).headers['cache-control']).toBe('private, no-cache');
  const polling = await ask(url, '/socket.io/?EIO=4&transport=polling', auth);
  expect(polling.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
});

test('sessions that poll are few, of one address and of all; walls with a token never wait for them', async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, () => ask(url, '/socket.io/?EIO=4&transport=polling')));
  expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(8);
  expect(answers.filter(({ status }) => status === 403).length).toBeGreaterThanOrEqual(22);
  const wall = await openLiveClient(url, { token: addDisplay() });
  expect(await wall.subscribe({ topic: 'overview' })).toMatchObject({ ok: true });
  wall.close();
});

test('rooms are counted by address and by token, and free again once a session ends', () => {
  const sessions = createSessions({
    pollingPerAddress: 2,
    pollingTotal: 3,
    tokenlessPerAddress: 2,
    perToken: 3,
    total: 9,
  });
  const tokenless = { address: 'a', isPolling: false, token: undefined };
  const leave = [sessions.enter(tokenless), sessions.enter(tokenless)];
  expect(sessions.hasRoom(tokenless)).toBe(false);
  expect(sessions.hasRoom({ ...tokenless, address: 'b' })).toBe(true);
  expect(sessions.hasRoom({ ...tokenless, token: 't' })).toBe(true);
  leave[0]!();
  leave[0]!();
  expect(sessions.hasRoom(tokenless)).toBe(true);
  for (let i = 0; i < 3; i++) sessions.enter({ address: `p${i}`, isPolling: true, token: 't' });
  expect(sessions.hasRoom({ address: 'p9', isPolling: true, token: 'u' })).toBe(false);
  expect(sessions.hasRoom({ address: 'x', isPolling: false, token: 't' })).toBe(false);
});

test('behind trusted proxies the client is the one that they name, whatever it writes itself', () => {
  const from = (forwarded: string | undefined, hops: number) =>
    findClientAddress(
      { headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress: '10.0.0.1' } } as never,
      hops,
    );
  expect(from(undefined, 1)).toBe('10.0.0.1');
  expect(from('1.1.1.1', 0)).toBe('10.0.0.1');
  expect(from('6.6.6.6, 1.1.1.1', 1)).toBe('1.1.1.1');
  expect(from('6.6.6.6, 1.1.1.1, 10.0.0.2', 2)).toBe('1.1.1.1');
});

describe('behind a proxy', () => {
  let folder: string;
  let product: Product;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hallpulse-proxy-'));
    product = await startProduct({ folder, env: { HALLPULSE_TRUST_PROXY: '1', HALLPULSE_READ: 'closed' } });
  });
  afterAll(async () => {
    await product.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('the cookie is secure where the browser came by TLS, and only there', async () => {
    const { openAccess } = await import('../../../server/access/access.ts');
    const store = openAccess(folder, { now: Date.now });
    const { secret } = store.displayTokens.add({ hall: 'meilin', audience: 'management', label: 'wall' });
    store.close();
    const plain = await ask(product.url, `/?token=${secret}`);
    expect(String(plain.headers['set-cookie'])).not.toMatch(/Secure/);
    expect(plain.headers['strict-transport-security']).toBeUndefined();
    const tls = await ask(product.url, `/?token=${secret}`, { 'X-Forwarded-Proto': 'https' });
    expect(String(tls.headers['set-cookie'])).toMatch(/Secure/);
    expect(tls.headers['strict-transport-security']).toMatch(/max-age/);
  });
});
