// Two halls in one process, on one port: keys, cookies, rooms, numbers and health of one never reach the other.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SuggestionEntry } from '../../domain/board/entries.ts';
import { createHallPicker } from '../../server/pick-hall.ts';
import { acceptance, postEvents } from '../e2e/hall-client.ts';
import { openLiveClient, type LiveClient } from './live/live-client.ts';
import { KEYS, openTwoHalls, SECOND, SECOND_QUERY, type TwoHalls } from './two-halls.ts';

let halls: TwoHalls;
const clients: LiveClient[] = [];

beforeAll(async () => {
  halls = await openTwoHalls();
});
afterAll(async () => {
  for (const client of clients) client.close();
  await halls.close();
});

const ask = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${halls.url}${path}`, { headers, redirect: 'manual' });

async function watch(hall: 'first' | 'second'): Promise<LiveClient> {
  const query = hall === 'first' ? '' : SECOND_QUERY;
  const client = await openLiveClient(`${halls.url}`, { token: halls.tokenOf(hall), query });
  clients.push(client);
  return client;
}

test('an event goes into the hall that its key and address name, and into no other', async () => {
  const heads = () => [halls.first.ledger.head(), halls.second.ledger.head()];
  const [a, b] = heads();
  expect((await postEvents(halls.url, acceptance('one'), { key: KEYS.first })).body).toMatchObject({ accepted: 1 });
  expect(heads()).toEqual([a! + 1, b]);
  const toSecond = await postEvents(halls.url, acceptance('one'), { key: KEYS.second, query: SECOND_QUERY });
  expect(toSecond.body).toMatchObject({ accepted: 1, duplicates: 0 });
  expect(heads()).toEqual([a! + 1, b! + 1]);
  for (const [key, query] of [
    [KEYS.first, SECOND_QUERY],
    [KEYS.second, ''],
  ] as const)
    expect((await postEvents(halls.url, acceptance('two'), { key, query })).status).toBe(401);
  expect((await postEvents(halls.url, acceptance('two'), { key: KEYS.first, query: '?hall=nobody' })).status).toBe(404);
  expect(heads()).toEqual([a! + 1, b! + 1]);
});

test('a display signs in to one hall, under a cookie of its own, and sees nothing of the other', async () => {
  const [one, two] = [halls.tokenOf('first'), halls.tokenOf('second')];
  const signedIn = [await ask(`/?token=${one}`), await ask(`/${SECOND_QUERY}&token=${two}`)];
  const cookies = signedIn.map((response) => response.headers.get('set-cookie')!.split(';')[0]!);
  expect(cookies[0]).toBe(`hallpulse_display=${one}`);
  expect(cookies[1]!.split('=')[0]).not.toBe('hallpulse_display');
  expect(signedIn[1]!.headers.get('location')).toBe(`/?${new URLSearchParams({ hall: SECOND }).toString()}`);
  const board = (query: string, cookie: string) => ask(`/api/board?topic=overview${query}`, { Cookie: cookie });
  const ofSecond = SECOND_QUERY.replace('?', '&');
  expect(await (await board('', cookies.join('; '))).json()).toMatchObject({ hall: 'meilin' });
  expect(await (await board(ofSecond, cookies.join('; '))).json()).toMatchObject({ hall: SECOND });
  expect((await board(ofSecond, cookies[0]!)).status).toBe(401);
  expect((await board('', cookies[1]!)).status).toBe(401);
  const page = await (await ask(`/${SECOND_QUERY}`, { Cookie: cookies.join('; ') })).text();
  expect(page).toContain(`"hall":"${SECOND}"`);
});

test('deltas and heartbeats of one hall reach the screens of that hall alone', async () => {
  const [one, two] = [await watch('first'), await watch('second')];
  for (const client of [one, two]) expect((await client.subscribe({ topic: 'overview' })).ok).toBe(true);
  expect(await two.subscribe({ topic: 'overview', hall: 'meilin' })).toEqual({ ok: false, error: 'unknown-hall' });
  expect(await two.subscribe({ topic: 'overview', hall: SECOND })).toMatchObject({ ok: true, data: { hall: SECOND } });
  await postEvents(halls.url, acceptance('live'), { key: KEYS.first });
  await one.until(() => one.deltas.length > 0);
  await postEvents(halls.url, acceptance('live'), { key: KEYS.second, query: SECOND_QUERY });
  await two.until(() => two.deltas.length > 0);
  await one.until(() => one.heartbeats.length > 0);
  await two.until(() => two.heartbeats.length > 0);
  const hallsOf = ({ deltas, heartbeats }: LiveClient) => new Set([...deltas, ...heartbeats].map(({ hall }) => hall));
  expect(hallsOf(one)).toEqual(new Set(['meilin']));
  expect(hallsOf(two)).toEqual(new Set([SECOND]));
});

test('a token of one hall opens no socket of the other', async () => {
  const stranger = await openLiveClient(halls.url, { token: halls.tokenOf('first'), query: SECOND_QUERY });
  clients.push(stranger);
  expect(await stranger.subscribe({ topic: 'overview' })).toEqual({ ok: false, error: 'not-allowed' });
});

test('whoever guesses at the keys of one hall is not held up at the other', async () => {
  const guess = (n: number) => postEvents(halls.url, acceptance('guess'), { key: `guess-${n}` });
  for (let n = 0; n < 31; n++) await guess(n);
  expect((await guess(31)).status).toBe(429);
  const other = await postEvents(halls.url, acceptance('guess'), { key: 'guess-1', query: SECOND_QUERY });
  expect(other.status).toBe(401);
});

test('what ails one hall is said of that hall alone', async () => {
  const health = async (query: string) => {
    const response = await ask(`/healthz${query}`);
    return [response.status, await response.json()] as const;
  };
  // What no fold lets through, so that a topic of the second hall cannot be built.
  halls.second.board.state.entries.suggestion.set('s', undefined as unknown as SuggestionEntry);
  expect(
    (
      await ask(`/api/board?topic=stars&${SECOND_QUERY.slice(1)}`, {
        Authorization: `Bearer ${halls.tokenOf('second')}`,
      })
    ).status,
  ).toBe(503);
  expect(await health(SECOND_QUERY)).toMatchObject([503, { hall: SECOND, problem: 'topic', topics: ['stars'] }]);
  expect(await health('')).toMatchObject([200, { hall: 'meilin', status: 'ok' }]);
  // Whoever may see the topic is told that it is this one alone; nobody else hears that it exists.
  const told = async (query: string, token: string) => {
    const client = await openLiveClient(halls.url, { query, token });
    const answers = [await client.subscribe({ topic: 'stars' }), await client.subscribe({ topic: 'public' })];
    // The first may have left before either was asked for.
    await client.until(() => client.heartbeats.length > 1);
    client.close();
    return [answers.map((answer) => (answer.ok ? 'ok' : answer.error)), client.heartbeats.at(-1)!.failing];
  };
  expect(await told(SECOND_QUERY, halls.tokenOf('second'))).toEqual([
    ['topic-failed', 'topic-failed'],
    ['stars', 'public'],
  ]);
  expect(await told(SECOND_QUERY, halls.tokenOf('second', 'public'))).toEqual([
    ['not-allowed', 'topic-failed'],
    ['public'],
  ]);
  expect(await told('', halls.tokenOf('first'))).toEqual([['ok', 'ok'], undefined]);
});

test('a request means the hall that it names once; two halls of one name are a bug', () => {
  const pick = createHallPicker([{ id: 'a' }, { id: 'b' }]);
  const found = ['/', '/?hall=a', '/x?y=1&hall=b', '/?hall=c', '/?hall=b&hall=b', '//?hall=b', '/?hall=%62'].map(
    (url) => pick({ url }).id,
  );
  expect(found).toEqual(['a', 'a', 'b', 'a', 'a', 'b', 'b']);
  expect(() => createHallPicker([{ id: 'a' }, { id: 'a' }])).toThrow('same id');
});
