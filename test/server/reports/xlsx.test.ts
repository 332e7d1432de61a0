// The workbook by itself: dates stay the hall's days wherever the server stands, texts that look like formulas are marked, negative numbers stay numbers.
import readExcelFile from 'read-excel-file/node';
import { afterEach, expect, test } from 'vitest';
import type { Report, Table } from '../../../domain/wire/report.ts';
import { writeXlsx } from '../../../server/reports/xlsx.ts';
import { unzip } from './unzip.ts';

const own = process.env['TZ'];
afterEach(() => {
  if (own === undefined) delete process.env['TZ'];
  else process.env['TZ'] = own;
});

const table: Table = {
  type: 'table',
  columns: [
    { title: '日期', kind: 'date' },
    { title: '站点', kind: 'text' },
    { title: '件数', kind: 'number' },
    { title: '满意率', kind: 'share' },
    { title: '增减', kind: 'change' },
  ],
  rows: [
    [
      { type: 'date', day: '2019-11-25' },
      { type: 'text', text: '=HYPERLINK("http://x")' },
      { type: 'number', n: -12 },
      { type: 'share', n: 999, of: 1_000 },
      { type: 'change', text: '−3.2%', n: -0.032, unit: 'percent' },
    ],
    [
      { type: 'date', day: '2019-12-31' },
      { type: 'text', text: '-2+3' },
      { type: 'number', n: 0 },
      { type: 'none' },
      { type: 'change', text: '基数不足20' },
    ],
  ],
};
const report: Report = {
  ...{ hall: { id: 'meilin', name: '厅', demo: false }, language: 'zh', kind: 'month', title: '@title', spanName: '' },
  ...{ span: { from: '2019-11-01', to: '2019-11-30' }, stations: [], timeZone: 'Asia/Shanghai', workingDays: 21 },
  ...{ today: '2019-12-02', madeAt: 0, isRunning: false, seq: 7, marks: ['+1'], comparisons: [] },
  sections: [
    { id: 'series', heading: '走势', blocks: [table] },
    { id: 'work', heading: '走/势', blocks: [{ type: 'words', text: '\t=1', told: 'x' }] },
  ],
  ...{ colophon: ['时区 Asia/Shanghai'], definitions: [], missing: [] },
};

test.each(['America/New_York', 'Asia/Shanghai', 'Pacific/Kiritimati', 'UTC'])('under TZ %s', async (zone) => {
  process.env['TZ'] = zone;
  expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
  const [sheet, second] = await readExcelFile(await writeXlsx(report));
  const rows = sheet!.data.slice(-2);
  expect(rows.map(([date]) => (date as unknown as Date).toISOString())).toEqual([
    '2019-11-25T00:00:00.000Z',
    '2019-12-31T00:00:00.000Z',
  ]);
  expect(rows.map((row) => row.slice(1, 7))).toEqual([
    ['\'=HYPERLINK("http://x")', -12, 0.999, 999, 1_000, -0.032],
    ["'-2+3", 0, null, null, null, '基数不足20'],
  ]);
  // Marks and titles are texts like any other.
  expect(sheet!.data.flat()).toEqual(expect.arrayContaining(["'@title", "'+1"]));
  expect(second!.sheet).toBe('二、走 势');
  expect(second!.data.flat()).toContain("'\t=1");
});

test('a place is narrow, sums are bold, and a shade lies behind a number that stays one', async () => {
  const map: Table = {
    type: 'table',
    columns: [
      { title: '名次', kind: 'rank' },
      { title: '时段', kind: 'text' },
      { title: '件数', kind: 'number' },
    ],
    rows: [
      [
        { type: 'number', n: 1 },
        { type: 'text', text: '09:00–09:30' },
        { type: 'number', n: 7, shade: 5 },
      ],
      [{ type: 'none' }, { type: 'text', text: '合计' }, { type: 'number', n: 7 }],
    ],
    foot: 1,
  };
  const book = await writeXlsx({ ...report, sections: [{ id: 'rhythm', heading: '时段', blocks: [map] }] });
  const [sheet] = await readExcelFile(book);
  expect(sheet!.data.slice(-2)).toEqual([
    [1, '09:00–09:30', 7],
    [null, '合计', 7],
  ]);
  expect(unzip(book, 'xl/styles.xml')).toMatch(/fgColor rgb="(FF)?5B97E5"/i);
  expect(unzip(book, 'xl/worksheets/sheet1.xml')).toMatch(/<col min="1" max="1" width="8"/);
});
