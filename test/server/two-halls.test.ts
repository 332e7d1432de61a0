// Two halls in one process, on one port: keys, cookies, rooms, numbers and health of one never reach the other.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SuggestionEntry } from '../../domain/board/entries.ts';
import { openAccess } from '../../server/access/access.ts';
import { createDoors } from '../../server/access/doors.ts';
import { realClock } from '../../server/clock.ts';
import { startHall, type Hall } from '../../server/hall.ts';
import { createHallPicker } from '../../server/pick-hall.ts';
import { serveHalls, type Serving } from '../../server/serve.ts';
import { acceptance, postEvents } from '../e2e/hall-client.ts';
import { findRoot } from '../e2e/product.ts';
import { openInProcessLedger } from '../property/in-process-ledger.ts';
import { openLiveClient, type LiveClient } from './live/live-client.ts';

const logger = pino({ level: 'silent' });
const SECOND = '荷花 & 莲';
const secondQuery = `?hall=${encodeURIComponent(SECOND)}`;
const keys = { first: 'key-of-the-first', second: 'key-of-the-second' };

let parent: string;
let first: Hall;
let second: Hall;
let serving: Serving;
const clients: LiveClient[] = [];

async function open(id: string, ingestKey: string, isFirst: boolean): Promise<Hall> {
  const seedFolder = join(parent, `seed-${isFirst}`);
  cpSync(join(findRoot(), 'data/halls/meilin'), seedFolder, { recursive: true });
  const file = join(seedFolder, 'profile.json');
  const profile = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...profile, hall: id }));
  const folder = join(parent, `hall-${isFirst}`);
  mkdirSync(folder);
  const options = {
    folder,
    seedFolder,
    clientFolder: join(parent, 'client'),
    build: 'test',
    demo: false,
    openReading: false,
    ingestKey,
    clock: realClock,
    logger,
    openLedger: () => Promise.resolve(openInProcessLedger('Asia/Shanghai', join(folder, 'ledger.sqlite'), id)),
  };
  return startHall(options, { doors: createDoors({ trustProxy: 0 }), isFirst });
}

beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), 'hallpulse-two-'));
  mkdirSync(join(parent, 'client/wall'), { recursive: true });
  writeFileSync(join(parent, 'client/wall/index.html'), '<html><body></body></html>');
  first = await open('meilin', keys.first, true);
  second = await open(SECOND, keys.second, false);
  serving = await serveHalls([first, second], {
    port: 0,
    heartbeatMs: 200,
    host: '127.0.0.1',
    doors: createDoors({ trustProxy: 0 }),
    logger,
  });
});
afterAll(async () => {
  for (const client of clients) client.close();
  await serving.close();
  await first.close();
  await second.close();
  rmSync(parent, { recursive: true, force: true });
});

const ask = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${serving.url}${path}`, { headers, redirect: 'manual' });

function tokenOf(hall: 'first' | 'second'): string {
  const access = openAccess(join(parent, `hall-${hall === 'first'}`), { now: Date.now });
  const id = hall === 'first' ? first.id : second.id;
  const { secret } = access.displayTokens.add({ hall: id, audience: 'management', label: 'wall' });
  access.close();
  return secret;
}

async function watch(hall: 'first' | 'second'): Promise<LiveClient> {
  const query = hall === 'first' ? '' : secondQuery;
  const client = await openLiveClient(`${serving.url}`, { token: tokenOf(hall), query });
  clients.push(client);
  return client;
}

test('an event goes into the hall that its key and address name, and into no other', async () => {
  const heads = () => [first.ledger.head(), second.ledger.head()];
  const [a, b] = heads();
  expect((await postEvents(serving.url, acceptance('one'), { key: keys.first })).body).toMatchObject({ accepted: 1 });
  expect(heads()).toEqual([a! + 1, b]);
  const toSecond = await postEvents(serving.url, acceptance('one'), { key: keys.second, query: secondQuery });
  expect(toSecond.body).toMatchObject({ accepted: 1, duplicates: 0 });
  expect(heads()).toEqual([a! + 1, b! + 1]);
  for (const [key, query] of [
    [keys.first, secondQuery],
    [keys.second, ''],
  ] as const)
    expect((await postEvents(serving.url, acceptance('two'), { key, query })).status).toBe(401);
  expect((await postEvents(serving.url, acceptance('two'), { key: keys.first, query: '?hall=nobody' })).status).toBe(
    404,
  );
  expect(heads()).toEqual([a! + 1, b! + 1]);
});

test('a display signs in to one hall, under a cookie of its own, and sees nothing of the other', async () => {
  const [one, two] = [tokenOf('first'), tokenOf('second')];
  const signedIn = [await ask(`/?token=${one}`), await ask(`/${secondQuery}&token=${two}`)];
  const cookies = signedIn.map((response) => response.headers.get('set-cookie')!.split(';')[0]!);
  expect(cookies[0]).toBe(`hallpulse_display=${one}`);
  expect(cookies[1]!.split('=')[0]).not.toBe('hallpulse_display');
  expect(signedIn[1]!.headers.get('location')).toBe(`/?${new URLSearchParams({ hall: SECOND }).toString()}`);
  const board = (query: string, cookie: string) => ask(`/api/board?topic=overview${query}`, { Cookie: cookie });
  const ofSecond = secondQuery.replace('?', '&');
  expect(await (await board('', cookies.join('; '))).json()).toMatchObject({ hall: 'meilin' });
  expect(await (await board(ofSecond, cookies.join('; '))).json()).toMatchObject({ hall: SECOND });
  expect((await board(ofSecond, cookies[0]!)).status).toBe(401);
  expect((await board('', cookies[1]!)).status).toBe(401);
  const page = await (await ask(`/${secondQuery}`, { Cookie: cookies.join('; ') })).text();
  expect(page).toContain(`"hall":"${SECOND}"`);
});

test('deltas and heartbeats of one hall reach the screens of that hall alone', async () => {
  const [one, two] = [await watch('first'), await watch('second')];
  for (const client of [one, two]) expect((await client.subscribe({ topic: 'overview' })).ok).toBe(true);
  expect(await two.subscribe({ topic: 'overview', hall: 'meilin' })).toEqual({ ok: false, error: 'unknown-hall' });
  expect(await two.subscribe({ topic: 'overview', hall: SECOND })).toMatchObject({ ok: true, data: { hall: SECOND } });
  await postEvents(serving.url, acceptance('live'), { key: keys.first });
  await one.until(() => one.deltas.length > 0);
  await postEvents(serving.url, acceptance('live'), { key: keys.second, query: secondQuery });
  await two.until(() => two.deltas.length > 0);
  await one.until(() => one.heartbeats.length > 0);
  await two.until(() => two.heartbeats.length > 0);
  const hallsOf = ({ deltas, heartbeats }: LiveClient) => new Set([...deltas, ...heartbeats].map(({ hall }) => hall));
  expect(hallsOf(one)).toEqual(new Set(['meilin']));
  expect(hallsOf(two)).toEqual(new Set([SECOND]));
});

test('a token of one hall opens no socket of the other', async () => {
  const stranger = await openLiveClient(serving.url, { token: tokenOf('first'), query: secondQuery });
  clients.push(stranger);
  expect(await stranger.subscribe({ topic: 'overview' })).toEqual({ ok: false, error: 'not-allowed' });
});

test('whoever guesses at the keys of one hall is not held up at the other', async () => {
  const guess = (n: number) => postEvents(serving.url, acceptance('guess'), { key: `guess-${n}` });
  for (let n = 0; n < 31; n++) await guess(n);
  expect((await guess(31)).status).toBe(429);
  const other = await postEvents(serving.url, acceptance('guess'), { key: 'guess-1', query: secondQuery });
  expect(other.status).toBe(401);
});

test('what ails one hall is said of that hall alone', async () => {
  const health = async (query: string) => {
    const response = await ask(`/healthz${query}`);
    return [response.status, await response.json()] as const;
  };
  // What no fold lets through, so that a topic of the second hall cannot be built.
  second.board.state.entries.suggestion.set('s', undefined as unknown as SuggestionEntry);
  expect(
    (await ask(`/api/board?topic=stars&${secondQuery.slice(1)}`, { Authorization: `Bearer ${tokenOf('second')}` }))
      .status,
  ).toBe(503);
  expect(await health(secondQuery)).toMatchObject([503, { hall: SECOND, problem: 'topic', topics: ['stars'] }]);
  expect(await health('')).toMatchObject([200, { hall: 'meilin', status: 'ok' }]);
});

test('a request means the hall that it names once; two halls of one name are a bug', () => {
  const pick = createHallPicker([{ id: 'a' }, { id: 'b' }]);
  const found = ['/', '/?hall=a', '/x?y=1&hall=b', '/?hall=c', '/?hall=b&hall=b', '//?hall=b', '/?hall=%62'].map(
    (url) => pick({ url }).id,
  );
  expect(found).toEqual(['a', 'a', 'b', 'a', 'a', 'b', 'b']);
  expect(() => createHallPicker([{ id: 'a' }, { id: 'a' }])).toThrow('same id');
});
