// The contract of POST /api/events on a real server: every status, every shape, and nothing repeated that was refused.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Access } from '../../../server/access/access.ts';
import { acceptance, hallDay, postEvents, readMeasures, SOURCE, wireEvent } from '../../e2e/hall-client.ts';
import { KEY } from '../../e2e/product.ts';
import { openTestHall, type TestHall } from '../live/test-hall.ts';

let hall: TestHall;
let access: Access;
let url: string;
beforeAll(async () => {
  hall = await openTestHall();
  url = hall.url;
  access = hall.openAccess();
});
afterAll(async () => {
  access.close();
  await hall.close();
});

const today = () => readMeasures(url, hallDay(Date.now() - 86_400_000), hallDay(Date.now()));

test('an event is accepted once, its repeat is a duplicate, its contradiction a conflict (W1, W3)', async () => {
  const event = acceptance('once');
  const first = await postEvents(url, event, { type: 'application/cloudevents+json' });
  expect(first).toMatchObject({ status: 200, body: { accepted: 1, duplicates: 0, rejected: [] } });
  const { seq } = first.body;
  expect(Object.keys(first.body).sort()).toEqual(['accepted', 'duplicates', 'rejected', 'seq']);

  const again = { ...event, time: event.time!.replace('Z', '+00:00'), data: { item: 'x1', ...event.data } };
  expect(await postEvents(url, again)).toMatchObject({ status: 200, body: { accepted: 0, duplicates: 1, seq } });

  const other = { ...event, data: { ...event.data, item: 'x2' } };
  expect(await postEvents(url, other)).toMatchObject({
    status: 422,
    body: { accepted: 0, duplicates: 0, rejected: [{ index: 0, id: 'once', field: 'id', reason: 'conflict' }], seq },
  });
  expect((await postEvents(url, acceptance('next'))).body.seq).toBe(seq + 1);
});

test('in a batch each event is judged by itself, and a repeat inside it counts as a duplicate', async () => {
  const before = await today();
  const good = acceptance('batch-1');
  const bad = { ...acceptance('batch-2'), data: { case: 'x' } };
  const { status, body } = await postEvents(url, [good, bad, good, acceptance('batch-3'), 'text'], {
    type: 'application/cloudevents-batch+json',
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({ accepted: 2, duplicates: 1 });
  expect(body.rejected).toEqual([
    { index: 1, id: 'batch-2', field: 'data.station', reason: 'data' },
    { index: 4, field: '', reason: 'envelope' },
  ]);
  const after = await today();
  expect(after.accepted - before.accepted).toBe(2);
  expect(after.seq).toBe(body.seq);
});

test('known=true says which events were duplicates, and nothing else changes', async () => {
  const known = acceptance('known-1');
  const batch = [known, acceptance('known-2'), known];
  expect((await postEvents(url, batch[0])).body.known).toBeUndefined();
  const checked = await postEvents(url, batch, { query: '?check=true&known=true' });
  expect(checked).toMatchObject({ status: 200, body: { accepted: 1, duplicates: 2, rejected: [], known: [0, 2] } });
  expect((await postEvents(url, batch, { query: '?known=1' })).body).toMatchObject({ accepted: 1, known: [0, 2] });
  const misspelt = await postEvents(url, acceptance('known-3'), { query: '?known=yes' });
  expect(misspelt).toMatchObject({ status: 400, body: { error: 'bad-query', field: 'known' } });
});

test('an event without a time happened on arrival, and its repeat is no conflict (W3)', async () => {
  const { time: _time, ...event } = acceptance('untimed');
  expect(await postEvents(url, event)).toMatchObject({ status: 200, body: { accepted: 1 } });
  expect(await postEvents(url, event)).toMatchObject({ status: 200, body: { duplicates: 1 } });
  const timed = { ...event, time: new Date().toISOString() };
  expect(await postEvents(url, timed)).toMatchObject({ status: 200, body: { duplicates: 1 } });
});

test('more than five minutes ahead of the clock is refused (L3)', async () => {
  const ahead = (ms: number) => acceptance(`ahead-${ms}`, {}, Date.now() + ms);
  expect(await postEvents(url, ahead(4 * 60_000))).toMatchObject({ status: 200 });
  const { status, body } = await postEvents(url, ahead(6 * 60_000));
  expect(status).toBe(422);
  expect(body.rejected).toEqual([{ index: 0, id: 'ahead-360000', field: 'time', reason: 'future' }]);
});

test('check=true answers as if and writes nothing', async () => {
  const head = (await today()).seq;
  const present = acceptance('present');
  await postEvents(url, present);
  const dry = acceptance('dry-1');
  const batch = [dry, dry, present, { ...acceptance('dry-2'), type: 'x' }];
  const { status, body } = await postEvents(url, batch, { query: '?check=true' });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    accepted: 1,
    duplicates: 2,
    rejected: [{ index: 3, id: 'dry-2', field: 'type', reason: 'type' }],
  });
  expect((await today()).seq).toBe(head + 1);
  expect(await postEvents(url, dry)).toMatchObject({ body: { accepted: 1, duplicates: 0 } });
});

test.each(['1', 'true'])('check=%s writes nothing, and what is neither yes nor no is refused', async (yes) => {
  const { seq } = await today();
  const dry = acceptance(`neither-${yes}`);
  expect(await postEvents(url, dry, { query: `?check=${yes}` })).toMatchObject({ status: 200, body: { accepted: 1 } });
  for (const query of ['?check=yes', '?check=', '?check=TRUE', '?check=1&check=1'])
    expect(await postEvents(url, dry, { query })).toMatchObject({ status: 400, body: { error: 'bad-query' } });
  expect((await today()).seq).toBe(seq);
});

test('fields that a type does not know are not kept, named once, and never make a conflict', async () => {
  const event = acceptance('vendor', { operator: '张伟', vendorCode: { a: 1 }, '13800138000': true });
  expect(await postEvents(url, [event, { ...event, id: 'vendor-2' }])).toMatchObject({
    status: 200,
    body: { accepted: 2, ignored: ['operator', 'vendorCode'] },
  });
  expect(await postEvents(url, acceptance('vendor', {}, Date.parse(event.time!)))).toMatchObject({
    status: 200,
    body: { duplicates: 1 },
  });
  expect(hall.log()).not.toContain('张伟');
});

test('nobody but the hall opens its days, speaks as it or takes back what it said', async () => {
  const now = Date.now();
  const events = [
    wireEvent('day', 'hall.day.opened', { day: '2099-12-31', hours: [] }, now),
    wireEvent('profile', 'hall.profile.changed', { document: 'profile', version: 9 }, now),
    wireEvent('access', 'hall.access.changed', { change: 'account-added', staff: 's01' }, now),
    wireEvent('feed', 'hall.feed.changed', { station: 'hall', facts: ['cases'], status: 'desk' }, now),
    { ...acceptance('as-desk'), source: 'urn:hallpulse:desk' },
    { ...acceptance('as-hall'), source: 'urn:hallpulse:hall' },
    wireEvent('void', 'hall.event.voided', { source: 'urn:hallpulse:alarms', id: 'x' }, now),
  ];
  const { status, body } = await postEvents(url, events);
  expect(status).toBe(422);
  expect(body.rejected.map(({ field, reason }) => [field, reason])).toEqual([
    ['type', 'reserved'],
    ['type', 'reserved'],
    ['type', 'reserved'],
    ['type', 'reserved'],
    ['source', 'reserved'],
    ['source', 'reserved'],
    ['data.source', 'reserved'],
  ]);
});

test('a body that is no event is a 400', async () => {
  const broken = Buffer.concat([Buffer.from('{"id":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]);
  const cases: [unknown, string][] = [
    [[], 'empty'],
    ['{"id":', 'not-json'],
    ['', 'not-json'],
    ['"text"', 'not-an-event'],
    ['null', 'not-an-event'],
    [broken, 'not-utf-8'],
  ];
  for (const [body, error] of cases) {
    const answer = await postEvents(url, body);
    expect(answer, error).toMatchObject({ status: 400, body: { error } });
  }
});

test('nothing of a batch that breaks off is written, however late it does', async () => {
  const { seq } = await today();
  const batch = JSON.stringify(Array.from({ length: 2_000 }, (_, i) => acceptance(`late-${i}`)));
  for (const end of [',]', ',{"id":}]', '', ']]', ',"\ufeff'])
    expect(await postEvents(url, batch.slice(0, -1) + end)).toMatchObject({ status: 400, body: { error: 'not-json' } });
  expect((await today()).seq).toBe(seq);
});

test('an event beyond every limit is refused unread, and the others of its batch are not', async () => {
  const deep = `{"deep":${'['.repeat(1_000)}${']'.repeat(1_000)}}`;
  const wide = JSON.stringify({ ...acceptance('wide'), list: new Array(6_000).fill(0) });
  const batch = `[${JSON.stringify(acceptance('beside-1'))},${deep},${wide},${JSON.stringify(acceptance('beside-2'))}]`;
  expect(await postEvents(url, batch)).toMatchObject({
    status: 200,
    body: {
      accepted: 2,
      rejected: [
        { index: 1, field: '', reason: 'depth' },
        { index: 2, field: '', reason: 'size' },
      ],
    },
  });
  expect(await postEvents(url, deep)).toMatchObject({ status: 422, body: { rejected: [{ reason: 'depth' }] } });
});

test('a key that is missing or wrong is a 401, another hall a 404, another media type a 415', async () => {
  const event = acceptance('nobody');
  const none = await postEvents(url, event, { key: '' });
  expect(none).toMatchObject({ status: 401, body: { error: 'unauthorized' } });
  expect(none.headers.get('www-authenticate')).toMatch(/^Bearer/);
  expect((await postEvents(url, event, { key: `${KEY}x` })).status).toBe(401);
  expect((await postEvents(url, event, { query: '?hall=elsewhere' })).status).toBe(404);
  expect((await postEvents(url, event, { query: '?hall=meilin&check=true' })).status).toBe(200);
  expect((await postEvents(url, event, { type: 'text/plain' })).status).toBe(415);
  expect((await postEvents(url, event, { type: 'application/x-www-form-urlencoded' })).status).toBe(415);
  const elsewhere = access.ingestKeys.add({ hall: 'elsewhere', sources: ['*'], label: 'of another hall' });
  expect((await postEvents(url, event, { key: elsewhere.secret })).status).toBe(404);
});

test('a key speaks for its own sources, also when it voids (ASVS 8.2.2)', async () => {
  const { secret: key } = access.ingestKeys.add({ hall: 'meilin', sources: ['urn:test:pad'], label: 'rating pads' });
  const own = { ...acceptance('pad-1'), source: 'urn:test:pad' };
  const foreign = acceptance('pad-2');
  expect(await postEvents(url, foreign, { key })).toMatchObject({
    status: 403,
    body: { accepted: 0, rejected: [{ index: 0, id: 'pad-2', field: 'source', reason: 'source' }] },
  });
  expect(await postEvents(url, [foreign, own], { key })).toMatchObject({
    status: 200,
    body: { accepted: 1, rejected: [{ index: 0, reason: 'source' }] },
  });
  await postEvents(url, acceptance('void-me'));
  const voiding = (id: string, source: string, target: string) => ({
    ...wireEvent(id, 'hall.event.voided', { source, id: target, reason: '录入错误' }, Date.now()),
    source: 'urn:test:pad',
  });
  expect(await postEvents(url, voiding('v-1', SOURCE, 'void-me'), { key })).toMatchObject({
    status: 403,
    body: { rejected: [{ field: 'data.source', reason: 'source' }] },
  });
  const before = await today();
  expect(await postEvents(url, voiding('v-2', 'urn:test:pad', 'pad-1'), { key })).toMatchObject({ status: 200 });
  const after = await today();
  expect([after.accepted - before.accepted, after.voided - before.voided]).toEqual([-1, 1]);
});

test('numbers that begin again each morning are two visits on two days, and flagged where nobody said so', async () => {
  const { secret: key } = access.ingestKeys.add({
    hall: 'meilin',
    sources: ['urn:test:tickets'],
    label: 'queue',
    ticketsRestartFrom: '2019-01-01',
  });
  const now = Date.now();
  const yesterday = now - 86_400_000;
  const step = (id: string, type: string, data: object, at: number) => ({
    ...wireEvent(id, type, { ticket: 'A001', station: 'hall', ...data }, at),
    source: 'urn:test:tickets',
  });
  const days = [yesterday, now].flatMap((at, i) => [
    step(`q-${i}-taken`, 'hall.ticket.taken', {}, at - 2_000),
    step(`q-${i}-called`, 'hall.ticket.called', { window: 'w01' }, at - 1_000),
    step(`q-${i}-served`, 'hall.ticket.served', { window: 'w01' }, at),
  ]);
  const before = await today();
  expect(await postEvents(url, days, { key })).toMatchObject({ status: 200, body: { accepted: 6 } });
  const both = await today();
  expect(both.tickets.served - before.tickets.served).toBe(2);
  expect(both.unknown.reusedTickets).toBe(before.unknown.reusedTickets);

  const again = [{ ...days[0]!, data: { ...days[0]!.data, ticketDay: hallDay(yesterday) } }, ...days.slice(1)];
  expect(await postEvents(url, again, { key })).toMatchObject({ status: 200, body: { duplicates: 6 } });
  const { time: _time, ...untimed } = step('q-untimed', 'hall.ticket.taken', {}, now);
  expect(await postEvents(url, untimed, { key })).toMatchObject({
    status: 422,
    body: { rejected: [{ field: 'time', reason: 'data' }] },
  });
  const sms = step('q-sms', 'hall.rating.given', { score: 1, medium: 'sms' }, now);
  expect(await postEvents(url, sms, { key })).toMatchObject({ body: { accepted: 1, ignored: ['ticket'] } });
  expect(await postEvents(url, sms, { key })).toMatchObject({ body: { duplicates: 1 } });

  const plain = days.map((event) => ({ ...event, source: 'urn:test:plain' }));
  expect(await postEvents(url, plain)).toMatchObject({ status: 200, body: { accepted: 6 } });
  const mixed = await today();
  expect(mixed.tickets.served - both.tickets.served).toBe(1);
  expect(mixed.unknown.reusedTickets - both.unknown.reusedTickets).toBe(1);
});

test('a key that is revoked opens nothing from that moment', async () => {
  const { id, secret: key } = access.ingestKeys.add({ hall: 'meilin', sources: ['*'], label: 'short-lived' });
  expect((await postEvents(url, acceptance('by-short'), { key })).status).toBe(200);
  access.ingestKeys.revoke(id);
  expect((await postEvents(url, acceptance('by-short'), { key })).status).toBe(401);
});

test('ten thousand events are one batch, one more is a 413, and so is a body of 17 MB', async () => {
  const batch = Array.from({ length: 10_001 }, (_, i) => acceptance(`many-${i}`));
  expect(await postEvents(url, batch)).toMatchObject({ status: 413, body: { error: 'too-many' } });
  const { status, body } = await postEvents(url, batch.slice(0, 10_000));
  expect({ status, ...body }).toMatchObject({ status: 200, accepted: 10_000, duplicates: 0, rejected: [] });
  // The server closes the door before it has read the whole: the answer may be lost with the connection.
  const huge = await postEvents(url, `[${' '.repeat(17 * 1024 * 1024)}]`).catch(() => 'cut' as const);
  if (huge !== 'cut') expect(huge).toMatchObject({ status: 413, body: { error: 'too-large' } });
  expect((await postEvents(url, acceptance('after-huge'))).status).toBe(200);
});

test('what is meant to harm is refused with a reason (promise 13, ASVS 2.2.1)', async () => {
  const text = JSON.stringify(acceptance('evil'));
  const withField = (field: string) => text.replace('"data":{', `"data":{${field},`);
  const cases: [string, string][] = [
    [withField('"__proto__":{"station":"x"}'), 'key'],
    [withField('"constructor":{"prototype":{}}'), 'key'],
    [withField(`"green":${'['.repeat(50)}${']'.repeat(50)}`), 'depth'],
    [withField(`"green":${'{"a":'.repeat(20)}1${'}'.repeat(20)}`), 'depth'],
    [withField(`"line":"${'长'.repeat(5_000)}"`), 'size'],
    [withField(`"deferredDocuments":[${Array.from({ length: 300 }, () => '1').join()}]`), 'size'],
    [withField('"line":"a\\u0000b"'), 'text'],
    [withField('"window":"\\ud800"'), 'text'],
    [text.replace('"window"', '"teleport"'), 'data'],
    [text.replace('hall.case.accepted', 'hall.case.invented'), 'type'],
    [text.replace('"1.0"', '"0.3"'), 'envelope'],
    [text.replace(/"time":"[^"]*"/, '"time":"yesterday"'), 'envelope'],
    [text.replace(/"time":"[^"]*"/, '"time":"2026-02-30T10:00:00+08:00"'), 'envelope'],
  ];
  for (const [body, reason] of cases) {
    const answer = await postEvents(url, body);
    expect(answer.body.rejected, body.slice(0, 200)).toMatchObject([{ index: 0, reason }]);
    expect(answer.status).toBe(422);
  }
  expect(({} as Record<string, unknown>)['station']).toBeUndefined();
});

// Last of all: afterwards whatever is wrong from this address is answered with 429 for a minute.
test('guesses at the key are slowed with 429 and Retry-After (promise 14, ASVS 6.3.1)', async () => {
  const statuses: number[] = [];
  let retryAfter: string | null = null;
  for (let i = 0; i < 60 && retryAfter === null; i++) {
    const { status, headers } = await postEvents(url, acceptance('guess'), { key: `guess-${i}` });
    statuses.push(status);
    retryAfter = headers.get('retry-after');
  }
  expect(statuses.at(-1)).toBe(429);
  expect(new Set(statuses.slice(0, -1))).toEqual(new Set([401]));
  expect(Number(retryAfter)).toBeGreaterThan(0);
  expect(Number(retryAfter)).toBeLessThanOrEqual(60);
  // Only what is wrong is locked out: a right key from the same address goes on.
  expect((await postEvents(url, acceptance('guess'))).status).toBe(200);
  expect((await postEvents(url, acceptance('guess'), { key: '' })).status).toBe(401);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});
