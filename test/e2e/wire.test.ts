// What each page weighs as a browser receives it: from a cold cache, over plain HTTP, by the name of a host, where Chromium asks for no brotli.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PAGES } from '../../domain/wire/pages.ts';
import { KEY, openStaffedHall, type StaffedHall, type Who } from '../server/staffed-hall.ts';
import { describeBrowser } from './browser.ts';
import { acceptance, postEvents } from './hall-client.ts';
import { findRoot } from './product.ts';

const HOST = 'hall.example';

/** Bytes received at most, with headers: all of a page with its fonts, and its scripts and sheets alone. */
const MOST = {
  wall: [1_450_000, 430_000],
  public: [1_250_000, 130_000],
  'sign-in': [165_000, 105_000],
  desk: [320_000, 250_000],
  brief: [70_000, 62_000],
  report: [1_150_000, 110_000],
  settings: [270_000, 200_000],
  say: [650_000, 140_000],
  'self-test': [1_400_000, 90_000],
} as const satisfies Partial<Record<keyof typeof PAGES, readonly [number, number]>>;

let browser: Browser;
let hall: StaffedHall;
let url: string;
beforeAll(async () => {
  const { executablePath, args } = describeBrowser();
  browser = await chromium.launch({ executablePath, args: [...args, `--host-resolver-rules=MAP ${HOST} 127.0.0.1`] });
  // By another name of its build a display would load itself anew, and be weighed twice.
  const { build } = JSON.parse(readFileSync(join(findRoot(), 'dist/build.json'), 'utf8')) as { build: string };
  hall = await openStaffedHall({ server: { build, hosts: [HOST], openReading: true, ingestKey: KEY } });
  // A hall that nothing happened in draws no chart.
  expect((await postEvents(hall.url, acceptance('one'), { key: KEY })).body).toMatchObject({ accepted: 1 });
  url = `http://${HOST}:${new URL(hall.url).port}`;
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

interface Received {
  readonly path: string;
  readonly encoding: string | undefined;
  readonly accepted: string | undefined;
  /** With the headers. */
  readonly bytes: number;
}

/** A page in a browser of its own, at rest, with all that came over the wire for it. */
async function openCounting(path: string, who: Who | undefined): Promise<{ page: Page; received: Received[] }> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'zh-CN' });
  if (who !== undefined) {
    const [name = '', value = ''] = (await hall.signIn(who)).cookie.split('=');
    await context.addCookies([{ name, value, url }]);
  }
  const page = await context.newPage();
  const received: Received[] = [];
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  const { frameTree } = await devtools.send('Page.getFrameTree');
  const headers = new Map<string, { path: string; encoding: string | undefined; accepted?: string | undefined }>();
  const accepted = new Map<string, string>();
  devtools.on('Network.requestWillBeSentExtraInfo', ({ requestId, headers: sent }) => {
    accepted.set(requestId, sent['Accept-Encoding'] ?? '');
  });
  devtools.on('Network.responseReceived', ({ requestId, response, frameId }) => {
    // The self-test opens the hall's other pages in frames: they are counted as themselves.
    if (frameId !== frameTree.frame.id) return;
    const lower = new Map(Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), value]));
    headers.set(requestId, { path: new URL(response.url).pathname, encoding: lower.get('content-encoding') });
  });
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const found = headers.get(requestId);
    if (found) received.push({ ...found, accepted: accepted.get(requestId), bytes: encodedDataLength });
  });
  await page.goto(url + path, { waitUntil: 'load' });
  await page.locator('main').first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  return { page, received };
}

const sum = (list: readonly Received[]): number => list.reduce((total, { bytes }) => total + bytes, 0);

test.each(Object.entries(MOST))('O1: %s is light on the wire', async (name, [most, mostCode]) => {
  const { page, received } = await openCounting(
    PAGES[name as keyof typeof MOST].path,
    name === 'settings' ? 'administrator' : 'lead',
  );
  const code = received.filter(({ path }) => /\.(js|css)$/.test(path));
  const fonts = received.filter(({ path }) => path.endsWith('.woff2'));
  console.log(
    `${name}: ${sum(received)} B received, of them ${sum(code)} B in ${code.length} scripts and sheets, ` +
      `${sum(fonts)} B in ${fonts.length} fonts`,
  );
  expect(code.length).toBeGreaterThan(0);
  // What makes this the way a hall's screens go.
  const asked = code.flatMap(({ accepted }) => accepted ?? []);
  expect(asked.length).toBeGreaterThan(0);
  for (const accepted of asked) expect(accepted).not.toMatch(/\bbr\b/);
  for (const { path, encoding, bytes } of code) if (bytes > 2_500) expect([path, encoding]).toEqual([path, 'gzip']);
  expect(sum(received)).toBeLessThanOrEqual(most);
  expect(sum(code)).toBeLessThanOrEqual(mostCode);
  await page.context().close();
});

test('O1: a page fetches the fonts of what it shows and no others', async () => {
  for (const name of ['wall', 'public', 'sign-in', 'desk', 'brief', 'say', 'trust'] as const) {
    const { page, received } = await openCounting(PAGES[name].path, 'lead');
    const fetched = received.filter(({ path }) => path.endsWith('.woff2')).map(({ path }) => path.split('/').at(-1)!);
    const used = await page.evaluate(() => {
      const loaded = [...document.fonts].filter(({ status }) => status === 'loaded');
      const keyOf = (face: { family: string; weight: string; unicodeRange: string }) =>
        `${face.family.replaceAll(/["']/g, '')} ${face.weight} ${face.unicodeRange}`;
      const wanted = new Set(loaded.map(keyOf));
      const files: string[] = [];
      for (const { cssRules } of document.styleSheets)
        for (const rule of cssRules) {
          if (!(rule instanceof CSSFontFaceRule)) continue;
          const read = (what: string) => rule.style.getPropertyValue(what);
          const face = {
            family: read('font-family'),
            weight: read('font-weight'),
            unicodeRange: read('unicode-range'),
          };
          if (wanted.has(keyOf(face))) files.push(/[\w.-]+\.woff2/.exec(read('src'))![0]);
        }
      return { files, count: loaded.length };
    });
    expect(used.files.length, name).toBe(used.count);
    expect(fetched.sort(), name).toEqual(used.files.sort());
    await page.context().close();
  }
});
