/** 医保试点 adds up: item by item, week by week, and with what 总览 says. */
import { expect, test } from 'vitest';
import type { MedicalData, MedicalItem } from '../../../../domain/board/topics/data-medical.ts';
import { ev, openDay, tell } from './story.ts';

const accept = (id: string, when: string, item: string, more: object = {}) =>
  ev('hall.case.accepted', when, { case: id, station: 'hall', channel: 'window', item, ...more });
const finish = (
  id: string,
  when: string,
  outcome: 'approved' | 'refused' | 'not-accepted' | 'withdrawn' = 'approved',
) => ev('hall.case.finished', when, { case: id, outcome });
const ask = (when: string, medium: 'visit' | 'phone', more: object = {}) =>
  ev('hall.consultation.given', when, { station: 'hall', medium, line: 'medical-insurance', ...more });

const story = [
  openDay('06-04'),
  accept('early', '06-04 10:00', 'mi-02'),
  accept('open', '06-04 11:00', 'mi-04'),
  openDay('06-05'),
  accept('a', '06-05 10:00', 'mi-01'),
  finish('a', '06-05 10:02'),
  finish('early', '06-07 10:00'),
  accept('b', '06-12 10:00', 'mi-02'),
  finish('b', '06-14 22:00', 'refused'),
  ask('06-12 11:00', 'phone', { count: 3 }),
  openDay('11-18'),
  accept('c', '11-18 09:15', 'mi-05'),
  accept('d', '11-18 15:15', 'new/1', { line: 'medical-insurance' }),
  accept('rent', '11-18 09:20', 'te-01'),
  finish('c', '11-18 09:20', 'withdrawn'),
  openDay('11-25'),
  accept('e', '11-25 09:10', 'mi-01'),
  finish('e', '11-25 09:14'),
  accept('f', '11-25 09:30', 'mi-03'),
  accept('g', '11-25 09:40', 'mi-01', { station: 'meifeng' }),
  accept('rent2', '11-25 09:50', 'te-01'),
  ask('11-25 10:00', 'visit'),
  ask('11-25 10:10', 'phone', { line: 'tenancy' }),
];

const sumItems = ({ items }: MedicalData, read: (item: MedicalItem) => number) =>
  Object.values(items).reduce((total, item) => total + read(item), 0);
const finished = ({ outcomes: o }: { outcomes: MedicalItem['outcomes'] }) =>
  o.approved + o.refused + o.notAccepted + o.withdrawn;

test('counts what the pilot handled at its station, and says what other stations accepted', async () => {
  const { medical, overview } = await tell(story, ['medical', 'overview']);
  expect(medical.from).toBe('2019-06-05');
  expect(medical.today).toEqual({
    accepted: 2,
    outcomes: { approved: 1, refused: 0, notAccepted: 0, withdrawn: 0 },
    consultations: { visit: 1, phone: 0 },
  });
  expect(medical.today.accepted + medical.elsewhere).toBe(overview.counts.medicalCases);
  expect(medical.since.outcomes).toEqual({ approved: 3, refused: 1, notAccepted: 0, withdrawn: 1 });
  expect(medical.since.outcomes.approved).toBe(overview.medicalPilot!.approved);
  expect(medical.since.consultations).toEqual({ visit: 1, phone: 3 });
  // Accepted before the pilot and still open, the code that the catalogue does not know, and today's.
  expect(medical.open).toBe(3);
});

test('the items are the 19 of the catalogue, then what it does not know, and add up', async () => {
  const { medical } = await tell(story, ['medical']);
  expect(medical.order).toHaveLength(20);
  expect(medical.order[0]).toBe('mi-01');
  expect(medical.order.at(-1)).toBe('new/1');
  expect(medical.items['new/1']).toMatchObject({ name: 'new/1', unknown: true, since: 1, open: 1 });
  expect(medical.items['mi-01']).toMatchObject({ today: 1, since: 2, open: 0, nameEn: "Children's insurance" });
  expect(sumItems(medical, (item) => item.today)).toBe(medical.today.accepted);
  expect(sumItems(medical, (item) => item.since)).toBe(medical.since.accepted);
  expect(sumItems(medical, (item) => item.open)).toBe(medical.open);
  expect(sumItems(medical, finished)).toBe(finished(medical.since));
});

test('the weeks run from the pilot to today and add up to what was approved', async () => {
  const { medical } = await tell(story, ['medical']);
  const weeks = Object.keys(medical.weeks);
  expect(weeks).toHaveLength(26);
  expect([weeks[0], weeks.at(-1)]).toEqual(['2019-06-03', '2019-11-25']);
  expect(medical.weeks['2019-06-03']).toBe(2);
  expect(Object.values(medical.weeks).reduce((a, b) => a + b, 0)).toBe(medical.since.outcomes.approved);
});

test('the time to finish stands by kind of item, with its n', async () => {
  const { medical } = await tell(story, ['medical']);
  const minute = 60_000;
  expect(medical.pace.instant).toEqual({ n: 3, medianMs: 4 * minute, p90Ms: 5 * minute });
  // 12 June 10:00 to 14 June 22:00 are 60 hours; 4 June 10:00 to 7 June 10:00, a holiday, are 62: 3,720 minutes.
  expect(medical.pace.promised).toEqual({ n: 2, medianMs: 3600 * minute, p90Ms: 3700 * minute });
  expect(medical.pace.other).toEqual({ n: 0 });
});

test('the usual day is the mean of the same weekday since the pilot began', async () => {
  const { medical } = await tell(story, ['medical']);
  expect(medical.usual).toEqual({ slotMinutes: 30, days: 1, slots: { 18: 1, 30: 1 } });
});

test('a hall without a pilot says so', async () => {
  const { medical } = await tell(story, ['medical'], { medicalPilot: undefined });
  expect(medical).not.toHaveProperty('from');
  expect(medical.weeks).toEqual({});
  expect(medical.elsewhere).toBe(0);
});
