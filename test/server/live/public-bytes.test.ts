// Every byte that a public display receives, compared with the list of what may be public.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AUDIENCES } from '../../../domain/board/topics/data.ts';
import { TOPICS } from '../../../domain/board/topics/data.ts';
import type { Delta, Heartbeat, Snapshot, SubscribeAnswer } from '../../../domain/wire/protocol.ts';
import { openAccess } from '../../../server/access/access.ts';
import { postEvents } from '../../e2e/hall-client.ts';
import { startProduct, type Product } from '../../e2e/product.ts';
import { openLiveClient } from './live-client.ts';
import { BARE_SECRETS, MARK, tellMore, tellStory, writeSeed } from './public-story.ts';
import { shakeHands } from './raw-socket.ts';

/** Every path of the public data; a row of an array is `*`. A field that is added to the topic is decided upon here. */
const PATHS = [
  '/hall/name',
  '/hall/nameEn',
  '/hall/demo',
  '/hall/timeZone',
  '/day/day',
  '/day/startsAt',
  '/day/endsAt',
  '/day/working',
  '/day/closed',
  '/day/hours/*/*',
  '/display/theme',
  '/display/language',
  '/callsMore',
  '/opensNext/day',
  '/opensNext/minute',
  '/calls/*/number',
  '/calls/*/tail',
  '/calls/*/window',
  '/calls/*/at',
  '/queue/waiting',
  '/queue/oldestAt',
  '/queue/free',
  '/queue/untold',
  '/queue/wait/lowMs',
  '/queue/wait/highMs',
  '/stations/*/name',
  '/stations/*/short',
  '/stations/*/nameEn',
  '/stations/*/shortEn',
  '/stations/*/queue/waiting',
  '/stations/*/queue/oldestAt',
  '/stations/*/queue/untold',
  '/duty/name',
  '/duty/role',
  '/duty/roleEn',
  '/notices/*/zh',
  '/notices/*/en',
  '/freeServices/*',
  '/stars/*/month',
  '/stars/*/kind',
  '/stars/*/name',
  '/stars/*/citation',
  '/stars/*/citationEn',
  '/suggestions/*/text',
  '/suggestions/*/answer',
  '/supervisionTelephone',
];
/** Allowed, and absent in this story, where somebody waits or was called, or on a day off or beyond the calendar. */
const NOT_TOLD = [
  '/callsMore',
  '/queue/free',
  '/queue/untold',
  '/stations/*/queue/untold',
  '/day/hours/*/*',
  '/day/working',
];

const TEXTS = [
  ...['梅林大厅', 'Meilin Hall', 'Asia/Shanghai', 'deep', 'zh'],
  ...['A021', 'A022', 'A023', '987', '03'],
  ...['梅丰社区', '梅丰', 'Meifeng Community', 'Meifeng'],
  ...['示例甲', '值班长', 'Duty lead', '公告正文', 'A notice', 'express'],
  ...['2026-10', 'pacesetter', '示例乙', '表扬正文', 'A word of praise', '建议正文', '答复正文', '0755-12345'],
];
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const ENVELOPE = ['hall', 'topic', 'epoch', 'seq', 'asOf', 'build', 'data'];

let parent: string;
let hall: Product;
let tokens: Record<(typeof AUDIENCES)[number], string>;
/** All that the display received, in order. */
const received: string[] = [];

beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), 'hallpulse-public-'));
  const folder = join(parent, 'data');
  hall = await startProduct({ folder, env: { HALLPULSE_READ: 'closed', HALLPULSE_HALL: writeSeed(parent) } });
  const access = openAccess(folder, { now: Date.now });
  const add = (audience: (typeof AUDIENCES)[number]) =>
    access.displayTokens.add({ hall: 'meilin', audience, label: `${MARK}-label` }).secret;
  tokens = { management: add('management'), public: add('public') };
  access.close();
  const { body } = await postEvents(hall.url, tellStory(Date.now()));
  expect(body.rejected).toEqual([]);
});
afterAll(async () => {
  await hall.stop();
  rmSync(parent, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** One request of the display, with its cookie; status, headers and body are kept. */
async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
  const headers = { Cookie: `hallpulse_display=${tokens.public}`, ...(init.headers as Record<string, string>) };
  const response = await fetch(`${hall.url}${path}`, { redirect: 'manual', ...init, headers });
  const text = await response.text();
  received.push(`${response.status} ${JSON.stringify([...response.headers])}\n${text}`);
  return { status: response.status, headers: response.headers, text };
}

type Leaf = [path: string, value: unknown];

/** The leaves of a value with their paths; an array's places are `*`. */
function listLeaves(value: unknown, path = ''): Leaf[] {
  if (Array.isArray(value)) return value.flatMap((entry) => listLeaves(entry, `${path}/*`));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, entry]) => listLeaves(entry, `${path}/${key}`));
  return [[path, value]];
}

function expectPublic(leaves: readonly Leaf[]): void {
  const paths = leaves.map(([path]) => path);
  expect(paths.filter((path) => !PATHS.includes(path))).toEqual([]);
  const texts = leaves.map(([, value]) => value).filter((value) => typeof value === 'string');
  expect(texts.filter((text) => !TEXTS.includes(text) && !DAY.test(text))).toEqual([]);
}

function expectEnvelope(snapshot: Snapshot): void {
  expect(Object.keys(snapshot).sort()).toEqual([...ENVELOPE].sort());
  expect([snapshot.hall, snapshot.topic]).toEqual(['meilin', 'public']);
}

function findSecrets(text: string): string[] {
  return [MARK, ...BARE_SECRETS].filter((one) => text.toLowerCase().includes(one.toLowerCase()));
}

test('the management receives what the public must not: the story can betray a leak', async () => {
  const texts: string[] = [];
  for (const topic of TOPICS.filter((one) => one !== 'public')) {
    const response = await fetch(`${hall.url}/api/board?topic=${topic}`, {
      headers: { Authorization: `Bearer ${tokens.management}` },
    });
    texts.push(await response.text());
  }
  const all = texts.join('\n');
  for (const secret of ['window-reason', 'star-reason', 'station-community', 'owner', 'followup', 'item-name'])
    expect(all).toContain(`${MARK}-${secret}`);
  expect(findSecrets(all)).toEqual(expect.arrayContaining([MARK, '98.7', '暗号甲']));
});

test('a public display receives its page and nothing of any other over HTTP', async () => {
  const link = await ask(`/?token=${tokens.public}&lang=en`, { headers: { Cookie: '' } });
  expect([link.status, link.headers.get('location')]).toEqual([303, '/?lang=en']);
  const wall = await ask('/?lang=en');
  expect([wall.status, wall.headers.get('location')]).toEqual([303, '/public?lang=en']);
  for (const path of ['/wall/self-test', '/?scene=ratings']) expect((await ask(path)).status).toBe(303);

  const page = await ask('/public?lang=en');
  expect(page.status).toBe(200);
  const blocks = [...page.text.matchAll(/<script type="application\/json"[^>]*>(.*?)<\/script>/gs)].map(
    ([, block]) => JSON.parse(block!) as Snapshot,
  );
  expect(blocks).toHaveLength(1);
  expectEnvelope(blocks[0]!);
  expectPublic(listLeaves(blocks[0]!.data));
  const assets = [...page.text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path!);
  expect(assets.length).toBeGreaterThan(1);
  for (const path of assets) {
    const { status, text } = await ask(path);
    expect(status).toBe(200);
    // Not even the words of the wall.
    for (const word of ['差评', '督办', '超期']) expect(text).not.toContain(word);
  }

  const board = await ask('/api/board?topic=public');
  const snapshot = JSON.parse(board.text) as Snapshot;
  expectEnvelope(snapshot);
  const leaves = listLeaves(snapshot.data);
  expectPublic(leaves);
  // The story tells every field, or a leak of one would not be seen.
  const told = new Set(leaves.map(([path]) => path));
  expect(PATHS.filter((path) => !told.has(path) && !NOT_TOLD.includes(path))).toEqual([]);
  const again = await ask('/api/board?topic=public', { headers: { 'If-None-Match': board.headers.get('etag')! } });
  expect(again.status).toBe(304);

  for (const topic of TOPICS.filter((one) => one !== 'public'))
    expect(JSON.parse((await ask(`/api/board?topic=${topic}`)).text)).toEqual({ error: 'not-allowed' });
  const refusals: [path: string, status: number, init?: RequestInit][] = [
    ['/api/measures?from=2026-01-01&to=2026-12-31', 403],
    ['/api/measures', 403],
    ['/api/breakdown?from=2026-01-01&to=2026-12-31', 403],
    ['/api/board?topic=alarms', 400],
    ['/api/board?topic=public&hall=other', 404],
    ['/api/events', 401, { method: 'POST', body: '[]', headers: { Authorization: `Bearer ${tokens.public}` } }],
    ['/api/nothing', 404],
    ['/%', 404],
  ];
  for (const [path, status, init] of refusals) expect((await ask(path, init)).status, path).toBe(status);
  expect(Object.keys(JSON.parse((await ask('/healthz')).text) as object)).toEqual(
    expect.not.arrayContaining(['topics', 'data']),
  );
});

test('over the socket it hears of its own topic alone, while a wall listens to all', async () => {
  const wall = await openLiveClient(hall.url, { token: tokens.management });
  for (const topic of TOPICS) expect(await wall.subscribe({ topic })).toMatchObject({ ok: true });
  const { status, socket } = await shakeHands(hall.url, { Cookie: `hallpulse_display=${tokens.public}` });
  expect(status).toBe(101);
  socket.send('40/live,');
  await socket.receive('40/live,');
  for (const [i, topic] of TOPICS.entries()) {
    socket.send(`42/live,${i}["board:subscribe",{"topic":"${topic}"}]`);
    const head = `43/live,${i}`;
    const [answer] = JSON.parse((await socket.receive(head)).slice(head.length)) as [SubscribeAnswer];
    if (topic !== 'public') expect(answer).toEqual({ ok: false, error: 'not-allowed' });
    else if (!answer.ok) throw new Error(answer.error);
    else {
      expectEnvelope(answer.data);
      expectPublic(listLeaves(answer.data.data));
    }
  }
  const { body } = await postEvents(hall.url, tellMore(Date.now()));
  expect(body.rejected).toEqual([]);
  await socket.receive('42/live,["board:delta"');
  await socket.receive('42/live,["board:heartbeat"');
  await wall.until(() => wall.heartbeats.some(({ topics }) => topics.overview !== undefined));
  // One more beat, after everything has changed.
  const beats = wall.heartbeats.length;
  await wall.until(() => wall.heartbeats.length > beats);

  const events = socket.frames
    .filter((frame) => frame.startsWith('42/live,'))
    .map(
      (frame) => JSON.parse(frame.slice('42/live,'.length)) as ['board:delta', Delta] | ['board:heartbeat', Heartbeat],
    );
  let calls = '';
  for (const [name, message] of events) {
    if (name === 'board:heartbeat') {
      expect(Object.keys(message).sort()).toEqual(['build', 'hall', 'now', 'topics']);
      expect(Object.keys(message.topics)).toEqual(['public']);
      continue;
    }
    expect(name).toBe('board:delta');
    expect(message.topic).toBe('public');
    const leaves = Object.entries(message.set).flatMap(([path, value]) => listLeaves(value, path));
    // A thing that is gone is a null at its own path, which may be an allowed one or the beginning of one.
    expectPublic(leaves.filter(([, value]) => value !== null));
    for (const [path, value] of leaves)
      if (value === null) expect(PATHS.some((one) => one === path || one.startsWith(`${path}/`))).toBe(true);
    calls += JSON.stringify(message.set);
  }
  expect(calls).toContain('A023');
  expect(events.filter(([name]) => name === 'board:heartbeat').length).toBeGreaterThan(0);
  received.push(...socket.frames);
  socket.tcp.destroy();
  wall.close();
});

test('a display that nobody let in hears nothing of any topic', async () => {
  const wall = await openLiveClient(hall.url, { token: tokens.management });
  await wall.subscribe({ topic: 'overview' });
  const stranger = await openLiveClient(hall.url);
  await stranger.until(() => stranger.heartbeats.length > 0);
  expect(stranger.heartbeats[0]!.topics).toEqual({});
  for (const client of [wall, stranger]) client.close();
  const page = await (await fetch(`${hall.url}/public`)).text();
  expect(page).not.toContain('id="snapshot"');
  expect(findSecrets(page)).toEqual([]);
});

test('not one secret is in any byte that it received', () => {
  expect(received.length).toBeGreaterThan(30);
  for (const text of received) expect(findSecrets(text)).toEqual([]);
});
