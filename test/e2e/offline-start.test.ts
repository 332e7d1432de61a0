// The desk opens where no server is, once it was opened there before: at an address that browsers trust, with all that was typed.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { KeptStation } from '../../client/desk/kept-station.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import {
  act,
  openDeskPage,
  openServedHall,
  recentOf,
  STORE_NAME,
  untilLive,
  untilShown,
  type ServedHall,
} from './desk-deeds.ts';
import { until } from './desk-work.ts';
import type { Gateway } from './gateway.ts';
import { takePicture } from './staff-pages.ts';

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

/** The station as the browser keeps it, or nothing yet. */
const readKept = (page: Page): Promise<KeptStation | undefined> =>
  page.evaluate(
    (name) =>
      new Promise<KeptStation | undefined>((resolve, reject) => {
        const asked = indexedDB.open(name);
        asked.onerror = () => reject(asked.error!);
        asked.onsuccess = () => {
          const read = asked.result.transaction('kept').objectStore('kept').get('station:hall');
          read.onsuccess = () => resolve(read.result as KeptStation | undefined);
          asked.result.close();
        };
      }),
    STORE_NAME,
  );

/** The desk as a browser finds it that was started anew, with no server there. */
async function startWithoutServer(page: Page): Promise<Page> {
  gateway.isOpen = false;
  await page.close();
  const again = await context.newPage();
  await again.goto(`${gateway.url}/desk`);
  await again.locator('header').getByText('已断开').waitFor();
  return again;
}

test('what was open when the server went, and what is accepted since, is worked on without one', async () => {
  const clerk = { staff: 'anna', station: 'hall' };
  const page = await openDeskPage(context, gateway, 'anna');
  await untilKept(page);
  await act(page, clerk, 'promise');
  await untilShown(page, 0);
  await expect.poll(async () => (await readKept(page))?.cases.length, { timeout: 20_000 }).toBe(1);

  const again = await startWithoutServer(page);
  await act(again, clerk, 'promise');
  // What was sent before is not known here, and not told as nothing.
  await again.getByText('此前已上传的登记，连上服务器后显示').waitFor();
  expect(await again.getByText(/今日 \d+ 件/).count()).toBe(0);
  const cases = again.locator('tbody tr');
  const open = () => again.getByRole('navigation').getByRole('button', { name: '在办' }).click();
  await open();
  await expect.poll(() => cases.count()).toBe(2);
  await again.getByText('读到的在办件').waitFor();
  await cases.first().getByRole('button', { name: '办结' }).click();
  await again.getByRole('dialog').getByRole('button', { name: '办结' }).click();
  await expect.poll(() => cases.count()).toBe(1);
  await takePicture(again, 'desk-offline-start');
  expect(await findProblems(again)).toEqual([]);
  await again.reload();
  await open();
  await expect.poll(() => cases.count()).toBe(1);
  gateway.isOpen = true;
  await again.locator('header').getByText('已连接').waitFor();
  await untilShown(again, 0);
  await expect.poll(() => cases.count()).toBe(1);
  expect(await again.getByText('读到的在办件').count()).toBe(0);
});

test('what another system sends is not asked for at a desk that starts without its server', async () => {
  const profile = join(folder, 'documents/profile.json');
  const before = readFileSync(profile, 'utf8');
  await hall.end('stop');
  const feeds = [
    { fact: 'consultations', source: 'urn:other', station: 'hall' },
    { fact: 'appointments', source: 'urn:other', station: 'hall' },
  ];
  writeFileSync(profile, JSON.stringify({ ...(JSON.parse(before) as object), feeds }));
  await hall.begin();
  const page = await openDeskPage(context, gateway, 'anna');
  await untilKept(page);
  await expect.poll(async () => (await readKept(page))?.feeds.consultations).toBe('urn:other');

  const again = await startWithoutServer(page);
  await again.locator('header').getByText('梅林').first().waitFor();
  await again.getByRole('button', { name: '服务', exact: true }).waitFor();
  expect(await again.getByRole('button', { name: '咨询', exact: true }).count()).toBe(0);
  await again.keyboard.press('F8');
  expect(await again.getByRole('dialog').count()).toBe(0);
  await again.getByRole('navigation').getByRole('button', { name: '其他登记' }).click();
  await again.getByRole('heading', { name: '培训' }).waitFor();
  expect(await again.getByRole('heading', { name: '预约' }).count()).toBe(0);
  gateway.isOpen = true;
  await hall.end('stop');
  writeFileSync(profile, before);
  await hall.begin();
});

test('whoever stands at another window than at first is told of a lost line all the same, and finds it again', async () => {
  const page = await openDeskPage(context, gateway, 'anna');
  for (const label of ['03', '04']) {
    await page.locator('header .place').getByRole('button').first().click();
    await page.getByRole('button', { name: `开窗 ${label}号窗` }).click();
    await page.locator('header .place').getByText(`${label}号窗`).waitFor();
    await page.locator('header .place').getByText('营业中').waitFor();
  }
  gateway.isOpen = false;
  const note = page.locator('header').getByRole('alert');
  await note.getByText('连不上服务器').waitFor();
  gateway.isOpen = true;
  await page.locator('header').getByText('已连接').waitFor();
  expect(await note.count()).toBe(0);
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
