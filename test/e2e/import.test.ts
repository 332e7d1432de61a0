// The page of imports in a real browser on a real server: a stranger's file, drafted, adjusted by choosing, tried, brought in, and next month again.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeGb18030 } from '../server/ingest/import/sample-files.ts';
import { openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { findFaults, FINGER_PX, openAs, PHONE_SIZE, takePicture } from './staff-pages.ts';

const now = Date.parse('2026-11-26T20:00:00+08:00');
let browser: Browser;
let hall: StaffedHall;
beforeAll(async () => {
  const clock = { now: () => now, untilMs: (at: number) => at - now };
  [browser, hall] = await Promise.all([openBrowser(), openStaffedHall({ clock })]);
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

const HEADER = '办件编号,事项名称,渠道,受理时间,办结时间,办理结果,申请人,联系电话';
/** One case a row; `way` and `result` in the platform's own words. */
const row = (n: number, way = '窗口', result = '办成', finished = '10:30'): string =>
  [
    `XZ2026${String(n).padStart(4, '0')}`,
    '门诊医疗费用报销',
    way,
    `2026/11/2${n % 5} 9:${String(n % 60).padStart(2, '0')}`,
    finished === '' ? '' : `2026/11/25 ${finished}`,
    finished === '' ? '' : result,
    '张三',
    '13912345678',
  ].join(',');
const rows = (count: number): string[] => Array.from({ length: count }, (_, i) => row(i + 1));
const toFile = (lines: readonly string[]) => Buffer.from(encodeGb18030([HEADER, ...lines].join('\r\n')));
const choose = (page: Page, lines: readonly string[], name: string): Promise<void> =>
  page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: toFile(lines) });
const endOf = (page: Page, name: string) =>
  page.locator('.outcome > dl > div').filter({ hasText: name }).locator('strong');

test('a file in GB18030 is read, drafted, adjusted by choosing until nothing is refused, brought in, and its mapping kept', async () => {
  const page = await openAs(browser, hall, 'administrator', '/import');
  await page.getByText('把导出的文件拖到这里').waitFor();
  await takePicture(page, 'import-empty');
  expect(await findProblems(page)).toEqual([]);

  const lines = [...rows(60), row(61, '跑腿代办'), row(62, '跑腿代办', '搁置'), row(63, '窗口', '办成', '')];
  await choose(page, lines, '一窗办件 11 月.csv');
  await page.getByText('按 GB18030 读取').first().waitFor();
  expect(await page.locator('thead th').allInnerTexts()).toEqual(['行', ...HEADER.split(',')]);
  expect(await page.locator('main').innerText()).not.toMatch(/张三|13912345678/);
  await takePicture(page, 'import-drafted', { fullPage: true });
  expect(await findFaults(page)).toEqual([]);
  expect(await findProblems(page)).toEqual([]);

  await page.getByLabel('系统标识').fill('/import/one-window');
  await page.getByRole('button', { name: '试运行' }).click();
  await page.getByRole('heading', { name: '试运行结果' }).waitFor();
  await takePicture(page, 'import-tried', { fullPage: true });
  expect(await findFaults(page)).toEqual([]);
  expect(await findProblems(page)).toEqual([]);
  expect(await endOf(page, '拒收').innerText()).toBe('2 行');
  await page.getByText('渠道：内容不在对照表中：跑腿代办').first().waitFor();

  // What the hall's words for it are is chosen; the page asks for another trial before anything is written.
  await page.getByLabel('渠道 · 跑腿代办').selectOption({ label: '上门' });
  await page.getByLabel('结果 · 搁置').selectOption({ label: '撤回' });
  await page.getByText('映射改过了，请再试运行一次。').waitFor();
  expect(await page.getByRole('button', { name: '导入', exact: true }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: '试运行' }).click();
  await expect.poll(() => endOf(page, '拒收').innerText()).toBe('0 行');
  await page.getByRole('button', { name: '导入', exact: true }).click();
  await page.getByRole('heading', { name: '导入结果' }).waitFor();
  expect(await endOf(page, '新增').innerText()).toBe('63 行');
  await page.getByText('记入台账 125 条').waitFor();
  await page.getByRole('button', { name: '保存映射，下个月再用' }).click();
  await page.getByText('映射已保存：一窗办件-11-月').waitFor();
  await takePicture(page, 'import-done', { fullPage: true });
  const kept = JSON.parse(readFileSync(join(hall.folder, 'mappings/一窗办件-11-月.json'), 'utf8')) as object;
  expect(kept).toMatchObject({ source: '/import/one-window' });
  await page.getByRole('button', { name: '用完了，删除文件' }).click();
  await page.getByText('把导出的文件拖到这里').waitFor();
  await page.context().close();
});

test('next month the kept mapping is there; what differs is left alone, or replaced when told', async () => {
  const page = await openAs(browser, hall, 'administrator', '/import');
  const lines = [...rows(59), row(60, '窗口', '办成', '11:00'), row(64)];
  await choose(page, lines, '一窗办件 12 月.csv');
  await expect.poll(() => page.getByLabel('从哪里开始').locator('option:checked').innerText()).toMatch(/^上次的映射/);
  await page.getByRole('button', { name: '试运行' }).click();
  await page.getByRole('heading', { name: '试运行结果' }).waitFor();
  expect(await endOf(page, '台账已有').innerText()).toBe('59 行');
  expect(await endOf(page, '与台账不同').innerText()).toBe('1 行');
  await page.getByText('与台账不同的行').click();
  await page.getByText(/第 61 行：.*time 2026-11-25T02:30:00.000Z → 2026-11-25T03:00:00.000Z/).waitFor();
  await page.getByText('文件与台账不同的，以文件为准').click();
  await page.getByRole('button', { name: '导入', exact: true }).click();
  await page.getByRole('heading', { name: '导入结果' }).waitFor();
  expect(await endOf(page, '新增').innerText()).toBe('1 行');
  await page.getByText('其中已更正 1 行').waitFor();
  await page.context().close();
});

test('a file that is none, a mapping that is wrong and a stranger are told so in words', async () => {
  const page = await openAs(browser, hall, 'administrator', '/import');
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '坏.xlsx', mimeType: 'text/csv', buffer: Buffer.from('PK\x03\x04') });
  await page.getByRole('alert').filter({ hasText: '.xlsx' }).waitFor();
  const table = Buffer.from('a,b\n1,2\n');
  await page.locator('input[type=file]').setInputFiles({ name: '两列.csv', mimeType: 'text/csv', buffer: table });
  await page.getByText('起草不出映射，原因如下。').waitFor();
  await choose(page, rows(3), '一窗办件 12 月.csv');
  await page.getByLabel('从哪里开始').selectOption({ label: '从空白开始' });
  await expect.poll(() => page.getByText('必填，还没有选').count()).toBe(3);
  expect(await page.getByRole('button', { name: '试运行' }).isDisabled()).toBe(true);
  await takePicture(page, 'import-blank', { fullPage: true });
  await page.getByText('映射原文（JSON）', { exact: true }).first().click();
  await page.getByRole('textbox', { name: '映射原文（JSON）' }).fill('{');
  await page.getByRole('button', { name: '用这份原文' }).click();
  await page.getByText(/^不是 JSON/).waitFor();
  await page.context().close();

  const manager = await openAs(browser, hall, 'manager', '/import');
  await manager.getByText('您没有这项权限。').waitFor();
  expect(await manager.locator('input[type=file]').count()).toBe(0);
  await manager.context().close();
});

test('on a narrow screen, in English', async () => {
  const options = { viewport: PHONE_SIZE, locale: 'en-GB', hasTouch: true, isMobile: true };
  const page = await openAs(browser, hall, 'administrator', '/import', options);
  await choose(page, rows(20), 'cases.csv');
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.getByRole('heading', { name: 'What the trial came to' }).waitFor();
  await takePicture(page, 'import-narrow', { fullPage: true });
  expect(await findFaults(page, FINGER_PX)).toEqual([]);
  expect(await findProblems(page)).toEqual([]);
  await page.context().close();
});
