// What is asked of the server at the desk and cannot be done says so, in words: an alarm taken, a feed switched.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KEY, openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { sitDown } from './desk-hand.ts';
import { readDeeds } from './diary.ts';
import { takePicture } from './staff-pages.ts';
import { createMovingClock } from '../server/moving-clock.ts';

const TEN = Date.parse('2026-11-26T10:00:00+08:00');
let hall: StaffedHall;
let browser: Browser;
beforeAll(async () => {
  hall = await openStaffedHall({
    clock: createMovingClock(TEN),
    profile(profile) {
      profile['alarms'] = { ...(profile['alarms'] as object), raiseAfterSeconds: 0 };
      profile['feeds'] = [{ fact: 'consultations', source: 'urn:other', station: 'hall' }];
    },
  });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

const deeds = async (type: string) => (await readDeeds(hall)).filter((deed) => deed.type === type);

test('without a server an alarm is not taken, and the desk says so; once it is there again it is', async () => {
  const data = { terminal: 'terminal-social-insurance', station: 'hall', status: 'broken' };
  const event = { specversion: '1.0', source: 'urn:other', id: 'e1', type: 'hall.terminal.changed', data };
  const time = new Date(TEN).toISOString();
  const answer = await hall
    .browser()
    .ask('POST', '/api/events', { ...event, time }, { Authorization: `Bearer ${KEY}` });
  expect(answer.status).toBe(200);
  const { page, goTo, press } = await sitDown(browser, hall, 'clerk');
  await goTo('告警');
  await page.getByRole('button', { name: '签收' }).waitFor();
  await page.context().setOffline(true);
  await press('签收');
  await page.getByRole('alert').getByText('连不上服务器，没有签收').waitFor();
  await takePicture(page, 'refused-alarm');
  expect(await findProblems(page)).toEqual([]);
  expect(await deeds('hall.alarm.taken')).toEqual([]);
  await page.context().setOffline(false);
  await press('签收');
  await page.getByText('示例clerk 已签收').waitFor();
  expect(await page.getByText('没有签收').count()).toBe(0);
  await page.context().close();
});

test('a feed that cannot be switched says why: no server, or no right any more', async () => {
  const { page, goTo, press } = await sitDown(browser, hall, 'lead');
  await goTo('排队');
  await page.getByRole('button', { name: '系统故障，改由工作台登记' }).waitFor();
  await page.context().setOffline(true);
  await press('系统故障，改由工作台登记');
  await page.getByRole('alert').getByText('连不上服务器，没有改动').waitFor();
  // The page has not heard yet that the right is gone: once it has, there is nothing to press.
  await page.route('**/api/session', (route) => route.abort());
  await page.context().setOffline(false);
  const { accounts } = hall.access;
  for (const { id } of accounts.assignmentsOf('lead')) accounts.endAssignment(id, '2026-11-25');
  await press('系统故障，改由工作台登记');
  await page.getByRole('alert').getByText('您没有这个权限，没有改动').waitFor();
  expect(await deeds('hall.feed.changed')).toEqual([]);
  await page.context().close();
});
