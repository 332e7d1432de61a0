// A clerk's morning by the keyboard alone, from signing in to signing out: every part is reached, the focus is seen at each step and never lost.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDayHall, type DayHall } from './day-hall.ts';
import { createHand, type Hand } from './desk-hand.ts';
import {
  caseAccepted,
  caseFinished,
  caseStep,
  expectEnd,
  expectNext,
  idIn,
  ticketStep,
  ticketTaken,
  voided,
  windowChanged,
  type Diary,
} from './diary.ts';
import { countPointers, enter, expectFocus, expectNoPointer, tabTo } from './keyboard.ts';
import { DESK_SIZE, PASSWORD } from './staff-pages.ts';

const DAY = '2026-11-26';
const ticket = (number: string): string => `${DAY}/hall/${number}`;

let day: DayHall;
let diary: Diary;
let page: Page;
let hand: Hand;

beforeAll(async () => {
  day = await openDayHall(DAY, '09:30');
  ({ diary } = day);
  const context = await day.browser.newContext({ viewport: DESK_SIZE, locale: 'zh-CN' });
  page = await context.newPage();
  hand = createHand(page);
  await countPointers(page);
});
afterAll(() => day.close());

const type = (text: string): Promise<void> => page.keyboard.type(text);
const press = (key: string): Promise<void> => page.keyboard.press(key);
/** A key does what its button may do, as soon as the page was told of it. */
const may = (name: RegExp): Promise<void> => page.getByRole('button', { name, disabled: false }).waitFor();
const goTo = (part: string): Promise<void> => enter(page, new RegExp(`^${part}`), 'Shift+Tab');

test('signs in, chooses and opens a window, and gives two numbers', async () => {
  await page.goto(`${day.hall.url}/sign-in?next=/desk`);
  await expectFocus(page, '工号');
  await type('clerk');
  await tabTo(page, '密码');
  await type(PASSWORD);
  await press('Enter');
  await page.waitForURL('**/desk');
  await page.getByText('已连接').waitFor();
  await enter(page, /街道大厅|政务服务大厅/);
  await expectFocus(page);
  await enter(page, '开窗 03号窗');
  await expectNext(diary, windowChanged('w03', 'open', 'clerk'));
  await expectFocus(page, /03号窗/);

  await enter(page, '排队');
  // However long it is held, a key presses once.
  await tabTo(page, '取号');
  for (let i = 0; i < 3; i++) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await expectNext(diary, ticketTaken(ticket('A001'), 'staff:clerk'));
  await expectFocus(page, '取号');
  await tabTo(page, '绿色通道', 'Shift+Tab');
  await press('Space');
  await enter(page, '取号');
  await expectNext(diary, ticketTaken(ticket('A002'), 'staff:clerk', { green: true }));
  await goTo('窗口');
  await expectFocus(page, '窗口');
});

test('calls, and records by initials, by arrows, and with what may be said of a case', async () => {
  await may(/呼叫下一位/);
  await press('F2');
  await expectNext(diary, ticketStep('called', ticket('A001'), 'clerk', 'w03'));
  await expectFocus(page, '找事项');
  const of = { window: 'w03', ticket: ticket('A001') };
  await type('ydjyba');
  await page.getByRole('option', { name: '异地就医备案' }).first().waitFor();
  await press('ArrowDown');
  await press('ArrowUp');
  await press('Enter');
  await expectNext(
    diary,
    caseAccepted('clerk', { ...of, item: 'mi-05', handling: 'instant' }),
    caseFinished('clerk', { window: 'w03' }),
  );
  await expectFocus(page, '找事项');

  // With a paper missing, in the green lane: the button at the end of the way does it.
  await type('si-04');
  await page.getByRole('option', { name: '社会保障卡申领' }).waitFor();
  await tabTo(page, '绿色通道');
  await press('Space');
  await tabTo(page, '容缺');
  await press('Space');
  await tabTo(page, /缺哪些材料/);
  await type('近期照片');
  await enter(page, /^受理，承诺/);
  const [deferred] = await expectNext(
    diary,
    caseAccepted('clerk', {
      ...of,
      item: 'si-04',
      handling: 'promised',
      promisedBy: '2026-12-07T10:00:00.000Z',
      deferredDocuments: ['近期照片'],
      supplyBy: '2026-12-10T10:00:00.000Z',
      green: true,
    }),
  );
  await expectFocus(page, '找事项');

  await press('F8');
  await tabTo(page, '来访');
  await press('ArrowRight');
  await expectFocus(page, '电话');
  await tabTo(page, '条线');
  await press('ArrowDown');
  await tabTo(page, '已答复');
  await press('ArrowRight');
  await enter(page, '登记咨询');
  await expectNext(diary, [
    'hall.consultation.given',
    'staff:clerk',
    { ...of, station: 'hall', medium: 'phone', line: 'medical-insurance', result: 'referred', staff: 'clerk' },
  ]);
  await expectFocus(page, '找事项');
  await press('F9');
  await enter(page, '复印');
  const [copying] = await expectNext(diary, [
    'hall.service.given',
    'staff:clerk',
    { station: 'hall', kind: 'copying' },
  ]);
  await expectFocus(page, '找事项');
  // From the keys, and from its own button.
  await press('Control+z');
  await expectNext(diary, voided(copying!, 'clerk', { undo: true }));
  await press('F9');
  await enter(page, '快递');
  const [express] = await expectNext(diary, [
    'hall.service.given',
    'staff:clerk',
    { station: 'hall', kind: 'express' },
  ]);
  await enter(page, /^撤销/);
  await expectNext(diary, voided(express!, 'clerk', { undo: true }));
  await expectFocus(page, '找事项');

  await finishOpen(idIn(deferred, 'case'));
});

/** In 在办: what is pressed goes away each time, and the focus stays beside it. */
async function finishOpen(id: string): Promise<void> {
  await goTo('在办');
  await enter(page, '暂停补正');
  await expectFocus(page);
  await press('Escape');
  await expectFocus(page, '暂停补正');
  await press('Enter');
  await enter(page, '补正材料');
  await expectNext(diary, caseStep('hall.case.paused', id, 'clerk', { reason: '补正材料' }));
  await page.getByRole('button', { name: '恢复', exact: true }).waitFor();
  await expectFocus(page, '恢复');
  await press('Enter');
  await expectNext(diary, caseStep('hall.case.resumed', id, 'clerk'));
  await expectFocus(page, '暂停补正');
  await enter(page, '材料补齐');
  await expectNext(diary, caseStep('hall.case.supplemented', id, 'clerk'));
  await enter(page, '办结', 'Shift+Tab');
  await enter(page, '办结');
  await expectNext(diary, caseFinished('clerk', { case: id, window: 'w03' }));
  await page.getByText('没有在办的件').waitFor();
  await expectFocus(page, '按事项或号查找');
  await press('Tab');
  // The slash finds items from wherever one is, once nothing is being typed.
  await press('/');
  await expectFocus(page, '找事项');
}

test('lets the number go, calls the next by its button, passes it over and has it back', async () => {
  await enter(page, /办完，请评价/, 'Shift+Tab');
  await expectNext(diary, ticketStep('served', ticket('A001'), 'clerk', 'w03'));
  await page.getByText('窗口空闲').waitFor();
  await expectFocus(page, /呼叫下一位/);
  await press('Enter');
  await expectNext(diary, ticketStep('called', ticket('A002'), 'clerk', 'w03'));
  await enter(page, '过号', 'Shift+Tab');
  await expectNext(diary, ticketStep('passed', ticket('A002'), 'clerk', 'w03'));
  await page.getByText('窗口空闲').waitFor();
  await expectFocus(page, '过号 1');
  await press('Enter');
  await enter(page, '重呼 A002');
  await expectNext(diary, ticketStep('recalled', ticket('A002'), 'clerk', 'w03'));
  await may(/办完，请评价/);
  await expectFocus(page);
  await press('F4');
  await expectNext(diary, ticketStep('served', ticket('A002'), 'clerk', 'w03'));
  await expectFocus(page);
});

test('pauses the window, hands the PC to another and takes it back, closes the window and signs out', async () => {
  await enter(page, '暂停', 'Shift+Tab');
  await enter(page, '午间轮休');
  await expectNext(diary, windowChanged('w03', 'paused', 'clerk', { reason: '午间轮休' }));
  await hand.header.getByRole('button', { name: '恢复' }).waitFor();
  await expectFocus(page, '恢复');
  await press('Enter');
  await expectNext(diary, windowChanged('w03', 'open', 'clerk'));
  await expectFocus(page, '暂停');
  await enter(page, '关窗');
  await expectNext(diary, windowChanged('w03', 'closed', 'clerk'));
  await hand.header.getByRole('button', { name: '关窗' }).waitFor({ state: 'detached' });
  await expectFocus(page);
  for (const who of ['second', 'clerk']) {
    await enter(page, '换人', 'Shift+Tab');
    await tabTo(page, '工号');
    await type(who);
    await tabTo(page, '密码');
    await type(PASSWORD);
    await press('Enter');
    await hand.header.getByText(`示例${who}`).waitFor();
    await hand.dialog.waitFor({ state: 'detached' });
    await expectFocus(page);
  }
  await press('?');
  await expectFocus(page, '关闭');
  await press('Escape');
  await expectFocus(page);
  await enter(page, '退出登录');
  await page.waitForURL('**/sign-in**');
  await expectFocus(page, '工号');
  await expectNoPointer(page);
  await expectEnd(diary);
  expect(page.url()).toContain('/sign-in');
});
