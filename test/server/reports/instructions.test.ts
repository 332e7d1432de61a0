// 批示: recorded under the leader's name, shown beside its matter, and of nobody else.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Brief } from '../../../domain/wire/brief.ts';
import type { RowLife } from '../../../domain/wire/rows.ts';
import { KEY, openStaffedHall, type Browser, type StaffedHall } from '../staffed-hall.ts';

/** A Tuesday at ten. */
const now = Date.parse('2019-11-26T10:00:00+08:00');
let hall: StaffedHall;
let leader: Browser;
beforeAll(async () => {
  hall = await openStaffedHall({ clock: { now: () => now, untilMs: (at) => at - now } });
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
  return { owners: brief.owners, shown: brief.decisions!.shown };
}

test('what is instructed stands beside its matter, with its owner, and in the ledger with who instructed', async () => {
  const { owners } = await decisionsOf();
  const owner = owners!.find(({ id }) => id === 'clerk')!;
  const body = asked('first', { owner: owner.id, dueOn: '2019-11-27' });
  const first = await instruct(body);
  expect(first.status).toBe(200);
  // The answer was lost, and the page asks once more.
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
