// Desk work across the turn of a month and of a year: who was in hand at closing, an undo over midnight, a promise that is kept in the new year, and a correction of a day whose books are closed.
import { expect, test } from 'vitest';
import { momentOn, openDayHall } from './day-hall.ts';
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

interface Turn {
  readonly last: string;
  /** The day after, and the next on which the doors open. */
  readonly night: string;
  readonly next: string;
  /** Three working days on. */
  readonly promised: string;
}

test.each<Turn>([
  { last: '2026-11-30', night: '2026-12-01', next: '2026-12-01', promised: '2026-12-03' },
  // The year's first three days are holidays, for which a Sunday is worked.
  { last: '2025-12-31', night: '2026-01-01', next: '2026-01-04', promised: '2026-01-06' },
])('from $last to $next every event is what was clicked, and each month counts its own', async (turn) => {
  const { last, night, next, promised } = turn;
  const day = await openDayHall(last, '17:40');
  const { diary, goTo, hall } = day;
  const [clerk, lead] = await Promise.all([day.sitDown('clerk'), day.sitDown('lead')]);
  const ticket = (number: string, on = last): string => `${on}/hall/${number}`;
  const first = { window: 'w01', ticket: ticket('A001') };
  const instant = { item: 'mi-01', handling: 'instant' };

  // The last quarter of an hour: one is served, one in hand when the doors close, one waits and nobody says so.
  await clerk.open('01');
  await expectNext(diary, windowChanged('w01', 'open', 'clerk'));
  await lead.goTo('排队');
  for (const number of ['A001', 'A002', 'A003']) {
    await lead.take(number);
    await expectNext(diary, ticketTaken(ticket(number), 'staff:lead'));
  }
  await clerk.call('A001');
  await expectNext(diary, ticketStep('called', ticket('A001'), 'clerk', 'w01'));
  await clerk.record('la-03', '就业创业证申领');
  const promisedBy = new Date(momentOn(promised, '18:00')).toISOString();
  const [open] = await expectNext(
    diary,
    caseAccepted('clerk', { ...first, item: 'la-03', handling: 'promised', promisedBy }),
  );
  await clerk.record('seyb', '少儿医保');
  await expectNext(diary, caseAccepted('clerk', { ...first, ...instant }), caseFinished('clerk', { window: 'w01' }));
  await clerk.record('ca-02', '老年人优待证');
  const wrong = await expectNext(
    diary,
    caseAccepted('clerk', { ...first, item: 'ca-02', handling: 'instant' }),
    caseFinished('clerk', { window: 'w01' }),
  );
  await goTo(last, '17:58', clerk, lead);
  await clerk.finish();
  await expectNext(diary, ticketStep('served', ticket('A001'), 'clerk', 'w01'));
  await clerk.call('A002');
  await expectNext(diary, ticketStep('called', ticket('A002'), 'clerk', 'w01'));

  // The last minute of the month, and the first of the next.
  const second = { window: 'w01', ticket: ticket('A002') };
  await goTo(last, '23:59:20', clerk);
  await clerk.page.keyboard.press('F9');
  await clerk.press('快递', clerk.dialog);
  const [sent] = await expectNext(diary, ['hall.service.given', 'staff:clerk', { station: 'hall', kind: 'express' }]);
  await clerk.record('seyb', '少儿医保');
  const late = await expectNext(
    diary,
    caseAccepted('clerk', { ...second, ...instant }),
    caseFinished('clerk', { window: 'w01' }),
  );
  await clerk.page.keyboard.press('F8');
  await clerk.press('登记咨询', clerk.dialog);
  const asked = { station: 'hall', medium: 'visit', result: 'answered', staff: 'clerk' };
  await expectNext(diary, ['hall.consultation.given', 'staff:clerk', { ...second, ...asked }]);
  for (const deed of [sent!, ...late]) expect(deed.at).toBeLessThan(momentOn(night, '00:00'));
  await goTo(night, '00:00:05', clerk);
  await clerk.press(/撤销/, clerk.line('快递'));
  const [undone] = await expectNext(diary, voided(sent!, 'clerk', { undo: true }));
  expect(undone!.at).toBeGreaterThanOrEqual(momentOn(night, '00:00'));
  await clerk.page.keyboard.press('F9');
  await clerk.press('复印', clerk.dialog);
  await expectNext(diary, ['hall.service.given', 'staff:clerk', { station: 'hall', kind: 'copying' }]);
  // Past its minute, before the books of the day are closed.
  await goTo(night, '00:05', clerk);
  await clerk.press('作废', clerk.line('少儿医保'));
  await clerk.press('录错事项', clerk.dialog);
  await expectNext(diary, ...late.map((one) => voided(one, 'clerk', { reason: '录错事项' })));

  await goTo(night, '02:05');
  const isClosed = async () =>
    (await hall.server.ledger.read(0, 1_000)).some(({ type, data }) => {
      return type === 'hall.day.closed' && (data as { day: string }).day === last;
    });
  await expect.poll(isClosed, { timeout: 20_000 }).toBe(true);

  // The doors open again: nobody of then waits, the window is nobody's, numbers begin anew.
  await goTo(next, '09:00', clerk, lead);
  await clerk.header.getByText('营业中').waitFor({ state: 'detached' });
  await clerk.open('01');
  await expectNext(diary, windowChanged('w01', 'open', 'clerk'));
  await lead.take('A001');
  await expectNext(diary, ticketTaken(ticket('A001', next), 'staff:lead'));
  await clerk.call('A001');
  await expectNext(diary, ticketStep('called', ticket('A001', next), 'clerk', 'w01'));
  await clerk.goTo('在办');
  await clerk.press('办结', clerk.row('就业创业证申领'));
  await clerk.press('办结', clerk.dialog);
  await expectNext(diary, caseFinished('clerk', { case: idIn(open, 'case'), window: 'w01' }));
  await clerk.goTo('窗口');
  await clerk.finish();
  await expectNext(diary, ticketStep('served', ticket('A001', next), 'clerk', 'w01'));
  // What was wrong on that day is found by the lead, when its books are closed.
  await lead.goTo('更正');
  const [, month, date] = last.split('-').map(Number);
  await lead.page.getByRole('radio', { name: `${month}月${date}日` }).click();
  await lead.press(/^作废 \d\d:\d\d 老年人优待证/);
  await lead.press('录错事项', lead.dialog);
  await expectNext(diary, ...wrong.map((one) => voided(one, 'lead', { reason: '录错事项' })));
  await expectEnd(diary);

  // At the turn of the day the hall itself lets go whoever is left, in the last moment of their day.
  const own = (await hall.server.ledger.read(0, 1_000)).filter(({ at }) => at === momentOn(night, '00:00') - 1);
  expect(own.map(({ type, data }) => [type, (data as { ticket?: string; status?: string }).ticket]).sort()).toEqual([
    ['hall.ticket.left', ticket('A002')],
    ['hall.ticket.left', ticket('A003')],
    ['hall.window.changed', undefined],
  ]);

  const [before, after] = [last.slice(0, 8), next.slice(0, 8)];
  expect(await readMeasures(day, `${before}01`, last)).toMatchObject({
    accepted: 2,
    finished: 1,
    windowCases: 2,
    consultations: { visit: 1 },
    services: {},
    tickets: { taken: 3, called: 2, served: 1, passed: 0, left: 2 },
    service: { n: 1 },
    // The service, the case of the last minute and the one that was voided when the books were closed, with their ends.
    voided: 5,
    corrected: 2,
  });
  expect(await readMeasures(day, `${after}01`, next)).toMatchObject({
    accepted: 0,
    finished: 1,
    onTime: { n: 1, of: 1 },
    consultations: {},
    services: { copying: 1 },
    tickets: { taken: 1, called: 1, served: 1, left: 0 },
    voided: 0,
    corrected: 0,
  });
  await day.close();
});
