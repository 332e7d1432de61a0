// Stars, plans, suggestions and answers as a process finds them that has nothing but the ledger, and one on a restored backup, words that wait included.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FOLD_VERSION } from '../../../domain/board/fold.ts';
import { CODE_SIGNS } from '../../../domain/voices/events.ts';
import { VOICE_LISTS, type VoicesState, type VoiceView } from '../../../domain/wire/voices.ts';
import type { StarsState } from '../../../domain/wire/stars.ts';
import { createBackup } from '../../../server/backup/backup.ts';
import { restoreBackup } from '../../../server/backup/restore.ts';
import { sqliteKeeper } from '../../../server/ledger/sqlite/ledger-folder.ts';
import { postEvents, wireEvent } from '../../e2e/hall-client.ts';
import { openInProcessLedger } from '../../property/in-process-ledger.ts';
import { createMovingClock } from '../moving-clock.ts';
import { KEY, openStaffedHall, type Browser, type StaffedHall } from '../staffed-hall.ts';

const NOW = Date.parse('2019-11-04T09:00:00+08:00');
const MONTH = '2019-10';
const clock = createMovingClock(NOW);
let hall: StaffedHall;
let backups: string;
beforeAll(async () => {
  backups = mkdtempSync(join(tmpdir(), 'hallpulse-rebuilt-'));
  // A plan is published by a look; here none comes in between.
  hall = await openStaffedHall({ clock, server: { starsLookMs: 3_600_000 } });
});
afterAll(async () => {
  await hall.close();
  rmSync(backups, { recursive: true, force: true });
});

let drawn = 0;
const codes: string[] = [];
function draw(): { code: string; id: string } {
  const digits = [...String(++drawn).padStart(3, '0')].map(Number);
  const code = `RSTUVWX${digits.map((digit) => CODE_SIGNS[digit]!).join('')}`;
  return {
    code,
    id: digits
      .map((digit) => 'abcdefghij'[digit]!)
      .join('')
      .padEnd(20, 'q'),
  };
}

async function say(tablet: Browser, kind: string, text: string): Promise<void> {
  const { code } = draw();
  codes.push(code);
  expect((await tablet.ask('POST', '/api/say', { code, kind, text })).status).toBe(200);
}

async function live(): Promise<void> {
  const start = Date.parse('2019-10-09T09:30:00+08:00');
  const events = ['s11', 's12', 's13'].flatMap((staff, who) =>
    Array.from({ length: 14 - who }, (_, i) => {
      const [id, at] = [`${staff}-${i}`, start + i * 86_400_000];
      const place = { case: id, station: 'hall', window: `w0${who + 1}`, staff };
      return [
        wireEvent(`${id}/a`, 'hall.case.accepted', { ...place, channel: 'window', item: 'mi-01' }, at),
        wireEvent(`${id}/f`, 'hall.case.finished', { case: id, outcome: 'approved', staff }, at + 600_000),
        wireEvent(`${id}/r`, 'hall.rating.given', { ...place, score: 5, medium: 'pad' }, at + 660_000),
      ];
    }).flat(),
  );
  await postEvents(hall.url, events, { key: KEY });
  const manager = await hall.signIn('manager');
  const choose = async (more: object) =>
    expect(
      await manager.ask('POST', '/api/stars', { id: draw().id, month: MONTH, reasons: ['办件量居前'], ...more }),
    ).toMatchObject({ status: 200 });
  await choose({ kind: 'pacesetter', whose: 's12', overrule: '带教新人', citation: '带教新人，全部按时' });
  await choose({ kind: 'window', whose: 'w01' });
  await choose({ kind: 'expert', whose: 's11', publishAt: NOW + 86_400_000 });
  const withdrawal = { id: draw().id, month: MONTH, kind: 'window', what: 'star', reason: '评错了' };
  expect((await manager.ask('POST', '/api/stars/withdraw', withdrawal)).status).toBe(200);
  // What came later: the flag on the page is a reading of the ledger as well.
  const late = wireEvent(
    'late/x',
    'hall.complaint.received',
    { complaint: 'late', station: 'hall', staff: 's12' },
    start,
  );
  const upheld = wireEvent('late/y', 'hall.complaint.answered', { complaint: 'late', upheld: true }, NOW);
  await postEvents(hall.url, [late, upheld], { key: KEY });

  const { secret } = hall.access.displayTokens.add({ hall: 'meilin', audience: { say: 'hall' }, label: 'tablet' });
  const tablet = hall.browser();
  await tablet.ask('GET', `/say?token=${secret}`);
  const says = ['多设座位', '灯太暗', '水太烫', '叫号太轻', '门太重'];
  for (const text of says) await say(tablet, 'suggestion', text);
  await say(tablet, 'cannot-be-done', '转移手续跑了三趟');
  await say(tablet, 'complaint', '三号窗口态度生硬');
  const waiting = (await manager.ask('GET', '/api/suggestions?list=waiting')).body as VoicesState;
  const deed = async (text: string, more: object) => {
    const { kind, id } = waiting.voices.find((one) => one.text === text)!;
    expect(await manager.ask('POST', `/api/suggestions/${kind}/${id}`, { id: draw().id, ...more })).toMatchObject({
      status: 200,
    });
  };
  for (const text of ['多设座位', '灯太暗', '水太烫']) await deed(text, { deed: 'release', text: `${text}。` });
  await deed('灯太暗', { deed: 'assign', owner: 'clerk', dueOn: '2019-11-08' });
  await deed('多设座位', { deed: 'answer', words: '已添二十把椅子', adopted: true });
  await deed('水太烫', { deed: 'answer', words: '已降到六十度', adopted: false });
  await deed('叫号太轻', { deed: 'decline', words: '说得不清楚' });
  await deed('转移手续跑了三趟', { deed: 'release', text: '转移手续跑了三趟' });
  await deed('转移手续跑了三趟', { deed: 'answer', words: '已电话联系，当日办结' });
}

/** Everything that anybody is told of it; the hall's clock, which goes on, left out. */
async function readAll() {
  const manager = await hall.signIn('manager');
  const {
    now: _now,
    versions: _versions,
    ...stars
  } = (await manager.ask('GET', `/api/stars?month=${MONTH}`)).body as StarsState;
  const lists: Record<string, readonly VoiceView[]> = {};
  for (const list of VOICE_LISTS)
    lists[list] = ((await manager.ask('GET', `/api/suggestions?list=${list}`)).body as VoicesState).voices;
  const answers = await Promise.all(
    codes.map(async (code) => (await hall.browser().ask('POST', '/api/say/look', { code })).body as object),
  );
  const { data } = (await manager.ask('GET', '/api/board?topic=stars')).body as { data: Record<string, object> };
  const shown = { stars: data['stars'], suggestions: data['suggestions'], complaints: data['complaints'] };
  return { stars, lists, answers, shown };
}

test('a process with the ledger alone, and one on a restored backup, tell the same of everything', async () => {
  await live();
  const before = await readAll();
  // All that it is about is in it.
  const { pacesetter, expert, window } = before.stars.titles;
  expect(pacesetter.standing).toMatchObject({ whose: 's12', overrule: '带教新人', now: { why: 'complaint' } });
  expect(expert).toMatchObject({ planned: { whose: 's11' } });
  expect(window.standing).toBeUndefined();
  const states = Object.values(before.lists).map((voices) => voices.length);
  expect(states).toEqual([2, 1, 5]);
  expect(before.answers.map((one) => (one as { state: string }).state).sort()).toEqual(
    ['adopted', 'answered', 'declined', 'declined', 'open', 'waiting', 'waiting'].sort(),
  );

  await hall.restart(async () => {
    const ledger = openInProcessLedger('Asia/Shanghai', join(hall.folder, 'ledger.sqlite'), 'meilin');
    await ledger.dropFold(FOLD_VERSION);
    await ledger.close();
  });
  expect(await readAll()).toEqual(before);

  const backup = await createBackup({ folder: hall.folder, ledger: sqliteKeeper, to: backups, now: NOW });
  // What happens after it is gone with the restore.
  const manager = await hall.signIn('manager');
  const [waits] = before.lists['waiting']!;
  const after = { id: draw().id, deed: 'decline', words: '之后才说的' };
  expect((await manager.ask('POST', `/api/suggestions/${waits!.kind}/${waits!.id}`, after)).status).toBe(200);
  expect(await readAll()).not.toEqual(before);
  await hall.restart(async () => {
    await restoreBackup({ from: backup.path, folder: hall.folder, ledger: sqliteKeeper, now: NOW });
  });
  expect(await readAll()).toEqual(before);
});
