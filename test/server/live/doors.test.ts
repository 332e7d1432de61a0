// Who may listen: foreign pages, displays without a token, public screens, tokens that were revoked, displays that do not drain.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TOPICS } from '../../../domain/board/topics/data.ts';
import type { Access } from '../../../server/access/access.ts';
import { acceptance, postEvents, readBoard, wireEvent } from '../../e2e/hall-client.ts';
import { openLiveClient, startCopy, takeDelta } from './live-client.ts';
import { shakeHands } from './raw-socket.ts';
import { openTestHall, type TestHall } from './test-hall.ts';

let open: TestHall;
let closed: TestHall;
let access: Access;
beforeAll(async () => {
  [open, closed] = await Promise.all([openTestHall(), openTestHall({ openReading: false })]);
  access = closed.openAccess();
});
afterAll(async () => {
  access.close();
  await Promise.all([open.close(), closed.close()]);
});

const statusOf = async (url: string, path: string, token?: string): Promise<number> => {
  const response = await fetch(`${url}${path}`, token ? { headers: { Authorization: `Bearer ${token}` } } : {});
  await response.arrayBuffer();
  return response.status;
};

test.each([
  ['no Origin at all', {}, 101],
  ['the same origin', { Origin: 'http://HOST' }, 101],
  ['another host', { Origin: 'http://evil.example' }, 400],
  ['another port', { Origin: 'http://localhost:1' }, 400],
  ['a page in a sandbox', { Origin: 'null' }, 400],
  ['a host that only begins alike', { Origin: 'http://HOST.evil.example' }, 400],
])('a WebSocket from %s gets in or not (ASVS 4.4.2)', async (_name, headers, expected) => {
  const { host } = new URL(open.url);
  const filled = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, text.replace('HOST', host)]));
  const { status, socket } = await shakeHands(open.url, filled);
  expect(status).toBe(expected);
  socket.tcp.destroy();
});

test('long polling from a foreign page is refused as well', async () => {
  const response = await fetch(`${open.url}/socket.io/?EIO=4&transport=polling`, {
    headers: { Origin: 'http://evil.example' },
  });
  expect(response.status).toBe(403);
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
});

test('where reading is closed, a display without a token sees nothing (ASVS 8.2.1)', async () => {
  const span = '?from=2026-01-01&to=2026-01-02';
  expect(await statusOf(closed.url, '/api/board?topic=overview')).toBe(401);
  expect(await statusOf(closed.url, '/api/board?topic=public')).toBe(401);
  for (const path of ['measures', 'breakdown']) expect(await statusOf(closed.url, `/api/${path}${span}`)).toBe(401);
  expect(await statusOf(closed.url, '/healthz')).toBe(200);
  const page = await (await fetch(`${closed.url}/`)).text();
  expect(page).not.toContain('id="snapshot"');
  const client = await openLiveClient(closed.url);
  for (const topic of TOPICS) expect(await client.subscribe({ topic })).toEqual({ ok: false, error: 'not-allowed' });
  client.close();
});

test("a management token opens every topic, a public screen's its own alone (ASVS 8.2.2)", async () => {
  const add = (audience: 'management' | 'public') =>
    access.displayTokens.add({ hall: 'meilin', audience, label: 'test' }).secret;
  const tokens = { management: add('management'), public: add('public') };
  const span = '?from=2026-01-01&to=2026-01-02';
  for (const audience of ['management', 'public'] as const) {
    const isManagement = audience === 'management';
    const token = tokens[audience];
    const client = await openLiveClient(closed.url, { token });
    for (const topic of TOPICS) {
      const isAllowed = isManagement || topic === 'public';
      const answer = await client.subscribe({ topic });
      expect(answer, `${audience} ${topic}`).toMatchObject(
        isAllowed ? { ok: true } : { ok: false, error: 'not-allowed' },
      );
      expect(await statusOf(closed.url, `/api/board?topic=${topic}`, token)).toBe(isAllowed ? 200 : 403);
    }
    for (const path of ['measures', 'breakdown'])
      expect(await statusOf(closed.url, `/api/${path}${span}`, token)).toBe(isManagement ? 200 : 403);
    client.close();
  }
  // The token of a display is no key to send events with.
  expect((await postEvents(closed.url, acceptance('by-display'), { key: tokens.management })).status).toBe(401);
});

test("a display's link becomes a cookie and leaves the address (ASVS 14.2.1)", async () => {
  const { secret } = access.displayTokens.add({ hall: 'meilin', audience: 'management', label: 'wall' });
  const link = await fetch(`${closed.url}/?token=${secret}&scene=1`, { redirect: 'manual' });
  expect(link.status).toBe(303);
  expect(link.headers.get('location')).toBe('/?scene=1');
  const cookie = link.headers.get('set-cookie')!;
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=Strict/i);
  const client = await openLiveClient(closed.url, { headers: { Cookie: cookie.split(';')[0]! } });
  expect(await client.subscribe({ topic: 'overview' })).toMatchObject({ ok: true });
  client.close();
  expect(closed.log()).not.toContain(secret);
});

test('a display whose token is revoked is cut by the next heartbeat, others stay (promise 14)', async () => {
  const desk = access.displayTokens;
  const [gone, stays] = ['gone', 'stays'].map((label) => desk.add({ hall: 'meilin', audience: 'management', label }));
  const leaving = await openLiveClient(closed.url, { token: gone!.secret });
  const staying = await openLiveClient(closed.url, { token: stays!.secret });
  for (const client of [leaving, staying])
    expect(await client.subscribe({ topic: 'overview' })).toMatchObject({ ok: true });
  const cut = new Promise((resolve) => leaving.socket.once('disconnect', resolve));
  desk.revoke(gone!.id);
  const heard = leaving.heartbeats.length;
  // Not even before it is cut may it open anything new.
  expect(await statusOf(closed.url, '/api/board?topic=overview', gone!.secret)).toBe(401);
  await cut;
  // One may have been on its way already.
  expect(leaving.heartbeats.length - heard).toBeLessThanOrEqual(1);
  expect(leaving.socket.connected).toBe(false);
  await staying.until(() => staying.heartbeats.length > 0);
  expect(staying.socket.connected).toBe(true);
  for (const client of [leaving, staying]) client.close();
});

test('a display that stops reading is cut at a megabyte while the others are served (P5)', async () => {
  const good = await openLiveClient(open.url);
  const answer = await good.subscribe({ topic: 'overview' });
  if (!answer.ok) throw new Error(answer.error);
  const copy = startCopy(answer.data);
  const { status, socket } = await shakeHands(open.url, {});
  expect(status).toBe(101);
  socket.send('40/live,');
  await socket.receive('40/live,');
  socket.tcp.pause();
  // It may learn of its end while it still asks.
  const closing = new Promise((resolve) => socket.tcp.once('close', resolve));
  // What it asks for and does not take lies in the server's memory.
  for (let i = 0; i < 4_000; i++) socket.send(`42/live,${i}["board:subscribe",{"topic":"overview"}]`);

  const isCut = () => open.log().includes('did not drain');
  let posted = 0;
  while (!isCut() && posted < 400) await postEvents(open.url, acceptance(`slow-${posted++}`));
  expect(isCut()).toBe(true);
  const line = open
    .log()
    .split('\n')
    .find((one) => one.includes('did not drain'))!;
  // Cut at the limit: what one answer and one broadcast add, not another megabyte.
  const { queued } = JSON.parse(line) as { queued: number };
  expect(queued).toBeGreaterThan(1_000_000);
  expect(queued).toBeLessThan(1_050_000);
  socket.tcp.resume();
  await closing;

  const board = await readBoard(open.url);
  await good.until(() => good.deltas.some(({ seq }) => seq >= board.seq));
  for (const delta of good.deltas) takeDelta(copy, delta);
  expect(copy.data).toEqual(board.data);
  good.close();
});

test('messages that are no messages harm nothing (promise 13)', async () => {
  const { socket } = await shakeHands(open.url, {});
  socket.send('40/live,');
  await socket.receive('40/live,');
  const odd = [
    '42/live,["board:subscribe"]',
    '42/live,1["board:subscribe",{"__proto__":{}}]',
    '42/live,2[]',
    '42/live,3{',
  ];
  for (const frame of [...odd, '9', 'x'.repeat(300)]) socket.send(frame);
  const big = await shakeHands(open.url, {});
  big.socket.send('40/live,');
  await big.socket.receive('40/live,');
  const closing = new Promise((resolve) => big.socket.tcp.once('close', resolve));
  big.socket.send(`42/live,["board:subscribe",{"topic":"${'x'.repeat(40_000)}"}]`);
  await closing;
  const client = await openLiveClient(open.url);
  expect(await client.subscribe({ topic: 'overview' })).toMatchObject({ ok: true });
  const { status } = await postEvents(
    open.url,
    wireEvent('after-odd', 'hall.service.given', { station: 'hall', kind: 'copying' }, Date.now()),
  );
  expect(status).toBe(200);
  client.close();
  socket.tcp.destroy();
});
