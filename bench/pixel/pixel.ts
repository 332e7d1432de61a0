/** Posted-to-pixel in a real browser: from the start of a POST to the frame that shows it, beside a bare Socket.IO page. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../browser.ts';
import { startChild, type Child } from '../child.ts';
import type { BenchContext } from '../context.ts';
import { INGEST_KEY, startProduct } from '../product.ts';
import { median, percentile, printLine, ratios, writeSpread } from '../stats.ts';
import { makeVisits } from '../visits.ts';
import { measureOnce, type Timing } from './page.ts';

const SIZES = {
  full: { shots: 20, warmUpShots: 8, gapMs: 300, busyPerSecond: 1_000 },
  small: { shots: 3, warmUpShots: 1, gapMs: 20, busyPerSecond: 200 },
} as const;
const FIGURE = 'section[aria-label="窗口受理"] p.figure span';
const HEADERS = { Authorization: `Bearer ${INGEST_KEY}`, 'Content-Type': 'application/cloudevents+json' };

interface Side {
  readonly page: Page;
  readonly port: number;
  readonly selector: string;
}

export async function benchPixel(context: BenchContext): Promise<void> {
  const { gapMs, busyPerSecond } = SIZES[context.size];
  const product = await startProduct(context, 'pixel');
  const peer = startChild(context.commandFile, 'pixel-peer');
  const pace = startChild(context.commandFile, 'pace');
  const browser = await openBrowser();
  try {
    const peerPort = await peer.ask<number>('listen', context.root);
    // A wall of one scene: the playlist would turn away from the figure that is watched.
    const ours: Side = {
      page: await openPage(browser, product.port, '/?scene=overview'),
      port: product.port,
      selector: FIGURE,
    };
    const theirs: Side = { page: await openPage(browser, peerPort, '/'), port: peerPort, selector: '#figure' };
    await theirs.page.waitForFunction(() => document.title === 'connected');
    await postOne(ours, 'first');
    await ours.page.waitForFunction((selector) => document.querySelector(selector)?.textContent === '1', FIGURE);

    const quiet = await compare(context, ours, theirs, 'q');
    const busy = await compare(context, ours, theirs, 'b', pace);
    report(`pixel, a quiet hall (one event every ${gapMs} ms)`, quiet);
    report(`pixel, ${busyPerSecond.toLocaleString('en-GB')} events a second in the background`, busy);
  } finally {
    await browser.close();
    await Promise.all([product.stop(), peer.stop(), pace.stop()]);
  }
}

type Rounds = readonly (readonly Timing[])[];

/** Rounds of both sides in turn; the page that is not measured lies in the background, where no frames are made for it. */
async function compare(
  { size, rounds }: BenchContext,
  ours: Side,
  theirs: Side,
  tag: string,
  pace?: Child,
): Promise<{ ours: Rounds; theirs: Rounds }> {
  const { shots: shotsARound, warmUpShots, gapMs, busyPerSecond } = SIZES[size];
  const seen = { ours: [] as Timing[][], theirs: [] as Timing[][] };
  for (let round = 0; round <= rounds; round++) {
    for (const [name, side] of [
      ['theirs', theirs],
      ['ours', ours],
    ] as const) {
      await side.page.bringToFront();
      await pace?.ask('start', { port: side.port, perSecond: busyPerSecond, tag: `${tag}${round}` });
      await wait(gapMs);
      const shots: Timing[] = [];
      for (let shot = 0; shot < (round === 0 ? warmUpShots : shotsARound); shot++) {
        shots.push(
          await measureOnce(side.page, {
            selector: side.selector,
            headers: HEADERS,
            body: writeCase(`${tag}${round}n${shot}`),
          }),
        );
        // A varying pause, so that the posts do not fall into step with the screen's frames or the server's rhythm.
        await wait(gapMs + ((shot * 37) % 60));
      }
      await pace?.ask('stop');
      // The first round is for warming up.
      if (round > 0) seen[name].push(shots);
    }
  }
  return seen;
}

function report(title: string, { ours, theirs }: { ours: Rounds; theirs: Rounds }): void {
  const read = (rounds: Rounds, key: keyof Timing) => rounds.map((shots) => shots.map((shot) => shot[key]));
  console.log(
    `${title}: ${ours[0]!.length} shots a round, milliseconds, median (least to most) of the rounds' medians; p99 of all`,
  );
  for (const [key, what] of [
    ['changedMs', 'text changed'],
    ['shownMs', 'frame shown'],
  ] as const) {
    const mine = read(ours, key);
    const bare = read(theirs, key);
    const show = (rounds: number[][]) =>
      `${writeSpread(rounds.map(median), 1)}, p99 ${percentile(rounds.flat(), 0.99).toFixed(1)}`;
    printLine(`bare Socket.IO, ${what}`, show(bare));
    printLine(`Hallpulse, ${what}, durable`, show(mine));
    printLine(`ratio of medians, ${what}`, writeSpread(ratios(mine.map(median), bare.map(median)), 2));
  }
}

async function openPage(browser: Browser, port: number, path: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${port}${path}`);
  return page;
}

async function postOne({ port }: Side, tag: string): Promise<void> {
  const url = `http://127.0.0.1:${port}/api/events`;
  const answer = await fetch(url, { method: 'POST', headers: HEADERS, body: writeCase(tag) });
  if (!answer.ok) throw new Error(`the product refused an event: ${answer.status} ${await answer.text()}`);
}

/** One acceptance at a window: it changes the figure by one. */
function writeCase(tag: string): string {
  return JSON.stringify(makeVisits(6, `${tag}v`, Date.now())[2]);
}
