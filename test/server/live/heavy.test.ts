// What a message itself weighs cuts nobody who reads, and nobody who only asks fills the memory (P5).
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TOPICS, type Topic } from '../../../domain/board/topics/data.ts';
import type { Delta, Json, Snapshot } from '../../../domain/wire/protocol.ts';
import { createGuesses } from '../../../server/access/guesses.ts';
import { createVisitors } from '../../../server/access/visitor.ts';
import type { Outlet } from '../../../server/live/publisher.ts';
import { openLive, QUEUE_LIMIT, type Live } from '../../../server/live/sockets.ts';
import { openLiveClient } from './live-client.ts';
import { shakeHands } from './raw-socket.ts';

const HEAVY = 4_000_000;
const heavyData = (topic: Topic): Json => ({ topic, text: '重'.repeat(HEAVY / 3) });
const head = { hall: 'test', epoch: 'e', asOf: 0, build: 'b' };
const toSnapshot = (topic: Topic): Snapshot => ({ ...head, topic, seq: 1, data: heavyData(topic) });
const toDelta = (topic: Topic, seq: number, value: Json): Delta => {
  return { ...head, topic, base: seq - 1, seq, set: { '/text': value } };
};

let url: string;
let live: Live;
let outlet: Outlet;
let cuts: number[];
beforeEach(async () => {
  const http = createServer();
  cuts = [];
  live = openLive(http, {
    halls: [
      {
        id: 'test',
        read: () => ({ audience: 'management', tokenId: undefined, wrong: [] }),
        guesses: createGuesses({ limit: 30, windowMs: 60_000, now: () => performance.now(), addressOf: () => '' }),
        snapshot: toSnapshot,
        heartbeat: () => ({ hall: 'test', topics: {}, now: 0, build: 'b' }),
        connect(to) {
          outlet = to;
          return () => {};
        },
      },
    ],
    readVisitor: createVisitors(0),
    isOwnHost: () => true,
    limits: { most: { polling: 9, waiting: 9, tokenless: 9, token: 9 }, mostPolling: 9, mostInAll: 9 },
    tokenlessQueueLimit: 1e9,
    onCut: (queued) => cuts.push(queued),
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterEach(() => live.close());

/** Says things until the sockets were looked at several times. */
async function sayForAWhile(topic: Topic, from: number): Promise<number> {
  const until = performance.now() + 350;
  let seq = from;
  while (performance.now() < until) {
    outlet.emit(toDelta(topic, seq++, 'light'));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return seq;
}

test('a display that asks for every topic at once gets them all, however heavy they are', async () => {
  const client = await openLiveClient(url);
  const answers = await Promise.all(TOPICS.map((topic) => client.subscribe({ topic })));
  expect(answers.every(({ ok }) => ok)).toBe(true);
  for (let seq = 2; seq < 12; seq++) outlet.emit(toDelta('overview', seq, `${seq}${'重'.repeat(HEAVY / 3)}`));
  await client.until(() => client.deltas.length === 10 || cuts.length > 0);
  client.close();
  expect(cuts).toEqual([]);
});

test('a display that is slow to read a heavy answer keeps it, and hears what was said meanwhile', async () => {
  const { socket } = await shakeHands(url, {});
  socket.send('40/live,');
  await socket.receive('40/live,');
  socket.tcp.pause();
  socket.send('42/live,1["board:subscribe",{"topic":"overview"}]');
  // It listens by the time that the server has answered, whether it reads or not.
  while (!outlet.isWatched('overview')) await new Promise((resolve) => setImmediate(resolve));
  const seq = await sayForAWhile('overview', 2);
  expect(cuts).toEqual([]);
  socket.tcp.resume();
  expect((await socket.receive('43/live,1[')).length).toBeGreaterThan(HEAVY / 3);
  outlet.emit(toDelta('overview', seq, 'last'));
  await socket.receive(`42/live,["board:delta",${JSON.stringify(toDelta('overview', seq, 'last')).slice(0, 60)}`);
  socket.tcp.destroy();
});

test('a display that asks for the same again and again and never reads is cut', async () => {
  const { socket } = await shakeHands(url, {});
  socket.send('40/live,');
  await socket.receive('40/live,');
  socket.tcp.pause();
  const closing = new Promise((resolve) => socket.tcp.once('close', resolve));
  for (let i = 0; i < 100; i++) socket.send(`42/live,${i}["board:subscribe",{"topic":"overview"}]`);
  while (cuts.length === 0) await new Promise((resolve) => setImmediate(resolve));
  // A megabyte, the topic at its heaviest, and the answer that was on its way.
  expect(cuts[0]).toBeLessThan(QUEUE_LIMIT + 3 * HEAVY);
  socket.tcp.resume();
  await closing;
});
