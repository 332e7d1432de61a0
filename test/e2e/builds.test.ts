// Promise 11: builds swapped under open walls. Each picks the new one up by itself, after a health check, and once.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { keepAssets, readBuild } from '../../commands/prepare.mjs';
import { openBrowser, openWall, waitForWindowCases } from './browser.ts';
import { acceptance, postEvents } from './hall-client.ts';
import { openLiveClient } from '../server/live/live-client.ts';
import { findRoot, startProduct } from './product.ts';

let parent: string;
let browser: Browser;
/** Beside `dist`, so that the packages are found from it. */
const other = `dist.swap-${process.pid}`;
beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), 'hallpulse-builds-'));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  rmSync(parent, { recursive: true, force: true });
  rmSync(join(findRoot(), other), { recursive: true, force: true });
});

const NEW_BUILD = 'newer0000000';

/** The present build under another name, and its wall's script under another file name: what a new version looks like. */
function stampBuild(from: string, to: string): { oldScript: string; newScript: string } {
  const build = String(readBuild());
  cpSync(from, to, { recursive: true });
  const assets = join(to, 'client/assets');
  const oldScript = readdirSync(assets).find(
    (name) => /^wall-.*\.js$/.test(name) && readFileSync(join(assets, name), 'utf8').includes(build),
  )!;
  const newScript = 'wall-newer000.js';
  writeFileSync(join(assets, newScript), readFileSync(join(assets, oldScript), 'utf8').replaceAll(build, NEW_BUILD));
  rmSync(join(assets, oldScript));
  const page = join(to, 'client/wall/index.html');
  writeFileSync(page, readFileSync(page, 'utf8').replaceAll(oldScript, newScript));
  writeFileSync(join(to, 'build.json'), JSON.stringify({ build: NEW_BUILD, assets: readdirSync(assets) }));
  return { oldScript, newScript };
}

interface Watched {
  readonly page: Page;
  /** What the page asked for and was answered, in order: itself, and the health check. */
  readonly seen: ('page' | 'well' | 'unwell' | 'new server')[];
  /** The share of the ten seconds that this page draws before it reloads; no two draw the same. */
  readonly drawn: number;
  /** How long its timers were to wait, ms. */
  readonly waits: number[];
}

let opened = 0;

async function openWatched(url: string, prepare: (page: Page) => Promise<void> = async () => {}): Promise<Watched> {
  const seen: Watched['seen'] = [];
  const waits: number[] = [];
  const drawn = 0.0137 * ++opened;
  const page = await openWall(browser, url, async (one) => {
    one.on('request', (request) => {
      if (request.isNavigationRequest()) seen.push('page');
    });
    one.on('response', (response) => {
      if (response.url().endsWith('/healthz')) seen.push(response.ok() ? 'well' : 'unwell');
    });
    await one.exposeFunction('noteWait', (ms: number) => void waits.push(ms));
    await one.addInitScript((chance) => {
      Math.random = () => chance;
      const { setTimeout } = globalThis;
      const note = (globalThis as unknown as { noteWait: (ms: number) => Promise<void> }).noteWait;
      const watched = (act: () => void, ms = 0, ...args: unknown[]) => {
        void note(ms);
        return setTimeout(act, ms, ...args);
      };
      Object.assign(globalThis, { setTimeout: watched });
    }, drawn);
    await prepare(one);
  });
  return { page, seen, drawn, waits };
}

const scriptOf = (page: Page) =>
  page.evaluate(() => document.querySelector<HTMLScriptElement>('script[type="module"]')?.src.split('/').at(-1));
const countOf = ({ seen }: Watched, what: Watched['seen'][number]) => seen.filter((one) => one === what).length;
/** Nobody is told of what a page hears: it is looked for until it is there. */
const until = (check: () => void) => vi.waitFor(check, { timeout: 120_000, interval: 50 });

test('five open walls end on the new build by themselves, spread, after a health check, once', async () => {
  const root = findRoot();
  const { oldScript, newScript } = stampBuild(join(root, 'dist'), join(root, other));
  keepAssets(join(root, 'dist'), join(root, other));

  const folder = join(parent, 'hall');
  let hall = await startProduct({ folder });
  const walls = await Promise.all(Array.from({ length: 5 }, () => openWatched(hall.url)));
  // A cache on the way goes on handing out the old page.
  const stuck = await openWatched(hall.url, async (page) => {
    const old = await (await fetch(hall.url)).text();
    await page.route(`${hall.url}/`, (route) => route.fulfill({ contentType: 'text/html', body: old }));
  });
  for (const { page } of walls) expect(await scriptOf(page)).toBe(oldScript);

  await hall.stop();
  // Between the two versions something answers, but is not well.
  const sick = createServer((_request, response) => response.writeHead(503).end()).listen(hall.port);
  await once(sick, 'listening');
  await until(() => {
    for (const wall of [...walls, stuck]) expect(countOf(wall, 'unwell')).toBeGreaterThan(0);
  });
  for (const wall of [...walls, stuck]) expect(countOf(wall, 'page')).toBe(1);
  sick.closeAllConnections();
  sick.close();
  await once(sick, 'close');

  for (const { seen } of walls) seen.push('new server');
  hall = await startProduct({ folder, port: hall.port, dist: other });
  await Promise.all(
    walls.map(({ page }) =>
      page.waitForFunction(
        (name) => document.querySelector<HTMLScriptElement>('script[type="module"]')?.src.endsWith(name),
        newScript,
        { timeout: 120_000 },
      ),
    ),
  );
  for (const { seen, drawn, waits } of walls) {
    const since = seen.slice(seen.indexOf('new server'));
    const answers = since.slice(0, since.indexOf('page'));
    expect(answers.at(-1)).toBe('well');
    // Drawn from a span of 10 s: five at the same moment would be a storm.
    expect(waits).toContain(drawn * 10_000);
  }

  // An old page that has not turned yet still finds its own parts.
  for (const name of [oldScript, newScript]) {
    const response = await fetch(`${hall.url}/assets/${name}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toContain('immutable');
    await response.arrayBuffer();
  }

  // The one behind the stale cache tried once, came out where it was, and goes on working.
  await stuck.page.waitForFunction(() => sessionStorage.getItem('hallpulse:reloaded-for') !== null, undefined, {
    timeout: 120_000,
  });
  await until(() => expect(countOf(stuck, 'page')).toBe(2));
  await postEvents(hall.url, acceptance('later'));
  for (const { page } of [...walls, stuck]) await waitForWindowCases(page, '1', 60_000);
  // Each heartbeat names the build again, and what a page draws is far shorter than the time between two.
  const listener = await openLiveClient(hall.url);
  await listener.until(() => listener.heartbeats.length >= 2);
  listener.close();
  for (const wall of [...walls, stuck]) expect(countOf(wall, 'page')).toBe(2);
  await hall.stop();
});

test('the assets of one build before are kept, and no more', () => {
  const make = (name: string, build: string, files: readonly string[]) => {
    const folder = join(parent, name);
    for (const file of files) {
      cpSync(join(findRoot(), 'package.json'), join(folder, 'client/assets', file));
    }
    writeFileSync(join(folder, 'build.json'), JSON.stringify({ build, assets: files }));
    return folder;
  };
  const first = make('first', 'a', ['wall-a.js', 'font.woff2']);
  const second = make('second', 'b', ['wall-b.js', 'font.woff2']);
  const third = make('third', 'c', ['wall-c.js']);
  keepAssets(first, second);
  expect(readdirSync(join(second, 'client/assets')).sort()).toEqual(['font.woff2', 'wall-a.js', 'wall-b.js']);
  keepAssets(second, third);
  expect(readdirSync(join(third, 'client/assets')).sort()).toEqual(['font.woff2', 'wall-b.js', 'wall-c.js']);
  keepAssets(join(parent, 'nothing'), third);
  expect(readdirSync(join(third, 'client/assets'))).toHaveLength(3);
});
