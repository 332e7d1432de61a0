// Promise 5: walls come back by themselves, whatever it was that ended: a server, a network, a dead line, a sleep.
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import { describeBrowser, openBrowser, openWall, readHeader, waitForWindowCases, windowCases } from '../e2e/browser.ts';
import { acceptance, hallDay, postEvents, readMeasures } from '../e2e/hall-client.ts';
import { openLine } from '../e2e/line.ts';
import { startProduct, type Product } from '../e2e/product.ts';

/**
 * `server`: killed with SIGKILL, away for the whole time. `clock`: the same, but the server is away for a few seconds only
 * and the page's own clock (timers, Date, performance) is run through the rest. `offline`: the browser is told that it
 * has no network. `silent`: a line that swallows everything and closes nothing. `sleep`: all processes of the browser
 * are stopped (SIGSTOP) and let go on.
 */
export type OutageKind = 'server' | 'clock' | 'offline' | 'silent' | 'sleep';

export interface Outage {
  readonly kind: OutageKind;
  readonly seconds: number;
}

export interface OutageFigures extends Outage {
  /** Seconds from the beginning until the wall said across its header that its picture is old; absent where it need not. */
  readonly saidAfter?: number;
  /** Whether all through the outage the last true figure stood. */
  readonly kept: boolean;
  /** Seconds from the end until the figure is the recounted one, the meanwhile's event in it; -1: not within the limit. */
  readonly freshAfter: number;
  /** What the wall shows and what GET /api/measures says at the end. */
  readonly shown: string;
  readonly measured: string;
  /** Seconds from a post after the outage to the figure: it is pushed again. */
  readonly pushedAfter: number;
  readonly reloads: number;
}

export interface OutageOptions {
  /** An empty folder. */
  readonly folder: string;
  readonly outages: readonly Outage[];
  readonly onDone?: (figures: OutageFigures) => void;
}

/** Fresh by then or not at all: far beyond the promise, so that a miss is measured rather than cut off. */
const LIMIT_MS = 90_000;
/** What the promise allows after the end, seconds: a sleep 10, everything else 30. */
const allowed = (kind: OutageKind): number => (kind === 'sleep' ? 10 : 30);

/** All of them side by side, each with a hall of its own, and with a browser of its own where that is put to sleep. */
export async function runOutageCampaign({ folder, outages, onDone }: OutageOptions): Promise<OutageFigures[]> {
  const shared = await openBrowser();
  try {
    return await Promise.all(
      outages.map(async (outage, i) => {
        const own = outage.kind === 'sleep' ? await openOwnBrowser() : undefined;
        const figures = await suffer(outage, join(folder, String(i)), shared, own).finally(() => own?.close());
        onDone?.(figures);
        return figures;
      }),
    );
  } finally {
    await shared.close();
  }
}

/** What stands in the figures that must not. `slack` widens the promise on a machine that does much else; what never came is a fault with any. */
export function findOutageFaults(all: readonly OutageFigures[], { slack = 1 } = {}): string[] {
  return all.flatMap((one) => {
    const name = `${one.kind} ${one.seconds} s`;
    const faults: string[] = [];
    if (one.shown !== one.measured) faults.push(`${name}: shows ${one.shown}, recounted ${one.measured}`);
    if (one.freshAfter < 0 || one.freshAfter > allowed(one.kind) * slack)
      faults.push(`${name}: fresh after ${one.freshAfter} s`);
    if (one.saidAfter !== undefined && (one.saidAfter < 0 || one.saidAfter > 15 * slack))
      faults.push(`${name}: said after ${one.saidAfter} s`);
    if (!one.kept) faults.push(`${name}: the picture was not kept`);
    if (one.reloads > 0) faults.push(`${name}: ${one.reloads} reloads`);
    if (one.pushedAfter < 0) faults.push(`${name}: not pushed again`);
    return faults;
  });
}

async function suffer(outage: Outage, folder: string, shared: Browser, own?: OwnBrowser): Promise<OutageFigures> {
  let hall = await startProduct({ folder });
  const line = await openLine(hall.port);
  try {
    const page = await openWall(own?.browser ?? shared, `${line.url}/?scene=overview`, async (one) => {
      if (outage.kind === 'clock') await one.clock.install();
    });
    let loads = 0;
    page.on('load', () => loads++);
    await waitForWindowCases(page, await postCases(hall, 'before', 3), 20_000);
    const beganAt = performance.now();
    const before = await windowCases(page);
    const watch = watchBand(page, beganAt, outage.kind);
    let kept = true;
    let meanwhile = Promise.resolve();

    switch (outage.kind) {
      case 'server':
      case 'clock': {
        await hall.kill9();
        line.cut();
        // Somebody's system goes on trying to send, as it must.
        meanwhile = keepSending(hall.url, 'meanwhile');
        if (outage.kind === 'server') await wait(outage.seconds * 1000);
        else await runClock(page, outage.seconds);
        kept = (await windowCases(page)) === before;
        hall = await startProduct({ folder, port: hall.port });
        break;
      }
      case 'offline':
        await page.context().setOffline(true);
        await postCases(hall, 'meanwhile');
        await wait(outage.seconds * 1000);
        await page.context().setOffline(false);
        break;
      case 'silent':
        line.swallow();
        await postCases(hall, 'meanwhile');
        await wait(outage.seconds * 1000);
        kept = (await windowCases(page)) === before;
        line.carry();
        break;
      case 'sleep':
        own!.sleep();
        await postCases(hall, 'meanwhile');
        await wait(outage.seconds * 1000);
        own!.wake();
        break;
    }
    const endedAt = performance.now();
    await meanwhile;
    const freshAfter = await within(async () => {
      await waitForWindowCases(page, await measured(hall), LIMIT_MS);
      await page.waitForFunction(() => document.querySelector('header .band') === null, undefined, {
        timeout: LIMIT_MS,
      });
      return seconds(performance.now() - endedAt);
    });
    const shown = await windowCases(page);
    const recounted = await measured(hall);
    const pushedAfter = await within(async () =>
      seconds(await waitForWindowCases(page, await postCases(hall, 'after'), 30_000)),
    );
    const saidAfter = await watch.end();
    return {
      ...outage,
      ...(outage.kind === 'server' || outage.kind === 'silent' ? { saidAfter } : {}),
      kept,
      freshAfter,
      shown,
      measured: recounted,
      pushedAfter,
      reloads: loads,
    };
  } finally {
    await line.close();
    await hall.stop();
  }
}

/** Runs the page's clock on in steps, with real time between them for what its timers set going. */
async function runClock(page: Page, total: number): Promise<void> {
  const stepMs = 5_000;
  for (let passed = 0; passed < total * 1000; passed += stepMs) {
    await page.clock.runFor(stepMs);
    await wait(15);
  }
  if (!(await readHeader(page)).includes('正在重连')) throw new Error('the wall does not say that it lost its server');
}

/** Looks for the band across the header, from outside the page's own clock. */
function watchBand(page: Page, beganAt: number, kind: OutageKind): { end: () => Promise<number> } {
  let isOver = false;
  const looking = (async () => {
    while (!isOver) {
      if (kind !== 'sleep' && (await page.locator('header .band').count()) > 0)
        return seconds(performance.now() - beganAt);
      await wait(200);
    }
    return -1;
  })();
  return {
    end() {
      isOver = true;
      return looking;
    },
  };
}

async function keepSending(url: string, id: string): Promise<void> {
  for (;;) {
    try {
      const { status } = await postEvents(url, acceptance(id));
      if (status === 200) return;
    } catch {
      // Not there yet.
    }
    await wait(500);
  }
}

async function postCases(hall: Product, prefix: string, count = 1): Promise<string> {
  const events = Array.from({ length: count }, (_, i) => acceptance(`${prefix}-${i}`));
  const { status } = await postEvents(hall.url, events);
  if (status !== 200) throw new Error(`the hall answered ${status}`);
  return measured(hall);
}

async function measured({ url }: Product): Promise<string> {
  const today = hallDay(Date.now());
  return String((await readMeasures(url, today, today)).windowCases);
}

function seconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}

async function within(act: () => Promise<number>): Promise<number> {
  try {
    return await act();
  } catch {
    return -1;
  }
}

interface OwnBrowser {
  readonly browser: Browser;
  sleep(): void;
  wake(): void;
  close(): Promise<void>;
}

/** A browser whose processes form a group of their own, which can be stopped as a whole. */
async function openOwnBrowser(): Promise<OwnBrowser> {
  const server = await chromium.launchServer(describeBrowser());
  const browser = await chromium.connect(server.wsEndpoint());
  const pid = server.process().pid!;
  return {
    browser,
    sleep: () => void process.kill(-pid, 'SIGSTOP'),
    wake: () => void process.kill(-pid, 'SIGCONT'),
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
