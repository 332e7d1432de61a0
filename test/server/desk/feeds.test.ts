// One feed for each kind of fact: what others send is refused, the desk stands in while a system is down.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nameEntry, type Act, type Entry, type EntryOutcome } from '../../../domain/desk/entry.ts';
import { postEvents, wireEvent, type Posted, type WireEvent } from '../../e2e/hall-client.ts';
import { createZone } from '../../../domain/calendar/zone.ts';
import { openFeedDesk } from '../../../server/desk/feeds.ts';
import { createRecorder } from '../../../server/record.ts';
import { readConfig } from '../../domain/board/topics/fold-story.ts';
import { openInProcessLedger } from '../../property/in-process-ledger.ts';
import { KEY, openStaffedHall, type Browser, type StaffedHall } from '../staffed-hall.ts';

const DAY = '2026-11-26';
let now = Date.parse(`${DAY}T10:00:00+08:00`);
let hall: StaffedHall;
const feeds = [
  { fact: 'cases', source: 'urn:approval' },
  { fact: 'consultations', source: 'urn:approval', station: 'meifeng' },
];

beforeEach(async () => {
  now = Date.parse(`${DAY}T10:00:00+08:00`);
  const clock = { now: () => now, untilMs: (at: number) => at - now };
  hall = await openStaffedHall({ clock, profile: (profile) => void (profile['feeds'] = feeds) });
});
afterEach(() => hall.close());

const accepted = (id: string, source: string, more: object = {}): WireEvent => ({
  ...wireEvent(id, 'hall.case.accepted', { case: id, station: 'hall', channel: 'window', item: 'mi-03' }, now),
  ...more,
  source,
});
const finished = (id: string, source: string): WireEvent => ({
  ...wireEvent(`${id}-end`, 'hall.case.finished', { case: id, outcome: 'approved' }, now),
  source,
});
const post = async (events: unknown, query = ''): Promise<Posted> => postEvents(hall.url, events, { key: KEY, query });
const refusal = (index: number, id: string) => ({ index, id, field: 'source', reason: 'feed' });

let made = 0;
function make(act: Act): Entry {
  const letters = [...String(made++).padStart(20, '0')].map((digit) => 'abcdefghij'[Number(digit)]).join('');
  const at = new Date(now).toISOString();
  return { id: nameEntry(DAY, 'clerk', letters), author: 'clerk', hall: 'meilin', station: 'hall', at, act };
}
const caseAct = (id: string): Act => ({
  type: 'case',
  case: id,
  item: 'mi-03',
  channel: 'window',
  handling: 'instant',
});
async function send(clerk: Browser, ...acts: Act[]): Promise<string[]> {
  const { body } = await clerk.ask('POST', '/api/desk/entries', { entries: acts.map(make) });
  return (body as { outcomes: EntryOutcome[] }).outcomes.map((one) => (one.ok ? 'ok' : one.reason));
}
const change = async (who: Parameters<StaffedHall['signIn']>[0], body: unknown) => {
  const answer = await (await hall.signIn(who)).ask('POST', '/api/desk/feed', body);
  return [answer.status, answer.body];
};

test('the door takes a fact from its feed alone, whatever else is in the batch, and says why it refused', async () => {
  const consultation = wireEvent('q1', 'hall.consultation.given', { station: 'hall', medium: 'phone' }, now);
  const elsewhere = { ...consultation, id: 'q2', data: { ...consultation.data, station: 'meifeng' } };
  const batch = [accepted('a', 'urn:approval'), accepted('b', 'urn:other'), finished('a', 'urn:approval')].concat([
    finished('b', 'urn:other'),
    consultation,
    elsewhere,
    accepted('b', 'urn:other'),
  ]);
  for (const query of ['?check=true', '']) {
    const { status, body } = await post(batch, query);
    expect([status, body.accepted, body.duplicates]).toEqual([200, 3, 0]);
    expect(body.rejected).toEqual([refusal(1, 'b'), refusal(3, 'b-end'), refusal(5, 'q2'), refusal(6, 'b')]);
  }
  const { status, body } = await post(accepted('c', 'urn:other'));
  expect([status, body.rejected]).toEqual([422, [refusal(0, 'c')]]);
});

test('a desk is refused what another system sends, and nothing else', async () => {
  const clerk = await hall.signIn('clerk');
  const acts: Act[] = [
    caseAct('c1'),
    { type: 'licence', case: 'c1' },
    { type: 'consultation', medium: 'phone' },
    { type: 'complaint-received', complaint: 'k1' },
  ];
  expect(await send(clerk, ...acts)).toEqual(['feed', 'feed', 'ok', 'ok']);
});

test('while a lead lets the desk stand in, it writes down and the system is refused, by the time of each event', async () => {
  const clerk = await hall.signIn('clerk');
  const before = now;
  now += 60_000;
  expect(await change('lead', { station: 'hall', facts: ['cases'], status: 'desk' })).toEqual([200, { ok: true }]);
  now += 60_000;
  expect(await send(clerk, caseAct('c1'))).toEqual(['ok']);
  const late = { ...accepted('late', 'urn:approval'), time: new Date(before).toISOString() };
  const { body } = await post([accepted('meanwhile', 'urn:approval'), late]);
  expect([body.accepted, body.rejected]).toEqual([1, [refusal(0, 'meanwhile')]]);
  expect((await post({ ...late, data: { ...late.data, item: 'mi-04' } })).body.rejected).toMatchObject([
    { reason: 'conflict' },
  ]);

  now += 60_000;
  expect(await change('lead', { station: 'hall', facts: ['cases'], status: 'restored' })).toEqual([200, { ok: true }]);
  now += 60_000;
  expect(await send(clerk, caseAct('c2'))).toEqual(['feed']);
  expect((await post(accepted('again', 'urn:approval'))).body.accepted).toBe(1);
  const events = await hall.server.ledger.read(0, 1_000);
  const actors = await hall.server.ledger.readActors(0, 1_000);
  const changes = events.flatMap((event, i) => (event.type === 'hall.feed.changed' ? [[event.data, actors[i]]] : []));
  expect(changes).toEqual(
    (['desk', 'restored'] as const).map((status) => [
      { station: 'hall', facts: ['cases'], status },
      { kind: 'staff', id: 'lead' },
    ]),
  );
});

test('a lead who switches late may say since when: behind the last that the system sent today, and no earlier', async () => {
  const clerk = await hall.signIn('clerk');
  const elsewhere = { ...accepted('far', 'urn:approval') };
  elsewhere.data = { ...elsewhere.data, station: 'meifeng' };
  const early = make(caseAct('c0'));
  now += 60_000;
  await post(accepted('last', 'urn:approval'));
  const lastSent = now;
  now += 60_000;
  const entry = make(caseAct('c1'));
  const again = async (one: Entry) => {
    const { body } = await clerk.ask('POST', '/api/desk/entries', { entries: [one] });
    return (body as { outcomes: EntryOutcome[] }).outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.reason));
  };
  expect(await again(entry)).toEqual(['feed']);
  now += 60_000;
  const far = [elsewhere, finished('far', 'urn:approval')];
  expect((await post(far.map((one) => ({ ...one, time: new Date(now).toISOString() })))).body.accepted).toBe(2);
  const body = { station: 'hall', facts: ['cases'], status: 'desk' };
  expect((await change('lead', body))[0]).toBe(200);
  expect(await again(entry)).toEqual(['feed']);
  now += 60_000;
  expect((await change('lead', { ...body, since: 'last-sent' }))[0]).toBe(200);
  expect([await again(entry), await again(early)]).toEqual([['ok'], ['feed']]);
  const events = await hall.server.ledger.read(0, 1_000);
  expect(events.findLast(({ type }) => type === 'hall.feed.changed')?.data).toEqual({
    ...body,
    since: new Date(lastSent + 1).toISOString(),
  });
  expect(await change('lead', { ...body, since: '2026-11-20T00:00:00Z' })).toEqual([
    400,
    { error: 'bad-body', field: 'since' },
  ]);
});

test('what is there already is a duplicate, a conflict, or taken back, as ever', async () => {
  // Of a clock that is ahead: at its own time the desk stands in.
  const early = { ...accepted('early', 'urn:approval'), time: new Date(now + 60_000).toISOString() };
  expect((await post(early)).body.accepted).toBe(1);
  await change('lead', { station: 'hall', facts: ['cases'], status: 'desk' });
  const other = { ...early, data: { ...early.data, item: 'mi-04' } };
  const { body } = await post([early, other, { ...early, id: 'new' }]);
  expect([body.accepted, body.duplicates]).toEqual([0, 1]);
  expect(body.rejected.map(({ id, reason }) => [id, reason])).toEqual([
    ['early', 'conflict'],
    ['new', 'feed'],
  ]);
  const taken = wireEvent('back', 'hall.event.voided', { source: 'urn:approval', id: 'early' }, now);
  expect((await post({ ...taken, source: 'urn:approval' })).body.accepted).toBe(1);
});

test('a switch is for a lead of that station or a manager, of facts and stations that there are', async () => {
  const body = { station: 'hall', facts: ['cases', 'tickets'], status: 'desk' };
  for (const who of ['clerk', 'elsewhere', 'leader', 'administrator'] as const)
    expect(await change(who, body)).toEqual([403, { error: 'not-allowed' }]);
  expect(await change('lead', { ...body, station: 'meifeng' })).toEqual([403, { error: 'not-allowed' }]);
  expect(await change('manager', { ...body, station: 'meifeng' })).toEqual([200, { ok: true }]);
  expect(await change('manager', { ...body, station: '__proto__' })).toEqual([404, { error: 'unknown-station' }]);
  for (const [field, bad] of [
    ['facts.0', { ...body, facts: ['weather'] }],
    ['facts', { ...body, facts: [] }],
    ['status', { ...body, status: 'down' }],
    ['station', { ...body, station: '' }],
    ['by', { ...body, by: 's01' }],
  ] as const)
    expect(await change('lead', bad)).toEqual([400, { error: 'bad-body', field }]);
  expect((await hall.browser().ask('POST', '/api/desk/feed', body)).status).toBe(401);
});

test('a switch outlives its process', async () => {
  const zone = createZone('Asia/Shanghai');
  const ledger = openInProcessLedger(zone.name);
  const open = () => {
    const record = createRecorder({ ledger, now: () => now });
    return openFeedDesk({ ledger, profile: () => readConfig().profile, zone, now: () => now, record });
  };
  const [began, actor] = [now, { kind: 'staff', id: 'lead' }] as const;
  await (await open()).change('hall', { facts: ['cases', 'cases', 'services'], status: 'desk' }, actor);
  now += 60_000;
  const desk = await open();
  expect(desk.read().switches).toEqual(
    new Map([['hall', ['cases', 'services'].map((fact) => ({ fact, from: began }))]]),
  );
  await desk.change('hall', { facts: ['cases'], status: 'restored' }, actor);
  const spans = desk.read().switches.get('hall')!;
  expect(spans).toContainEqual({ fact: 'cases', from: began, until: now });
  expect((await open()).read().switches.get('hall')).toEqual(spans);
  await ledger.close();
});
