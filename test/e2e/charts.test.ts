// What draws charts comes after the figures: they never wait for it, a panel says where it does not come, and it is asked for again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, waitForWindowCases } from './browser.ts';
import { acceptance, postEvents } from './hall-client.ts';
import { startProduct, type Product } from './product.ts';
import { takePicture } from './staff-pages.ts';

const LIBRARY = /\/assets\/echarts-[\w-]+\.js$/;

let folder: string;
let browser: Browser;
let hall: Product;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hallpulse-charts-'));
  [browser, hall] = await Promise.all([openBrowser(), startProduct({ folder })]);
  await postEvents(hall.url, acceptance('before'));
});
afterAll(async () => {
  await browser.close();
  await hall.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function openWith(answer: (route: Route) => unknown, query = ''): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1920, height: 1080 } })).newPage();
  await page.route(LIBRARY, answer);
  await page.goto(`${hall.url}/${query}`);
  await page.locator('main.wall').waitFor();
  return page;
}

test('O2: the figures stand and live while what draws charts is on its way', async () => {
  let hold: Route | undefined;
  const page = await openWith((route) => (hold = route));
  await waitForWindowCases(page, '1', 60_000);
  await expect.poll(() => hold !== undefined).toBe(true);
  // Nothing waits, nothing turns, and the panel has its place.
  const chart = page.getByRole('img', { name: /受理/ });
  expect((await chart.boundingBox())!.height).toBeGreaterThan(100);
  const { body } = await postEvents(hall.url, acceptance('meanwhile'));
  expect(body.accepted).toBe(1);
  await waitForWindowCases(page, '2', 60_000);
  expect(await page.locator('canvas').count()).toBe(0);
  const before = await chart.boundingBox();
  await hold!.continue();
  await page.locator('canvas').waitFor();
  expect(await chart.boundingBox()).toEqual(before);
  await page.context().close();
});

test.each(['', '?lang=en&theme=light'])(
  'O2: a panel says that its chart has not come, and it comes at last %s',
  async (look) => {
    let tries = 0;
    const errors: string[] = [];
    const page = await openWith((route) => (++tries <= 2 ? route.abort() : route.continue()), look);
    page.on('pageerror', ({ message }) => errors.push(message));
    const said = page.getByText(look === '' ? '图表没有加载成功，正在重试' : 'The chart has not loaded; trying again');
    await said.waitFor();
    await takePicture(page, `chart missing ${look === '' ? 'zh' : 'en'}`);
    // The rest lives.
    const { body } = await postEvents(hall.url, acceptance(`rest ${look}`));
    expect(body.accepted).toBe(1);
    await waitForWindowCases(page, String(look === '' ? 3 : 4), 60_000);
    await page.locator('canvas').waitFor({ timeout: 60_000 });
    expect(tries).toBe(3);
    expect(await said.count()).toBe(0);
    expect(errors).toEqual([]);
    await page.context().close();
  },
);
