// Every figure leads to the rows that make it up, page by page, and each row to all that was ever said of it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventData, EventType } from '../../../domain/events/schema.ts';
import type { Measures } from '../../../domain/measures/measures.ts';
import { readTerm, TERMS, type TermId } from '../../../domain/measures/terms.ts';
import { partOf } from '../../../domain/rows/find-rows.ts';
import { ledTo } from '../../../domain/rows/led-to.ts';
import type { RowPart } from '../../../domain/rows/query.ts';
import type { FigureRow, FigureRows, RowLife } from '../../../domain/wire/rows.ts';
import { KEY, openStaffedHall, type Browser, type StaffedHall } from '../staffed-hall.ts';

/** A Tuesday at ten. */
const now = Date.parse('2019-11-26T10:00:00+08:00');
let hall: StaffedHall;
let leader: Browser;
let told = 0;

beforeAll(async () => {
  hall = await openStaffedHall({ clock: { now: () => now, untilMs: (at) => at - now } });
  leader = await hall.signIn('leader');
  for (let i = 0; i < 30; i++) {
    const day = i < 20 ? '2019-11-25' : '2019-11-26';
    const [window, staff] = [i % 3 === 0 ? 'W03' : 'W01', 's1'];
    await tell('hall.ticket.taken', `${day}T09:0${i % 10}:00+08:00`, { ticket: `t${i}`, station: 'hall' });
    await tell('hall.ticket.called', `${day}T09:1${i % 10}:00+08:00`, { ticket: `t${i}`, station: 'hall', window });
    await tell('hall.case.accepted', `${day}T09:1${i % 10}:30+08:00`, {
      ...{ case: i === 7 ? 'A/7:%~ü' : `c${i}`, station: i % 5 === 0 ? 'meifeng' : 'hall', window, staff },
      ...{ channel: 'window' as const, item: i % 2 === 0 ? 'mi-02' : 'mi-03', ticket: `t${i}` },
      ...(i % 4 === 0 ? { promisedBy: '2019-11-26T09:30:00+08:00' } : {}),
    });
    if (i % 2 === 0)
      await tell('hall.case.finished', `2019-11-26T09:4${i % 10}:00+08:00`, { case: `c${i}`, outcome: 'approved' });
    if (i % 6 === 0)
      await tell('hall.rating.given', '2019-11-26T09:50:00+08:00', {
        score: 1,
        station: 'hall',
        case: `c${i}`,
        medium: 'pad',
      });
  }
  await tell('hall.consultation.given', '2019-11-26T09:30:00+08:00', { station: 'hall', medium: 'visit', count: 7 });
  await tell('hall.check.done', '2019-11-25T17:00:00+08:00', {
    station: 'hall',
    area: 'cases',
    result: 'ok',
    by: 's1',
  });
  await tell('hall.event.voided', '2019-11-26T09:55:00+08:00', { source: 'urn:other', id: 'e2', reason: '录错了' });
});
afterAll(() => hall.close());

async function tell<T extends EventType>(type: T, time: string, data: EventData[T]): Promise<void> {
  const event = { specversion: '1.0', source: 'urn:other', id: `e${told++}`, type, time, data };
  const { status } = await hall.browser().ask('POST', '/api/events', event, { Authorization: `Bearer ${KEY}` });
  expect(status).toBe(200);
}
async function list(query: string): Promise<{ head: FigureRows; rows: FigureRow[] }> {
  const rows: FigureRow[] = [];
  for (let after = ''; ;) {
    const { status, body } = await leader.ask('GET', `/api/rows?${query}${after}`);
    expect(status).toBe(200);
    const head = body as unknown as FigureRows;
    rows.push(...head.rows);
    if (head.next === undefined) return { head, rows };
    after = `&after=${encodeURIComponent(head.next)}`;
  }
}
async function life(key: string): Promise<RowLife> {
  return (await leader.ask('GET', `/api/rows/one?key=${encodeURIComponent(key)}`)).body as unknown as RowLife;
}

test.each(['', '&station=meifeng'])('the rows of every measure add up to it%s', async (station) => {
  const span = `from=2019-11-25&to=2019-11-26${station}`;
  const measures = (await leader.ask('GET', `/api/measures?${span}`)).body as unknown as Measures;
  for (const term of Object.keys(TERMS) as TermId[])
    for (const part of ['n', 'of'] as RowPart[]) {
      if (part === 'of' && TERMS[term].kind !== 'ratio') continue;
      const { head, rows } = await list(`term=${term}&part=${part}&${span}&limit=7`);
      const led = ledTo(term, part);
      const figure = partOf(readTerm(measures, led.term), led.part);
      const sum = rows.reduce((total, { value }) => total + partOf(value, led.part), 0);
      expect([term, part, head.count]).toEqual([term, part, figure]);
      // Working days are told to four decimals, of each row and of all.
      expect(sum, `${term} ${part}`).toBeCloseTo(figure, term === 'promiseCut' || term === 'speedUp' ? 1 : 9);
    }
});

test('a list is narrowed by item, window and staff, and its count with it', async () => {
  const span = 'from=2019-11-25&to=2019-11-26';
  const { head, rows } = await list(`term=accepted&${span}&item=mi-03&window=W03&limit=2`);
  expect(head.only).toMatchObject({ item: { id: 'mi-03' }, window: { id: 'W03' } });
  expect(rows.map(({ id }) => id).sort()).toEqual(['c15', 'c21', 'c27', 'c3', 'c9']);
  expect(head.count).toBe(5);
  expect((await list(`term=checks&part=of&${span}&window=W03`)).rows).toEqual([]);
});

test('a list is narrowed by kind of service, and by when cases were accepted, to the minute', async () => {
  const span = 'from=2019-11-25&to=2019-11-26';
  const count = async (query: string): Promise<number> => (await list(`${query}&limit=7`)).head.count;
  expect(await count(`term=accepted&${span}&weekday=1`)).toBe(19);
  expect(await count(`term=accepted&${span}&weekday=1&halfHour=18`)).toBe(19);
  expect(await count(`term=accepted&${span}&halfHour=19`)).toBe(0);
  const day = 'from=2019-11-26&to=2019-11-26';
  expect(await count(`term=windowCases&${day}&until=09:12`)).toBe(3);
  const { only } = (await list(`term=accepted&${day}&until=09:12&weekday=2`)).head;
  expect(only).toEqual({ weekday: 2, until: '09:12' });
});

test.each([
  [`term=accepted&from=2019-11-25&to=2019-11-26&until=09:12`, 'until', 'a moment of one day alone'],
  [`term=accepted&from=2019-11-25&to=2019-11-25&until=24:00`, 'until', 'no minute of a clock'],
  [`term=accepted&from=2019-11-25&to=2019-11-25&until=9:12`, 'until', 'a clock has two digits'],
  [`term=wait&from=2019-11-25&to=2019-11-25&until=09:12`, 'term', 'a wait is not accepted'],
  [`term=accepted&from=2019-11-25&to=2019-11-25&weekday=8`, 'weekday', 'a week has seven days'],
  [`term=accepted&from=2019-11-25&to=2019-11-25&halfHour=48`, 'halfHour', 'a day has 48 of them'],
  [`term=accepted&from=2019-11-25&to=2019-11-25&service=copying`, 'term', 'a case is no service'],
  [`term=services&from=2019-11-25&to=2019-11-25&service=magic`, 'service', 'no kind of service'],
])('rows of %s are refused by %s: %s', async (query, field) => {
  expect(await leader.ask('GET', `/api/rows?${query}`)).toMatchObject({
    ...{ status: 400, body: { error: 'bad-query', field } },
  });
});

test('the longest wait comes first where that is asked for, the oldest case first in another order', async () => {
  const { rows } = await list('term=accepted&from=2019-11-25&to=2019-11-26&order=oldest&limit=4');
  expect(rows.map(({ at }) => at)).toEqual([...rows.map(({ at }) => at)].sort((a, b) => a - b));
  const waits = await list('term=wait&from=2019-11-25&to=2019-11-26&order=largest&limit=4');
  expect(waits.rows).toHaveLength(30);
});

test('a row leads to all that was said of it, in order, with what was voided and why', async () => {
  const one = await life('case:c0');
  expect(one).toMatchObject({ kind: 'case', id: 'c0' });
  expect(one.events.map(({ type, voided }) => [type, voided?.reason])).toEqual([
    ['hall.case.accepted', '录错了'],
    ['hall.case.finished', undefined],
    ['hall.rating.given', undefined],
  ]);
  expect((await life('case:A/7:%~ü')).events).toHaveLength(1);
  const { rows } = await list('term=voided&from=2019-11-25&to=2019-11-26');
  expect(rows).toHaveLength(1);
  expect((await life(rows[0]!.key)).events).toMatchObject([{ id: 'e2', voided: { reason: '录错了' } }]);
  const [rating] = (await list('term=poor&from=2019-11-26&to=2019-11-26')).rows;
  expect((await life(rating!.key)).events).toMatchObject([{ type: 'hall.rating.given', data: { score: 1 } }]);
});

test('a case names the ticket it was served on and who sent it, the ticket its case, and what nobody knows leads nowhere', async () => {
  await tell('hall.case.accepted', '2019-11-24T09:00:00+08:00', {
    ...{ case: 'alone', station: 'hall', channel: 'window', item: 'mi-02', ticket: 'never taken' },
  });
  const [accepted, finished] = (await life('case:c2')).events;
  expect(accepted!.links).toEqual({ ticket: { key: 'ticket:t2', kind: 'ticket', id: 't2' } });
  expect(accepted!.by).toEqual({ kind: 'key', id: 'configured', name: 'configured' });
  expect(finished!.links).toEqual({});
  expect((await life('case:alone')).events[0]!.links).toEqual({});
  const ticket = await life('ticket:t2');
  expect(ticket.related).toEqual([{ key: 'case:c2', kind: 'case', id: 'c2' }]);
  expect(ticket.events.map(({ type }) => type)).toEqual(['hall.ticket.taken', 'hall.ticket.called']);
});

test('checks that are due are listed whether they were done or not', async () => {
  const { head, rows } = await list('term=checks&part=of&from=2019-11-25&to=2019-11-25&limit=9');
  expect([head.count, rows.length]).toEqual([42, 42]);
  expect(rows.filter(({ value }) => partOf(value, 'n') === 1).map(({ key }) => key)).toEqual([
    'check:2019-11-25:cases:hall',
  ]);
});

test.each([
  ['term=nothing&from=2019-11-25&to=2019-11-25', 'term'],
  ['term=accepted&from=2019-11-31&to=2019-12-01', 'from'],
  ['term=accepted&from=2019-11-26&to=2019-11-25', 'to'],
  ['term=accepted&from=2019-11-26&to=2019-11-26&limit=1000', 'limit'],
  ['term=accepted&from=2019-11-26&to=2019-11-26&after=nowhere', 'after'],
  ['term=checks&part=of&from=0001-01-01&to=9999-12-31', 'to'],
])('%s is refused at its %s', async (query, field) => {
  expect(await leader.ask('GET', `/api/rows?${query}`)).toMatchObject({
    status: 400,
    body: { error: 'bad-query', field },
  });
});

test('of what nobody knows there is nothing', async () => {
  for (const key of ['case:none', 'event:3:abc', 'late:2019-11-25:999999', 'event:x', 'voided:99:a'])
    expect((await leader.ask('GET', `/api/rows/one?key=${encodeURIComponent(key)}`)).status, key).toBe(404);
  expect((await leader.ask('GET', '/api/rows/one?key=nothing')).status).toBe(400);
});

test('measures narrowed by item and window are those of their rows', async () => {
  const span = 'from=2019-11-25&to=2019-11-26';
  const { body } = await leader.ask('GET', `/api/measures?${span}&item=mi-03&window=W03`);
  expect(body).toMatchObject({ accepted: 5, windowCases: 5, finished: 0, open: 5 });
  const all = (await leader.ask('GET', `/api/measures?${span}`)).body as unknown as Measures;
  const byItem = await Promise.all(
    ['mi-02', 'mi-03'].map(async (item) => (await leader.ask('GET', `/api/measures?${span}&item=${item}`)).body),
  );
  const sum = (of: (one: Measures) => number) => byItem.reduce((total, one) => total + of(one), 0);
  expect([sum((one) => one.accepted), sum((one) => one.finished), sum((one) => one.onTime.of)]).toEqual([
    ...[all.accepted, all.finished, all.onTime.of],
  ]);
});
