// What one address, one token and the hall may hold of the live socket, on a real server with small limits and on the product.
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createGuesses } from '../../../server/access/guesses.ts';
import type { Presented, Reader } from '../../../server/access/readers.ts';
import { createVisitors } from '../../../server/access/visitor.ts';
import type { Outlet } from '../../../server/live/publisher.ts';
import { openLive, type Live, type LiveHall, type LiveOptions } from '../../../server/live/sockets.ts';
import type { Snapshot } from '../../../domain/wire/protocol.ts';
import { askRaw } from '../http/raw-http.ts';
import { openLiveClient } from './live-client.ts';
import { shakeHands, type Handshake } from './raw-socket.ts';
import { openTestHall } from './test-hall.ts';

const LIMITS = { most: { polling: 2, waiting: 4, tokenless: 3, token: 5 }, mostPolling: 3, mostInAll: 100 };
const POLLING = '/socket.io/?EIO=4&transport=polling';
const OTHER = '127.0.0.2';

let http: HttpServer;
let live: Live;
let outlet: Outlet;
const connect: LiveHall['connect'] = (to) => {
  outlet = to;
  return () => {};
};
let url: string;
let opened: { tcp: { destroy(): void } }[];
const read = ({ cookie, token }: Presented): Reader => {
  const presented = token ?? cookie?.split('=')[1];
  return presented?.startsWith('right')
    ? { audience: 'management', tokenId: presented, wrong: [] }
    : { audience: 'management', tokenId: undefined, wrong: [] };
};
const snapshot: Snapshot = {
  hall: 'h',
  topic: 'overview',
  epoch: 'e',
  seq: 1,
  asOf: 1,
  build: 'b',
  data: { text: '厅'.repeat(10_000) },
};

type Settings = Partial<Omit<LiveOptions, 'halls'>>;

async function start(more: Settings = {}): Promise<void> {
  http = createServer();
  const guesses = createGuesses({ limit: 30, windowMs: 60_000, now: () => performance.now(), addressOf: () => '' });
  live = openLive(http, {
    halls: [{ id: 'h', read, guesses, snapshot: () => snapshot, heartbeat: () => undefined, connect }],
    readVisitor: createVisitors(0),
    isOwnHost: () => true,
    limits: LIMITS,
    tokenlessQueueLimit: 1e9,
    ...more,
  });
  await new Promise<void>((resolve) => http.listen(0, '0.0.0.0', resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}

beforeEach(() => (opened = []));
afterEach(async () => {
  for (const { tcp } of opened) tcp.destroy();
  await live.close();
});

const shake = async (headers: Record<string, string> = {}, from?: string): Promise<Handshake> => {
  const handshake = await shakeHands(url, headers, from);
  opened.push(handshake.socket);
  return handshake;
};
/** What the server says to one that joins: its session, or why not. */
const join = async (handshake: Handshake, auth = ''): Promise<string> => {
  handshake.socket.send(`40/live,${auth}`);
  return handshake.socket.receive('4');
};
const joinWith = async (headers: Record<string, string> = {}, from?: string, auth = '') =>
  (await join(await shake(headers, from), auth)).slice(0, 2);
const ended = (handshake: Handshake) =>
  new Promise<void>((resolve) => {
    handshake.socket.tcp.resume();
    if (handshake.socket.tcp.destroyed) resolve();
    else handshake.socket.tcp.once('close', () => resolve());
  });
const poll = (from?: string, headers: Record<string, string> = {}) =>
  askRaw(url, { target: POLLING, headers, ...(from === undefined ? {} : { from }) });
const sidOf = (body: string) => (JSON.parse(body.slice(1)) as { sid: string }).sid;

describe('sessions that poll', () => {
  test('are few for an address and few in all; the rest is told to come back', async () => {
    await start();
    expect([(await poll()).status, (await poll()).status]).toEqual([200, 200]);
    const refused = await poll();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(JSON.parse(refused.body)).toEqual({ error: 'too-many-sessions' });
    expect((await poll(OTHER)).status).toBe(200);
    expect((await poll('127.0.0.3')).status).toBe(503);
    // A token counts for itself.
    expect((await poll(undefined, { Cookie: 'x=right1' })).status).toBe(200);
  });

  test('three hundred of one address at once are as few', async () => {
    await start();
    const all = await Promise.all(Array.from({ length: 300 }, () => poll()));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(2);
    expect(all.filter(({ status }) => status === 429)).toHaveLength(298);
  });

  test('many handshakes in one packet are judged one by one', async () => {
    await start();
    const { port } = new URL(url);
    const one = (more = '') => `GET ${POLLING} HTTP/1.1\r\nHost: localhost:${port}\r\n${more}\r\n`;
    const headers = { 'Content-Length': '0', Connection: 'keep-alive' };
    const rest = one().repeat(29) + one('Connection: close\r\n');
    const { body } = await askRaw(url, { target: POLLING, headers, body: rest });
    expect(body.match(/HTTP\/1.1 /g)).toHaveLength(30);
    // Those that slipped in with the packet were ended with it.
    const inside = body.match(/"sid":"[^"]+/g)!.map((text) => text.slice(7));
    const living = await Promise.all(
      inside.map((sid) => askRaw(url, { target: `${POLLING}&sid=${sid}`, method: 'POST', body: '3' })),
    );
    expect(living.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(LIMITS.most.polling);
  });

  test('leave their place when they end', async () => {
    await start();
    const [first] = [await poll(), await poll()];
    const target = `${POLLING}&sid=${sidOf(first.body)}`;
    expect((await askRaw(url, { target, method: 'POST', body: '1' })).status).toBe(200);
    expect((await poll()).status).toBe(200);
  });

  test('that ask and never fetch are ended at once when they are cut, with all that waits for them', async () => {
    await start();
    const sid = sidOf((await poll()).body);
    const post = (body: string) => askRaw(url, { target: `${POLLING}&sid=${sid}`, method: 'POST', body });
    await post('40/live,');
    let last = 200;
    for (let i = 0; i < 200 && last === 200; i++)
      last = (await post(`42/live,${i}["board:subscribe",{"topic":"overview"}]`)).status;
    // Unknown by now: nothing of it is kept until some timeout.
    expect(last).toBe(400);
    expect([(await poll()).status, (await poll()).status]).toEqual([200, 200]);
  });

  test('that turn into a WebSocket give their place back', async () => {
    await start();
    for (let i = 0; i < 3; i++) {
      const { io } = await import('socket.io-client');
      const socket = io(`${url}/live`, { forceNew: true, reconnection: false });
      await new Promise<void>((resolve, reject) => {
        socket.io.engine.once('upgrade', () => resolve());
        socket.once('connect_error', reject);
      });
      opened.push({ tcp: { destroy: () => void socket.close() } });
    }
    // A fourth is one too many of those without a token, and not of those that poll.
    await expect(openLiveClient(url)).rejects.toThrow('too-many-sessions');
  });
});

describe('WebSockets', () => {
  test('without a token are bounded by address, and those that show one only when they join still get in', async () => {
    await start();
    for (let i = 0; i < 3; i++) expect(await joinWith()).toBe('40');
    expect(await joinWith()).toBe('44');
    await expect(openLiveClient(url)).rejects.toThrow('too-many-sessions');
    expect(await joinWith({}, OTHER)).toBe('40');
    expect(await joinWith({ Cookie: 'x=right1' })).toBe('40');
    expect(await joinWith({ Authorization: 'Bearer right2' })).toBe('40');
    expect(await joinWith({}, undefined, '{"token":"right3"}')).toBe('40');
    opened[0]!.tcp.destroy();
    // The server learns of it when it learns of it; the client comes back until then.
    let answer = '';
    while (answer !== '40') answer = await joinWith();
  });

  test('with a token are bounded by the token, whichever way it comes', async () => {
    await start();
    for (let i = 0; i < 4; i++) expect(await joinWith({ Cookie: 'x=right1' })).toBe('40');
    expect(await joinWith({}, undefined, '{"token":"right1"}')).toBe('40');
    expect((await shake({ Cookie: 'x=right1' }, OTHER)).status).toBe(429);
    expect(await joinWith({}, OTHER, '{"token":"right1"}')).toBe('44');
    expect(await joinWith({ Cookie: 'x=right2' })).toBe('40');
  });

  test('that never join give way to those that come, and end by themselves', async () => {
    await start({ joinMs: 300 });
    const idle: Handshake[] = [];
    for (let i = 0; i < 4; i++) idle.push(await shake());
    const gaveWay = ended(idle[0]!);
    expect(await joinWith({}, undefined, '{"token":"right1"}')).toBe('40');
    await gaveWay;
    await Promise.all(idle.map(ended));
  });

  test('that join another namespace are ended, and so are those that join twice in one breath', async () => {
    await start({ joinMs: 300 });
    const main = await shake();
    main.socket.send('40');
    expect(await main.socket.receive('44')).toContain('unknown-namespace');
    await ended(main);
    const twice = await shake();
    twice.socket.tcp.cork();
    for (let i = 0; i < 3; i++) twice.socket.send('40/live,');
    twice.socket.tcp.uncork();
    await ended(twice);
  });

  test('that never ask for a topic are ended, those that ask are not', async () => {
    await start({ askMs: 300 });
    const [silent, asking] = [await shake(), await shake()];
    await join(silent);
    await join(asking);
    asking.socket.send('42/live,1["board:subscribe",{"topic":"overview"}]');
    await asking.socket.receive('43/live,1');
    await ended(silent);
    expect(asking.socket.tcp.destroyed).toBe(false);
  });

  test('without a token that do not read are cut together where they fill the memory, the fullest first', async () => {
    const cuts: number[] = [];
    await start({ tokenlessQueueLimit: 0, onCut: (queued) => cuts.push(queued) });
    const deaf = await shake();
    await join(deaf);
    const [reading, trusted] = [await shake(), await shake({ Cookie: 'x=right1' })];
    for (const one of [reading, trusted]) await join(one);
    const trustedAsks = (id: number) => trusted.socket.send(`42/live,${id}["board:subscribe",{"topic":"overview"}]`);
    deaf.socket.tcp.pause();
    trusted.socket.tcp.pause();
    // What a paused reader was sent fills its connection first, then the server's memory.
    for (let i = 0; i < 400 && cuts.length === 0; i++) {
      if (!deaf.socket.tcp.destroyed) deaf.socket.send(`42/live,${i}["board:subscribe",{"topic":"overview"}]`);
      trustedAsks(i);
      reading.socket.send(`42/live,${i}["board:subscribe",{"topic":"overview"}]`);
      await reading.socket.receive(`43/live,${i}[`);
      outlet.emit({ hall: 'h', topic: 'overview', epoch: 'e', base: 1, seq: 1, asOf: 1, set: {} });
    }
    expect(cuts.length).toBeGreaterThan(0);
    await ended(deaf);
    expect(reading.socket.tcp.destroyed).toBe(false);
  });
});

test('a thousand walls with one token behind one address get in, beside a neighbour who holds all he can', async () => {
  await start();
  const hall = await openTestHall();
  const access = hall.openAccess();
  const { secret } = access.displayTokens.add({ hall: 'meilin', audience: 'management', label: 'all walls' });
  access.close();
  url = hall.url.replace('localhost', '127.0.0.1');
  const statuses = new Map<string, number>();
  const count = (answer: string) => statuses.set(answer, (statuses.get(answer) ?? 0) + 1);
  for (let i = 0; i < 550; i += 50)
    await Promise.all(Array.from({ length: 50 }, async () => count(`neighbour ${await joinWith()}`)));
  await Promise.all(
    Array.from({ length: 500 }, async () => count(await joinWith({ Cookie: `hallpulse_display=${secret}` }))),
  );
  await Promise.all(
    Array.from({ length: 500 }, async () => count(await joinWith({}, undefined, `{"token":"${secret}"}`))),
  );
  expect(Object.fromEntries(statuses)).toEqual({ 'neighbour 40': 512, 'neighbour 44': 38, 40: 1_000 });
  // And from other addresses of the network a thousand without any.
  for (const from of ['127.0.0.2', '127.0.0.3'])
    for (let i = 0; i < 500; i += 100)
      await Promise.all(Array.from({ length: 100 }, async () => count(`${from} ${await joinWith({}, from)}`)));
  expect([statuses.get('127.0.0.2 40'), statuses.get('127.0.0.3 40')]).toEqual([500, 500]);
  for (const { tcp } of opened) tcp.destroy();
  await hall.close();
});
