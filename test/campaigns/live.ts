// Promise 4: from an event's post to the picture that shows it, under load and on a quiet day; and what is stale is called so.
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { measureOnce, type Timing } from '../../bench/pixel/page.ts';
import { makeVisits } from '../../bench/visits.ts';
import { addDays } from '../../domain/calendar/zone.ts';
import { openBrowser, openWall, windowCases } from '../e2e/browser.ts';
import { hallDay, postEvents, readMeasures } from '../e2e/hall-client.ts';
import { KEY, startProduct, type Product } from '../e2e/product.ts';
import { postAtRate } from './post-at-rate.ts';
import { spreadOf, type Spread } from './spread.ts';
import { stopServer, type StaleFigures } from './stale.ts';
import { readSightings, watchPositions, type Sighting } from './sightings.ts';

export interface LiveOptions {
  /** An empty folder. */
  readonly folder: string;
  readonly perSecond: number;
  readonly seconds: number;
  /** At the same rate, before anything is timed. */
  readonly warmUpSeconds: number;
  /** Single events of the quiet day, and the pause between them. */
  readonly quietEvents: number;
  readonly quietGapMs: number;
  /** How long the server stays stopped after the wall has said so. */
  readonly staleSeconds: number;
  readonly onStep?: (line: string) => void;
}

/** Milliseconds: until the text was in the document, and until the frame that shows it had been made. */
interface Seen {
  readonly text: Spread;
  readonly frame: Spread;
}

export interface LiveFigures {
  /**
   * One timing a post: from the moment at which it was sent until the wall's own position had reached the
   * ledger's at the answer, so that every event of the post is in the picture.
   */
  readonly busy: Seen & {
    readonly sent: number;
    /** Events a second that were answered with 200, from the first post to the last. */
    readonly reached: number;
    /** Posts that the wall had not shown a minute after the last of them. */
    readonly missing: number;
    /** Times that the position on the wall went back. */
    readonly backwards: number;
    /** How far the page's clock may be off the sender's, either way. */
    readonly clockErrorMs: number;
  };
  /** Posted by the page itself, so that one clock measures both ends. */
  readonly quiet: Seen;
  /** Window cases that this campaign posted, and what the hall's measures and the wall say. */
  readonly cases: { readonly posted: number; readonly measured: number; readonly shown: number };
  readonly stale: StaleFigures;
  readonly errors: readonly string[];
  readonly reloads: number;
}

const FIGURE = 'section.window .figure .figure';
const ARRIVAL_LIMIT_MS = 60_000;
const MOST_TRIES = 20;
/** Promised. */
const MOST_MS = 300;
const MOST_STALE_SECONDS = 15;

export async function runLiveCampaign(options: LiveOptions): Promise<LiveFigures> {
  const { folder, perSecond, seconds, warmUpSeconds } = options;
  const say = options.onStep ?? (() => {});
  const hall = await startProduct({ folder, env: { HALLPULSE_LOG: 'warn' } });
  const browser = await openBrowser();
  try {
    const errors: string[] = [];
    let loads = 0;
    const page = await openWall(browser, `${hall.url}/?scene=overview`, async (one) => {
      one.on('pageerror', ({ message }) => errors.push(message));
      one.on('load', () => loads++);
    });
    let posted = await postVisits(hall, 'first', 6);
    await page.locator(FIGURE).waitFor();

    const load = (tag: string, forSeconds: number) => ({
      perSecond,
      seconds: forSeconds,
      postsPerSecond: 50,
      make: (from: number, count: number) => {
        const events = makeVisits(count, `${tag}${from}v`, Date.now());
        posted += countCases(events);
        return events;
      },
    });
    await postAtRate(hall.url, load('warm', warmUpSeconds));
    const clock = await compareClocks(page);
    await watchPositions(page);
    const beganAt = performance.now();
    const posts = await postAtRate(hall.url, load('busy', seconds));
    const sentFor = (posts.at(-1)!.at - beganAt) / 1000 + 1 / 50;
    const last = Math.max(...posts.map(({ to }) => to));
    const sightings = await readSightings(page, last, ARRIVAL_LIMIT_MS);
    const sent = Math.round(perSecond * seconds);
    const ages = posts.flatMap(({ to, at }) => findAge(sightings, to, at + performance.timeOrigin + clock.offsetMs));
    const busy = {
      ...seen(ages),
      sent,
      reached: Math.round(sent / sentFor),
      missing: posts.length - ages.length,
      backwards: sightings.filter(({ seq }, i) => seq < (sightings[i - 1]?.seq ?? 0)).length,
      clockErrorMs: clock.errorMs,
    };
    say(`${busy.reached} events a second: ${describeSeen(busy)}; clocks within ${busy.clockErrorMs} ms`);

    const shots: Timing[] = [];
    for (let shot = 0; shot < options.quietEvents; shot++) {
      // A varying pause, so that the posts do not fall into step with heartbeats or ticks.
      await wait(options.quietGapMs + ((shot * 137) % 500));
      const [event] = makeVisits(6, `quiet${shot}v`, Date.now()).filter(isCase);
      shots.push(await measureOnce(page, { selector: FIGURE, headers: HEADERS, body: JSON.stringify(event) }));
      posted++;
    }
    const quiet = seen(shots);
    say(`a quiet day: ${describeSeen(quiet)}`);

    const stale = await stopServer(page, hall, {
      seconds: options.staleSeconds,
      meanwhile: async () => void (posted += await postVisits(hall, 'meanwhile', 6)),
    });
    say(
      `a server that stands still: said after ${stale.saidAfter} s, live again ${stale.freshAfter} s after it went on`,
    );
    const measured = await countMeasured(hall);
    await page
      .waitForFunction(
        ([selector, text]) => document.querySelector(selector!)?.textContent?.replaceAll(',', '') === text,
        [FIGURE, String(measured)],
        { timeout: ARRIVAL_LIMIT_MS },
      )
      .catch(() => undefined);
    const shown = Number((await windowCases(page)).replaceAll(',', ''));
    return { busy, quiet, cases: { posted, measured, shown }, stale, errors, reloads: loads - 1 };
  } finally {
    await browser.close();
    await hall.stop();
  }
}

/** What must not be on any machine: something lost, out of order, or shown as live that is not. */
export function findLiveFaults({ busy, cases, stale, errors, reloads }: LiveFigures): string[] {
  const faults: string[] = [...errors];
  if (busy.missing > 0) faults.push(`${busy.missing} posts did not reach the wall`);
  if (busy.backwards > 0) faults.push(`the position on the wall went back ${busy.backwards} times`);
  if (cases.measured !== cases.posted) faults.push(`${cases.posted} window cases posted, ${cases.measured} measured`);
  if (cases.shown !== cases.measured) faults.push(`${cases.measured} window cases measured, ${cases.shown} shown`);
  if (stale.saidAfter < 0) faults.push('a server that stands still was never said to');
  if (stale.shownLive > 0) faults.push(`shown as live ${stale.shownLive} times while the server stood still`);
  if (stale.ungreyed > 0) faults.push(`${stale.ungreyed} panels did not say that they are behind`);
  if (!stale.kept) faults.push('the last true picture was not kept');
  if (stale.freshAfter < 0) faults.push('the wall did not come back');
  if (reloads > 0) faults.push(`${reloads} reloads`);
  return faults;
}

/** What is later than promised. */
export function findLateness({ busy, quiet, stale }: LiveFigures, perSecond: number): string[] {
  const faults: string[] = [];
  if (busy.reached < perSecond * 0.95) faults.push(`${busy.reached} events a second were reached of ${perSecond}`);
  if (busy.frame.p99 > MOST_MS) faults.push(`${perSecond} events a second: p99 ${busy.frame.p99} ms`);
  if (quiet.frame.most > MOST_MS) faults.push(`a quiet day: ${quiet.frame.most} ms`);
  if (stale.saidAfter > MOST_STALE_SECONDS) faults.push(`said to be behind after ${stale.saidAfter} s`);
  return faults;
}

export function describeSeen({ text, frame }: Seen): string {
  const write = ({ p50, p99, most }: Spread) => `p50 ${p50}, p99 ${p99}, most ${most} ms`;
  return `text ${write(text)}; frame ${write(frame)} (n ${frame.n})`;
}

function seen(timings: readonly Timing[]): Seen {
  return {
    text: spreadOf(timings.map(({ changedMs }) => changedMs)),
    frame: spreadOf(timings.map(({ shownMs }) => shownMs)),
  };
}

/** `at`: epoch milliseconds by the page's clock. */
function findAge(sightings: readonly Sighting[], seq: number, at: number): Timing[] {
  const found = sightings.find((one) => one.seq >= seq);
  return found ? [{ changedMs: found.changedAt - at, shownMs: found.shownAt - at }] : [];
}

/** By the question that was answered quickest: the page's clock was read between its two ends. */
async function compareClocks(page: Page): Promise<{ offsetMs: number; errorMs: number }> {
  let best = { offsetMs: 0, errorMs: Infinity };
  for (let i = 0; i < 30; i++) {
    const before = performance.timeOrigin + performance.now();
    const there = await page.evaluate(() => performance.timeOrigin + performance.now());
    const after = performance.timeOrigin + performance.now();
    const errorMs = Number(((after - before) / 2).toFixed(1));
    if (errorMs < best.errorMs) best = { offsetMs: there - (before + after) / 2, errorMs };
  }
  return best;
}

const HEADERS = { Authorization: `Bearer ${KEY}`, 'Content-Type': 'application/cloudevents+json' };

/**
 * Resolves with how many window cases are among them. Tries again as a hall's system must: a server that stood still
 * closes an idle connection as it goes on, whatever was just written into it. Sent twice, an event counts once.
 */
async function postVisits(hall: Product, tag: string, count: number): Promise<number> {
  const events = makeVisits(count, tag, Date.now());
  for (let tries = 1; ; tries++) {
    try {
      const { status, body } = await postEvents(hall.url, events);
      if (status === 200 && body.accepted + body.duplicates === count) return countCases(events);
      throw new Error(`the hall answered ${status}`);
    } catch (error) {
      if (tries === MOST_TRIES) throw error;
      await wait(500);
    }
  }
}

function countCases(events: readonly Readonly<Record<string, unknown>>[]): number {
  return events.filter(isCase).length;
}

function isCase({ type }: Readonly<Record<string, unknown>>): boolean {
  return type === 'hall.case.accepted';
}

async function countMeasured({ url }: Product): Promise<number> {
  const today = hallDay(Date.now());
  return (await readMeasures(url, addDays(today, -1), today)).windowCases;
}
