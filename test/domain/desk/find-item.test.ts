// Finding an item while typing: by name, code and the initials of its pinyin.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { createZone } from '../../../domain/calendar/zone.ts';
import { buildDeskCatalogue } from '../../../domain/desk/catalogue.ts';
import { findItems, FOUND_LIMIT } from '../../../domain/desk/find-item.ts';
import { layInitials } from '../../../domain/desk/initials.ts';
import { readInitials } from '../../../server/desk/pinyin.ts';
import { readConfig } from '../board/topics/fold-story.ts';

const { items } = buildDeskCatalogue(readConfig(), 'hall', '2026-11-26', readInitials, createZone('Asia/Shanghai'));
const find = (query: string, recent?: readonly string[]) => findItems(items, query, recent);
const names = (query: string, recent?: readonly string[]) => find(query, recent).map(({ item }) => item.name);
const codes = (query: string, recent?: readonly string[]) => find(query, recent).map(({ item }) => item.code);

test('mzbx finds 门诊医疗费用报销, and says which characters it stands for', () => {
  expect(find('mzbx')[0]).toMatchObject({ item: { name: '门诊医疗费用报销' }, marks: [0, 1, 6, 7] });
});

it.each([
  ['门诊', '门诊医疗费用报销', [0, 1]],
  ['报销', '产检报销', [2, 3]],
  ['zybx', '住院报销', [0, 1, 2, 3]],
  ['ZYBX', '住院报销', [0, 1, 2, 3]],
  ['ｚｙｂｘ', '住院报销', [0, 1, 2, 3]],
  [' zy bx ', '住院报销', [0, 1, 2, 3]],
  ['门诊bx', '门诊医疗费用报销', [0, 1, 6, 7]],
  ['门诊报销', '门诊医疗费用报销', [0, 1, 6, 7]],
])('%s finds %s first', (query, name, marks) => {
  expect(find(query)[0]).toMatchObject({ item: { name }, marks });
});

test('a code is found by its beginning, before any name', () => {
  expect(codes('mi-03')).toEqual(['mi-03']);
  expect(codes('MI-0')).toHaveLength(FOUND_LIMIT);
  expect(codes('MI-0')[0]).toBe('mi-01');
  expect(codes('-03')).toEqual([]);
});

test('what begins with the letters stands before what holds them together, and that before what holds them apart', () => {
  const made = (name: string, initials: string) => ({ code: name, name, initials });
  const list = [made('丙甲丁乙', 'xaxb'), made('丙甲乙', 'xab'), made('甲乙丙', 'abx')];
  expect(findItems(list, 'ab').map(({ item }) => item.name)).toEqual(['甲乙丙', '丙甲乙', '丙甲丁乙']);
});

test('one’s own recent items come first, the latest before the others, where they match at all', () => {
  const [first, second] = codes('bx').toReversed() as [string, string];
  expect(codes('bx', [second, first]).slice(0, 2)).toEqual([second, first]);
  expect(codes('bx', ['fp-06'])).not.toContain('fp-06');
  expect(codes('', ['mi-05', 'mi-02']).slice(0, 2)).toEqual(['mi-05', 'mi-02']);
  // One that the catalogue has no longer.
  expect(codes('zybx', ['gone'])[0]).toBe('mi-04');
});

test('digits are looked for in codes and names, never in letters', () => {
  const list = [
    { code: '7', name: '甲', initials: '12' },
    { code: '12-3', name: '乙', initials: 'y' },
    { code: 'x', name: '满12周岁', initials: 'm  zs' },
  ];
  expect(findItems(list, '12').map(({ item, marks }) => [item.code, marks])).toEqual([
    ['12-3', []],
    ['x', [1, 2]],
  ]);
});

describe('letters', () => {
  test.each([
    ['银行行政许可', undefined, 'yhxzxk'],
    ['重大疾病', undefined, 'zdjb'],
    ['A类(12)证 明', undefined, 'al    z m'],
    ['生育登记(一孩、二孩)', 'sydjyheh', 'sydj yh eh '],
    ['少儿医保', 'SEYB', 'seyb'],
    // The hall's own reading goes before the table's.
    ['长乐', 'zl', 'zl'],
    ['', undefined, ''],
  ])('of %s, written %s, are %s', (name, own, initials) => {
    expect(readInitials(name, own)).toEqual({ initials });
  });

  test('that are fewer than the characters find the item still, without marks', () => {
    const made = { code: 'x', name: '生育登记(一孩、二孩)', ...readInitials('生育登记(一孩、二孩)', 'sydj') };
    expect(made).toMatchObject({ initials: 'sydj yh eh ', alias: 'sydj' });
    const known = { code: 'y', name: '甲乙', ...layInitials('甲乙', 'qrst', []) };
    expect(findItems([known], 'qr')).toEqual([{ item: known, marks: [] }]);
  });

  test('lie under every character of every item', () => {
    for (const { name, initials } of items) expect([...initials]).toHaveLength([...name].length);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.option(fc.string(), { nil: undefined }), (name, own) => {
        expect(readInitials(name, own).initials).toMatch(/^[a-z ]*$/);
        expect([...readInitials(name, own).initials]).toHaveLength([...name].length);
      }),
    );
  });
});

test('whatever is typed: at most eight, each once, the same each time, and marks that lie in the name', () => {
  const query = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'x'.repeat(1_000), '"\'', '。', '\ud842', 'b'));
  fc.assert(
    fc.property(query, fc.array(fc.constantFrom(...items.map(({ code }) => code), '__proto__')), (typed, recent) => {
      const found = find(typed, recent);
      expect(found.length).toBeLessThanOrEqual(FOUND_LIMIT);
      expect(new Set(found.map(({ item }) => item.code)).size).toBe(found.length);
      expect(findItems(items.toReversed(), typed, recent)).toEqual(found);
      for (const { item, marks } of found) {
        expect(marks).toEqual([...new Set(marks)].sort((a, b) => a - b));
        for (const mark of marks) expect([...item.name][mark]).toBeDefined();
      }
    }),
  );
});

test('a part of any name finds it, or eight others that fit as well', () => {
  for (const { code, name } of items)
    for (const part of [name, name.slice(0, 4)]) {
      const found = codes(part);
      expect(found.includes(code) || found.length === FOUND_LIMIT).toBe(true);
    }
  expect(names('住院报销')[0]).toBe('住院报销');
});
