// The practice hall beside a hall: the same people and documents, with a ledger, a folder and a sign-in of its own.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nameEntry } from '../../domain/desk/entry.ts';
import type { ChecksState } from '../../domain/wire/checks.ts';
import type { SignedIn } from '../../domain/wire/desk.ts';
import type { FollowupList } from '../../domain/wire/followups.ts';
import type { SetupState } from '../../domain/wire/setup.ts';
import { openAccess } from '../../server/access/access.ts';
import { practiceIdOf } from '../../server/practice.ts';
import { acceptance, postEvents } from '../e2e/hall-client.ts';
import { openPracticeHall, type PracticeHall } from './practice-hall.ts';
import { KEY, PASSWORD, type Browser } from './staffed-hall.ts';

/** A Thursday in November, at ten in the morning. */
const DAY = '2026-11-26';
const TEN = Date.parse(`${DAY}T10:00:00+08:00`);
const IN_PRACTICE = '?hall=meilin-practice';

let hall: PracticeHall;
let now = TEN;
const clock = { now: () => now, untilMs: () => 3_600_000 };
beforeEach(async () => {
  now = TEN;
  hall = await openPracticeHall({ clock });
});
afterEach(() => hall.close());

const signInAt = (browser: Browser, query: string, staff = 'clerk') =>
  browser.ask('POST', `/api/session${query}`, { staff, password: PASSWORD });

/** A browser in which one person is signed in at both halls. */
async function openBoth(staff = 'clerk'): Promise<Browser> {
  const browser = hall.browser();
  for (const query of ['', IN_PRACTICE])
    expect([query, (await signInAt(browser, query, staff)).status]).toEqual([query, 200]);
  return browser;
}
async function hallOf(browser: Browser, query: string): Promise<SignedIn['hall'] | undefined> {
  const { status, body } = await browser.ask('GET', `/api/session${query}`);
  return status === 200 ? (body as SignedIn).hall : undefined;
}

let made = 0;
/** One entry, written down in the hall that it names. */
async function consult(browser: Browser, id: string, topic: string, query = `?hall=${encodeURIComponent(id)}`) {
  const letters = 'abcdefghijklmnopqrst'.slice(0, -1) + 'abcdefghij'[made++]!;
  const entry = {
    ...{ id: nameEntry(DAY, 'clerk', letters), author: 'clerk', hall: id, station: 'hall' },
    at: new Date(now).toISOString(),
    act: { type: 'consultation', medium: 'visit', topic },
  };
  const { body } = await browser.ask('POST', `/api/desk/entries${query}`, { entries: [entry] });
  return (body as { outcomes: { ok: boolean }[] }).outcomes[0]!;
}
/** What people did there, by type: who signed in, and what the hall says of itself, is left out. */
async function workIn(which: 'real' | 'practice'): Promise<string[]> {
  const events = await hall.ledgers[which].read(0, 10_000);
  return events.map(({ type }) => type).filter((type) => !/^hall\.(day|profile|access)\./.test(type));
}
async function consultations(browser: Browser, query: string): Promise<number> {
  const { body } = await browser.ask('GET', `/api/measures?from=${DAY}&to=${DAY}${query.replace('?', '&')}`);
  return (body as { consultations: { visit: number } }).consultations.visit;
}

test('is named by the hall beside it, and marked as what it is', async () => {
  const browser = await openBoth();
  expect(await hallOf(browser, '')).toMatchObject({ id: 'meilin', practice: false, practiceHall: 'meilin-practice' });
  const practice = await hallOf(browser, IN_PRACTICE);
  expect(practice).toMatchObject({ id: 'meilin-practice', practice: true, name: '梅林街道政务服务大厅（练习）' });
  expect(practice).not.toHaveProperty('practiceHall');
  // Also to whoever has not signed in.
  const { status, body } = await hall.browser().ask('GET', '/api/session');
  expect([status, body]).toMatchObject([401, { hall: { practiceHall: 'meilin-practice' } }]);
});

describe('nothing that is tried there counts', () => {
  test('what is written down, called and ended in one is in no ledger, measure, list or audit of the other', async () => {
    const browser = await openBoth('lead');
    const clerk = await openBoth();
    expect(await consult(clerk, 'meilin-practice', '练一次')).toMatchObject({ ok: true });
    const ask = (command: string, body: object) =>
      browser.ask('POST', `/api/desk/queue/${command}${IN_PRACTICE}`, { station: 'hall', ...body });
    const statuses = [
      await ask('open', { window: 'w01' }),
      await ask('take', {}),
      await ask('call', { window: 'w01' }),
      await ask('finish', { window: 'w01' }),
      await ask('end', {}),
    ].map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 200, 200, 200]);
    expect(await workIn('real')).toEqual([]);
    expect(await workIn('practice')).toEqual([
      'hall.consultation.given',
      'hall.window.changed',
      'hall.ticket.taken',
      'hall.ticket.called',
      'hall.ticket.served',
      'hall.queue.ended',
    ]);
    const manager = await openBoth('manager');
    expect([await consultations(manager, ''), await consultations(manager, IN_PRACTICE)]).toEqual([0, 1]);
    const audits = await Promise.all(
      ['', IN_PRACTICE].map(async (query) => {
        const { body } = await manager.ask('GET', `/api/audit?kind=people${query.replace('?', '&')}`);
        return (body as { lines: { type: string }[] }).lines.map(({ type }) => type).filter((t) => !/access/.test(t));
      }),
    );
    expect(audits[0]).toEqual([]);
    expect(audits[1]).toContain('hall.consultation.given');
    const { body: mine } = await clerk.ask('GET', '/api/desk/mine');
    expect((mine as { lines: unknown[] }).lines).toEqual([]);
    // The queue that was ended there goes on here, from its first number.
    const taken = await browser.ask('POST', '/api/desk/queue/take', { station: 'hall' });
    expect(taken).toMatchObject({ status: 200, body: { ticket: { number: 'A001' } } });
  });

  test('nor does anything of the hall reach it: no entry, no event of a system, no key', async () => {
    const browser = await openBoth();
    expect(await consult(browser, 'meilin', '当真的')).toMatchObject({ ok: true });
    const sent = await postEvents(hall.url, acceptance('one', {}, now), { key: KEY });
    expect(sent.body).toMatchObject({ accepted: 1 });
    const refused = await postEvents(hall.url, acceptance('two', {}, now), { key: KEY, query: IN_PRACTICE });
    expect(refused.status).toBe(401);
    expect(await workIn('real')).toEqual(['hall.consultation.given', 'hall.case.accepted']);
    expect(await workIn('practice')).toEqual([]);
  });

  test('an entry that was made in one is refused by the other', async () => {
    const browser = await openBoth();
    expect(await consult(browser, 'meilin-practice', '走错了', '')).toMatchObject({ ok: false });
    expect(await consult(browser, 'meilin', '走错了', IN_PRACTICE)).toMatchObject({ ok: false });
    expect([await workIn('real'), await workIn('practice')]).toEqual([[], []]);
  });

  test('accounts are the hall’s own: nobody is added, ended or given another password from there', async () => {
    const browser = await openBoth('administrator');
    const assignment = { role: 'clerk', station: 'hall' };
    const changes: [path: string, body: object][] = [
      ['/api/accounts', { staff: 'newcomer', name: '示例新人', assignment }],
      ['/api/accounts/clerk/assignments', assignment],
      ['/api/accounts/clerk/code', {}],
      ['/api/accounts/clerk/end', {}],
      ['/api/session/password', { old: PASSWORD, password: 'bijia-shan-8-lu-2' }],
    ];
    for (const [path, body] of changes)
      expect([path, await browser.ask('POST', `${path}${IN_PRACTICE}`, body)]).toMatchObject([
        path,
        { status: 403, body: { error: 'practice' } },
      ]);
    expect(hall.access.accounts.account('newcomer')).toBeUndefined();
    expect((await signInAt(hall.browser(), '', 'administrator')).status).toBe(200);
    expect((await signInAt(hall.browser(), '')).status).toBe(200);
  });

  test('a document that is changed there stays there', async () => {
    const browser = await openBoth('administrator');
    const { body } = await browser.ask('GET', `/api/setup${IN_PRACTICE}`);
    const { version, value } = (body as SetupState).documents.profile;
    const saved = await browser.ask('PUT', `/api/setup/profile${IN_PRACTICE}`, {
      version,
      value: { ...value, name: { zh: '改了名的练习大厅' } },
    });
    expect(saved.status).toBe(200);
    expect((await hallOf(browser, IN_PRACTICE))?.name).toBe('改了名的练习大厅');
    expect((await hallOf(browser, ''))?.name).toBe('梅林街道政务服务大厅');
  });
});

describe('a sign-in of its own', () => {
  test('one at either hall is none at the other, under a cookie of another name', async () => {
    for (const [at, other] of [
      ['', IN_PRACTICE],
      [IN_PRACTICE, ''],
    ] as const) {
      const browser = hall.browser();
      await signInAt(browser, at);
      expect((await hallOf(browser, at))?.id).toBe(at === '' ? 'meilin' : 'meilin-practice');
      expect(await hallOf(browser, other)).toBeUndefined();
    }
    const names = (await openBoth()).cookie.split('; ').map((cookie) => cookie.split('=')[0]);
    expect(new Set(names).size).toBe(2);
    expect(names[0]).toBe('hallpulse_session');
  });

  test('whoever signs out of one stays in the other, as a different person if they like', async () => {
    for (const query of ['', IN_PRACTICE]) {
      const browser = await openBoth();
      expect((await signInAt(browser, IN_PRACTICE, 'second')).status).toBe(200);
      expect((await browser.ask('GET', '/api/session')).body).toMatchObject({ staff: 'clerk' });
      expect((await browser.ask('DELETE', `/api/session${query}`)).status).toBe(204);
      expect(await hallOf(browser, query)).toBeUndefined();
      expect(await hallOf(browser, query === '' ? IN_PRACTICE : '')).toBeDefined();
    }
  });

  test('the assignments are those in earnest, and whoever left cannot come to practise', async () => {
    const browser = await openBoth('elsewhere');
    const take = { station: 'hall' };
    expect((await browser.ask('POST', `/api/desk/queue/take${IN_PRACTICE}`, take)).status).toBe(403);
    const administrator = await openBoth('administrator');
    expect((await administrator.ask('POST', '/api/accounts/elsewhere/end', {})).status).toBe(200);
    expect(await hallOf(browser, IN_PRACTICE)).toBeUndefined();
    expect((await signInAt(hall.browser(), IN_PRACTICE, 'elsewhere')).status).toBe(401);
  });
});

test('begins with the hall’s documents, empty, and is emptied at each start; the people stay signed in', async () => {
  const browser = await openBoth();
  await consult(browser, 'meilin-practice', '练一次');
  await consult(browser, 'meilin', '当真的');
  const token = (): string => {
    const access = openAccess(hall.practiceFolder, { now: Date.now });
    const { secret } = access.displayTokens.add({ hall: 'meilin-practice', audience: 'management', label: 'wall' });
    access.close();
    return secret;
  };
  const wall = (secret: string) =>
    fetch(`${hall.url}/api/board?topic=overview&hall=meilin-practice`, {
      headers: { Authorization: `Bearer ${secret}` },
    });
  const secret = token();
  // A wall of it is marked as made up.
  expect(await (await wall(secret)).json()).toMatchObject({ hall: 'meilin-practice', data: { hall: { demo: true } } });
  writeFileSync(join(hall.practiceFolder, 'left'), 'behind');

  await hall.restart();
  expect(existsSync(join(hall.practiceFolder, 'left'))).toBe(false);
  expect((await wall(secret)).status).toBe(401);
  expect(await hallOf(browser, IN_PRACTICE)).toMatchObject({ id: 'meilin-practice', practice: true });
  expect([await workIn('practice'), await workIn('real')]).toEqual([[], ['hall.consultation.given']]);
  expect(await consult(browser, 'meilin-practice', '再练一次')).toMatchObject({ ok: true });
});

test.each([
  ['with signs that an address has a meaning for', '荷花 & 莲?#%/+', '荷花 & 莲?#%/+-practice'],
  ['that is called so itself', 'a-practice', 'a-practice-practice'],
  ['as long as an id may be', '长'.repeat(200), undefined],
  ['called so itself, and as long as an id may be', `${'x'.repeat(191)}-practice`, undefined],
])('stands beside a hall %s', async (_what, id, expected) => {
  await hall.close();
  hall = await openPracticeHall({ clock, hall: id });
  const practice = practiceIdOf(id);
  if (expected !== undefined) expect(practice).toBe(expected);
  const query = `?hall=${encodeURIComponent(practice)}`;
  const browser = hall.browser();
  expect((await signInAt(browser, '')).body).toMatchObject({ hall: { id, practice: false, practiceHall: practice } });
  expect((await signInAt(browser, query)).body).toMatchObject({ hall: { id: practice, practice: true } });
  expect(await consult(browser, practice, '练一次')).toMatchObject({ ok: true });
  expect(await consult(browser, id, '当真的', '')).toMatchObject({ ok: true });
  expect([await workIn('real'), await workIn('practice')]).toEqual([
    ['hall.consultation.given'],
    ['hall.consultation.given'],
  ]);
});

test('a hall whose practice cannot begin is served without it, and names none', async () => {
  await hall.close();
  const make = () => Promise.reject(new Error('no room'));
  hall = await openPracticeHall({ clock, server: { practice: { folder: join(hall.folder, 'practice'), make } } });
  const browser = hall.browser();
  const { status, body } = await signInAt(browser, '');
  expect([status, (body as SignedIn).hall]).toEqual([
    200,
    expect.not.objectContaining({ practiceHall: expect.anything() as unknown }),
  ]);
});

test('whoever may be given a check’s finding, a follow-up or an instruction there is who works in the hall', async () => {
  const manager = await openBoth('manager');
  const ids = (owners: readonly { id: string }[]) => owners.map(({ id }) => id).sort();
  const ownersOf = async (query: string) => {
    const { body: checks } = await manager.ask('GET', `/api/checks${query}`);
    const { body: followups } = await manager.ask('GET', `/api/followups${query}`);
    return [ids((checks as ChecksState).owners), ids((followups as FollowupList).owners!)];
  };
  const workers = ['administrator', 'clerk', 'elsewhere', 'lead', 'manager', 'second'];
  expect(await ownersOf(IN_PRACTICE)).toEqual([workers, workers]);
  expect(await ownersOf('')).toEqual([workers, workers]);

  const answer = { finding: 'seen', answer: 'follow-up', note: '练习：整理公示栏', owner: 'clerk', dueOn: DAY };
  const checks = [{ station: 'hall', area: 'cases', answers: [answer] }];
  const given = await manager.ask('POST', `/api/checks${IN_PRACTICE}`, { id: 'practisedxx', checks });
  expect(given.status).toBe(200);
  const clerk = await openBoth();
  const { body } = await clerk.ask('GET', `/api/followups${IN_PRACTICE}`);
  expect((body as FollowupList).rows).toMatchObject([
    { note: '练习：整理公示栏', isOwn: true, owner: { id: 'clerk', name: '示例clerk' }, openedBy: '示例manager' },
  ]);
  expect(await workIn('real')).toEqual([]);
});
