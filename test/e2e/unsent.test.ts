// What somebody typed and the ledger has not: the number is in sight on every page of theirs, true in every tab, and of their own hall.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMovingClock } from '../server/moving-clock.ts';
import { openPracticeHall, type PracticeHall } from '../server/practice-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { untilLive, untilShown } from './desk-deeds.ts';
import {
  DESK_SIZE,
  FINGER_PX,
  findFaults,
  giveNameAndPassword,
  openAs,
  PASSWORD,
  PHONE_SIZE,
  takePicture,
} from './staff-pages.ts';

/** A Thursday in November, at ten in the morning. */
const TEN = Date.parse('2026-11-26T10:00:00+08:00');
const ENTRIES = '**/api/desk/entries**';

let hall: PracticeHall;
let browser: Browser;
beforeAll(async () => {
  hall = await openPracticeHall({ clock: createMovingClock(TEN) });
  // Somebody who may open all pages, and records as well.
  hall.access.accounts.addAssignment('administrator', { role: 'lead', station: 'hall' });
  hall.access.accounts.addAssignment('administrator', { role: 'manager' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

const told = (page: Page) => page.getByRole('banner').getByRole('link', { name: /待上传|要更正/ });
const consult = async (page: Page): Promise<void> => {
  await page.keyboard.press('F8');
  await page.getByRole('dialog').getByRole('button', { name: '登记咨询' }).click();
};
async function openAlso(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(hall.url + path);
  return page;
}

test('looking makes no store; what another tab keeps and sends is told as it happens', async () => {
  const page = await openAs(browser, hall, 'second', '/followups');
  const context = page.context();
  await page.getByRole('banner').getByRole('status').waitFor({ state: 'attached' });
  await page.waitForLoadState('networkidle');
  expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual([]);
  const desk = await openAlso(context, '/desk');
  await untilLive(desk);
  expect(await told(page).count()).toBe(0);
  await context.setOffline(true);
  await consult(desk);
  await untilShown(desk, 1);
  await told(page).getByText('待上传 1 条').waitFor();
  await consult(desk);
  await told(page).getByText('待上传 2 条').waitFor();
  await context.setOffline(false);
  await untilShown(desk, 0);
  await told(page).waitFor({ state: 'detached' });
  // What was refused says so, until it is dealt with.
  await context.setOffline(true);
  await consult(desk);
  await untilShown(desk, 1);
  const [post] = hall.access.accounts.assignmentsOf('second');
  hall.access.accounts.endAssignment(post!.id, '2026-11-25');
  hall.access.accounts.addAssignment('second', { role: 'clerk', station: 'meifeng' });
  await context.setOffline(false);
  await told(page).getByText('1 条要更正').waitFor();
  await told(page).click();
  await page.waitForURL('**/desk');
  await context.close();
});

test('every page of the staff says it, a telephone too, of their own hall and of their own alone', async () => {
  const desk = await openAs(browser, hall, 'administrator', '/desk');
  const context = desk.context();
  await untilLive(desk);
  await context.route(ENTRIES, (route) => route.abort());
  await consult(desk);
  await untilShown(desk, 1);
  const pages = [
    'followups',
    'checks',
    'suggestions',
    'stars',
    'sending',
    'reconcile',
    'import',
    'accounts',
    'settings',
  ];
  const page = await context.newPage();
  for (const path of [...pages, 'setup', 'brief', 'report', 'rows?figure=consultations&period=day']) {
    await page.setViewportSize(DESK_SIZE);
    await page.goto(`${hall.url}/${path}`);
    await told(page).getByText('待上传 1 条').waitFor();
    expect(await told(page).getAttribute('href'), path).toBe('/desk');
    await page.setViewportSize(PHONE_SIZE);
    const box = (await told(page).boundingBox())!;
    expect(box.x >= 0 && box.x + box.width <= PHONE_SIZE.width && box.height >= FINGER_PX, path).toBe(true);
    await takePicture(page, `unsent-${path.split('?')[0]!}`);
  }
  await page.goto(`${hall.url}/followups?lang=en`);
  await page.getByRole('link', { name: '1 unsent' }).waitFor();
  for (const viewport of [DESK_SIZE, PHONE_SIZE]) {
    await page.setViewportSize(viewport);
    expect(await findFaults(page)).toEqual([]);
    expect(await findProblems(page)).toEqual([]);
  }
  // The practice hall has none of it, and says in its tab what it is.
  await page.goto(`${hall.url}/sign-in?next=/followups%3Fhall%3Dmeilin-practice&hall=meilin-practice`);
  await giveNameAndPassword(page, 'administrator', PASSWORD);
  await page.waitForURL('**/followups?hall=meilin-practice');
  await page.getByText('示例administrator').waitFor();
  await page.waitForLoadState('networkidle');
  expect(await page.title()).toMatch(/^练习 · 督办/);
  expect(await told(page).count()).toBe(0);
  // Nor is it anybody else's on the same PC.
  await page.goto(`${hall.url}/sign-in?next=/followups`);
  await page.evaluate(() => fetch('/api/session', { method: 'DELETE' }));
  await page.reload();
  await giveNameAndPassword(page, 'clerk', PASSWORD);
  await page.waitForURL('**/followups');
  await page.getByText('示例clerk').waitFor();
  await page.waitForLoadState('networkidle');
  expect(await told(page).count()).toBe(0);
  await context.close();
});
