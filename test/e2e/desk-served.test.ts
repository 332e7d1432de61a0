// A number that a clerk let go by F4 too early comes back to the window, and its tablet asks for no rating meanwhile.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMovingClock } from '../server/moving-clock.ts';
import { openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { sitDown, switchTo } from './desk-hand.ts';
import { readDeeds } from './diary.ts';
import { takePicture } from './staff-pages.ts';

const TEN = Date.parse('2026-11-26T10:00:00+08:00');
const clock = createMovingClock(TEN);
let hall: StaffedHall;
let browser: Browser;
beforeAll(async () => {
  hall = await openStaffedHall({ clock });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

test('Q5: what F4 let go by mistake is taken back with one press, and served once in the end', async () => {
  const hand = await sitDown(browser, hall, 'clerk');
  const { page, press } = hand;
  await hand.open('03');
  await hand.goTo('排队');
  await hand.take('A001');
  await hand.take('A002');
  await hand.goTo('窗口');
  await hand.call('A001');
  await page.keyboard.press('F4');
  await page.getByRole('button', { name: /^没办完，撤回 A001（\d+ 秒）/ }).waitFor();
  await takePicture(page, 'served');
  expect(await findProblems(page)).toEqual([]);
  await press(/^没办完，撤回 A001/);
  await page.getByRole('button', { name: /办完，请评价/ }).waitFor();
  expect(await page.getByRole('button', { name: /撤回/ }).count()).toBe(0);
  await page.keyboard.press('F4');
  await press(/呼叫下一位/);
  await page.locator('.number', { hasText: 'A002' }).first().waitFor();
  await hand.finish();
  await page.getByRole('button', { name: /撤回 A002/ }).waitFor();
  // Its minute passes.
  clock.set(clock.now() + 61_000);
  await hand.hearTime();
  await page.getByRole('button', { name: /撤回/ }).waitFor({ state: 'detached' });
  const deeds = (await readDeeds(hall)).map(({ type, actor }) => [type, actor]);
  expect(deeds.slice(3)).toEqual(
    ['ticket.called', 'ticket.served', 'event.voided', 'ticket.served', 'ticket.called', 'ticket.served'].map(
      (type) => [`hall.${type}`, 'staff:clerk'],
    ),
  );
  const { body } = await (await hall.signIn('manager')).ask('GET', '/api/measures?from=2026-11-26&to=2026-11-26');
  expect(body).toMatchObject({ tickets: { taken: 2, called: 2, served: 2 }, service: { n: 2 } });
  await page.context().close();
});

test('Q5: a page that is loaded anew within the minute offers it still, to whoever let it go and to nobody else', async () => {
  const hand = await sitDown(browser, hall, 'clerk');
  const { page } = hand;
  await hand.open('04');
  await hand.goTo('排队');
  await hand.take('A003');
  await hand.goTo('窗口');
  await hand.call('A003');
  await page.keyboard.press('F4');
  const back = page.getByRole('button', { name: /^没办完，撤回 A003/ });
  await back.waitFor();
  await page.reload();
  await back.waitFor();
  // A colleague at the same PC is offered nothing of it.
  await switchTo(hand, 'second');
  await page.getByText('窗口空闲').or(page.getByText('登记照常；要叫号请先开窗。')).first().waitFor();
  expect(await page.getByRole('button', { name: /撤回/ }).count()).toBe(0);
  await switchTo(hand, 'clerk');
  await back.click();
  await page.getByRole('button', { name: /办完，请评价/ }).waitFor();
  await hand.finish();
  await page.context().close();
});

test('Q5: the server starts again in that minute, and it is taken back all the same', async () => {
  const hand = await sitDown(browser, hall, 'clerk');
  const { page, press } = hand;
  await hand.open('03');
  await hand.goTo('排队');
  await hand.take('A004');
  await hand.goTo('窗口');
  await hand.call('A004');
  const finished = clock.now();
  await page.keyboard.press('F4');
  const back = page.getByRole('button', { name: /^没办完，撤回 A004/ });
  await back.waitFor();
  await hall.restart();
  await page.getByText('已连接').waitFor({ timeout: 60_000 });
  // However long this machine took, half of the minute is over.
  clock.set(finished + 30_000);
  await hand.hearTime();
  await back.click();
  await page.getByRole('button', { name: /办完，请评价/ }).waitFor();
  await press(/办完，请评价/);
  await page.getByText('窗口空闲').waitFor();
  expect((await readDeeds(hall)).slice(-3).map(({ type }) => type)).toEqual([
    'hall.ticket.served',
    'hall.event.voided',
    'hall.ticket.served',
  ]);
  await page.context().close();
});
