// A day's export of another system, brought to a real server as a file, laid against its ledger in a thread of its own.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nameEntry } from '../../../domain/desk/entry.ts';
import type { Stamp } from '../../../domain/reconcile/stamp.ts';
import type { FindingList, ReconcileDay, ReconcileDays } from '../../../domain/wire/reconcile.ts';
import { createBackup } from '../../../server/backup/backup.ts';
import { restoreBackup } from '../../../server/backup/restore.ts';
import { sqliteKeeper } from '../../../server/ledger/sqlite/ledger-folder.ts';
import { postEvents, wireEvent, type WireEvent } from '../../e2e/hall-client.ts';
import { KEY, openStaffedHall, type Browser, type StaffedHall } from '../staffed-hall.ts';
import { bring, DAY, PLATFORM, putMapping, toCsv, toGb18030, toXlsx, type ExportRow } from './exports.ts';

/** The morning after, as a hall does it. */
const MORNING = Date.parse('2026-11-27T08:30:00+08:00');
let now = MORNING;
let hall: StaffedHall;
let manager: Browser;
beforeEach(async () => {
  hall = await openStaffedHall({ clock: { now: () => now, untilMs: (at) => at - now } });
  manager = await hall.signIn('manager');
  putMapping(hall, 'platform', PLATFORM);
});
afterEach(() => hall.close());

const at = (clock: string): number => Date.parse(`${DAY}T${clock}:00+08:00`);
const source = PLATFORM.source;
const accepted = (id: string, clock: string, more: object = {}, from = source): WireEvent => ({
  ...wireEvent(
    from === source ? `${id}/accepted` : `${from}/${id}`,
    'hall.case.accepted',
    { case: id, station: 'hall', channel: 'window', item: 'mi-03', ...more },
    at(clock),
  ),
  source: from,
});
const finished = (id: string, clock: string): WireEvent => ({
  ...wireEvent(`${id}/finished`, 'hall.case.finished', { case: id, outcome: 'approved' }, at(clock)),
  source,
});
const send = async (...events: readonly WireEvent[]): Promise<void> => {
  const { body } = await postEvents(hall.url, events, { key: KEY });
  expect(body.rejected).toEqual([]);
};
const lay = async (file: Uint8Array, query: Record<string, string> = {}, who = manager) => {
  const { status, body } = await bring(hall, who, file, query);
  return { status, body: body as { stamp?: Stamp; error?: string; days?: { day: string }[]; zh?: string } };
};
const ask = async <T>(path: string, who = manager): Promise<T> => (await who.ask('GET', path)).body as T;
const listOf = (run: string, query = '', who = manager) =>
  ask<FindingList>(`/api/reconcile/findings?run=${run}${query}`, who);
const sayingOf = async (): Promise<string> => (await ask<ReconcileDay>(`/api/reconcile?day=${DAY}`)).saying.zh;

const ROWS: ExportRow[] = [
  { id: 'a', accepted: '9:00', finished: '9:30' },
  { id: 'b', accepted: '9:05', item: 'mi-04' },
  { id: 'c', accepted: '9:10', finished: '9:40' },
];
/** `a` agrees, `b` tells another item, the ledger lacks `c` and has `d`, `e` is another vendor's. */
const prepare = () =>
  send(accepted('a', '09:00'), finished('a', '09:30'), accepted('b', '09:05'), accepted('d', '09:20'), {
    ...accepted('e', '09:00', {}, '/another-vendor'),
  });

test.each([
  ['UTF-8', toCsv],
  ['GB18030', toGb18030],
  ['XLSX', toXlsx],
])('case by case, from a file in %s (R1, R2, R3)', async (_name, write) => {
  await prepare();
  expect(await sayingOf()).toBe('未对账');
  const { status, body } = await lay(await write(ROWS));
  expect([status, body.stamp]).toMatchObject([
    201,
    { day: DAY, system: 'platform', name: PLATFORM.name, matched: 1, settled: 0, by: 'manager' },
  ]);
  expect(body.stamp!.counts).toEqual({ 'ledger-missing': 1, 'file-missing': 1, differs: 1, unread: 0 });
  expect((await listOf(body.stamp!.run)).rows).toMatchObject([
    { n: 0, kind: 'ledger-missing', thing: 'case:c', station: 'hall', item: 'mi-03', at: at('09:10') },
    { n: 1, kind: 'file-missing', thing: 'case:d' },
    {
      n: 2,
      kind: 'differs',
      thing: 'case:b',
      facts: [{ line: 3, fields: [{ field: 'item', file: 'mi-04', ledger: 'mi-03' }] }],
    },
  ]);
  expect(await sayingOf()).toBe('差3件');
  // The file is nowhere any more; other tests may have theirs there for a moment.
  await expect
    .poll(() => readdirSync(tmpdir()).filter((name) => name.startsWith('hallpulse-export-')), { timeout: 20_000 })
    .toEqual([]);
});

test('the stamp is an event of the hall that counts nowhere, and each finding is explained by somebody (R7, R8)', async () => {
  await prepare();
  const before = await ask(`/api/measures?from=${DAY}&to=${DAY}`);
  const { run } = (await lay(toCsv(ROWS))).body.stamp!;
  const note = (who: Browser, body: object) => who.ask('POST', '/api/reconcile/findings', { run, ...body });
  expect((await note(manager, { findings: [0, 1], owner: 'clerk' })).status).toBe(200);
  expect(await sayingOf()).toBe('差3件');
  const lead = await hall.signIn('lead');
  expect((await note(lead, { findings: [0, 1], owner: 'clerk', cause: 'outage' })).body).toMatchObject({
    stamp: { settled: 2 },
  });
  expect(await sayingOf()).toBe('差1件（已说明2件）');
  expect((await listOf(run, '&state=open')).rows.map(({ n }) => n)).toEqual([2]);
  expect((await listOf(run, '&owner=clerk&kind=file-missing')).rows).toMatchObject([
    { n: 1, owner: 'clerk', cause: 'outage', noted: { by: '示例lead', at: now } },
  ]);
  await note(manager, { findings: [2], cause: 'other', note: '窗口登记时选错事项，已更正' });
  expect(await sayingOf()).toBe('已对平（说明3件）');
  // What was said is taken back by saying something else.
  await note(manager, { findings: [2] });
  expect(await sayingOf()).toBe('差1件（已说明2件）');

  const events = await hall.server.ledger.read(0, 1_000);
  const actors = await hall.server.ledger.readActors(0, 1_000);
  const told = events.flatMap((event, i) =>
    /reconcile/.test(event.source) ? [[event.type, `${actors[i]!.kind}:${actors[i]!.id}`]] : [],
  );
  expect(told).toEqual([
    ['hall.day.reconciled', 'staff:manager'],
    ['hall.reconcile.noted', 'staff:manager'],
    ['hall.reconcile.noted', 'staff:manager'],
    ['hall.reconcile.noted', 'staff:lead'],
    ['hall.reconcile.noted', 'staff:lead'],
    ['hall.reconcile.noted', 'staff:manager'],
    ['hall.reconcile.noted', 'staff:manager'],
  ]);
  await hall.server.board.caughtUp();
  const after = await ask<{ seq: number }>(`/api/measures?from=${DAY}&to=${DAY}`);
  expect({ ...after, seq: 0 }).toEqual({ ...(before as object), seq: 0 });
});

test('before its day is over a stamp says as of when, and settles nothing (R7)', async () => {
  now = Date.parse(`${DAY}T11:00:00+08:00`);
  try {
    await prepare();
    const { run } = (await lay(toCsv(ROWS))).body.stamp!;
    expect(await sayingOf()).toBe('截至11:00差3件');
    await manager.ask('POST', '/api/reconcile/findings', { run, findings: [0, 1, 2], cause: 'late' });
    expect(await sayingOf()).toBe('截至11:00已对平（说明3件）');
    // Whoever gives a cause answers for it.
    expect((await listOf(run)).rows.map(({ owner }) => owner)).toEqual(['manager', 'manager', 'manager']);
    now = MORNING;
    expect(await sayingOf()).toBe('截至11:00已对平（说明3件）');
    await lay(toCsv(ROWS));
    expect(await sayingOf()).toBe('差3件');
  } finally {
    now = MORNING;
  }
});

test('the same file twice is one case less to explain, and the first stamp is kept (R7)', async () => {
  await prepare();
  const first = (await lay(toCsv(ROWS))).body.stamp!;
  await send(accepted('c', '09:10'), finished('c', '09:40'));
  const second = (await lay(toCsv(ROWS))).body.stamp!;
  expect(second.digest).toBe(first.digest);
  const { stamps, saying } = await ask<ReconcileDay>(`/api/reconcile?day=${DAY}`);
  expect(stamps.map(({ run, isLatest }) => [run, isLatest])).toEqual([
    [second.run, true],
    [first.run, false],
  ]);
  expect(saying).toEqual({ zh: '差2件', en: '2 to explain' });
  expect(await ask<ReconcileDays>('/api/reconcile/days')).toEqual({
    days: [{ day: DAY, open: 2, zh: '差2件', en: '2 to explain' }],
  });
  expect((await listOf(first.run)).rows).toHaveLength(3);
});

test('after a restart all stands as it stood, and what the ledger alone knows is taken from there (R8)', async () => {
  await prepare();
  const { run } = (await lay(toCsv(ROWS))).body.stamp!;
  await manager.ask('POST', '/api/reconcile/findings', { run, findings: [0], owner: 'clerk', cause: 'late' });
  const before = [await sayingOf(), await listOf(run)];
  await hall.restart();
  expect([await sayingOf(), await listOf(run)]).toEqual(before);
  expect(before[0]).toBe('差2件（已说明1件）');

  await hall.server.close();
  for (const name of readdirSync(hall.folder).filter((one) => one.startsWith('reconcile.sqlite')))
    rmSync(join(hall.folder, name));
  await hall.restart();
  expect([await sayingOf(), (await listOf(run)).rows]).toEqual([before[0], []]);
});

test('mappings and findings are part of a backup, and come back with it (R8)', async () => {
  await prepare();
  const { run } = (await lay(toCsv(ROWS))).body.stamp!;
  const to = mkdtempSync(join(tmpdir(), 'hallpulse-backups-'));
  const { path, manifest } = await createBackup({ folder: hall.folder, ledger: sqliteKeeper, to, now });
  expect(manifest.files.map((file) => file.path)).toEqual(
    expect.arrayContaining(['mappings/platform.json', 'reconcile.sqlite']),
  );
  await lay(toCsv([]));
  await hall.server.close();
  await restoreBackup({ from: path, folder: hall.folder, ledger: sqliteKeeper, now });
  await hall.restart();
  expect((await ask<ReconcileDay>(`/api/reconcile?day=${DAY}`)).stamps.map((stamp) => stamp.run)).toEqual([run]);
  expect((await listOf(run)).rows).toHaveLength(3);
  rmSync(to, { recursive: true });
});

test('a case that staff entered at the desk and the platform exported is one (R2)', async () => {
  const clerk = await hall.signIn('clerk');
  const entry = {
    id: nameEntry(DAY, 'clerk', 'abcdefghijabcdefghij'),
    author: 'clerk',
    hall: 'meilin',
    station: 'hall',
    at: `${DAY}T09:02:00+08:00`,
    act: { type: 'case', case: 'a', item: 'mi-03', channel: 'window', handling: 'promised' },
  };
  const { body } = await clerk.ask('POST', '/api/desk/entries', {
    entries: [entry],
  });
  expect((body as { outcomes: { ok: boolean }[] }).outcomes).toMatchObject([{ ok: true }]);
  expect((await lay(toCsv([{ id: 'a', accepted: '9:12' }]))).body.stamp).toMatchObject({ matched: 1 });
  expect(await sayingOf()).toBe('已对平');
  expect((await lay(toCsv([{ id: 'z', accepted: '9:12' }]))).body.stamp!.counts).toMatchObject({
    'ledger-missing': 1,
    'file-missing': 1,
  });
});

test('what was voided is missing, and an event of another day is not (R3, R4)', async () => {
  await send(accepted('a', '09:00'), accepted('b', '09:00'));
  await send({
    ...wireEvent('v', 'hall.event.voided', { source, id: 'a/accepted', reason: '重复' }, at('10:00')),
    source,
  });
  const { stamp } = (
    await lay(
      toCsv([
        { id: 'a', accepted: '9:00' },
        { id: 'b', accepted: '2026/11/25 23:50' },
        { id: 'c', accepted: '9:00' },
      ]),
    )
  ).body;
  expect((await listOf(stamp!.run)).rows).toMatchObject([
    { kind: 'ledger-missing', thing: 'case:a', facts: [{ voided: true }] },
    { kind: 'ledger-missing', thing: 'case:c', facts: [{}] },
    { kind: 'differs', thing: 'case:b', facts: [{ fields: [{ field: 'time' }] }] },
  ]);
});

test('a row that cannot be read is a finding; what looks like a citizen is nowhere repeated (R9)', async () => {
  const secret = '13800138000';
  const { stamp } = (
    await lay(
      toCsv([
        { id: '__proto__', accepted: '9:00' },
        { id: 'b', accepted: '9:00', channel: '信鸽' },
        { id: `张三${secret}`, accepted: '9:00' },
        { id: 'c', accepted: '下午' },
        { id: 'd', accepted: '9:00' },
        { id: 'd', accepted: '9:01' },
      ]),
    )
  ).body;
  const { rows } = await listOf(stamp!.run);
  expect(rows).toMatchObject([
    { kind: 'ledger-missing', thing: 'case:d' },
    { kind: 'unread', line: 2, reason: 'key' },
    { kind: 'unread', line: 3, reason: 'value', columns: ['渠道'] },
    { kind: 'unread', line: 4, reason: 'identity', columns: ['办件编号'] },
    { kind: 'unread', line: 5, reason: 'time', columns: ['受理时间'] },
    { kind: 'unread', line: 7, reason: 'conflict', columns: ['办件编号'] },
  ]);
  expect(JSON.stringify(rows)).not.toContain(secret);
  for (const name of readdirSync(hall.folder).filter((one) => one.endsWith('.sqlite') || one.endsWith('-wal')))
    expect(readFileSync(join(hall.folder, name)).includes(secret), name).toBe(false);
  const answer = await manager.ask('POST', '/api/reconcile/findings', {
    run: stamp!.run,
    findings: [0],
    cause: 'other',
    note: `找张三 ${secret}`,
  });
  expect([answer.status, answer.body]).toEqual([422, { error: 'identity', field: 'note' }]);
});

test('refused as a whole: another day, another mapping, no mapping, tomorrow, no file, no Excel (R9)', async () => {
  await prepare();
  putMapping(hall, 'broken', '{');
  putMapping(hall, 'other', { ...PLATFORM, events: [{ ...PLATFORM.events[1], id: '{流水号}' }] });
  const csv = toCsv(ROWS);
  const refusals = [
    await lay(csv, { day: '2026-11-25' }),
    await lay(csv, { mapping: 'other' }),
    await lay(csv, { mapping: 'broken' }),
    await lay(csv, { mapping: '../documents/profile' }),
    await lay(csv, { day: '2026-11-28' }),
    await lay(csv, { day: '26.11.2026' }),
    await lay(csv, { kind: 'ratings' }),
    await lay(Buffer.alloc(0)),
    await lay(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3])),
    await lay(Buffer.from('PK\x03\x04 not a zip')),
  ].map(({ status, body: { zh, ...body } }) => [status, body.error, zh ?? body.days?.map(({ day }) => day) ?? '']);
  expect(refusals).toEqual([
    [422, 'other-day', [DAY]],
    [422, 'file', expect.stringContaining('文件中缺少映射用到的列：流水号。文件中的列：')],
    [422, 'mapping', ''],
    [404, 'unknown-mapping', ''],
    [422, 'future-day', ''],
    [400, 'bad-query', ''],
    [422, 'no-such-facts', ''],
    [422, 'empty', ''],
    [
      422,
      'file',
      '这是旧版表格文件（.xls 或 .et），不能直接读取。请用 WPS 或 Excel 打开，另存为 .xlsx 或“CSV UTF-8”后再导入。',
    ],
    [422, 'file', '这不是完好的 .xlsx 文件。'],
  ]);
  expect(await sayingOf()).toBe('未对账');
});

test('a lead sees and explains what is of the own station, and nobody else’s (R10)', async () => {
  await send(accepted('a', '09:00'), accepted('b', '09:00', { station: 'meifeng' }));
  const { run } = (await lay(toCsv([]))).body.stamp!;
  const lead = await hall.signIn('lead');
  expect((await listOf(run, '', lead)).rows.map(({ thing }) => thing)).toEqual(['case:a']);
  const note = async (n: number) =>
    (await lead.ask('POST', '/api/reconcile/findings', { run, findings: [n], cause: 'late' })).status;
  const all = (await listOf(run)).rows;
  expect(await note(all.find(({ thing }) => thing === 'case:b')!.n)).toBe(403);
  expect(await note(all.find(({ thing }) => thing === 'case:a')!.n)).toBe(200);
  expect(await note(99)).toBe(404);
  expect((await lay(toCsv([]), {}, lead)).status).toBe(403);
});
