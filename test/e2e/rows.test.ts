// From a figure of the brief to its rows, and from a row to everything that was said of it: on a telephone, at a desk, in both languages.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KEY, openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { findFaults, openAs, openAt, PHONE_SIZE, takePicture } from './staff-pages.ts';

/** A Tuesday at ten. */
const NOW = Date.parse('2019-11-26T10:00:00+08:00');
let hall: StaffedHall;
let browser: Browser;
let told = 0;

beforeAll(async () => {
  hall = await openStaffedHall({ clock: { now: () => NOW, untilMs: (at) => at - NOW } });
  browser = await openBrowser();
  for (let i = 0; i < 70; i++)
    await tell('hall.case.accepted', `2019-11-26T09:${10 + (i % 40)}:00+08:00`, {
      ...{ case: `4403040070${1000 + i}`, station: i % 5 === 0 ? 'meifeng' : 'hall', channel: 'window', window: 'W03' },
      ...(i === 69 ? { ticket: 'A069' } : {}),
      ...{ item: i % 2 === 0 ? 'mi-03' : 'mi-02', staff: 's1', promisedBy: '2019-12-05T18:00:00+08:00' },
    });
  const ticket = { ticket: 'A069', station: 'hall' };
  await tell('hall.ticket.taken', '2019-11-26T09:02:00+08:00', ticket);
  await tell('hall.ticket.called', '2019-11-26T09:05:00+08:00', { ...ticket, window: 'W03' });
  await tell('hall.case.paused', '2019-11-26T09:51:00+08:00', { case: '44030400701069', reason: '补正' });
  await tell('hall.case.resumed', '2019-11-26T09:53:00+08:00', { case: '44030400701069' });
  await tell('hall.case.finished', '2019-11-26T09:55:00+08:00', { case: '44030400701069', outcome: 'refused' });
  const wrong = { source: 'urn:other', id: `e${told - 1}`, reason: '选错了结果' };
  await tell('hall.event.voided', '2019-11-26T09:56:00+08:00', wrong);
  await tell('hall.case.finished', '2019-11-26T09:57:00+08:00', { case: '44030400701069', outcome: 'approved' });
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

async function tell(type: string, time: string, data: object): Promise<void> {
  const event = { specversion: '1.0', source: 'urn:other', id: `e${told++}`, type, time, data };
  const { status } = await hall.browser().ask('POST', '/api/events', event, { Authorization: `Bearer ${KEY}` });
  expect(status).toBe(200);
}

test.each([
  ['a telephone', PHONE_SIZE],
  ['a desk', { width: 1440, height: 900 }],
])('on %s a number of the brief leads to its rows, and a row to its life', async (name, viewport) => {
  const page = await openAs(browser, hall, 'leader', '/brief', { viewport });
  await page.locator('.sentence').getByRole('link').first().click();
  await page.getByRole('link', { name: '看明细' }).click();
  await page.getByRole('heading', { name: '受理' }).waitFor();
  await page.getByText('70 件').waitFor();
  await page.getByText('已列出 50 条').waitFor();
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page)).toEqual([]);
  await takePicture(page, `rows-${name}`);
  await page.getByRole('button', { name: '再列一些' }).click();
  await page.getByText('共 70 条明细').waitFor();

  await page.getByLabel('排序').selectOption('oldest');
  await page.getByText('已列出 50 条').waitFor();
  await page.getByLabel('排序').selectOption('newest');
  const row = page.getByRole('link', { name: '办件 44030400701069' });
  await page.getByRole('button', { name: '再列一些' }).click();
  await row.click();
  await page.getByRole('heading', { name: '办件 44030400701069' }).waitFor();
  expect(await page.locator('li h2 span:first-child').allInnerTexts()).toEqual([
    ...['受理办件', '暂停计时', '恢复计时', '办结', '办结'],
  ]);
  await page.getByText('原因：选错了结果').waitFor();
  expect(await page.locator('li.voided').count()).toBe(1);
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page)).toEqual([]);
  await takePicture(page, `rows-life-${name}`);
  await page.getByRole('link', { name: 'A069', exact: true }).click();
  await page.getByRole('heading', { name: '号 A069' }).waitFor();
  expect(await page.locator('li h2 span:first-child').allInnerTexts()).toEqual(['取号', '叫号']);
  await takePicture(page, `rows-ticket-${name}`);
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page)).toEqual([]);
  await page.getByRole('link', { name: '办件 44030400701069' }).click();
  await page.getByRole('heading', { name: '办件 44030400701069' }).waitFor();
  await page.goBack();
  await page.goBack();
  await page.goBack();
  await page.getByText('70 件').waitFor();
  await page.context().close();
});

test('in English, narrowed to an item, and the filter taken away again', async () => {
  const page = await openAs(
    browser,
    hall,
    'leader',
    '/rows?term=onTime&part=of&from=2019-11-26&to=2019-11-26&item=mi-02&lang=en',
    { viewport: { width: 1440, height: 900 }, locale: 'en-GB' },
  );
  await page.getByText('1 case', { exact: true }).waitFor();
  await takePicture(page, 'rows-english');
  await page.getByRole('button', { name: /^Remove/ }).click();
  await expect.poll(() => new URL(page.url()).searchParams.has('item')).toBe(false);
  await page.getByRole('button', { name: 'Numerator' }).click();
  await expect.poll(() => new URL(page.url()).searchParams.has('part')).toBe(false);
  await page.context().close();
});

test('whoever is not signed in is asked to, and of what is not there it says so', async () => {
  const outside = await openAt(browser, `${hall.url}/rows?term=accepted&from=2019-11-26&to=2019-11-26`, {
    viewport: PHONE_SIZE,
  });
  await outside.getByText('登录后才能看明细。').waitFor();
  expect(await outside.getByRole('link', { name: '登录' }).getAttribute('href')).toContain('/sign-in');
  await outside.context().close();
  const page = await openAs(browser, hall, 'leader', '/rows?key=case:none', { viewport: PHONE_SIZE });
  await page.getByText('没有这条记录。').waitFor();
  await page.context().close();
});
