// What a wall costs to open: its scripts and fonts from a cold cache, and a first picture that waits for no answer. And what a brief does.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { acceptance, postEvents, readBoard } from './hall-client.ts';
import { openStaffedHall } from '../server/staffed-hall.ts';
import { findRoot, startProduct, type Product } from './product.ts';
import { openAs, PHONE_SIZE } from './staff-pages.ts';

/** Promised: the wall's first load, gzipped, and the brief's. */
const MOST_SCRIPT_BYTES = 300_000;
const MOST_BRIEF_BYTES = 120_000;

let parent: string;
let browser: Browser;
let hall: Product;
beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), 'hallpulse-weight-'));
  [browser, hall] = await Promise.all([openBrowser(), startProduct({ folder: join(parent, 'store') })]);
  expect((await postEvents(hall.url, acceptance('one'))).status).toBe(200);
  // A page is sent with the picture as it is; the weighed one is of a hall that has begun.
  await readBoard(hall.url);
});
afterAll(async () => {
  await browser.close();
  await hall.stop();
  rmSync(parent, { recursive: true, force: true });
});

/** What the page did before and after its first picture, watched from before its first script. */
interface Watched {
  /** Milliseconds from the navigation to the figures in the document. */
  figuresAt?: number;
  /** Every question for data, and whether the figures were there already. */
  asked: { what: string; hadFigures: boolean }[];
  /** Whether anything that waits or turns was ever seen. */
  waited: string[];
  shift: number;
}

async function openCold(query = ''): Promise<{ page: Page; files: string[]; watched: () => Promise<Watched> }> {
  const page = await (await browser.newContext({ viewport: { width: 1920, height: 1080 } })).newPage();
  const files: string[] = [];
  page.on('requestfinished', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/assets/')) files.push(pathname);
  });
  await page.addInitScript(() => {
    const watched: Watched = { asked: [], waited: [], shift: 0 };
    Object.assign(window, { watched });
    const hasFigures = () =>
      document.querySelector('main.wall section.window .figure')?.textContent?.trim() !== undefined;
    const { fetch, WebSocket } = window;
    window.fetch = (...args) => {
      watched.asked.push({ what: String(args[0]), hadFigures: hasFigures() });
      return fetch(...args);
    };
    window.WebSocket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        watched.asked.push({ what: String(url), hadFigures: hasFigures() });
        super(url, protocols);
      }
    };
    new MutationObserver(() => {
      if (watched.figuresAt === undefined && hasFigures()) watched.figuresAt = performance.now();
      const waiting = document.querySelector('[role=progressbar], [aria-busy=true], progress, main:not(.wall)');
      if (waiting) watched.waited.push(waiting.outerHTML.slice(0, 80));
    }).observe(document, { childList: true, subtree: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) watched.shift += (entry as PerformanceEntry & { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(`${hall.url}/${query}`, { waitUntil: 'load' });
  await page.locator('main.wall').waitFor();
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.waitForLoadState('networkidle');
  return { page, files, watched: () => page.evaluate(() => (window as unknown as { watched: Watched }).watched) };
}

function measure(files: readonly string[], ending: string): { count: number; bytes: number; gzipped: number } {
  const contents = files
    .filter((file) => file.endsWith(ending))
    .map((file) => readFileSync(join(findRoot(), 'dist/client', file)));
  const sum = (sizes: number[]) => sizes.reduce((total, size) => total + size, 0);
  return {
    count: contents.length,
    bytes: sum(contents.map((content) => content.length)),
    gzipped: sum(contents.map((content) => gzipSync(content).length)),
  };
}

test('a first load is light, and its first picture waits for nobody', async () => {
  const { page, files, watched } = await openCold();
  const scripts = measure(files, '.js');
  const fonts = measure(files, '.woff2');
  const styles = measure(files, '.css');
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
  const { figuresAt, asked, waited, shift } = await watched();
  console.log(
    `first load: ${scripts.count} scripts ${scripts.gzipped} B gzipped, ${styles.count} style sheets ${styles.gzipped} B ` +
      `gzipped, ${fonts.count} fonts ${fonts.bytes} B; figures after ${Math.round(figuresAt ?? NaN)} ms, painted after ` +
      `${Math.round(paint)} ms, layout shift ${shift.toFixed(4)}`,
  );
  expect(scripts.count).toBeGreaterThan(0);
  expect(scripts.gzipped).toBeLessThanOrEqual(MOST_SCRIPT_BYTES);
  expect(figuresAt).toBeDefined();
  expect(waited).toEqual([]);
  // It does go on to connect; by then the picture stands.
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter(({ hadFigures }) => !hadFigures)).toEqual([]);
  // What web.dev calls a good page stays under 0.1.
  expect(shift).toBeLessThan(0.1);
  // The wall carries none of the words that another page alone needs.
  const text = files
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(join(findRoot(), 'dist/client', file), 'utf8'));
  expect(text.join('')).not.toContain('大屏自检');
  await page.context().close();
});

test('every script and font comes from the hall itself', async () => {
  const { page } = await openCold('?lang=en&theme=light');
  const origins = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => new URL(name).host),
  );
  expect(new Set(origins)).toEqual(new Set([new URL(hall.url).host]));
  await page.context().close();
});

test('a brief is light, whole with its figures and bars, and holds no socket', async () => {
  const staffed = await openStaffedHall();
  const page = await openAs(browser, staffed, 'leader', '/trust', { viewport: PHONE_SIZE });
  const files = new Set<string>();
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/assets/')) files.add(pathname);
    asked.push(pathname);
  });
  page.on('websocket', (socket) => asked.push(socket.url()));
  await page.goto(`${staffed.url}/brief`);
  await page.locator('.sentence').waitFor();
  await page.getByText('主要数字').waitFor();
  await page.waitForLoadState('networkidle');
  const scripts = measure([...files], '.js');
  console.log(`brief: ${scripts.count} scripts ${scripts.gzipped} B gzipped`);
  expect(scripts.count).toBeGreaterThan(0);
  expect(scripts.gzipped).toBeLessThanOrEqual(MOST_BRIEF_BYTES);
  // Neither the library nor a word to it.
  const text = [...files].map((file) => readFileSync(join(findRoot(), 'dist/client', file), 'utf8')).join('');
  for (const sign of ['socket.io', 'engine.io', 'WebSocket', 'EIO']) expect(text).not.toContain(sign);
  expect(asked.filter((path) => /socket|\/live\b/.test(path))).toEqual([]);
  await page.context().close();
  await staffed.close();
});
