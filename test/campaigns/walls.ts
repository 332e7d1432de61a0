// Promises 5 and 6 with many walls: all of them fresh after a restart, and slow ones that cost the others nothing.
import { setTimeout as wait } from 'node:timers/promises';
import { acceptance, postEvents, readBoard } from '../e2e/hall-client.ts';
import { openAccess } from '../../server/access/access.ts';
import { DISPLAY_COOKIE } from '../../server/access/readers.ts';
import { startProduct, type Product } from '../e2e/product.ts';
import { readCpuMs, readResidentMb } from './process-cost.ts';
import { spreadOf, writeSpread, type Spread } from './spread.ts';
import {
  openReader,
  openRealWall,
  openSlowWall,
  type Delivery,
  type Reader,
  type RealWall,
  type SlowWall,
} from './walls-sockets.ts';

export interface WallsOptions {
  /** An empty folder. */
  readonly folder: string;
  readonly walls: number;
  /** How many stop reading, as a share of the walls. */
  readonly slowShare: number;
  /** Events a second in each stage, and the length of a stage. */
  readonly perSecond: number;
  readonly seconds: number;
  /** Stages beside slow walls; before, between and after them lies one without. */
  readonly rounds: number;
  readonly onStep?: (line: string) => void;
}

/** One short stage of events, with or without slow walls beside those that read. */
export interface Stage {
  readonly slow: number;
  readonly deltas: number;
  /** Milliseconds from the post of the oldest event in a delta to each probe. */
  readonly ms: Spread;
  /** The server's processor time for one delta to one reading wall, and how much of a core it took in all. */
  readonly cpuMicroseconds: number;
  readonly serverCores: number;
  /** The campaign's own share of a core: near 1 it would be measuring itself. */
  readonly ownCores: number;
  /** The server's resident memory at its end. */
  readonly memoryMb: number;
}

/** Stages beside slow walls by the mean of their two neighbours without. */
export interface Ratio {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export interface WallsFigures {
  readonly walls: number;
  readonly slow: number;
  readonly restart: {
    /** Milliseconds from the moment at which the restarted server served to each wall's snapshot of after it. */
    readonly freshMs: Spread;
    /** Walls that were not fresh `FRESH_LIMIT_MS` after the restart. */
    readonly notFresh: number;
    /** Processor time until the last of them was: the server's, and the campaign's for being a thousand walls. */
    readonly serverCpuMs: number;
    readonly ownCpuMs: number;
  };
  readonly stages: readonly Stage[];
  readonly ratio: { readonly p50: Ratio; readonly p99: Ratio; readonly cpu: Ratio };
  /** Reading walls that missed deltas, or got them out of turn. */
  readonly unserved: number;
  /** Slow walls that were made, those that the server cut, and what lay queued for each when it was. */
  readonly slowInAll: number;
  readonly cut: number;
  readonly queuedAtCut: { readonly least: number; readonly most: number };
  /** The server's resident memory: before the walls, with them, at its highest beside the slow ones, and after. */
  readonly memoryMb: { readonly empty: number; readonly full: number; readonly most: number; readonly after: number };
}

const FRESH_LIMIT_MS = 120_000;
const SERVED_LIMIT_MS = 60_000;
/** Real walls among the readers: their clocks are read. More of them and this process would be what is measured. */
const MOST_PROBES = 50;
/** Questions of a slow wall between two looks at whether the server has kept up. */
const ASK_SLICE = 20;
const MOST_ASKS = 20_000;
/** By so much a process of this size comes and goes with nothing held. */
const COLLECTOR_SLACK_MB = 100;
/** Bytes that lie in the server for a slow wall when its stage begins: stopped, and not yet cut. */
const QUEUED_AT_START = 400_000;

export async function runWallsCampaign(options: WallsOptions): Promise<WallsFigures> {
  const { folder, walls: count, rounds } = options;
  const say = options.onStep ?? (() => {});
  let hall = await startProduct({ folder, env: { HALLPULSE_LOG: 'warn' } });
  const empty = readResidentMb(hall.pid);
  const cookie = issueCookie(folder);
  const log: Delivery[] = [];
  const walls = Array.from({ length: count }, () =>
    openRealWall({ url: hall.url, cookie }, (delivery) => log.push(delivery)),
  );
  const readers: Reader[] = [];
  const slow: SlowWall[] = [];
  let sampling: NodeJS.Timeout | undefined;
  try {
    await until(() => walls.every(({ freshAt }) => freshAt > 0), FRESH_LIMIT_MS);
    say(`${count} walls are fresh`);
    await hall.kill9();
    hall = await startProduct({ folder, port: hall.port, env: { HALLPULSE_LOG: 'warn' } });
    const restart = await watchReturn(hall, walls);
    say(`restart: ${restart.notFresh} not fresh, ${writeSpread(restart.freshMs)}`);
    const full = readResidentMb(hall.pid);

    const probes = walls.slice(0, MOST_PROBES);
    for (const wall of walls.slice(MOST_PROBES)) wall.close();
    for (let i = MOST_PROBES; i < count; i++) readers.push(await openReader({ url: hall.url, cookie }));
    const crowd: Crowd = { hall, probes, readers, log, unserved: 0 };
    // The restarted server and its compiler warm up first.
    await runStage(crowd, options, 'warm', 0);

    let most = full;
    sampling = setInterval(() => (most = Math.max(most, readResidentMb(hall.pid))), 100);
    const perRound = Math.max(1, Math.round(count * options.slowShare));
    const asks = await countAsksToCut(hall, cookie, slow);
    const stages = [await runStage(crowd, options, 'a0', 0)];
    for (let round = 1; round <= rounds; round++) {
      const cutBefore = readCuts(hall).length;
      const now = await Promise.all(Array.from({ length: perRound }, () => openSlowWall({ url: hall.url, cookie })));
      slow.push(...now);
      await ask(hall, now, asks);
      const stopped = perRound - (readCuts(hall).length - cutBefore);
      stages.push(await runStage(crowd, options, `b${round}`, stopped));
      say(`beside ${stopped} that stopped reading: ${writeStage(stages.at(-1)!)}`);
      await askUntil(hall, now, () => readCuts(hall).length - cutBefore >= perRound);
      for (const one of now) one.close();
      stages.push(await runStage(crowd, options, `a${round}`, 0));
      say(`all reading: ${writeStage(stages.at(-1)!)}`);
    }
    const cuts = readCuts(hall);
    return {
      walls: count,
      slow: perRound,
      restart,
      stages,
      ratio: {
        p50: compareStages(stages, ({ ms }) => ms.p50),
        p99: compareStages(stages, ({ ms }) => ms.p99),
        cpu: compareStages(stages, ({ cpuMicroseconds }) => cpuMicroseconds),
      },
      unserved: crowd.unserved + probes.filter(({ gaps }) => gaps > 0).length,
      slowInAll: slow.length,
      cut: cuts.length,
      queuedAtCut: { least: Math.min(...cuts), most: Math.max(...cuts) },
      memoryMb: { empty, full, most, after: readResidentMb(hall.pid) },
    };
  } finally {
    clearInterval(sampling);
    for (const one of [...walls, ...readers, ...slow]) one.close();
    await hall.stop();
  }
}

/**
 * What stands in the figures that must not. `timed`: whether times count as well; the tests leave them to the campaign,
 * because a machine that does much else is no fault of the product.
 */
export function findWallsFaults(figures: WallsFigures, { timed }: { timed: boolean }): string[] {
  const { restart, ratio, unserved, cut, slowInAll, queuedAtCut } = figures;
  const faults: string[] = [];
  if (restart.notFresh > 0) faults.push(`${restart.notFresh} walls did not come back`);
  if (unserved > 0) faults.push(`${unserved} reading walls missed something`);
  if (cut !== slowInAll) faults.push(`${cut} walls were cut, ${slowInAll} were slow`);
  // One answer and one broadcast may come on top of the megabyte.
  if (queuedAtCut.most > 1_100_000) faults.push(`${queuedAtCut.most} bytes were queued for one wall`);
  // How high it stands in one stage is the collector's choice; what cut walls had queued must not pile up over the rounds.
  const beside = figures.stages.filter((_, i) => i % 2 === 1).map((stage) => stage.memoryMb);
  const [first, last] = [beside[0]!, beside.at(-1)!];
  if (last - first > (beside.length - 1) * figures.slow + COLLECTOR_SLACK_MB)
    faults.push(`memory rose from ${first} to ${last} MB in ${beside.length} rounds`);
  if (!timed) return faults;
  if (restart.freshMs.most > 30_000) faults.push(`the last wall was fresh after ${restart.freshMs.most} ms`);
  // The machine's own stutter falls on single stages: a cost is what every pair shows.
  const limits = { cpu: 1.25, p50: 1.5, p99: 2 } as const;
  for (const [name, limit] of Object.entries(limits) as [keyof typeof limits, number][])
    if (ratio[name].median > limit && ratio[name].least > 1)
      faults.push(`slow walls cost the others: ${name} ${JSON.stringify(ratio[name])}`);
  return faults;
}

async function watchReturn(hall: Product, walls: readonly RealWall[]): Promise<WallsFigures['restart']> {
  const servedAt = performance.now();
  const [serverBefore, ownBefore] = [readCpuMs(hall.pid), ownCpuMs()];
  await until(() => walls.every(({ freshAt }) => freshAt > servedAt), FRESH_LIMIT_MS);
  const fresh = walls.filter(({ freshAt }) => freshAt > servedAt);
  return {
    freshMs: spreadOf(fresh.map(({ freshAt }) => freshAt - servedAt)),
    notFresh: walls.length - fresh.length,
    serverCpuMs: readCpuMs(hall.pid) - serverBefore,
    ownCpuMs: ownCpuMs() - ownBefore,
  };
}

interface Crowd {
  readonly hall: Product;
  readonly probes: readonly RealWall[];
  readonly readers: readonly Reader[];
  /** What the probes received. */
  readonly log: Delivery[];
  unserved: number;
}

async function runStage(crowd: Crowd, options: WallsOptions, name: string, slow: number): Promise<Stage> {
  const { hall, probes, readers, log } = crowd;
  log.length = 0;
  const had = readers.map(({ deltas }) => deltas);
  const [beganAt, serverBefore, ownBefore] = [performance.now(), readCpuMs(hall.pid), ownCpuMs()];
  const posted = await postAtRate(hall, name, options.perSecond, options.seconds);
  const head = Math.max(...posted.map(({ to }) => to));
  await until(() => probes.every(({ seq }) => seq >= head), SERVED_LIMIT_MS);
  const deltas = Math.round(log.length / probes.length);
  const missed = () => readers.filter((reader, i) => reader.deltas - had[i]! < deltas).length;
  await until(() => missed() === 0, SERVED_LIMIT_MS);
  const tookMs = performance.now() - beganAt;
  const serverMs = readCpuMs(hall.pid) - serverBefore;
  crowd.unserved += missed() + probes.filter(({ seq }) => seq < head).length;
  return {
    slow,
    deltas,
    ms: measureAges(log, posted),
    cpuMicroseconds: round((serverMs * 1000) / (deltas * (probes.length + readers.length))),
    serverCores: round(serverMs / tookMs),
    ownCores: round((ownCpuMs() - ownBefore) / tookMs),
    memoryMb: readResidentMb(hall.pid),
  };
}

/** For each delta at each probe the age of the oldest event in it, counted from its post. */
function measureAges(deliveries: readonly Delivery[], posted: readonly Delivery[]): Spread {
  const sentAt = new Map<number, number>();
  for (const { from, to, at } of posted)
    for (let seq = from; seq <= to; seq++) sentAt.set(seq, Math.min(at, sentAt.get(seq) ?? Infinity));
  const ages: number[] = [];
  for (const { from, to, at } of deliveries)
    for (let seq = from; seq <= to; seq++) {
      const sent = sentAt.get(seq);
      if (sent === undefined) continue;
      ages.push(at - sent);
      break;
    }
  return spreadOf(ages);
}

/** Resolves with the positions that each answered POST was given, and when it was sent. */
async function postAtRate(hall: Product, prefix: string, perSecond: number, seconds: number): Promise<Delivery[]> {
  const beganAt = performance.now();
  const total = Math.round(perSecond * seconds);
  const batch = Math.max(1, Math.round(perSecond / 20));
  const running: Promise<Delivery>[] = [];
  for (let sent = 0; sent < total; sent += batch) {
    await wait(Math.max(0, beganAt + (sent / perSecond) * 1000 - performance.now()));
    const events = Array.from({ length: Math.min(batch, total - sent) }, (_, i) => acceptance(`${prefix}-${sent + i}`));
    const at = performance.now();
    running.push(
      postEvents(hall.url, events).then(({ status, body }) => {
        if (status !== 200) throw new Error(`the hall answered ${status}`);
        // Commits of several posts may be taken together: the head is then above this one's, and an age only looks less.
        return { from: body.seq - body.accepted + 1, to: body.seq, at };
      }),
    );
  }
  return Promise.all(running);
}

/** One token for all: more walls sit behind this one address than may come without any. */
function issueCookie(folder: string): string {
  const access = openAccess(folder, { now: Date.now });
  const { secret } = access.displayTokens.add({ hall: 'meilin', audience: 'management', label: 'walls' });
  access.close();
  return `${DISPLAY_COOKIE}=${secret}`;
}

/** How often a wall that does not read must ask until what the machine itself buffers is full, and a little more. */
async function countAsksToCut(hall: Product, cookie: string, slow: SlowWall[]): Promise<number> {
  const { length } = JSON.stringify(await readBoard(hall.url));
  const before = readCuts(hall).length;
  const pilot = await openSlowWall({ url: hall.url, cookie });
  slow.push(pilot);
  const asks = await askUntil(hall, [pilot], () => readCuts(hall).length > before);
  pilot.close();
  return Math.max(ASK_SLICE, asks - Math.ceil((1_000_000 - QUEUED_AT_START) / length));
}

async function ask(hall: Product, slow: readonly SlowWall[], times: number): Promise<void> {
  let asked = 0;
  await askUntil(hall, slow, () => (asked += ASK_SLICE) > times);
}

/** @returns how often each of them has asked */
async function askUntil(hall: Product, slow: readonly SlowWall[], isDone: () => boolean): Promise<number> {
  for (let asked = 0; ; asked += ASK_SLICE) {
    if (isDone() || asked >= MOST_ASKS) return asked;
    for (const one of slow) one.ask(ASK_SLICE);
    // The second answer comes after all that lay before the server when the first question did.
    for (let i = 0; i < 2; i++) await (await fetch(`${hall.url}/healthz`)).arrayBuffer();
  }
}

/** What lay queued for each wall when the server cut it, by its log. */
function readCuts(hall: Product): number[] {
  return hall
    .output()
    .split('\n')
    .filter((line) => line.includes('did not drain'))
    .map((line) => (JSON.parse(line) as { queued: number }).queued);
}

function compareStages(stages: readonly Stage[], read: (stage: Stage) => number): Ratio {
  const ratios = stages
    .flatMap((stage, i) => (i % 2 === 1 ? [(2 * read(stage)) / (read(stages[i - 1]!) + read(stages[i + 1]!))] : []))
    .sort((a, b) => a - b);
  const middle = (ratios[Math.floor((ratios.length - 1) / 2)]! + ratios[Math.floor(ratios.length / 2)]!) / 2;
  return { median: round(middle), least: round(ratios[0]!), most: round(ratios.at(-1)!) };
}

function writeStage({ ms, cpuMicroseconds, serverCores, ownCores, memoryMb }: Stage): string {
  const cost = `${cpuMicroseconds} µs a delta and wall, ${serverCores} cores, ${memoryMb} MB`;
  return `${writeSpread(ms)}; server ${cost}; campaign ${ownCores} cores`;
}

function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function until(isTrue: () => boolean, limitMs: number): Promise<void> {
  const end = performance.now() + limitMs;
  while (!isTrue() && performance.now() < end) await wait(20);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
