// The desk opens where no server is, once it was opened there before: at an address that browsers trust, with all that was typed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { openDeskPage, openServedHall, recentOf, untilLive, untilShown, type ServedHall } from './desk-deeds.ts';
import { until } from './desk-work.ts';
import type { Gateway } from './gateway.ts';

const folder = mkdtempSync(join(tmpdir(), 'hallpulse-offline-'));
let hall: ServedHall;
let browser: Browser;
let context: BrowserContext;
let gateway: Gateway;
beforeAll(async () => {
  hall = await openServedHall(folder, { anna: 'hall' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await hall.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  // An origin of its own, of which nothing is kept yet.
  gateway = await hall.openGateway();
  context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
  return () => context.close();
});

/** What the browser keeps of the page, once that is all of it. */
async function untilKept(page: Page): Promise<string[]> {
  let kept: string[] = [];
  await until(async () => {
    kept = await page.evaluate(async () => {
      const cache = await caches.open('hallpulse:/desk');
      const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
      const urls = (await cache.keys()).map(({ url }) => url);
      const isWhole = loaded.every((url) => !url.includes('/assets/') || urls.includes(url));
      return isWhole && urls.includes(`${location.origin}/desk`) ? urls : [];
    });
    return kept.length > 0;
  });
  return kept;
}

async function consult(page: Page): Promise<void> {
  await page.keyboard.press('F8');
  await page.getByRole('dialog').getByRole('button', { name: '登记咨询' }).click();
  await recentOf(page).first().waitFor();
}

test('opened without a server it knows who works here, takes down what is done, and sends it once there is one', async () => {
  const page = await openDeskPage(context, gateway, 'anna');
  const kept = await untilKept(page);
  // Nobody's name, and no answer of the server's, is kept with it.
  expect(kept.filter((url) => !url.includes('/assets/') && !url.endsWith('/desk'))).toEqual([]);

  gateway.isOpen = false;
  await page.close();
  const again = await context.newPage();
  await again.goto(`${gateway.url}/desk`);
  await again.locator('header').getByText('示例anna').waitFor();
  await again.locator('header').getByText('已断开').waitFor();
  await consult(again);
  await untilShown(again, 1);
  await again.reload();
  await untilShown(again, 1);

  const before = hall.readEntries().length;
  gateway.isOpen = true;
  await untilLive(again);
  await untilShown(again, 0);
  expect(hall.readEntries().length).toBe(before + 1);
});

test('a server’s own page goes before what is kept, and what is kept before a gateway’s word that there is no server', async () => {
  const page = await openDeskPage(context, gateway, 'anna');
  await untilKept(page);
  await page.evaluate(async () => {
    const cache = await caches.open('hallpulse:/desk');
    const { headers } = (await cache.match('/desk'))!;
    await cache.put('/desk', new Response('<title>kept</title>', { headers }));
  });
  gateway.isAlone = true;
  await page.reload();
  expect(await page.title()).toBe('kept');
  gateway.isAlone = false;
  await page.reload();
  await untilLive(page);
});

test('no other page of the product is kept or touched', async () => {
  const page = await openDeskPage(context, gateway, 'anna');
  await untilKept(page);
  await page.goto(`${gateway.url}/sign-in`);
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
  gateway.isOpen = false;
  await expect(page.reload()).rejects.toThrow();
});
