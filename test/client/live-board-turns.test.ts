/** A wall's topic that is turned, and a wall that wakes: nothing of the topic left behind, nothing asleep for long. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LiveBoard, type LiveBoardOptions } from '../../client/live/live-board.svelte.ts';
import type { Topic } from '../../domain/board/topics/data.ts';
import type { Json, Snapshot } from '../../domain/wire/protocol.ts';
import { openLine } from '../e2e/line.ts';
import { startFixtureServer, type FixtureServer } from './fixture-server.ts';

interface Data {
  n: number;
}

/** Whatever the topic, data as simple as these. */
interface Told {
  topic: Topic;
  data: Data;
}

const ends: (() => unknown)[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const end of ends.splice(0).reverse()) await end();
});

function snapshot(seq: number, data: Json, topic: Snapshot['topic'] = 'overview'): Snapshot {
  return { hall: 'h', topic, epoch: 'e1', seq, asOf: 1_000_000, build: 'b1', data };
}

async function serve(first = snapshot(5, { n: 5 })): Promise<FixtureServer> {
  const server = await startFixtureServer(first);
  ends.push(() => server.close());
  return server;
}

function open(origin: string, options: Partial<LiveBoardOptions> = {}): LiveBoard<Told> {
  const timing = { staleAfterMs: 600, pollMs: 100, tickMs: 50, turnMs: 300, deniedMs: 60_000 };
  const board = new LiveBoard<Told>({ origin, topic: 'overview', timing, ...options });
  ends.push(board.start());
  return board;
}

/** Nothing is fetched or given up only because the machine is slow. */
const PATIENT = { staleAfterMs: 60_000, pollMs: 60_000, tickMs: 50, turnMs: 60_000, deniedMs: 60_000 };

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** A promise that waits to be let go. */
function holdBack(): { wait: Promise<void>; release: () => void } {
  let release = () => {};
  const wait = new Promise<void>((resolve) => (release = resolve));
  return { wait, release };
}

const at = { hall: 'h', epoch: 'e1', asOf: 1_000_000 };

describe('turnTo', () => {
  it('asks for the new topic, keeps the old picture until it is here, and takes no more of the old one', async () => {
    const server = await serve();
    const board = open(server.origin, { timing: PATIENT });
    await until(() => board.link.state === 'live' && server.asked.length === 1);
    const { wait, release } = holdBack();
    server.wait = () => wait;
    server.snapshot = snapshot(7, { n: 70 }, 'medical');
    board.turnTo('medical');
    await until(() => server.wishes.includes('+medical'));
    expect(server.wishes).toEqual(['+overview', '-overview', '+medical']);
    // A delta of the topic that was left, still on its way: neither taken nor made a reason to fetch.
    server.send({ ...at, topic: 'overview', base: 5, seq: 6, set: { '/n': 6 } });
    // One of the new topic that overtakes its snapshot waits for it.
    server.send({ ...at, topic: 'medical', base: 7, seq: 8, set: { '/n': 80 } });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(board.shown).toEqual({ topic: 'overview', data: { n: 5 } });
    release();
    await until(() => board.shown?.topic === 'medical');
    expect(board.shown).toEqual({ topic: 'medical', data: { n: 80 } });
    expect(board.seq).toBe(8);
    server.send({ ...at, topic: 'overview', base: 8, seq: 9, set: { '/n': 9 } });
    server.send({ ...at, topic: 'medical', base: 8, seq: 10, set: { '/n': 100 } });
    await until(() => board.seq === 10);
    expect(board.data).toEqual({ n: 100 });
    expect(server.asked).toEqual([200]);
  });

  it('ignores the late answer of a topic that was turned away from', async () => {
    const server = await serve();
    const board = open(server.origin, { timing: { turnMs: 10_000 } });
    await until(() => board.link.state === 'live');
    const { wait, release } = holdBack();
    server.wait = (topic) => (topic === 'medical' ? wait : Promise.resolve());
    board.turnTo('medical');
    await until(() => server.wishes.includes('+medical'));
    server.snapshot = snapshot(9, { n: 9 }, 'stars');
    board.turnTo('stars');
    await until(() => board.shown?.topic === 'stars');
    server.snapshot = snapshot(99, { n: 99 }, 'medical');
    release();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(board.shown).toEqual({ topic: 'stars', data: { n: 9 } });
    expect(board.seq).toBe(9);
  });

  it('gives up a topic that does not come, for the one that is shown, and goes on with that one', async () => {
    const server = await serve();
    const board = open(server.origin);
    await until(() => board.link.state === 'live');
    server.wait = (topic) => (topic === 'medical' ? new Promise(() => {}) : Promise.resolve());
    board.turnTo('medical');
    await until(() => board.topic === 'overview');
    await until(() => server.wishes.at(-1) === '+overview');
    server.send({ ...at, topic: 'overview', base: 5, seq: 6, set: { '/n': 6 } });
    await until(() => board.seq === 6);
    expect(board.shown).toEqual({ topic: 'overview', data: { n: 6 } });
  });

  it('is not ended by the patience of an earlier turn to the same topic', async () => {
    const server = await serve();
    const board = open(server.origin, { timing: { ...PATIENT, turnMs: 2_000 } });
    await until(() => board.link.state === 'live');
    const { wait, release } = holdBack();
    server.wait = (topic) => (topic === 'medical' ? wait : Promise.resolve());
    board.turnTo('medical');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    board.turnTo('overview');
    board.turnTo('medical');
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(board.topic).toBe('medical');
    release();
    await until(() => board.shown?.topic === 'medical');
  });

  it('turns by asking over HTTP where there is no socket', async () => {
    const server = await serve();
    server.cut(true);
    const board = open(server.origin, { timing: { pollMs: 60_000, turnMs: 10_000 } });
    await until(() => board.data !== undefined);
    server.snapshot = snapshot(6, { n: 6 }, 'stars');
    board.turnTo('stars');
    await until(() => board.shown?.topic === 'stars');
    expect(board.link.state).toBe('polling');
  });

  it('asks again where the server does not know that it listens', async () => {
    const server = await serve();
    const board = open(server.origin);
    await until(() => board.link.state === 'live');
    server.snapshot = snapshot(8, { n: 8 });
    server.beat(undefined, 'public');
    await until(() => board.seq === 8);
    expect(server.wishes).toEqual(['+overview', '+overview']);
  });

  it('stays turned away while the heart of the server beats for others', async () => {
    const server = await serve();
    server.denied = 401;
    const board = open(server.origin);
    await until(() => board.link.state === 'denied' && server.wishes.length > 0);
    server.beat();
    server.beat();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(board.link.state).toBe('denied');
    expect(server.wishes).toEqual(['+overview']);
  });
});

describe('waking', () => {
  it('after a sleep says that the picture is old, moves its clock on, and begins anew at once', async () => {
    const server = await serve();
    // By patience alone it would say so, and ask again, long after this test has been ended.
    const never = 3_000_000;
    const board = open(server.origin, { timing: { staleAfterMs: never, tickMs: 50, pollMs: never } });
    await until(() => board.link.state === 'live');
    const { wait, release } = holdBack();
    server.wait = () => wait;
    server.snapshot = snapshot(9, { n: 9 });
    const before = board.now;
    const realNow = Date.now.bind(Date);
    // The machine's date goes on while its monotonic clock and everything else stood still for an hour.
    vi.spyOn(Date, 'now').mockImplementation(() => realNow() + 3_600_000);
    await until(() => board.link.state === 'stale');
    expect(board.data).toEqual({ n: 5 });
    await until(() => board.now > before + 3_500_000);
    if (board.link.state === 'stale') expect(board.now - board.link.since).toBeGreaterThan(3_500_000);
    release();
    await until(() => board.data?.n === 9 && board.link.state === 'live');
  });

  it('leaves a page alone that ticked late but was told everything', async () => {
    const server = await serve();
    const board = open(server.origin, { timing: { staleAfterMs: 30_000, tickMs: 50, pollMs: 60_000 } });
    await until(() => board.link.state === 'live');
    const realNow = Date.now.bind(Date);
    vi.spyOn(Date, 'now').mockImplementation(() => realNow() + 7_000);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(server.wishes).toEqual(['+overview']);
    expect(board.link.state).toBe('live');
  });

  it('leaves a line that swallows everything, and is back once a new one carries', async () => {
    const server = await serve();
    const timer = setInterval(() => server.beat(), 100);
    ends.push(() => clearInterval(timer));
    const line = await openLine(Number(new URL(server.origin).port));
    ends.push(() => line.close());
    const board = open(line.url);
    await until(() => board.link.state === 'live');
    line.swallow();
    await until(() => board.link.state === 'stale');
    server.snapshot = snapshot(9, { n: 9 });
    line.carry();
    // A handshake that hangs is given up, and the next one goes through.
    await until(() => board.link.state === 'live' && board.data?.n === 9);
    expect(board.shown).toEqual({ topic: 'overview', data: { n: 9 } });
    expect(board.seq).toBe(9);
  });
});
