// Promises 5 and 6 with many walls: all of them fresh after a restart, and slow ones that cost the others nothing.
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { LIVE_NAMESPACE, type ClientToServer, type Delta, type ServerToClient } from '../../domain/wire/protocol.ts';
import { acceptance, postEvents } from '../e2e/hall-client.ts';
import { startProduct, type Product } from '../e2e/product.ts';
import { shakeHands, type RawSocket } from '../server/live/raw-socket.ts';
import { postAtRate, type Posted } from './post-at-rate.ts';
import { spread, type Spread } from './spread.ts';

export interface WallsOptions {
  /** An empty folder. */
  readonly folder: string;
  readonly walls: number;
  /** How many of them stop reading, as a share. */
  readonly slowShare: number;
  /** Events a second, and for how long, with all walls reading and with the slow ones. */
  readonly perSecond: number;
  readonly seconds: number;
  readonly onStep?: (line: string) => void;
}

export interface WallsFigures {
  readonly walls: number;
  readonly slow: number;
  /** Milliseconds from the moment at which the restarted server served to each wall's snapshot of after it. */
  readonly freshMs: Spread;
  /** Walls that were not fresh 60 s after the restart. */
  readonly notFresh: number;
  /** Milliseconds from the post to each reading wall's delta: all read, and with the slow ones beside them. */
  readonly allReadingMs: Spread;
  readonly besideSlowMs: Spread;
  /** Slow walls that the server cut, of `slow`. */
  readonly cut: number;
  /** The server's resident memory in MB: before the walls, with them, at its highest beside the slow ones, and after. */
  readonly memoryMb: { readonly empty: number; readonly full: number; readonly most: number; readonly after: number };
}

interface Wall {
  readonly socket: Socket<ServerToClient, ClientToServer>;
  /** The position of its latest snapshot or delta. */
  seq: number;
  /** `performance.now()` of its latest snapshot, and when each position came. */
  freshAt: number;
}

const FRESH_LIMIT_MS = 60_000;

export async function runWallsCampaign(options: WallsOptions): Promise<WallsFigures> {
  const { folder, walls: count, perSecond, seconds } = options;
  const say = options.onStep ?? (() => {});
  let hall = await startProduct({ folder, env: { HALLPULSE_LOG: 'warn' } });
  const empty = residentMb(hall);
  const log: Delivery[] = [];
  const walls = Array.from({ length: count }, () => openWallSocket(hall.url, log));
  const slow: RawSocket[] = [];
  try {
    await until(() => walls.every((wall) => wall.freshAt > 0), FRESH_LIMIT_MS);
    say(`${count} walls are fresh`);

    await hall.kill9();
    hall = await startProduct({ folder, port: hall.port, env: { HALLPULSE_LOG: 'warn' } });
    const servedAt = performance.now();
    await until(() => walls.every((wall) => wall.freshAt > servedAt), FRESH_LIMIT_MS);
    const fresh = walls.filter((wall) => wall.freshAt > servedAt);
    const freshMs = spread(fresh.map((wall) => wall.freshAt - servedAt));
    say(`restart: ${fresh.length} fresh, ${write(freshMs)}`);
    const full = residentMb(hall);

    // The restarted server and its compiler warm up first.
    await postCases(hall, 'warm', perSecond, 3);
    log.length = 0;
    const allReadingMs = measureDeliveries(log, await postCases(hall, 'all', perSecond, seconds));
    say(`all reading: ${write(allReadingMs)}`);

    const slowCount = Math.max(1, Math.round(count * options.slowShare));
    for (let i = 0; i < slowCount; i++) slow.push(await openSlowSocket(hall.url));
    log.length = 0;
    let most = full;
    const sampling = setInterval(() => (most = Math.max(most, residentMb(hall))), 250);
    const besideSlowMs = measureDeliveries(log, await postCases(hall, 'slow', perSecond, seconds));
    say(`beside ${slowCount} that stopped reading: ${write(besideSlowMs)}`);
    await ask(hall, slow, () => countCuts(hall) >= slowCount);
    clearInterval(sampling);
    return {
      walls: count,
      slow: slowCount,
      freshMs,
      notFresh: count - fresh.length,
      allReadingMs,
      besideSlowMs,
      cut: countCuts(hall),
      memoryMb: { empty, full, most, after: residentMb(hall) },
    };
  } finally {
    for (const wall of walls) wall.socket.close();
    for (const { tcp } of slow) tcp.destroy();
    await hall.stop();
  }
}

/** What stands in the figures that must not; `slack` widens what is timed on a machine that does much else. */
export function findWallsFaults(figures: WallsFigures, { slack = 1 } = {}): string[] {
  const { freshMs, notFresh, allReadingMs, besideSlowMs, cut, slow, memoryMb } = figures;
  const faults: string[] = [];
  if (notFresh > 0) faults.push(`${notFresh} walls did not come back`);
  if (freshMs.most > 30_000 * slack) faults.push(`the last wall was fresh after ${freshMs.most} ms`);
  // The machine's own stutter is in both runs; what slow walls add must not be more than that.
  if (besideSlowMs.p99 > 2 * slack * Math.max(allReadingMs.p99, 100))
    faults.push(`slow walls cost the others: p99 ${allReadingMs.p99} ms, beside them ${besideSlowMs.p99} ms`);
  if (cut < slow) faults.push(`${slow - cut} slow walls were not cut`);
  // 1 MB for each that is slow, and what a busy collector leaves lying about.
  if (memoryMb.most - memoryMb.full > slow * 3 + 150)
    faults.push(`memory rose from ${memoryMb.full} to ${memoryMb.most} MB`);
  return faults;
}

/** One delta at one wall: the positions that it brought, both ends included, and when. */
interface Delivery {
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

/** For each delta at each wall the age of the oldest event in it, counted from its post. */
function measureDeliveries(deliveries: readonly Delivery[], posted: readonly Posted[]): Spread {
  const sentAt = new Map<number, number>();
  for (const { from, to, at } of posted) for (let seq = from; seq <= to; seq++) sentAt.set(seq, at);
  const ages: number[] = [];
  for (const { from, to, at } of deliveries)
    for (let seq = from; seq <= to; seq++) {
      const sent = sentAt.get(seq);
      if (sent === undefined) continue;
      ages.push(at - sent);
      break;
    }
  return spread(ages);
}

function openWallSocket(url: string, log: Delivery[]): Wall {
  const socket: Wall['socket'] = io(`${url}${LIVE_NAMESPACE}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 10_000,
    randomizationFactor: 0.5,
    timeout: 6_000,
  });
  const wall: Wall = { socket, seq: 0, freshAt: 0 };
  socket.on('connect', () =>
    socket.emit('board:subscribe', { topic: 'overview' }, (answer) => {
      if (!answer.ok) return;
      wall.seq = answer.data.seq;
      wall.freshAt = performance.now();
    }),
  );
  socket.on('board:delta', (delta: Delta) => {
    log.push({ from: Math.max(wall.seq, delta.base) + 1, to: delta.seq, at: performance.now() });
    wall.seq = delta.seq;
  });
  return wall;
}

/** Subscribes like any wall and then never reads again. */
async function openSlowSocket(url: string): Promise<RawSocket> {
  const { socket } = await shakeHands(url, {});
  await socket.receive('0');
  socket.send(`40${LIVE_NAMESPACE},`);
  await socket.receive('40');
  socket.send(`42${LIVE_NAMESPACE},0["board:subscribe",{"topic":"overview"}]`);
  await socket.receive('43');
  socket.tcp.pause();
  return socket;
}

async function postCases(hall: Product, prefix: string, perSecond: number, seconds: number): Promise<Posted[]> {
  const posted = await postAtRate(hall.url, {
    perSecond,
    seconds,
    postsPerSecond: 20,
    make: (from, count) => Array.from({ length: count }, (_, i) => acceptance(`${prefix}-${from + i}`)),
  });
  await wait(500);
  // Where two posts claim a position, it is the earlier one's: an age only looks less.
  return posted.sort((a, b) => b.at - a.at);
}

/** What they ask for and do not take lies in the server's memory, until they are cut. */
async function ask(hall: Product, slow: readonly RawSocket[], isDone: () => boolean): Promise<void> {
  let asked = 0;
  for (let round = 0; round < 60 && !isDone(); round++) {
    for (let i = 0; i < 100; i++, asked++)
      for (const one of slow)
        if (!one.tcp.destroyed) one.send(`42${LIVE_NAMESPACE},${asked}["board:subscribe",{"topic":"overview"}]`);
    // Queues are looked at with each delta.
    await postEvents(hall.url, acceptance(`ask-${round}`));
    await wait(120);
  }
}

function countCuts(hall: Product): number {
  return hall.output().split('did not drain').length - 1;
}

/** Source: proc(5), VmRSS of /proc/PID/status. */
function residentMb({ pid }: Product): number {
  const found = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Math.round(Number(found?.[1] ?? NaN) / 1024);
}

async function until(isTrue: () => boolean, limitMs: number): Promise<void> {
  const end = performance.now() + limitMs;
  while (!isTrue() && performance.now() < end) await wait(20);
}

function write({ n, p50, p99, most }: Spread): string {
  return `p50 ${p50} ms, p99 ${p99} ms, most ${most} ms (n ${n})`;
}
