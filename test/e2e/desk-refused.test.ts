// What is asked of the server at the desk and cannot be done says so, in words: an alarm taken, a feed switched.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KEY, openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { sitDown } from './desk-hand.ts';
import { readDeeds } from './diary.ts';
import { postEvents, wireEvent } from './hall-client.ts';
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

test('what was refused while a system was down and nobody had switched is taken, once a lead says since when', async () => {
  const send = async (id: string, time: number) => {
    const event = { ...wireEvent(id, 'hall.consultation.given', { station: 'hall', medium: 'visit' }, time) };
    const { body } = await postEvents(hall.url, { ...event, source: 'urn:other' }, { key: KEY });
    return body.accepted;
  };
  expect(await send('sent', TEN - 60_000)).toBe(1);
  const lead = await sitDown(browser, hall, 'lead');
  await lead.goTo('排队');
  await lead.press('系统故障，改由工作台登记');
  const clerk = await sitDown(browser, hall, 'clerk');
  await clerk.page.getByRole('button', { name: /^咨询/ }).waitFor();
  // The clerk does not hear that the system is said to be back.
  await clerk.page.context().setOffline(true);
  await lead.press('系统恢复');
  await lead.page.getByText('由 urn:other 上传').waitFor();
  await clerk.page.keyboard.press('F8');
  await clerk.press('登记咨询', clerk.dialog);
  await clerk.line('咨询 · 来访').waitFor();
  await clerk.page.context().setOffline(false);
  await clerk.sheet('刚才').getByText('这类业务由别的系统上传。').waitFor();
  // It was down all the time.
  await takePicture(lead.page, 'feed-was-down');
  expect(await findProblems(lead.page)).toEqual([]);
  await lead.press('早就故障，从今天最后一次上传后算起');
  await lead.page.getByText('系统故障期间，现由工作台登记').waitFor();
  await clerk.press('重新上传', clerk.sheet('刚才'));
  await clerk.header.getByText('要更正').waitFor({ state: 'detached' });
  const given = await deeds('hall.consultation.given');
  expect(given.map(({ actor }) => actor).slice(-1)).toEqual(['staff:clerk']);
  expect(given).toHaveLength(2);
  const { data } = (await deeds('hall.feed.changed')).at(-1)!;
  const since = new Date(TEN - 60_000 + 1).toISOString();
  expect(data).toEqual({ station: 'hall', facts: ['consultations'], status: 'desk', since });
  // What it sent before that it has said, and says no more.
  expect([await send('sent', TEN - 60_000), await send('late', TEN - 30_000)]).toEqual([0, 0]);
  await lead.press('系统恢复');
  await lead.page.getByText('由 urn:other 上传').waitFor();
  await clerk.page.context().close();
  await lead.page.context().close();
});

test('a feed that cannot be switched says why: no server, or no right any more', async () => {
  const before = await deeds('hall.feed.changed');
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
  expect(await deeds('hall.feed.changed')).toEqual(before);
  await page.context().close();
});
