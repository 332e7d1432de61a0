// The nights in which a month and a year end: what is done on either side of midnight, and next morning about the day before, counts on its own day.
import { afterEach, expect, test } from 'vitest';
import { momentOn, openDayHall, type DayHall } from './day-hall.ts';
import {
  caseAccepted,
  caseFinished,
  expectEnd,
  expectNext,
  idIn,
  readMeasures,
  ticketStep,
  ticketTaken,
  voided,
  windowChanged,
} from './diary.ts';

let day: DayHall;
afterEach(() => day.close());

// The holidays of 2027 are not known: its first of January is a Friday like any other.
test.each([
  ['2026-11-30', '2026-12-01', '2026-12-09'],
  ['2026-12-31', '2027-01-01', '2027-01-11'],
])('from %s to %s: late, undone, voided, finished afterwards, and left waiting', async (last, first, promisedDay) => {
  day = await openDayHall(last, '17:30');
  const { diary, hall } = day;
  const clerk = await day.sitDown('clerk');
  const ticket = (on: string, number: string) => `${on}/hall/${number}`;

  // The last afternoon: one number served, one in hand and one waiting when everybody goes home.
  await clerk.open('01');
  await expectNext(diary, windowChanged('w01', 'open', 'clerk'));
  await clerk.goTo('排队');
  for (const number of ['A001', 'A002', 'A003']) {
    await clerk.take(number);
    await expectNext(diary, ticketTaken(ticket(last, number), 'staff:clerk'));
  }
  await clerk.goTo('窗口');
  await clerk.call('A001');
  await expectNext(diary, ticketStep('called', ticket(last, 'A001'), 'clerk', 'w01'));
  const of = { window: 'w01', ticket: ticket(last, 'A001') };
  await clerk.record('产检', '产检报销');
  // Seven working days on.
  const promisedBy = new Date(momentOn(promisedDay, '18:00')).toISOString();
  const promised = caseAccepted('clerk', { ...of, item: 'mi-02', handling: 'promised', promisedBy });
  const [accepted] = await expectNext(diary, promised);
  await clerk.record('seyb', '少儿医保');
  const instant = caseAccepted('clerk', { ...of, item: 'mi-01', handling: 'instant' });
  const wrong = await expectNext(diary, instant, caseFinished('clerk', { window: 'w01' }));
  await clerk.finish();
  await expectNext(diary, ticketStep('served', ticket(last, 'A001'), 'clerk', 'w01'));
  await clerk.call('A002');
  await expectNext(diary, ticketStep('called', ticket(last, 'A002'), 'clerk', 'w01'));

  // Just before midnight: one that will be undone after it, and one that has no way to the server until then.
  await day.goTo(last, '23:59:35', clerk);
  await clerk.page.keyboard.press('F9');
  await clerk.press('快递', clerk.dialog);
  const express = { station: 'hall', kind: 'express' };
  const [undone] = await expectNext(diary, ['hall.service.given', 'staff:clerk', express]);
  await clerk.page.route('**/api/desk/entries', (route) => route.abort());
  await day.goTo(last, '23:59:50', clerk);
  await clerk.page.keyboard.press('F9');
  await clerk.press('复印', clerk.dialog);
  await clerk.header.getByText('待上传 1 条').waitFor();
  await day.goTo(first, '00:00:02', clerk);
  await expect.poll(() => hall.server.board.state.day).toBe(first);
  await clerk.page.unroute('**/api/desk/entries');
  const copying = { station: 'hall', kind: 'copying' };
  const [late] = await expectNext(diary, ['hall.service.given', 'staff:clerk', copying]);
  expect(late!.at).toBeGreaterThanOrEqual(momentOn(last, '23:59:50'));
  expect(late!.at).toBeLessThan(momentOn(first, '00:00'));
  await clerk.press(/撤销/, clerk.line('快递'));
  await expectNext(diary, voided(undone!, 'clerk', { undo: true }));
  // Nobody called or closed in the night: the hall itself says what became of them, within their own day.
  const byHall = (await hall.server.ledger.read(0, 10_000)).flatMap(({ type, data, at }) =>
    type === 'hall.ticket.left' || (type === 'hall.window.changed' && data.status === 'closed')
      ? [[data, at] as const]
      : [],
  );
  const lastMoment = momentOn(first, '00:00') - 1;
  expect(byHall).toEqual([
    [{ ticket: ticket(last, 'A002'), station: 'hall' }, lastMoment],
    [{ ticket: ticket(last, 'A003'), station: 'hall' }, lastMoment],
    [{ window: 'w01', station: 'hall', status: 'closed' }, lastMoment],
  ]);

  // The first morning: another window, the first number again, an end, and a mistake of the day before.
  await day.goTo(first, '09:05', clerk);
  await clerk.page.reload();
  await clerk.page.getByText('已连接').waitFor();
  await clerk.open('02');
  await expectNext(diary, windowChanged('w02', 'open', 'clerk'));
  await clerk.goTo('排队');
  await clerk.take('A001');
  await expectNext(diary, ticketTaken(ticket(first, 'A001'), 'staff:clerk'));
  await clerk.goTo('窗口');
  await clerk.call('A001');
  await expectNext(diary, ticketStep('called', ticket(first, 'A001'), 'clerk', 'w02'));
  await clerk.record('ydjyba', '异地就医备案');
  const here = { window: 'w02', ticket: ticket(first, 'A001') };
  await expectNext(
    diary,
    caseAccepted('clerk', { ...here, item: 'mi-05', handling: 'instant' }),
    caseFinished('clerk', { window: 'w02' }),
  );
  await clerk.page.getByText('今日 1 件').waitFor();
  await clerk.finish();
  await expectNext(diary, ticketStep('served', ticket(first, 'A001'), 'clerk', 'w02'));
  await clerk.goTo('在办');
  await clerk.press('办结', clerk.row('产检报销'));
  await clerk.press('办结', clerk.dialog);
  await expectNext(diary, caseFinished('clerk', { case: idIn(accepted, 'case'), window: 'w02' }));
  await clerk.goTo('窗口');
  await clerk.press('作废', clerk.line('少儿医保'));
  await clerk.press('重复登记', clerk.dialog);
  await expectNext(diary, ...wrong.map((one) => voided(one, 'clerk', { reason: '重复登记' })));
  await expectEnd(diary);

  const before = {
    accepted: 1,
    finished: 0,
    open: 1,
    completion: { n: 0, of: 1 },
    services: { copying: 1 },
    peopleServed: 1,
    tickets: { taken: 3, called: 2, served: 1, passed: 0, left: 2 },
    voided: 3,
    // Its books are open until two in the night: what came the morning before that is no correction.
    corrected: 0,
  };
  const after = {
    accepted: 1,
    finished: 2,
    open: 0,
    onTime: { n: 1, of: 1 },
    completion: { n: 1, of: 1 },
    services: {},
    peopleServed: 1,
    tickets: { taken: 1, called: 1, served: 1, passed: 0, left: 0 },
    voided: 0,
    corrected: 0,
  };
  expect(await readMeasures(day, last, last)).toMatchObject(before);
  expect(await readMeasures(day, `${last.slice(0, 8)}01`, last)).toMatchObject(before);
  expect(await readMeasures(day, first, first)).toMatchObject(after);
  expect(await readMeasures(day, first, `${first.slice(0, 8)}31`)).toMatchObject(after);
  // Of both together, what was open at the end of the first is finished.
  expect(await readMeasures(day, last, first)).toMatchObject({ accepted: 2, finished: 2, completion: { n: 2, of: 2 } });
});
