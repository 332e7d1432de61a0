/** A page's copy of a topic against a real server: pushed, diverged, cut off, polled, turned away. */
import { afterEach, describe, expect, it } from 'vitest';
import { fetchSnapshot } from '../../client/live/board-http.ts';
import { LiveBoard, type LiveBoardOptions } from '../../client/live/live-board.svelte.ts';
import type { Topic } from '../../domain/board/topics/data.ts';
import type { Json, Snapshot } from '../../domain/wire/protocol.ts';
import { startFixtureServer, type FixtureServer } from './fixture-server.ts';

interface Data {
  n: number;
  m?: number;
}

/** Whatever the topic, data as simple as these. */
interface Told {
  topic: Topic;
  data: Data;
}

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function snapshot(seq: number, data: Json, epoch = 'e1'): Snapshot {
  return { hall: 'h', topic: 'overview', epoch, seq, asOf: 1_000_000, build: 'b1', data };
}

async function serve(first: Snapshot, options: Parameters<typeof startFixtureServer>[1] = {}): Promise<FixtureServer> {
  const server = await startFixtureServer(first, options);
  ends.push(() => server.close());
  return server;
}

function open(server: FixtureServer, options: Partial<LiveBoardOptions> = {}): LiveBoard<Told> {
  const timing = { staleAfterMs: 600, pollMs: 100, tickMs: 50, deniedMs: 200 };
  const board = new LiveBoard<Told>({ origin: server.origin, topic: 'overview', timing, ...options });
  ends.push(board.start());
  return board;
}

/** Waits for a state that a message brings about; the test's own limit ends a vain wait. */
async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 10));
}

const beatOften = (server: FixtureServer) => {
  const timer = setInterval(() => server.beat(), 100);
  ends.push(() => clearInterval(timer));
};

describe('LiveBoard', () => {
  it('draws from the snapshot in the page before anything is connected', async () => {
    const server = await serve(snapshot(5, { n: 5 }));
    const board = new LiveBoard<Told>({ origin: server.origin, topic: 'overview', embedded: snapshot(5, { n: 5 }) });
    expect(board.data).toEqual({ n: 5 });
    expect(board.now).toBe(1_000_000);
    expect(server.asked).toEqual([]);
  });

  it('takes the subscription’s snapshot and then each delta', async () => {
    const server = await serve(snapshot(5, { n: 5 }));
    const board = open(server);
    await until(() => board.link.state === 'live');
    expect(board.data).toEqual({ n: 5 });
    const { hall, topic, epoch, asOf } = server.snapshot;
    server.send({ hall, topic, epoch, asOf, base: 5, seq: 6, set: { '/n': 6 } });
    server.send({ hall, topic, epoch, asOf, base: 6, seq: 9, set: { '/m': 1 } });
    await until(() => board.seq === 9);
    expect(board.data).toEqual({ n: 6, m: 1 });
  });

  it('keeps its picture and says why it stands still while all is counted anew, then goes on', async () => {
    const server = await serve(snapshot(5, { n: 5 }));
    const board = open(server);
    await until(() => board.link.state === 'live');
    server.recounting = true;
    server.cut(false);
    await until(() => board.link.state === 'stale' && board.link.why === 'recounting');
    expect([board.data, board.seq]).toEqual([{ n: 5 }, 5]);
    server.snapshot = snapshot(9, { n: 6 }, 'e2');
    server.recounting = false;
    await until(() => board.link.state === 'live');
    expect([board.data, board.seq]).toEqual([{ n: 6 }, 9]);
  });

  it('says so too where it has no picture yet', async () => {
    const server = await serve(snapshot(5, { n: 5 }));
    server.recounting = true;
    const board = open(server);
    await until(() => board.link.state === 'recounting');
    expect(board.data).toBeUndefined();
    server.recounting = false;
    await until(() => board.link.state === 'live');
    expect(board.data).toEqual({ n: 5 });
  });

  it('is never behind the hall’s clock that a delta tells: a new day comes with its midnight', async () => {
    const server = await serve(snapshot(5, { n: 5 }));
    const board = open(server);
    await until(() => board.link.state === 'live');
    const { hall, topic, epoch } = server.snapshot;
    const midnight = 1_600_000;
    server.send({ hall, topic, epoch, asOf: midnight, base: 5, seq: 6, set: { '/n': 0 } });
    let shown = 0;
    await until(() => {
      shown = board.now;
      return board.seq === 6;
    });
    expect(shown).toBeGreaterThanOrEqual(midnight);
  });

  it('is not set back by a snapshot that was on its way while newer deltas came', async () => {
    const server = await serve(snapshot(5, { n: 5 }));
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    let asked = 0;
    // The first to ask is the page over HTTP: its socket has to shake hands.
    server.wait = () => (asked++ === 0 ? held : Promise.resolve());
    const board = open(server, { timing: {} });
    await until(() => board.link.state === 'live');
    const { hall, topic, epoch } = server.snapshot;
    const midnight = 1_600_000;
    server.send({ hall, topic, epoch, asOf: midnight, base: 5, seq: 6, set: { '/n': 0 } });
    await until(() => board.seq === 6);
    release();
    // Two further answers later its own has been read.
    for (let i = 0; i < 2; i++) await fetchSnapshot(server, topic);
    expect(server.asked).toHaveLength(3);
    expect(board.seq).toBe(6);
    expect(board.now).toBeGreaterThanOrEqual(midnight);
  });

  it('fetches the snapshot by itself when a heartbeat shows that its copy is not the server’s', async () => {
    const server = await serve(snapshot(5, { n: 5 }));
    const board = open(server);
    await until(() => board.link.state === 'live');
    server.snapshot = snapshot(5, { n: 50 });
    server.beat();
    await until(() => board.data?.n === 50);
    server.snapshot = snapshot(2, { n: 7 }, 'e2');
    server.beat();
    await until(() => board.data?.n === 7);
    expect(board.seq).toBe(2);
  });

  it('says since when it has heard nothing, keeps the picture, and recovers without a reload', async () => {
    const server = await serve(snapshot(5, { n: 5 }));
    server.now = () => 2_000_000;
    const board = open(server);
    await until(() => board.link.state === 'live');
    const port = Number(new URL(server.origin).port);
    await server.close();
    await until(() => board.link.state === 'stale');
    expect(board.data).toEqual({ n: 5 });
    if (board.link.state === 'stale') {
      expect(board.link.since).toBeGreaterThanOrEqual(1_000_000);
      expect(board.link.since).toBeLessThan(board.now);
    }
    const second = await serve(snapshot(8, { n: 8 }), { port });
    beatOften(second);
    await until(() => board.link.state === 'live');
    await until(() => board.data?.n === 8);
  });

  it('polls with its ETag where WebSocket does not get through, and leaves polling when it does', async () => {
    const server = await serve(snapshot(5, { n: 5 }), { websocket: false });
    const board = open(server);
    await until(() => board.link.state === 'polling' && server.asked.includes(304));
    server.snapshot = snapshot(6, { n: 6 });
    await until(() => board.data?.n === 6);
    server.cut(false);
    await until(() => board.link.state === 'live');
    expect(board.data).toEqual({ n: 6 });
    expect(server.asked.filter((status) => status === 200).length).toBeGreaterThanOrEqual(2);
  });

  it('is turned away calmly and comes in once it is allowed', async () => {
    const server = await serve(snapshot(5, { n: 5 }));
    server.denied = 401;
    const board = open(server);
    await until(() => board.link.state === 'denied');
    expect(board.data).toBeUndefined();
    server.denied = false;
    await until(() => board.link.state === 'live');
    expect(board.data).toEqual({ n: 5 });
  });

  it('says that it has no right where it asked too often without one', async () => {
    const server = await serve(snapshot(5, { n: 5 }), { websocket: false });
    server.denied = 429;
    const board = open(server);
    await until(() => board.link.state === 'denied');
    expect(board.data).toBeUndefined();
  });

  it('follows the hall’s clock, also one that runs at another pace', async () => {
    const server = await serve(snapshot(5, { n: 5 }));
    const startedAt = performance.now();
    server.now = () => 1_000_000 + (performance.now() - startedAt) * 10;
    const board = open(server, { timing: { staleAfterMs: 20_000, tickMs: 20 } });
    await until(() => board.link.state === 'live');
    server.beat();
    await new Promise((resolve) => setTimeout(resolve, 2_200));
    server.beat();
    await until(() => Math.abs(board.now - server.now()) < 1_500 && board.now > 1_020_000);
    // By this machine's clock, little more than two seconds went by.
    expect(board.now - 1_000_000).toBeGreaterThan((performance.now() - startedAt) * 5);
  });

  it('tells every build that it hears of', async () => {
    const server = await serve(snapshot(5, { n: 5 }));
    const builds: string[] = [];
    const board = open(server, { onBuild: (build) => builds.push(build) });
    await until(() => board.link.state === 'live');
    server.build = 'b2';
    server.beat();
    await until(() => builds.includes('b2'));
    expect([...new Set(builds)]).toEqual(['b1', 'b2']);
  });
});
