// What is written down in a hall's morning: cases of every kind, what becomes of them, and all that is no case; each is compared with the ledger at once.
import { expect } from 'vitest';
import type { EventType } from '../../domain/events/schema.ts';
import { momentOn, type DayHall } from './day-hall.ts';
import type { Hand } from './desk-hand.ts';
import { caseAccepted, caseFinished, expectNext, caseStep, idIn, LETTERS, voided, type Diary } from './diary.ts';

/** A Thursday. */
export const DAY = '2026-11-26';
export const at = (time: string): number => momentOn(DAY, time);
export const ticket = (number: string): string => `${DAY}/hall/${number}`;
/** When the doors close on a day. */
const close = (day: string): string => new Date(momentOn(day, '18:00')).toISOString();

/** Cases that stay open for a while, by their ids. */
export interface OpenCases {
  readonly promised: string;
  readonly deferred: string;
  readonly company: string;
  readonly licence: string;
}

/** Five cases of their kinds on one number, in hand at w01. */
export async function recordFive(clerk: Hand, diary: Diary, number: string): Promise<OpenCases> {
  const here = { window: 'w01', ticket: ticket(number) };
  await clerk.record('seyb', '少儿医保');
  await expectNext(
    diary,
    caseAccepted('clerk', { ...here, item: 'mi-01', handling: 'instant' }),
    caseFinished('clerk', { window: 'w01' }),
  );
  // Seven working days, ten and three; a Thursday's first is the Friday.
  await clerk.record('产检', '产检报销', { chips: ['绿色通道'] });
  const of = { ...here, handling: 'promised' };
  const byMonday = { ...of, promisedBy: close('2026-12-07') };
  const [first] = await expectNext(diary, caseAccepted('clerk', { ...byMonday, item: 'mi-02', green: true }));
  await clerk.record('si-04', '社会保障卡申领', { chips: ['容缺'], papers: '近期照片\n户口簿复印件' });
  const papers = { deferredDocuments: ['近期照片', '户口簿复印件'], supplyBy: close('2026-12-10') };
  const [missing] = await expectNext(diary, caseAccepted('clerk', { ...byMonday, item: 'si-04', ...papers }));
  await clerk.record('ccqybt', '初创企业补贴', { chips: ['企业'] });
  const legal = { item: 'la-06', promisedBy: close('2026-12-10'), applicant: 'legal-person' };
  const [ofCompany] = await expectNext(diary, caseAccepted('clerk', { ...of, ...legal }));
  await clerk.record('光荣证', '独生子女父母光荣证补领');
  const [yielding] = await expectNext(
    diary,
    caseAccepted('clerk', { ...of, item: 'fp-08', promisedBy: close('2026-12-01') }),
  );
  return {
    promised: idIn(first, 'case'),
    deferred: idIn(missing, 'case'),
    company: idIn(ofCompany, 'case'),
    licence: idIn(yielding, 'case'),
  };
}

/** In 在办: a pause, what was missing, a licence, and three ends. */
export async function workOpenCases(
  clerk: Hand,
  diary: Diary,
  { promised, deferred, company, licence }: OpenCases,
): Promise<void> {
  const deed = (name: string, what: string) => clerk.press(what, clerk.row(name));
  await clerk.goTo('在办');
  await deed('产检报销', '暂停补正');
  await clerk.press('补正材料', clerk.dialog);
  await expectNext(diary, caseStep('hall.case.paused', promised, 'clerk', { reason: '补正材料' }));
  await deed('产检报销', '恢复');
  await expectNext(diary, caseStep('hall.case.resumed', promised, 'clerk'));
  await deed('社会保障卡申领', '材料补齐');
  await expectNext(diary, caseStep('hall.case.supplemented', deferred, 'clerk'));
  await deed('光荣证补领', '上传证照');
  await expectNext(diary, caseStep('hall.licence.uploaded', licence, 'clerk'));
  for (const [name, id, outcome, said] of [
    ['产检报销', promised, 'approved', '办结'],
    ['初创企业补贴', company, 'refused', '不予办理'],
    ['光荣证补领', licence, 'approved', '办结'],
  ] as const) {
    await deed(name, '办结');
    await clerk.press(said, clerk.dialog);
    await expectNext(diary, caseFinished('clerk', { case: id, window: 'w01', outcome }));
    await clerk.row(name).waitFor({ state: 'detached' });
  }
  await clerk.page.getByRole('heading', { name: '在办 1' }).waitFor();
}

/** A consultation, two services, one of them undone in its minute, and a case that is voided after it. */
export async function writeAndTakeBack(clerk: Hand, second: Hand, { diary, goTo }: DayHall): Promise<void> {
  await clerk.goTo('窗口');
  await clerk.page.keyboard.press('F8');
  await clerk.dialog.getByText('电话', { exact: true }).click();
  await clerk.dialog.getByLabel('条线').selectOption({ label: '社保' });
  await clerk.dialog.getByText('已转介').click();
  await clerk.press('登记咨询', clerk.dialog);
  const phoned = { station: 'hall', medium: 'phone', line: 'social-insurance', window: 'w01', result: 'referred' };
  await expectNext(diary, ['hall.consultation.given', 'staff:clerk', { ...phoned, staff: 'clerk' }]);

  await second.page.keyboard.press('F9');
  await second.press('次数 +1', second.dialog);
  await second.press('复印', second.dialog);
  await expectNext(diary, ['hall.service.given', 'staff:second', { station: 'hall', kind: 'copying', count: 2 }]);
  await second.page.keyboard.press('F9');
  await second.press('快递', second.dialog);
  const [sent] = await expectNext(diary, ['hall.service.given', 'staff:second', { station: 'hall', kind: 'express' }]);
  await second.press(/撤销/, second.line('快递'));
  await expectNext(diary, voided(sent!, 'second', { undo: true }));

  await second.record('seyb', '少儿医保');
  const wrong = await expectNext(
    diary,
    caseAccepted('second', { window: 'w02', item: 'mi-01', handling: 'instant' }),
    caseFinished('second', { window: 'w02' }),
  );
  await goTo(DAY, '10:02', second);
  await second.press('作废', second.line('少儿医保'));
  await second.press('录错事项', second.dialog);
  await expectNext(diary, ...wrong.map((one) => voided(one, 'second', { reason: '录错事项' })));
}

/** What a lead writes down in 其他登记, and the alarm that a clerk takes of it. */
export async function writeOthers(lead: Hand, clerk: Hand, { diary, goTo }: DayHall): Promise<void> {
  const { page } = lead;
  const matter = (kind: string) =>
    page.locator('form', { has: page.getByRole('heading', { name: kind, exact: true }) });
  const by = (type: EventType, data: object) => expectNext(diary, [type, 'staff:lead', { station: 'hall', ...data }]);
  await lead.goTo('其他登记');
  const booked: string[] = [];
  for (const [time, item] of [
    ['10:45', 'mi-03'],
    ['11:00', undefined],
  ] as const) {
    if (item) await matter('预约').getByRole('combobox').selectOption(item);
    await page.locator('input[type=time]').fill(time);
    await lead.press('登记预约');
    const data = { appointment: LETTERS, at: new Date(at(time)).toISOString(), ...(item ? { item } : {}) };
    const [deed] = await by('hall.appointment.booked', data);
    booked.push(idIn(deed, 'appointment'));
  }
  await lead.press('到场', page.locator('p', { hasText: '10:45' }));
  await by('hall.appointment.kept', { appointment: booked[0] });
  await lead.press('未到', page.locator('p', { hasText: '11:00' }));
  await by('hall.appointment.missed', { appointment: booked[1] });

  await matter('诉求').getByRole('textbox').fill('自助机排队太长');
  await lead.press('登记诉求');
  const [request] = await by('hall.request.received', { request: LETTERS, topic: '自助机排队太长' });
  await lead.press('已答复', page.getByRole('listitem').filter({ hasText: '自助机排队太长' }));
  await by('hall.request.answered', { request: idIn(request, 'request') });
  await matter('作风投诉').getByRole('textbox').fill('窗口态度生硬');
  await lead.press('登记投诉');
  const [complaint] = await by('hall.complaint.received', { complaint: LETTERS, about: '窗口态度生硬' });
  await lead.press('已答复，属实', page.getByRole('listitem').filter({ hasText: '窗口态度生硬' }));
  await by('hall.complaint.answered', {
    complaint: idIn(complaint, 'complaint'),
    upheld: true,
  });
  await page.getByLabel('培训主题').fill('容缺受理');
  await page.getByLabel('人数').fill('12');
  await lead.press('登记培训');
  await by('hall.training.held', { topic: '容缺受理', people: 12 });

  const terminal = { terminal: 'terminal-social-insurance' };
  await lead.press('缺纸', page.locator('p', { hasText: '社保自助机' }));
  await by('hall.terminal.changed', { ...terminal, status: 'out-of-paper' });
  // Behind the moment at which it becomes an alarm, however long all this took.
  await goTo(DAY, '10:06', clerk, lead);
  await clerk.goTo('告警');
  await clerk.press('签收', clerk.page.locator('li', { hasText: '社保自助机' }));
  const taken = { alarm: expect.stringContaining('terminal') as string, by: 'clerk' };
  await expectNext(diary, ['hall.alarm.taken', 'staff:clerk', taken]);
  await clerk.page.getByText('示例clerk 已签收').waitFor();
  await lead.press('正常', page.locator('p', { hasText: '社保自助机' }));
  await by('hall.terminal.changed', { ...terminal, status: 'working' });
}
