/** What looks live is true: only a copy that was just proven to be the server's is called live, whatever happens to it. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LiveBoard, type LiveBoardOptions } from '../../client/live/live-board.svelte.ts';
import type { Topic } from '../../domain/board/topics/data.ts';
import type { Json, Snapshot } from '../../domain/wire/protocol.ts';
import { startFixtureServer, type FixtureServer } from './fixture-server.ts';

interface Told {
  topic: Topic;
  data: { n: number };
}

const ends: (() => unknown)[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const end of ends.splice(0).reverse()) await end();
});

function snapshot(seq: number, data: Json, topic: Topic = 'overview'): Snapshot {
  return { hall: 'h', topic, epoch: 'e1', seq, asOf: 1_000_000, build: 'b1', data };
}

async function serve(options: { websocket?: boolean } = {}): Promise<FixtureServer> {
  const server = await startFixtureServer(snapshot(5, { n: 5 }), options);
  ends.push(() => server.close());
  return server;
}

/** Nothing is asked, or given up, only because time passes. */
const PATIENT = { staleAfterMs: 3_000_000, pollMs: 3_000_000, tickMs: 50, deniedMs: 3_000_000, turnMs: 3_000_000 };
const QUICK = { staleAfterMs: 600, pollMs: 100, tickMs: 50, deniedMs: 200, turnMs: 60_000 };

function open(server: FixtureServer, options: Partial<LiveBoardOptions> = {}): LiveBoard<Told> {
  const board = new LiveBoard<Told>({ origin: server.origin, topic: 'overview', timing: PATIENT, ...options });
  ends.push(board.start());
  return board;
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 10));
}

const isLive = (board: LiveBoard<Told>) => () => board.link.state === 'live';
const at = { hall: 'h', topic: 'overview', epoch: 'e1', asOf: 1_000_000 } as const;

const beatOften = (server: FixtureServer) => {
  const timer = setInterval(() => server.beat(), 50);
  ends.push(() => clearInterval(timer));
};

/** Holds back what the server answers, by one way or by both. */
function holdBack(server: FixtureServer, ways: readonly ('socket' | 'http')[]): () => void {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  server.wait = (_topic, way) => (ways.includes(way) ? held : Promise.resolve());
  return release;
}

describe('a copy that is not the server’s', () => {
  it('is mended over the socket where nothing answers over HTTP, and is not called live until then', async () => {
    const server = await serve();
    const board = open(server);
    await until(isLive(board));
    server.http = 'gone';
    const release = holdBack(server, ['socket']);
    // A delta that never came: the heart of the server beats for another copy.
    server.snapshot = snapshot(6, { n: 6 });
    server.beat();
    await until(() => board.link.state === 'checking');
    server.beat();
    await until(() => server.wishes.length === 2);
    expect([board.link.state, board.data]).toEqual(['checking', { n: 5 }]);
    release();
    await until(isLive(board));
    expect(board.data).toEqual({ n: 6 });
  });

  it('is mended over the socket where a delta is missing before the one that came', async () => {
    const server = await serve();
    const board = open(server);
    await until(isLive(board));
    server.http = 'gone';
    server.snapshot = snapshot(8, { n: 8 });
    server.send({ ...at, base: 8, seq: 9, set: { '/n': 9 } });
    await until(() => board.link.state === 'checking');
    await until(isLive(board));
    expect([board.data, board.seq]).toEqual([{ n: 9 }, 9]);
  });

  it('is shown as stopped where neither way mends it, however often the heart beats', async () => {
    const server = await serve();
    const board = open(server, { timing: QUICK });
    await until(isLive(board));
    server.http = 'gone';
    holdBack(server, ['socket']);
    server.snapshot = snapshot(6, { n: 6 });
    beatOften(server);
    await until(() => board.link.state === 'checking');
    const seen = new Set<string>();
    const looking = setInterval(() => seen.add(board.link.state), 5);
    await until(() => board.link.state === 'stale');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    clearInterval(looking);
    expect([...seen].sort()).toEqual(['checking', 'stale']);
    expect(board.data).toEqual({ n: 5 });
    // Over HTTP it would come, though the socket stays connected and mute.
    server.http = 'well';
    await until(() => board.link.state === 'polling');
    expect(board.data).toEqual({ n: 6 });
  });

  it('is not said to be unchanged by a server that was asked about what it had sent before', async () => {
    const server = await serve({ websocket: false });
    const board = open(server, { timing: { ...PATIENT, pollMs: 100 } });
    await until(() => server.asked.includes(304));
    server.cut(false);
    await until(isLive(board));
    server.send({ ...at, base: 5, seq: 6, set: { '/n': 6 } });
    await until(() => board.seq === 6);
    // The server has gone back to what it was: about that it would say, rightly, that nothing has changed.
    server.snapshot = { ...server.snapshot, asOf: 1_000_500 };
    server.cut(true);
    await until(() => board.link.state === 'polling' && board.seq === 5);
    expect(board.data).toEqual({ n: 5 });
  });

  it('follows a server that comes back with less, over the socket too', async () => {
    const server = await serve();
    const board = open(server);
    await until(isLive(board));
    server.http = 'gone';
    server.snapshot = snapshot(3, { n: 3 });
    server.cut(false);
    await until(() => board.seq === 3 && board.link.state === 'live');
    expect(board.data).toEqual({ n: 3 });
  });

  it('is not called fresh by the same answer again, as a cache gives it', async () => {
    const server = await serve({ websocket: false });
    server.http = 'cache';
    const board = open(server, { timing: QUICK });
    await until(() => board.link.state === 'polling');
    await until(() => board.link.state === 'stale');
    await until(() => server.asked.length > 12);
    expect(board.link.state).toBe('stale');
    server.http = 'well';
    await until(() => board.link.state === 'polling');
  });
});

describe('a board that never comes', () => {
  it('over the socket is asked for over HTTP, and called what it is', async () => {
    const server = await serve();
    const release = holdBack(server, ['socket']);
    const board = open(server, { timing: QUICK });
    await until(() => board.link.state === 'polling');
    server.snapshot = snapshot(6, { n: 6 });
    await until(() => board.seq === 6);
    expect(board.link.state).toBe('polling');
    release();
    server.beat();
    await until(isLive(board));
  });

  it('by any way leaves the page waiting, and is drawn once it comes', async () => {
    const server = await serve();
    const release = holdBack(server, ['socket', 'http']);
    const board = open(server, { timing: QUICK });
    await until(() => server.wishes.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect([board.link.state, board.data]).toEqual(['connecting', undefined]);
    release();
    await until(() => board.data?.n === 5);
  });
});

describe('a topic that the server cannot make', () => {
  it('stops at once, says why, and goes on by itself', async () => {
    const server = await serve();
    const board = open(server);
    await until(isLive(board));
    server.failing = ['overview'];
    server.beat();
    await until(() => board.link.state === 'stale');
    expect([board.link, board.data, board.unbuilt]).toEqual([
      { state: 'stale', since: expect.any(Number) as number, why: 'unbuilt' },
      { n: 5 },
      ['overview'],
    ]);
    server.failing = [];
    server.beat();
    await until(isLive(board));
    expect(board.unbuilt).toEqual([]);
  });

  it.each([true, false])('is given up at once for the one that is shown (socket: %s)', async (websocket) => {
    const server = await serve({ websocket });
    const board = open(server, { timing: { ...PATIENT, ...(websocket ? {} : { pollMs: 100 }) } });
    await until(() => board.data !== undefined && board.link.state === (websocket ? 'live' : 'polling'));
    server.failing = ['medical'];
    board.turnTo('medical');
    expect(board.topic).toBe('medical');
    await until(() => board.topic === 'overview');
    expect(board.unbuilt).toEqual(['medical']);
    await until(() => board.link.state === (websocket ? 'live' : 'polling'));
  });

  it('is said where there is nothing to show, and drawn once it is there', async () => {
    const server = await serve();
    server.failing = ['overview'];
    const board = open(server, { timing: QUICK });
    await until(() => board.link.state === 'unbuilt');
    expect(board.data).toBeUndefined();
    server.failing = [];
    await until(isLive(board));
  });
});

describe('a login page of the network in the server’s place', () => {
  it.each(['page', 'page-401', 'redirect', 'other-json'] as const)('%s', async (how) => {
    const server = await serve({ websocket: false });
    server.http = how;
    const board = open(server, { timing: QUICK });
    await until(() => board.link.state === 'foreign');
    expect(board.data).toBeUndefined();
    server.http = 'well';
    await until(() => board.link.state === 'polling');
    server.http = how;
    await until(() => board.link.state === 'stale' && board.link.why === 'foreign');
    expect(board.data).toEqual({ n: 5 });
    server.http = 'well';
    await until(() => board.link.state === 'polling');
    server.http = 'gone';
    await until(() => board.link.state === 'stale' && board.link.why === 'lost');
  });
});

describe('a right that ends', () => {
  it('is said at once, and nothing is called live', async () => {
    const server = await serve();
    const board = open(server);
    await until(isLive(board));
    server.denied = 401;
    server.cut(false);
    await until(() => board.link.state === 'denied');
    server.beat();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(board.link.state).toBe('denied');
  });

  it('does not end by lying idle: the server is asked now and then, however well it pushes', async () => {
    const server = await serve();
    const board = open(server, { timing: { ...PATIENT, pollMs: 20, renewMs: 100 } });
    await until(isLive(board));
    await until(() => server.asked.length >= 4);
    expect(isLive(board)()).toBe(true);
  });
});

describe('clocks that jump', () => {
  it('a page out of the browser’s memory is old at once, and asks at once', async () => {
    const server = await serve();
    const board = open(server);
    await until(isLive(board));
    const release = holdBack(server, ['socket', 'http']);
    server.snapshot = snapshot(9, { n: 9 });
    board.wake();
    expect(board.link).toMatchObject({ state: 'stale', why: 'lost' });
    release();
    await until(() => board.data?.n === 9 && board.link.state === 'live');
  });

  it('eight hours of sleep move the hall’s clock, a date that is set back does not', async () => {
    const server = await serve();
    const board = open(server);
    await until(isLive(board));
    holdBack(server, ['socket', 'http']);
    const [realNow, hour] = [Date.now.bind(Date), 3_600_000];
    const date = vi.spyOn(Date, 'now');
    const before = board.now;
    date.mockImplementation(() => realNow() - 8 * hour);
    await until(() => board.link.state === 'stale');
    expect(board.now - before).toBeGreaterThanOrEqual(0);
    date.mockImplementation(realNow);
    await until(() => board.now - before > 7.9 * hour);
    expect(board.link.state).toBe('stale');
  });
});
