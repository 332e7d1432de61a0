// Rankings, lists and hours of a made-up span: what is listed, what is summed, who has no place, and what is said of it.
import { expect, test } from 'vitest';
import type { Breakdown, ItemFigures, StationFigures, WindowFigures } from '../../../domain/measures/breakdown.ts';
import type { ReportInput, WriteSection } from '../../../domain/report/input.ts';
import { idle } from '../../../domain/report/sections/idle.ts';
import { items, speed, waits, windows } from '../../../domain/report/sections/rankings.ts';
import { rhythm } from '../../../domain/report/sections/rhythm.ts';
import { toPlainText } from '../../../domain/report/text.ts';
import { tellValue } from '../../../domain/report/tell.ts';
import { en } from '../../../domain/report/words/en.ts';
import { zh } from '../../../domain/report/words/zh.ts';
import type { Report, Table } from '../../../domain/wire/report.ts';

const entry = (code: string, line = 'civil') => ({ code, name: `事项${code}`, nameEn: `Item ${code}`, line });
const catalogue = {
  lines: [{ id: 'civil', name: '民政' }],
  items: [...Array.from({ length: 30 }, (_, i) => entry(`i${i}`)), { ...entry('past'), until: '2018-12-31' }],
};
const hall = {
  id: 'hall',
  names: [{ zh: '街道政务服务大厅', en: 'Sub-district Hall' }],
  short: '大厅',
  shortEn: 'Hall',
};
const renamed = {
  id: 'meihe',
  names: [
    { zh: '金河社区', until: '2019-12-31' },
    { zh: '梅河社区', from: '2020-01-01' },
  ],
  short: '梅河',
};
const profile = {
  stations: [hall, renamed],
  windows: [
    { id: 'w1', station: 'hall', label: '01' },
    { id: 'w2', station: 'hall', label: '绿色专窗' },
    { id: 'm1', station: 'meihe', label: '01' },
    { id: 'old', station: 'hall', label: '99', until: '2018-12-31' },
  ],
};
const config = {
  catalogue,
  profile,
  items: new Map(catalogue.items.map((one) => [one.code, one])),
  stations: new Map(profile.stations.map((one) => [one.id, one])),
};

const item = (code: string, accepted: number, more: Partial<ItemFigures> = {}): ItemFigures => ({
  ...{ item: code, isKnown: true, accepted, finished: accepted, turnaround: { medianDays: 1, n: accepted } },
  ...{ promiseCut: { n: 0, of: 0 }, speedUp: { n: 0, of: 0 }, timed: 0, deferredCases: 0, instantApprovals: 0 },
  ...more,
});
const window = (station: string, id: string, accepted: number, served: number): WindowFigures => ({
  ...{ station, window: id, isKnown: true, accepted, served, handlingMs: served * 90_000 },
  ...{ scores: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 }, activeScores: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 } },
  activelySatisfied: { n: 0, of: 0 },
});
const waiting = (n: number, medianMs: number) => ({
  wait: { n, medianMs, p90Ms: 2 * medianMs, within: { n, of: n } },
  service: { n, medianMs: 60_000, p90Ms: 60_000 },
});
const station = (id: string, n: number, medianMs: number): StationFigures =>
  ({ station: id, isKnown: true, measures: waiting(n, medianMs) }) as unknown as StationFigures;
const NO_WEEK = Array.from({ length: 7 }, () => new Array<number>(48).fill(0));
const EMPTY: Partial<Breakdown> = { items: [], lines: [], windows: [], stations: [], idleItems: [], idleWindows: [] };
const write = (
  section: WriteSection,
  breakdown: Partial<Breakdown>,
  measures: object,
  more: Partial<ReportInput> = {},
) =>
  section(
    {
      ...{ config, language: 'zh', span: { from: '2019-10-01', to: '2019-10-31' } },
      breakdown: { ...EMPTY, windowUnnamed: 0, ...breakdown },
      measures,
      ...more,
    } as unknown as ReportInput,
    more.language === 'en' ? en : zh,
  );
const tableIn = (blocks: ReturnType<WriteSection>['blocks'], at = 0): Table =>
  blocks.filter((block) => block.type === 'table')[at]!;
const told = ({ rows }: Table): string[][] => rows.map((row) => row.map((value) => tellValue(value, 'zh')));

test('twenty items are listed and the others summed, so that the column is the whole', () => {
  const all = Array.from({ length: 25 }, (_, i) => item(`i${i}`, 50 - i));
  const accepted = all.reduce((sum, one) => sum + one.accepted, 0);
  const { blocks } = write(items, { items: all }, { accepted, finished: accepted });
  const rows = told(tableIn(blocks));
  expect(rows).toHaveLength(22);
  expect(rows[0]).toEqual(['1', '事项i0', '50', '5.3%', '50']);
  expect(rows.slice(-2)).toEqual([
    ['—', '其余5个事项', '140', '14.7%', '140'],
    ['—', '合计', '950', '100%', '950'],
  ]);
  expect(blocks[0]).toEqual({ type: 'sentence', text: '受理的办件涉及25个事项，前20个事项共810件，占85.3%。' });
});

test('of twenty-one the last is listed as well, who is alike shares a place, and what nobody knows is told short', () => {
  const all = [...Array.from({ length: 20 }, (_, i) => item(`i${i}`, 9)), item(`x${'y'.repeat(80)}`, 1)];
  const rows = told(tableIn(write(items, { items: all }, { accepted: 181, finished: 181 }).blocks));
  expect(rows).toHaveLength(22);
  expect(new Set(rows.slice(0, 20).map(([place]) => place))).toEqual(new Set(['1']));
  expect(rows[20]!.slice(0, 3)).toEqual(['21', `x${'y'.repeat(39)}（查不到）`, '1']);
});

test('nobody is ranked by few cases, and it is said from how many on', () => {
  const all = [
    item('i0', 10, { timed: 10, speedUp: { n: 50, of: 100 } }),
    item('i1', 12, { timed: 12, speedUp: { n: 108, of: 120 } }),
    item('i2', 9, { timed: 9, speedUp: { n: 90, of: 90 } }),
    item('i3', 40),
    item('i4', 20, { timed: 20, speedUp: { n: -20, of: 100 } }),
  ];
  const { blocks } = write(speed, { items: all }, { finished: 91, speedUp: { n: 228, of: 410 } });
  expect(told(tableIn(blocks))).toEqual([
    ['1', '事项i1', '12', '120天', '12天', '90%'],
    ['2', '事项i0', '10', '100天', '50天', '50%'],
    ['3', '事项i4', '20', '100天', '120天', '-20%'],
    ['—', '其余1个事项', '9', '90天', '0天', '100%'],
    ['—', '合计', '51', '410天', '182天', '55.6%'],
  ]);
  expect(blocks.at(-1)).toEqual({
    type: 'note',
    text: '办结不足10件的事项不排名，计入“其余”；目录没有写明法定时限的事项不计。',
  });
  const few = write(speed, { items: [all[2]!] }, { finished: 9, speedUp: { n: 90, of: 90 } });
  expect(few.blocks.map((block) => block.type)).toEqual(['sentence', 'note']);
  expect(write(speed, { items: [item('i3', 3)] }, { finished: 3, speedUp: { n: 0, of: 0 } })).toEqual({
    blocks: [],
    missing: ['提速排行：没有写明法定时限的办结。'],
  });
});

test('waits are ranked where several stations call, the longest first; few calls have no place', () => {
  const stations = [station('hall', 30, 60_000), station('meihe', 12, 300_000), station('far', 3, 900_000)];
  const whole = waiting(45, 90_000);
  const { blocks } = write(waits, { stations }, whole);
  expect(told(tableIn(blocks)).map((row) => row.slice(0, 4))).toEqual([
    ['1', '金河社区', '12', '5分'],
    ['2', '街道政务服务大厅', '30', '1分'],
    ['—', 'far（查不到）', '3', '15分'],
    ['—', '合计', '45', '1分30秒'],
  ]);
  expect(blocks[0]).toMatchObject({ text: '金河社区等候最长，中位数5分（叫号12次）。' });
  expect(write(waits, { stations: stations.slice(0, 1) }, whole).blocks).toEqual([]);
  expect(write(waits, { stations }, whole, { station: { id: 'hall', name: '大厅' } }).blocks).toEqual([]);
});

test('windows add up to what was accepted before a member of staff, and their tickets to all that were served', () => {
  const all = [window('hall', 'w1', 5, 10), window('meihe', 'm1', 8, 0), window('hall', 'w2', 0, 2)];
  const measures = { windowCases: 20, tickets: { served: 15 } };
  const { blocks } = write(windows, { windows: all, windowUnnamed: 4 }, measures);
  expect(told(tableIn(blocks)).map((row) => row.slice(0, 5))).toEqual([
    ['1', '金河社区 01号窗', '8', '0', '—'],
    ['2', '大厅 01号窗', '5', '10', '1分30秒'],
    ['3', '大厅 绿色专窗', '0', '2', '1分30秒'],
    ['—', '没有写明窗口', '4', '3', '—'],
    ['—', '上门受理', '3', '0', '—'],
    ['—', '合计', '20', '15', '—'],
  ]);
  const english = write(windows, { windows: all.slice(0, 1) }, measures, { language: 'en' });
  expect(tableIn(english.blocks).rows[0]![1]).toEqual({ type: 'text', text: 'Hall, window 01' });
});

test('零办件 names what the documents of those days have, by line and by station', () => {
  const idleWindows = [{ station: 'hall', window: 'w2', served: 7 }];
  const { blocks } = write(idle, { idleItems: ['i3', 'i7'], idleWindows, windowUnnamed: 2 }, { accepted: 9 });
  expect(blocks.map((block) => ('text' in block ? block.text : told(block as Table)))).toEqual([
    '目录内的30个事项中，有2个本期没有受理。',
    [['民政', '2', '事项i3、事项i7']],
    '在用的3个窗口中，有1个本期没有受理。',
    [['街道政务服务大厅', '1', '绿色专窗（办完7个号）']],
    '另有2件窗口受理没有写明窗口，列出的窗口可能办过其中的件。',
  ]);
  expect(write(idle, { idleItems: ['i3'] }, { accepted: 0 }).blocks).toEqual([]);
});

test('the hours of the week are numbers in every cell, with shades behind them, and empty hours at noon are one row', () => {
  const cases = NO_WEEK.map((day) => [...day]);
  cases[0]![19] = 12;
  cases[2]![19] = 3;
  cases[0]![25] = 6;
  const workingDays = [4, 4, 4, 4, 4, 0, 0];
  const { blocks } = write(rhythm, { rhythm: { workingDays, accepted: cases, windowCases: cases } }, { accepted: 21 });
  expect(blocks[0]).toMatchObject({ text: '窗口受理最集中的是周一 09:30–10:00，共12件，平均每个工作日3件。' });
  const table = tableIn(blocks);
  expect(told(table)).toEqual([
    ['09:30–10:00', '12', '0', '3', '0', '0', '15'],
    ['10:00–12:30', '0', '0', '0', '0', '0', '0'],
    ['12:30–13:00', '6', '0', '0', '0', '0', '6'],
    ['合计', '18', '0', '3', '0', '0', '21'],
    ['工作日（天）', '4', '4', '4', '4', '4', '20'],
    ['日均（件）', '4.5', '0', '0.8', '0', '0', '1.1'],
  ]);
  const shades = table.rows[0]!.map((value) => (value.type === 'number' ? value.shade : undefined));
  expect(shades).toEqual([undefined, 5, undefined, 2, undefined, undefined, undefined]);
  const nothing = { workingDays, accepted: NO_WEEK, windowCases: NO_WEEK };
  expect(write(rhythm, { rhythm: nothing }, { accepted: 3 })).toEqual({
    blocks: [],
    missing: ['受理时段：没有窗口受理。'],
  });
});

test('as plain text a place stands before its name', () => {
  const { blocks } = write(items, { items: [item('i0', 4), item('i1', 2)] }, { accepted: 6, finished: 6 });
  const sections = [{ id: 'items', heading: '事项排行', blocks }];
  const bare = { marks: [], missing: [], colophon: [], language: 'zh', title: '月报', spanName: '10月' };
  const text = toPlainText({ ...bare, sections } as unknown as Report);
  expect(text).toContain('\n1. 事项i0：受理 4，占受理 66.7%，办结 4\n');
  expect(text).toContain('\n合计：受理 6，占受理 100%，办结 6\n');
});
