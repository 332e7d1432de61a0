// What a lead sees at the desk of days gone by: complaints that wait for an answer, and poor ratings to ask about again.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KEY, openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { openAs, takePicture } from './staff-pages.ts';

const NOW = Date.parse('2026-11-26T10:00:00+08:00');
const BEFORE = '2026-11-24T16:20:00+08:00';

let hall: StaffedHall;
let browser: Browser;
beforeAll(async () => {
  hall = await openStaffedHall({ clock: { now: () => NOW, untilMs: (at) => at - NOW } });
  browser = await openBrowser();
  await tell('hall.request.received', { request: 'r1', station: 'hall', topic: '午间能不能办医保' });
  await tell('hall.complaint.received', { complaint: 'k1', station: 'hall', about: '让群众跑了两趟' });
  await tell('hall.case.accepted', { case: 'c1', station: 'hall', channel: 'window', item: 'mi-03', staff: 'clerk' });
  await tell('hall.rating.given', { score: 1, case: 'c1', station: 'hall', medium: 'pad', staff: 'clerk' });
  await tell('hall.followup.opened', { followup: 'f1', about: 'rating', case: 'c1', station: 'hall', owner: 'lead' });
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

let told = 0;
async function tell(type: string, data: object): Promise<void> {
  const event = { specversion: '1.0', source: 'urn:other', id: `e${told++}`, type, time: BEFORE, data };
  const { status } = await hall.browser().ask('POST', '/api/events', event, { Authorization: `Bearer ${KEY}` });
  expect(status).toBe(200);
}

const written = async () =>
  (await hall.server.ledger.read(0, 1_000)).filter(({ source }) => source === 'urn:hallpulse:desk');

test('a clerk answers a request of another day, and is told of no complaint and no rating', async () => {
  const page = await openAs(browser, hall, 'clerk', '/desk');
  await page.getByRole('button', { name: '其他登记' }).click();
  const request = page.getByRole('listitem').filter({ hasText: '午间能不能办医保' });
  await request.waitFor();
  await page.getByText('由站长或大厅管理员答复').waitFor();
  expect(await page.getByText('让群众跑了两趟').count()).toBe(0);
  expect(await page.getByText('差评回访').count()).toBe(0);
  await request.getByRole('button', { name: '已答复' }).click();
  await request.waitFor({ state: 'detached' });
  // With its context a browser forgets what it has not sent.
  await expect.poll(async () => (await written()).length, { timeout: 20_000 }).toBe(1);
  await page.context().close();
});

test('a lead answers the complaint and enters what the citizen says when asked again', async () => {
  const page = await openAs(browser, hall, 'lead', '/desk');
  await page.getByRole('button', { name: '其他登记' }).click();
  await page.getByRole('heading', { name: '差评回访' }).waitFor();
  await page.getByText('门诊医疗费用报销 · 督办 示例lead').waitFor();
  expect(await findProblems(page)).toEqual([]);
  await takePicture(page, 'review');
  await page.getByRole('button', { name: '已答复，属实' }).click();
  await page.getByText('让群众跑了两趟').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '登记回访评价' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('满意', { exact: true }).click();
  await takePicture(page, 'review-ask');
  expect(await findProblems(page)).toEqual([]);
  await dialog.getByRole('button', { name: '登记回访评价' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('navigation').getByRole('button', { name: '窗口', exact: true }).click();
  await page.getByText('回访评价：满意').waitFor();

  await expect.poll(async () => (await written()).length, { timeout: 20_000 }).toBe(4);
  expect((await written()).map(({ type, data }) => [type, data])).toEqual([
    ['hall.request.answered', { request: 'r1', station: 'hall' }],
    ['hall.complaint.answered', { complaint: 'k1', station: 'hall', upheld: true }],
    ['hall.rating.given', { score: 4, station: 'hall', case: 'c1', medium: 'phone', round: 2 }],
    ['hall.followup.noted', { followup: 'f1', score: 4 }],
  ]);
  await page.context().close();
});

test('what another system sends is not asked for', async () => {
  const fed = await openStaffedHall({
    clock: { now: () => NOW, untilMs: (at) => at - NOW },
    profile: (profile) =>
      void (profile['feeds'] = ['appointments', 'requests'].map((fact) => ({ fact, source: 'urn:other' }))),
  });
  const page = await openAs(browser, fed, 'lead', '/desk');
  await page.getByRole('button', { name: '其他登记' }).click();
  await page.getByRole('heading', { name: '作风投诉' }).waitFor();
  await page.getByRole('heading', { name: '差评回访' }).waitFor();
  for (const name of ['预约', '诉求']) expect(await page.getByRole('heading', { name, exact: true }).count()).toBe(0);
  await page.context().close();
  await fed.close();
});
