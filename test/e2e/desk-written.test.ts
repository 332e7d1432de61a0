// 更正 in a real browser: a lead finds what an absent clerk mistyped, and voids it under their own name.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMovingClock } from '../server/moving-clock.ts';
import { openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { sitDown } from './desk-hand.ts';
import { until } from './desk-work.ts';
import { readDeeds } from './diary.ts';
import { findFaults, openAs, PHONE_SIZE, takePicture } from './staff-pages.ts';

const WEDNESDAY = Date.parse('2026-11-25T10:00:00+08:00');
const THURSDAY = Date.parse('2026-11-26T09:30:00+08:00');
const clock = createMovingClock(WEDNESDAY);
let hall: StaffedHall;
let browser: Browser;
beforeAll(async () => {
  hall = await openStaffedHall({ clock });
  browser = await openBrowser();
  const { page, record } = await sitDown(browser, hall, 'clerk');
  await record('ca-02', '老年人优待证');
  await record('mi-03', '门诊医疗费用报销');
  await until(async () => (await written()).length === 3);
  await page.context().close();
  const other = await sitDown(browser, hall, 'second');
  await other.record('mi-01', '少儿医保');
  await until(async () => (await written()).length === 5);
  await other.page.context().close();
  // The clerk has left for good.
  hall.access.accounts.endAccount('clerk');
  clock.set(THURSDAY);
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

const written = async () => (await readDeeds(hall)).filter(({ source }) => source === 'urn:hallpulse:desk');

test('a lead voids what somebody who has left mistyped the day before: by day, by person, with a reason, in their own name', async () => {
  const { page, goTo, press, dialog } = await sitDown(browser, hall, 'lead');
  await goTo('更正');
  await page.getByText('这一天没有别人在本站登记').waitFor();
  await page.getByRole('radio', { name: '11月25日' }).click();
  await press(/^示例second/, page.getByRole('list', { name: '登记人' }));
  await page.getByRole('list', { name: '示例second的登记' }).getByText('少儿医保').waitFor();
  await press(/^示例clerk/, page.getByRole('list', { name: '登记人' }));
  const list = page.getByRole('list', { name: '示例clerk的登记' });
  await list.getByText('门诊医疗费用报销').waitFor();
  await takePicture(page, 'written');
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page)).toEqual([]);
  await press(/^作废 10:00 老年人优待证/, list);
  await dialog.getByText('作废 示例clerk 10:00 的登记：老年人优待证').waitFor();
  await takePicture(page, 'written-void');
  await press('录错事项', dialog);
  await dialog.waitFor({ state: 'detached' });
  const line = list.getByRole('listitem').filter({ hasText: '老年人优待证' });
  await line.getByText('已作废').waitFor();
  expect(await line.getByRole('button').count()).toBe(0);
  await expect.poll(async () => (await written()).length, { timeout: 20_000 }).toBe(7);
  const voids = (await written()).slice(5);
  expect(voids.map(({ type, actor, data }) => [type, actor, (data as { reason: string }).reason])).toEqual([
    ['hall.event.voided', 'staff:lead', '录错事项'],
    ['hall.event.voided', 'staff:lead', '录错事项'],
  ]);
  const { body } = await (await hall.signIn('manager')).ask('GET', '/api/measures?from=2026-11-25&to=2026-11-25');
  expect(body).toMatchObject({ accepted: 2, finished: 1, voided: 2 });
  await page.context().close();
});

test.each([
  ['zh', 'a tablet', { width: 820, height: 1180 }],
  ['en', 'a desk', { width: 1366, height: 768 }],
  ['zh', 'a telephone', PHONE_SIZE],
] as const)('in %s on %s it reads well', async (language, name, viewport) => {
  const page = await openAs(browser, hall, 'manager', `/desk?lang=${language}`, { viewport });
  const isZh = language === 'zh';
  await page.getByRole('button', { name: isZh ? '更正' : 'Corrections' }).click();
  await page.getByRole('radio').nth(1).click();
  await page.getByText('示例clerk').first().waitFor();
  await page.getByText('门诊医疗费用报销').waitFor();
  await takePicture(page, `written-${language}-${name}`);
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page)).toEqual([]);
  await page.context().close();
});

test('a clerk has no such part of the desk', async () => {
  const { page } = await sitDown(browser, hall, 'second');
  await page.getByRole('navigation').getByRole('button', { name: '告警' }).waitFor();
  expect(await page.getByRole('navigation').getByRole('button', { name: '更正' }).count()).toBe(0);
  await page.context().close();
});
