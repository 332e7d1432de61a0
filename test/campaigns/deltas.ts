// What a delta costs a wall: scripting of the page's main thread on every scene, in a real Chromium at 1920 × 1080.
import type { Browser, Page } from 'playwright-core';
import { SCENES, type Scene } from '../../domain/board/topics/data.ts';
import { openBrowser, openWall } from '../e2e/browser.ts';
import type { Rhythm } from './rhythm.ts';
import { DELTA_MARK, readDeltaCosts, TRACED, type DeltaCost, type TraceEvent } from './scripting.ts';
import { spreadOf, type Spread } from './spread.ts';
import { startTimedHall } from './timed-hall.ts';

export interface DeltasOptions {
  /** An empty folder. */
  readonly folder: string;
  readonly scenes?: readonly Scene[];
  /** Counted on each scene, after `warmUp` that are not: code is compiled and read for the first time. */
  readonly deltas: number;
  readonly warmUp: number;
  readonly rhythm: Rhythm;
  /** With the demo's year behind it. */
  readonly filled: boolean;
  readonly onScene?: (figures: SceneFigures) => void;
}

/**
 * Milliseconds of processor time for each delta: everything that the page's main thread did from the message of one
 * delta until that of the next, so that what runs by the clock (the header's, a chart that is drawn once a second) is
 * charged to the deltas too. See `DeltaCost` for what each of them holds.
 */
export interface SceneFigures {
  readonly scene: Scene;
  readonly message: Spread;
  readonly scripting: Spread;
  readonly scriptingAndLayout: Spread;
  readonly whole: Spread;
  /** What the page asked for or was told otherwise: it should live by pushed deltas alone. */
  readonly snapshots: number;
  readonly errors: readonly string[];
}

/** Promised for all scripting of a delta. */
const MOST_SCRIPTING_MS = 4;

export async function runDeltasCampaign(options: DeltasOptions): Promise<SceneFigures[]> {
  const { folder, filled, rhythm } = options;
  const pace = { busy: 1, quiet: 1 };
  const hall = await startTimedHall({ folder, day: '2019-11-25', minute: 630, pace, filled, rhythm });
  const browser = await openBrowser();
  try {
    const all: SceneFigures[] = [];
    for (const scene of options.scenes ?? SCENES) {
      const figures = await watchScene(browser, hall.url, scene, options);
      options.onScene?.(figures);
      all.push(figures);
    }
    return all;
  } finally {
    await browser.close();
    await hall.stop();
  }
}

/** What stands in the figures that must not. */
export function findDeltasFaults(all: readonly SceneFigures[], deltas: number): string[] {
  return all.flatMap(({ scene, scripting, snapshots, errors }) => {
    const faults: string[] = [...errors];
    if (scripting.n < deltas * 0.9) faults.push(`${scene}: ${scripting.n} of ${deltas} deltas were told apart`);
    if (scripting.p95 > MOST_SCRIPTING_MS) faults.push(`${scene}: p95 ${scripting.p95} ms of scripting a delta`);
    if (snapshots > 0) faults.push(`${scene}: asked for ${snapshots} snapshots`);
    return faults;
  });
}

export function describeScene(figures: SceneFigures): string {
  const write = ({ p50, p95, most }: Spread) => `${p50} / ${p95} / ${most}`;
  const { scene, message, scripting, scriptingAndLayout, whole } = figures;
  return [
    `${scene} (n ${scripting.n}), ms of processor time a delta, p50 / p95 / most:`,
    `message task ${write(message)};`,
    `all scripting ${write(scripting)};`,
    `with style and layout ${write(scriptingAndLayout)};`,
    `the whole main thread ${write(whole)}`,
  ].join(' ');
}

async function watchScene(
  browser: Browser,
  url: string,
  scene: Scene,
  { deltas, warmUp, rhythm }: DeltasOptions,
): Promise<SceneFigures> {
  const errors: string[] = [];
  let snapshots = 0;
  const page = await openWall(browser, `${url}/?scene=${scene}`, async (one) => {
    one.on('pageerror', ({ message }) => errors.push(`${scene}: ${message}`));
    await one.addInitScript(markDeltas, DELTA_MARK);
  });
  await page.locator(`main.wall[data-scene="${scene}"]`).waitFor();
  await waitForDeltas(page, warmUp, rhythm);
  page.on('request', (request) => void (request.url().includes('/api/board') && snapshots++));
  await browser.startTracing(page, { categories: TRACED });
  await waitForDeltas(page, warmUp + deltas + 1, rhythm);
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  await page.context().close();
  const costs = readDeltaCosts(trace.traceEvents);
  const over = (read: (cost: DeltaCost) => number) => spreadOf(costs.map(read), 2);
  return {
    scene,
    message: over(({ message }) => message),
    scripting: over(({ scripting }) => scripting),
    scriptingAndLayout: over(({ scripting, layout }) => scripting + layout),
    whole: over(({ whole }) => whole),
    snapshots,
    errors,
  };
}

/** Runs in the page, before its first script: this listener is the first of every socket. */
function markDeltas(mark: string): void {
  const { WebSocket } = window;
  window.WebSocket = class extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols);
      this.addEventListener('message', ({ data }) => {
        if (typeof data === 'string' && data.includes('"board:delta"')) performance.mark(mark);
      });
    }
  };
}

async function waitForDeltas(page: Page, count: number, { everyMs }: Rhythm): Promise<void> {
  await page.waitForFunction(
    ({ mark, least }) => performance.getEntriesByName(mark).length >= least,
    { mark: DELTA_MARK, least: count },
    // Not by frames: looking is work too.
    { polling: 1_000, timeout: 60_000 + count * everyMs * 4 },
  );
}
