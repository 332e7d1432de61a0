// Promise 14, ASVS 5 chapters 6 and 7: who gets in, for how long, who may touch whose account; on a real file, with clocks of our own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Assignment } from '../../../domain/access/roles.ts';
import { openAccess, type Access } from '../../../server/access/access.ts';
import { runAccounts } from '../../../server/access/accounts-command.ts';
import { createAccounts, type Accounts } from '../../../server/access/accounts.ts';
import { createPasswords, isStrong } from '../../../server/access/passwords.ts';
import type { Person } from '../../../server/access/person.ts';
import { createSignInGuesses } from '../../../server/access/sign-in-guesses.ts';

const PASSWORD = 'wutong-shan-7-lu';
const HOUR = 3_600_000;
const PLACE = { address: '10.0.0.7', label: 'Chrome' };
/** What a guess costs is tried once; elsewhere it only makes the tests wait. */
const CHEAP = { N: 1024, r: 8, p: 1 };
const passwords = createPasswords(CHEAP);
const hashed = passwords.hash(PASSWORD);

let folder: string;
let access: Access;
let accounts: Accounts;
let at = 0;
let day = '2026-11-26';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallpulse-accounts-'));
  at = Date.UTC(2026, 10, 26, 1);
  day = '2026-11-26';
  access = openAccess(folder, { now: () => at });
  accounts = createAccounts({
    store: access.accounts,
    passwords,
    guesses: createSignInGuesses(() => at),
    now: () => at,
    day: () => day,
    stations: () => new Map([['hall', {}]]),
    words: () => ['梅林街道政务服务大厅'],
  });
});
afterEach(() => {
  access.close();
  rmSync(folder, { recursive: true, force: true });
});

async function add(staff: string, ...assignments: Assignment[]): Promise<void> {
  access.accounts.addAccount(staff, staff);
  for (const assignment of assignments) access.accounts.addAssignment(staff, assignment);
  access.accounts.setPassword(staff, await hashed);
}
const CLERK: Assignment = { role: 'clerk', station: 'hall' };

async function signIn(staff: string, { keep = false, password = PASSWORD, address = PLACE.address } = {}) {
  return accounts.signIn({ staff, password, keep }, { ...PLACE, address });
}
async function enter(staff: string, keep = false): Promise<{ person: Person; secret: string }> {
  const done = await signIn(staff, { keep });
  if (!done.ok) throw new Error(done.reason);
  return done;
}

test('a desk stays signed in over lunch, not over an evening, and never beyond twelve hours (ASVS 7.3)', async () => {
  await add('s1', CLERK);
  const { secret } = await enter('s1');
  at += 2.4 * HOUR;
  expect(accounts.find(secret, false)).toMatchObject({ staff: 's1' });
  at += 0.2 * HOUR;
  expect(accounts.find(secret, false)).toBeUndefined();

  const used = await enter('s1');
  for (let hour = 0; hour < 12; hour++) {
    expect(accounts.find(used.secret, true)).toBeDefined();
    at += HOUR;
  }
  expect(accounts.find(used.secret, true)).toBeUndefined();
});

test('looking on does not keep a session alive, doing something does', async () => {
  await add('s1', CLERK);
  const { secret, person } = await enter('s1');
  for (let i = 0; i < 5; i++) {
    expect(accounts.find(secret, false)).toBeDefined();
    at += 0.5 * HOUR;
  }
  expect(accounts.find(secret, false)).toBeUndefined();
  expect(accounts.ofSession(person.session)).toBeUndefined();
});

test("a leader's own telephone reads for thirty days and asks again before more than reading; nobody else's is kept", async () => {
  await add('boss', { role: 'leader' });
  await add('s1', CLERK);
  const { secret, person } = await enter('boss', true);
  expect([person.isKept, accounts.isFresh(person)]).toEqual([true, true]);
  at += 12 * HOUR;
  expect(accounts.isFresh(accounts.find(secret, false)!)).toBe(false);
  expect(await accounts.confirm(person, 'no-such-word', PLACE.address)).toMatchObject({ ok: false, reason: 'wrong' });
  expect(await accounts.confirm(person, PASSWORD, PLACE.address)).toMatchObject({ ok: true });
  expect(accounts.isFresh(accounts.find(secret, false)!)).toBe(true);
  at += 29 * 24 * HOUR;
  expect(accounts.find(secret, false)).toBeDefined();
  at += 24 * HOUR;
  expect(accounts.find(secret, false)).toBeUndefined();
  expect((await enter('s1', true)).person.isKept).toBe(false);
});

test("a leader's telephone is kept no longer than the role: from then on the ordinary limits hold", async () => {
  await add('boss', { role: 'leader', until: '2026-11-28' }, { role: 'manager' });
  const { secret } = await enter('boss', true);
  at += 48 * HOUR;
  day = '2026-11-28';
  expect(accounts.find(secret, false)).toBeDefined();
  day = '2026-11-29';
  expect(accounts.find(secret, false)).toBeUndefined();
  const later = await enter('boss', true);
  expect(later.person.isKept).toBe(false);
});

test('a substitute is somebody whose assignment ends: from then on nothing opens, whatever session is open', async () => {
  await add('s2', { ...CLERK, from: '2026-11-27', until: '2026-11-28' });
  expect(await signIn('s2')).toMatchObject({ ok: false, reason: 'no-assignment' });
  day = '2026-11-28';
  const { secret } = await enter('s2');
  day = '2026-11-29';
  expect(await signIn('s2')).toMatchObject({ ok: false, reason: 'no-assignment' });
  expect(accounts.find(secret, false)?.assignments).toMatchObject([{ until: '2026-11-28' }]);
});

test('wrong passwords are slowed and then locked by account and address, and the right one waits as well (ASVS 6.3.1)', async () => {
  await add('s1', CLERK);
  for (let i = 0; i < 5; i++) expect(await signIn('s1', { password: 'x' })).toMatchObject({ reason: 'wrong' });
  expect(await signIn('s1')).toMatchObject({ ok: false, reason: 'locked', waitMs: 60_000 });
  at += 60_000;
  expect(await signIn('s1', { password: 'x' })).toMatchObject({ reason: 'wrong' });
  expect(await signIn('s1')).toMatchObject({ reason: 'locked', waitMs: 120_000 });
  for (let i = 0; i < 20; i++) {
    at += 15 * 60_000;
    await signIn('s1', { password: 'x' });
  }
  const last = await signIn('s1');
  expect(last).toMatchObject({ reason: 'locked' });
  if (!last.ok) expect(last.waitMs).toBeLessThanOrEqual(15 * 60_000);
  at += 15 * 60_000;
  expect(await signIn('s1')).toMatchObject({ ok: true });
});

test('forty passwords at once are slowed as they are one by one, and the right ones leave nothing behind', async () => {
  await add('s1', CLERK);
  const flood = async (password: string, n: number) => {
    const all = await Promise.all(Array.from({ length: n }, () => signIn('s1', { password })));
    return all.map((done) => (done.ok ? 'ok' : done.reason)).sort();
  };
  const [looked, locked] = [Array<string>(5).fill('wrong'), Array<string>(35).fill('locked')];
  expect(await flood('x', 40)).toEqual([...locked, ...looked]);
  at += 60_000;
  for (let i = 0; i < 10; i++) expect(await flood(PASSWORD, 3)).toContain('ok');
  for (let i = 0; i < 5; i++) expect(await flood('x', 1)).toEqual(['wrong']);
  expect(await flood(PASSWORD, 1)).toEqual(['locked']);
});

test('whoever guesses from elsewhere locks nobody out of a desk that they have used, and guesses no further', async () => {
  await add('s1', CLERK);
  await add('s2', CLERK);
  await enter('s1');
  for (let i = 0; i < 40; i++) {
    await signIn('s1', { password: 'x', address: `10.9.0.${i}` });
    at += 1_000;
  }
  expect(await signIn('s1', { address: '10.9.1.1' })).toMatchObject({ reason: 'locked' });
  expect(await signIn('s1')).toMatchObject({ ok: true });
  // One address that tries every account is stopped, and its neighbours are not.
  for (let i = 0; i < 31; i++) await signIn(`nobody${i}`, { password: 'x', address: '10.9.0.250' });
  expect(await signIn('s2', { address: '10.9.0.250' })).toMatchObject({ reason: 'locked' });
  expect(await signIn('s2')).toMatchObject({ ok: true });
  at += HOUR;
  expect(await signIn('s1', { address: '10.9.1.1' })).toMatchObject({ ok: true });
});

test('an account that is not there takes as long to refuse as a wrong password, and is refused alike', async () => {
  await add('s1', CLERK);
  const time = async (staff: string) => {
    const from = performance.now();
    expect(await signIn(staff, { password: 'x' })).toEqual({ ok: false, reason: 'wrong' });
    return performance.now() - from;
  };
  const [known, unknown] = [await time('s1'), await time('__proto__')];
  // Both hash once; without that the unknown one would take less than a thousandth.
  expect(unknown).toBeGreaterThan(known / 5);
});

test('the first administrator comes by a code that is good once, for a day, and only the last one drawn', async () => {
  const first = accounts.issueSetUp()!;
  const code = accounts.issueSetUp()!;
  const who = { password: PASSWORD, staff: 'admin', name: '陈主管' };
  expect(await accounts.useCode(first, who, PLACE)).toMatchObject({ reason: 'unknown-code' });
  expect(accounts.lookAtCode(code.toLowerCase())).toMatchObject({ ok: true, purpose: 'set-up' });
  for (const [field, bad] of [
    ['staff', { ...who, staff: '__proto__' }],
    ['staff', { ...who, staff: '13800138000' }],
    ['staff', { ...who, staff: 'a b' }],
    ['name', { ...who, name: ' ' }],
    ['password', { ...who, password: '1234567890' }],
  ] as const)
    expect(await accounts.useCode(code, bad, PLACE)).toMatchObject({ ok: false, field });
  const both = await Promise.all([accounts.useCode(code, who, PLACE), accounts.useCode(code, who, PLACE)]);
  expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  expect(accounts.issueSetUp()).toBeUndefined();
  expect((await enter('admin')).person.assignments).toMatchObject([{ role: 'administrator' }]);
});

test('a code of yesterday opens nothing', () => {
  const code = accounts.issueSetUp()!;
  at += 24 * HOUR;
  expect(accounts.lookAtCode(code)).toMatchObject({ reason: 'unknown-code' });
});

test('who may touch whose account: nobody their own, a manager no manager and no administrator', async () => {
  await add('boss', { role: 'manager' });
  await add('boss2', { role: 'manager' });
  await add('admin', { role: 'administrator' });
  await add('admin2', { role: 'administrator' });
  await add('s1', CLERK);
  // Whoever becomes an administrator tomorrow is none of a manager's business today.
  await add('soon', CLERK, { role: 'administrator', from: '2026-12-24' });
  const [boss, admin, s1] = [(await enter('boss')).person, (await enter('admin')).person, (await enter('s1')).person];
  const touch = (person: Person, staff: string) => accounts.addAssignment(person, staff, CLERK);
  expect(touch(boss, 's1')).toMatchObject({ ok: true });
  for (const staff of ['boss', 'boss2', 'admin', 'soon'])
    expect([staff, touch(boss, staff)]).toMatchObject([staff, { reason: 'not-allowed' }]);
  expect(touch(admin, 'boss')).toMatchObject({ ok: true });
  expect(touch(admin, 'admin2')).toMatchObject({ ok: true });
  expect(touch(admin, 'admin')).toMatchObject({ reason: 'not-allowed' });
  for (const staff of ['s1', 'boss']) expect(touch(s1, staff)).toMatchObject({ reason: 'not-allowed' });
  // Nor by the way of what is given: a manager makes no administrator and no second manager.
  for (const role of ['administrator', 'manager'] as const) {
    expect(accounts.addAssignment(boss, 's1', { role })).toMatchObject({ reason: 'not-allowed' });
    expect(accounts.add(boss, 'new', '新人', { role })).toMatchObject({ reason: 'not-allowed' });
  }
  expect(accounts.issueReset(admin, 'admin2')).toMatchObject({ reason: 'not-allowed' });
  expect(accounts.issueReset(boss, 's1')).toMatchObject({ ok: true });
  const onTheMachine = runAccounts(['code', 'admin2'], access.accounts, at);
  expect(onTheMachine).toMatchObject({ isOk: true });
  const code = /#(\w{16})/.exec(onTheMachine.lines.join())![1]!;
  expect(await accounts.useCode(code, { password: 'hua-cheng-bei-lu-5' }, PLACE)).toMatchObject({ ok: true });
  for (const args of [['code', 'nobody'], ['code'], [], ['code', 'a', 'b'], ['promote', 's1']])
    expect(runAccounts(args, access.accounts, at)).toMatchObject({ isOk: false });
});

test('an assignment names a station that there is, exactly where its role belongs to one', async () => {
  await add('admin', { role: 'administrator' });
  await add('s1', CLERK);
  const { person } = await enter('admin');
  for (const [field, bad] of [
    ['station', { role: 'clerk' }],
    ['station', { role: 'manager', station: 'hall' }],
    ['station', { role: 'lead', station: 'constructor' }],
    ['until', { ...CLERK, from: '2026-11-28', until: '2026-11-27' }],
  ] as const)
    expect(accounts.addAssignment(person, 's1', bad)).toMatchObject({ ok: false, field });
});

test('whoever leaves is out at once, and no code or password lets them in again', async () => {
  await add('boss', { role: 'manager' });
  await add('s1', CLERK);
  const { person: boss } = await enter('boss');
  const { secret } = await enter('s1');
  const reset = accounts.issueReset(boss, 's1');
  expect(accounts.end(boss, 's1')).toMatchObject({ ok: true });
  expect(accounts.find(secret, false)).toBeUndefined();
  expect(await signIn('s1')).toMatchObject({ reason: 'wrong' });
  if (reset.ok) {
    const used = await accounts.useCode(reset.code, { password: 'another-word-of-day' }, PLACE);
    expect(used).toMatchObject({ ok: false });
    expect(await signIn('s1', { password: 'another-word-of-day' })).toMatchObject({ ok: false });
  }
});

test('a changed or lost password ends every other session (ASVS 7.4.3)', async () => {
  await add('boss', { role: 'manager' });
  await add('s1', CLERK);
  const [one, two] = [await enter('s1'), await enter('s1')];
  expect(await accounts.changePassword(one.person, PASSWORD, 'lian-hua-lu-88-hao', PLACE.address)).toMatchObject({
    ok: true,
  });
  expect(accounts.find(one.secret, false)).toBeDefined();
  expect(accounts.find(two.secret, false)).toBeUndefined();
  const { person: boss } = await enter('boss');
  const reset = accounts.issueReset(boss, 's1');
  if (!reset.ok) throw new Error(reset.reason);
  expect(await accounts.useCode(reset.code, { password: 'hua-cheng-bei-lu-5' }, PLACE)).toMatchObject({ ok: true });
  expect(accounts.find(one.secret, false)).toBeUndefined();
  expect(await accounts.useCode(reset.code, { password: 'hua-cheng-bei-lu-6' }, PLACE)).toMatchObject({
    reason: 'unknown-code',
  });
});

test('the file holds neither passwords nor secrets nor codes, and each change is noted once', async () => {
  const { readFileSync } = await import('node:fs');
  const code = accounts.issueSetUp()!;
  const done = await accounts.useCode(code, { password: PASSWORD, staff: 'admin', name: '主管' }, PLACE);
  if (!done.ok) throw new Error(done.reason);
  const bytes = ['access.sqlite', 'access.sqlite-wal'].map((name) => readFileSync(join(folder, name), 'latin1')).join();
  for (const secret of [PASSWORD, code, done.secret]) expect(bytes.includes(secret)).toBe(false);
  const noted = access.accounts.changes().map(({ actor, data }) => [actor, data.change]);
  expect(noted).toEqual([
    ['command:set-up', 'account-added'],
    ['command:set-up', 'assignment-added'],
    ['command:set-up', 'password-set'],
    ['command:set-up', 'code-used'],
    ['staff:admin', 'signed-in'],
  ]);
});

test.each(['1234567890', 'password123', 'qwertyuiop', 'aaaaaaaaaaaa', 's06s06s06s06', 'short', '梅林街道政务服务大厅'])(
  'the password %s is refused: a guesser tries it first (ASVS 6.2)',
  (password) => expect(isStrong(password, ['s06', '梅林街道政务服务大厅'])).toBe(false),
);

test('a password is kept as scrypt leaves it, at the cost that was decided', async () => {
  const kept = await createPasswords().hash(PASSWORD);
  expect(kept).toMatch(/^scrypt\$32768\$8\$3\$/);
  expect(await createPasswords(CHEAP).matches(PASSWORD, kept)).toBe(true);
  expect(await createPasswords(CHEAP).matches(`${PASSWORD} `, kept)).toBe(false);
});

test('at most two passwords are looked at in one moment, and a flood is told to come again', async () => {
  const flooded = createPasswords(CHEAP);
  const all = await Promise.allSettled(Array.from({ length: 40 }, () => flooded.matches('x', null)));
  const refused = all.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(40 - 2 - 32);
});
