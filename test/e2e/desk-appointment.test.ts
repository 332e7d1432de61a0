// Somebody who booked takes their number at the desk, in a hall that gives its own: they are called when their time comes, and have kept their appointment.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMovingClock } from '../server/moving-clock.ts';
import { KEY, openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { sitDown, type Hand } from './desk-hand.ts';
import { readDeeds } from './diary.ts';
import { postEvents, wireEvent } from './hall-client.ts';
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

async function book({ page, press }: Hand, clock: string, item: string): Promise<void> {
  await page.getByLabel('事项').selectOption({ label: item });
  await page.locator('input[type=time]').fill(clock);
  await press('登记预约');
  await page.locator('p', { hasText: clock }).waitFor();
}

test('Q1: whoever booked gets a number from their appointment’s row or in 代群众取号, and is called before those who came first', async () => {
  const hand = await sitDown(browser, hall, 'clerk');
  const { page, goTo, press, take, call, finish } = hand;
  await hand.open('03');
  await goTo('排队');
  await take('A001');
  await take('A002');
  await goTo('其他登记');
  await book(hand, '10:05', '少儿医保');
  await book(hand, '10:00', '异地就医备案');
  await takePicture(page, 'appointment-rows');
  await press('取号', page.locator('p', { hasText: '10:05' }));
  await page.locator('footer').getByText('取到 A003').waitFor();
  await page.locator('p', { hasText: '10:05' }).waitFor({ state: 'detached' });
  expect(await findProblems(page)).toEqual([]);

  await goTo('排队');
  await page.getByLabel('预约').selectOption({ label: '10:00 · 异地就医备案' });
  await takePicture(page, 'appointment-form');
  expect(await findProblems(page)).toEqual([]);
  await take('A004');
  await page.getByLabel('预约').waitFor({ state: 'detached' });
  await page.locator('li', { hasText: 'A004' }).getByText('医保 · 等候 0 分 · 预约 10:00').waitFor();

  await goTo('窗口');
  for (const number of ['A004', 'A003', 'A001']) {
    await call(number);
    await finish();
  }
  const letters = expect.stringMatching(/^[a-z]{16,40}$/) as string;
  const deeds = (await readDeeds(hall)).filter(({ type }) => type === 'hall.appointment.kept');
  expect(deeds.map(({ actor, data }) => [actor, data])).toEqual([
    ['staff:clerk', { appointment: letters, station: 'hall' }],
    ['staff:clerk', { appointment: letters, station: 'hall' }],
  ]);
  const { body } = await (await hall.signIn('manager')).ask('GET', '/api/measures?from=2026-11-26&to=2026-11-26');
  expect(body).toMatchObject({ appointments: { booked: 2, kept: 2, missed: 0 }, tickets: { taken: 4, served: 3 } });
  await page.context().close();
});

test('whoever was noted as having come is still offered a number, and has come once', async () => {
  const hand = await sitDown(browser, hall, 'second');
  const { page, goTo, press, take } = hand;
  await goTo('其他登记');
  await book(hand, '10:20', '少儿医保');
  const row = page.locator('p', { hasText: '10:20' });
  await press('到场', row);
  await row.getByText('已到场').waitFor();
  expect(await row.getByRole('button').allTextContents()).toEqual(['取号']);
  await takePicture(page, 'appointment-come');
  expect(await findProblems(page)).toEqual([]);
  await goTo('排队');
  await page.getByLabel('预约').selectOption({ label: '10:20 · 少儿医保 · 已到场' });
  await take('A005');
  await goTo('其他登记');
  await page.getByText('培训主题').waitFor();
  expect(await row.count()).toBe(0);
  const deeds = (await readDeeds(hall)).filter(({ type }) => type === 'hall.appointment.kept');
  expect(deeds.slice(2).map(({ actor }) => actor)).toEqual(['staff:second']);
  await page.context().close();
});

test('where another system speaks of appointments their numbers are given in 代群众取号, and it alone says who came', async () => {
  const fed = await openStaffedHall({
    clock: createMovingClock(TEN),
    profile: (profile) => void (profile['feeds'] = [{ fact: 'appointments', source: 'urn:other' }]),
  });
  const data = { appointment: 'ap-1', station: 'hall', item: 'mi-03', at: '2026-11-26T10:30:00+08:00' };
  const event = { ...wireEvent('e1', 'hall.appointment.booked', data, TEN), source: 'urn:other' };
  expect((await postEvents(fed.url, event, { key: KEY })).status).toBe(200);
  const hand = await sitDown(browser, fed, 'clerk');
  await hand.goTo('排队');
  await hand.page.getByLabel('预约').selectOption('ap-1');
  await hand.take('A001');
  await hand.page.getByLabel('预约').waitFor({ state: 'detached' });
  const deeds = (await readDeeds(fed)).map(({ type }) => type).filter((type) => type.startsWith('hall.appointment'));
  expect(deeds).toEqual(['hall.appointment.booked']);
  await hand.page.context().close();
  await fed.close();
});

test('where a queue machine gives the numbers no number is offered for an appointment', async () => {
  const fed = await openStaffedHall({
    clock: createMovingClock(TEN),
    profile: (profile) => void (profile['feeds'] = [{ fact: 'tickets', source: 'urn:other' }]),
  });
  const hand = await sitDown(browser, fed, 'clerk');
  await hand.goTo('其他登记');
  await book(hand, '10:05', '少儿医保');
  const row = hand.page.locator('p', { hasText: '10:05' });
  await row.getByRole('button', { name: '到场' }).waitFor();
  expect(await row.getByRole('button', { name: '取号' }).count()).toBe(0);
  await hand.page.context().close();
  await fed.close();
});
