// Promise 7 by turns of the playlist instead of by days: what a scene that has gone leaves in the page, snapshot by snapshot.
import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';
import { openBrowser, openWall } from '../e2e/browser.ts';
import { countDetachedNodes, snapshotBy, type DetachedNodes } from './heap-snapshot.ts';
import { describeRate, findGrowing, fitSlopes, type RateLimits, type Slope } from './slope.ts';
import { spreadOf, type Spread } from './spread.ts';
import { startTimedHall } from './timed-hall.ts';
import { countOnOverview, turnOnce, type PageCounts } from './turning.ts';

export interface TurnsOptions {
  /** An empty folder. */
  readonly folder: string;
  readonly turns: number;
  /** A snapshot after each so many turns. */
  readonly every: number;
  /** Turns at the beginning that are not judged: each scene is opened for the first time, and code is compiled. */
  readonly warmUpTurns: number;
  /** How long a scene stands: long enough for its chart, which comes a frame later. */
  readonly standsMs: number;
  /** With the demo's year behind it. */
  readonly filled: boolean;
  /** Another build's pages, as in `TimedHallOptions`. */
  readonly pagesOf?: string;
  /** Whatever is to happen in the page before its first script. */
  readonly prepare?: (page: Page) => Promise<void>;
  readonly onSample?: (line: string) => void;
}

const WATCHED = ['heap', 'nodes', 'listeners', 'documents', 'canvases', 'charts', 'detached'] as const;
type Watched = (typeof WATCHED)[number];
interface Sample extends PageCounts {
  readonly turns: number;
  readonly detached: number;
}

export interface TurnsFigures {
  readonly turns: number;
  /** How often each scene was turned to. */
  readonly scenes: Readonly<Record<string, number>>;
  /** Milliseconds from the key to the other scene. */
  readonly turnMs: Spread;
  readonly missedTurns: number;
  readonly errors: readonly string[];
  /** Growth for each thousand turns. */
  readonly slopes: Readonly<Record<Watched, Slope>>;
  /** What the last snapshot found. */
  readonly detached: DetachedNodes;
  readonly seconds: number;
}

export async function runTurnsCampaign(options: TurnsOptions): Promise<TurnsFigures> {
  const { folder, filled, turns, every, pagesOf } = options;
  const beganAt = performance.now();
  const hall = await startTimedHall({
    folder,
    day: '2019-11-25',
    minute: 630,
    // The day's own growth is for `months`: here one turn follows the other within an hour or so.
    pace: { busy: 1, quiet: 1 },
    filled,
    ...(pagesOf === undefined ? {} : { pagesOf }),
  });
  const browser = await openBrowser();
  try {
    const errors: string[] = [];
    const page = await openWall(browser, hall.url, async (one) => {
      one.on('pageerror', ({ message }) => errors.push(message));
      await options.prepare?.(one);
    });
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable');
    const scenes: Record<string, number> = {};
    const turnTimes: number[] = [];
    let missedTurns = 0;
    const samples: Sample[] = [];
    let last: DetachedNodes = { count: 0, names: [] };
    for (let turned = 0; ; turned++) {
      if (turned % every === 0) {
        const [sample, nodes] = await takeSample(page, cdp, turned);
        samples.push(sample);
        last = nodes;
        options.onSample?.(describeSample(sample));
      }
      if (turned >= turns) break;
      const turn = await turnOnce(page);
      if (turn === undefined) missedTurns++;
      else {
        scenes[turn.scene] = (scenes[turn.scene] ?? 0) + 1;
        turnTimes.push(turn.ms);
      }
      await wait(options.standsMs);
    }
    const judged = samples.filter((sample) => sample.turns >= options.warmUpTurns);
    return {
      turns,
      scenes,
      turnMs: spreadOf(turnTimes),
      missedTurns,
      errors,
      slopes: fitSlopes(WATCHED, judged, (sample) => sample.turns / 1_000),
      detached: last,
      seconds: Math.round((performance.now() - beganAt) / 1_000),
    };
  } finally {
    await browser.close();
    await hall.stop();
  }
}

/** `limits`: for each thousand turns; a scene that stayed would be some hundred nodes for each turn. */
export function findTurnsFaults({ slopes, missedTurns, errors }: TurnsFigures, limits: RateLimits): string[] {
  const faults = findGrowing(slopes, limits).map(
    (name) => `${name} grow with the turns: ${describeTurnsSlope(slopes[name])}`,
  );
  if (missedTurns > 0) faults.push(`${missedTurns} turns did not come`);
  return [...faults, ...errors.slice(0, 5)];
}

export const describeTurnsSlope = (slope: Slope): string => describeRate(slope, 'per 1,000 turns');

async function takeSample(page: Page, cdp: CDPSession, turns: number): Promise<[Sample, DetachedNodes]> {
  const counts = await countOnOverview(page, cdp);
  const detached = await countDetachedNodes(snapshotBy(cdp));
  return [{ turns, ...counts, detached: detached.count }, detached];
}

function describeSample({ turns, heap, nodes, listeners, canvases, charts, detached }: Sample): string {
  const held = `${nodes} nodes, ${detached} detached, ${listeners} listeners, ${canvases} canvases, ${charts} charts`;
  return `${turns} turns: ${(heap / 1e6).toFixed(2)} MB, ${held}`;
}
