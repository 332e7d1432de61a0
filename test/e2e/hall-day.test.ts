// A day of the hall from opening to close, as each role: every event of the ledger is one that was clicked, in its order and under its name, and the measures are what was clicked.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDayHall, type DayHall } from './day-hall.ts';
import { switchTo, type Hand } from './desk-hand.ts';
import {
  caseAccepted,
  caseFinished,
  expectEnd,
  expectNext,
  readMeasures,
  ticketStep,
  ticketTaken,
  windowChanged,
  type Diary,
} from './diary.ts';
import {
  at,
  DAY,
  recordFive,
  ticket,
  workOpenCases,
  writeAndTakeBack,
  writeOthers,
  type OpenCases,
} from './hall-day-work.ts';

const FEED = 'urn:futian:cases';

let day: DayHall;
let diary: Diary;
let clerk: Hand;
let second: Hand;
let lead: Hand;
let kiosk: Page;
let open: OpenCases;

beforeAll(async () => {
  day = await openDayHall(DAY, '09:00', (profile) => {
    profile['feeds'] = [
      { fact: 'cases', source: FEED, station: 'hall' },
      { fact: 'consultations', source: FEED, station: 'meifeng' },
    ];
  });
  ({ diary } = day);
  [clerk, second, lead] = await Promise.all([day.sitDown('clerk'), day.sitDown('second'), day.sitDown('lead')]);
});
afterAll(() => day.close());

const goTo = (time: string, ...hands: readonly Hand[]): Promise<void> => day.goTo(DAY, time, ...hands);

test('the doors open: windows, numbers at the kiosk and at the desk, and a system that is down', async () => {
  await clerk.open('01');
  await expectNext(diary, windowChanged('w01', 'open', 'clerk'));
  await second.open('02');
  await expectNext(diary, windowChanged('w02', 'open', 'second'));
  const taking = await day.openDisplay('/take', { take: 'hall' });
  kiosk = taking.page;
  await kiosk.getByRole('button', { name: '医保' }).tap();
  await kiosk.getByRole('status').getByText('A001').waitFor();
  await expectNext(diary, ticketTaken(ticket('A001'), taking.actor, { line: 'medical-insurance' }));
  await lead.goTo('排队');
  for (const number of ['A002', 'A003', 'A004']) {
    const green = number === 'A004' ? { green: true } : {};
    if (number === 'A004') await lead.page.getByLabel('绿色通道').check();
    await lead.take(number);
    await expectNext(diary, ticketTaken(ticket(number), 'staff:lead', green));
  }
  await clerk.page.getByText(`本站的办件由 ${FEED} 自动上传`).waitFor();
  await lead.press('系统故障，改由工作台登记');
  await expectNext(diary, ['hall.feed.changed', 'staff:lead', { station: 'hall', facts: ['cases'], status: 'desk' }]);
  await clerk.page.getByRole('combobox').waitFor();
});

test('a clerk calls, records five cases of their kinds on one number, and a finger rates it', async () => {
  const { page: screen } = await day.openDisplay('/public', 'public');
  const { page: tablet } = await day.openDisplay('/rate/w01', { rate: 'w01' });
  await goTo('09:06', clerk);
  await clerk.call('A001');
  await expectNext(diary, ticketStep('called', ticket('A001'), 'clerk', 'w01'));
  await screen.locator('.first .number', { hasText: 'A001' }).waitFor();

  open = await recordFive(clerk, diary, 'A001');

  await goTo('09:16', clerk);
  await clerk.finish();
  await expectNext(diary, ticketStep('served', ticket('A001'), 'clerk', 'w01'));
  await tablet.getByRole('button', { name: /^满意/ }).tap();
  const rating = { score: 4, station: 'hall', window: 'w01', ticket: ticket('A001'), staff: 'clerk', medium: 'pad' };
  await expectNext(diary, ['hall.rating.given', 'tablet:w01', rating]);
});

test('another window calls again, passes over, has the number back, and sends it on to the first', async () => {
  await goTo('09:17', clerk, second);
  await second.call('A002');
  await expectNext(diary, ticketStep('called', ticket('A002'), 'second', 'w02'));
  await second.page.keyboard.press('F2');
  await expectNext(diary, ticketStep('recalled', ticket('A002'), 'second', 'w02'));
  await second.press('过号', second.sheet('正在办理'));
  await expectNext(diary, ticketStep('passed', ticket('A002'), 'second', 'w02'));
  // Of three calls one is a green number's.
  await second.call('A004');
  await expectNext(diary, ticketStep('called', ticket('A004'), 'second', 'w02'));
  await second.page.keyboard.press('F8');
  await second.press('登记咨询', second.dialog);
  const asked = { station: 'hall', medium: 'visit', result: 'answered', staff: 'second' };
  await expectNext(diary, [
    'hall.consultation.given',
    'staff:second',
    { ...asked, window: 'w02', ticket: ticket('A004') },
  ]);
  await second.finish();
  await expectNext(diary, ticketStep('served', ticket('A004'), 'second', 'w02'));
  await second.press('过号 1');
  await second.press('重呼 A002', second.dialog);
  await expectNext(diary, ticketStep('recalled', ticket('A002'), 'second', 'w02'));
  await second.press('转窗口');
  await second.press('01号窗', second.dialog);
  await expectNext(diary, ticketStep('transferred', ticket('A002'), 'second', 'w01'));

  await clerk.call('A002');
  await expectNext(diary, ticketStep('called', ticket('A002'), 'clerk', 'w01'));
  await clerk.record('jhsyfwz', '计划生育服务证');
  await expectNext(
    diary,
    caseAccepted('clerk', { window: 'w01', ticket: ticket('A002'), item: 'fp-04', handling: 'instant' }),
    caseFinished('clerk', { window: 'w01' }),
  );
  await clerk.finish();
  await expectNext(diary, ticketStep('served', ticket('A002'), 'clerk', 'w01'));
});

test('what is open is paused, taken up, completed, and finished as it came out', async () => {
  await goTo('10:00', clerk, second, lead);
  await workOpenCases(clerk, diary, open);
});

test('services and calls by telephone; one entry undone in its minute, one voided after it with a reason', async () => {
  await writeAndTakeBack(clerk, second, day);
});

test('a lead books, notes who came, tells of terminals, requests, complaints and training; a clerk takes the alarm', async () => {
  await goTo('10:03', clerk, second, lead);
  await writeOthers(lead, clerk, day);
});

test('at noon a window is closed, another taken over from whoever holds it, paused, taken up, and given back', async () => {
  await goTo('11:58', clerk, second, lead);
  await second.press('关窗', second.header);
  await expectNext(diary, windowChanged('w02', 'closed', 'second'));
  await second.open('01', '示例clerk');
  await expectNext(diary, windowChanged('w01', 'open', 'second'));
  await clerk.goTo('窗口');
  await clerk.header.getByText('营业中').waitFor({ state: 'detached' });
  await second.press('暂停', second.header);
  await second.press('午间轮休', second.dialog);
  await expectNext(diary, windowChanged('w01', 'paused', 'second', { reason: '午间轮休' }));
  await goTo('14:00', clerk, second, lead);
  await second.press('恢复', second.header);
  await expectNext(diary, windowChanged('w01', 'open', 'second'));
  await clerk.open('01', '示例second');
  await expectNext(diary, windowChanged('w01', 'open', 'clerk'));
  await second.header.getByText('营业中').waitFor({ state: 'detached' });
  await clerk.call('A003');
  await expectNext(diary, ticketStep('called', ticket('A003'), 'clerk', 'w01'));
  await clerk.finish();
  await expectNext(diary, ticketStep('served', ticket('A003'), 'clerk', 'w01'));

  // The PC of the one who gave the window back still stands there: what is written down at it is not of that window.
  const asked = { station: 'hall', medium: 'visit', result: 'answered' };
  for (const who of ['second', 'lead'] as const) {
    if (who === 'lead') await switchTo(second, 'lead');
    await second.page.keyboard.press('F8');
    await second.press('登记咨询', second.dialog);
    await expectNext(diary, ['hall.consultation.given', `staff:${who}`, { ...asked, staff: who }]);
  }
  // All that the lead wrote down today, wherever, and nothing of whoever sat here before.
  await second.line('培训').waitFor();
  expect(await second.line('复印').count()).toBe(0);
});

test('a manager works at a community’s station, and a leader looks and can do nothing', async () => {
  const manager = await day.sitDown('manager');
  await manager.goToStation('梅丰社区');
  await manager.record('jydj', '就业登记', { chips: ['上门'] });
  const there = { station: 'meifeng', channel: 'home-visit', item: 'la-01', handling: 'instant' };
  await expectNext(diary, caseAccepted('manager', there), caseFinished('manager', {}));
  // Consultations come from another system there.
  await manager.page.keyboard.press('F8');
  expect(await manager.page.getByRole('button', { name: /咨询/ }).count()).toBe(0);
  expect(await manager.dialog.count()).toBe(0);
  await manager.page.keyboard.press('F9');
  await manager.press('上门服务', manager.dialog);
  await expectNext(diary, ['hall.service.given', 'staff:manager', { station: 'meifeng', kind: 'home-visit' }]);
  await manager.page.context().close();

  const leader = await day.sitDown('leader');
  for (const part of ['窗口', '在办', '排队', '告警'] as const) {
    await leader.goTo(part);
    expect(await leader.page.locator('main').getByRole('button').allInnerTexts(), part).toEqual([]);
    expect(await leader.page.locator('main').getByRole('combobox').count(), part).toBe(0);
  }
  expect(await leader.page.getByRole('navigation').getByRole('button', { name: '其他登记' }).count()).toBe(0);
  for (const key of ['F2', 'F4', 'F8', 'F9']) await leader.page.keyboard.press(key);
  expect(await leader.dialog.count()).toBe(0);
  const asking = await day.hall.signIn('leader');
  expect((await asking.ask('POST', '/api/desk/queue/take', { station: 'hall' })).status).toBe(403);
  await leader.page.context().close();
});

test('the doors close: the last are served, the queue ends for those who wait, and the system is back', async () => {
  await goTo('17:50', clerk, second, lead);
  await lead.goTo('排队');
  for (const number of ['A005', 'A006', 'A007']) {
    await lead.take(number);
    await expectNext(diary, ticketTaken(ticket(number), 'staff:lead'));
  }
  await clerk.call('A005');
  await expectNext(diary, ticketStep('called', ticket('A005'), 'clerk', 'w01'));
  await clerk.page.keyboard.press('Shift+F4');
  await expectNext(diary, ticketStep('passed', ticket('A005'), 'clerk', 'w01'));
  await clerk.call('A006');
  await expectNext(diary, ticketStep('called', ticket('A006'), 'clerk', 'w01'));
  await goTo('18:01', clerk, second, lead);
  await clerk.finish();
  await expectNext(diary, ticketStep('served', ticket('A006'), 'clerk', 'w01'));
  await lead.page.getByText('已停止取号').waitFor();
  await lead.press('结束排队');
  await lead.dialog.getByText('还有 2 人在等候').waitFor();
  await lead.press('已告知，结束排队', lead.dialog);
  await expectNext(diary, ticketStep('left', ticket('A007'), 'lead'), ticketStep('left', ticket('A005'), 'lead'), [
    'hall.queue.ended',
    'staff:lead',
    { queue: `${DAY}/hall`, station: 'hall', staff: 'lead' },
  ]);
  await kiosk.locator('main[data-view=over]').waitFor();
  await lead.press('系统恢复');
  await expectNext(diary, [
    'hall.feed.changed',
    'staff:lead',
    { station: 'hall', facts: ['cases'], status: 'restored' },
  ]);
  await clerk.page.getByText(`本站的办件由 ${FEED} 自动上传`).waitFor();
  await clerk.goTo('在办');
  await clerk.row('社会保障卡申领').waitFor();
  expect(await clerk.page.locator('main').getByRole('button').count()).toBe(0);
  await clerk.press('关窗', clerk.header);
  await expectNext(diary, windowChanged('w01', 'closed', 'clerk'));
  for (const hand of [clerk, second, lead]) await hand.leave();
});

test('nothing else stands in the ledger, and the day’s measures are what was clicked', async () => {
  const deeds = await expectEnd(diary);
  for (const [i, { at: moment }] of deeds.entries())
    expect(moment).toBeGreaterThanOrEqual(deeds[i - 1]?.at ?? at('09:00'));
  const measures = await readMeasures(day, DAY, DAY);
  expect(measures).toMatchObject({
    accepted: 7,
    windowCases: 7,
    medicalCases: 2,
    medicalApproved: 2,
    deferredCases: 1,
    legalPersons: 1,
    green: 1,
    finished: 6,
    open: 1,
    overdueOpen: 0,
    onTime: { n: 3, of: 3 },
    completion: { n: 6, of: 7 },
    // Of the four that were finished of the number that was rated.
    rated: { n: 4, of: 6 },
    activelySatisfied: { n: 1, of: 1 },
    scores: { 1: 0, 2: 0, 3: 0, 4: 1, 5: 0 },
    licences: { n: 1, of: 2 },
    consultations: { visit: 3, phone: 1 },
    services: { copying: 2, 'home-visit': 1 },
    // Five numbers, three without one, a visit at home, and a case where no numbers are taken.
    peopleServed: 10,
    tickets: { taken: 7, called: 6, served: 5, passed: 0, left: 2 },
    wait: { n: 6, within: { n: 3, of: 6 } },
    greenWait: { n: 1 },
    service: { n: 5 },
    appointments: { booked: 2, kept: 1, missed: 1 },
    requests: { received: 1, answered: 1, onTime: 0, late: 0 },
    complaints: { received: 1, answered: 1, upheld: 1 },
    voided: 3,
    corrected: 0,
  });
  // What is of the street hall, and what of the community, adds up to the whole.
  expect(await readMeasures(day, DAY, DAY, 'meifeng')).toMatchObject({ accepted: 1, peopleServed: 2 });
  expect(await readMeasures(day, DAY, DAY, 'hall')).toMatchObject({ accepted: 6, peopleServed: 8 });
});
