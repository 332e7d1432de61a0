// What a display is pushed, on a real server: rules P1 to P4 and P6.
import { crc32 as zlibCrc32 } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TOPICS, type Topic } from '../../../domain/board/topics/data.ts';
import { canonicalJson } from '../../../domain/wire/canonical.ts';
import type { Delta, Snapshot } from '../../../domain/wire/protocol.ts';
import { acceptance, postEvents, readBoard, wireEvent, type WireEvent } from '../../e2e/hall-client.ts';
import { openLiveClient, startCopy, takeDelta, type Copy, type LiveClient } from './live-client.ts';
import { openTestHall, type TestHall } from './test-hall.ts';

let hall: TestHall;
/** Listens all the while. */
let watcher: LiveClient;
beforeAll(async () => {
  hall = await openTestHall();
  watcher = await openLiveClient(hall.url);
  await subscribe(watcher, 'overview');
});
afterAll(async () => {
  watcher.close();
  await hall.close();
});

async function subscribe(client: LiveClient, topic: Topic): Promise<Snapshot> {
  const answer = await client.subscribe({ topic });
  if (!answer.ok) throw new Error(answer.error);
  return answer.data;
}

test('a subscription is acknowledged with what GET /api/board answers, or with a reason', async () => {
  const client = await openLiveClient(hall.url);
  const askedAt = Date.now();
  const snapshot = await subscribe(client, 'overview');
  const { asOf, ...rest } = await readBoard(hall.url, 'overview');
  expect(snapshot).toEqual({ ...rest, asOf: expect.any(Number) as number });
  expect(asOf).toBeGreaterThanOrEqual(askedAt);
  expect(asOf).toBeLessThanOrEqual(Date.now());
  expect(Object.keys(snapshot).sort()).toEqual(['asOf', 'build', 'data', 'epoch', 'hall', 'seq', 'topic']);

  expect(await client.subscribe({ hall: 'meilin', topic: 'public' })).toMatchObject({ ok: true });
  expect(await client.subscribe({ hall: 'elsewhere', topic: 'overview' })).toEqual({
    ok: false,
    error: 'unknown-hall',
  });
  expect(await client.subscribe({ topic: 'secrets' })).toEqual({ ok: false, error: 'unknown-topic' });
  expect(await client.subscribe({ topic: '__proto__' })).toEqual({ ok: false, error: 'unknown-topic' });
  for (const odd of [null, 'overview', 7, [], undefined])
    expect(await client.subscribe(odd)).toMatchObject({ ok: false });
  client.close();
});

test('a client that applies the deltas of several senders holds what the board is, on every topic (P1, P3, P4, P6)', async () => {
  const client = await openLiveClient(hall.url);
  const copies = new Map<Topic, Copy>();
  for (const topic of TOPICS) copies.set(topic, startCopy(await subscribe(client, topic)));
  const senders = 6;
  const each = 50;
  const before = (await readBoard(hall.url)).seq;
  await Promise.all(
    Array.from({ length: senders }, async (_, sender) => {
      for (const batch of storyOf(sender, each)) {
        const { status } = await postEvents(hall.url, batch);
        expect(status).toBe(200);
      }
    }),
  );
  const head = before + senders * each * EVENTS_OF_ONE;
  // A heartbeat that describes the head is the end of what there is to say.
  const isSettled = () => {
    const topics = client.heartbeats.at(-1)?.topics;
    return topics !== undefined && TOPICS.every((topic) => (topics[topic]?.seq ?? 0) >= head);
  };
  await client.until(isSettled);

  const bases = new Map<Topic, number>();
  for (const delta of client.deltas) {
    checkShape(delta);
    const previous = bases.get(delta.topic);
    if (previous !== undefined) expect(delta.base).toBe(previous);
    expect(delta.seq).toBeGreaterThan(delta.base);
    bases.set(delta.topic, delta.seq);
    takeDelta(copies.get(delta.topic)!, delta);
  }
  const { topics } = client.heartbeats.at(-1)!;
  for (const topic of TOPICS) {
    const board = await readBoard(hall.url, topic);
    const copy = copies.get(topic)!;
    expect(copy.data, topic).toEqual(board.data);
    expect(topics[topic]).toEqual({
      epoch: board.epoch,
      seq: head,
      digest: zlibCrc(canonicalJson(copy.data)),
    });
  }
  expect(copies.get('overview')!.applied).toBeGreaterThan(3);
  // Far fewer messages than events: what comes together leaves together (P2).
  expect(client.deltas.filter(({ topic }) => topic === 'overview').length).toBeLessThan(senders * each);
  const { counts } = copies.get('overview')!.data as unknown as { counts: { accepted: number; finished: number } };
  expect(counts).toMatchObject({ accepted: senders * each, finished: senders * each });
  client.close();
});

test('a client that comes while events flow misses nothing (P6)', async () => {
  let isDone = false;
  const stream = (async () => {
    for (let i = 0; i < 60; i++) await postEvents(hall.url, acceptance(`late-${i}`));
    isDone = true;
  })();
  const clients: { client: LiveClient; copy: Copy }[] = [];
  while (!isDone && clients.length < 12) {
    const client = await openLiveClient(hall.url);
    const copy = startCopy(await subscribe(client, 'overview'));
    clients.push({ client, copy });
  }
  await stream;
  const board = await readBoard(hall.url);
  for (const { client, copy } of clients) {
    await client.until(() => Math.max(copy.held, ...client.deltas.map(({ seq }) => seq)) >= board.seq);
    for (const delta of client.deltas) takeDelta(copy, delta);
    expect(copy.data).toEqual(board.data);
    client.close();
  }
  expect(clients.length).toBeGreaterThan(1);
});

test('the first change leaves at once and alone, what follows on its heels leaves together (P2)', async () => {
  const client = await openLiveClient(hall.url);
  await subscribe(client, 'overview');
  // Quiet means: nothing was flushed within the last window.
  await new Promise((resolve) => setTimeout(resolve, 150));
  const beganAt = performance.now();
  let firstAt = 0;
  client.socket.once('board:delta', () => (firstAt = performance.now()));
  const { body: first } = await postEvents(hall.url, acceptance('burst'));
  // All at once and many: however slow the machine, some of them come within one window.
  const heels = await Promise.all(Array.from({ length: 30 }, (_, i) => postEvents(hall.url, acceptance(`burst-${i}`))));
  const head = Math.max(...heels.map(({ body }) => body.seq));
  await client.until(() => (client.deltas.at(-1)?.seq ?? 0) >= head);
  console.log(`first change on the wire ${(firstAt - beganAt).toFixed(1)} ms after its sender began`);
  // Had it waited for the window, the second event would have been in it.
  expect(client.deltas[0]!.seq).toBe(first.seq);
  expect(client.deltas.length).toBeLessThan(1 + heels.length);
  client.close();
});

test('a topic that did not change is sent no delta, and its heartbeat says that it is current (P2, P4)', async () => {
  const client = await openLiveClient(hall.url);
  const windows = startCopy(await subscribe(client, 'windows'));
  await subscribe(client, 'stars');
  const star = { month: '2026-10', kind: 'expert', staff: 's11', citation: '示例' };
  const { body } = await postEvents(hall.url, wireEvent('star-1', 'hall.star.published', star, Date.now()));
  await client.until(() => (client.heartbeats.at(-1)?.topics.windows?.seq ?? 0) >= body.seq);
  expect(client.deltas.map(({ topic }) => topic)).toEqual(['stars']);
  expect(client.heartbeats.at(-1)!.topics.windows).toEqual({
    epoch: windows.epoch,
    seq: body.seq,
    digest: zlibCrc(canonicalJson(windows.data)),
  });
  client.close();
});

test('a heartbeat tells the clock and the build (P4)', async () => {
  const askedAt = Date.now();
  const heard = watcher.heartbeats.length;
  await watcher.until(() => watcher.heartbeats.length > heard);
  const { build } = await readBoard(hall.url);
  const { now, ...last } = watcher.heartbeats.at(-1)!;
  expect(last).toMatchObject({ hall: 'meilin', build });
  expect(now).toBeGreaterThanOrEqual(askedAt);
  expect(now).toBeLessThanOrEqual(Date.now());
});

const EVENTS_OF_ONE = 5;

/** What one sender has to tell: tickets, cases, ratings and finishes, in singles and small batches. */
function storyOf(sender: number, people: number): (WireEvent | WireEvent[])[] {
  const now = Date.now();
  return Array.from({ length: people }, (_, i) => {
    const key = `s${sender}-${i}`;
    const station = i % 4 === 0 ? 'meifeng' : 'hall';
    const window = `w${String(1 + (i % 12)).padStart(2, '0')}`;
    const line = i % 3 === 0 ? { line: 'medical-insurance' } : {};
    const more = { case: key, station, window, ticket: key, ...line };
    return [
      wireEvent(`${key}-t`, 'hall.ticket.taken', { ticket: key, station }, now),
      wireEvent(`${key}-c`, 'hall.ticket.called', { ticket: key, station, window }, now),
      acceptance(`${key}-a`, more, now),
      wireEvent(`${key}-f`, 'hall.case.finished', { case: key, outcome: 'approved', window }, now),
      wireEvent(`${key}-r`, 'hall.rating.given', { score: 1 + (i % 5), station, case: key, medium: 'pad' }, now),
    ];
  });
}

/** Rule P1: JSON Pointers, none a prefix of another, `null` only for what is gone. */
function checkShape({ set }: Delta): void {
  const paths = Object.keys(set);
  expect(paths.length).toBeGreaterThan(0);
  for (const path of paths) {
    expect(path === '' || path.startsWith('/')).toBe(true);
    expect(paths.some((other) => other !== path && other.startsWith(`${path}/`))).toBe(false);
    const value = set[path];
    if (value !== null) expect(JSON.stringify(value)).not.toMatch(/[:[,]null[,\]}]/);
  }
}

/** Another hand's CRC-32: the product's own table would agree with itself. */
function zlibCrc(text: string): string {
  return zlibCrc32(text).toString(16).padStart(8, '0');
}
