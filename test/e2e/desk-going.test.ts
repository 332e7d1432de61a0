// Whoever goes with a window open is told so, and closes or pauses it with one more press; nothing keeps them.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMovingClock } from '../server/moving-clock.ts';
import { openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { sitDown } from './desk-hand.ts';
import { readDeeds } from './diary.ts';
import { giveNameAndPassword, PASSWORD, takePicture } from './staff-pages.ts';

const TEN = Date.parse('2026-11-26T10:00:00+08:00');
let hall: StaffedHall;
let browser: Browser;
beforeAll(async () => {
  hall = await openStaffedHall({ clock: createMovingClock(TEN) });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

/** What became of windows, in the order of the ledger. */
const changes = async () =>
  (await readDeeds(hall)).flatMap(({ type, data }) => {
    const { window, status, reason, staff } = data as Readonly<Record<string, string>>;
    return type === 'hall.window.changed' ? [[window, status, staff, ...(reason ? [reason] : [])].join(' ')] : [];
  });

test('who signs out is asked about their window, may think better of it, and closes it with one press', async () => {
  const { page, dialog, press, open } = await sitDown(browser, hall, 'clerk');
  await open('03');
  await press('退出登录');
  await dialog.getByRole('heading', { name: '03号窗还开着' }).waitFor();
  await takePicture(page, 'going');
  expect(await findProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await press('关窗，退出登录', dialog);
  await page.waitForURL('**/sign-in**');
  expect(await changes()).toEqual(['w03 open clerk', 'w03 closed clerk']);
  await page.context().close();
});

test('who lets another in may pause it for a reason; where nothing is open nobody is asked', async () => {
  const { page, header, dialog, press, open } = await sitDown(browser, hall, 'clerk');
  await open('03');
  await press('换人', header);
  await press('午间轮休', dialog);
  await giveNameAndPassword(dialog, 'second', PASSWORD);
  await dialog.waitFor({ state: 'detached' });
  await header.getByText('示例second').waitFor();
  expect((await changes()).slice(2)).toEqual(['w03 open clerk', 'w03 paused clerk 午间轮休']);
  await press('退出登录');
  await page.waitForURL('**/sign-in**');
  await page.context().close();
});

test('a window with somebody in hand stays, and its clerk is told and goes all the same', async () => {
  const hand = await sitDown(browser, hall, 'second');
  const { page, dialog, press } = hand;
  await hand.open('04');
  await hand.goTo('排队');
  await hand.take('A001');
  await hand.goTo('窗口');
  await hand.call('A001');
  await press('退出登录');
  await dialog.getByText('A001 还在办理').waitFor();
  expect(await findProblems(page)).toEqual([]);
  await press('不关窗，退出登录', dialog);
  await page.waitForURL('**/sign-in**');
  expect((await changes()).slice(4)).toEqual(['w04 open second']);
  await page.context().close();
});

test('a server that does not answer keeps nobody', async () => {
  const { page, dialog, press, open } = await sitDown(browser, hall, 'clerk');
  await open('03');
  await page.route('**/api/desk/queue/close', () => undefined);
  await press('退出登录');
  await press('关窗，退出登录', dialog);
  await page.waitForURL('**/sign-in**');
  await page.context().close();
  const other = await sitDown(browser, hall, 'lead');
  await other.open('05');
  await other.page.context().setOffline(true);
  await other.page.getByText('已断开').waitFor({ timeout: 60_000 });
  await other.press('退出登录');
  await other.dialog.getByText('连不上服务器，现在关不了窗').waitFor();
  const gone = other.page.waitForEvent('requestfailed', (request) => request.url().includes('/sign-in'));
  await other.press('不关窗，退出登录', other.dialog);
  await gone;
  // The one because nobody answered, the other because nobody could be asked.
  expect((await changes()).slice(5)).toEqual(['w03 open clerk', 'w05 open lead']);
  await other.page.context().close();
});
