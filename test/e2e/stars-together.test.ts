// Two managers at the weights of stars and the rules of conduct at once, each in a browser of their own: nothing that was typed is lost.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMovingClock } from '../server/moving-clock.ts';
import { openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { findFaults, openAs, takePicture } from './staff-pages.ts';

let first: Browser;
let second: Browser;
let hall: StaffedHall;
beforeAll(async () => {
  const clock = createMovingClock(Date.parse('2019-11-04T09:00:00+08:00'));
  [first, second, hall] = await Promise.all([openBrowser(), openBrowser(), openStaffedHall({ clock })]);
});
afterAll(async () => {
  await first.close();
  await second.close();
  await hall.close();
});

const weights = (page: Page) => page.getByRole('region', { name: '评分权重' });
const conduct = (page: Page) => page.getByRole('region', { name: '作风要求' });
const cell = (page: Page, name: string) => weights(page).getByLabel(name, { exact: true });
const lines = (page: Page) => conduct(page).getByLabel('条文（每行一条，每条最多 120 字）');
const UNSAVED = '没有保存。请看过对方的改动，再按一次保存。';
async function save(page: Page, label: '保存权重' | '保存条文'): Promise<void> {
  const saved = page.waitForResponse((reply) => reply.request().method() === 'PUT' && reply.ok());
  await page.getByRole('button', { name: label }).click();
  await saved;
  await page.getByText('已保存。', { exact: true }).waitFor();
}

test('weights that two change at once: what was typed stays, what the other changed is said, and is saved over when it was looked at', async () => {
  const mine = await openAs(first, hall, 'manager', '/stars');
  const theirs = await openAs(second, hall, 'manager', '/stars');
  await cell(mine, '岗位能手 加权办件量').fill('45');
  await cell(mine, '红旗窗口 最少办结件数').fill('20');
  await cell(theirs, '岗位能手 加权办件量').fill('50');
  await cell(theirs, '业务标兵 主动评价满意率').fill('30');
  await save(theirs, '保存权重');

  await mine.getByRole('button', { name: '保存权重' }).click();
  await mine.getByText(UNSAVED).waitFor();
  const note = weights(mine).getByRole('alert').filter({ hasText: '别人改了这里' });
  expect((await note.getByRole('listitem').allInnerTexts()).map((text) => text.trim())).toEqual([
    '业务标兵 主动评价满意率：20 → 30',
    '岗位能手 加权办件量：35 → 50 （您也改了这里，保留您填的）',
  ]);
  const read = (page: Page) =>
    Promise.all(
      ['岗位能手 加权办件量', '红旗窗口 最少办结件数', '业务标兵 主动评价满意率'].map((name) =>
        cell(page, name).inputValue(),
      ),
    );
  expect(await read(mine)).toEqual(['45', '20', '30']);
  expect(await findProblems(mine)).toEqual([]);
  expect(await findFaults(mine)).toEqual([]);
  await note.scrollIntoViewIfNeeded();
  await takePicture(mine, 'stars-weights-overtaken');
  await save(mine, '保存权重');
  await note.waitFor({ state: 'detached' });
  await theirs.reload();
  expect(await read(theirs)).toEqual(['45', '20', '30']);
  await mine.context().close();
  await theirs.context().close();
});

test('what is saved beside a draft leaves it, and a change of something else in the same document is no conflict', async () => {
  const mine = await openAs(first, hall, 'manager', '/stars');
  await cell(mine, '业务标兵 咨询解答').fill('12');
  await lines(mine).first().fill('示例条文：首问负责');
  await save(mine, '保存条文');
  expect(await cell(mine, '业务标兵 咨询解答').inputValue()).toBe('12');
  // Another month is another list of candidates, and the same draft.
  await mine.getByLabel('评选月份').selectOption('2019-11');
  await mine.getByText('本月尚未结束，得分还会变化。').waitFor();
  expect(await cell(mine, '业务标兵 咨询解答').inputValue()).toBe('12');
  const administrator = await hall.signIn('administrator');
  const { documents } = (await administrator.ask('GET', '/api/setup')).body as {
    documents: { profile: { version: string; value: object } };
  };
  const { version, value } = documents.profile;
  const changed = { version, value: { ...value, supervisionTelephone: '0755-00000001' } };
  expect((await administrator.ask('PUT', '/api/setup/profile', changed)).status).toBe(200);
  await save(mine, '保存权重');
  expect(await mine.getByText(UNSAVED).count()).toBe(0);
  await mine.reload();
  expect(await cell(mine, '业务标兵 咨询解答').inputValue()).toBe('12');
  const after = (await administrator.ask('GET', '/api/setup')).body as typeof changed & { documents: typeof documents };
  expect(after.documents.profile.value).toMatchObject({ supervisionTelephone: '0755-00000001' });
  await mine.context().close();
});

test('rules of conduct that two write at once hold the lines of both', async () => {
  const mine = await openAs(first, hall, 'manager', '/stars');
  const theirs = await openAs(second, hall, 'manager', '/stars');
  await lines(mine).first().fill('示例条文：首问负责\n示例条文：我写的一条');
  await lines(theirs).first().fill('示例条文：对方写的一条\n示例条文：首问负责');
  await save(theirs, '保存条文');
  await mine.getByRole('button', { name: '保存条文' }).click();
  await mine.getByText(UNSAVED).waitFor();
  const note = conduct(mine).getByRole('alert').filter({ hasText: '别人改了这里' });
  await note.getByText('窗口服务规范（示例）：（无） → 示例条文：对方写的一条').waitFor();
  const both = '示例条文：对方写的一条\n示例条文：首问负责\n示例条文：我写的一条';
  expect(await lines(mine).first().inputValue()).toBe(both);
  await takePicture(mine, 'stars-conduct-overtaken', { fullPage: true });
  await save(mine, '保存条文');
  await theirs.reload();
  expect(await lines(theirs).first().inputValue()).toBe(both);
  // Whoever would rather have the other's takes it.
  await lines(theirs).first().fill('示例条文：另写');
  await lines(mine).first().fill('示例条文：三');
  await save(mine, '保存条文');
  await theirs.getByRole('button', { name: '保存条文' }).click();
  await theirs.getByText(UNSAVED).waitFor();
  await theirs.getByRole('button', { name: '放弃我填的，用对方的' }).click();
  expect(await lines(theirs).first().inputValue()).toBe('示例条文：三');
  await mine.context().close();
  await theirs.context().close();
});
