// The page of reconciliation in a real browser on a real server: a file in GB18030 and in XLSX, findings explained, a stamp that changes.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  bring,
  DAY,
  PLATFORM,
  putMapping,
  toCsv,
  toGb18030,
  toXlsx,
  type ExportRow,
} from '../server/reconcile/exports.ts';
import { KEY, openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { postEvents, wireEvent } from './hall-client.ts';
import { findFaults, FINGER_PX, openAs, PHONE_SIZE, takePicture } from './staff-pages.ts';

/** The morning after. */
const now = Date.parse('2026-11-27T08:30:00+08:00');
let browser: Browser;
let hall: StaffedHall;
beforeAll(async () => {
  const clock = { now: () => now, untilMs: (at: number) => at - now };
  [browser, hall] = await Promise.all([openBrowser(), openStaffedHall({ clock })]);
  putMapping(hall, 'platform', PLATFORM);
  putMapping(hall, 'queue', { ...PLATFORM, name: '排队系统（示例）', source: '/import/sample-queue' });
  putMapping(hall, 'ratings', { ...PLATFORM, name: '' });
  const cases: readonly (readonly [id: string, clock: string, more: object])[] = [
    ['20261126-001', '09:00', {}],
    ['20261126-002', '09:05', { item: 'mi-04' }],
    ['20261126-004', '09:20', { station: 'meifeng' }],
    ['20261126-005', '09:25', {}],
  ];
  const { body } = await postEvents(
    hall.url,
    cases.map(([id, time, more]) => ({
      ...wireEvent(
        `${id}/accepted`,
        'hall.case.accepted',
        { case: id, station: 'hall', channel: 'window', item: 'mi-03', ...more },
        Date.parse(`${DAY}T${time}:00+08:00`),
      ),
      source: PLATFORM.source,
    })),
    { key: KEY },
  );
  expect(body.accepted).toBe(4);
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

const ROWS: ExportRow[] = [
  { id: '20261126-001', accepted: '9:00', finished: '9:30' },
  { id: '20261126-002', accepted: '9:05', item: 'mi-03', channel: '网上' },
  { id: '20261126-003', accepted: '9:10', finished: '10:02' },
  { id: '20261126-006', accepted: '上午' },
];
const NAME = PLATFORM.name;
const choose = (page: Page, file: Buffer, name: string, system = NAME): Promise<void> =>
  page
    .locator('li')
    .filter({ has: page.getByRole('heading', { name: system }) })
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: file });
const rowOf = (page: Page, text: string) => page.locator('tbody tr').filter({ hasText: text });

test('a file in GB18030 is laid against the day, each finding explained, and the day agrees', async () => {
  const page = await openAs(browser, hall, 'manager', `/reconcile?day=${DAY}`);
  await page.getByText('未对账').first().waitFor();
  await page.getByText('映射有误，不能使用').waitFor();
  await takePicture(page, 'reconcile-before');
  await choose(page, toGb18030(ROWS), '办件1126.csv');
  await page.getByRole('heading', { name: `${NAME} · 差异` }).waitFor();
  expect(await page.locator('nav[aria-label=差异] button').allInnerTexts()).toEqual([
    '全部',
    '台账缺 2',
    '对方缺 2',
    '不一致 1',
    '未读出 1',
  ]);
  expect(await rowOf(page, '20261126-002').innerText()).toMatch(/渠道：文件 网上，台账 窗口/);
  expect(await rowOf(page, '20261126-003').innerText()).toMatch(/台账没有受理（第 4 行）/);
  expect(await rowOf(page, '20261126-004').innerText()).toMatch(/梅丰社区/);
  expect(await rowOf(page, '第 5 行').innerText()).toMatch(/受理时间：不是映射所说的时间格式/);
  await takePicture(page, 'reconcile-found', { fullPage: true });
  expect(await findFaults(page)).toEqual([]);
  expect(await findProblems(page)).toEqual([]);

  await page.getByLabel('选中 办件 20261126-003').check();
  await page.getByLabel('选中 办件 20261126-004').check();
  await page.getByText('已选 2 件').waitFor();
  const say = page.locator('form.say');
  await say.getByLabel('责任人').selectOption({ label: '示例lead' });
  await say.getByLabel('原因').selectOption({ label: '其他（写说明）' });
  await say.getByRole('button', { name: '记下' }).click();
  await say.getByText('请填写。').waitFor();
  await say.getByLabel('说明').fill('找张三 13800138000');
  await say.getByRole('button', { name: '记下' }).click();
  await say.getByText('这里像是写了电话或证件号，请改写。').waitFor();
  await say.getByLabel('说明').fill('系统停机，下午补录');
  await takePicture(page, 'reconcile-saying');
  await say.getByRole('button', { name: '记下' }).click();
  await page.getByText('差4件（已说明2件）').first().waitFor();
  expect(await rowOf(page, '20261126-003').innerText()).toMatch(
    /示例lead[\s\S]*系统停机，下午补录[\s\S]*示例manager 08:30 记/,
  );

  await page.getByLabel('状态').selectOption({ label: '待说明' });
  await expect.poll(() => page.locator('tbody tr').count()).toBe(4);
  await page.getByLabel('选中本页').check();
  await say.getByLabel('原因').selectOption({ label: '登记有误，已更正' });
  await say.getByRole('button', { name: '记下' }).click();
  await page.getByText('没有符合条件的差异。').waitFor();
  await page.getByText('已对平（说明6件）').first().waitFor();
  await page.context().close();
});

test('a file of another day says which, a file that is none says so, and XLSX is read like CSV', async () => {
  const page = await openAs(browser, hall, 'manager', `/reconcile?day=2026-11-25`);
  await choose(page, await toXlsx(ROWS.slice(0, 3)), '办件1126.xlsx', '排队系统（示例）');
  await page.getByText('文件里没有这一天的记录，只有 11月26日 的。请核对日期或文件。').waitFor();
  await takePicture(page, 'reconcile-refused');
  await choose(page, Buffer.from('PK\x03\x04'), '坏.xlsx', '排队系统（示例）');
  await page.getByText('这不是完好的 .xlsx 文件。').waitFor();
  await page.getByRole('button', { name: '后一天' }).click();
  await choose(page, await toXlsx(ROWS.slice(0, 3)), '办件1126.xlsx', '排队系统（示例）');
  await page.getByRole('heading', { name: '排队系统（示例） · 差异' }).waitFor();
  await page.getByText('近 31 天').click();
  await page.getByRole('button', { name: /11月26日/ }).waitFor();
  expect(await page.locator('li').filter({ hasText: '排队系统（示例）' }).first().innerText()).toMatch(/差\d+件/);
  await page.context().close();
});

test('on a telephone, in English, for a leader who only looks; and a long list comes in stretches', async () => {
  const many = Array.from({ length: 130 }, (_, i): ExportRow => ({
    id: `n${String(i).padStart(3, '0')}`,
    accepted: '9:00',
  }));
  const manager = await hall.signIn('manager');
  expect((await bring(hall, manager, toCsv(many), { mapping: 'queue' })).status).toBe(201);
  const options = { viewport: PHONE_SIZE, locale: 'en-GB', hasTouch: true, isMobile: true };
  const page = await openAs(browser, hall, 'leader', `/reconcile?day=${DAY}`, options);
  await page.getByRole('button', { name: 'Differences: 排队系统（示例）' }).click();
  await page.getByRole('heading', { name: '排队系统（示例） · Differences' }).waitFor();
  await page.getByRole('button', { name: 'Not in the ledger 130' }).click();
  await expect.poll(() => page.locator('tbody tr').count()).toBe(50);
  await takePicture(page, 'reconcile-phone', { fullPage: false });
  expect(await findFaults(page, FINGER_PX)).toEqual([]);
  expect(await findProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Show 50 more' }).click();
  await page.getByRole('button', { name: 'Show 30 more' }).click();
  await expect.poll(() => page.locator('tbody tr').count()).toBe(130);
  expect(await page.locator('input[type=file]').count()).toBe(0);
  expect(await page.locator('form.say').count()).toBe(0);
  await page.locator('tbody tr').first().scrollIntoViewIfNeeded();
  await takePicture(page, 'reconcile-phone-list');
  await page.context().close();
});

test('whoever may not is told so, and whoever is signed out signs in first', async () => {
  const page = await openAs(browser, hall, 'clerk', '/reconcile');
  await page.getByText('您没有这项权限。').waitFor();
  await page.context().clearCookies();
  await page.reload();
  await page.waitForURL(/\/sign-in\?next=%2Freconcile/);
  expect(page.url()).toContain('/sign-in');
  await page.context().close();
});
