// The document by itself: the paper of GB/T 9704, tables whose figures are whole and stand to the right, bars that begin at zero, nothing alone on a page.
import { convertToHtml } from 'mammoth';
import { expect, test } from 'vitest';
import type { Report, Table } from '../../../domain/wire/report.ts';
import { writeDocx } from '../../../server/reports/docx.ts';
import { readPart } from './read-part.ts';

const measures: Table = {
  type: 'table',
  columns: [
    { title: '指标', kind: 'text' },
    { title: '单位', kind: 'text' },
    { title: '本期', kind: 'figure' },
    { title: '上期', kind: 'figure' },
    { title: '增减', kind: 'change' },
    { title: '去年同期', kind: 'figure' },
    { title: '增减', kind: 'change' },
  ],
  rows: Array.from({ length: 6 }, (_, i) => [
    { type: 'text', text: '窗口办理时长（九成以内）' },
    { type: 'text', text: '人次' },
    { type: 'share', n: 10_251 + i, of: 11_299 },
    { type: 'share', n: 1_681, of: 1_728 },
    { type: 'change', text: '日均−36.8%', n: -0.368, unit: 'percent', byDay: true },
    { type: 'number', n: 1_728 },
    { type: 'change', text: '+0.6个百分点', n: 0.006, unit: 'points' },
  ]),
};
const VALUES = [40, 10, 0, 33, 20, 20, 20, 20, 20, 20, 20, 20];
const days: Table = {
  type: 'table',
  columns: [
    { title: '日期', kind: 'date' },
    { title: '受理', kind: 'number' },
  ],
  rows: VALUES.map((n, i) => [
    { type: 'date', day: `2019-11-${11 + i}` },
    { type: 'number', n },
  ]),
};
const report: Report = {
  ...{ hall: { id: 'meilin', name: '梅林街道政务服务大厅', demo: false }, language: 'zh', kind: 'month' },
  ...{ title: '梅林街道政务服务大厅工作月报', spanName: '2019年11月', stations: [], timeZone: 'Asia/Shanghai' },
  ...{ span: { from: '2019-11-01', to: '2019-11-30' }, workingDays: 21, today: '2019-12-02', isRunning: false, seq: 7 },
  ...{ madeAt: Date.parse('2019-11-25T10:00:00+08:00'), marks: [], comparisons: [], missing: ['同比：没有数据。'] },
  sections: [
    { id: 'overview', heading: '总体情况', blocks: [{ type: 'sentence', text: '受理1,299件。' }, measures] },
    {
      id: 'series',
      heading: '受理走势',
      blocks: [{ type: 'bars', caption: '逐日受理（件）', labels: VALUES.map(String), values: VALUES }, days],
    },
  ],
  colophon: ['时区 Asia/Shanghai'],
  definitions: [{ term: 'accepted', name: '受理', unit: '件', definition: '这段时间内受理的办件。', rule: 'C4' }],
};

/** As mammoth reads a document; of a paragraph its alignment, of a run its size in points. */
interface Element {
  readonly type: string;
  readonly children?: readonly Element[];
  readonly value?: string;
  readonly alignment?: string | null;
  readonly fontSize?: number | null;
  readonly isHeader?: boolean;
  readonly colSpan?: number;
  readonly breakType?: string;
}

async function open(buffer: Buffer): Promise<Element> {
  let opened: Element | undefined;
  await convertToHtml(
    { buffer },
    {
      transformDocument: (document: Element) => {
        opened = document;
        return document;
      },
    },
  );
  return opened!;
}
const within = (element: Element, type: string): Element[] => [
  ...(element.type === type ? [element] : []),
  ...(element.children ?? []).flatMap((child) => within(child, type)),
];
/** The lines of a cell. */
const linesOf = (cell: Element): string[] => {
  const tell = (element: Element): string =>
    element.type === 'break' ? '\n' : (element.value ?? (element.children ?? []).map(tell).join(''));
  return tell(cell).split('\n');
};
const emOf = (text: string): number =>
  [...text].reduce((sum, sign) => sum + (/[\u2e80-\uffef%−]/u.test(sign) ? 1 : 0.5), 0);
const all = (xml: string, pattern: RegExp): string[] => [...xml.matchAll(pattern)].map(([, found]) => found!);

const buffer = await writeDocx(report);
const document = await open(buffer);
const xml = readPart(buffer, 'word/document.xml');
const styles = readPart(buffer, 'word/styles.xml');
const tables = within(document, 'table');
const grids = all(xml, /<w:tblGrid>(.*?)<\/w:tblGrid>/g).map((grid) => all(grid, /w:w="(\d+)"/g).map(Number));

test('a page holds 22 lines of 28 signs, between the margins of an official document', () => {
  const [, width, height] = /<w:pgSz w:w="(\d+)" w:h="(\d+)"/.exec(xml)!.map(Number);
  const margin = (side: string) => Number(new RegExp(`<w:pgMar [^>]*w:${side}="(\\d+)"`).exec(xml)![1]);
  const millimetres = (twips: number) => Math.round((twips / 1440) * 25.4);
  expect(['top', 'bottom', 'left', 'right'].map((side) => millimetres(margin(side)))).toEqual([37, 35, 28, 26]);
  const defaults = /<w:docDefaults>.*?<\/w:docDefaults>/.exec(styles)![0];
  const line = Number(/w:line="(\d+)" w:lineRule="exact"/.exec(defaults)![1]);
  expect(Math.floor((height! - margin('top') - margin('bottom')) / line)).toBe(22);
  const size = Number(/<w:sz w:val="(\d+)"/.exec(defaults)![1]) * 10;
  const spacing = Number(/<w:spacing w:val="(-?\d+)"/.exec(defaults)![1]);
  expect(Math.floor((width! - margin('left') - margin('right')) / (size + spacing))).toBe(28);
});

test('faces are of Chinese signs, and what stands in for them is named', () => {
  expect(styles).toMatch(/<w:lang [^>]*w:eastAsia="zh-CN"/);
  const fonts = readPart(buffer, 'word/fontTable.xml');
  for (const name of ['方正小标宋简体', '黑体', '仿宋_GB2312', '楷体_GB2312', '宋体'])
    expect(fonts).toMatch(new RegExp(`w:name="${name}"><w:altName w:val="[^"]+"/><w:charset w:val="86"/><w:family`));
});

test('every figure stands whole in its column, and all columns within the text', () => {
  expect(tables).toHaveLength(3);
  for (const [t, table] of tables.entries()) {
    expect(grids[t]!.reduce((sum, one) => sum + one)).toBeLessThanOrEqual(8_845);
    for (const row of within(table, 'tableRow').slice(1))
      for (const [i, cell] of row.children!.entries()) {
        const [size] = within(cell, 'run').map(({ fontSize }) => fontSize!);
        if (i < 2 || size === undefined || t === 2) continue;
        // 60 twips left and right.
        const room = grids[t]![i]! - 120;
        for (const line of linesOf(cell)) expect([line, emOf(line) * size * 20 <= room]).toEqual([line, true]);
      }
  }
});

test('a share that has no room in a line is told in two, and broken nowhere else', () => {
  const [first] = tables;
  const cell = within(first!, 'tableRow')[1]!.children![2]!;
  expect(linesOf(cell)).toEqual(['90.7%', '（10,251/11,299）']);
});

test('figures stand to the right, units in the middle, and headings are repeated', () => {
  const [head, row] = within(tables[0]!, 'tableRow');
  expect(head!.isHeader).toBe(true);
  for (const line of [head!, row!])
    expect(within(line, 'paragraph').map(({ alignment }) => alignment)).toEqual([
      'left',
      'center',
      ...Array.from({ length: 5 }, () => 'right'),
    ]);
});

test('bars begin at zero and are as long as their values', () => {
  const rows = all(xml, /<w:tbl>(.*?)<\/w:tbl>/g)[1]!
    .split('<w:tr>')
    .slice(2);
  const lengths = rows.map((row) => {
    const [bar] = all(row, /<w:tc>(.*?)<\/w:tc>/g).slice(2);
    const isDrawn = bar!.includes('<w:shd ');
    const span = Number(/<w:gridSpan w:val="(\d+)"/.exec(bar!)?.[1] ?? 1);
    // Behind the two columns of the table the grid is the bars' own.
    return isDrawn ? grids[1]!.slice(2, 2 + span).reduce((sum, one) => sum + one) : 0;
  });
  const most = Math.max(...lengths);
  for (const [i, value] of VALUES.entries()) expect(Math.abs(lengths[i]! - (value / 40) * most)).toBeLessThanOrEqual(1);
  expect(lengths[2]).toBe(0);
});

test('short tables are not torn, and no row of a long one is alone', () => {
  const kept = all(xml, /<w:tbl>(.*?)<\/w:tbl>/g).map((table) =>
    table
      .split('<w:tr>')
      .slice(1)
      .map((row) => row.includes('<w:keepNext/>')),
  );
  expect(kept[0]).toEqual([true, ...Array.from({ length: 5 }, () => true), false]);
  expect(kept[1]).toEqual([true, true, true, ...Array.from({ length: 8 }, () => false), true, false]);
});

test('the signature stands with what is before it, its name centred over its date', () => {
  const paragraphs = all(xml, /<w:p>(.*?)<\/w:p>/g);
  const at = paragraphs.findIndex((one) => one.includes('>梅林街道政务服务大厅<'));
  for (const back of [0, 1, 2, 3]) expect(paragraphs[at - back]).toContain('<w:keepNext/>');
  expect(paragraphs[at - 2]).toContain('附件：指标口径');
  expect(paragraphs[at + 1]).toContain('2019年11月25日');
  const [name, date] = [at, at + 1].map((i) => Number(/w:right="(\d+)"/.exec(paragraphs[i]!)![1]));
  // Ten signs over seven and a half: a sign and a quarter further out on either side.
  expect(date).toBe(4 * 315);
  expect(Math.abs(name! - (date! - 1.4 * 315))).toBeLessThan(60);
});

test('definitions are an annex with a page of its own', async () => {
  const { value: html } = await convertToHtml({ buffer });
  expect(html).toMatch(/<p>附件<\/p><p>指标口径<\/p><table>.*<td><p>受理<\/p><\/td><td><p>件<\/p><\/td>/);
  expect(xml).toMatch(/<w:pageBreakBefore\/>(?:(?!<w:p>).)*附件</);
  const { value: bare } = await convertToHtml({ buffer: await writeDocx({ ...report, definitions: [] }) });
  expect(bare).not.toContain('附件');
});

test('of a day they are notes in small type behind the signature, and no annex', async () => {
  const { value: html } = await convertToHtml({ buffer: await writeDocx({ ...report, kind: 'day' }) });
  expect(html).toMatch(/2019年11月25日<\/p>.*<p>指标口径：受理（件）这段时间内受理的办件。\[C4\]/);
  expect(html).not.toContain('附件');
});

test('what a place is given to stands to the left, however short its name', async () => {
  const ranked: Table = {
    type: 'table',
    columns: [
      { title: '名次', kind: 'rank' },
      { title: '条线', kind: 'text' },
      { title: '受理', kind: 'number' },
    ],
    rows: [
      [
        { type: 'number', n: 1 },
        { type: 'text', text: '社保' },
        { type: 'number', n: 5 },
      ],
    ],
  };
  const made = await open(
    await writeDocx({ ...report, sections: [{ id: 'items', heading: '事项排行', blocks: [ranked] }] }),
  );
  const cells = within(within(made, 'table')[0]!, 'tableCell').slice(-ranked.columns.length);
  expect(cells.map((cell) => [linesOf(cell)[0], within(cell, 'paragraph')[0]!.alignment])).toEqual([
    ['1', 'center'],
    ['社保', 'left'],
    ['5', 'right'],
  ]);
});

test('signs that no document may hold are left out, and the rest of the words stays', async () => {
  const text = '接待\u000b群众\u0001三批\ud800，编号（\ufffe查不到）\u007f。';
  const { value } = await convertToHtml({
    buffer: await writeDocx({
      ...report,
      sections: [{ id: 'overview', heading: '工作\u0002动态', blocks: [{ type: 'sentence', text }] }],
    }),
  });
  expect(value).toContain('工作动态');
  expect(value).toContain('接待群众三批，编号（查不到）。');
});
