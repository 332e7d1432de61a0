// A clerk's day at the desk in a real browser: what was clicked and typed is what the ledger holds, under the name of who did it.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMovingClock } from '../server/moving-clock.ts';
import { openStaffedHall, PASSWORD, type StaffedHall, type Who } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { sitDown } from './desk-hand.ts';
import { readDeeds } from './diary.ts';
import { takePicture } from './staff-pages.ts';

/** A Thursday in November, at ten in the morning. */
const TEN = Date.UTC(2026, 10, 26, 2);

let hall: StaffedHall;
let browser: Browser;
const clock = createMovingClock(TEN);

beforeAll(async () => {
  hall = await openStaffedHall({ clock });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

const openDesk = async (who: Who): Promise<Page> => (await sitDown(browser, hall, who)).page;

test('a clerk opens a window, calls, records by initials and Enter, asks for a rating, undoes and voids', async () => {
  const page = await openDesk('clerk');
  await takePicture(page, '1-begin');
  await page.getByRole('button', { name: '选择窗口' }).click();
  await page.getByRole('button', { name: '开窗 03号窗' }).click();
  await page.locator('header').getByText('营业中').waitFor();

  // Two numbers for people who cannot take one themselves.
  await page.getByRole('navigation').getByRole('button', { name: '排队' }).click();
  for (const [n, green] of [
    [1, false],
    [2, true],
  ] as const) {
    if (green) await page.getByLabel('绿色通道').check();
    await page.getByRole('button', { name: '取号' }).click();
    await page.getByText(`${n} 人`).first().waitFor();
  }
  await takePicture(page, '2-queue');
  await page.getByRole('navigation').getByRole('button', { name: '窗口', exact: true }).click();
  await page.keyboard.press('F2');
  const number = page.locator('.number').first();
  await number.waitFor();
  const called = (await number.innerText()).trim();
  await page.locator('footer').getByText(`已呼叫 ${called}，03号窗`).waitFor();

  // 门诊医疗费用报销 by its initials; it is a promised item, and Enter does what that says.
  await page.getByRole('combobox').fill('mzbx');
  await page.getByRole('option', { name: /门诊医疗费用报销/ }).waitFor();
  await page.getByRole('button', { name: /受理，承诺/ }).waitFor();
  await takePicture(page, '3-record');
  await page.getByRole('combobox').press('Enter');
  await page.getByText('已登记：门诊医疗费用报销').waitFor();
  // A second case on the same number: handled at once.
  await page.getByRole('combobox').fill('少儿');
  await page.getByRole('button', { name: /受理并办结/ }).waitFor();
  await page.getByRole('combobox').press('Enter');
  await page.getByText('已登记：少儿医保').waitFor();
  // An input method's Enter is not ours.
  await page.getByRole('combobox').fill('少儿');
  await page.getByRole('combobox').dispatchEvent('keydown', { key: 'Enter', keyCode: 229, isComposing: true });
  await page.getByRole('combobox').fill('');

  await page.keyboard.press('F8');
  await page.getByRole('dialog').getByRole('button', { name: '登记咨询' }).click();
  const recent = page.locator('section', { has: page.getByRole('heading', { name: '刚才' }) });
  await recent.getByText('咨询 · 来访').waitFor();
  await expect.poll(() => page.locator('header').getByText('待上传 0 条').count()).toBe(1);
  await takePicture(page, '4-recent');

  // The consultation was none: taken back within its minute.
  await recent.locator('li').first().getByRole('button', { name: /撤销/ }).click();
  await recent.getByText('已撤销').waitFor();
  await page.keyboard.press('F4');
  await page.getByText('窗口空闲').waitFor();
  await takePicture(page, '5-idle');

  const deeds = await expect
    .poll(async () => (await readDeeds(hall)).length, { timeout: 20_000 })
    .toBeGreaterThanOrEqual(10)
    .then(() => readDeeds(hall));
  expect(deeds.map(({ actor }) => actor)).toEqual(deeds.map(() => 'staff:clerk'));
  expect(deeds.map(({ type }) => type).sort()).toEqual(
    [
      'hall.window.changed',
      'hall.ticket.taken',
      'hall.ticket.taken',
      'hall.ticket.called',
      'hall.case.accepted',
      'hall.case.accepted',
      'hall.case.finished',
      'hall.consultation.given',
      'hall.event.voided',
      'hall.ticket.served',
    ].sort(),
  );
  const [first, second] = deeds
    .filter(({ type }) => type === 'hall.case.accepted')
    .map(({ data }) => data as Record<string, unknown>);
  expect(String(first!['ticket']).endsWith(`/${called}`)).toBe(true);
  expect(first).toMatchObject({
    item: 'mi-03',
    station: 'hall',
    window: 'w03',
    staff: 'clerk',
    handling: 'promised',
    channel: 'window',
  });
  expect(Date.parse(String(first!['promisedBy']))).toBeGreaterThan(clock.now());
  expect(second).toMatchObject({ item: 'mi-01', ticket: first!['ticket'], handling: 'instant' });
  const { body } = await (await hall.signIn('manager')).ask('GET', '/api/measures?from=2026-11-26&to=2026-11-26');
  expect(body).toMatchObject({
    accepted: 2,
    windowCases: 2,
    finished: 1,
    consultations: { visit: 0, phone: 0 },
    voided: 1,
    corrected: 0,
    peopleServed: 1,
  });
  await page.context().close();
});

test('whoever takes over a shared PC finds nothing of the one before, neither typed nor recorded', async () => {
  const page = await openDesk('clerk');
  await page.getByText('少儿医保').first().waitFor();
  await page.getByRole('combobox').fill('少儿');
  await page.getByRole('button', { name: '换人' }).click();
  const dialog = page.getByRole('dialog');
  // They sit at a window that is still open.
  await dialog.getByRole('button', { name: '不关窗，换人' }).click();
  await dialog.getByLabel('工号').fill('second');
  await dialog.getByLabel('密码', { exact: true }).fill('not-this-one');
  await page.keyboard.press('Enter');
  await dialog.getByText('工号或密码不对。').waitFor();
  await dialog.getByLabel('密码', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await page.locator('header').getByText('示例second').waitFor();
  await page.getByText('今天还没有登记').waitFor();
  expect(await page.getByRole('combobox').inputValue()).toBe('');
  expect(await page.locator('header').getByText('示例clerk').count()).toBe(0);
  await page.context().close();
});

test('a manager works at any station, named as people name it, and a paper that is missing has to be named', async () => {
  const page = await openDesk('manager');
  await page
    .getByRole('button', { name: /街道|梅林街道政务服务大厅/ })
    .first()
    .click();
  await page.getByRole('dialog').getByRole('button', { name: '梅丰社区' }).click();
  await page.locator('header').getByText('梅丰社区').waitFor();
  await page.getByRole('combobox').fill('mzbx');
  await page.getByRole('button', { name: '容缺' }).click();
  const before = (await readDeeds(hall)).length;
  await page.getByRole('combobox').press('Enter');
  expect(await page.getByRole('button', { name: /受理，承诺/ }).isDisabled()).toBe(true);
  await page.getByLabel(/缺哪些材料/).fill('户口簿复印件');
  await page.getByRole('combobox').press('Enter');
  await expect.poll(async () => (await readDeeds(hall)).length, { timeout: 20_000 }).toBe(before + 1);
  expect((await readDeeds(hall)).at(-1)).toMatchObject({
    type: 'hall.case.accepted',
    actor: 'staff:manager',
    data: { station: 'meifeng', deferredDocuments: ['户口簿复印件'], handling: 'promised' },
  });
  await page.context().close();
});

test('the desk reads well to whoever cannot see it, in each of its parts', async () => {
  const page = await openDesk('lead');
  for (const part of ['窗口', '在办', '排队', '其他登记', '告警']) {
    await page.getByRole('navigation').getByRole('button', { name: part }).click();
    expect(await findProblems(page), part).toEqual([]);
    await takePicture(page, `6-${part}`);
  }
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  expect(await findProblems(page)).toEqual([]);
  await page.context().close();
});
