// 督办 over HTTP (spec F): who may do what, nothing twice, nobody about themselves; lamps and steps over a fortnight with a holiday and a swapped day.
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HallEvent } from '../../../domain/events/event.ts';
import { DESK_NAMESPACE } from '../../../domain/wire/desk.ts';
import type { FollowupLife, FollowupList, OwnFollowups } from '../../../domain/wire/followups.ts';
import { createMovingClock } from '../moving-clock.ts';
import { KEY, openStaffedHall, type Browser, type StaffedHall, type Who } from '../staffed-hall.ts';

/** A Thursday; 1 to 7 October are off, Sunday 29 September and Saturday 12 October are worked. */
const NOW = Date.parse('2019-09-26T10:00:00+08:00');
const clock = createMovingClock(NOW);
let hall: StaffedHall;
const people = new Map<Who, Browser>();
beforeAll(async () => {
  hall = await openStaffedHall({ clock, server: { followupLookMs: 20 } });
  for (const who of ['clerk', 'second', 'elsewhere', 'lead', 'manager', 'leader'] as const)
    people.set(who, await hall.signIn(who));
});
afterAll(() => hall.close());

let told = 0;
async function tell(type: string, data: object, time = new Date(clock.now()).toISOString()): Promise<number> {
  const event = { specversion: '1.0', source: 'urn:other', id: `e${told++}`, type, time, data };
  return (await hall.browser().ask('POST', '/api/events', event, { Authorization: `Bearer ${KEY}` })).status;
}
async function open(followup: string, more: object = {}): Promise<void> {
  const data = {
    followup,
    about: 'check',
    station: 'hall',
    owner: 'clerk',
    dueBy: '2019-09-29T17:30:00+08:00',
    ...more,
  };
  expect(await tell('hall.followup.opened', data)).toBe(200);
}
let drawn = 0;
const draw = () => `deed${[...String(drawn++).padStart(4, '0')].map((one) => 'abcdefghij'[Number(one)]).join('')}xxxx`;
const act = async (who: Who, followup: string, deed: object, id = draw()): Promise<[number, unknown]> => {
  const { status, body } = await people.get(who)!.ask('POST', '/api/followups', { id, followup, deed });
  return [status, (body as { error?: string }).error];
};
const listOf = async (who: Who): Promise<FollowupList> =>
  (await people.get(who)!.ask('GET', '/api/followups')).body as FollowupList;
const rowOf = async (who: Who, followup: string) => (await listOf(who)).rows.find((row) => row.followup === followup);
const DONE: [number, unknown] = [200, undefined];

test('U7 each sees what concerns them: their own, their station’s, all', async () => {
  await open('mine');
  await open('far', { station: 'meifeng', owner: 'elsewhere' });
  const seen: Record<string, string[]> = {};
  for (const who of people.keys()) seen[who] = (await listOf(who)).rows.map(({ followup }) => followup).sort();
  expect(seen).toEqual({
    ...{ clerk: ['mine'], second: [], elsewhere: ['far'], lead: ['mine'] },
    ...{ manager: ['far', 'mine'], leader: ['far', 'mine'] },
  });
  expect((await people.get('second')!.ask('GET', '/api/followups/one?followup=mine')).status).toBe(404);
  expect((await people.get('lead')!.ask('GET', '/api/followups/one?followup=far')).status).toBe(404);
});

test('U8 what the owner submits is returned or closed by another, once however often it is asked', async () => {
  expect(await act('second', 'mine', { type: 'submit', result: 'rectified' })).toEqual([404, 'unknown-followup']);
  expect(await act('lead', 'mine', { type: 'submit', result: 'rectified' })).toEqual([403, 'not-allowed']);
  expect(await act('lead', 'mine', { type: 'close', result: 'rectified' })).toEqual([409, 'not-submitted']);
  const id = draw();
  expect(await act('clerk', 'mine', { type: 'submit', result: 'rectified', note: '已补做' }, id)).toEqual(DONE);
  clock.set(clock.now() + 60_000);
  expect(await act('clerk', 'mine', { type: 'submit', result: 'rectified', note: '已补做' }, id)).toEqual(DONE);
  expect(await act('clerk', 'mine', { type: 'submit', result: 'explained', note: '别的' }, id)).toEqual([
    409,
    'conflict',
  ]);
  expect(await act('clerk', 'mine', { type: 'submit', result: 'rectified' })).toEqual([409, 'submitted']);
  expect(await act('clerk', 'mine', { type: 'close', result: 'rectified' })).toEqual([403, 'own']);
  expect(await act('leader', 'mine', { type: 'close', result: 'rectified' })).toEqual([403, 'not-allowed']);
  expect(await act('lead', 'mine', { type: 'return', note: '请写清怎么补的' })).toEqual(DONE);
  expect((await rowOf('clerk', 'mine'))!.submitted).toBeUndefined();
  expect(await act('clerk', 'mine', { type: 'submit', result: 'rectified' })).toEqual(DONE);
  // Given to another it must be submitted by them: nobody closes their own work by giving it away.
  expect(await act('lead', 'mine', { type: 'assign', owner: 'second' })).toEqual(DONE);
  expect(await act('lead', 'mine', { type: 'close', result: 'rectified' })).toEqual([409, 'not-submitted']);
  expect(await act('second', 'mine', { type: 'submit', result: 'rectified' })).toEqual(DONE);
  expect(await act('lead', 'mine', { type: 'close', result: 'misrated' })).toEqual([409, 'result']);
  expect(await act('lead', 'mine', { type: 'close', result: 'rectified' })).toEqual(DONE);
  expect(await act('second', 'mine', { type: 'note', note: '晚了' })).toEqual([409, 'closed']);
  const life = (await people.get('manager')!.ask('GET', '/api/followups/one?followup=mine')).body as FollowupLife;
  expect(life.said.map(({ type, by }) => [type, by])).toEqual([
    ['opened', undefined],
    ['submitted', '示例clerk'],
    ['returned', '示例lead'],
    ['submitted', '示例clerk'],
    ['assigned', '示例lead'],
    ['submitted', '示例second'],
    ['closed', '示例lead'],
  ]);
});

test.each([
  ['words that tell who a citizen is', { type: 'note', note: '联系 13812345678' }, 422, 'identity'],
  ['no words', { type: 'note', note: '  ' }, 400, 'bad-body'],
  ['2,000 characters', { type: 'note', note: 'x'.repeat(2_000) }, 400, 'bad-body'],
  ['a deed that there is not', { type: 'toString' }, 400, 'bad-body'],
  ['an owner who is nobody', { type: 'assign', owner: 'toString' }, 404, 'unknown-owner'],
  ['an owner of another station, by a lead', { type: 'assign', owner: 'elsewhere' }, 404, 'unknown-owner'],
])('%s is refused with the reason', async (_what, deed, status, error) => {
  await open('words', { owner: 'lead' });
  expect(await act('lead', 'words', deed)).toEqual([status, error]);
});

test.each(['toString', '__proto__', 'constructor', 'none', '梅'])('%s is no follow-up', async (followup) => {
  expect(await act('manager', followup, { type: 'note', note: 'x' })).toEqual([404, 'unknown-followup']);
});

test('U9 an extension is asked for before the deadline and decided by another; granted it moves the deadline', async () => {
  await open('longer');
  const ask = { type: 'ask', until: '2019-09-30', note: '等外地回函' };
  expect(await act('lead', 'longer', ask)).toEqual([403, 'not-allowed']);
  expect(await act('clerk', 'longer', { ...ask, until: '2019-09-27' })).toEqual([409, 'too-early']);
  expect(await act('clerk', 'longer', { ...ask, until: '2999-01-01' })).toEqual([409, 'too-far']);
  expect(await act('clerk', 'longer', ask)).toEqual(DONE);
  expect(await act('clerk', 'longer', ask)).toEqual([409, 'asked']);
  expect(await act('clerk', 'longer', { type: 'extend', granted: true })).toEqual([403, 'own']);
  expect(await act('manager', 'longer', { type: 'extend', granted: true })).toEqual(DONE);
  expect(await act('manager', 'longer', { type: 'extend', granted: true })).toEqual([409, 'not-asked']);
  expect((await rowOf('clerk', 'longer'))!.due).toEqual({
    at: Date.parse('2019-09-30T18:00:00+08:00'),
    by: 'followup',
  });
});

describe('a fortnight with a holiday and a swapped day', () => {
  const to = (moment: string) => clock.set(Date.parse(`2019-${moment}:00+08:00`));
  const lampsOf = async (followup: string) =>
    (await rowOf('manager', followup))!.lamps.map(({ lamp, state }) => `${lamp} ${state}`);

  test('U5 blue near the deadline, yellow behind it, red three working days later; each said once', async () => {
    await open('long', { dueBy: '2019-09-30T12:00:00+08:00' });
    expect(await lampsOf('long')).toEqual([]);
    // A Sunday that is worked: seven hours of work before Monday noon.
    to('09-29T16:30');
    await expect.poll(() => lampsOf('long')).toEqual(['blue reminder']);
    to('09-30T11:59');
    expect(await act('clerk', 'long', { type: 'ask', until: '2019-10-09', note: '等回函' })).toEqual(DONE);
    expect(await act('lead', 'long', { type: 'extend', granted: false, note: '能办' })).toEqual(DONE);
    to('09-30T12:01');
    await expect.poll(() => lampsOf('long')).toEqual(['blue reminder', 'yellow asked']);
    expect(await act('clerk', 'long', { type: 'ask', until: '2019-10-09', note: '等回函' })).toEqual([409, 'late']);
  });

  test('U6 the hall reminds on the first working day behind, which is after the holidays; a lamp counts once its cause is not given in time', async () => {
    to('10-07T12:00');
    expect(await lampsOf('long')).toEqual(['blue reminder', 'yellow asked']);
    to('10-08T09:00');
    await expect.poll(async () => (await rowOf('clerk', 'long'))!.reminded?.times).toBe(1);
    to('10-08T17:00');
    await expect.poll(() => lampsOf('long')).toEqual(['blue reminder', 'yellow counts']);
    // Lit in September: of another month's count. On the tenth the third working day behind it ends.
    to('10-10T18:01');
    await expect.poll(() => lampsOf('long')).toEqual(['blue reminder', 'yellow counts', 'red asked']);
    const cause = { type: 'cause', lamp: 'red', cause: 'late-entry', note: '当天已办，补录晚了' };
    expect(await act('lead', 'long', cause)).toEqual([403, 'not-allowed']);
    expect(await act('clerk', 'long', cause)).toEqual(DONE);
    expect(await lampsOf('long')).toContain('red given');
    expect(await act('clerk', 'long', { type: 'settle', lamp: 'red', counts: false })).toEqual([403, 'own']);
    expect(await act('lead', 'long', { type: 'settle', lamp: 'red', counts: false })).toEqual(DONE);
    const { lamps } = await listOf('manager');
    expect(lamps!.find(({ lamp }) => lamp === 'red')).toMatchObject({ lit: 4, excused: 1 });
    const own = await listOf('clerk');
    expect(own.why.filter(({ followup }) => followup === 'long')).toMatchObject([
      { lamp: 'red', state: 'excused', cause: 'late-entry' },
    ]);
  });

  test('all of it is rebuilt from the ledger alone', async () => {
    const before = await listOf('manager');
    await hall.restart();
    people.set('manager', await hall.signIn('manager'));
    const after = await listOf('manager');
    expect(after.rows).toEqual(before.rows);
    expect(after.lamps).toEqual(before.lamps);
  });
});

describe('poor ratings of the hall’s own tablets', () => {
  const rated = async (id: string, more: object = {}, source = 'urn:hallpulse:ratings'): Promise<void> => {
    const data = { score: 1, station: 'hall', medium: 'pad', staff: 'clerk', ...more };
    const event = { source, id, type: 'hall.rating.given', at: clock.now(), data } as HallEvent;
    await hall.server.record([{ event, timeGiven: true }], { kind: 'tablet', id: 'w01' });
  };
  const opened = async () =>
    (await listOf('manager')).rows
      .filter(({ followup }) => followup.startsWith('rating-'))
      .map(({ followup, owner }) => [followup, owner?.id]);

  test('U10 open a follow-up each, once, owned by the lead of the station, and none that somebody else follows up', async () => {
    await open('sent', { about: 'rating', case: 'c9', owner: 'second', dueBy: undefined });
    await rated('a/1');
    await rated('b/1', { staff: 'lead' });
    await rated('c/1', { score: 4 });
    await rated('d/1', { round: 2 });
    await rated('e/1', { byDefault: true });
    await rated('f/1', { case: 'c9' });
    await rated('g/1', {}, 'urn:other');
    await expect.poll(opened).toEqual([
      ['rating-a/1', 'lead'],
      ['rating-b/1', undefined],
    ]);
    // The same events are looked at again.
    await hall.restart();
    for (const who of ['manager', 'lead', 'clerk', 'leader'] as const) people.set(who, await hall.signIn(who));
    await expect.poll(opened).toHaveLength(2);
  });

  test('U8 误评 is found by neither the rated nor whoever was the owner, and only then closed as such', async () => {
    const f = 'rating-a/1';
    const review = { type: 'review', misrated: true, note: '群众误触，已电话核实' };
    expect(await act('lead', f, review)).toEqual([403, 'own']);
    expect(await act('lead', f, { type: 'assign', owner: 'second' })).toEqual(DONE);
    expect(await act('lead', f, review)).toEqual([403, 'own']);
    expect(await act('clerk', f, review)).toEqual([404, 'unknown-followup']);
    people.set('second', await hall.signIn('second'));
    expect(await act('second', f, { type: 'submit', result: 'misrated' })).toEqual(DONE);
    expect(await act('manager', f, { type: 'close', result: 'misrated' })).toEqual([409, 'not-reviewed']);
    expect(await act('manager', f, review)).toEqual(DONE);
    expect(await act('manager', f, { type: 'close', result: 'misrated' })).toEqual(DONE);
  });

  test('a rating that is voided takes its follow-up along', async () => {
    const data = { source: 'urn:hallpulse:ratings', id: 'b/1' };
    const event = {
      source: 'urn:hallpulse:desk',
      id: 'v1',
      type: 'hall.event.voided',
      at: clock.now(),
      data,
    } as HallEvent;
    await hall.server.record([{ event, timeGiven: true }], { kind: 'staff', id: 'manager' });
    await expect.poll(opened).toEqual([]);
  });
});

test('a desk is told what its person has to follow up, live: what is new, reminded, sent back, decided, lit, and no more of what is done', async () => {
  for (const who of ['clerk', 'lead', 'second'] as const) people.set(who, await hall.signIn(who));
  const heard: OwnFollowups[] = [];
  const others: OwnFollowups[] = [];
  const connect = async (who: Who, into: OwnFollowups[]): Promise<Socket> => {
    const socket = io(`${hall.url}${DESK_NAMESPACE}`, {
      ...{ transports: ['websocket'], reconnection: false },
      extraHeaders: { Cookie: people.get(who)!.cookie, Origin: hall.url },
    });
    socket.on('desk:own', (own: OwnFollowups) => into.push(own));
    await new Promise((resolve) => socket.once('connect', () => resolve(undefined)));
    expect(await socket.emitWithAck('desk:join', { station: 'hall' })).toMatchObject({ ok: true });
    return socket;
  };
  const sockets = [await connect('clerk', heard), await connect('second', others)];
  await expect.poll(() => [heard.length, others.length]).toEqual([1, 1]);
  const before = heard[0]!.open;
  const last = () => [heard.at(-1)!.open - before, heard.at(-1)!.news?.what, heard.at(-1)!.news?.of.followup];
  const dueBy = new Date(clock.now() + 3 * 86_400_000).toISOString();
  await open('live', { dueBy });
  await expect.poll(last).toEqual([1, 'opened', 'live']);
  const steps: [Who, object, unknown[]][] = [
    ['lead', { type: 'remind' }, [1, 'reminded', 'live']],
    ['clerk', { type: 'submit', result: 'rectified' }, [0]],
    ['lead', { type: 'return', note: '再看一遍' }, [1, 'returned', 'live']],
    ['clerk', { type: 'ask', until: '2019-12-02', note: '等回函' }, [1, 'returned', 'live']],
    ['lead', { type: 'extend', granted: true }, [1, 'extension-decided', 'live']],
    ['lead', { type: 'assign', owner: 'second' }, [0]],
    ['lead', { type: 'assign', owner: 'clerk' }, [1, 'assigned', 'live']],
  ];
  for (const [who, deed, told] of steps) {
    clock.set(clock.now() + 1_000);
    expect(await act(who, 'live', deed)).toEqual(DONE);
    await expect.poll(() => last().slice(0, told.length)).toEqual(told);
  }
  await expect.poll(() => others.map(({ news }) => news?.what)).toContain('assigned');
  // Nobody’s desk is told of another’s: the other heard of this one while it was theirs, and no more.
  expect(others.at(-1)!.first.map(({ followup }) => followup)).not.toContain('live');
  clock.set(Date.parse('2019-12-03T09:00:00+08:00'));
  await expect.poll(() => heard.at(-1)!.first.find(({ followup }) => followup === 'live')?.lamp).toBe('yellow');
  expect(last()[1]).toMatch(/^(lit|reminded)$/);
  for (const socket of sockets) socket.disconnect();
});

describe('lists and their pages', () => {
  const ask = async (who: Who, query: string) => await people.get(who)!.ask('GET', `/api/followups?${query}`);
  const idsOf = async (who: Who, query: string) =>
    ((await ask(who, query)).body as FollowupList).rows.map(({ followup }) => followup);

  test('whoever is last of many finds what is theirs, and all are turned to, each once', async () => {
    for (const who of ['second', 'lead', 'elsewhere', 'clerk'] as const) people.set(who, await hall.signIn(who));
    const before = (await listOf('manager')).lists.all!;
    for (let i = 0; i < 120; i++)
      await open(`crowd${String(i).padStart(3, '0')}`, { owner: 'elsewhere', station: 'meifeng' });
    await open('last', { owner: 'second', dueBy: '2029-01-02T12:00:00+08:00' });
    const { lists, rows } = (await ask('second', 'list=mine')).body as FollowupList;
    expect(lists).toEqual({ mine: rows.length });
    expect(rows.map(({ followup }) => followup)).toContain('last');
    expect(await idsOf('manager', 'list=mine')).toEqual([]);
    const pages = await Promise.all([0, 50, 100, 150].map((from) => idsOf('manager', `list=all&from=${from}`)));
    const { all } = ((await ask('manager', 'list=all')).body as FollowupList).lists;
    expect(all).toBe(before + 121);
    expect(pages.map(({ length }) => length)).toEqual([
      50,
      50,
      all! - 100 > 50 ? 50 : all! - 100,
      Math.max(0, all! - 150),
    ]);
    expect(new Set(pages.flat()).size).toBe(all);
    expect((await ask('lead', 'list=station')).body).toMatchObject({
      list: 'station',
      lists: { station: expect.any(Number) },
    });
    expect(await idsOf('lead', 'list=all')).not.toContain('crowd000');
    expect(await idsOf('elsewhere', 'list=station')).toEqual([]);
  });

  test('what its owner has said waits in the list of whoever decides it, and in nobody else’s', async () => {
    const waiting = async (who: Who) =>
      (await idsOf(who, 'list=decide')).filter((one) => one === 'said' || one === 'asking').sort();
    await open('said', { owner: 'clerk', station: 'hall' });
    await open('asking', { owner: 'clerk', station: 'hall', dueBy: '2019-12-20T18:00:00+08:00' });
    expect(await waiting('manager')).toEqual([]);
    await act('clerk', 'said', { type: 'submit', result: 'rectified' });
    await act('clerk', 'asking', { type: 'ask', until: '2019-12-27', note: '等对方盖章' });
    expect(await waiting('manager')).toEqual(['asking', 'said']);
    expect(await waiting('lead')).toEqual(['asking', 'said']);
    for (const who of ['clerk', 'second', 'elsewhere'] as const) expect(await waiting(who)).toEqual([]);
    await act('manager', 'said', { type: 'return', note: '请附照片' });
    await act('manager', 'asking', { type: 'extend', granted: true });
    expect(await waiting('manager')).toEqual([]);
  });

  test('an instruction is listed for whoever gave it and its owner, not for others of the station or the hall', async () => {
    for (const who of ['leader', 'administrator'] as const) people.set(who, await hall.signIn(who));
    const order = { id: 'toldtoldtold', station: 'hall', owner: 'second', note: '请核实', matter: 'overdue' };
    const { status, body } = await people.get('leader')!.ask('POST', '/api/brief/instructions', order);
    expect(status).toBe(200);
    const { followup } = body as { followup: string };
    const sees = async (who: Who) => {
      const pages = await Promise.all([0, 50, 100, 150].map((from) => idsOf(who, `from=${from}`)));
      return [who, pages.flat().includes(followup)];
    };
    const seen = await Promise.all((['leader', 'second', 'manager', 'lead', 'clerk'] as const).map(sees));
    expect(Object.fromEntries(seen)).toEqual({ leader: true, second: true, manager: true, lead: false, clerk: false });
  });

  test.each(['list=toString', 'list=mine&list=all', 'from=-1', 'from=x', 'from=99999999', 'from='])(
    '%s is no question',
    async (query) => {
      expect(await ask('manager', query)).toMatchObject({ status: 400, body: { error: 'bad-query' } });
    },
  );
});
