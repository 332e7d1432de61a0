// The brief on a telephone: installed, it opens without its server as of its last visit; signed out it shows nothing; and it is there within a second.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { openBrowser } from './browser.ts';
import { PHONE_SIZE, takePicture } from './staff-pages.ts';
import { openGateway, type Gateway } from './gateway.ts';

/** A Tuesday at ten. */
const NOW = Date.parse('2019-11-26T10:00:00+08:00');
let hall: StaffedHall;
let browser: Browser;
let context: BrowserContext;
let gateway: Gateway;
beforeAll(async () => {
  hall = await openStaffedHall({ clock: { now: () => NOW, untilMs: (at) => at - NOW } });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});
beforeEach(async () => {
  gateway = await openGateway(() => Number(new URL(hall.url).port));
  context = await browser.newContext({ viewport: PHONE_SIZE, locale: 'zh-CN' });
  return async () => {
    await context.close();
    await gateway.close();
  };
});

async function openBrief(): Promise<Page> {
  const { cookie } = await hall.signIn('leader');
  const [name, value] = cookie.split('=') as [string, string];
  await context.addCookies([{ name, value, url: gateway.url }]);
  const page = await context.newPage();
  await page.goto(`${gateway.url}/brief`);
  await page.locator('.sentence').waitFor();
  return page;
}

async function untilKept(page: Page): Promise<void> {
  await expect
    .poll(
      () =>
        page.evaluate(async () => {
          const cache = await caches.open('hallpulse:/brief');
          const urls = (await cache.keys()).map(({ url }) => url);
          const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
          const isWhole = loaded.every((url) => !url.includes('/assets/') || urls.includes(url));
          return isWhole && urls.includes(`${location.origin}/brief`) && (await caches.has('hallpulse:/brief answers'));
        }),
      { timeout: 20_000 },
    )
    .toBe(true);
}

test('opened without its server it shows what it showed last, and says of when', async () => {
  const page = await openBrief();
  await untilKept(page);
  const said = await page.locator('.sentence').innerText();
  expect(await page.getByText('断网时打不开').count()).toBe(0);
  gateway.isOpen = false;
  await page.close();
  const again = await context.newPage();
  await again.goto(`${gateway.url}/brief`);
  await again.getByText('连不上服务器，下面是 11月26日 10:00 的内容。').waitFor();
  expect(await again.locator('.sentence').innerText()).toBe(said);
  await takePicture(again, 'brief-offline');
});

test('whoever is signed out sees nothing of it any more, with a server or without', async () => {
  const page = await openBrief();
  await untilKept(page);
  await context.clearCookies();
  await page.reload();
  await page.getByText('登录后才能看简报。').waitFor();
  await expect.poll(() => page.evaluate(() => caches.has('hallpulse:/brief answers'))).toBe(false);
  gateway.isOpen = false;
  await page.reload();
  await page.getByText('连不上服务器，稍后会自动再试。').waitFor();
  expect(await page.locator('.sentence').count()).toBe(0);
});

test('whoever signs out on another page leaves nothing behind to read', async () => {
  const page = await openBrief();
  await untilKept(page);
  await page.goto(`${gateway.url}/sign-in`);
  await page.getByRole('button', { name: '退出登录' }).click();
  await expect.poll(() => page.evaluate(() => caches.has('hallpulse:/brief answers'))).toBe(false);
  gateway.isOpen = false;
  await page.goto(`${gateway.url}/brief`);
  await page.getByText('连不上服务器，稍后会自动再试。').waitFor();
  expect(await page.locator('.sentence').count()).toBe(0);
});

test('it can be installed: a manifest with the hall’s name, and an icon', async () => {
  const manifest = (await (await fetch(`${hall.url}/brief.webmanifest`)).json()) as {
    name: string;
    icons: { src: string }[];
  };
  expect(manifest).toMatchObject({ name: '梅林街道政务服务大厅 简报', start_url: '/brief', display: 'standalone' });
  const icon = await fetch(`${hall.url}${manifest.icons[0]!.src}`);
  expect([icon.status, icon.headers.get('content-type')]).toEqual([200, expect.stringContaining('image/svg+xml')]);
});
