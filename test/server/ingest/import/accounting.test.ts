// Every row of a file comes to one end, and the dry run, the ledger itself and a server over HTTP agree on which.
import { afterAll, beforeAll, expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { parseMapping } from '../../../../domain/mapping/mapping.ts';
import { createHttpTarget } from '../../../../server/ingest/import/http-target.ts';
import { createCommandTarget } from '../../../../server/ingest/import/ledger-target.ts';
import { describeReport } from '../../../../server/ingest/import/report.ts';
import type { RowSource } from '../../../../server/ingest/import/file-row.ts';
import { openRows } from '../../../../server/ingest/import/rows.ts';
import { runImport, type ImportReport } from '../../../../server/ingest/import/run-import.ts';
import type { ImportTarget } from '../../../../server/ingest/import/target.ts';
import { KEY } from '../../../e2e/product.ts';
import { openTestHall, type TestHall } from '../../live/test-hall.ts';
import { createSqlitePlace } from '../../ledger/sqlite-place.ts';
import { createFileFolder } from './sample-files.ts';

const now = Date.UTC(2019, 10, 22);
const folder = createFileFolder();
let hall: TestHall;
beforeAll(async () => {
  hall = await openTestHall();
});
afterAll(async () => {
  await hall.close();
  folder.dispose();
});

const consultations = (source: string) => ({
  name: 'consultations',
  source,
  timeZone: 'Asia/Shanghai',
  formats: 'yyyy/M/d H:mm',
  where: { column: '名称', not: '合计' },
  events: [
    {
      type: 'hall.consultation.given',
      id: '{编号}',
      time: { at: '{时间}' },
      data: { station: 'hall', medium: 'visit', topic: '{名称}' },
    },
    {
      type: 'hall.event.voided',
      where: { column: '撤销', blank: false },
      id: '{编号}/void',
      time: { at: '{时间}' },
      data: { source: '/import/other', id: '{撤销}' },
    },
  ],
});

function readMapping(spec: object) {
  const parsed = parseMapping(spec, 'UTC');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.mapping;
}

interface Sums {
  readonly [name: string]: number | readonly number[];
}

function sumsOf(report: ImportReport): Sums {
  const { rows, newRows, knownRows, leftOut, differing, refused, accepted, duplicates } = report;
  expect(newRows + knownRows + leftOut + differing.count + refused.count).toBe(rows);
  const refusedLines = refused.listed.map(({ line }) => line);
  const differingLines = differing.listed.map(({ line }) => line);
  return { rows, newRows, knownRows, leftOut, refusedLines, differingLines, accepted, duplicates };
}

const fieldsOf = ({ differing }: ImportReport) =>
  differing.listed.map(({ differences = [] }) => differences.map(({ field }) => field));

/** The same file twice into one target: tried, then written; and what a second file says afterwards. */
async function importTwice(source: RowSource, spec: object, target: ImportTarget): Promise<readonly Sums[]> {
  const mapping = readMapping(spec);
  const run = async (dryRun: boolean) => sumsOf(await runImport({ source, mapping, target, now, dryRun }));
  return [await run(true), await run(false), await run(true), await run(false)];
}

let sources = 0;
const newSource = () => `/import/accounting-${sources++}`;

async function importBothWays(source: RowSource): Promise<{ first: Sums; again: Sums }> {
  const place = await createSqlitePlace();
  const ledger = await place.open();
  try {
    const name = newSource();
    const direct = await importTwice(
      source,
      consultations(name),
      createCommandTarget(ledger, () => now),
    );
    const remote = await importTwice(source, consultations(name), createHttpTarget({ url: hall.url, key: KEY }));
    expect(remote).toEqual(direct);
    expect(direct[0]).toEqual(direct[1]);
    expect(direct[2]).toEqual(direct[3]);
    return { first: direct[0]!, again: direct[2]! };
  } finally {
    await ledger.close();
    await place.dispose();
  }
}

const header = '编号,时间,名称,撤销';
const sample = [
  header,
  'c1,2019/6/5 9:00,甲,',
  'c2,2019/6/5 9:01,"两行',
  '的名称",old-1',
  '',
  'c1,2019/6/5 9:00,甲,',
  ',,合计,',
  'c3,2019/6/5 9:61,甲,',
  ',,,',
  'c4,2019/6/5 9:03,"开头,',
  'c5,2019/6/5 9:04,乙',
  'c6,2019/6/5 9:05,乙,',
].join('\n');

test('every row of a CSV is new, known, left out or refused, whichever way it goes in', async () => {
  const source = await openRows(folder.write('sample.csv', sample));
  const { first, again } = await importBothWays(source);
  expect(first).toEqual({
    rows: 8,
    newRows: 3,
    knownRows: 1,
    leftOut: 1,
    refusedLines: [8, 10, 11],
    differingLines: [],
    accepted: 4,
    duplicates: 1,
  });
  expect(again).toEqual({ ...first, newRows: 0, knownRows: 4, accepted: 0, duplicates: 5 });
});

test('the rows of a workbook come to the same sum', async () => {
  const rows = sample
    .split('\n')
    .filter((line) => !line.includes('"') && line !== 'c5,2019/6/5 9:04,乙')
    .map((line) => [...line.split(','), '', '', ''].slice(0, 4).map((cell) => (cell === '' ? null : cell)));
  const file = `${folder.path}/sample.xlsx`;
  await writeExcelFile(rows).toFile(file);
  const { first } = await importBothWays(await openRows(file));
  expect(first).toMatchObject({ rows: 5, newRows: 2, knownRows: 1, leftOut: 1, refusedLines: [6], accepted: 2 });
});

test('a stray quote refuses its own row of four hundred, and says so in both languages', async () => {
  const row = (id: string, name: string) => `${id},2019/6/5 9:03,${name},`;
  const numbered = (letter: string, count: number, name: string) =>
    Array.from({ length: count }, (_, index) => row(`${letter}${index}`, name));
  const lines = [
    header,
    ...numbered('c', 3, '甲'),
    'c4,2019/6/5 9:03,"开头,',
    ...numbered('d', 400, '乙'),
    row('e1', '"正常"'),
    ...numbered('f', 9, '丙'),
  ];
  const file = folder.write('stray.csv', `${lines.join('\n')}\n`);
  const source = await openRows(file);
  const { first } = await importBothWays(source);
  expect(first).toMatchObject({ rows: 414, newRows: 413, accepted: 413, refusedLines: [5] });
  const target = createHttpTarget({ url: hall.url, key: KEY });
  const mapping = readMapping(consultations(newSource()));
  const report = await runImport({ source, mapping, target, now, dryRun: true });
  expect(describeReport(report, 'en', true)).toContain('line 5: a quote opens a cell and is not closed');
  expect(describeReport(report, 'zh', true)).toContain('第 5 行：有一处引号开了头却没有结束');
});

test('rows that differ are counted as such and left alone, and the others go in', async () => {
  const target = createHttpTarget({ url: hall.url, key: KEY });
  const mapping = readMapping(consultations(newSource()));
  const importText = async (text: string, options: { dryRun?: boolean; correct?: boolean }) => {
    const source = await openRows(folder.write('conflict.csv', `${header}\n${text}`));
    return runImport({ source, mapping, target, now, dryRun: false, ...options });
  };
  const run = async (text: string, dryRun: boolean) => sumsOf(await importText(text, { dryRun }));
  await run('c1,2019/6/5 9:00,甲,old-1', false);
  // Both events of the first row differ: it is one row in conflict all the same.
  const clash = 'c1,2019/6/5 9:30,甲,old-2\nc2,2019/6/5 9:01,乙,\nc2,2019/6/5 9:02,丙,\nc3,2019/6/5 9:03,丁,';
  const expected = { rows: 4, newRows: 2, knownRows: 0, refusedLines: [], differingLines: [2, 4], accepted: 2 };
  expect(await run(clash, true)).toMatchObject(expected);
  expect(fieldsOf(await importText(clash, {}))).toEqual([['time'], []]);

  // A server is corrected as a ledger is: both events of the row have successors, and a second run finds them.
  const news = clash.split('\n').slice(0, 1).concat('c3,2019/6/5 9:03,丁,').join('\n');
  expect(await importText(news, { correct: true })).toMatchObject({ correctedRows: 1, knownRows: 1, accepted: 4 });
  for (const correct of [true, false]) {
    const again = await importText(news, { correct });
    expect(again).toMatchObject({ knownRows: 2, accepted: 0, differing: { count: 0 } });
  }
  expect(fieldsOf(await importText(news.replace('9:30,甲', '9:30,乙'), {}))).toEqual([['data.topic']]);
});

test('of a row that the server refuses nothing goes in, nor is it counted, and what it shares with another row does', async () => {
  const access = hall.openAccess();
  const source = newSource();
  const { secret } = access.ingestKeys.add({ hall: 'meilin', label: 'import', sources: [source] });
  access.close();
  const target = createHttpTarget({ url: hall.url, key: secret });
  const mapping = readMapping(consultations(source));
  // The void of another source is what the key may not send; the consultation beside it is without fault.
  const text = [
    'c1,2019/6/5 9:00,甲,old-1',
    'c2,2019/6/5 9:01,乙,old-2',
    'c2,2019/6/5 9:01,乙,',
    'c3,2019/6/5 9:02,丙,',
  ];
  const rows = await openRows(folder.write('half.csv', `${header}\n${text.join('\n')}`));
  const run = async (dryRun: boolean) => sumsOf(await runImport({ source: rows, mapping, target, now, dryRun }));
  const expected = { rows: 4, newRows: 2, knownRows: 0, refusedLines: [2, 3], accepted: 2, duplicates: 0 };
  expect(await run(true)).toMatchObject(expected);
  expect(await run(false)).toMatchObject(expected);
  const again = await run(true);
  expect(again).toMatchObject({ newRows: 0, knownRows: 2, accepted: 0, duplicates: 2, refusedLines: [2, 3] });
  // Were the first row half in, its consultation alone would be known now.
  const alone = await openRows(folder.write('alone.csv', `${header}\n${text[0]!.replace('old-1', '')}`));
  const known = await runImport({ source: alone, mapping, target, now, dryRun: true });
  expect(known).toMatchObject({ newRows: 1, accepted: 1, duplicates: 0 });
});

test('rows of one and of two events are counted as rows over several batches', async () => {
  const text = Array.from(
    { length: 1_501 },
    (_, index) => `b${index},2019/6/5 9:03,甲,${index % 2 === 0 ? 'old' : ''}`,
  );
  const source = await openRows(folder.write('batches.csv', `${header}\n${text.join('\n')}`));
  const { first } = await importBothWays(source);
  expect(first).toMatchObject({ rows: 1_501, newRows: 1_501, accepted: 2_252 });
});
