// What a report says of the books: the stamp, what was silent, and what was corrected with before and after.
import { expect, test } from 'vitest';
import { sumCorrections, type ComparedDay } from '../../../domain/frozen/months.ts';
import type { ReportInput } from '../../../domain/report/input.ts';
import { books } from '../../../domain/report/sections/books.ts';
import { en } from '../../../domain/report/words/en.ts';
import { zh } from '../../../domain/report/words/zh.ts';
import type { FrozenDay } from '../../../domain/wire/frozen.ts';
import type { Block, Table } from '../../../domain/wire/report.ts';

const day: FrozenDay = {
  day: '2019-11-25',
  closing: 9,
  closedAt: 0,
  figures: { accepted: 50 },
  stations: {},
  silentFeeds: [{ fact: 'ratings', source: 'urn:pads' }],
  changes: [
    { name: 'accepted', before: 50, after: 52 },
    { name: 'onTime.of', before: 40, after: 41 },
    { station: 'hall', name: 'accepted', before: 30, after: 32 },
  ],
  corrected: 2,
  isOtherwiseCounted: false,
};
const write = (more: Partial<ReportInput>, language: 'zh' | 'en' = 'zh'): readonly Block[] =>
  books({ language, ...more } as ReportInput, language === 'zh' ? zh : en).blocks;
const frozen = (days: readonly FrozenDay[]) => ({ from: '2019-11-25', to: '2019-11-25', seq: 12, days, notFrozen: [] });

test('a day says its stamp, which feed was silent, and what has been corrected in the whole hall', () => {
  const blocks = write({ reconciled: '差3件', frozen: frozen([day]) });
  expect(blocks.slice(0, 2)).toEqual([
    { type: 'sentence', text: '与其他系统对账：差3件。' },
    { type: 'sentence', text: '2019年11月25日结账时没有收到 urn:pads 的评价数据，相应数字不能当作零。' },
  ]);
  expect(blocks[2]).toMatchObject({
    type: 'table',
    rows: [
      [{ day: '2019-11-25' }, { text: '受理' }, { n: 50 }, { n: 52 }],
      [{ day: '2019-11-25' }, { text: '按时办结率（分母）' }, { n: 40 }, { n: 41 }],
    ],
  });
});

test('in English too, and nothing at all where nothing is to be said', () => {
  expect(write({ reconciled: '1 to explain', frozen: frozen([]) }, 'en')).toEqual([
    { type: 'sentence', text: 'Reconciled with other systems: 1 to explain.' },
  ]);
  expect(write({ frozen: frozen([{ ...day, silentFeeds: [], changes: [] }]) })).toEqual([]);
});

test('of a station what was corrected there, and the feeds that are its own or everybody’s', () => {
  const station = { id: 'hall', name: '大厅' };
  const blocks = write({ station, frozen: frozen([day]) });
  expect(blocks).toMatchObject([{ type: 'sentence' }, { rows: [[{}, { text: '受理' }, { n: 30 }, { n: 32 }]] }]);
  expect(blocks[1]).toMatchObject({ leads: [{ term: 'accepted', from: '2019-11-25', to: '2019-11-25' }] });
  const elsewhere = { ...day, silentFeeds: [{ ...day.silentFeeds[0]!, station: 'meihe' }] };
  expect(write({ station, frozen: frozen([elsewhere]) })).toMatchObject([{ type: 'table' }]);
});

test('what is only counted otherwise by now is told and is no 更正; the other days’ corrections are', () => {
  const otherwise = { ...day, silentFeeds: [], isOtherwiseCounted: true };
  const next = { ...day, day: '2019-11-26', silentFeeds: [] };
  const [note, table, ...rest] = write({ frozen: frozen([otherwise, next]) });
  expect(note).toMatchObject({
    type: 'note',
    text: expect.stringContaining('2019年11月25日结账后，统计规则') as string,
  });
  expect(note).toMatchObject({ text: expect.stringContaining('补报或更正的记录有2条') as string });
  expect(table).toMatchObject({
    type: 'table',
    rows: [
      [{ day: '2019-11-26' }, {}, {}, {}],
      [{ day: '2019-11-26' }, {}, {}, {}],
    ],
  });
  expect(rest).toEqual([]);
  const nothingLate = write({ frozen: frozen([{ ...otherwise, corrected: 0 }]) }, 'en');
  expect(nothingLate).toMatchObject([{ text: expect.stringContaining('nothing came in after the closing') as string }]);
  const station = { id: 'hall', name: '大厅' };
  expect(write({ station, frozen: frozen([otherwise]) })).toMatchObject([
    { type: 'note', text: expect.stringMatching(/1项数字.*不作更正列出。$/) as string },
  ]);
  expect(write({ frozen: frozen([{ ...otherwise, changes: [] }]) })).toEqual([]);
});

test('of a year the months with corrections are summed, before and after, and what is counted otherwise is aside', () => {
  const one = (day: string, before: number, after: number, isOtherwiseCounted = false): ComparedDay => {
    const figures = (accepted: number) => ({ accepted, open: accepted });
    return { day, before: figures(before), after: figures(after), isOtherwiseCounted };
  };
  const days = [
    one('2019-01-30', 50, 52),
    one('2019-01-31', 40, 39),
    one('2019-02-01', 30, 30),
    one('2019-03-01', 20, 21),
    one('2019-03-04', 10, 99, true),
  ];
  const blocks = write({ corrections: sumCorrections(days) });
  const texts = (blocks[0] as Table).rows.map((row) =>
    row.map((cell) => ('text' in cell ? cell.text : 'n' in cell ? cell.n : '')),
  );
  expect(texts).toEqual([
    ['合计', '受理', 3, 140, 142],
    ['2019年1月', '受理', 2, 90, 91],
    ['2019年3月', '受理', 1, 20, 21],
  ]);
  expect(blocks.slice(1)).toMatchObject([
    { text: expect.stringContaining('已结账留存的4天') as string },
    { text: expect.stringContaining('有1天结账后统计规则') as string },
  ]);
  expect(write({ corrections: sumCorrections([]) }, 'en')).toEqual([]);
});

test('of more than a year it says that corrections are not listed', () => {
  expect(write({})).toMatchObject([{ type: 'note', text: expect.stringContaining('超过366天') as string }]);
});

test('of very many corrections the first are listed and the others counted', () => {
  const changes = Array.from({ length: 45 }, (_, i) => ({ name: `services.kind${i}`, before: 0, after: i + 1 }));
  const blocks = write({ frozen: frozen([{ ...day, silentFeeds: [], changes }]) });
  expect(blocks).toMatchObject([{ type: 'table' }, { type: 'note', text: '另有5项变动。' }]);
});
