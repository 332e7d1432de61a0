// The practice hall in a real browser: found from the page of signing in, marked wherever it is shown, and apart from the hall in what the browser keeps.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAccess } from '../../server/access/access.ts';
import { createMovingClock } from '../server/moving-clock.ts';
import { openPracticeHall, type PracticeHall } from '../server/practice-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import {
  DESK_SIZE,
  findFaults,
  giveNameAndPassword,
  openAt,
  PASSWORD,
  PHONE_SIZE,
  takePicture,
} from './staff-pages.ts';

/** A Thursday in November, at ten in the morning. */
const TEN = Date.parse('2026-11-26T10:00:00+08:00');
const MARK = '练习';

let hall: PracticeHall;
let browser: Browser;
const clock = createMovingClock(TEN);
beforeAll(async () => {
  hall = await openPracticeHall({ clock });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

const consultations = async (which: 'real' | 'practice'): Promise<number> =>
  (await hall.ledgers[which].read(0, 10_000)).filter(({ type }) => type === 'hall.consultation.given').length;

/** As a clerk does it, with the keys. */
async function consult(page: Page): Promise<void> {
  await page.keyboard.press('F8');
  await page.getByRole('dialog').getByRole('button', { name: '登记咨询' }).click();
}

/** The names of what the browser has kept for desks, and how much waits in each. */
function readStores(context: BrowserContext): Promise<Record<string, number>> {
  return context.pages()[0]!.evaluate(async () => {
    const kept: Record<string, number> = {};
    for (const { name } of await indexedDB.databases()) {
      kept[name!] = await new Promise<number>((resolve, reject) => {
        const asked = indexedDB.open(name!);
        asked.onerror = () => reject(asked.error!);
        asked.onsuccess = () => {
          const count = asked.result.transaction('entries').objectStore('entries').count();
          count.onsuccess = () => {
            asked.result.close();
            resolve(count.result);
          };
        };
      });
    }
    return kept;
  });
}

test('is one press from signing in, and says what it is before and after that', async () => {
  const page = await openAt(browser, `${hall.url}/sign-in`);
  await page.getByLabel('工号').waitFor();
  expect(await page.getByText(MARK, { exact: true }).count()).toBe(0);
  await takePicture(page, 'sign-in');
  await page.getByRole('link', { name: /新人练习/ }).click();
  await page.waitForURL(/sign-in\?.*hall=meilin-practice/);
  await page.getByText(MARK, { exact: true }).waitFor();
  expect(await page.title()).toContain('（练习）');
  for (const viewport of [PHONE_SIZE, DESK_SIZE]) {
    await page.setViewportSize(viewport);
    expect(await findFaults(page)).toEqual([]);
    expect(await findProblems(page)).toEqual([]);
    await takePicture(page, `sign-in-practice-${viewport.width}`);
  }
  await giveNameAndPassword(page, 'clerk', PASSWORD);
  await page.waitForURL(/\/desk\?hall=meilin-practice/);
  await page.getByText('已连接').waitFor();
  expect(await page.title()).toMatch(/^练习 · 窗口工作台/);
  const banner = page.getByRole('banner');
  await banner.getByText('做什么都不计入').waitFor();
  expect(await banner.getByText('演示数据').count()).toBe(0);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await findFaults(page)).toEqual([]);
    expect(await findProblems(page)).toEqual([]);
    await takePicture(page, `desk-practice-${colorScheme}`);
  }
  // And back: whoever practised is nobody there as yet.
  await banner.getByRole('link', { name: '回正式大厅' }).click();
  await page.waitForURL((url) => url.pathname === '/sign-in' && !url.searchParams.has('hall'));
  await page.getByLabel('工号').waitFor();
  expect(await page.title()).not.toContain(MARK);
  await page.context().close();
});

test('what a browser keeps of it is kept apart, and goes there alone', async () => {
  const context = await browser.newContext({ viewport: DESK_SIZE, locale: 'zh-CN' });
  const open = async (query: string): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(`${hall.url}/desk${query}`);
    await giveNameAndPassword(page, 'clerk', PASSWORD);
    await page.waitForURL(/\/desk/);
    await page.getByText('已连接').waitFor();
    return page;
  };
  const practice = await open('?hall=meilin-practice');
  const real = await open('');
  expect(await real.title()).toMatch(/^窗口工作台/);
  // Neither reaches its server for a while.
  await context.route('**/api/desk/entries**', (route) => route.abort());
  await consult(practice);
  await practice.getByText('待上传 1 条').waitFor();
  await real.getByText('待上传 0 条').waitFor();
  await consult(real);
  await consult(real);
  await real.getByText('待上传 2 条').waitFor();
  await practice.getByText('待上传 1 条').waitFor();
  expect(await readStores(context)).toEqual({
    'hallpulse:desk:practice:meilin-practice': 1,
    'hallpulse:desk:hall:meilin': 2,
  });
  // A page that is opened anew knows of the two who is signed in at which.
  await Promise.all([practice.reload(), real.reload()]);
  await practice.getByText('待上传 1 条').waitFor();
  await real.getByText('待上传 2 条').waitFor();
  await context.unroute('**/api/desk/entries**');
  for (const page of [practice, real]) await page.getByText('待上传 0 条').waitFor({ timeout: 60_000 });
  expect([await consultations('practice'), await consultations('real')]).toEqual([1, 2]);
  // Whoever leaves the one stays in the other.
  await practice.getByRole('button', { name: '退出登录' }).click();
  await practice.waitForURL(/sign-in/);
  await real.reload();
  await real.getByText('已连接').waitFor();
  await context.close();
});

test('its wall, tablet and kiosk are marked as well', async () => {
  const access = openAccess(hall.practiceFolder, { now: Date.now });
  const secretOf = (audience: Parameters<typeof access.displayTokens.add>[0]['audience']): string =>
    access.displayTokens.add({ hall: 'meilin-practice', audience, label: 'screen' }).secret;
  const pages = [
    ['/', secretOf('management'), 'main.wall > header'],
    ['/public', secretOf('public'), 'main'],
    ['/rate/w03', secretOf({ rate: 'w03' }), 'main[data-turn=idle]'],
    ['/take', secretOf({ take: 'hall' }), 'main[data-view=open]'],
  ] as const;
  access.close();
  for (const [path, token, place] of pages) {
    const page = await openAt(browser, `${hall.url}${path}?hall=meilin-practice&token=${token}`, {
      viewport: { width: 1280, height: 800 },
    });
    await page.locator(place).getByText('（练习）').first().waitFor();
    await page.locator(place).getByText('演示数据').first().waitFor();
    expect(new URL(page.url()).searchParams.get('hall')).toBe('meilin-practice');
    await takePicture(page, `practice-${path.split('/')[1] || 'wall'}`);
    await page.context().close();
  }
});
