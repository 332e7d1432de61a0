// The way in, in a real browser on a real server: passwords, codes, changing over, a demo's ready accounts.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { offerDemoAccounts } from '../../server/demo/demo-accounts.ts';
import { openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { findFaults, giveNameAndPassword, openAs, openAt, PASSWORD, PHONE_SIZE } from './staff-pages.ts';

const NEW = 'lian-hua-lu-88-hao';

let browser: Browser;
let hall: StaffedHall;
beforeAll(async () => {
  [browser, hall] = await Promise.all([openBrowser(), openStaffedHall()]);
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

const pathOf = (page: Page) => page.url().slice(new URL(page.url()).origin.length);
const told = (page: Page, text: string) => page.getByRole('alert').filter({ hasText: text }).waitFor();

test('who is sent to sign in comes back to where they were, by keyboard alone', async () => {
  const page = await openAt(browser, `${hall.url}/accounts#audit`);
  await page.getByRole('heading', { name: '梅林街道政务服务大厅' }).waitFor();
  await page.getByLabel('工号').waitFor();
  await page.keyboard.type('manager');
  await page.keyboard.press('Enter');
  await page.getByText('请填写。').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.type('not my password');
  await page.keyboard.press('Enter');
  await told(page, '工号或密码不对。');
  // The wrong one is gone, and the next is typed at once.
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '操作记录' }).waitFor();
  expect(pathOf(page)).toBe('/accounts#audit');
  // Going back does not lead into the form again.
  expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(2);
  await page.context().close();
});

test.each(['//evil.example/', '/\\evil.example', '/x/..//evil.example', 'https://evil.example/', '/%09/evil.example'])(
  'nobody is led away by next=%s',
  async (next) => {
    const page = await openAt(browser, `${hall.url}/sign-in?next=${encodeURIComponent(next)}`);
    await giveNameAndPassword(page, 'administrator', PASSWORD);
    await page.waitForURL((url) => url.pathname !== '/sign-in');
    expect(new URL(page.url()).origin).toBe(new URL(hall.url).origin);
    await page.context().close();
  },
);

test('a password is shown and hidden, and capitals that are locked are told', async () => {
  const page = await openAt(browser, `${hall.url}/sign-in`);
  const field = page.getByLabel('密码', { exact: true });
  await field.fill('Abc');
  expect(await field.getAttribute('type')).toBe('password');
  await page.getByRole('button', { name: '显示 密码' }).click();
  expect(await field.getAttribute('type')).toBe('text');
  expect(await field.inputValue()).toBe('Abc');
  await page.getByRole('button', { name: '显示 密码' }).click();
  expect(await field.getAttribute('type')).toBe('password');
  await field.evaluate((input) =>
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'A', modifierCapsLock: true, bubbles: true })),
  );
  await page.getByText('大写锁定已打开').waitFor();
  // What a store of passwords fills in comes as a key that is none.
  await field.evaluate((input) => input.dispatchEvent(new Event('keydown', { bubbles: true })));
  await page.getByText('大写锁定已打开').waitFor({ state: 'detached' });
  await page.context().close();
});

test('who guessed too often is told for how long, and cannot press in vain', async () => {
  const page = await openAt(browser, `${hall.url}/sign-in`);
  const button = page.locator('form button[type=submit]').first();
  await page.getByLabel('工号').fill('elsewhere');
  for (let tries = 0; tries < 10; tries++) {
    await page.getByLabel('密码', { exact: true }).fill(`wrong ${tries}`);
    const answered = page.waitForResponse(/api\/session$/);
    await page.keyboard.press('Enter');
    if ((await answered).status() === 429) break;
  }
  await page
    .getByRole('alert')
    .filter({ hasText: /试错次数太多，请过 (\d+ 分 )?\d+ 秒再试。/ })
    .waitFor();
  expect(await button.isDisabled()).toBe(true);
  expect(await button.innerText()).toMatch(/^登录 \(\d+\)$/);
  await page.context().close();
});

test('the first administrator is made by the link of the set-up, which is out of the address at once', async () => {
  const empty = await openStaffedHall({ isEmpty: true });
  const page = await openAt(browser, `${empty.url}/sign-in#${empty.server.setUpCode}`);
  await page.getByRole('heading', { name: '设立系统管理员' }).waitFor();
  expect(pathOf(page)).toBe('/sign-in');
  expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(2);
  expect(await findProblems(page)).toEqual([]);
  await page.getByRole('button', { name: '设好并登录' }).click();
  await page.getByText('请填写。').first().waitFor();
  await page.getByLabel('工号').fill('../admin');
  await page.getByLabel('姓名').fill('示例管理员');
  await page.getByLabel('新密码', { exact: true }).fill(NEW);
  await page.getByLabel('再输一遍新密码', { exact: true }).fill(`${NEW}x`);
  await page.keyboard.press('Enter');
  await page.getByText('两遍输入的密码不一样。').waitFor();
  await page.getByLabel('再输一遍新密码', { exact: true }).fill(NEW);
  await page.keyboard.press('Enter');
  // What is wrong stands beside its field.
  await page.getByText('请检查这一项。').waitFor();
  expect(await page.getByLabel('工号').getAttribute('aria-invalid')).toBe('true');
  await page.getByLabel('工号').fill('admin');
  await page.getByLabel('新密码', { exact: true }).fill('1234567890');
  await page.getByLabel('再输一遍新密码', { exact: true }).fill('1234567890');
  await page.keyboard.press('Enter');
  await page.getByText('这个密码太短或太容易猜到').waitFor();
  await page.getByLabel('新密码', { exact: true }).fill(NEW);
  await page.getByLabel('再输一遍新密码', { exact: true }).fill(NEW);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '人员' }).waitFor();
  expect(pathOf(page)).toBe('/setup');
  expect(empty.access.accounts.assignmentsOf('admin')).toMatchObject([{ role: 'administrator' }]);
  await page.goto(`${empty.url}/sign-in#${empty.server.setUpCode}`);
  await told(page, '链接已用过');
  await page.context().close();
  await empty.close();
});

test('a code that was told is typed in, however it is written', async () => {
  const manager = await hall.signIn('manager');
  const { body } = await manager.ask('POST', '/api/accounts/second/code', {});
  const { code } = body as { code: string };
  const page = await openAt(browser, `${hall.url}/sign-in`);
  await page.getByText('有开通码').click();
  await page.getByLabel('开通码').fill('AAAA BBBB CCCC DDDD');
  await page.getByRole('button', { name: '下一步' }).click();
  await told(page, '链接已用过、已过 24 小时，或不完整。');
  await page.getByLabel('开通码').fill(code.toLowerCase().replace(/(.{4})/g, '$1 '));
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByRole('heading', { name: '重设密码' }).waitFor();
  expect(await page.locator('dd').allInnerTexts()).toEqual(['示例second', 'second']);
  await page.getByLabel('新密码', { exact: true }).fill(NEW);
  await page.getByLabel('再输一遍新密码', { exact: true }).fill(NEW);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/desk$/);
  await page.context().close();
});

test('at a shared PC another takes over by a name and a password', async () => {
  const page = await openAs(browser, hall, 'manager', '/sign-in?next=%2Faccounts');
  await page.getByText('本机已登录：示例manager（manager）').waitFor();
  await giveNameAndPassword(page, 'administrator', PASSWORD);
  await page.getByRole('link', { name: '密钥与屏幕' }).waitFor();
  await page.goto(`${hall.url}/sign-in`);
  await page.getByText('本机已登录：示例administrator').waitFor();
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.getByText('本机已登录').waitFor({ state: 'detached' });
  expect(await page.context().cookies()).toEqual([]);
  await page.context().close();
});

test('a demo offers its ready accounts, one press signs in; no other hall offers any', async () => {
  const demo = await openStaffedHall({ isEmpty: true, server: { demo: true, offerAccounts: offerDemoAccounts } });
  const page = await openAt(browser, `${demo.url}/sign-in`, { viewport: PHONE_SIZE });
  await page.getByText('演示数据', { exact: true }).waitFor();
  await page.getByRole('button', { name: '系统管理员' }).waitFor();
  expect(await page.getByRole('listitem').count()).toBe(6);
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page)).toEqual([]);
  await page.getByRole('button', { name: '大厅管理员' }).click();
  await page.waitForURL(/\/desk$/);
  await page.context().close();
  await demo.close();
  const other = await openAt(browser, `${hall.url}/sign-in`);
  await other.getByLabel('工号').waitFor();
  expect(await other.getByText('演示').count()).toBe(0);
  await other.context().close();
});

test('a server that cannot be reached is said, and asked again', async () => {
  const page = await openAt(browser, `${hall.url}/sign-in`);
  await page.getByLabel('工号').waitFor();
  await page.context().setOffline(true);
  await giveNameAndPassword(page, 'manager', PASSWORD);
  await told(page, '连不上大厅服务器');
  // What did not arrive need not be typed anew.
  expect(await page.getByLabel('密码', { exact: true }).inputValue()).toBe(PASSWORD);
  await page.context().setOffline(false);
  await page.locator('form button[type=submit]').first().click();
  await page.waitForURL(/\/desk$/);
  await page.context().close();
});

test.each(['zh-CN', 'en-GB'])('in %s, light and dark, at a desk and on telephones', async (locale) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await openAt(browser, `${hall.url}/sign-in`, { locale, colorScheme, hasTouch: true });
    await page.locator('form').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(locale === 'zh-CN' ? 'zh-CN' : 'en');
    await page.locator('summary').click();
    expect(await findProblems(page), colorScheme).toEqual([]);
    for (const width of [1366, 844, 390, 320]) {
      await page.setViewportSize({ width, height: 700 });
      expect(await findFaults(page), `${width}`).toEqual([]);
    }
    await page.context().close();
  }
});
