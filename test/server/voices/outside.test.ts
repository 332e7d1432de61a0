// The listener outside the hall under attack: nothing but the form is there, and nobody fills, stalls or guesses it.
import { readFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SayPlace, VoicesState } from '../../../domain/wire/voices.ts';
import { CODE_SIGNS } from '../../../domain/voices/events.ts';
import { PAGES } from '../../../domain/wire/pages.ts';
import { findRoot } from '../../e2e/product.ts';
import { openStaffedHall, type StaffedHall } from '../staffed-hall.ts';

const ADDRESS = 'https://say.hall.example';
let hall: StaffedHall;
let port: number;
beforeAll(async () => {
  hall = await openStaffedHall({
    server: { outside: { port: 0, host: '127.0.0.1', address: ADDRESS, trustProxy: 1 } },
  });
  port = hall.server.outsidePort!;
});
afterAll(() => hall.close());

interface Told {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}
interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** As the proxy in front tells it: each test is a neighbourhood of its own. */
  readonly from?: string;
}

/** The path goes out as it is written: `fetch` would mend it first. */
function ask(path: string, { method = 'GET', headers = {}, body, from = '203.0.113.1' }: Asking = {}): Promise<Told> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest(
      {
        ...{ host: '127.0.0.1', port, path, method },
        headers: { Host: 'say.hall.example', 'X-Forwarded-For': from, 'X-Forwarded-Proto': 'https', ...headers },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, text }));
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}
let drawn = 0;
const drawCode = (): string =>
  `HJKLMNP${[...String(++drawn).padStart(3, '0')].map((digit) => CODE_SIGNS[Number(digit)]!).join('')}`;
const post = (path: string, body: unknown, more: Asking = {}): Promise<Told> =>
  ask(path, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...more,
    headers: { 'Content-Type': 'application/json', ...more.headers },
  });
const say = (more: object = {}, asking: Asking = {}): Promise<Told> =>
  post('/api/say', { code: drawCode(), kind: 'suggestion', text: '多设座位', station: 'meifeng', ...more }, asking);
async function received(): Promise<number> {
  const events = await hall.server.ledger.read(0, 10_000);
  return events.filter(({ type }) => type.endsWith('.received')).length;
}

test('serves the form, what it is made of, takes words in, and tells the answer', async () => {
  const page = await ask('/say');
  expect(page).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
  const [, script] = /src="(\/assets\/[^"]+\.js)"/.exec(page.text)!;
  expect((await ask(script!)).status).toBe(200);
  const sheets = [...page.text.matchAll(/href="(\/assets\/[^"]+\.css)"/g)].map(([, sheet]) => sheet!);
  const styles = await Promise.all(sheets.map((sheet) => ask(sheet)));
  expect(styles.map(({ status }) => status)).toEqual(sheets.map(() => 200));
  const [face] = /[\w.-]+\.woff2/.exec(styles.map(({ text }) => text).join('\n'))!;
  expect((await ask(`/assets/${face}`)).status).toBe(200);
  const place = JSON.parse((await ask('/api/say')).text) as SayPlace;
  expect(place.stations[0]).toMatchObject({ id: 'hall' });
  expect(place.outside).toBe(ADDRESS);
  const code = drawCode();
  expect((await say({ code, text: '在手机上说的' }, { from: '203.0.113.2' })).status).toBe(200);
  expect(JSON.parse((await post('/api/say/look', { code })).text)).toMatchObject({ state: 'waiting' });
  const { body } = await (await hall.signIn('manager')).ask('GET', '/api/suggestions');
  expect((body as VoicesState).voices).toMatchObject([{ text: '在手机上说的', station: 'meifeng' }]);
  const [event] = (await hall.server.ledger.read(0, 1_000)).filter(({ type }) => type === 'hall.suggestion.received');
  expect(event!.data).not.toHaveProperty('text');
});

test('every other address of the product is not there, whoever asks', async () => {
  const { stack } = (hall.server.app as unknown as { router: { stack: readonly Layer[] } }).router;
  const routes = [...new Set(listRoutes(stack))].filter((one) => !/ \/(say|api\/say(\/look)?)$/.test(one));
  expect(routes.length).toBeGreaterThan(60);
  const { cookie } = await hall.signIn('administrator');
  for (const route of [
    ...routes,
    ...['/', '/socket.io/?EIO=4&transport=polling', '/assets/', '/favicon.ico'].map((one) => `GET ${one}`),
  ]) {
    const [method, path] = route.split(' ') as [string, string];
    const from = `198.51.100.${routes.indexOf(route) % 250}`;
    const asked = path.replaceAll(/\{[^}]*\}/g, '').replaceAll(/:\w+/g, 'x');
    const told = await ask(asked, { method: method === '_ALL' ? 'GET' : method, from, headers: { Cookie: cookie } });
    expect([route, told.status]).toEqual([route, 404]);
  }
  for (const { path } of Object.values(PAGES).filter((one) => one !== PAGES.say))
    expect([path, (await ask(path, { from: '198.51.100.251' })).status]).toEqual([path, 404]);
});

interface Layer {
  readonly route?: { readonly path: string | string[]; readonly methods: Readonly<Record<string, boolean>> };
  readonly handle?: { readonly stack?: readonly Layer[] };
}
function listRoutes(layers: readonly Layer[]): string[] {
  return layers.flatMap(({ route, handle }) => {
    if (!route) return handle?.stack ? listRoutes(handle.stack) : [];
    const paths = [route.path].flat();
    return Object.keys(route.methods).flatMap((method) => paths.map((path) => `${method.toUpperCase()} ${path}`));
  });
}

test.each([
  ['/say/', 404],
  ['/SAY', 404],
  ['/say/../healthz', 404],
  ['/say/..%2fhealthz', 404],
  ['//say', 404],
  ['/assets/../say/index.html', 404],
  ['/assets/..%2fsay%2findex.html', 404],
  ['/assets/%2e%2e/%2e%2e/server/main.js', 404],
  ['/assets/..\\..\\package.json', 404],
  ['/assets/.env', 404],
  ['/assets/%00', 404],
  ['/assets/%', 400],
  ['/api/say%2flook', 404],
  ['/api/say?hall=other', 200],
  ['/%', 404],
  ['/say?token=hpd_x', 200],
])('the path %s is answered with %i', async (path, status) => {
  const told = await ask(path, { from: '203.0.113.3' });
  expect(told.status).toBe(status);
  expect(told.headers['set-cookie']).toBeUndefined();
  expect(told.text).not.toMatch(/stack|node_modules|\/server\//);
});

test('assets of other pages, and maps of sources, are not there', async () => {
  const dist = join(findRoot(), 'dist/client');
  const page = readFileSync(join(dist, PAGES.desk.entry), 'utf8');
  const [, script] = /src="(\/assets\/[^"]+\.js)"/.exec(page)!;
  expect((await ask(script!, { from: '203.0.113.4' })).status).toBe(404);
  const own = /src="(\/assets\/[^"]+\.js)"/.exec(readFileSync(join(dist, PAGES.say.entry), 'utf8'))![1]!;
  expect((await ask(`${own}.map`, { from: '203.0.113.4' })).status).toBe(404);
});

test.each([
  ['another host', { Host: 'evil.example' }],
  ['a host that a proxy is said to have seen', { 'X-Forwarded-Host': 'evil.example' }],
  ['a host with a path', { Host: 'say.hall.example/evil' }],
])('%s is not meant', async (_what, headers) => {
  expect((await ask('/say', { headers, from: '203.0.113.5' })).status).toBe(421);
  expect((await ask('http://evil.example/say', { from: '203.0.113.5' })).status).toBe(421);
});

test('says strictly what a browser may do, and sets no cookie', async () => {
  const { headers } = await ask('/say', { headers: { Cookie: 'hallpulse_session=x' }, from: '203.0.113.6' });
  expect(headers['content-security-policy']).toContain("default-src 'self'");
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['strict-transport-security']).toContain('max-age');
  expect(headers['set-cookie']).toBeUndefined();
  expect(headers['x-powered-by']).toBeUndefined();
});

describe('what is sent', () => {
  test('from a page of somebody else is refused', async () => {
    expect((await say({}, { from: '203.0.113.7', headers: { Origin: 'https://evil.example' } })).status).toBe(403);
    expect((await say({}, { from: '203.0.113.7', headers: { Origin: ADDRESS } })).status).toBe(200);
  });
  test.each([
    ['too large', 'x'.repeat(20_000), 413],
    ['no JSON', 'text=1', 400],
    ['a list', '[]', 400],
    ['deep', `${'['.repeat(4_000)}${']'.repeat(4_000)}`, 400],
    ['without words', JSON.stringify({ code: drawCode(), kind: 'suggestion', text: ' ' }), 400],
    [
      'for another station',
      JSON.stringify({ code: drawCode(), kind: 'suggestion', text: '好', station: '__proto__' }),
      404,
    ],
    ['with another field', JSON.stringify({ code: drawCode(), kind: 'suggestion', text: '好', by: 'x' }), 400],
  ])('%s is refused and nothing is kept', async (what, body, status) => {
    const before = await received();
    expect([what, (await post('/api/say', body, { from: `203.0.113.${10 + what.length}` })).status]).toEqual([
      what,
      status,
    ]);
    expect(await received()).toBe(before);
  });
  test('by another kind than JSON is refused', async () => {
    const told = await post('/api/say', '{}', { from: '203.0.113.30', headers: { 'Content-Type': 'text/plain' } });
    expect(told.status).toBe(415);
  });
  test.each(identities())('that looks like an identity is refused and repeated nowhere: %s', async (text) => {
    const before = await received();
    const from = `198.18.${drawn % 250}.${drawn % 200}`;
    const told = await say({ text: `请回复 ${text}` }, { from });
    expect(told).toMatchObject({ status: 422, text: JSON.stringify({ error: 'identity', field: 'text' }) });
    expect(await received()).toBe(before);
  });
});

/** One of each kind that the door of events knows. */
function identities(): string[][] {
  return [
    ['13812345678'],
    ['138 1234 5678'],
    ['１３８１２３４５６７８'],
    ['一三八一二三四五六七八'],
    ['+86 138-1234-5678'],
    ['11010519491231002X'],
    ['我叫王小明'],
    ['电话 0755-83912345'],
    ['护照号 E12345678'],
  ];
}

test('whoever sends slowly is cut, headers and body alike', async () => {
  const cut = (first: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(first));
      let text = '';
      socket.on('data', (piece) => (text += piece.toString()));
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(text));
    });
  const head = 'POST /api/say HTTP/1.1\r\nHost: say.hall.example\r\nX-Forwarded-For: 203.0.113.50\r\n';
  const answers = await Promise.all([
    cut('GET /say HTTP/1.1\r\nHost: say'),
    cut(`${head}Content-Type: application/json\r\nContent-Length: 500\r\n\r\n{"code":`),
    cut(`${head}X-Long: ${'x'.repeat(9_000)}\r\n\r\n`),
  ]);
  expect(answers.slice(0, 2).every((one) => one === '' || one.startsWith('HTTP/1.1 408'))).toBe(true);
  expect(answers[2]).toMatch(/^HTTP\/1\.1 431/);
}, 60_000);

test('hundreds at once from everywhere: bounded by address and by all together, and the hall goes on', async () => {
  const before = await received();
  const many = await Promise.all(
    Array.from({ length: 400 }, (_, i) => say({ text: `第${i}句` }, { from: `192.0.2.${i % 40}` })),
  );
  const taken = many.filter(({ status }) => status === 200).length;
  expect(many.filter(({ status }) => status === 429).length).toBe(400 - taken);
  // What was said before counts as well: together no more than 120 in ten minutes.
  expect(taken).toBeGreaterThan(20);
  expect(taken).toBeLessThanOrEqual(120);
  expect((await received()) - before).toBe(taken);
  const [refused] = many.filter(({ status }) => status === 429);
  expect(Number(refused!.headers['retry-after'])).toBeGreaterThan(0);
  expect((await hall.browser().ask('GET', '/healthz')).status).toBe(200);
});

test('wrong codes are few, and a right one is still told elsewhere', async () => {
  const statuses: number[] = [];
  for (let i = 0; i < 15; i++)
    statuses.push((await post('/api/say/look', { code: drawCode() }, { from: '203.0.113.40' })).status);
  expect(statuses.slice(0, 10)).toEqual(Array<number>(10).fill(404));
  expect(statuses.slice(10)).toEqual(Array<number>(5).fill(429));
});

test('upgrades and tunnels lead nowhere', async () => {
  const told = await ask('/live', { headers: { Connection: 'Upgrade', Upgrade: 'websocket' }, from: '203.0.113.60' });
  expect(told.status).toBe(404);
});
