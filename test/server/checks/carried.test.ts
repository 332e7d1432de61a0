// 每日核查 over several days: what comes in after a check is found at the next one, once, and what somebody has in hand is not asked again.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AreaCheck, ChecksState } from '../../../domain/wire/checks.ts';
import { createMovingClock } from '../moving-clock.ts';
import { addPeople, KEY, openStaffedHall, type Browser, type StaffedHall } from '../staffed-hall.ts';

const at = (day: string, time: string): number => Date.parse(`${day}T${time}:00+08:00`);
const clock = createMovingClock(0);
/** Of an item that yields a licence. */
const LICENSED = { channel: 'window', item: 'fp-02' };
let hall: StaffedHall;
let manager: Browser;
let told = 0;
beforeEach(async () => {
  told = 0;
  clock.set(at('2019-08-05', '09:00'));
  hall = await openStaffedHall({
    clock,
    profile: (profile) => void (profile['dailyChecks'] = ['cases', 'licences', 'satisfaction', 'conduct']),
  });
  manager = await hall.signIn('manager');
});
afterEach(() => hall.close());

/** @param time of the day that the clock shows, where it says no other */
async function tell(type: string, when: string, data: object): Promise<void> {
  const event = { specversion: '1.0', source: 'urn:other', id: `e${told++}`, type, time: `${when}:00+08:00`, data };
  const { status } = await hall.browser().ask('POST', '/api/events', event, { Authorization: `Bearer ${KEY}` });
  expect(status).toBe(200);
}
const rate = (when: string, more: object = {}) =>
  tell('hall.rating.given', when, { score: 1, station: 'hall', medium: 'pad', ...more });
async function finish(of: string, when: string, more: object = {}): Promise<void> {
  await tell('hall.case.accepted', when, { case: of, station: 'hall', channel: 'window', item: 'mi-01', ...more });
  await tell('hall.case.finished', when, { case: of, outcome: 'approved' });
}
async function areaOf(area: string, browser = manager): Promise<AreaCheck> {
  const { status, body } = await browser.ask('GET', '/api/checks');
  expect(status).toBe(200);
  return (body as unknown as ChecksState).stations.find(({ id }) => id === 'hall')!.areas[area]!;
}
const openOf = ({ findings }: AreaCheck) => findings.filter(({ isOpen, kind }) => isOpen && kind !== 'skipped');
/** What waits for an answer, as its kind and how many it stands for. */
const asked = async (area: string) => openOf(await areaOf(area)).map(({ kind, count }) => [kind, count]);

const draw = (): string =>
  `drawn${[...String(told++)].map((digit) => 'abcdefghij'[Number(digit)]).join('')}`.padEnd(20, 'q');
const say = (area: string, answers: object[], browser = manager) =>
  browser.ask('POST', '/api/checks', { id: draw(), checks: [{ station: 'hall', area, answers }] });
/** The check of an area with one answer to all that it waits for; days that were skipped have a reason. */
async function check(area: string, answer: object = { answer: 'in-order' }): Promise<void> {
  const { findings } = await areaOf(area);
  const answers = findings
    .filter(({ isOpen }) => isOpen)
    .map(({ kind, thing, count }) => ({
      ...{ finding: kind, ...(thing === undefined ? { count } : { thing }) },
      ...(kind === 'skipped' ? { answer: 'explained', note: '试行之前' } : answer),
    }));
  expect(await say(area, answers)).toMatchObject({ status: 200 });
}
const FOLLOW = { answer: 'follow-up', note: '整改', owner: 'second', dueOn: '2019-10-18' };
async function followups(): Promise<{ followup: string; [field: string]: unknown }[]> {
  const events = await hall.server.ledger.read(0, 10_000);
  return events.flatMap((event) => (event.type === 'hall.followup.opened' ? [event.data] : []));
}

test('D1 what comes in after a check is found at the next one, and nothing that was there is found again', async () => {
  clock.set(at('2019-10-14', '09:30'));
  await rate('2019-10-14T09:10');
  await finish('morning', '2019-10-14T09:20');
  clock.set(at('2019-10-14', '10:00'));
  expect(await asked('satisfaction')).toEqual([
    ['poor-rating', 1],
    ['unrated', 1],
  ]);
  await check('satisfaction');
  // The afternoon; and a rating of the morning that a tablet kept back.
  clock.set(at('2019-10-14', '15:00'));
  await rate('2019-10-14T15:00');
  await rate('2019-10-14T09:15');
  await finish('afternoon', '2019-10-14T15:00');
  clock.set(at('2019-10-15', '10:00'));
  const next = openOf(await areaOf('satisfaction'));
  expect(next.map(({ kind, count, at: when }) => [kind, count, when])).toEqual([
    ['poor-rating', 1, at('2019-10-14', '15:00')],
    ['poor-rating', 1, at('2019-10-14', '09:15')],
    ['unrated', 1, undefined],
  ]);
  await check('satisfaction');
  clock.set(at('2019-10-16', '10:00'));
  expect(await asked('satisfaction')).toEqual([]);
});

test('D1 a rating of the eve of a holiday is found behind it, however long that is', async () => {
  clock.set(at('2019-09-30', '10:00'));
  await check('satisfaction');
  clock.set(at('2019-09-30', '15:00'));
  await rate('2019-09-30T15:00');
  await finish('eve', '2019-09-30T15:00');
  clock.set(at('2019-10-08', '10:00'));
  expect(await asked('satisfaction')).toEqual([
    ['poor-rating', 1],
    ['unrated', 1],
  ]);
});

test('D1 where another system says when it checked, what had not happened by then was not there', async () => {
  clock.set(at('2019-10-14', '18:00'));
  await rate('2019-10-14T10:00');
  await rate('2019-10-14T15:00');
  await tell('hall.check.done', '2019-10-14T12:00', { station: 'hall', area: 'satisfaction', result: 'ok' });
  clock.set(at('2019-10-15', '10:00'));
  expect(openOf(await areaOf('satisfaction')).map((one) => one.at)).toEqual([at('2019-10-14', '15:00')]);
});

test('D1 a licence is asked for up to the sixty-second day, and not after it', async () => {
  await finish('licensed', '2019-08-05T09:00', LICENSED);
  clock.set(at('2019-09-26', '10:00'));
  expect(await asked('licences')).toEqual([['licence-missing', 1]]);
  clock.set(at('2019-10-08', '10:00'));
  expect(await asked('licences')).toEqual([]);
});

test('D2 what an open follow-up is about is not asked again the next day: a complaint, and many at once', async () => {
  clock.set(at('2019-10-14', '09:00'));
  await tell('hall.complaint.received', '2019-10-14T09:00', { complaint: 'rude', station: 'hall' });
  for (let i = 0; i < 21; i++)
    await tell('hall.case.accepted', '2019-10-14T09:00', {
      ...{ case: `late${i}`, station: 'hall', channel: 'window', item: 'mi-02' },
      promisedBy: '2019-10-14T09:30:00+08:00',
    });
  clock.set(at('2019-10-14', '10:00'));
  expect(await asked('cases')).toEqual([['overdue', 21]]);
  const together = { station: 'hall', area: 'cases', answers: [{ ...FOLLOW, finding: 'overdue', count: 21 }] };
  const body = { id: draw(), checks: [together] };
  // Twice: the first answer was lost.
  for (let i = 0; i < 2; i++) expect((await manager.ask('POST', '/api/checks', body)).status).toBe(200);
  await check('conduct', FOLLOW);
  clock.set(at('2019-10-15', '10:00'));
  expect([await asked('cases'), await asked('conduct')]).toEqual([[], []]);
  const [many, one] = await followups();
  expect((await areaOf('conduct')).findings).toMatchObject([{ kind: 'complaint-open', followup: one!.followup }]);
  // What becomes overdue later is not what it was given for.
  await tell('hall.case.accepted', '2019-10-15T09:00', {
    ...{ case: 'later', station: 'hall', channel: 'window', item: 'mi-02', promisedBy: '2019-10-15T09:30:00+08:00' },
  });
  expect(openOf(await areaOf('cases'))).toMatchObject([{ kind: 'overdue', thing: 'case:later' }]);
  // Once it is over, whatever is still so is found again.
  for (const { followup } of [many!, one!])
    await tell('hall.followup.closed', '2019-10-15T09:50', { followup, result: 'rectified' });
  expect([await asked('cases'), await asked('conduct')]).toEqual([[['overdue', 22]], [['complaint-open', 1]]]);
});

test('D3 a follow-up ends with the hours of a working day of its station, and on no other day', async () => {
  // The Wednesday is a day off of the street hall alone.
  await hall.restart(() => {
    mkdirSync(join(hall.folder, 'documents'), { recursive: true });
    const calendar = { version: 1, years: [2019], daysOff: [{ from: '2019-10-16', stations: ['hall'] }] };
    writeFileSync(join(hall.folder, 'documents/calendar.json'), JSON.stringify(calendar));
  });
  clock.set(at('2019-10-15', '10:00'));
  manager = await hall.signIn('manager');
  const { stations } = (await manager.ask('GET', '/api/checks')).body as unknown as ChecksState;
  const dueOf = (station: string) => stations.find(({ id }) => id === station)!.dueOn;
  expect([dueOf('hall'), dueOf('meifeng')]).toEqual(['2019-10-18', '2019-10-17']);
  const seen = (dueOn: string) => ({ ...FOLLOW, finding: 'seen', dueOn });
  for (const [day, error] of [
    ['2019-10-16', 'day-off'],
    ['2019-10-19', 'day-off'],
    ['2019-10-14', 'past'],
  ] as const)
    expect(await say('licences', [seen(day)])).toMatchObject({ status: 422, body: { error, field: 'dueOn' } });
  clock.set(at('2019-10-15', '18:30'));
  expect(await say('licences', [seen('2019-10-15')])).toMatchObject({ status: 422, body: { error: 'past' } });
  await check('licences');
  expect(await say('licences', [seen('2019-10-17')])).toMatchObject({ status: 200 });
  expect((await followups()).map(({ dueBy }) => dueBy)).toEqual(['2019-10-17T10:00:00.000Z']);
});

test('D4 whom a complaint names, by its event or in its words, gives it to somebody else and decides nothing of it', async () => {
  await addPeople(hall.access, { deputy: { role: 'manager' } });
  const deputy = await hall.signIn('deputy' as never);
  clock.set(at('2019-10-14', '10:00'));
  await tell('hall.complaint.received', '2019-10-14T09:00', { complaint: 'said', station: 'hall', staff: 'deputy' });
  // By a slip, whose words nobody has read yet.
  const slip = { code: 'GHJKL-MNPQR', kind: 'complaint', text: '示例deputy在柜台抽烟', station: 'hall' };
  expect((await manager.ask('POST', '/api/suggestions', slip)).status).toBe(200);
  await tell('hall.complaint.received', '2019-10-14T09:02', { complaint: 'other', station: 'hall', staff: 'clerk' });
  const own = (check_: AreaCheck) => check_.findings.map(({ thing, isOwn }) => [thing, isOwn ?? false]);
  const words = (await areaOf('conduct')).findings.find(({ at: when = 0 }) => when >= at('2019-10-14', '10:00'))!.thing;
  expect(own(await areaOf('conduct', deputy))).toEqual([
    ['complaint:said', true],
    ['complaint:other', false],
    [words, true],
  ]);
  expect(own(await areaOf('conduct')).map(([, isOwn]) => isOwn)).toEqual([false, false, false]);
  const answers = (mine: object) => [
    { finding: 'complaint-open', thing: 'complaint:said', ...mine },
    { finding: 'complaint-open', thing: words, ...mine },
    { finding: 'complaint-open', thing: 'complaint:other', answer: 'in-order' },
  ];
  for (const mine of [{ answer: 'in-order' }, { answer: 'explained', note: '不实' }, { ...FOLLOW, owner: 'deputy' }])
    expect(await say('conduct', answers(mine), deputy)).toMatchObject({ status: 403, body: { error: 'own' } });
  const before = (await areaOf('conduct')).findings.filter(({ kind }) => kind === 'skipped');
  expect(
    await say(
      'conduct',
      [
        ...answers(FOLLOW),
        ...before.map(({ thing }) => ({ finding: 'skipped', thing, answer: 'explained', note: '试行之前' })),
      ],
      deputy,
    ),
  ).toMatchObject({ status: 200 });
  const opened = await followups();
  expect(opened.map(({ staff }) => staff)).toEqual(['deputy', 'deputy']);
  // Having opened it they could close it, were it not about them.
  const { followup } = opened[0]!;
  const second = await hall.signIn('second');
  const deed = (what: object, browser: Browser) =>
    browser.ask('POST', '/api/followups', { id: draw(), followup, deed: what });
  expect(await deed({ type: 'submit', result: 'explained' }, second)).toMatchObject({ status: 200 });
  expect(await deed({ type: 'close', result: 'explained' }, deputy)).toMatchObject({
    status: 403,
    body: { error: 'own' },
  });
  expect(await deed({ type: 'close', result: 'explained' }, manager)).toMatchObject({ status: 200 });
});

test('D4 of more than twenty at once nobody settles their own either', async () => {
  await hall.close();
  hall = await openStaffedHall({ clock });
  await addPeople(hall.access, { deputy: { role: 'manager' } });
  const deputy = await hall.signIn('deputy' as never);
  clock.set(at('2019-10-14', '10:00'));
  for (let i = 0; i < 21; i++) await rate('2019-10-14T09:00', i === 20 ? { staff: 'deputy' } : {});
  const [many] = openOf(await areaOf('satisfaction', deputy));
  expect(many).toMatchObject({ kind: 'poor-rating', count: 21, isOwn: true });
  const inOrder = { finding: 'poor-rating', count: 21, answer: 'in-order' };
  expect(await say('satisfaction', [inOrder], deputy)).toMatchObject({ status: 403, body: { error: 'own' } });
});
