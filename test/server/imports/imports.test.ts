// A file that an administrator brings in on a page: held, looked at, tried, brought in once, and gone.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ImportLook, ImportOutcome, ImportRun, ImportState, MappingJson } from '../../../domain/wire/import.ts';
import { encodeGb18030 } from '../ingest/import/sample-files.ts';
import { openStaffedHall, type Answer, type Browser, type StaffedHall } from '../staffed-hall.ts';

let hall: StaffedHall;
let administrator: Browser;
beforeAll(async () => {
  const now = Date.parse('2026-11-26T20:00:00+08:00');
  hall = await openStaffedHall({ clock: { now: () => now, untilMs: (at) => at - now } });
  administrator = await hall.signIn('administrator');
});
afterAll(() => hall.close());

const HEADER = '票号,取号时间,叫号时间,结束时间,状态,备注';
const ROWS = Array.from({ length: 40 }, (_, i) => {
  const minute = String(i).padStart(2, '0');
  return `A${String(i + 1).padStart(3, '0')},2026-11-25 09:${minute}:10,2026-11-25 10:${minute}:10,2026-11-25 11:${minute}:10,完成,`;
});
const toText = (rows: readonly string[]): string => [HEADER, ...rows].join('\r\n');

async function bring(text: string, name: string, browser = administrator): Promise<Answer> {
  const response = await fetch(`${hall.url}/api/imports?${new URLSearchParams({ name })}`, {
    method: 'POST',
    headers: { Cookie: browser.cookie, Origin: hall.url, 'Content-Type': 'application/octet-stream' },
    body: new Uint8Array(encodeGb18030(text)),
  });
  return { status: response.status, body: (await response.json()) as never, headers: response.headers };
}

async function lookAt(text: string, name = '叫号 11 月.csv'): Promise<ImportLook> {
  const { status, body } = await bring(text, name);
  expect(status).toBe(201);
  return body;
}

const stateOf = async (id: string): Promise<ImportState> =>
  (await administrator.ask('GET', `/api/imports?id=${id}`)).body;

async function run(id: string, mapping: MappingJson, asked: object = {}): Promise<ImportRun> {
  const body = { id, mapping, dryRun: false, correct: false, ...asked };
  expect(await administrator.ask('POST', '/api/imports/run', body)).toMatchObject({ status: 202 });
  return vi.waitFor(
    async () => {
      const { run: one } = await stateOf(id);
      if (one?.outcome === undefined && one?.problem === undefined) throw new Error('still under way');
      return one;
    },
    { timeout: 90_000, interval: 20 },
  );
}

async function outcomeOf(id: string, mapping: MappingJson, asked: object = {}): Promise<ImportOutcome> {
  const { outcome, problem } = await run(id, mapping, asked);
  expect(problem).toBeUndefined();
  return outcome!;
}

const held = (): string[] => {
  const folder = join(hall.folder, 'incoming');
  return existsSync(folder) ? readdirSync(folder) : [];
};

test('a file is read as it is, a mapping is drafted, tried without a trace, and brought in under the name of who did it', async () => {
  const look = await lookAt(toText(ROWS));
  expect(look).toMatchObject({ name: '叫号 11 月.csv', format: 'csv', headerLine: 1, kept: [] });
  expect(look.how[0]!.zh).toContain('GB18030');
  expect(look.columns.map(({ name }) => name)).toEqual(HEADER.split(','));
  expect(look.columns[4]).toEqual({ name: '状态', words: ['完成'], hasMore: false });
  expect(look.rows[0]).toEqual({ line: 2, cells: ROWS[0]!.split(',') });
  expect(look.draft.kind!.zh).toContain('叫号');
  expect(held()).toHaveLength(1);
  expect(statSync(join(hall.folder, 'incoming', held()[0]!)).mode & 0o077).toBe(0);

  const mapping = { ...look.draft.mapping!, source: '/import/queue-hall' };
  const head = hall.server.ledger.head();
  const tried = await outcomeOf(look.id, mapping, { dryRun: true });
  expect(tried).toMatchObject({ rows: 40, newRows: 40, refused: 0, written: false });
  expect(tried.firstEvents[0]).toMatchObject({ type: 'hall.ticket.taken', time: '2026-11-25T01:00:10.000Z' });
  expect(hall.server.ledger.head()).toBe(head);

  const done = await outcomeOf(look.id, mapping);
  expect(done).toMatchObject({ rows: 40, newRows: 40, events: 120, written: true });
  const { ledger } = hall.server;
  const events = await ledger.read(head, 200);
  const actors = await ledger.readActors(head, 200);
  const own = actors.filter((_, index) => events[index]!.type.startsWith('hall.ticket.'));
  expect(own).toEqual(Array.from({ length: 120 }, () => ({ kind: 'import', id: 'administrator' })));
  const manager = await hall.signIn('manager');
  const audit = await manager.ask('GET', '/api/audit?staff=administrator');
  const lines = (audit.body as { lines: { type: string; actor?: unknown }[] }).lines;
  expect(lines.filter(({ type }) => type.startsWith('hall.ticket.'))).toEqual([]);
  expect(lines[0]).toMatchObject({ type: 'hall.file.imported', actor: { kind: 'staff', id: 'administrator' } });
  const told = events.find(({ type }) => type === 'hall.file.imported');
  expect(told).toMatchObject({
    data: { source: '/import/queue-hall', rows: 40, newRows: 40, events: 120, refused: 0 },
  });

  const again = await outcomeOf(look.id, mapping);
  expect(again).toMatchObject({ newRows: 0, knownRows: 40, events: 0, written: false });
  expect((await ledger.read(told!.seq, 100)).filter(({ type }) => !type.startsWith('hall.access.'))).toEqual([]);

  await administrator.ask('POST', '/api/imports/drop', { id: look.id });
  expect(held()).toEqual([]);
  expect((await administrator.ask('GET', `/api/imports?id=${look.id}`)).status).toBe(404);
});

test('a kept mapping is offered with next month’s file, which adds what is new and corrects what differs when told', async () => {
  const first = await lookAt(toText(ROWS));
  const mapping: MappingJson = { ...first.draft.mapping!, source: '/import/queue-kept' };
  await outcomeOf(first.id, mapping);
  const keep = (replace: boolean) =>
    administrator.ask('PUT', '/api/mappings', { name: '叫号系统 / 大厅', mapping, replace });
  expect(await keep(false)).toMatchObject({ status: 200, body: { id: '叫号系统-大厅' } });
  expect(await keep(false)).toMatchObject({ status: 409, body: { error: 'exists' } });
  expect(await keep(true)).toMatchObject({ status: 200 });
  expect(JSON.parse(readFileSync(join(hall.folder, 'mappings/叫号系统-大厅.json'), 'utf8'))).toEqual(mapping);

  mkdirSync(join(hall.folder, 'mappings'), { recursive: true });
  const other = { ...mapping, name: 'other', events: [{ ...(mapping['events'] as object[])[0], id: '{nowhere}' }] };
  writeFileSync(join(hall.folder, 'mappings/a-other.json'), JSON.stringify(other));
  const grown = [...ROWS.slice(0, 39), ROWS[39]!.replace('11:39:10', '11:45:10'), ROWS[0]!.replace('A001', 'A041')];
  const next = await lookAt(toText(grown), '叫号 12 月.csv');
  // Of the first file nothing is left: one person holds one.
  expect(held()).toHaveLength(1);
  expect(next.kept.map(({ id, fits }) => [id, fits])).toEqual([
    ['叫号系统-大厅', true],
    ['a-other', false],
  ]);
  const kept = next.kept[0]!.mapping;
  expect(await outcomeOf(next.id, kept)).toMatchObject({ newRows: 1, knownRows: 39, differing: 1, corrected: 0 });
  const corrected = await outcomeOf(next.id, kept, { correct: true });
  expect(corrected).toMatchObject({ newRows: 0, knownRows: 40, differing: 1, corrected: 1, events: 2 });
  expect(await outcomeOf(next.id, kept)).toMatchObject({ knownRows: 41, differing: 0 });
});

test('what is refused is told by reason, word and row in both languages, and never a citizen', async () => {
  const rows = [...ROWS, 'B1,2026-11-25 25:00:00,,,完成,', 'B2,2026-11-25 09:00:00,,,完成,张三 13912345678'];
  const look = await lookAt(toText(rows));
  expect(JSON.stringify(look)).not.toContain('13912345678');
  const mapping: MappingJson = { ...look.draft.mapping!, source: '/import/queue-refused' };
  const [first, ...others] = mapping['events'] as { data: object; where?: object }[];
  const withNote = { ...mapping, events: [{ ...first!, data: { ...first!.data, line: '{备注}' } }, ...others] };
  const { refused, reasons, findings } = await outcomeOf(look.id, withNote, { dryRun: true });
  expect(refused).toBe(2);
  expect(reasons.map(({ zh, en }) => `${zh} | ${en}`)).toEqual(
    expect.arrayContaining([expect.stringMatching(/取号时间：不是可识别的时间.* \| 取号时间: is no time/)]),
  );
  expect(findings.find(({ zh }) => zh.includes('第 43 行'))!.zh).toMatch(/备注：疑似姓名、证件号或电话，拒绝接收$/);
  expect(JSON.stringify([reasons, findings])).not.toContain('13912345678');
});

test('above a share of refused rows nothing goes in, until more is allowed', async () => {
  const bad = Array.from({ length: 12 }, (_, i) => `C${i},nothing,,,完成,`);
  const { id, draft } = await lookAt(toText([...ROWS, ...bad]));
  const mapping = { ...draft.mapping!, source: '/import/queue-limit' };
  expect(await outcomeOf(id, mapping)).toMatchObject({ isOverLimit: true, written: false, refused: 12 });
  expect(await outcomeOf(id, mapping, { limit: 50 })).toMatchObject({ isOverLimit: false, written: true, newRows: 40 });
});

test('another reading is another look; what is no table, a wrong mapping and a name that is held by somebody else are refused', async () => {
  const { id } = await lookAt(toText(ROWS));
  const latin = await administrator.ask('POST', '/api/imports/look', { id, reading: { encoding: 'windows-1252' } });
  expect((latin.body as ImportLook).columns[0]!.name).not.toBe('票号');
  expect((latin.body as ImportLook).reading).toEqual({ encoding: 'windows-1252' });
  const nonsense = await administrator.ask('POST', '/api/imports/look', { id, reading: { encoding: 'klingon' } });
  expect(nonsense).toMatchObject({ status: 400, body: { error: 'bad-body' } });
  const wrong = { id, mapping: { name: 'x', source: '/x', events: [] }, dryRun: true, correct: false };
  expect(await administrator.ask('POST', '/api/imports/run', wrong)).toMatchObject({
    status: 422,
    body: { error: 'mapping', path: 'events' },
  });
  const lacking = {
    name: 'x',
    source: '/import/x',
    events: [{ type: 'hall.licence.uploaded', id: '{号}', time: { at: '{取号时间}' }, data: { case: '{号}' } }],
  };
  expect((await run(id, lacking, { dryRun: true })).problem).toMatchObject({
    zh: expect.stringContaining('缺少映射用到的列：号') as string,
  });
  const damaged = await fetch(`${hall.url}/api/imports?name=x.xlsx`, {
    method: 'POST',
    headers: { Cookie: administrator.cookie, Origin: hall.url },
    body: 'PK\u0003\u0004',
  });
  expect(damaged.status).toBe(422);
  expect(await damaged.json()).toMatchObject({ error: 'file', zh: expect.stringContaining('.xlsx') as string });
  expect((await administrator.ask('POST', '/api/imports/look', { id: 'none', reading: {} })).status).toBe(404);
  expect((await bring('', 'x.csv')).body).toMatchObject({ error: 'empty' });
  const manager = await hall.signIn('manager');
  expect((await bring(toText(ROWS), 'x.csv', manager)).status).toBe(403);
});

test('a run that is stopped leaves whole batches, and a second one goes on behind them; a restart leaves no file', async () => {
  const many = Array.from({ length: 40_000 }, (_, i) => `D${i},2026-11-24 09:00:00,2026-11-24 09:05:00,,完成,`);
  const { id, draft } = await lookAt(toText(many));
  const mapping = { ...draft.mapping!, source: '/import/queue-stopped' };
  const body = { id, mapping, dryRun: false, correct: false };
  const head = hall.server.ledger.head();
  await administrator.ask('POST', '/api/imports/run', body);
  expect((await administrator.ask('POST', '/api/imports/run', body)).status).toBe(409);
  expect((await bring(toText(ROWS), 'x.csv')).status).toBe(409);
  await vi.waitFor(() => expect(hall.server.ledger.head()).toBeGreaterThan(head + 500), {
    timeout: 60_000,
    interval: 1,
  });
  await administrator.ask('POST', '/api/imports/stop', { id });
  const stopped = await vi.waitFor(
    async () => {
      const { run: one } = await stateOf(id);
      if (one?.problem === undefined) throw new Error(`not stopped yet: ${JSON.stringify(one)}`);
      return one;
    },
    { timeout: 60_000, interval: 5 },
  );
  expect(stopped.problem).toBe('stopped');
  const second = await outcomeOf(id, mapping);
  expect(second.newRows).toBeLessThan(40_000);
  expect(second.newRows + second.knownRows).toBe(40_000);
  expect(second.events + second.knownRows * 2).toBe(80_000);

  writeFileSync(join(hall.folder, 'incoming/left-behind'), 'x');
  await hall.restart();
  expect(held()).toEqual([]);
}, 120_000);
