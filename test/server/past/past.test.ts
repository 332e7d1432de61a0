// Past moments over HTTP, by the ledger's own thread on a real file: as the wall had them, for people alone, and clear about what cannot be had.
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OverviewData } from '../../../domain/board/topics/data.ts';
import type { Brief } from '../../../domain/wire/brief.ts';
import type { PastMoment } from '../../../domain/wire/past.ts';
import { openSqliteLedger } from '../../../server/ledger/sqlite/engine.ts';
import { findRoot } from '../../e2e/product.ts';
import { KEY, openStaffedHall, type Browser, type StaffedHall } from '../staffed-hall.ts';

let now = Date.parse('2019-06-05T08:00:00+08:00');
const writerUrl = pathToFileURL(join(findRoot(), 'dist/server/ledger-writer.js'));
let hall: StaffedHall;
let manager: Browser;
beforeAll(async () => {
  hall = await openStaffedHall({
    clock: { now: () => now, untilMs: (at) => at - now },
    server: { openLedger: (place) => openSqliteLedger({ ...place, writerUrl }), dayLookMs: 100 },
  });
  manager = await hall.signIn('manager');
});
afterAll(() => hall.close());

let told = 0;
async function tell(type: string, time: string, data: object): Promise<void> {
  const event = { specversion: '1.0', source: 'urn:other', id: `e${told++}`, type, time, data };
  const { status } = await hall.browser().ask('POST', '/api/events', event, { Authorization: `Bearer ${KEY}` });
  expect(status).toBe(200);
}
const accept = (id: string, time: string, more: object = {}): Promise<void> =>
  tell('hall.case.accepted', time, { case: id, station: 'hall', channel: 'window', item: 'mi-02', ...more });

async function ask(at: string, browser = manager): Promise<{ status: number; body: PastMoment<'overview'> }> {
  const query = new URLSearchParams({ at, topic: 'overview', player: 'theoneplayer' });
  const { status, body } = await browser.ask('GET', `/api/at?${query.toString()}`);
  return { status, body };
}
async function live(): Promise<OverviewData> {
  const { body } = await manager.ask('GET', '/api/board?topic=overview');
  return (body as { data: OverviewData }).data;
}

test('what a wall showed is what it shows of that moment later, whatever has come in since', async () => {
  await accept('c1', '2019-06-05T07:30:00+08:00', { promisedBy: '2019-06-05T12:00:00+08:00' });
  await tell('hall.ticket.taken', '2019-06-05T07:40:00+08:00', { ticket: 't1', station: 'hall' });
  await tell('hall.window.changed', '2019-06-05T07:45:00+08:00', { window: 'w01', station: 'hall', status: 'open' });
  await tell('hall.rating.given', '2019-06-05T07:50:00+08:00', { score: 1, station: 'hall', medium: 'pad' });
  await tell('hall.followup.opened', '2019-06-05T07:51:00+08:00', { followup: 'f1', about: 'rating', station: 'hall' });
  const shown = await live();
  expect(shown.counts).toMatchObject({ accepted: 1, open: 1, finished: 0 });
  now = Date.parse('2019-06-07T15:00:00+08:00');
  await hall.server.looks(1);
  await accept('c2', '2019-06-06T09:00:00+08:00');
  await tell('hall.case.finished', '2019-06-06T09:30:00+08:00', { case: 'c1', outcome: 'approved' });
  await tell('hall.ticket.called', '2019-06-05T08:10:00+08:00', { ticket: 't1', station: 'hall', window: 'w01' });
  await tell('hall.window.changed', '2019-06-07T09:00:00+08:00', { window: 'w01', station: 'hall', status: 'closed' });
  await tell('hall.followup.closed', '2019-06-06T09:00:00+08:00', { followup: 'f1', result: 'called-back' });
  const { status, body } = await ask('2019-06-05T08:00');
  expect(status).toBe(200);
  expect(body.data).toEqual(shown);
  expect(body).toMatchObject({
    topic: 'overview',
    at: Date.parse('2019-06-05T08:00:00+08:00'),
    now,
    first: Date.parse('2019-06-05T00:00:00+08:00'),
    figures: { accepted: 1, windowCases: 1, finished: 0 },
  });
  // What came late belongs to the moments after which it happened.
  await accept('late', '2019-06-05T07:55:00+08:00');
  expect((await ask('2019-06-05T07:54')).body.figures.accepted).toBe(1);
  expect((await ask('2019-06-05T08:00')).body.figures.accepted).toBe(2);
  expect((await live()).counts.accepted).toBe(0);
});

test('the brief tells of the moment, names what was overdue then, and offers nothing', async () => {
  const { body } = await manager.ask('GET', '/api/brief?at=2019-06-05T13:00');
  const brief = body as Brief;
  expect(brief).toMatchObject({
    today: '2019-06-05',
    now: Date.parse('2019-06-05T13:00:00+08:00'),
    present: now,
    isRunning: true,
    measures: { accepted: 2, open: 2, overdueOpen: 1, poor: 1 },
  });
  expect(brief.decisions!.shown.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['overdue', 'rating']));
  expect(brief.owners).toBeUndefined();
  const month = (await manager.ask('GET', '/api/brief?at=2019-06-06T10:00&period=month')).body as Brief;
  expect(month).toMatchObject({ span: { to: '2019-06-30' }, measures: { accepted: 3, finished: 1, open: 2 } });
});

test.each([
  ['2019-06-05', 400, { error: 'malformed', field: 'at' }],
  ['2019-06-07T15:01', 400, { error: 'not-yet', field: 'at' }],
  ['2019-06-04T23:59', 404, { error: 'before-first', first: Date.parse('2019-06-05T00:00:00+08:00') }],
])('%s answers %i', async (at, status, answer) => {
  expect(await ask(at)).toMatchObject({ status, body: answer });
  const brief = await manager.ask('GET', `/api/brief?at=${at}`);
  expect(brief).toMatchObject({ status, body: { error: answer.error } });
});

test('a display’s token opens no past, a public topic has none, and a third player waits', async () => {
  const { secret } = hall.access.displayTokens.add({ hall: 'meilin', audience: 'management', label: 'wall' });
  const path = '/api/at?at=2019-06-05T08:00&player=whoeverlooks&topic=';
  const asDisplay = { Authorization: `Bearer ${secret}` };
  expect((await hall.browser().ask('GET', `/api/board?topic=overview`, undefined, asDisplay)).status).toBe(200);
  expect((await hall.browser().ask('GET', `${path}overview`, undefined, asDisplay)).status).toBe(403);
  expect((await manager.ask('GET', `${path}public`)).status).toBe(400);
  const seats = await Promise.all(
    ['abcdefghij', 'klmnopqrst', 'uvwxyzabcd'].map((player) =>
      manager.ask('GET', `/api/at?at=2019-06-05T08:00&topic=stars&player=${player}`),
    ),
  );
  expect(seats.map(({ status }) => status)).toContain(429);
});

test('a brief that is played takes a seat among the players, one that is opened takes none', async () => {
  const brief = (player: string) => manager.ask('GET', `/api/brief?at=2019-06-05T13:00${player}`);
  const more = await Promise.all(
    ['bbbbbbbbbb', 'cccccccccc', 'dddddddddd'].map((player) => brief(`&player=${player}`)),
  );
  expect(more).toContainEqual(expect.objectContaining({ status: 429, body: { error: 'too-many-players' } }));
  expect((await brief('')).status).toBe(200);
  expect((await brief('&player=x')).status).toBe(400);
});
