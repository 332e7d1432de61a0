// What a lead, a manager and a leader do, by the keyboard alone: every step is reached, the focus is seen at each and never lost.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KEY, type Who } from '../server/staffed-hall.ts';
import { openDayHall, type DayHall } from './day-hall.ts';
import {
  caseAccepted,
  caseFinished,
  expectEnd,
  expectNext,
  ticketStep,
  ticketTaken,
  voided,
  type Diary,
} from './diary.ts';
import { countPointers, enter, expectFocus, expectNoPointer, tabTo } from './keyboard.ts';
import { DESK_SIZE, PASSWORD } from './staff-pages.ts';

const DAY = '2026-11-26';
const ticket = (number: string): string => `${DAY}/hall/${number}`;

let day: DayHall;
let diary: Diary;
beforeAll(async () => {
  day = await openDayHall(DAY, '09:30');
  ({ diary } = day);
});
afterAll(() => day.close());

/** What another system said before. */
async function tell(id: string, type: string, time: string, data: object): Promise<void> {
  const event = { specversion: '1.0', source: 'urn:other', id, type, time, data: { station: 'hall', ...data } };
  const { status } = await day.hall.browser().ask('POST', '/api/events', event, { Authorization: `Bearer ${KEY}` });
  expect(status).toBe(200);
  diary.told++;
}

/** Signs in with the keys, and is on `path`. */
async function come(who: Who, path: string): Promise<Page> {
  const page = await (await day.browser.newContext({ viewport: DESK_SIZE, locale: 'zh-CN' })).newPage();
  await countPointers(page);
  await page.goto(`${day.hall.url}/sign-in?next=${encodeURIComponent(path)}`);
  await expectFocus(page, '工号');
  await page.keyboard.type(who);
  await tabTo(page, '密码');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${path}`);
  return page;
}
async function go(page: Page): Promise<void> {
  await expectNoPointer(page);
  await page.context().close();
}

test('a lead gives a number, takes an alarm, voids what a clerk mistyped, and ends the queue', async () => {
  const clerk = await day.sitDown('clerk');
  await clerk.record('seyb', '少儿医保');
  const wrong = await expectNext(
    diary,
    caseAccepted('clerk', { item: 'mi-01', handling: 'instant' }),
    caseFinished('clerk', {}),
  );
  await clerk.page.context().close();

  const page = await come('lead', '/desk');
  await page.getByText('已连接').waitFor();
  const part = (name: string) => enter(page, new RegExp(`^${name}`), 'Shift+Tab');
  await enter(page, '排队');
  await enter(page, '取号');
  await expectNext(diary, ticketTaken(ticket('A001'), 'staff:lead'));

  await part('其他登记');
  await enter(page, '缺纸');
  const terminal = { station: 'hall', terminal: 'terminal-social-insurance', status: 'out-of-paper' };
  await expectNext(diary, ['hall.terminal.changed', 'staff:lead', terminal]);
  await expectFocus(page);
  await day.goTo(DAY, '09:34');
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^告警\s*1/ })
    .waitFor();
  await part('告警');
  await enter(page, '签收');
  await expectNext(diary, [
    'hall.alarm.taken',
    'staff:lead',
    { alarm: expect.stringContaining('terminal') as string, by: 'lead' },
  ]);
  await page.getByText('示例lead 已签收').waitFor();
  await expectFocus(page);

  await part('更正');
  await enter(page, /^作废 09:30 少儿医保/);
  await enter(page, '录错事项');
  await expectNext(diary, ...wrong.map((one) => voided(one, 'lead', { reason: '录错事项' })));
  await page.getByText('已作废').waitFor();
  await expectFocus(page);

  await part('排队');
  await enter(page, '结束排队');
  await page.getByRole('dialog').getByText('还有 1 人在等候').waitFor();
  await expectFocus(page);
  await enter(page, '已告知，结束排队');
  await expectNext(diary, ticketStep('left', ticket('A001'), 'lead'), [
    'hall.queue.ended',
    'staff:lead',
    { queue: `${DAY}/hall`, station: 'hall', staff: 'lead' },
  ]);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expectFocus(page);
  await enter(page, '退出登录');
  await page.waitForURL('**/sign-in**');
  await go(page);
});

test('a manager sends a new link, gives a substitute’s days and ends them, and closes a follow-up', async () => {
  const page = await come('manager', '/accounts');
  const dialog = page.getByRole('dialog');
  await enter(page, '管理 示例clerk');
  await enter(page, '忘记密码：发新链接');
  await dialog.getByText('请 示例clerk 本人扫码').waitFor();
  await expectFocus(page);
  await enter(page, '完成');
  await dialog.waitFor({ state: 'detached' });
  await expectFocus(page, '管理 示例clerk');

  await page.keyboard.press('Enter');
  await enter(page, '增加岗位');
  await expectFocus(page);
  await tabTo(page, '站点');
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowDown');
  await tabTo(page, '到');
  // Its first part, which is the year or the month, as the browser has it.
  await page.keyboard.press('ArrowUp');
  const until = await dialog.getByLabel('到', { exact: true }).inputValue();
  expect(until > DAY).toBe(true);
  await enter(page, '加上');
  const posts = () => day.hall.access.accounts.assignmentsOf('clerk');
  await expect.poll(() => posts().length, { timeout: 10_000 }).toBe(2);
  expect(posts()).toContainEqual(expect.objectContaining({ role: 'clerk', station: 'meifeng', from: DAY, until }));
  await expectFocus(page);
  await enter(page, /^结束岗位：.*梅丰/, 'Shift+Tab');
  await enter(page, '确定结束');
  await expect.poll(() => posts().find(({ station }) => station === 'meifeng')?.until).toBe(DAY);
  await expectFocus(page);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await expectFocus(page, '管理 示例clerk');
  await enter(page, '操作记录', 'Shift+Tab');
  await page.getByRole('heading', { name: '操作记录' }).waitFor();
  await expectFocus(page, '操作记录');

  await tell('f1', 'hall.followup.opened', `${DAY}T09:00:00+08:00`, {
    followup: 'f1',
    about: 'licence',
    owner: 'clerk',
  });
  const deed = { type: 'submit', result: 'rectified' };
  const submitted = { id: 'submittedbytheclerk', followup: 'f1', deed };
  expect((await (await day.hall.signIn('clerk')).ask('POST', '/api/followups', submitted)).status).toBe(200);
  await expectNext(diary, [
    'hall.followup.submitted',
    'staff:clerk',
    expect.objectContaining({ followup: 'f1', result: 'rectified' }) as object,
  ]);
  await enter(page, '督办', 'Shift+Tab');
  await page.waitForURL('**/followups');
  await page.locator('main > ul > li').first().waitFor();
  await tabTo(page, /^全部/);
  await page.keyboard.press('Enter');
  await expectFocus(page, /^全部/);
  await enter(page, /^销号/);
  await expectFocus(page);
  await tabTo(page, '已整改');
  await page.keyboard.press('Space');
  await enter(page, '销号');
  const closed = { followup: 'f1', result: expect.any(String) as string };
  await expectNext(diary, ['hall.followup.closed', 'staff:manager', expect.objectContaining(closed) as object]);
  await dialog.waitFor({ state: 'detached' });
  await expectFocus(page);
  await go(page);
});

test('a leader reads the brief, looks behind a number, and gives an instruction', async () => {
  const accepted = { case: 'late', channel: 'window', item: 'la-03', promisedBy: `${DAY}T01:00:00.000Z` };
  await tell('late', 'hall.case.accepted', `2026-11-20T10:00:00+08:00`, accepted);
  const page = await come('leader', '/brief');
  const dialog = page.getByRole('dialog');
  await page.getByText('待您定').waitFor();
  // All of it stands: what comes later moves what is below it.
  await page.getByText('主要数字').waitFor();
  await page.waitForLoadState('networkidle');
  await enter(page, /^批示 /);
  await expectFocus(page);
  await tabTo(page, '批示内容');
  await page.keyboard.type('今天办结，并联系群众');
  await tabTo(page, '责任人');
  await page.keyboard.press('ArrowDown');
  await enter(page, '下达');
  await dialog.waitFor({ state: 'detached' });
  const given = { station: 'hall', note: '今天办结，并联系群众', case: 'late' };
  await expectNext(diary, ['hall.followup.opened', 'staff:leader', expect.objectContaining(given) as object]);
  await expectFocus(page);
  await page.getByRole('link', { name: '今天办结，并联系群众' }).waitFor();
  await tabTo(page, '受理');
  await page.keyboard.press('Enter');
  await expectFocus(page);
  await page.keyboard.press('Escape');
  await expectFocus(page, '受理');
  await tabTo(page, '周', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expectFocus(page, '周');
  await go(page);
  await expectEnd(diary);
});
