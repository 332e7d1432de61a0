// 批示: recorded under the leader's name, shown beside its matter, reported on by its owner, and closed by whoever gave it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Brief, InstructionViews } from '../../../domain/wire/brief.ts';
import type { RowLife } from '../../../domain/wire/rows.ts';
import { createMovingClock } from '../moving-clock.ts';
import { KEY, openStaffedHall, type Browser, type StaffedHall } from '../staffed-hall.ts';

/** A Tuesday at ten. */
const NOW = Date.parse('2019-11-26T10:00:00+08:00');
const clock = createMovingClock(NOW);
let hall: StaffedHall;
let leader: Browser;
beforeAll(async () => {
  hall = await openStaffedHall({ clock });
  leader = await hall.signIn('leader');
  await tell('hall.case.accepted', '2019-11-25T09:00:00+08:00', {
    ...{ case: 'late-1', station: 'hall', channel: 'window', item: 'mi-02', promisedBy: '2019-11-25T18:00:00+08:00' },
  });
  await tell('hall.followup.opened', '2019-11-26T09:21:00+08:00', { followup: 'f1', about: 'rating', station: 'hall' });
});
afterAll(() => hall.close());

let told = 0;
async function tell(type: string, time: string, data: object): Promise<void> {
  const event = { specversion: '1.0', source: 'urn:other', id: `e${told++}`, type, time, data };
  const { status } = await hall.browser().ask('POST', '/api/events', event, { Authorization: `Bearer ${KEY}` });
  expect(status).toBe(200);
}
const asked = (id: string, more: object = {}) => ({
  ...{
    id: id.padEnd(20, 'x'),
    matter: 'overdue',
    station: 'hall',
    case: 'late-1',
    note: '今天办结并回电',
    owner: 'c1',
  },
  ...more,
});
const instruct = (body: object, browser = leader) => browser.ask('POST', '/api/brief/instructions', body);
async function decisionsOf(browser = leader) {
  const brief = (await browser.ask('GET', '/api/brief')).body as unknown as Brief;
  const shown = brief.decisions!.shown.flatMap((one) => ('each' in one ? one.each : [one]));
  return { owners: brief.owners, shown };
}

test('what is instructed stands beside its matter, with its owner, and in the ledger with who instructed', async () => {
  const { owners } = await decisionsOf();
  const owner = owners!.find(({ id }) => id === 'clerk')!;
  const body = asked('first', { owner: owner.id, dueOn: '2019-11-27' });
  const first = await instruct(body);
  expect(first.status).toBe(200);
  // The answer was lost, and the page asks once more, a while later.
  clock.set(NOW + 20_000);
  expect(await instruct(body)).toMatchObject({ status: 200, body: first.body });
  const { shown } = await decisionsOf();
  expect(shown.find(({ kind }) => kind === 'overdue')!.instructed).toMatchObject({
    ...{ note: '今天办结并回电', owner: owner.name, dueAt: Date.parse('2019-11-28T00:00:00+08:00') - 1 },
  });
  expect(shown.find(({ kind }) => kind === 'rating')!.instructed).toBeUndefined();
  const key = `followup:${(first.body as { followup: string }).followup}`;
  const life = (await leader.ask('GET', `/api/rows/one?key=${key}`)).body as unknown as RowLife;
  expect(life.events).toMatchObject([{ data: { about: 'instruction' }, by: { id: 'leader' } }]);
});

test('an instruction of a poor rating, of checks and of a silent station finds its own matter', async () => {
  const owner = 'clerk';
  for (const [id, more] of [
    ['rating', { matter: 'rating', case: undefined, of: 'f1', note: '电话回访' }],
    ['check', { matter: 'check', case: undefined, note: '补做核查' }],
  ] as const)
    expect((await instruct(asked(id, { owner, ...more }))).status).toBe(200);
  const { shown } = await decisionsOf();
  expect(shown.find(({ kind }) => kind === 'rating')!.instructed!.note).toBe('电话回访');
});

test.each([
  ['an owner whom nobody knows', { owner: 'nobody' }, 404, { error: 'unknown-owner', field: 'owner' }],
  ['a station that there is not', { station: 'nowhere' }, 404, { error: 'unknown-station', field: 'station' }],
  ['a day that is over', { dueOn: '2019-11-25' }, 422, { error: 'past', field: 'dueOn' }],
  ['words that tell who a citizen is', { note: '请联系 13812345678' }, 422, { error: 'identity', field: 'note' }],
  ['no words', { note: '  ' }, 400, { error: 'bad-body', field: 'note' }],
  ['a field of its own making', { actor: 'x' }, 400, { error: 'bad-body' }],
])('%s is refused with the place', async (_what, more, status, body) => {
  expect(await instruct(asked('refused', { owner: 'clerk', ...more }))).toMatchObject({ status, body });
});

test('who may not instruct is offered nobody to instruct, and is refused', async () => {
  const clerk = await hall.signIn('clerk');
  expect((await instruct(asked('clerk', { owner: 'clerk' }), clerk)).status).toBe(403);
  expect((await instruct(asked('nobody', { owner: 'clerk' }), hall.browser())).status).toBe(401);
  expect((await decisionsOf(await hall.signIn('manager'))).owners).not.toBeUndefined();
});

describe('an instruction that was given', () => {
  let followup: string;
  let drawn = 0;
  const draw = () => `deed${String.fromCharCode(97 + drawn++)}`.padEnd(20, 'y');
  const deed = (browser: Browser, what: 'notes' | 'close', body: object = {}, id = followup) =>
    browser.ask('POST', `/api/brief/instructions/${id}/${what}`, {
      ...{ id: draw(), ...(what === 'notes' ? { note: '已联系，明天办结' } : { result: 'rectified' }) },
      ...body,
    });
  const listOf = async (browser: Browser) => {
    const { status, body } = await browser.ask('GET', '/api/brief/instructions');
    expect(status).toBe(200);
    return (body as InstructionViews).instructions.filter((one) => one.followup === followup);
  };
  const give = async (id: string, more: object, browser = leader) => {
    const { status, body } = await instruct(asked(id, more), browser);
    expect(status).toBe(200);
    return (body as { followup: string }).followup;
  };

  test('is seen by whoever gave it, its owner and the manager, and by nobody else', async () => {
    followup = await give('seen', { owner: 'lead', dueOn: '2019-11-27' });
    const facts = { note: '今天办结并回电', by: '示例leader', owner: '示例lead', reports: [] };
    expect(await listOf(leader)).toMatchObject([{ ...facts, isOwn: false, mayClose: true }]);
    expect(await listOf(await hall.signIn('manager'))).toMatchObject([{ ...facts, isOwn: false, mayClose: true }]);
    expect(await listOf(await hall.signIn('lead'))).toMatchObject([{ ...facts, isOwn: true, mayClose: false }]);
    for (const who of ['clerk', 'elsewhere', 'administrator'] as const)
      expect([who, await listOf(await hall.signIn(who))]).toEqual([who, []]);
    expect((await hall.browser().ask('GET', '/api/brief/instructions')).status).toBe(401);
    const brief = (await leader.ask('GET', '/api/brief')).body as unknown as Brief;
    expect(brief.hasInstructions).toBe(true);
  });

  test('is reported on by its owner alone, once however often the answer is lost', async () => {
    const lead = await hall.signIn('lead');
    const [id, note] = [draw(), '已联系，明天办结'];
    expect((await deed(lead, 'notes', { id, note })).status).toBe(200);
    clock.set(clock.now() + 60_000);
    expect((await deed(lead, 'notes', { id, note })).status).toBe(200);
    expect((await deed(lead, 'notes', { id, note: '别的话' })).status).toBe(409);
    expect((await deed(leader, 'notes')).status).toBe(403);
    expect((await deed(await hall.signIn('clerk'), 'notes')).status).toBe(404);
    expect(await deed(lead, 'notes', { note: '请联系 13812345678' })).toMatchObject({
      ...{ status: 422, body: { error: 'identity', field: 'note' } },
    });
    expect(await deed(lead, 'notes', { note: ' ' })).toMatchObject({ status: 400, body: { field: 'note' } });
    const [view] = await listOf(leader);
    expect(view!.reports).toMatchObject([{ note, by: '示例lead' }]);
  });

  test('is closed by whoever gave it and not by its owner, and is then gone from everywhere but the ledger', async () => {
    const lead = await hall.signIn('lead');
    expect((await deed(lead, 'close')).status).toBe(403);
    expect((await deed(await hall.signIn('second'), 'close')).status).toBe(404);
    expect(await deed(leader, 'close', { result: 'misrated' })).toMatchObject({
      status: 400,
      body: { field: 'result' },
    });
    const foreign = await leader.ask(
      'POST',
      `/api/brief/instructions/${followup}/close`,
      { id: draw(), result: 'rectified' },
      { Origin: 'https://elsewhere.example' },
    );
    expect([foreign.status, foreign.body]).toEqual([403, { error: 'foreign-origin' }]);
    const id = draw();
    expect((await deed(leader, 'close', { id, note: '已核实' })).status).toBe(200);
    clock.set(clock.now() + 60_000);
    expect((await deed(leader, 'close', { id, note: '已核实' })).status).toBe(200);
    expect((await deed(leader, 'close')).status).toBe(404);
    expect(await listOf(leader)).toEqual([]);
    const life = (await leader.ask('GET', `/api/rows/one?key=followup:${followup}`)).body as unknown as RowLife;
    expect(life.events.map(({ type, by }) => [type, by?.id])).toEqual([
      ['hall.followup.opened', 'leader'],
      ['hall.followup.noted', 'lead'],
      ['hall.followup.closed', 'leader'],
    ]);
  });

  test('of which its giver is the owner is closed by another manager, and one of another system by none here', async () => {
    const manager = await hall.signIn('manager');
    followup = await give('own', { owner: 'manager' }, manager);
    expect(await listOf(manager)).toMatchObject([{ isOwn: true, mayClose: false }]);
    expect(await listOf(leader)).toEqual([]);
    expect((await deed(manager, 'close')).status).toBe(403);
    await tell('hall.followup.opened', '2019-11-26T09:40:00+08:00', {
      ...{ followup: 'others', about: 'instruction', station: 'hall', owner: 'lead' },
    });
    expect((await deed(manager, 'close', {}, 'others')).status).toBe(404);
    expect((await deed(manager, 'close', {}, 'f1')).status).toBe(404);
  });
});
