// Promise 14, ASVS 5: signing in over HTTP on a real server, what a cookie may do, and what the ledger is told.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { io } from 'socket.io-client';
import { LIVE_NAMESPACE } from '../../../domain/wire/protocol.ts';
import { KEY, openStaffedHall, PASSWORD, type StaffedHall } from '../staffed-hall.ts';

let hall: StaffedHall;
beforeAll(async () => {
  hall = await openStaffedHall();
});
afterAll(() => hall.close());

test('a cookie is out of reach of scripts and other sites, ends with its browser, and holds no meaning (ASVS 7.2)', async () => {
  const browser = hall.browser();
  const { headers, body } = await browser.ask('POST', '/api/session', {
    staff: 'clerk',
    password: PASSWORD,
    keep: true,
  });
  const [line] = headers.getSetCookie().filter((one) => !/Expires=Thu, 01 Jan 1970/.test(one));
  expect(line).toMatch(/^hallpulse_session=hps_[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  expect(body).toMatchObject({ staff: 'clerk', assignments: [{ role: 'clerk', station: 'hall' }], isFresh: true });
  expect(JSON.stringify(body)).not.toContain('hps_');
  // Only a leader's own telephone is kept.
  const phone = await hall.signIn('leader', true);
  expect(phone.cookie).toMatch(/^hallpulse_session=/);
});

test('a page of another origin signs nobody in or out, and writes nothing (ASVS 3.5)', async () => {
  const browser = await hall.signIn('administrator');
  for (const Origin of ['http://evil.example', 'null', hall.url.replace('http:', 'https:').replace(/\d+$/, '1')])
    for (const [method, path, body] of [
      ['POST', '/api/session', { staff: 'clerk', password: PASSWORD }],
      ['DELETE', '/api/session', undefined],
      ['POST', '/api/session/confirm', { password: PASSWORD }],
      ['POST', '/api/codes/use', { code: 'A'.repeat(16), password: PASSWORD }],
      ['POST', '/api/accounts', { staff: 'x', name: 'x', assignment: { role: 'manager' } }],
    ] as const)
      expect([path, (await browser.ask(method, path, body, { Origin })).status]).toEqual([path, 403]);
  expect((await browser.ask('GET', '/api/session')).status).toBe(200);
});

test('two actions and a password change who sits at a shared PC, and the old cookie opens nothing', async () => {
  const browser = await hall.signIn('clerk');
  const old = browser.cookie;
  expect((await browser.ask('POST', '/api/session', { staff: 'second', password: 'no' })).status).toBe(401);
  expect((await browser.ask('GET', '/api/session')).body).toMatchObject({ staff: 'clerk' });
  expect((await browser.ask('POST', '/api/session', { staff: 'second', password: PASSWORD })).status).toBe(200);
  expect((await browser.ask('GET', '/api/session')).body).toMatchObject({ staff: 'second' });
  expect((await fetch(`${hall.url}/api/session`, { headers: { Cookie: old } })).status).toBe(401);
});

test('clerks and leads read what is public, managers and leaders the management topics, administrators neither more', async () => {
  const may = async (who: Parameters<typeof hall.signIn>[0]) => {
    const browser = await hall.signIn(who);
    const statuses = [];
    for (const path of [
      '/api/board?topic=public',
      '/api/board?topic=ratings',
      '/api/measures?from=2026-11-01&to=2026-11-02',
    ])
      statuses.push((await browser.ask('GET', path)).status);
    return statuses;
  };
  expect(await may('clerk')).toEqual([200, 403, 403]);
  expect(await may('lead')).toEqual([200, 403, 403]);
  expect(await may('administrator')).toEqual([200, 403, 403]);
  expect(await may('manager')).toEqual([200, 200, 200]);
  expect(await may('leader')).toEqual([200, 200, 200]);
});

test('nobody raises their own role by any body or field', async () => {
  const clerk = await hall.signIn('clerk');
  const manager = await hall.signIn('manager');
  const assignment = { role: 'administrator' };
  for (const browser of [clerk, manager])
    for (const [path, body] of [
      ['/api/accounts/clerk/assignments', assignment],
      ['/api/accounts/manager/assignments', assignment],
      ['/api/accounts', { staff: 'twin', name: '双', assignment }],
      [
        '/api/accounts',
        { staff: 'twin', name: '双', assignment: { role: 'clerk', station: 'hall' }, role: 'administrator' },
      ],
      ['/api/session', { staff: 'clerk', password: PASSWORD, assignments: [assignment] }],
      ['/api/session/password', { old: PASSWORD, password: 'lian-hua-lu-88-hao', role: 'administrator' }],
      ['/api/codes/use', { code: 'A'.repeat(16), password: PASSWORD, role: 'administrator' }],
    ] as const)
      expect([path, (await browser.ask('POST', path, body)).status]).toEqual([
        path,
        expect.toSatisfy((s: number) => s >= 400 && s < 500),
      ]);
  expect(hall.access.accounts.assignmentsOf('clerk')).toMatchObject([{ role: 'clerk' }]);
  expect(hall.access.accounts.assignmentsOf('manager')).toMatchObject([{ role: 'manager' }]);
  expect(hall.access.accounts.account('twin')).toBeUndefined();
});

test('an invitation is used once, gives a first password, and is told to the ledger with who gave it', async () => {
  const manager = await hall.signIn('manager');
  const invited = await manager.ask('POST', '/api/accounts', {
    staff: 's77',
    name: '替班',
    assignment: { role: 'clerk', station: 'meifeng', until: '2099-12-31' },
  });
  expect(invited.status).toBe(201);
  const { code, address } = invited.body as { code: string; address: string };
  expect(address).toBe(`${address.split('/sign-in#')[0]}/sign-in#${code}`);
  const browser = hall.browser();
  expect((await browser.ask('POST', '/api/codes/look', { code })).body).toMatchObject({
    purpose: 'invitation',
    staff: 's77',
  });
  const weak = await browser.ask('POST', '/api/codes/use', { code, password: 's77s77s77s77' });
  expect(weak).toMatchObject({ status: 422, body: { error: 'weak-password', field: 'password' } });
  expect((await browser.ask('POST', '/api/codes/use', { code, password: PASSWORD })).body).toMatchObject({
    staff: 's77',
  });
  expect((await browser.ask('POST', '/api/codes/use', { code, password: PASSWORD })).status).toBe(404);

  type Lines = { lines: { actor: { kind: string; id: string }; about: Record<string, string> }[] };
  const readAudit = async () => {
    const { body } = await manager.ask('GET', '/api/audit?kind=access&limit=200&staff=s77');
    return (body as Lines).lines.map(({ actor, about }) => [`${actor.kind}:${actor.id}`, about['change']]).reverse();
  };
  await expect.poll(readAudit, { timeout: 10_000 }).toEqual([
    ['staff:manager', 'account-added'],
    ['staff:manager', 'assignment-added'],
    ['staff:manager', 'code-issued'],
    ['staff:s77', 'password-set'],
    ['staff:s77', 'code-used'],
    ['staff:s77', 'signed-in'],
  ]);
});

test('codes that are none count as guesses', async () => {
  const browser = hall.browser();
  let last = 0;
  for (let i = 0; i < 40 && last !== 429; i++)
    last = (
      await browser.ask('POST', '/api/codes/look', {
        code: `AAAAAAAAAAAAAA${String.fromCharCode(65 + (i % 26))}${i < 26 ? 'A' : 'B'}`,
      })
    ).status;
  expect(last).toBe(429);
});

test('a session that somebody ends is cut from its open socket within five seconds', async () => {
  const leader = await hall.signIn('leader');
  const socket = io(`${hall.url}${LIVE_NAMESPACE}`, {
    transports: ['websocket'],
    extraHeaders: { Cookie: leader.cookie },
    reconnection: false,
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  const answer = (await socket.emitWithAck('board:subscribe', { topic: 'ratings' })) as { ok: boolean };
  expect(answer.ok).toBe(true);
  const cut = new Promise<number>((resolve) => socket.once('disconnect', () => resolve(performance.now())));
  const manager = await hall.signIn('manager');
  const { accounts } = (await manager.ask('GET', '/api/accounts')).body as {
    accounts: { staff: string; sessions: { id: string }[] }[];
  };
  const from = performance.now();
  for (const { id } of accounts.find(({ staff }) => staff === 'leader')!.sessions)
    expect((await manager.ask('POST', `/api/accounts/sessions/${id}/end`, {})).status).toBe(204);
  expect((await cut) - from).toBeLessThan(5_000);
  expect((await leader.ask('GET', '/api/session')).status).toBe(401);
});

test('who is signed in is no key: events need one, and a session opens no other door', async () => {
  const manager = await hall.signIn('manager');
  expect((await manager.ask('POST', '/api/events', {})).status).toBe(401);
  const withKey = await fetch(`${hall.url}/api/accounts`, { headers: { Authorization: `Bearer ${KEY}` } });
  expect(withKey.status).toBe(401);
});

test('bodies that are too large, no JSON, broken UTF-8 or full of prototypes are refused and harm nothing (ASVS 2.2)', async () => {
  const browser = hall.browser();
  const post = async (body: string, type = 'application/json') =>
    (await browser.ask('POST', '/api/session', body, { 'Content-Type': type })).status;
  expect(await post('x'.repeat(5_000))).toBe(413);
  expect(await post('{')).toBe(400);
  expect(await post('{"staff":"clerk","password":"x","__proto__":{"keep":true}}')).toBe(400);
  expect(await post('staff=clerk', 'application/x-www-form-urlencoded')).toBe(415);
  expect(await post('{"staff":"__proto__","password":"x"}')).toBe(401);
});
