// The page of accounts in a real browser on a real server: substitutes, invitations, sessions, leaving, and the audit.
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAccess } from '../../server/access/access.ts';
import { KEY, openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { readCode } from './read-code.ts';
import { findFaults, giveNameAndPassword, openAs, openAt, PASSWORD, PHONE_SIZE } from './staff-pages.ts';

const NEW = 'lian-hua-lu-88-hao';
/** What a name may hold that a page could take for its own. */
const ODD_NAME = `<b>"'&{x}</b>`;
const CROWD = 600;

let browser: Browser;
let hall: StaffedHall;
beforeAll(async () => {
  [browser, hall] = await Promise.all([openBrowser(), openStaffedHall()]);
  const { accounts } = hall.access;
  accounts.change('command:test', () => {
    for (let i = 0; i < CROWD; i++) {
      accounts.addAccount(`x${i}`, i === 0 ? ODD_NAME : `群众演员${i}`);
      accounts.addAssignment(`x${i}`, { role: 'clerk', station: 'meifeng' });
    }
  });
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

const row = (page: Page, staff: string): Locator =>
  page.locator('tbody tr').filter({ has: page.getByText(staff, { exact: true }) });

async function openPerson(page: Page, staff: string): Promise<Locator> {
  await page.getByLabel('查找').fill(staff);
  await row(page, staff).getByRole('button').click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  return dialog;
}

test('six hundred people are shown a stretch at a time, and found by name, id and station', async () => {
  const page = await openAs(browser, hall, 'manager', '/accounts');
  await page.getByText(`共 ${CROWD + 7} 人`).waitFor();
  expect(await page.locator('tbody tr').count()).toBe(60);
  await page.getByRole('button', { name: '再显示 60 人' }).click();
  expect(await page.locator('tbody tr').count()).toBe(120);
  await page.getByLabel('查找').fill('x599');
  await page.getByText(`1 人，共 ${CROWD + 7} 人`).waitFor();
  await page.getByLabel('查找').fill(ODD_NAME);
  expect(await page.locator('tbody th').allInnerTexts()).toEqual([`${ODD_NAME} x0`]);
  await page.getByLabel('查找').fill('');
  await page.getByLabel('站点', { exact: true }).selectOption({ label: '全大厅岗位' });
  expect(await page.locator('tbody th').allInnerTexts()).toEqual([
    '示例administrator administrator',
    '示例leader leader',
    '示例manager manager',
  ]);
  await page.getByLabel('查找').fill('nobody at all');
  await page.getByText('没有符合条件的人。').waitFor();
  await page.context().close();
});

test('a substitute is a station and two days', async () => {
  const page = await openAs(browser, hall, 'manager', '/accounts');
  const dialog = await openPerson(page, 'clerk');
  await dialog.getByRole('button', { name: '增加岗位' }).click();
  await dialog.getByRole('button', { name: '加上' }).click();
  await dialog.getByText('请填写。').waitFor();
  await dialog.getByLabel('站点').selectOption({ label: '梅丰社区' });
  await dialog.getByLabel('从').fill('2099-05-03');
  await dialog.getByLabel('到', { exact: true }).fill('2099-05-01');
  await dialog.getByRole('button', { name: '加上' }).click();
  await dialog.getByText('结束日不能早于开始日。').waitFor();
  await dialog.getByLabel('到', { exact: true }).fill('2099-05-05');
  await dialog.getByRole('button', { name: '加上' }).click();
  await dialog.getByText('2099年5月3日至2099年5月5日').waitFor();
  expect(hall.access.accounts.assignmentsOf('clerk')).toMatchObject([
    { role: 'clerk', station: 'hall' },
    { role: 'clerk', station: 'meifeng', from: '2099-05-03', until: '2099-05-05' },
  ]);
  // And it can be ended before.
  await dialog.getByRole('button', { name: '结束岗位：窗口人员 · 梅丰社区' }).click();
  await dialog.getByLabel('做到哪一天').fill('2099-05-04');
  await dialog.getByRole('button', { name: '确定结束' }).click();
  await dialog.getByText('2099年5月3日至2099年5月4日').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  // Whoever goes by the keyboard is where they were.
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('管理 示例clerk');
  await row(page, 'clerk').getByText('顶岗').waitFor();
  await page.context().close();
});

test('an invitation is shown once, and a telephone that scans it opens the account', async () => {
  const page = await openAs(browser, hall, 'manager', '/accounts');
  await page.getByRole('button', { name: '新建账号' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('手工填写').click();
  await dialog.getByRole('button', { name: '建好并生成链接' }).click();
  expect(await dialog.getByText('请填写。').count()).toBe(3);
  await dialog.getByLabel('工号').fill('clerk');
  await dialog.getByLabel('姓名').fill('示例新人');
  await dialog.getByLabel('角色').selectOption({ label: '领导' });
  await dialog.getByText('看全大厅的数据和报表').waitFor();
  expect(await dialog.getByLabel('站点').count()).toBe(0);
  await dialog.getByLabel('角色').selectOption({ label: '站长' });
  await dialog.getByLabel('站点').selectOption({ label: '梅丰社区' });
  // A manager makes no manager.
  expect(await dialog.getByLabel('角色').locator('option').allInnerTexts()).toEqual(['窗口人员', '站长', '领导']);
  await dialog.getByRole('button', { name: '建好并生成链接' }).click();
  await dialog.getByText('这个工号已有账号。').waitFor();
  await dialog.getByLabel('工号').fill('新人01');
  await dialog.getByRole('button', { name: '建好并生成链接' }).click();
  await page.getByRole('dialog', { name: '开通链接 · 示例新人' }).waitFor();
  const address = await dialog.getByLabel('链接', { exact: true }).inputValue();
  const { text, squarePx, quiet } = await readCode(browser, dialog.locator('img'));
  expect(text).toBe(address);
  expect(squarePx).toBeGreaterThanOrEqual(4);
  expect(quiet).toBeGreaterThanOrEqual(4);
  expect(await findProblems(page)).toEqual([]);
  // This browser's page is on a host of its own, which may copy; over plain HTTP from another host it selects.
  await dialog.getByRole('button', { name: '复制' }).click();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(address);
  await dialog.getByRole('button', { name: '完成' }).click();
  await page.getByLabel('查找').fill('新人01');
  await row(page, '新人01').getByText('待开通').waitFor();
  expect(await page.content()).not.toContain(address.split('#')[1]);

  const phone = await openAt(browser, `${hall.url}/sign-in#${address.split('#')[1]}`, { viewport: PHONE_SIZE });
  await phone.getByRole('heading', { name: '开通账号' }).waitFor();
  await phone.getByLabel('新密码', { exact: true }).fill(NEW);
  await phone.getByLabel('再输一遍新密码', { exact: true }).fill(NEW);
  await phone.getByRole('button', { name: '设好并登录' }).click();
  await phone.waitForURL(/\/desk$/);
  await phone.context().close();
  await page.context().close();
});

test('who leaves is signed out at once, and their account is kept to be looked at', async () => {
  const gone = await openAs(browser, hall, 'second', '/accounts');
  await gone.getByRole('heading', { name: '我的账号' }).waitFor();
  const page = await openAs(browser, hall, 'manager', '/accounts');
  const dialog = await openPerson(page, 'second');
  await dialog.getByRole('button', { name: '离岗' }).click();
  await dialog.getByRole('button', { name: '确定让 示例second 离岗' }).click();
  await dialog.getByText('请填写。').waitFor();
  await dialog.getByLabel('手上的督办事项交给').selectOption({ label: '示例lead · lead' });
  await dialog.getByRole('button', { name: '确定让 示例second 离岗' }).click();
  await dialog.getByText('已离岗。').waitFor();
  await expect.poll(() => dialog.getByRole('button').count()).toBe(1);
  await page.keyboard.press('Escape');
  await page.getByText('没有符合条件的人。').waitFor();
  await page.getByLabel('显示已离岗').check();
  await row(page, 'second').getByText('已离岗').waitFor();
  // The next thing that they ask for leads them to the form.
  await gone.reload();
  await gone.waitForURL(/\/sign-in\?next=/);
  await gone.context().close();
  await page.context().close();
});

test('a manager cuts a session of another, and is not offered what is not theirs to do', async () => {
  const other = await openAs(browser, hall, 'lead', '/accounts');
  await other.getByRole('heading', { name: '我的账号' }).waitFor();
  expect(await other.locator('nav.tabs a').allInnerTexts()).toEqual(['我的账号']);
  await other.getByText('站长 · 梅林街道政务服务大厅').waitFor();
  const page = await openAs(browser, hall, 'manager', '/accounts');
  const dialog = await openPerson(page, 'lead');
  await dialog.getByRole('button', { name: /^下线/ }).first().click();
  await dialog.getByText('现在没有登录。').waitFor();
  await page.keyboard.press('Escape');
  for (const staff of ['administrator', 'manager']) {
    const above = await openPerson(page, staff);
    await above.getByText('这个账号不能由您修改').waitFor();
    expect(await above.getByRole('button', { name: /离岗|增加岗位|链接/ }).count()).toBe(0);
    await page.keyboard.press('Escape');
  }
  await other.reload();
  await other.waitForURL(/\/sign-in\?next=/);
  await other.context().close();
  await page.context().close();
});

test('a leader’s telephone that stays signed in asks for the password before it changes anything', async () => {
  await hall.signIn('leader');
  const phone = await openAt(browser, `${hall.url}/sign-in?next=%2Faccounts`, { viewport: PHONE_SIZE, hasTouch: true });
  await phone.getByLabel('本人手机，保持 30 天（只读）').check();
  await giveNameAndPassword(phone, 'leader', PASSWORD);
  await phone.waitForURL('**/accounts');
  await phone.getByText('本人手机').waitFor();
  // As if thirteen hours had gone by.
  const before = openAccess(hall.folder, { now: () => Date.now() - 13 * 3_600_000 });
  for (const { id, staff } of hall.access.accounts.sessions())
    if (staff === 'leader') before.accounts.noteConfirmed(id);
  before.close();
  const end = phone.getByRole('button', { name: /^下线/ });
  await end.click();
  await phone.getByRole('dialog', { name: '请先确认是本人' }).waitFor();
  expect(await findProblems(phone)).toEqual([]);
  await phone.keyboard.press('Escape');
  expect(await end.count()).toBe(1);
  await end.click();
  await phone.getByRole('dialog').getByLabel('密码', { exact: true }).fill(PASSWORD);
  await phone.keyboard.press('Enter');
  await end.waitFor({ state: 'detached' });
  await phone.context().close();
});

test('one’s own password is changed by knowing the old one', async () => {
  const page = await openAs(browser, hall, 'elsewhere', '/accounts');
  const fill = async (old: string, next: string) => {
    await page.getByLabel('现在的密码', { exact: true }).fill(old);
    await page.getByLabel('新密码', { exact: true }).fill(next);
    await page.getByLabel('再输一遍新密码', { exact: true }).fill(next);
    await page.getByRole('button', { name: '修改', exact: true }).click();
  };
  await fill('not my password', NEW);
  await page.getByText('工号或密码不对。').waitFor();
  await fill(PASSWORD, 'password123');
  await page.getByText('这个密码太短或太容易猜到').waitFor();
  await fill(PASSWORD, NEW);
  await page.getByText('密码已修改').waitFor();
  const signIn = (password: string) => hall.browser().ask('POST', '/api/session', { staff: 'elsewhere', password });
  expect([(await signIn(PASSWORD)).status, (await signIn(NEW)).status]).toEqual([401, 200]);
  await page.context().close();
});

test('the audit tells who did what, a page at a time', async () => {
  const browserOfClerk = await hall.signIn('clerk');
  for (let i = 0; i < 55; i++) await browserOfClerk.ask('POST', '/api/session', { staff: 'clerk', password: PASSWORD });
  const page = await openAs(browser, hall, 'administrator', '/accounts#audit');
  // Changes of accounts are told to the ledger within seconds.
  await expect
    .poll(
      async () => {
        await page.reload();
        await page.locator('tbody tr').first().waitFor();
        return page.locator('tbody tr').count();
      },
      { timeout: 60_000 },
    )
    .toBe(50);
  const first = await page.locator('tbody tr').first().innerText();
  expect(await page.getByRole('button', { name: '较新的' }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: '较早的' }).click();
  await page.getByRole('button', { name: '较新的' }).and(page.locator(':enabled')).waitFor();
  expect(await page.locator('tbody tr').first().innerText()).not.toBe('');
  await page.getByRole('button', { name: '较新的' }).click();
  await page
    .locator('tbody tr')
    .filter({ hasText: first.split('\t')[0]! })
    .first()
    .waitFor();
  await page.getByLabel('谁').selectOption({ label: '示例second · second' });
  await page.locator('tbody tr').filter({ hasText: '示例manager' }).filter({ hasText: '离岗' }).waitFor();
  await page.context().close();
});

test('keys are listed for administrators, and lead to where they are made', async () => {
  const page = await openAs(browser, hall, 'administrator', '/accounts#keys');
  await page.getByRole('heading', { name: '接入密钥' }).waitFor();
  expect(await page.content()).not.toContain(KEY);
  await page.getByRole('link', { name: '去新建和停用' }).click();
  await page.getByRole('button', { name: '新建密钥' }).waitFor();
  await page.context().close();
});

test.each(['zh-CN', 'en-GB'])('every part in %s, light and dark, at a desk and on telephones', async (locale) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await openAs(browser, hall, 'administrator', '/accounts', { locale, colorScheme });
    const check = async (part: string) => {
      expect(await findProblems(page), `${part} ${colorScheme}`).toEqual([]);
      for (const width of [1366, 844, 390, 320]) {
        await page.setViewportSize({ width, height: 768 });
        expect(await findFaults(page), `${part} ${width}`).toEqual([]);
      }
      await page.setViewportSize({ width: 1366, height: 768 });
    };
    for (const part of ['people', 'audit', 'keys', 'mine']) {
      await page.goto(`${hall.url}/accounts#${part}`);
      await page
        .locator(part === 'mine' ? 'main form' : 'tbody tr, main section')
        .first()
        .waitFor();
      await check(part);
    }
    await page.goto(`${hall.url}/accounts#people`);
    await page.locator('input[type=search]').fill('clerk');
    await page.locator('tbody button').first().click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('section button').first().waitFor();
    for (const name of [/^(增加岗位|Add an assignment)$/, /^(离岗|Leave)$/])
      await dialog.getByRole('button', { name }).click();
    await check('a person');
    await page.keyboard.press('Escape');
    await page.locator('.tools button').click();
    await check('a new account');
    await page.context().close();
  }
});
