// The promises of an import: twice adds nothing, a conflict changes nothing, a row goes in whole or not at all.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseMapping } from '../../../../domain/mapping/mapping.ts';
import { createZone } from '../../../../domain/calendar/zone.ts';
import type { Feeds } from '../../../../domain/profile/feed-of.ts';
import { createLedgerTarget } from '../../../../server/ingest/import/ledger-target.ts';
import { describeReport } from '../../../../server/ingest/import/report.ts';
import { openRows } from '../../../../server/ingest/import/rows.ts';
import { runImport, type ImportProgress, type ImportReport } from '../../../../server/ingest/import/run-import.ts';
import type { Ledger } from '../../../../server/ledger/port.ts';
import { createSqlitePlace, type SqlitePlace } from '../../ledger/sqlite-place.ts';
import { createFileFolder, type FileFolder } from './sample-files.ts';

const now = Date.UTC(2019, 10, 22);
const mapping = (change: object = {}) => ({
  name: 'sample',
  source: '/import/sample',
  timeZone: 'Asia/Shanghai',
  formats: 'yyyy/M/d H:mm',
  events: [
    {
      type: 'hall.case.accepted',
      id: '{编号}/accepted',
      time: { at: '{受理}' },
      data: { case: '{编号}', station: 'hall', channel: 'window', item: '{事项}', ...change },
    },
    {
      type: 'hall.case.finished',
      where: { column: '办结', blank: false },
      id: '{编号}/finished',
      time: { at: '{办结}' },
      data: { case: '{编号}', outcome: 'approved' },
    },
  ],
});

const file = [
  '编号,事项,受理,办结',
  'B1,YB-01,2019/6/5 9:03,2019/6/5 9:30',
  'B2,YB-02,2019/6/5 9:10,',
  'B3,YB-02,2019/6/5 9:20,2019/13/5 9:30',
  'B4,YB-02,2019/6/5 9:40,2019/6/6 9:30',
].join('\n');

let place: SqlitePlace;
let ledger: Ledger;
let folder: FileFolder;

beforeEach(async () => {
  place = await createSqlitePlace();
  ledger = await place.open();
  folder = createFileFolder();
});
afterEach(async () => {
  await ledger.close();
  await place.dispose();
  folder.dispose();
});

async function importText(
  text: string,
  spec: object = mapping(),
  options: {
    dryRun?: boolean;
    roster?: ReadonlySet<string>;
    feeds?: Feeds;
    onProgress?: (progress: ImportProgress) => void;
  } = {},
): Promise<ImportReport> {
  const parsed = parseMapping(spec, 'UTC');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const source = await openRows(folder.write('file.csv', text));
  const target = createLedgerTarget(ledger, () => now, options.feeds);
  return runImport({ source, mapping: parsed.mapping, target, now, dryRun: false, ...options });
}

test('good rows go in, a bad row stays out whole and is named by line, column and reason', async () => {
  const report = await importText(file);
  expect(report).toMatchObject({ rows: 4, accepted: 5, duplicates: 0, written: true });
  expect(report.refused.listed).toMatchObject([{ line: 4, reason: 'time', columns: ['办结'] }]);
  expect(ledger.head()).toBe(5);
  expect(await ledger.find('/import/sample', 'B3/accepted', ledger.head())).toBeUndefined();
  expect(describeReport(report, 'zh', false)).toContain('第 4 行：办结：不是可识别的时间');
});

test('the names of the hall’s own staff pass, anybody else’s refuse the row', async () => {
  const text = file.replace('YB-01', '王建国').replace('YB-02', '李志强');
  const spec = mapping({ deferredDocuments: '{事项}' });
  const strange = await importText(text, spec, { dryRun: true });
  expect(strange.refused.listed.map(({ line }) => line)).toEqual([2, 3, 4]);
  const known = await importText(text, spec, { dryRun: true, roster: new Set(['王建国']) });
  expect(known.refused.listed.map(({ line }) => line)).toEqual([3, 4]);
});

test('what another system is the feed of is refused as a server would, but for what is there already', async () => {
  const feeds = {
    named: [{ fact: 'cases', source: 'urn:approval' }],
    switches: new Map(),
    zone: createZone('UTC'),
  } as const;
  const refused = await importText(file, mapping(), { feeds });
  expect(refused).toMatchObject({ rows: 4, accepted: 0, written: false });
  expect(refused.refused.listed.map(({ reason }) => reason)).toEqual(['feed', 'feed', 'time', 'feed']);
  expect(ledger.head()).toBe(0);
  expect(describeReport(refused, 'zh', false)).toContain('第 2 行：source：该岗点的这类数据由另一系统报送');
  await importText(file);
  const again = await importText(file, mapping(), { feeds });
  expect(again).toMatchObject({ accepted: 0, duplicates: 5 });
  const own = { ...feeds, named: [{ fact: 'cases', source: '/import/sample' }] } as const;
  expect(await importText(`${file}\nB5,YB-05,2019/6/5 9:50,`, mapping(), { feeds: own })).toMatchObject({ newRows: 1 });
});

test('twice adds nothing', async () => {
  await importText(file);
  const again = await importText(file);
  expect(again).toMatchObject({ accepted: 0, duplicates: 5, written: false });
  expect(again.conflicts.count).toBe(0);
  expect(ledger.head()).toBe(5);
});

test('with a changed mapping conflicts are reported and nothing changes, new rows included', async () => {
  await importText(file);
  const more = `${file}\nB5,YB-05,2019/6/5 9:50,`;
  const report = await importText(more, mapping({ item: 'all the same' }));
  expect(report).toMatchObject({ accepted: 0, written: false });
  expect(report.conflicts.listed).toMatchObject([
    { line: 2, columns: ['编号'] },
    { line: 3, columns: ['编号'] },
    { line: 5, columns: ['编号'] },
  ]);
  expect(ledger.head()).toBe(5);
  expect(describeReport(report, 'en', false)).toContain('There are conflicts, so nothing was changed.');
});

test('two rows of one file that name the same event differently are a conflict; the same twice is a duplicate', async () => {
  const apart = Array.from({ length: 1_200 }, (_, index) => `C${index},YB-01,2019/6/5 9:03,`);
  const header = '编号,事项,受理,办结';
  const clash = [header, 'B1,YB-01,2019/6/5 9:03,', ...apart, 'B1,YB-09,2019/6/5 9:03,'].join('\n');
  expect((await importText(clash)).conflicts.listed).toMatchObject([{ line: 1_203, reason: 'conflict' }]);
  expect(ledger.head()).toBe(0);
  const repeat = [header, 'B1,YB-01,2019/6/5 9:03,', ...apart, 'B1,YB-01,2019/6/5 9:03,'].join('\n');
  expect(await importText(repeat)).toMatchObject({ accepted: 1_201, duplicates: 1, written: true });
});

test('a dry run says what would happen and writes nothing', async () => {
  expect(await importText(file, mapping(), { dryRun: true })).toMatchObject({ accepted: 5, written: false });
  expect(ledger.head()).toBe(0);
});

test('what looks like a citizen is refused with its row and never repeated', async () => {
  const identity = '11010519491231002X';
  const report = await importText(`编号,事项,受理,办结\n${identity},YB-01,2019/6/5 9:03,\nB2,YB-01,2019/6/5 9:03,`);
  expect(report).toMatchObject({ accepted: 1 });
  expect(report.refused.listed).toMatchObject([{ line: 2, reason: 'identity', columns: ['编号'] }]);
  const said = [...describeReport(report, 'zh', false), ...describeReport(report, 'en', false)].join('\n');
  expect(said).toContain('第 2 行：编号');
  expect(said + JSON.stringify(report)).not.toContain(identity);
});

test('what lies in the future is refused', async () => {
  const report = await importText('编号,事项,受理,办结\nB1,YB-01,2019/11/23 9:03,');
  expect(report.refused.listed).toMatchObject([{ line: 2, reason: 'future', columns: ['受理'] }]);
});

test('a column that the mapping reads and the file lacks stops the import before anything is read', async () => {
  await expect(importText('编号,事项,受理\nB1,YB-01,2019/6/5 9:03')).rejects.toThrow(
    /lacks columns of the mapping: 办结/,
  );
});

test('progress goes through both readings to their ends', async () => {
  const seen: string[] = [];
  await importText(file, mapping(), { onProgress: ({ stage, fraction }) => seen.push(`${stage} ${fraction}`) });
  expect(seen).toEqual(['check 1', 'write 1']);
});
