// Follow-ups and checks are their events (spec U1, D2): what was ever said of them stands in the ledger, and a process that begins with that alone says the same.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FOLD_VERSION } from '../../../domain/board/fold.ts';
import { dataSchemas } from '../../../domain/events/schema.ts';
import type { HallEvent } from '../../../domain/events/event.ts';
import type { ChecksState } from '../../../domain/wire/checks.ts';
import type { FollowupList } from '../../../domain/wire/followups.ts';
import { createBackup } from '../../../server/backup/backup.ts';
import { restoreBackup } from '../../../server/backup/restore.ts';
import { sqliteKeeper } from '../../../server/ledger/sqlite/ledger-folder.ts';
import { openInProcessLedger } from '../../property/in-process-ledger.ts';
import { createMovingClock } from '../moving-clock.ts';
import { KEY, openStaffedHall, PEOPLE, type Browser, type StaffedHall, type Who } from '../staffed-hall.ts';

/** A Tuesday. */
const clock = createMovingClock(Date.parse('2019-11-26T10:00:00+08:00'));
const people = new Map<Who, Browser>();
let hall: StaffedHall;
let backups: string;
beforeAll(async () => {
  backups = mkdtempSync(join(tmpdir(), 'hallpulse-rebuilt-'));
  hall = await openStaffedHall({ clock, server: { followupLookMs: 20 } });
  await signIn();
});
afterAll(async () => {
  await hall.close();
  rmSync(backups, { recursive: true, force: true });
});

async function signIn(): Promise<void> {
  for (const who of Object.keys(PEOPLE) as Who[]) people.set(who, await hall.signIn(who));
}
const to = (moment: string): void => clock.set(Date.parse(`2019-${moment}:00+08:00`));
let drawn = 0;
const draw = () => `rebuilt${[...String(drawn++).padStart(4, '0')].map((one) => 'abcdefghij'[Number(one)]).join('')}`;
async function tell(type: string, data: object): Promise<void> {
  const event = {
    specversion: '1.0',
    source: 'urn:other',
    id: draw(),
    type,
    time: new Date(clock.now()).toISOString(),
  };
  const { status } = await hall
    .browser()
    .ask('POST', '/api/events', { ...event, data }, { Authorization: `Bearer ${KEY}` });
  expect(status).toBe(200);
}
async function act(who: Who, followup: string, deed: object): Promise<void> {
  const { status, body } = await people.get(who)!.ask('POST', '/api/followups', { id: draw(), followup, deed });
  expect([deed, status, body]).toEqual([deed, 200, { followup }]);
}
async function check(who: Who, checks: object[]): Promise<void> {
  const { status, body } = await people.get(who)!.ask('POST', '/api/checks', { id: draw(), checks });
  expect([status, (body as { error?: string }).error]).toEqual([200, undefined]);
}
const listOf = async (who: Who) => (await people.get(who)!.ask('GET', '/api/followups')).body as FollowupList;
const lampsOf = async (followup: string) =>
  (await listOf('manager')).rows.find((row) => row.followup === followup)!.lamps.map(({ lamp }) => lamp);

/** All that anybody is told, but for the moment and the stretch of the calendar around it. */
async function readAll(): Promise<unknown> {
  const told: unknown[] = [];
  for (const [who, browser] of people) {
    const list = await listOf(who);
    const { body: checks } = await browser.ask('GET', '/api/checks');
    const lives = await Promise.all(
      list.rows.map(async ({ followup }) => (await browser.ask('GET', `/api/followups/one?followup=${followup}`)).body),
    );
    told.push({
      who,
      list: { ...list, now: 0, calendar: undefined },
      checks: { ...(checks as ChecksState), now: 0 },
      lives,
    });
  }
  return told;
}

test('everything that can be said of follow-ups and checks is said', async () => {
  const dueBy = '2019-11-26T12:00:00+08:00';
  for (const followup of ['done', 'late', 'moved'])
    await tell('hall.followup.opened', { followup, about: 'check', station: 'hall', owner: 'clerk', dueBy });
  await tell('hall.followup.noted', { followup: 'done', note: '已联系' });
  await act('clerk', 'done', { type: 'note', note: '正在办' });
  await act('clerk', 'done', { type: 'submit', result: 'rectified' });
  await act('lead', 'done', { type: 'return', note: '再核一次' });
  await act('clerk', 'done', { type: 'submit', result: 'explained', note: '已核' });
  await act('lead', 'done', { type: 'close', result: 'explained' });
  await act('lead', 'moved', { type: 'remind', note: '请抓紧' });
  await act('lead', 'moved', { type: 'assign', owner: 'second' });
  await act('second', 'moved', { type: 'ask', until: '2019-11-28', note: '等回函' });
  await act('lead', 'moved', { type: 'extend', granted: true });
  const rating = { score: 1, station: 'hall', medium: 'pad', staff: 'clerk' };
  for (const id of ['r1', 'r2']) {
    const event = { source: 'urn:hallpulse:ratings', id, type: 'hall.rating.given', at: clock.now(), data: rating };
    await hall.server.record([{ event: event as HallEvent, timeGiven: true }], { kind: 'tablet', id: 'w01' });
  }
  await expect.poll(async () => (await listOf('manager')).rows.map(({ followup }) => followup)).toContain('rating-r2');
  await act('manager', 'rating-r1', { type: 'review', misrated: true, note: '误触' });
  const voided = { source: 'urn:hallpulse:ratings', id: 'r2', reason: '重复' };
  const gone = { source: 'urn:hallpulse:desk', id: 'gone', type: 'hall.event.voided', at: clock.now(), data: voided };
  await hall.server.record([{ event: gone as HallEvent, timeGiven: true }], { kind: 'staff', id: 'manager' });
  await expect
    .poll(async () => (await listOf('manager')).rows.map(({ followup }) => followup))
    .not.toContain('rating-r2');

  // Yellow behind its term, its cause, and the hall's own reminder on the day after; red three working days later.
  to('11-26T14:01');
  await expect.poll(() => lampsOf('late')).toContain('yellow');
  await act('clerk', 'late', { type: 'cause', lamp: 'yellow', cause: 'unreachable', note: '电话未接' });
  await act('manager', 'late', { type: 'settle', lamp: 'yellow', counts: true });
  const seen = { finding: 'seen', answer: 'follow-up', note: '公示栏未更新', owner: 'second', dueOn: '2019-11-29' };
  await check('lead', [{ station: 'hall', area: 'cases', answers: [seen] }]);
  await check('manager', [{ station: 'meifeng', area: 'licences', answers: [] }]);
  to('11-27T09:30');
  await expect
    .poll(async () => (await listOf('clerk')).rows.find(({ followup }) => followup === 'late')?.reminded?.times)
    .toBe(1);
  const skipped = { finding: 'skipped', thing: '2019-11-26', answer: 'explained', note: '外出培训' };
  await check('manager', [{ station: 'meifeng', area: 'cases', answers: [skipped], only: 'answers' }]);
  const order = { id: draw(), station: 'hall', owner: 'lead', note: '请核实', matter: 'overdue' };
  expect((await people.get('leader')!.ask('POST', '/api/brief/instructions', order)).status).toBe(200);

  const said = new Set((await hall.server.ledger.read(0, 10_000)).map(({ type }) => type));
  const types = Object.keys(dataSchemas).filter((type) => /^hall\.(followup|check)\./.test(type));
  expect(types.filter((type) => !said.has(type as never))).toEqual([]);
});

test('a process that has the ledger without anything counted of it says the same', async () => {
  const before = await readAll();
  await hall.restart(async () => {
    const ledger = openInProcessLedger('Asia/Shanghai', join(hall.folder, 'ledger.sqlite'), 'meilin');
    await ledger.dropFold(FOLD_VERSION);
    expect(await ledger.loadFold(FOLD_VERSION)).toBeUndefined();
    await ledger.close();
  });
  await signIn();
  await expect.poll(readAll, { timeout: 20_000 }).toEqual(before);
});

test('and so does one that has a backup restored', async () => {
  const before = await readAll();
  const backUp = { folder: hall.folder, ledger: sqliteKeeper, to: backups, now: clock.now() };
  const { path } = await createBackup(backUp);
  // What is said behind the backup is gone with the restoring of it.
  await act('lead', 'late', { type: 'remind' });
  expect(await readAll()).not.toEqual(before);
  await hall.restart(() => restoreBackup({ ...backUp, from: path }));
  await signIn();
  await expect.poll(readAll, { timeout: 20_000 }).toEqual(before);
});
