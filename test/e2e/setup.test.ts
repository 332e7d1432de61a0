// The first hour of a new hall, by a browser: from the printed code to the first event of a clerk who was invited there.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { acceptance, postEvents } from './hall-client.ts';
import type { SetupState } from '../../domain/wire/setup.ts';
import { openStaffedHall } from '../server/staffed-hall.ts';
import { startProduct, type Product } from './product.ts';
import { FINGER_PX, findFaults, openAs, takePicture } from './staff-pages.ts';

const PASSWORD = 'wutong-shan-7-lu';
const ITEMS = [
  '事项名称\t编码\t条线\t类型(即办/承诺)\t承诺工作日\t法定工作日\t容缺\t出证',
  '门诊医疗费用报销\tHH-01\t医保\t承诺\t7\t20\t是\t否',
  '居住证签注\tHH-02\t户政\t即办\t\t\t\t是',
].join('\n');
const BAD_ITEM = '\n高龄津贴申领\tHH-01\t民政\t承诺\t五天';
const STAFF = '工号,姓名,站点,岗位\nh01,何叶,荷花街道大厅,综合窗口\nh02,何塘,莲塘社区,站长';

let parent: string;
let browser: Browser;
let product: Product;
let page: Page;
const problems: string[] = [];
beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), 'hallpulse-setup-'));
  [browser, product] = await Promise.all([openBrowser(), startProduct({ folder: join(parent, 'hall') })]);
  page = await newPage();
});
afterAll(async () => {
  await browser.close();
  await product.stop();
  rmSync(parent, { recursive: true, force: true });
});

async function newPage(): Promise<Page> {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1366, height: 768 } });
  const opened = await context.newPage();
  opened.on('pageerror', (error) => problems.push(error.message));
  return opened;
}

async function look(name: string): Promise<void> {
  await takePicture(page, name, { fullPage: true });
  expect(await findProblems(page), name).toEqual([]);
}

/** Of the step that is seen: the others are hidden, and have no roles. */
const field = (within: Page | Locator, name: string | RegExp) =>
  within.getByRole('textbox', { name, exact: typeof name === 'string' });

async function choosePassword(on: Page): Promise<void> {
  await field(on, '新密码').fill(PASSWORD);
  await field(on, '再输一遍新密码').fill(PASSWORD);
  await on.locator('button[type=submit]').click();
}

const goTo = async (step: string) => {
  await page.getByRole('navigation', { name: '开办大厅' }).getByRole('link', { name: step }).click();
  await page.getByRole('heading', { level: 1, name: step }).waitFor();
};
const save = async () => {
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByText('已保存，现在就生效。').locator('visible=true').waitFor();
};
const document = (name: string): never =>
  JSON.parse(readFileSync(join(parent, 'hall/documents', `${name}.json`), 'utf8')) as never;

test('from the printed code to the first event of a clerk', async () => {
  // Events come in before anybody has set anything up.
  const address = /Set up +(\S+)/.exec(product.output())![1]!;
  await page.goto(address);
  await field(page, '工号').fill('gly');
  await field(page, '姓名').fill('何管');
  await choosePassword(page);
  await page.waitForURL(/\/setup/);
  await goTo('大厅');
  await look('setup-hall');
  await page.getByRole('button', { name: '清空样板' }).click();
  await look('setup-clear');
  await page.getByRole('button', { name: '确定清空' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await field(page, '大厅名称').inputValue()).toBe('');
  await field(page, '大厅名称').fill('荷花街道政务服务大厅');
  await save();

  await goTo('站点');
  await field(page, '名称 大厅').fill('荷花街道大厅');
  await page.getByRole('button', { name: '加一行' }).click();
  const station = page.locator('tbody tr').locator('visible=true').last();
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await station.getByText('请填写。').waitFor();
  await look('setup-stations-flaw');
  await field(station, /^编号/).fill('liantang');
  await field(station, /^名称/).fill('莲塘社区');
  await field(station, /^简称/).fill('莲塘');
  await page.getByLabel('取号起始日 荷花街道大厅').fill('2026-01-01');
  await save();
  await look('setup-stations');

  await goTo('事项');
  await page
    .getByLabel('从表格复制')
    .locator('visible=true')
    .fill(ITEMS + BAD_ITEM);
  await page.getByText('1 行有问题').waitFor();
  await page.getByRole('row', { name: '4 承诺工作日 · 要写天数 · “五天”' }).waitFor();
  await look('setup-items-flaw');
  await field(page, '从表格复制，粘贴在这里').fill(ITEMS);
  await save();
  await look('setup-items');

  await goTo('窗口');
  for (let n = 0; n < 2; n++) await page.getByRole('button', { name: '加一行' }).click();
  await page.locator('summary', { hasText: '条线：w02' }).click();
  await page.getByRole('checkbox', { name: '医保' }).locator('visible=true').check();
  await look('setup-windows');
  await save();

  await goTo('开放时间');
  await page.getByLabel('第 1 段 开始').first().fill('08:30');
  await page.getByLabel('周六也开放').check();
  await field(page, '结账时间（次日凌晨）').fill('03:30');
  await save();
  await look('setup-hours');

  await goTo('人员');
  await field(page, '从表格复制，粘贴在这里').fill(STAFF);
  await page.getByText('认出 2 行').waitFor();
  await save();
  await look('setup-staff');

  await goTo('首批账号');
  await page.getByRole('combobox', { name: '人员' }).selectOption({ label: '何叶 · h01' });
  await page.getByRole('button', { name: '建账号并生成链接' }).click();
  const invitation = await field(page, '给 何叶 的链接').inputValue();
  expect(invitation).toMatch(/\/sign-in#/);
  await look('setup-accounts');

  await goTo('完成');
  await page.getByText('各项都填好了。').waitFor();
  await page.getByRole('button', { name: '完成开办' }).click();
  await page.getByText('大厅已开办。').waitFor();
  await look('setup-done');

  expect(document('profile')).toMatchObject({
    closesAt: '03:30',
    hall: 'meilin',
    setUp: 'done',
    name: { zh: '荷花街道政务服务大厅' },
    hours: [
      ['08:30', '12:00'],
      ['14:00', '18:00'],
    ],
    stations: [
      { id: 'hall', names: [{ zh: '荷花街道大厅' }], ticketsFrom: '2026-01-01' },
      { id: 'liantang', kind: 'community', short: '莲塘' },
    ],
    windows: [{ id: 'w01' }, { id: 'w02', lines: ['医保'] }],
    staff: [
      { id: 'h01', name: '何叶', station: 'hall' },
      { id: 'h02', name: '何塘', station: 'liantang' },
    ],
  });
  expect(document('calendar')).toMatchObject({ hours: [{ weekdays: [6], hours: [['09:00', '12:00']] }] });
  expect(document('catalogue')).toMatchObject({ items: [{ code: 'HH-01' }, { code: 'HH-02', kind: 'instant' }] });

  const clerk = await newPage();
  await clerk.goto(invitation);
  await choosePassword(clerk);
  await clerk.waitForURL(/\/desk/);
  await clerk.getByRole('button', { name: '选择窗口' }).first().click();
  await clerk.getByRole('button', { name: /^开窗 01/ }).click();
  await clerk.getByText('营业中').first().waitFor();
  await takePicture(clerk, 'setup-desk');
  const db = new DatabaseSync(join(parent, 'hall/ledger.sqlite'), { readOnly: true });
  const rows = db.prepare("SELECT actor FROM events WHERE type = 'hall.window.changed'").all();
  db.close();
  expect(rows).toEqual([{ actor: 'staff:h01' }]);
  expect((await postEvents(product.url, acceptance('after'))).status).toBe(200);
  expect(problems).toEqual([]);
});

const STEPS = ['hall', 'stations', 'windows', 'hours', 'items', 'staff', 'accounts', 'finish'];

test('a hall of thirty windows and sixty people, in both languages, light and dark, at a desk', async () => {
  const hall = await openStaffedHall();
  for (const [locale, colorScheme] of [
    ['zh-CN', 'light'],
    ['en-GB', 'dark'],
  ] as const) {
    const opened = await openAs(browser, hall, 'administrator', '/setup#hall', { locale, colorScheme });
    for (const step of STEPS) {
      await opened.goto(`${hall.url}/setup#${step}`);
      await opened.locator(`nav a[href="#${step}"][aria-current]`).waitFor();
      await takePicture(opened, `full-${locale}-${step}`);
      expect(await findProblems(opened), `${locale} ${step}`).toEqual([]);
      expect(await findFaults(opened), `${locale} ${step}`).toEqual([]);
    }
    await opened.context().close();
  }
  await hall.close();
});

test.each([
  { width: 768, height: 1024 },
  { width: 390, height: 844 },
])('each step fits a screen of $width px', async (viewport) => {
  const hall = await openStaffedHall();
  const opened = await openAs(browser, hall, 'administrator', '/setup#hall', { viewport, hasTouch: true });
  for (const step of STEPS) {
    await opened.goto(`${hall.url}/setup#${step}`);
    await opened.locator(`nav a[href="#${step}"][aria-current]`).waitFor();
    await takePicture(opened, `narrow-${viewport.width}-${step}`);
    expect(await findFaults(opened, FINGER_PX), step).toEqual([]);
    expect(await findProblems(opened), step).toEqual([]);
  }
  await opened.context().close();
  await hall.close();
});

test('what somebody else has changed meanwhile is told, and what was typed stays until it is let go', async () => {
  const hall = await openStaffedHall();
  const opened = await openAs(browser, hall, 'administrator', '/setup#hall');
  await field(opened, '大厅名称').fill('我的改名');
  const other = await hall.signIn('administrator');
  const { profile } = ((await other.ask('GET', '/api/setup')).body as SetupState).documents;
  const value = { ...profile.value, name: { zh: '别人的改名' } };
  expect((await other.ask('PUT', '/api/setup/profile', { version: profile.version, value })).status).toBe(200);
  await opened.getByRole('button', { name: '保存', exact: true }).click();
  await opened.getByText('别人刚改过这里').first().waitFor();
  expect(await field(opened, '大厅名称').inputValue()).toBe('我的改名');
  expect(hall.server.config.profile.name.zh).toBe('别人的改名');
  await opened.getByRole('button', { name: '载入最新内容' }).click();
  await opened.getByRole('button', { name: '载入最新内容' }).waitFor({ state: 'detached' });
  expect(await field(opened, '大厅名称').inputValue()).toBe('别人的改名');
  await opened.context().close();
  await hall.close();
});

test('a thousand items are pasted and saved; a manager is not let in', async () => {
  const hall = await openStaffedHall();
  const opened = await openAs(browser, hall, 'administrator', '/setup#items');
  const rows = Array.from({ length: 1_000 }, (_, i) => `第${i}项,X-${i},条线${i % 7},即办`);
  await field(opened, '从表格复制，粘贴在这里').fill(['事项名称,编码,条线,类型', ...rows].join('\n'));
  await opened.getByText('认出 1000 行').waitFor();
  await opened.getByRole('button', { name: '保存', exact: true }).click();
  await opened.getByText('现有 1000 项。').waitFor();
  expect(hall.server.config.items.get('X-999')).toMatchObject({ line: '条线5', kind: 'instant' });
  const manager = await openAs(browser, hall, 'manager', '/setup');
  await manager.getByText('您没有这项权限').waitFor();
  expect(await findProblems(manager)).toEqual([]);
  for (const one of [opened, manager]) await one.context().close();
  await hall.close();
});
