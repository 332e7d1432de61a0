// A browser that is too old for a page: its own static text says what to do, whatever becomes of its scripts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PAGES } from '../../domain/wire/pages.ts';
import { openTestHall, type TestHall } from '../server/live/test-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { findRoot } from './product.ts';
import { takePicture } from './staff-pages.ts';

let browser: Browser;
let hall: TestHall;
beforeAll(async () => {
  [browser, hall] = await Promise.all([openBrowser(), openTestHall()]);
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

/** As of an older browser: it knows neither the unit nor, where so told, how to read the scripts. */
async function openOld(path: string, scripts: 'run' | 'unreadable', width = 1366): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width, height: 768 } })).newPage();
  await page.route(`${hall.url}${path}`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replaceAll('1svh', '1unheardof') });
  });
  if (scripts === 'unreadable')
    await page.route('**/*.js', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: 'this is of a later year' }),
    );
  await page.goto(hall.url + path);
  return page;
}

const addressOf = (path: string): string => path.replace(/:\w+/, 'x');

test.each(Object.entries(PAGES))('O3: %s says what to do', async (_name, { path }) => {
  const page = await openOld(addressOf(path), 'unreadable');
  expect(await page.getByRole('heading', { level: 1 }).allInnerTexts()).toEqual([
    '请更新浏览器',
    'Please update this browser',
  ]);
  for (const text of ['108', '同一个网址']) expect(await page.locator('#old-browser').innerText()).toContain(text);
  await page.context().close();
});

test('O3: it is read at a desk and on a telephone, and stays where a script happens to run', async () => {
  for (const width of [390, 1366]) {
    const page = await openOld('/', 'run', width);
    await page.locator('main.wall').waitFor({ state: 'attached' });
    const notice = page.locator('#old-browser');
    expect(await notice.isVisible()).toBe(true);
    // Nothing of the page is above it.
    for (const at of [10, 300, 700])
      expect(
        await page.evaluate((y) => document.elementFromPoint(innerWidth / 2, y)?.closest('#old-browser') !== null, at),
      ).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await takePicture(page, `old browser ${width}`);
    await page.context().close();
  }
  const page = await openOld('/sign-in', 'unreadable');
  expect(await findProblems(page)).toEqual([]);
  await page.context().close();
});

test('O3: a browser that is new enough is told nothing, and the text is gone from the page', async () => {
  for (const { path } of Object.values(PAGES)) {
    const page = await browser.newPage();
    await page.goto(hall.url + addressOf(path));
    await page.locator('#app > *').first().waitFor({ state: 'attached' });
    expect([path, await page.locator('#old-browser').count()]).toEqual([path, 0]);
    await page.close();
  }
});

test('O3: nothing of it needs what the policy of the page forbids', async () => {
  const html = readFileSync(join(findRoot(), 'dist/client/wall/index.html'), 'utf8');
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
  const page = await browser.newPage();
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  await page.goto(hall.url);
  await page.locator('main.wall').waitFor();
  expect(said.filter((text) => text.includes('Content Security Policy'))).toEqual([]);
  await page.close();
});
