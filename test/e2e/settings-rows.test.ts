// Many rows and strange words on the page that keeps a hall up: rows are found, changed and pasted, flaws are led to, and nothing else changes.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Settings, SetupDocument } from '../../domain/wire/setup.ts';
import { openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { findFaults, openAs, takePicture } from './staff-pages.ts';

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

type Row = Record<string, unknown>;
const STRANGE = [
  '__proto__',
  'toString',
  'constructor',
  'day',
  `"引号" '单引号' \\ \``,
  '</script><script>document.title="劫"</script><img src=x onerror=alert(1)>',
  '长'.repeat(200),
  'مرحبا \u202Eabc\u202C עברית',
  '👩‍👩‍👧‍👦🏳️‍🌈',
];
const ITEMS = 3_000;
const STAFF = 500;

/** Saves a document as an administrator's program would. */
async function put(name: SetupDocument, change: (value: Row) => Row): Promise<void> {
  const administrator = await hall.signIn('administrator');
  const { documents } = (await administrator.ask('GET', '/api/settings')).body as Settings;
  const { version, value } = documents[name]!;
  const next = change(value as unknown as Row);
  const { status, body } = await administrator.ask('PUT', `/api/setup/${name}`, { version, value: next });
  expect(status, JSON.stringify(body)).toBe(200);
}
const readRows = (name: SetupDocument, field: string): string[] => {
  const value = JSON.parse(readFileSync(join(hall.folder, `documents/${name}.json`), 'utf8')) as Row;
  return (value[field] as Row[]).map((row) => JSON.stringify(row));
};

const dialog = (page: Page) => page.getByRole('dialog').last();
const press = (page: Page, name: string) => dialog(page).getByRole('button', { name, exact: true }).click();
async function saveAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: '查看修改并保存' }).click();
  await dialog(page).getByText('对已显示数字的影响').waitFor();
  await press(page, '保存');
  await page.getByText('已保存，现在就生效。').waitFor();
}
/** What a page would do that ran what somebody wrote. */
function watch(page: Page): string[] {
  const seen: string[] = [];
  page.on('pageerror', (error) => seen.push(error.message));
  page.on('dialog', (one) => {
    seen.push(one.message());
    void one.dismiss();
  });
  return seen;
}

test('of 3,000 items and 500 people with strange names one is found and changed, and every other row stays byte for byte', async () => {
  const names = (n: number, i: number) =>
    i % Math.floor(n / STRANGE.length) === 7 ? STRANGE[Math.floor((i * STRANGE.length) / n)]! : `第 ${i} 个`;
  await put('catalogue', (value) => ({
    ...value,
    items: Array.from({ length: ITEMS }, (_, i) => ({
      code: ['toString', 'valueOf', 'hasOwnProperty'][i] ?? `code-${i}`,
      name: names(ITEMS, i),
      line: 'tenancy',
      kind: 'instant',
      remark: { 手写: [i, null, ' 空格 '] },
    })),
  }));
  await put('profile', (value) => ({
    ...value,
    staff: [
      ...(value['staff'] as Row[]),
      ...Array.from({ length: STAFF }, (_, i) => ({
        id: `many-${i}`,
        name: names(STAFF, i),
        station: 'hall',
        remark: `第 ${i} 行`,
      })),
    ],
  }));
  const page = await openAs(browser, hall, 'administrator', '/settings#items');
  const seen = watch(page);
  for (const [section, list, document, field, count] of [
    ['items', '事项', 'catalogue', 'items', ITEMS],
    ['staff', '人员', 'profile', 'staff', readRows('profile', 'staff').length],
  ] as const) {
    await page.goto(`${hall.url}/settings#${section}`);
    const part = page.getByRole('region', { name: list, exact: true });
    // So many are looked at page by page: what stands there does not grow with what there is.
    await part.getByText(`共 ${count} 条`).waitFor();
    expect(await part.locator('tbody tr').count()).toBe(20);
    await part.getByRole('button', { name: '下一页' }).click();
    await part.getByText(/^第 2 \//).waitFor();
    expect(await findFaults(page), section).toEqual([]);
    for (const strange of STRANGE) {
      const before = readRows(document, field);
      await part.getByRole('searchbox').fill(strange.slice(0, 60).trim());
      const row = part.locator('tbody tr').filter({ hasText: strange }).last();
      await row.getByRole('button').click();
      expect(
        await dialog(page)
          .getByLabel(section === 'items' ? '名称' : '姓名', { exact: true })
          .inputValue(),
      ).toBe(strange);
      await press(page, '取消');
      expect(readRows(document, field)).toEqual(before);
    }
    await takePicture(page, `settings-strange-${section}`);
    const [before, strange] = [readRows(document, field), STRANGE[5]!];
    await part.getByRole('searchbox').fill(strange);
    await part.locator('tbody tr').getByRole('button').click();
    await dialog(page)
      .getByLabel(section === 'items' ? '名称' : '姓名', { exact: true })
      .fill(`改过 ${strange}`);
    await press(page, '确定');
    await saveAll(page);
    const after = readRows(document, field);
    const at = before.findIndex((row) => row.includes('onerror'));
    expect(after).toEqual(before.with(at, before[at]!.replace('"</script>', '"改过 </script>')));
    expect(await findFaults(page), section).toEqual([]);
  }
  expect(seen).toEqual([]);
  expect(await page.title()).not.toBe('劫');
  await page.context().close();
});

test('staff are pasted into the roster: a reason for each wrong line, all or nothing, and what the sheet does not tell stays', async () => {
  await put('profile', (value) => ({
    ...value,
    staff: [
      ...(value['staff'] as Row[]),
      { id: 'wang', name: '王旧名', station: 'hall', role: '窗口', until: '2099-12-31', remark: '手写' },
    ],
  }));
  const before = readRows('profile', 'staff');
  const page = await openAs(browser, hall, 'administrator', '/settings#staff');
  const seen = watch(page);
  await page.getByRole('button', { name: '从表格粘贴' }).click();
  const sheet = (...rows: string[]) =>
    dialog(page)
      .getByLabel('从表格复制，粘贴在这里')
      .fill(['工号\t姓名\t站点\t岗位', ...rows].join('\n'));
  await sheet(
    'wang\t王新名\t梅丰社区\t',
    '__proto__\t原型\t梅丰\t',
    'li\t\t梅丰\t',
    'zhao\t赵\t火星\t',
    'wang\t又一个\t梅丰\t',
    'qian\t13800138000\t梅丰\t',
  );
  for (const [line, reason] of [
    ['3', '工号 · 不能用作编号或名称'],
    ['4', '姓名 · 没有填'],
    ['5', '站点 · 没有这个站点 · “火星”'],
    ['6', '工号 · 与前面的行重复 · “wang”'],
    ['7', '姓名 · 像是电话或证件号'],
  ] as const)
    await dialog(page)
      .getByRole('row', { name: `${line} ${reason}` })
      .waitFor();
  expect(await dialog(page).getByRole('button', { name: '放进草稿' }).isDisabled()).toBe(true);
  await takePicture(page, 'settings-paste-staff');
  expect(await findProblems(page)).toEqual([]);
  await sheet('wang\t王新名\t梅丰社区\t', 'toString\t</script>周\t梅丰\t综合窗口');
  await press(page, '放进草稿');
  // It is a draft: nothing is in force before it was looked at.
  expect(readRows('profile', 'staff')).toEqual(before);
  await saveAll(page);
  const after = readRows('profile', 'staff');
  expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
  expect(after.slice(before.length - 1).map((row) => JSON.parse(row) as Row)).toEqual([
    { id: 'wang', name: '王新名', station: 'meifeng', role: '窗口', until: '2099-12-31', remark: '手写' },
    { id: 'toString', name: '</script>周', station: 'meifeng', role: '综合窗口' },
  ]);
  expect(seen).toEqual([]);
  await page.context().close();
});

test('a page on which nobody is changing anything follows a hand on the file, and says that it was one', async () => {
  const page = await openAs(browser, hall, 'manager', '/settings#targets');
  expect(await page.getByLabel('等候不超过（分钟）').inputValue()).toBe('15');
  const file = join(hall.folder, 'documents/profile.json');
  const value = JSON.parse(readFileSync(file, 'utf8')) as Row & { targets: Row };
  writeFileSync(file, JSON.stringify({ ...value, targets: { ...value.targets, waitMinutes: 21 } }));
  await expect.poll(() => hall.server.config.profile.targets.waitMinutes, { timeout: 20_000 }).toBe(21);
  await expect
    .poll(async () => {
      await page.evaluate(() => globalThis.dispatchEvent(new Event('focus')));
      return page.getByLabel('等候不超过（分钟）').inputValue();
    })
    .toBe('21');
  await page.getByText(/最近修改：.*直接改了文件/).waitFor();
  await page.context().close();
});

test('what is wrong stands at its row and its field, and the list above leads to it', async () => {
  const page = await openAs(browser, hall, 'administrator', '/settings#stations');
  await page.getByRole('button', { name: '站点：加一条' }).click();
  await dialog(page).getByLabel('编号').fill('new');
  await press(page, '确定');
  await page.goto(`${hall.url}/settings#targets`);
  await page.getByLabel('等候不超过（分钟）').fill('很久');
  await page.getByRole('button', { name: '查看修改并保存' }).click();
  const told = page.getByRole('alert');
  await told.getByRole('button', { name: /等候不超过（分钟）：要写数字/ }).waitFor();
  // At the field, with its reason.
  const field = page.getByLabel('等候不超过（分钟）');
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  await told.getByRole('button', { name: /等候不超过/ }).click();
  await expect.poll(() => field.evaluate((one) => one === document.activeElement)).toBe(true);
  await takePicture(page, 'settings-flaw-field');
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page)).toEqual([]);
  // In another part, in a row of a row: it is opened, and typing begins there.
  await told.getByRole('button', { name: /名称/ }).first().click();
  const name = dialog(page).getByLabel('中文', { exact: true });
  await expect.poll(() => name.evaluate((one) => one === document.activeElement)).toBe(true);
  await dialog(page).getByText('请填写').waitFor();
  await takePicture(page, 'settings-flaw-row');
  expect(await findProblems(page)).toEqual([]);
  await page.keyboard.type('新站点');
  // What was changed is not called wrong any more.
  await expect.poll(() => dialog(page).getByText('请填写').count()).toBe(0);
  await press(page, '确定');
  await press(page, '确定');
  await expect.poll(() => told.getByRole('button').count()).toBe(1);
  await page.context().close();
});
