// What a station's cases still owe, as its desk is told: licences of finished ones, and papers that open ones lack.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EventData, EventType } from '../../../domain/events/schema.ts';
import type { DeskOwed } from '../../../domain/wire/desk.ts';
import { KEY, openStaffedHall, type StaffedHall, type Who } from '../staffed-hall.ts';

const DAY_MS = 86_400_000;
/** A Thursday at ten. */
const NOW = Date.parse('2026-11-26T10:00:00+08:00');
let hall: StaffedHall;
beforeEach(async () => {
  hall = await openStaffedHall({ clock: { now: () => NOW, untilMs: (moment) => moment - NOW } });
});
afterEach(() => hall.close());

let told = 0;
async function tell<T extends EventType>(type: T, data: EventData[T], at = NOW): Promise<string> {
  const id = `e${told++}`;
  const event = { specversion: '1.0', source: 'urn:other', id, type, time: new Date(at).toISOString(), data };
  const { status } = await hall.browser().ask('POST', '/api/events', event, { Authorization: `Bearer ${KEY}` });
  expect(status).toBe(200);
  return id;
}
type Accepted = Partial<EventData['hall.case.accepted']>;
const accept = (id: string, more: Accepted = {}, at = NOW) =>
  tell('hall.case.accepted', { case: id, station: 'hall', channel: 'window', item: 'ca-02', ...more }, at);
const finish = (id: string, outcome: EventData['hall.case.finished']['outcome'] = 'approved', at = NOW) =>
  tell('hall.case.finished', { case: id, outcome }, at);
async function look(who: Who = 'clerk', station = 'hall', more = ''): Promise<DeskOwed> {
  const { status, body } = await (await hall.signIn(who)).ask('GET', `/api/desk/owed?station=${station}${more}`);
  expect(status).toBe(200);
  return body;
}

test('licences are those that the checks and M11 miss: approved at this station in 62 days, of items that yield one', async () => {
  await accept('here', { window: 'w03', ticket: '2026-11-26/hall/A007' });
  await finish('here');
  // Of an item with a promise, accepted long before it was finished.
  await accept('promised', { item: 'la-03' }, NOW - 50 * DAY_MS);
  await finish('promised', 'approved', NOW - 30 * DAY_MS);
  for (const [id, more, outcome, at] of [
    ['refused', {}, 'refused', NOW],
    ['without', { item: 'mi-01' }, 'approved', NOW],
    ['elsewhere', { station: 'meifeng' }, 'approved', NOW],
    ['uploaded', {}, 'approved', NOW],
    ['taken back', {}, 'approved', NOW],
    ['long ago', {}, 'approved', NOW - 64 * DAY_MS],
  ] as const) {
    await accept(id, more, at);
    const finished = await finish(id, outcome, at);
    if (id === 'taken back') await tell('hall.event.voided', { source: 'urn:other', id: finished, reason: '录错' });
  }
  await accept('open');
  await tell('hall.licence.uploaded', { case: 'uploaded' });

  const { licences, licenceCount } = await look();
  expect(licences).toEqual([
    { case: 'here', item: 'ca-02', finishedAt: NOW, window: 'w03', ticket: '2026-11-26/hall/A007' },
    { case: 'promised', item: 'la-03', finishedAt: NOW - 30 * DAY_MS },
  ]);
  expect(licenceCount).toBe(2);
  expect(await look('elsewhere', 'meifeng')).toMatchObject({ licences: [{ case: 'elsewhere' }], licenceCount: 1 });
  const manager = await hall.signIn('manager');
  const { body } = await manager.ask('GET', '/api/measures?from=2026-10-26&to=2026-11-26&station=hall');
  expect(body).toMatchObject({ licences: { n: 1, of: 3 } });
});

test('so many licences are told as were asked for, and how many there are', async () => {
  for (let i = 0; i < 53; i++) {
    await accept(`c${i}`, {}, NOW - i * 60_000);
    await finish(`c${i}`);
  }
  const some = await look();
  expect([some.licences.length, some.licenceCount, some.licences[0]!.case]).toEqual([50, 53, 'c0']);
  expect((await look('clerk', 'hall', '&licences=500')).licences).toHaveLength(53);
  const clerk = await hall.signIn('clerk');
  for (const most of ['0', '501', 'x', '-1'])
    expect((await clerk.ask('GET', `/api/desk/owed?station=hall&licences=${most}`)).body).toEqual({
      error: 'bad-query',
      field: 'licences',
    });
});

test('papers are those that a case lacks, open or finished without them, until they come', async () => {
  const supplyBy = '2026-12-03T10:00:00.000Z';
  await accept('named', { deferredDocuments: ['户口本', '结婚证'], supplyBy });
  await accept('bare', { deferredDocuments: true });
  await accept('none', { deferredDocuments: [] });
  await accept('whole');
  await accept('come', { deferredDocuments: ['户口本'], supplyBy });
  await tell('hall.case.supplemented', { case: 'come' });
  await accept('refused', { deferredDocuments: ['户口本'], supplyBy });
  await finish('refused', 'refused');
  await accept('elsewhere', { station: 'meifeng', deferredDocuments: ['户口本'] });
  // Finished without them: not due yet, overdue and accepted long before, without a day, come since, and longer ago than anybody looks.
  const ticket = '2026-11-26/hall/A009';
  await accept('finished', { deferredDocuments: ['户口本'], supplyBy, ticket });
  await finish('finished');
  const overdue = new Date(NOW - 3 * DAY_MS).toISOString();
  await accept('late', { deferredDocuments: ['结婚证'], supplyBy: overdue }, NOW - 70 * DAY_MS);
  await finish('late', 'approved', NOW - 60 * DAY_MS);
  await accept('unnamed', { deferredDocuments: true }, NOW - DAY_MS);
  await finish('unnamed');
  for (const [id, at] of [
    ['supplied', NOW],
    ['forgotten', NOW - 70 * DAY_MS],
  ] as const) {
    await accept(id, { deferredDocuments: ['户口本'], supplyBy: new Date(at + DAY_MS).toISOString() }, at);
    await finish(id, 'approved', at);
  }
  await tell('hall.case.supplemented', { case: 'supplied' });
  const item = 'ca-02';
  expect((await look()).papers).toEqual([
    { case: 'bare', item, papers: [] },
    { case: 'named', item, papers: ['户口本', '结婚证'], supplyBy: Date.parse(supplyBy) },
    { case: 'finished', item, ticket, finishedAt: NOW, papers: ['户口本'], supplyBy: Date.parse(supplyBy) },
    { case: 'unnamed', item, finishedAt: NOW, papers: [] },
    { case: 'late', item, finishedAt: NOW - 60 * DAY_MS, papers: ['结婚证'], supplyBy: Date.parse(overdue) },
  ]);
});
