// Promise 7 on the wall's side: simulated days with every scene turning, and whether anything grows that should not.
import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';
import { SCENES } from '../../domain/board/topics/data.ts';
import { openBrowser, openWall } from '../e2e/browser.ts';
import { fitSlopes, type Slope } from './slope.ts';
import { spreadOf, type Spread } from './spread.ts';
import { startTimedHall, type TimedHall } from './timed-hall.ts';
import { countOnOverview, turnOnce } from './turning.ts';

export interface MonthsOptions {
  readonly folder: string;
  readonly days: number;
  /** Hall seconds per real second in working hours; nights and days off pass at 14,400. */
  readonly speed: number;
  /** Days at the beginning that are not judged: code is compiled and caches fill. */
  readonly warmUpDays: number;
  readonly samplesPerDay: number;
  /** With a year's ledger behind it. */
  readonly filled: boolean;
  readonly onSample?: (line: string) => void;
}

const WATCHED = ['wallHeap', 'nodes', 'listeners', 'documents', 'canvases', 'charts', 'serverHeap'] as const;
type Watched = (typeof WATCHED)[number];
type Sample = Record<Watched, number> & { readonly at: number };

export interface MonthsFigures {
  /** As many as were asked for, or more where the machine is slow. */
  readonly days: number;
  readonly deltas: number;
  readonly deltasPerDay: number;
  /** How often each scene was turned to. */
  readonly turns: Readonly<Record<string, number>>;
  /** Milliseconds from the key to the other scene: what a loaded machine does to them is a figure and no fault. */
  readonly turnMs: Spread;
  /** Turns that did not come within 30 s. */
  readonly missedTurns: number;
  readonly errors: readonly string[];
  readonly reloads: number;
  readonly samples: number;
  readonly slopes: Readonly<Record<Watched, Slope>>;
  readonly seconds: number;
}

const DAY_MS = 86_400_000;
const FIRST_DAY = '2019-11-25';
const QUIET_SPEED = 14_400;
const TURN_EVERY_MS = 600;

export async function runMonthsCampaign(options: MonthsOptions): Promise<MonthsFigures> {
  const beganAt = performance.now();
  const { folder, days, speed, samplesPerDay, filled } = options;
  const pace = { busy: speed, quiet: QUIET_SPEED };
  const hall = await startTimedHall({ folder, day: FIRST_DAY, minute: 630, pace, filled });
  const browser = await openBrowser();
  try {
    const errors: string[] = [];
    let deltas = 0;
    let loads = 0;
    const page = await openWall(browser, hall.url, async (one) => {
      one.on('pageerror', (error) => errors.push(error.message));
      one.on('load', () => loads++);
      one.on('websocket', (ws) =>
        ws.on('framereceived', ({ payload }) => {
          if (typeof payload === 'string' && payload.includes('"board:delta"')) deltas++;
        }),
      );
    });
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable');
    const startAt = await hall.now();
    const turns: Record<string, number> = {};
    const turnTimes: number[] = [];
    let missedTurns = 0;
    const samples: Sample[] = [];
    // A sample begins a round of all scenes; where the machine is slow, more of the hall's days pass for it.
    let turnsLeft = 0;
    for (let next = 0; ;) {
      const at = ((await hall.now()) - startAt) / DAY_MS;
      if (at >= next && turnsLeft <= 0) {
        const sample = await takeSample(page, cdp, hall, at);
        samples.push(sample);
        options.onSample?.(describe(sample));
        next += 1 / samplesPerDay;
        turnsLeft = SCENES.length;
        if (at >= days && samples.length > days * samplesPerDay) break;
      }
      turnsLeft--;
      const turned = await turnOnce(page);
      if (turned === undefined) missedTurns++;
      else {
        turns[turned.scene] = (turns[turned.scene] ?? 0) + 1;
        turnTimes.push(turned.ms);
      }
      await wait(TURN_EVERY_MS);
    }
    const passed = samples.at(-1)!.at;
    const judged = samples.filter(({ at }) => at >= options.warmUpDays);
    return {
      days: Math.round(passed * 10) / 10,
      deltas,
      deltasPerDay: Math.round(deltas / passed),
      turns,
      turnMs: spreadOf(turnTimes),
      missedTurns,
      errors,
      reloads: loads - 1,
      samples: judged.length,
      slopes: fitSlopes(WATCHED, judged, ({ at }) => at),
      seconds: Math.round((performance.now() - beganAt) / 1000),
    };
  } finally {
    await browser.close();
    await hall.stop();
  }
}

export interface GrowthLimits {
  /** Of what is counted one by one (nodes, listeners, documents, canvases, charts): a share of its mean over the span. */
  readonly mostShare: number;
  /** Bytes a day. A heap holds compiled code and the browser's own bounded lists of timings as well, which fill up slowly. */
  readonly wallHeap: number;
  /** Bytes a day. The server keeps up to 75,000 histories of cases and tickets before it lets the oldest go. */
  readonly serverHeap: number;
}

/** What must not be: growth that the samples' scatter does not explain and that months would make felt. */
export function findGrowth(figures: MonthsFigures, limits: GrowthLimits): string[] {
  const { wallHeap, serverHeap, ...counted } = figures.slopes;
  const faults = Object.entries(counted)
    .filter(([, { t, share }]) => t > 3 && share > limits.mostShare)
    .map(([name, slope]) => `${name} grows: ${describeSlope(slope)}`);
  if (wallHeap.t > 3 && wallHeap.rate > limits.wallHeap) faults.push(`wall's heap: ${describeSlope(wallHeap)}`);
  if (serverHeap.t > 3 && serverHeap.rate > limits.serverHeap)
    faults.push(`server's heap: ${describeSlope(serverHeap)}`);
  if (figures.missedTurns > 0) faults.push(`${figures.missedTurns} turns did not come`);
  if (figures.reloads > 0) faults.push(`${figures.reloads} reloads`);
  return [...faults, ...figures.errors.slice(0, 5)];
}

export function describeSlope({ first, last, rate, t, share }: Slope): string {
  const round = (value: number) => Math.round(value * 100) / 100;
  return `${round(first)} to ${round(last)}, ${round(rate)} a day, ${round(share * 100)} % over the span, t ${round(t)}`;
}

async function takeSample(page: Page, cdp: CDPSession, hall: TimedHall, at: number): Promise<Sample> {
  const { heap, ...counts } = await countOnOverview(page, cdp);
  return { at, wallHeap: heap, ...counts, serverHeap: await hall.heap() };
}

function describe(sample: Sample): string {
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`;
  const { at, wallHeap, nodes, listeners, canvases, charts, serverHeap } = sample;
  return `day ${at.toFixed(2)}: wall ${megabytes(wallHeap)}, ${nodes} nodes, ${listeners} listeners, ${canvases} canvases, ${charts} charts; server ${megabytes(serverHeap)}`;
}
