// A number that was taken by mistake, and a queue that was ended at the wrong time, are taken back at the desk, after a question.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMovingClock } from '../server/moving-clock.ts';
import { openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { sitDown } from './desk-hand.ts';
import { readDeeds } from './diary.ts';
import { takePicture } from './staff-pages.ts';

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

test('Q2: a number that was taken by mistake is withdrawn with the keyboard, unless somebody was called by it', async () => {
  const hand = await sitDown(browser, hall, 'clerk');
  const { page, dialog, press } = hand;
  await hand.open('03');
  await hand.goTo('排队');
  await hand.take('A001');
  await hand.take('A002');
  await page.getByRole('button', { name: '退号 A001' }).focus();
  await page.keyboard.press('Enter');
  await dialog.getByText('取错了的号才退').waitFor();
  await takePicture(page, 'withdraw');
  expect(await findProblems(page)).toEqual([]);
  // No key of the desk works behind the question.
  await page.keyboard.press('F2');
  // Whoever thinks better of it has lost nothing.
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await page.getByRole('button', { name: '叫这个号 A001' }).count()).toBe(1);
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: '退号 A001' }).focus();
  await page.keyboard.press('Enter');
  await page.locator('footer').getByText('已退号 A001').waitFor();
  await page.getByText('A001', { exact: true }).waitFor({ state: 'detached' });
  expect(await findProblems(page)).toEqual([]);
  await press('叫这个号 A002');
  await page.getByRole('button', { name: '退号 A002' }).waitFor({ state: 'detached' });
  await hand.goTo('窗口');
  await press('转窗口');
  await press('转回队列，由任一窗口呼叫', dialog);
  await hand.goTo('排队');
  await page.getByRole('button', { name: '叫这个号 A002' }).waitFor();
  expect(await page.getByRole('button', { name: '退号 A002' }).count()).toBe(0);
  expect((await readDeeds(hall)).slice(1).map(({ type, actor }) => [type, actor])).toEqual(
    ['ticket.taken', 'ticket.taken', 'event.voided', 'ticket.called', 'ticket.transferred'].map((type) => [
      `hall.${type}`,
      'staff:clerk',
    ]),
  );
  await page.context().close();
});

test('Q2: a queue that was ended too early is opened again by a lead, and whoever left by it waits in their place', async () => {
  const clerk = await sitDown(browser, hall, 'clerk');
  await clerk.goTo('排队');
  const hand = await sitDown(browser, hall, 'lead');
  const { page, dialog, press } = hand;
  await hand.goTo('排队');
  await hand.take('A003');
  await press('结束排队');
  await press('已告知，结束排队', dialog);
  await page.getByText('今天的排队已经结束，不再取号。').waitFor();
  await clerk.page.getByText('今天的排队已经结束，不再取号。').waitFor();
  // A clerk is told, and not asked.
  expect(await clerk.page.getByRole('button', { name: '恢复排队' }).count()).toBe(0);
  await press('恢复排队');
  await dialog.getByText('按原来的先后继续等候').waitFor();
  await takePicture(page, 'reopen');
  expect(await findProblems(page)).toEqual([]);
  await press('恢复排队', dialog);
  await page.getByText('今天的排队已经结束，不再取号。').waitFor({ state: 'detached' });
  const waiting = clerk.page.locator('li b.number');
  await waiting.nth(1).waitFor();
  expect(await waiting.allTextContents()).toEqual(['A002', 'A003']);
  await hand.take('A004');
  await page.context().close();
  await clerk.page.context().close();
});
