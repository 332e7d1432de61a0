// Where column names stand, and what lies under them, however a file was laid out.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MappingSpec } from '../../../../domain/mapping/schema.ts';
import type { CellSource, FileRow } from '../../../../server/ingest/import/file-row.ts';
import { layOut } from '../../../../server/ingest/import/lay-out.ts';
import { openRows } from '../../../../server/ingest/import/rows.ts';
import { createFileFolder, type FileFolder } from './sample-files.ts';

let folder: FileFolder;
beforeAll(() => {
  folder = createFileFolder();
});
afterAll(() => folder.dispose());

async function read(text: string, options: NonNullable<MappingSpec['file']>, wanted: readonly string[]) {
  const source = await openRows(folder.write('file.csv', text), options, wanted);
  return { source, rows: await list(source.rows(() => {})) };
}

async function list(rows: AsyncIterable<FileRow>): Promise<FileRow[]> {
  const all: FileRow[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

const cellsOf = (rows: readonly FileRow[]) =>
  rows.map((row) => (row.kind === 'cells' ? `${row.line}: ${row.cells.join('|')}` : `${row.line}: ${row.kind}`));

test('column names are the first line that holds all that the mapping reads, below titles and remarks', async () => {
  const text = '梅林街道办件明细\n导出时间：2019-06-30,,\n\n序号,编号,时间\n1,B1,9:00\n2,B2,9:10\n';
  const { source, rows } = await read(text, {}, ['编号', '时间']);
  expect(source).toMatchObject({ header: ['序号', '编号', '时间'], headerLine: 4 });
  expect(cellsOf(rows)).toEqual(['5: 1|B1|9:00', '6: 2|B2|9:10']);
});

test('names of which one is missing are those of the first line that is as wide as the rows', async () => {
  const { source } = await read('办件明细,,\n序号,编号,时间\n1,B1,9:00\n', {}, ['编号', '日期']);
  expect(source).toMatchObject({ header: ['序号', '编号', '时间'], headerLine: 2 });
});

test('names that a page break repeats are no rows, and signs of no width are no part of a name', async () => {
  const { source, rows } = await read('\u200B编号,时间\uFEFF\nB1,9:00\n编号,时间\nB2,9:10\n', {}, ['编号', '时间']);
  expect(source.header).toEqual(['编号', '时间']);
  expect(cellsOf(rows)).toEqual(['2: B1|9:00', '3: header', '4: B2|9:10']);
});

test('without column names they are the numbers of the columns', async () => {
  const { source, rows } = await read('B1,9:00\nB2,9:10\n', { headerRow: 0 }, ['#1', '#2']);
  expect(source).toMatchObject({ header: ['#1', '#2'], headerLine: 0 });
  expect(cellsOf(rows)).toEqual(['1: B1|9:00', '2: B2|9:10']);
});

test('names that end in delimiters name no columns there, and something below them is another width', async () => {
  const { source, rows } = await read('a,b,,\n1,2,,\n3,4\n5,6,7\n', {}, ['a', 'b']);
  expect(source.header).toEqual(['a', 'b']);
  expect(cellsOf(rows)).toEqual(['2: 1|2||', '3: 3|4', '4: broken']);
  expect(rows[2]).toMatchObject({ reason: 'columns', cells: 3, wanted: 2 });
});

test('what merged cells leave blank repeats the cell above, in the columns that say so', async () => {
  const text = '日期,窗口,号\n6月5日,1号窗,A1\n,,A2\n,2号窗,A3\n,,\n6月6日,,A4\n';
  const { rows } = await read(text, { fillDown: ['日期', '窗口'] }, ['日期', '窗口', '号']);
  expect(cellsOf(rows)).toEqual([
    '2: 6月5日|1号窗|A1',
    '3: 6月5日|1号窗|A2',
    '4: 6月5日|2号窗|A3',
    '5: ||',
    '6: 6月6日|2号窗|A4',
  ]);
});

function sheets(...given: readonly (readonly (readonly string[])[])[]): CellSource {
  let before = 0;
  const parts = given.map((rows, index) => {
    const sheet = { name: `表${index + 1}`, before };
    before += rows.length;
    return sheet;
  });
  return {
    format: 'xlsx',
    sheets: parts,
    async *cells() {
      for (const [index, cells] of given.flat().entries()) yield { kind: 'cells', line: index + 1, cells };
    },
  };
}

test('several sheets are one table by the names of their columns, each below its own title', async () => {
  const source = sheets(
    [['六月'], ['编号', '时间'], ['B1', '9:00']],
    [],
    [
      ['时间', '备注', '编号'],
      ['9:10', '', 'B2'],
      ['时间', '备注', '编号'],
      ['9:20', '', 'B3'],
    ],
  );
  const rows = await layOut(source, { fillDown: ['编号'] }, ['编号', '时间']);
  expect(rows.header).toEqual(['编号', '时间']);
  expect(cellsOf(await list(rows.rows(() => {})))).toEqual(['3: B1|9:00', '5: B2|9:10', '6: header', '7: B3|9:20']);
});

test('a further sheet that lacks a column is named', async () => {
  const source = sheets(
    [
      ['编号', '时间'],
      ['B1', '9:00'],
    ],
    [['编号'], ['B2']],
  );
  await expect(layOut(source, {}, ['编号', '时间'])).rejects.toThrow(
    'The sheet "表2" lacks columns of the mapping: 时间',
  );
});
