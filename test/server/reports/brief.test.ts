// `GET /api/brief`: the figures of a leader's page are those of `GET /api/measures`, and what needs a decision is what the ledger holds.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventData, EventType } from '../../../domain/events/schema.ts';
import type { Brief, BriefScopes } from '../../../domain/wire/brief.ts';
import { KEY, openStaffedHall, type Browser, type StaffedHall } from '../staffed-hall.ts';

/** A Tuesday at ten; the Monday before was worked. */
const now = Date.parse('2019-11-26T10:00:00+08:00');
let hall: StaffedHall;
let leader: Browser;
beforeAll(async () => {
  hall = await openStaffedHall({ clock: { now: () => now, untilMs: (at) => at - now } });
  leader = await hall.signIn('leader');
  for (const [day, cases] of [
    ['2019-10-28', 3],
    ['2019-11-19', 2],
    ['2019-11-25', 4],
    ['2019-11-26', 5],
  ] as const)
    for (let i = 0; i < cases; i++)
      await tell('hall.case.accepted', `${day}T09:${10 + i}:00+08:00`, {
        ...{ case: `${day}-${i}`, station: i === 0 ? 'meifeng' : 'hall', channel: i === 1 ? 'online' : 'window' },
        ...{ item: 'mi-02', promisedBy: '2019-11-26T09:30:00+08:00' },
      });
  await tell('hall.case.finished', '2019-11-26T09:20:00+08:00', { case: '2019-11-26-0', outcome: 'approved' });
  await tell('hall.followup.opened', '2019-11-26T09:21:00+08:00', { followup: 'f1', about: 'rating', station: 'hall' });
});
afterAll(() => hall.close());

let told = 0;
async function tell<T extends EventType>(type: T, time: string, data: EventData[T]): Promise<void> {
  const event = { specversion: '1.0', source: 'urn:other', id: `e${told++}`, type, time, data };
  const { status } = await hall.browser().ask('POST', '/api/events', event, { Authorization: `Bearer ${KEY}` });
  expect(status).toBe(200);
}
async function ask(query = '', browser = leader): Promise<{ status: number; body: Brief }> {
  const { status, body } = await browser.ask('GET', `/api/brief${query}`);
  return { status, body };
}
/** Between two questions the hall itself may light a lamp: nothing of these days, and another position. */
const anywhere = (figures: object): object => ({ ...figures, seq: 0 });
async function measures(from: string, to: string, station = ''): Promise<object> {
  const of = station === '' ? '' : `&station=${station}`;
  return anywhere((await leader.ask('GET', `/api/measures?from=${from}&to=${to}${of}`)).body);
}

test.each([
  ['', '2019-11-26', '2019-11-26', ''],
  ['?period=week', '2019-11-25', '2019-12-01', ''],
  ['?period=month&day=2019-10-15', '2019-10-01', '2019-10-31', ''],
  ['?period=quarter', '2019-10-01', '2019-12-31', ''],
  ['?period=year&station=meifeng', '2019-01-01', '2019-12-31', 'meifeng'],
])('of %s every figure is the measure of %s to %s', async (query, from, to, station) => {
  const { status, body } = await ask(query);
  expect([status, body.span]).toEqual([200, { from, to }]);
  expect(anywhere(body.measures)).toEqual(await measures(from, to, station));
  for (const one of body.comparisons) {
    expect(anywhere(one.measures)).toEqual(await measures(one.now.from, one.now.to, station));
    expect(anywhere(one.before)).toEqual(await measures(one.then.from, one.then.to, station));
  }
  for (const { day, ...figures } of body.days.slice(-3))
    expect(await measures(day, day, station)).toMatchObject(figures);
});

test('of any days, and of one item, the figures are those measures, and nothing that is of the whole', async () => {
  const { body } = await ask('?period=span&from=2019-10-20&to=2019-11-25&item=mi-02');
  expect(body.span).toEqual({ from: '2019-10-20', to: '2019-11-25' });
  const asked = (await leader.ask('GET', '/api/measures?from=2019-10-20&to=2019-11-25&item=mi-02')).body;
  expect(anywhere(body.measures)).toEqual(anywhere(asked));
  expect(body).toMatchObject({ only: { item: { id: 'mi-02' } }, period: 'span' });
  expect(body).not.toHaveProperty('decisions');
  expect(body).not.toHaveProperty('sameMoment');
  for (const query of ['?period=span&from=2019-10-20', '?period=span&from=2019-10-20&to=2019-10-19'])
    expect((await ask(query)).status).toBe(400);
  expect((await ask('?item=nothing')).body.measures.accepted).toBe(0);
});

test('a day that runs is compared at the same moment, and says what needs a decision', async () => {
  const { body } = await ask();
  expect(body).toMatchObject({
    isRunning: true,
    comparisons: [],
    sameMoment: { day: '2019-11-19', then: 1, windowCases: 4 },
    measures: { accepted: 5, overdueOpen: 13 },
  });
  expect(body.days.at(-1)).toMatchObject({ day: '2019-11-26', accepted: 5 });

  const kinds = body.decisions!.shown.map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'overdue')).toHaveLength(8);
  expect(kinds).toContain('rating');
  // Nobody has checked anything on the Monday.
  const [skipped] = body.decisions!.shown.flatMap((one) => ('each' in one ? [one.each] : []));
  expect(skipped).toHaveLength(14);
  expect(new Set(skipped!.map(({ station }) => station)).size).toBe(14);
  expect(body.decisions!.count).toBe(13 + 1 + 1);
  expect(body.decisions!.rest).toEqual({ overdue: 5 });
  expect((await ask('?station=meifeng')).body.decisions!.count).toBe(3 + 1);
});

test('today of one station is compared with its own same moment, where hall and station both worked', async () => {
  expect((await ask('?station=hall')).body).toMatchObject({
    sameMoment: { day: '2019-11-19', then: 0, windowCases: 3 },
    measures: { accepted: 4 },
  });
  expect((await ask('?station=meifeng')).body.sameMoment).toEqual({ day: '2019-11-19', then: 1, windowCases: 1 });
  // The same of a past moment: by 09:05 nobody had come on either day, by 09:10 one on both.
  for (const [moment, n] of [
    ['09:05', 0],
    ['09:10', 1],
  ] as const)
    expect((await ask(`?station=meifeng&at=2019-11-26T${moment}`)).body.sameMoment).toEqual({
      ...{ day: '2019-11-19', then: n, windowCases: n },
    });
  expect((await ask('?item=mi-02')).body).not.toHaveProperty('sameMoment');
});

test('a span that is over asks for no decision, and one before the ledger is compared with nothing', async () => {
  const { body } = await ask('?period=month&day=2019-10-01');
  expect(body).not.toHaveProperty('decisions');
  expect(body.comparisons).toEqual([]);
});

test('what is asked wrongly is refused with the field', async () => {
  for (const [query, status, error] of [
    ['?period=decade', 400, 'bad-query'],
    ['?day=2019-02-30', 400, 'bad-query'],
    ['?day=constructor', 400, 'bad-query'],
    ['?period=span&from=0001-01-01&to=9999-12-31', 400, 'bad-query'],
    ['?station=toString', 404, 'unknown-station'],
  ] as const)
    expect(await ask(query)).toMatchObject({ status, body: { error } });
});

test('a wall’s token opens it for nobody', async () => {
  const { secret } = hall.access.displayTokens.add({ hall: 'meilin', audience: 'management', label: 'wall' });
  const { status } = await hall.browser().ask('GET', '/api/brief', undefined, { Authorization: `Bearer ${secret}` });
  expect(status).toBe(403);
});

test('shares of few cases, and of few ratings, are said to be of few', async () => {
  const shares = [
    { term: 'onlineShare', n: 5, then: [] },
    { term: 'onTime', n: 14, then: [] },
  ];
  const turnaround = { term: 'turnaround', n: 1, then: [] };
  expect((await ask()).body.cautions).toEqual([{ type: 'few', figures: [...shares, turnaround] }]);
  await tell('hall.rating.given', '2019-11-26T09:30:00+08:00', { score: 5, station: 'hall', medium: 'pad' });
  expect((await ask()).body.cautions).toEqual([
    { type: 'few', figures: [...shares, { term: 'activelySatisfied', n: 1, then: [] }, turnaround] },
  ]);
});

test.each([
  ['/brief', '/api/brief?period=day'],
  ['/brief?lang=en&period=year', '/api/brief?period=year'],
  ['/brief?period=decade', undefined],
  ['/brief?period=month&day=2019-10-01', undefined],
  ['/brief?at=2019-10-01T10:00', undefined],
  ['/report', undefined],
])('%s is sent with what it asks first', async (address, asked) => {
  const { headers } = await leader.ask('GET', address);
  expect(headers.get('link')).toBe(asked === undefined ? null : `<${asked}>; rel=preload; as=fetch; crossorigin`);
});

test('of one station its own days off count, in the brief and in a report', async () => {
  const daysOff = [{ from: '2019-11-18', stations: ['meifeng'] }];
  await hall.restart(() => {
    mkdirSync(join(hall.folder, 'documents'), { recursive: true });
    writeFileSync(join(hall.folder, 'documents/calendar.json'), JSON.stringify({ version: 1, daysOff }));
  });
  const then = async (query: string) =>
    (await ask(`?day=2019-11-25${query}`)).body.comparisons.map((one) => one.then.from);
  expect(await then('')).toEqual(['2019-11-18']);
  expect(await then('&station=hall')).toEqual(['2019-11-18']);
  expect(await then('&station=meifeng')).toEqual(['2019-11-11']);
  const { windows } = (await leader.ask('GET', '/api/brief/scopes')).body as BriefScopes;
  const window = windows.find(({ station }) => station === 'meifeng');
  if (window) expect(await then(`&window=${window.id}`)).toEqual(['2019-11-11']);
  const week = '?period=week&day=2019-11-18';
  expect((await ask(week)).body.workingDays).toBe(5);
  const { body } = await ask(`${week}&station=meifeng`);
  expect([body.workingDays, body.comparisons[0]!.workingDays, body.comparisons[0]!.workingDaysThen]).toEqual([4, 4, 5]);
  expect(body.days.map(({ day }) => day)).not.toContain('2019-11-18');
  const report = JSON.stringify(
    (await leader.ask('GET', `/api/report${week.replace('period', 'kind')}&station=meifeng`)).body,
  );
  expect(report).toContain('"day":"2019-11-19"');
  expect(report).not.toContain('"day":"2019-11-18"');
  expect(report).toContain('4个工作日');
});

test('what a day that runs is compared with leads to the rows of its same moment', async () => {
  // What came later on that day is of another moment.
  await tell('hall.case.accepted', '2019-11-19T10:01:00+08:00', {
    ...{ case: 'later', station: 'meifeng', channel: 'window' as const, item: 'mi-02' },
  });
  for (const of of ['', '&station=hall', '&station=meifeng']) {
    const { day, then } = (await ask(`?period=day${of}`)).body.sameMoment!;
    const count = async (until: string): Promise<unknown> => {
      const query = `term=windowCases&from=${day}&to=${day}${of}${until}`;
      return (await leader.ask('GET', `/api/rows?${query}`)).body['count'];
    };
    expect(await count('&until=10:00')).toBe(then);
    expect(await count('')).toBe(of === '&station=hall' ? then : then + 1);
  }
});
