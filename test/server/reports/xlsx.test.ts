// The workbook by itself: paper, panes and widths; dates stay the hall's days wherever the server stands, texts that look like formulas are marked, negative numbers stay numbers.
import readExcelFile from 'read-excel-file/node';
import { afterEach, expect, test } from 'vitest';
import type { Report, Table } from '../../../domain/wire/report.ts';
import { writeXlsx } from '../../../server/reports/xlsx.ts';
import { readPart } from './read-part.ts';

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

const measures: Table = {
  type: 'table',
  columns: [
    { title: '指标', kind: 'text' },
    { title: '单位', kind: 'text' },
    { title: '本期', kind: 'figure' },
    { title: '上期', kind: 'figure' },
    { title: '增减', kind: 'change' },
  ],
  rows: [
    [
      { type: 'text', text: '满意率' },
      { type: 'text', text: '条' },
      { type: 'share', n: 9_999, of: 10_000 },
      { type: 'number', n: 20 },
      { type: 'change', text: '−1个百分点', n: -0.01, unit: 'points' },
    ],
    [
      { type: 'text', text: '等候时间' },
      { type: 'none' },
      { type: 'duration', ms: 233_000 },
      { type: 'duration', ms: 232_000 },
      { type: 'change', text: '+1秒', n: 1 / 60, unit: 'minutes' },
    ],
  ],
};
const laid: Report = {
  ...report,
  sections: [
    { id: 'series', heading: "走'势", blocks: [table] },
    { id: 'queue', heading: '排队', blocks: [{ type: 'sentence', text: '等候时间中位数。'.repeat(30) }, measures] },
  ],
};

test('every sheet lies across A4, all its columns on one page, and says its page', async () => {
  const bytes = await writeXlsx(laid);
  for (const id of [1, 2, 3]) {
    const xml = readPart(bytes, `xl/worksheets/sheet${id}.xml`);
    expect(xml).toContain('<pageSetUpPr fitToPage="1"/>');
    expect(xml).toContain('<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>');
    expect(xml).toContain('&amp;C第 &amp;P 页，共 &amp;N 页');
  }
});

test('the heading of a sheet’s one table stands still and is printed on each page', async () => {
  const bytes = await writeXlsx(laid);
  const [sheet] = await readExcelFile(bytes);
  const heading = sheet!.data.findIndex(([first]) => first === '日期') + 1;
  expect(readPart(bytes, 'xl/worksheets/sheet1.xml')).toMatch(
    new RegExp(`<pane [^>]*ySplit="${heading}" xSplit="1" [^>]*state="frozen"`),
  );
  expect(readPart(bytes, 'xl/workbook.xml')).toContain(
    `<definedName name="_xlnm.Print_Titles" localSheetId="0">'一、走''势'!$${heading}:$${heading}</definedName>`,
  );
});

test('columns are as broad as what stands in them, and a sentence as high as its lines', async () => {
  const bytes = await writeXlsx(laid);
  const xml = readPart(bytes, 'xl/worksheets/sheet2.xml');
  const widths = [...xml.matchAll(/<col [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width));
  const { data } = (await readExcelFile(bytes))[1]!;
  const rows = data.filter(([, unit]) => unit === '单位' || unit === '条' || unit === '分钟');
  expect(rows).toHaveLength(3);
  for (const row of rows.slice(1))
    for (const [i, cell] of row.entries())
      if (typeof cell === 'string') expect([cell, [...cell].length * 2 < widths[i]!]).toEqual([cell, true]);
  const across = widths.reduce((sum, one) => sum + one);
  // 240 signs of two digits' width each.
  const height = Math.max(...[...xml.matchAll(/<row [^>]*\sht="([\d.]+)"/g)].map(([, one]) => Number(one)));
  expect(height).toBeGreaterThanOrEqual(Math.ceil(480 / across) * 15);
  expect(xml).toContain('<mergeCell ');
});

test('a length of time and a change say what they are counted in, and a share below a whole is never shown as one', async () => {
  const bytes = await writeXlsx(laid);
  const { data } = (await readExcelFile(bytes))[1]!;
  const rowOf = (name: string) => data.find(([head]) => head === name);
  // Sums stand where the table has a share, and nowhere else.
  expect(rowOf('指标')).toEqual(['指标', '单位', '本期', '本期·分子', '本期·分母', '上期', '增减']);
  expect(rowOf('满意率')!.slice(0, 7)).toEqual(['满意率', '条', 0.9999, 9_999, 10_000, 20, -1]);
  expect(rowOf('等候时间')!.slice(0, 7)).toEqual(['等候时间', '分钟', 233 / 60, null, null, 232 / 60, 1 / 60]);
  const formats = readPart(bytes, 'xl/styles.xml');
  expect(formats).toContain('formatCode="0.00%"');
  expect(formats).toContain('formatCode="+0.0&quot;个百分点&quot;;-0.0&quot;个百分点&quot;;0"');
  expect(formats).toContain('formatCode="+0.00&quot;分钟&quot;;-0.00&quot;分钟&quot;;0"');
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
  expect(readPart(book, 'xl/styles.xml')).toMatch(/fgColor rgb="(FF)?5B97E5"/i);
  const lines = readPart(book, 'xl/worksheets/sheet1.xml');
  expect(lines).toMatch(/<col min="1" max="1" width="6"/);
  // The place is not taken for a part of the name behind it.
  const [, style] = /<c r="A\d+"(?![^>]*t="s")[^>]*\bs="(\d+)"[^>]*><v>1<\/v>/.exec(lines) ?? [];
  const [, faces] = /<cellXfs[^>]*>(.*?)<\/cellXfs>/s.exec(readPart(book, 'xl/styles.xml'))!;
  expect(faces!.split('<xf ').slice(1)[Number(style)]).toContain('horizontal="center"');
});
