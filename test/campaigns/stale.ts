// A server that stands still (SIGSTOP) keeps its sockets open and says nothing: what the wall makes of it, and for how long.
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { windowCases } from '../e2e/browser.ts';
import type { Product } from '../e2e/product.ts';

export interface StaleFigures {
  /** Seconds from the stop until the band stood across the header; -1: it did not come. */
  readonly saidAfter: number;
  /** How often the header lost its band, or showed its mark of life, between the first word and the server's going on. */
  readonly shownLive: number;
  /** Panels that stood ungreyed, or without since when, once the band stood. */
  readonly ungreyed: number;
  /** The large figure stood unchanged all the while. */
  readonly kept: boolean;
  /** Seconds from the server's going on until the band was gone; -1: it did not go. */
  readonly freshAfter: number;
}

const LIMIT_MS = 60_000;

interface Watch {
  /** `performance.now()` of the band's first coming, and of each time that the wall looked live after that. */
  saidAt?: number;
  readonly liveAt: number[];
}

/** `meanwhile` posts something that the stopped server will answer once it goes on. */
export async function stopServer(
  page: Page,
  hall: Product,
  { seconds, meanwhile }: { seconds: number; meanwhile: () => Promise<void> },
): Promise<StaleFigures> {
  const before = await windowCases(page);
  await watchBand(page);
  const stoppedAt = await page.evaluate(() => performance.now());
  process.kill(hall.pid, 'SIGSTOP');
  const posting = meanwhile();
  // Its failure is the campaign's own, and is told below.
  posting.catch(() => undefined);
  let figures: Omit<StaleFigures, 'freshAfter'>;
  try {
    await waitForBand(page, true);
    const ungreyed = await page.locator('main.wall .panel:not(.stopped), main.wall .panel:not(:has(.since))').count();
    await wait(seconds * 1000);
    const { saidAt, liveAt } = await readWatch(page);
    figures = {
      saidAfter: saidAt === undefined ? -1 : round(saidAt - stoppedAt),
      shownLive: liveAt.length,
      ungreyed,
      kept: (await windowCases(page)) === before,
    };
  } finally {
    process.kill(hall.pid, 'SIGCONT');
  }
  const wentOnAt = await page.evaluate(() => performance.now());
  const isBack = await waitForBand(page, false);
  const { liveAt } = await readWatch(page);
  await posting;
  return { ...figures, freshAfter: isBack ? round((liveAt[0] ?? NaN) - wentOnAt) : -1 };
}

/** Every change of the page is looked at: nothing can be shown for a moment unseen. */
function watchBand(page: Page): Promise<void> {
  return page.evaluate(() => {
    const watch: Watch = { liveAt: [] };
    let isBehind = false;
    const look = () => {
      const hasBand = document.querySelector('main.wall > header.stopped .band') !== null;
      const lives = document.querySelector('main.wall > header .live') !== null;
      if (isBehind && (!hasBand || lives)) watch.liveAt.push(performance.now());
      else if (!isBehind && hasBand) watch.saidAt ??= performance.now();
      isBehind = hasBand && !lives;
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
    Object.assign(window, { bandWatch: watch });
  });
}

function readWatch(page: Page): Promise<Watch> {
  return page.evaluate(() => (window as unknown as { bandWatch: Watch }).bandWatch);
}

async function waitForBand(page: Page, isThere: boolean): Promise<boolean> {
  try {
    await page.waitForFunction(
      (wanted) => (document.querySelector('main.wall > header.stopped .band') !== null) === wanted,
      isThere,
      { timeout: LIMIT_MS, polling: 100 },
    );
    return true;
  } catch {
    return false;
  }
}

function round(ms: number): number {
  return Math.round(ms / 100) / 10;
}
