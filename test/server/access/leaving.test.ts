// Somebody leaves: what they had to follow up goes to another under the name of whoever said so, and nothing of theirs stays open.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { io } from 'socket.io-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DESK_NAMESPACE } from '../../../domain/wire/desk.ts';
import { KEY, openStaffedHall, PASSWORD, type StaffedHall } from '../staffed-hall.ts';

let hall: StaffedHall;
beforeEach(async () => {
  hall = await openStaffedHall();
});
afterEach(() => hall.close());

async function open(followup: string, owner: string): Promise<void> {
  const event = {
    ...{ specversion: '1.0', source: 'urn:other', id: followup, type: 'hall.followup.opened' },
    time: new Date().toISOString(),
    data: { followup, about: 'check', station: 'hall', owner },
  };
  const { status } = await hall.browser().ask('POST', '/api/events', event, { Authorization: `Bearer ${KEY}` });
  expect(status).toBe(200);
}
async function assigned(): Promise<unknown[]> {
  const events = await hall.server.ledger.read(0, 10_000);
  const actors = await hall.server.ledger.readActors(0, 10_000);
  return events.flatMap(({ type, data }, i) => (type === 'hall.followup.assigned' ? [{ ...data, by: actors[i] }] : []));
}
const end = async (who: 'manager' | 'lead', staff: string, handTo?: string) => {
  const browser = await hall.signIn(who);
  const { status, body } = await browser.ask('POST', `/api/accounts/${staff}/end`, handTo ? { handTo } : {});
  return [status, body];
};
const signsIn = async (staff: string): Promise<number> =>
  (await hall.browser().ask('POST', '/api/session', { staff, password: PASSWORD })).status;

test('open follow-ups go to whoever was named, each by an event of the manager’s, and none of anybody else', async () => {
  await open('one', 'second');
  await open('two', 'second');
  await open('other', 'clerk');
  expect(await end('manager', 'second', 'lead')).toEqual([200, { handedOn: 2 }]);
  const by = { kind: 'staff', id: 'manager' };
  expect(await assigned()).toEqual([
    { followup: 'one', owner: 'lead', by },
    { followup: 'two', owner: 'lead', by },
  ]);
  expect(await signsIn('second')).toBe(401);
  // Who has left has nothing more to hand on.
  expect(await end('manager', 'second', 'lead')).toEqual([404, { error: 'unknown-account' }]);
  expect(await assigned()).toHaveLength(2);
});

test('while something is open in their name, somebody has to be named', async () => {
  await open('one', 'second');
  expect(await end('manager', 'second')).toEqual([409, { error: 'in-hand', field: 'handTo', n: 1 }]);
  expect(await signsIn('second')).toBe(200);
  expect(await end('manager', 'second', 'lead')).toEqual([200, { handedOn: 1 }]);
  // Of somebody with nothing in hand nobody need go on.
  expect((await end('manager', 'clerk'))[0]).toBe(200);
});

test('whoever may not end an account hands nothing on', async () => {
  await open('one', 'second');
  const [status] = await end('lead', 'second', 'lead');
  expect(status).toBe(403);
  expect(await assigned()).toEqual([]);
  expect(await signsIn('second')).toBe(200);
});

test('where the ledger cannot take it the account stays open, and a second try does both', async () => {
  await open('one', 'second');
  const other = new DatabaseSync(join(hall.folder, 'ledger.sqlite'));
  other.exec('BEGIN IMMEDIATE');
  const [status] = await end('manager', 'second', 'lead');
  expect(status).toBeGreaterThanOrEqual(500);
  other.exec('ROLLBACK');
  other.close();
  expect(await signsIn('second')).toBe(200);
  expect(await end('manager', 'second', 'lead')).toEqual([200, { handedOn: 1 }]);
  expect(await signsIn('second')).toBe(401);
});

test('a hall that no administrator is left of offers its set-up link at the next start, and no other does', async () => {
  await hall.restart();
  expect(hall.server.setUpCode).toBeUndefined();
  hall.access.accounts.endAccount('administrator');
  await hall.restart();
  expect(hall.server.setUpCode).toMatch(/^[A-Z0-9-]+$/);
  // Of before there were accounts.
  await hall.restart(() => {
    for (const file of readdirSync(hall.folder)) if (file.startsWith('access.sqlite')) rmSync(join(hall.folder, file));
  });
  expect(hall.server.setUpCode).toMatch(/^[A-Z0-9-]+$/);
});

test.each([
  ['a session that is ended', () => hall.access.accounts.endSessionsOf('second')],
  ['an account that is ended', () => end('manager', 'second')],
])('%s cuts the open desk by itself', async (_what, act) => {
  const { cookie } = await hall.signIn('second');
  const socket = io(`${hall.url}${DESK_NAMESPACE}`, {
    ...{ transports: ['websocket'], reconnection: false, forceNew: true },
    extraHeaders: { Cookie: cookie, Origin: hall.url },
  });
  expect(await socket.emitWithAck('desk:join', { station: 'hall' })).toMatchObject({ ok: true });
  const cut = new Promise<string>((resolve) => socket.once('disconnect', resolve));
  await act();
  expect(await cut).toMatch(/disconnect|close/);
});
