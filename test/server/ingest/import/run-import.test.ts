// The promises of an import: twice adds nothing, a conflict changes nothing, a row goes in whole or not at all.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseMapping } from '../../../../domain/mapping/mapping.ts';
import { createZone } from '../../../../domain/calendar/zone.ts';
import type { Feeds } from '../../../../domain/profile/feed-of.ts';
import { createCommandTarget } from '../../../../server/ingest/import/ledger-target.ts';
import { describeReport } from '../../../../server/ingest/import/report.ts';
import { openRows } from '../../../../server/ingest/import/rows.ts';
import type { ImportProgress } from '../../../../server/ingest/import/reading.ts';
import { runImport, type ImportReport } from '../../../../server/ingest/import/run-import.ts';
import type { ImportTarget } from '../../../../server/ingest/import/target.ts';
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
    correct?: boolean;
    limit?: number;
    roster?: ReadonlySet<string>;
    feeds?: Feeds;
    onProgress?: (progress: ImportProgress) => void;
  } = {},
): Promise<ImportReport> {
  const parsed = parseMapping(spec, 'UTC');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const source = await openRows(folder.write('file.csv', text));
  const target = createCommandTarget(ledger, () => now, options.feeds);
  return runImport({ source, mapping: parsed.mapping, target, now, dryRun: false, ...options });
}

test('good rows go in, a bad row stays out whole and is named by line, column and reason', async () => {
  const report = await importText(file);
  expect(report).toMatchObject({ rows: 4, accepted: 5, duplicates: 0, written: true });
  expect(report.refused.listed).toMatchObject([{ line: 4, reason: 'time', columns: ['办结'] }]);
  expect(ledger.head()).toBe(5);
  expect(await ledger.find('/import/sample', 'B3/accepted', ledger.head())).toBeUndefined();
  expect(describeReport(report, 'zh', false)).toContain('第 4 行：办结：不是可识别的时间：2019/13/5 9:30');
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
  expect(again.differing.count).toBe(0);
  expect(ledger.head()).toBe(5);
});

test('where all that is known differs the mapping has changed: nothing is written, new rows included', async () => {
  await importText(file);
  const more = `${file}\nB5,YB-05,2019/6/5 9:50,`;
  const report = await importText(more, mapping({ item: 'all the same' }));
  expect(report).toMatchObject({ isOverLimit: true, written: false });
  expect(report.differing.listed).toMatchObject([
    { line: 2, columns: ['编号'], differences: [{ field: 'data.item', before: 'YB-01', after: 'all the same' }] },
    { line: 3, columns: ['编号'] },
    { line: 5, columns: ['编号'] },
  ]);
  expect(ledger.head()).toBe(5);
  expect(describeReport(report, 'en', false).join('\n')).toContain('so nothing was written. Mapping and file may not');
  const told = await importText(more, mapping({ item: 'all the same' }), { limit: 0.8 });
  expect(told).toMatchObject({ newRows: 1, accepted: 1, written: true });
  expect(told.differing.count).toBe(3);
});

test('next month’s export: what is the same is known, what is new goes in, what differs is left alone or corrected', async () => {
  await importText(file);
  const grown = [
    '编号,事项,受理,办结',
    'B1,YB-01,2019/6/5 9:03,2019/6/5 9:30',
    'B2,YB-02,2019/6/5 9:10,2019/6/7 10:00',
    'B4,YB-02,2019/6/5 9:40,2019/6/6 9:45',
    'B6,YB-02,2019/6/7 9:40,',
  ].join('\n');
  const left = await importText(grown);
  expect(left).toMatchObject({ newRows: 2, knownRows: 1, accepted: 2, written: true, correctedRows: 0 });
  const differences = [{ field: 'time', before: '2019-06-06T01:30:00.000Z', after: '2019-06-06T01:45:00.000Z' }];
  expect(left.differing.listed).toMatchObject([{ line: 4, reason: 'conflict', differences }]);
  const said = describeReport(left, 'zh', false);
  expect(said).toContain(
    '第 4 行：编号：同一编号已有不同内容（time 2019-06-06T01:30:00.000Z → 2019-06-06T01:45:00.000Z）',
  );
  expect(said.join('\n')).toContain('--correct');
  expect(ledger.head()).toBe(7);

  const trial = await importText(grown, mapping(), { correct: true, dryRun: true });
  expect(trial).toMatchObject({ newRows: 0, knownRows: 3, correctedRows: 1, accepted: 2, written: false });
  expect(ledger.head()).toBe(7);
  const corrected = await importText(grown, mapping(), { correct: true });
  expect(corrected).toMatchObject({ knownRows: 3, correctedRows: 1, accepted: 2, written: true });
  const known = async (id: string) => (await ledger.readOf('/import/sample', id, `${id}!`, 1))[0];
  expect(await known('B4/finished')).toMatchObject({ voided: true });
  expect(await known('B4/finished~2')).toMatchObject({ voided: false, event: { at: Date.UTC(2019, 5, 6, 1, 45) } });

  // A second run, with and without the word, finds its own traces; a third state of the row is the third of its chain.
  for (const correct of [true, false]) {
    const again = await importText(grown, mapping(), { correct });
    expect(again).toMatchObject({ knownRows: 4, accepted: 0, written: false });
    expect(again.differing.count).toBe(0);
  }
  const third = await importText(grown.replace('9:45', '9:50'), mapping(), { correct: true });
  expect(third).toMatchObject({ correctedRows: 1, accepted: 2 });
  expect(await known('B4/finished~2')).toMatchObject({ voided: true });
  expect(await known('B4/finished~3')).toMatchObject({ voided: false });
  expect(ledger.head()).toBe(11);
});

test('a correction that the target refuses in the end is told as none, and one of which only the void went in as half', async () => {
  await importText(file);
  const parsed = parseMapping(mapping(), 'UTC');
  if (!parsed.ok) throw new Error('the mapping is wrong');
  const target = createCommandTarget(ledger, () => now);
  const refused = { reason: 'feed', field: 'source' };
  const grown = file.replace('2019/6/6 9:30', '2019/6/6 9:45');
  const source = await openRows(folder.write('file.csv', grown));
  const run = (changed: Partial<ImportTarget>) =>
    runImport({
      ...{ source, mapping: parsed.mapping, now, dryRun: false, correct: true },
      target: { ...target, ...changed },
    });

  let voidsSeen = 0;
  const changesItsMind = await run({
    check: async (batch) => {
      const outcomes = await target.check(batch);
      const isCorrection = batch.some(({ event }) => event.type === 'hall.event.voided');
      if (isCorrection) voidsSeen++;
      return isCorrection ? outcomes.map(() => refused) : outcomes;
    },
  });
  expect(voidsSeen).toBe(1);
  expect(changesItsMind).toMatchObject({ correctedRows: 0, knownRows: 2, accepted: 0 });
  expect(changesItsMind.differing).toMatchObject({ count: 1, listed: [{ line: 5, reason: 'feed' }] });
  expect(changesItsMind.differing.tallies.map(({ reason }) => reason)).toEqual(['feed']);
  expect(ledger.head()).toBe(5);

  const half = await run({
    append: async (batch) => [...(await target.append(batch.slice(0, 2))), ...batch.slice(2).map(() => refused)],
  });
  expect(half).toMatchObject({ correctedRows: 0, accepted: 1 });
  expect(half.differing.listed).toMatchObject([{ line: 5, reason: 'partly' }]);
  expect(describeReport(half, 'zh', false).join('\n')).toContain('第 5 行：编号：写入途中服务器改了答复');
});

test('above a share of refused rows nothing is written, unless that is wanted', async () => {
  const good = Array.from({ length: 60 }, (_, index) => `C${index},YB-01,2019/6/5 9:03,`);
  const bad = Array.from({ length: 12 }, (_, index) => `D${index},YB-01,5.6.2019,`);
  const text = ['编号,事项,受理,办结', ...good, ...bad].join('\n');
  const stopped = await importText(text);
  expect(stopped).toMatchObject({ newRows: 60, isOverLimit: true, written: false });
  expect(stopped.refused.tallies).toMatchObject([{ reason: 'time', columns: ['受理'], count: 12 }]);
  expect(describeReport(stopped, 'zh', false)).toEqual(
    expect.arrayContaining(['拒收的原因：', '  12 行 受理：不是可识别的时间', '  可新增 60 行']),
  );
  expect(ledger.head()).toBe(0);
  expect(await importText(text, mapping(), { limit: 0.1 })).toMatchObject({ isOverLimit: true, written: false });
  expect(await importText(text, mapping(), { limit: 0.2 })).toMatchObject({ accepted: 60, written: true });
});

test('a field that looks like a citizen is left out where the mapping says so, and its row goes in', async () => {
  const spec = {
    ...mapping(),
    events: [
      {
        type: 'hall.request.received',
        id: '{编号}',
        time: { at: '{受理}' },
        drop: ['topic'],
        data: { request: '{编号}', station: 'hall', topic: '{事项}' },
      },
    ],
  };
  const text = '编号,事项,受理\nR1,路灯,2019/6/5 9:03\nR2,13912345678,2019/6/5 9:04';
  const report = await importText(text, spec);
  expect(report).toMatchObject({ newRows: 2, accepted: 2 });
  expect(report.dropped.listed).toMatchObject([{ line: 3, columns: ['事项'] }]);
  expect(describeReport(report, 'zh', false).join('\n')).toContain(
    '第 3 行：事项：疑似姓名、证件号或电话，已按映射略去',
  );
  expect((await ledger.find('/import/sample', 'R2', ledger.head()))?.data).not.toHaveProperty('topic');
});

test('an event for the last row of its key is given by that row alone, and known from the others', async () => {
  const spec = {
    ...mapping(),
    events: [
      { ...mapping().events[0]!, once: '{编号}' },
      { ...mapping().events[1]!, last: '{编号}' },
    ],
  };
  const text = [
    '编号,事项,受理,办结',
    'B1,YB-01,2019/6/5 9:03,2019/6/5 9:30',
    'B1,YB-01,2019/6/5 9:20,2019/6/5 9:40',
    'B1,YB-01,2019/6/5 9:30,2019/6/5 9:50',
  ].join('\n');
  expect(await importText(text, spec)).toMatchObject({ rows: 3, newRows: 2, knownRows: 1, accepted: 2 });
  const at = async (id: string) => (await ledger.find('/import/sample', id, ledger.head()))?.at;
  expect(await at('B1/accepted')).toBe(Date.UTC(2019, 5, 5, 1, 3));
  expect(await at('B1/finished')).toBe(Date.UTC(2019, 5, 5, 1, 50));
});

test('two rows of one file that name the same event differently differ; the same twice is a repeat', async () => {
  const apart = Array.from({ length: 1_200 }, (_, index) => `C${index},YB-01,2019/6/5 9:03,`);
  const header = '编号,事项,受理,办结';
  const clash = [header, 'B1,YB-01,2019/6/5 9:03,', ...apart, 'B1,YB-09,2019/6/5 9:03,'].join('\n');
  const report = await importText(clash, mapping(), { dryRun: true });
  expect(report.differing.listed).toMatchObject([{ line: 1_203, reason: 'other-row', otherLine: 2 }]);
  const said = describeReport(report, 'zh', true).join('\n');
  expect(said).toContain('第 1203 行：编号：与文件中另一行编号相同而内容不同（第 2 行）');
  expect(said).toContain('"once"');
  const repeat = [header, 'B1,YB-01,2019/6/5 9:03,', ...apart, 'B1,YB-01,2019/6/5 9:03,'].join('\n');
  expect(await importText(repeat)).toMatchObject({ accepted: 1_201, duplicates: 1, repeatedRows: 1, written: true });
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

test('a word that the map lacks is named and tallied; what may be a citizen is not', async () => {
  const spec = mapping({ channel: { from: '{事项}', map: { 窗口: 'window' } }, item: 'YB-01' });
  const rows = ['微信', '窗口', '微信', '13912345678', '微信', '小程序', '王小明'].map(
    (word, index) => `B${index},${word},2019/6/5 9:03,`,
  );
  const report = await importText(['编号,事项,受理,办结', ...rows].join('\n'), spec);
  expect(report.refused.tallies.map(({ found, count }) => [found, count])).toEqual([
    ['微信', 3],
    [undefined, 2],
    ['小程序', 1],
  ]);
  const said = describeReport(report, 'zh', false);
  expect(said).toContain('  3 行 事项：内容不在对照表中：微信');
  expect(said).toContain('第 5 行：事项：内容不在对照表中');
  expect(said.join('\n')).not.toMatch(/139|王小明/);
});
