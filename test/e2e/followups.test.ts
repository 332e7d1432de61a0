// The page of follow-ups in a real browser: the owner submits, the lead sends back and closes; lists by role, time left, lamps and why.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMovingClock, type MovingClock } from '../server/moving-clock.ts';
import { KEY, openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { findFaults, FINGER_PX, openAs, PHONE_SIZE, takePicture } from './staff-pages.ts';

const PHONE = { viewport: PHONE_SIZE, hasTouch: true, isMobile: true };
let browser: Browser;
let hall: StaffedHall;
let clock: MovingClock;
let told = 0;
async function tell(type: string, time: string, data: object): Promise<void> {
  const event = { specversion: '1.0', source: 'urn:other', id: `e${told++}`, type, time, data };
  const { status } = await hall.browser().ask('POST', '/api/events', event, { Authorization: `Bearer ${KEY}` });
  expect(status).toBe(200);
}
beforeAll(async () => {
  clock = createMovingClock(Date.parse('2019-11-26T10:20:00+08:00'));
  [browser, hall] = await Promise.all([openBrowser(), openStaffedHall({ clock, server: { followupLookMs: 50 } })]);
  const open = (time: string, data: object) => tell('hall.followup.opened', time, { station: 'hall', ...data });
  await open('2019-11-26T09:20:00+08:00', { followup: 'f1', about: 'rating', owner: 'clerk', case: 'c1' });
  await open('2019-11-25T09:20:00+08:00', {
    ...{ followup: 'f2', about: 'check', owner: 'clerk', area: 'licences', note: '3 件证照未上传，请补传并说明' },
    dueBy: '2019-11-26T09:00:00+08:00',
  });
  await open('2019-11-26T09:30:00+08:00', {
    followup: 'f3',
    about: 'overdue',
    station: 'meifeng',
    dueBy: '2019-11-26T14:00:00+08:00',
  });
  await open('2019-11-26T09:40:00+08:00', { followup: 'f4', about: 'licence', owner: 'second' });
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

async function look(page: Page, name: string, leastPx?: number): Promise<void> {
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page, leastPx)).toEqual([]);
  await takePicture(page, name);
  await takePicture(page, `${name}-whole`, { fullPage: true });
}

test('an owner sees what is theirs with the time left, gives a cause, and submits', async () => {
  const page = await openAs(browser, hall, 'clerk', '/followups');
  await page.getByText('差评回访').first().waitFor();
  await expect.poll(() => page.locator('main > ul > li').count()).toBe(2);
  await page.getByText('已超1小时20分').waitFor();
  await page.getByText('黄灯 待说明原因').waitFor();
  await look(page, 'followups-own');
  await page.getByRole('button', { name: /^说明原因/ }).click();
  await page.getByText('当时已办结，录入晚了').click();
  await look(page, 'followups-cause');
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await page.getByText('黄灯 原因待核').waitFor();
  await page.getByRole('button', { name: /^报办结 核查问题/ }).click();
  await page.getByRole('button', { name: '报办结', exact: true }).click();
  await page.getByText('请填写或选择。').waitFor();
  await page.getByText('已整改').click();
  await page.getByLabel('怎么办的（可不填）').fill('联系 13812345678');
  await page.getByRole('button', { name: '报办结', exact: true }).click();
  await page.getByText('这里像是写了电话或证件号，请改写。').waitFor();
  await page.getByLabel('怎么办的（可不填）').fill('3 件均已补传');
  await page.getByRole('button', { name: '报办结', exact: true }).click();
  await page.getByText('已报办结：已整改，待销号').waitFor();
  await page.context().close();
});

test('the lead of the station decides the cause and closes; the manager sees all and counts lamps', async () => {
  const lead = await openAs(browser, hall, 'lead', '/followups');
  await lead.getByRole('button', { name: /^核原因/ }).click();
  await lead.getByText('属实，不计').click();
  await lead.getByRole('button', { name: '确定', exact: true }).click();
  await lead.getByText('黄灯 不计').waitFor();
  await look(lead, 'followups-lead');
  await lead.getByRole('button', { name: /^销号/ }).click();
  await lead.getByText('已整改').last().click();
  await lead.getByRole('button', { name: '销号', exact: true }).click();
  await expect.poll(() => lead.getByText('3 件证照未上传').count()).toBe(0);
  await lead.context().close();
  for (const [name, options, path, leastPx] of [
    ['desk', {}, '/followups', undefined],
    ['wide-en', { viewport: { width: 1920, height: 1080 } }, '/followups?lang=en', undefined],
    ['phone', PHONE, '/followups', FINGER_PX],
    ['dark', { colorScheme: 'dark' }, '/followups', undefined],
    ['phone-en', PHONE, '/followups?lang=en', FINGER_PX],
  ] as const) {
    const page = await openAs(browser, hall, 'manager', path, options);
    await page.locator('main > ul > li').first().waitFor();
    await page.getByRole('radio').last().click();
    await expect.poll(() => page.locator('main > ul > li').count()).toBe(3);
    await page
      .getByRole('button', { name: /^(经过|What was said)/ })
      .first()
      .click();
    await page.locator('ol li').first().waitFor();
    await look(page, `followups-all-${name}`, leastPx);
    await page.context().close();
  }
});

test('whoever has nothing to follow up is told so', async () => {
  const page = await openAs(browser, hall, 'administrator', '/followups');
  await page.getByText('您名下没有待办的督办事项。').waitFor();
  await look(page, 'followups-none');
  await page.context().close();
});

test('a desk shows what its person must follow up, and what is said to them, without reloading', async () => {
  const page = await openAs(browser, hall, 'clerk', '/desk', { viewport: { width: 1366, height: 768 } });
  const badge = page.locator('summary', { hasText: '督办' });
  await badge.waitFor();
  await expect.poll(() => badge.innerText()).toMatch(/^督办\s*1$/);
  // What was said while nobody was here is said now, until it was read.
  const said = page.locator('header [role=status] p');
  await said.getByText('有一项新的督办事项归您：差评回访').waitFor();
  await look(page, 'desk-duties-news');
  await said.getByRole('button', { name: '知道了' }).click();
  await expect.poll(() => said.count()).toBe(0);
  await page.evaluate(() => Object.assign(window, { isTheSame: true }));

  clock.set(clock.now() + 60_000);
  await tell('hall.followup.opened', new Date(clock.now()).toISOString(), {
    ...{ followup: 'f5', about: 'deferred', station: 'hall', owner: 'clerk' },
    dueBy: '2019-11-26T10:30:00+08:00',
  });
  await said.getByText('有一项新的督办事项归您：容缺待补').waitFor();
  clock.set(Date.parse('2019-11-26T10:31:00+08:00'));
  await said.getByText('您的督办事项亮灯了，请看期限：容缺待补').waitFor();
  // The desk hears of the jump of the hall's clock with its next state.
  await expect.poll(() => badge.innerText(), { timeout: 30_000 }).toMatch(/^督办\s*2\s*其中 1 项已逾期$/);
  await badge.click();
  await expect.poll(() => said.count()).toBe(0);
  await look(page, 'desk-duties-open');
  expect(await page.evaluate(() => 'isTheSame' in window)).toBe(true);
  await page.setViewportSize(PHONE_SIZE);
  await takePicture(page, 'desk-duties-phone');
  await page.getByRole('link', { name: '去办理' }).last().click();
  await page.getByText('容缺待补').first().waitFor();
  await page.context().close();
});
