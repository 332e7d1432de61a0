// A hall that is at work, kept up by browsers: two who change at once, a hand on the file, a version brought back, and every part looked at.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { SECTION_ORDER } from '../../domain/settings/sections.ts';
import { openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { FINGER_PX, findFaults, openAs, openAt, PHONE_SIZE, takePicture } from './staff-pages.ts';

let browser: Browser;
let hall: StaffedHall;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  hall = await openStaffedHall();
});
afterEach(() => hall.close());

const goTo = async (page: Page, section: string): Promise<void> => {
  await page.goto(`${page.url().split('#')[0]}#${section}`);
  await page.locator(`nav a[href="#${section}"][aria-current]`).waitFor();
};
const review = (page: Page) => page.getByRole('button', { name: '查看修改并保存' }).click();
const save = (page: Page) => page.getByRole('dialog').getByRole('button', { name: '保存', exact: true }).click();
const saved = (page: Page) => page.getByText('已保存，现在就生效。').waitFor();

test('two managers at once: what does not touch is merged, what does is chosen', async () => {
  const [one, two] = await Promise.all(
    ['manager', 'administrator'].map((who) => openAs(browser, hall, who as 'manager', '/settings#targets')),
  );
  await one!.getByLabel('等候不超过（分钟）').fill('12');
  await one!.getByLabel('等候人数超过').fill('6');
  await two!.getByLabel('等候不超过（分钟）').fill('25');
  await two!.getByLabel('即将超期（小时）').fill('9');
  await review(two!);
  await two!.getByText('此刻、今日、本月、本年的数字都不变。').waitFor();
  await save(two!);
  await saved(two!);
  await review(one!);
  await save(one!);
  await one!.getByText('刚才有人也改了').waitFor();
  await takePicture(one!, 'settings-conflict');
  expect(await findProblems(one!)).toEqual([]);
  await one!.getByText('用我的：12').click();
  await save(one!);
  await saved(one!);
  expect(hall.server.config.profile.targets).toMatchObject({ waitMinutes: 12, queue: 6, dueSoonHours: 9 });
  for (const page of [one!, two!]) await page.context().close();
});

test('one takes a row away while another changes it: whoever saves second is asked, and sees both', async () => {
  const [editor, remover] = await Promise.all(
    ['one', 'other'].map(() => openAs(browser, hall, 'administrator', '/settings#windows')),
  );
  const openRow = async (page: Page) => {
    await page.getByRole('button', { name: '改 梅林街道政务服务大厅 02', exact: true }).click();
    return page.getByRole('dialog');
  };
  const labelOf = () => hall.server.config.profile.windows.find(({ id }) => id === 'w02')?.label;
  const editing = await openRow(editor!);
  await editing.getByLabel('窗口号').fill('02A');
  await editing.getByRole('button', { name: '确定' }).click();
  await (await openRow(remover!)).getByRole('button', { name: '移除' }).click();
  await review(remover!);
  await save(remover!);
  await saved(remover!);
  expect(labelOf()).toBeUndefined();
  await review(editor!);
  await save(editor!);
  await editor!.getByText('刚才有人也改了').waitFor();
  await takePicture(editor!, 'settings-conflict-removed');
  // Nothing is saved before it is chosen.
  const button = editor!.getByRole('dialog').getByRole('button', { name: '保存', exact: true });
  expect(await button.isEnabled()).toBe(false);
  await editor!.getByText(/^用我的：/).click();
  await save(editor!);
  await saved(editor!);
  expect(labelOf()).toBe('02A');
  for (const page of [editor!, remover!]) await page.context().close();
});

test('a file that is edited by hand while the page is open is told, and is not overwritten', async () => {
  const page = await openAs(browser, hall, 'manager', '/settings#notices');
  await page.getByRole('button', { name: '公告：加一条' }).click();
  await page.getByRole('dialog').getByLabel('中文').fill('周五下午盘点，三点后不取号');
  await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
  const file = join(hall.folder, 'documents/noticeboard.json');
  const before = JSON.parse(readFileSync(file, 'utf8')) as { notices: object[] };
  const remark = '谁也不认识的一行';
  writeFileSync(file, JSON.stringify({ ...before, remark, notices: [...before.notices, { zh: '手写的公告' }] }));
  await expect
    .poll(() => hall.server.config.noticeboard.notices.length, { timeout: 20_000 })
    .toBe(before.notices.length + 1);
  await review(page);
  await save(page);
  await page.getByText('直接改了文件').first().waitFor();
  await save(page);
  await saved(page);
  const after = JSON.parse(readFileSync(file, 'utf8')) as typeof before;
  expect(after).toMatchObject({ remark, version: 2 });
  expect(
    after.notices
      .slice(before.notices.length)
      .map((one) => (one as { zh: string }).zh)
      .sort(),
  ).toEqual(['周五下午盘点，三点后不取号', '手写的公告'].sort());
  await page.context().close();
});

test('what is wrong is told at its row in Chinese, and a version is brought back', async () => {
  const page = await openAs(browser, hall, 'administrator', '/settings#stations');
  await page.getByRole('button', { name: '改 梅丰社区' }).click();
  await page.getByRole('dialog').getByLabel('取号起始日').fill('2026-01-05');
  await page.getByRole('dialog').getByLabel('简称', { exact: true }).fill('梅丰站');
  await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
  await review(page);
  await page.getByRole('dialog').getByText('站点 › 梅丰社区 › 简称').waitFor();
  await takePicture(page, 'settings-review');
  expect(await findProblems(page)).toEqual([]);
  await save(page);
  await saved(page);
  expect(hall.server.config.stations.get('meifeng')).toMatchObject({ short: '梅丰站', ticketsFrom: '2026-01-05' });
  await page.getByRole('button', { name: '站点：加一条' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
  await review(page);
  await page.getByText('请填写').first().waitFor();
  expect(await page.locator('[role=alert]').innerText()).not.toMatch(/[a-z]{3}/);
  await takePicture(page, 'settings-flaws');
  await page.getByRole('button', { name: '放弃修改' }).click();
  await goTo(page, 'versions');
  await page.getByRole('button', { name: /^比较 1-/ }).click();
  await page.getByRole('dialog').getByText('梅丰站').first().waitFor();
  await takePicture(page, 'settings-compare');
  await page.getByRole('button', { name: '恢复成这一版' }).click();
  await save(page);
  await saved(page);
  expect(hall.server.config.stations.get('meifeng')).toMatchObject({ short: '梅丰' });
  expect(hall.server.config.profile.version).toBe(3);
  await page.context().close();
});

test('a key is made, shown once, and ends', async () => {
  const page = await openAs(browser, hall, 'administrator', '/settings#keys');
  await page.getByRole('button', { name: '新建密钥' }).click();
  await page.getByRole('dialog').getByLabel('用途').fill('叫号系统');
  await page.getByRole('dialog').getByLabel('数据来源').fill('urn:queue');
  await page.getByRole('dialog').getByRole('button', { name: '新建密钥' }).click();
  const secret = await page.getByLabel('叫号系统：请现在抄走').inputValue();
  expect(hall.access.findIngestKey(secret)).toMatchObject({ label: '叫号系统', sources: ['urn:queue'] });
  await takePicture(page, 'settings-keys');
  expect(await findProblems(page)).toEqual([]);
  await page.reload();
  await page.getByRole('button', { name: '停用 叫号系统' }).waitFor();
  expect(await page.content()).not.toContain(secret);
  await page.getByRole('button', { name: '停用 叫号系统' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '停用', exact: true }).click();
  await page.getByRole('button', { name: '停用 叫号系统' }).waitFor({ state: 'detached' });
  expect(hall.access.findIngestKey(secret)).toBeUndefined();
  await page.context().close();
});

test('a key that is renewed goes on for an hour unless it is said otherwise, and can be ended before', async () => {
  const old = hall.access.ingestKeys.add({ hall: 'meilin', label: '排队系统', sources: ['urn:renewed'] });
  const page = await openAs(browser, hall, 'administrator', '/settings#keys');
  await page.getByRole('button', { name: '换新 排队系统' }).click();
  const dialog = page.getByRole('dialog');
  expect(await dialog.getByLabel('旧的继续可用').inputValue()).toBe('60');
  await dialog.getByText('旧的在选定的时间内照常可用').waitFor();
  expect(await findProblems(page)).toEqual([]);
  await takePicture(page, 'settings-renew');
  const before = Date.now();
  await dialog.getByRole('button', { name: '换新', exact: true }).click();
  const secret = await page.getByLabel('排队系统：请现在抄走').inputValue();
  // Both send: nothing stops before the new one is put into the system.
  expect(hall.access.findIngestKey(secret)).toMatchObject({ label: '排队系统', sources: ['urn:renewed'] });
  expect(hall.access.findIngestKey(old.secret)).toMatchObject({ id: old.id });
  const { revokedAt } = hall.access.ingestKeys.list().find(({ id }) => id === old.id)!;
  expect(revokedAt! - before).toBeGreaterThanOrEqual(3_600_000);
  expect(revokedAt! - Date.now()).toBeLessThanOrEqual(3_600_000);
  const row = page.getByRole('row').filter({ hasText: old.id });
  await row.getByText(/^可用到 \d{4}-\d{2}-\d{2} \d{2}:\d{2}$/).waitFor();
  await takePicture(page, 'settings-renewed');
  await row.getByRole('button', { name: '停用 排队系统' }).click();
  await dialog.getByRole('button', { name: '停用', exact: true }).click();
  await row.getByRole('button').first().waitFor({ state: 'detached' });
  await row.getByText(/停用$/).waitFor();
  expect(hall.access.findIngestKey(old.secret)).toBeUndefined();
  expect(hall.access.findIngestKey(secret)).toBeDefined();
  // At once, where that is wanted.
  await page.getByRole('button', { name: '换新 排队系统' }).click();
  await dialog.getByLabel('旧的继续可用').selectOption('0');
  await dialog.getByRole('button', { name: '换新', exact: true }).click();
  await page.getByLabel('排队系统：请现在抄走').waitFor();
  expect(hall.access.findIngestKey(secret)).toBeUndefined();
  await page.context().close();
});

test('a display is made for a window’s tablet, and its token opens that page', async () => {
  const page = await openAs(browser, hall, 'administrator', '/settings#keys');
  await page.getByRole('button', { name: '新建令牌' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('用途').fill('一号窗口平板');
  await dialog.getByLabel('打开什么').selectOption('rate');
  await dialog.getByLabel('窗口', { exact: true }).selectOption('w01');
  await dialog.getByRole('button', { name: '新建令牌' }).click();
  const secret = await page.getByLabel('一号窗口平板：请现在抄走').inputValue();
  expect(hall.access.findDisplayToken(secret)).toMatchObject({ label: '一号窗口平板', audience: { rate: 'w01' } });
  await page.getByRole('row').filter({ hasText: '一号窗口平板' }).getByText('在用').waitFor();
  await takePicture(page, 'settings-display-made');
  const tablet = await openAt(browser, `${hall.url}/rate/w01?token=${secret}`);
  await tablet.locator('main[data-turn=idle]').waitFor();
  await tablet.context().close();
  await page.context().close();
});

test.each([
  { width: 1366, height: 768, locale: 'zh-CN' },
  { width: 1920, height: 1080, locale: 'en-GB' },
  { ...PHONE_SIZE, locale: 'zh-CN' },
])('every part fits $width px in $locale', async ({ width, height, locale }) => {
  const isPhone = width < 500;
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await openAs(browser, hall, 'administrator', '/settings', {
      viewport: { width, height },
      locale,
      hasTouch: isPhone,
      colorScheme,
    });
    for (const section of [...SECTION_ORDER, 'keys', 'versions']) {
      await goTo(page, section);
      await takePicture(page, `settings-${width}-${colorScheme}-${section}`);
      expect(await findProblems(page), section).toEqual([]);
      expect(await findFaults(page, isPhone ? FINGER_PX : undefined), section).toEqual([]);
    }
    await page.context().close();
  }
});

test('each row has a name of its own for whoever only hears it: windows of two stations are no two of one name', async () => {
  const page = await openAs(browser, hall, 'administrator', '/settings#windows');
  const edits = page.getByRole('region', { name: '窗口', exact: true }).getByRole('button', { name: /^改 / });
  await edits.first().waitFor();
  // All of them stand on two pages.
  const names = await edits.evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label')));
  expect(await page.getByRole('rowheader', { name: '梅丰社区 01', exact: true }).count()).toBe(1);
  await takePicture(page, 'settings-windows');
  await page.getByRole('button', { name: '下一页' }).click();
  await page.getByRole('button', { name: '改 新兴社区 01' }).waitFor();
  names.push(...(await edits.evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label')))));
  expect(names).toHaveLength(hall.server.config.profile.windows.length);
  expect(new Set(names).size).toBe(names.length);
  await page.context().close();
});
