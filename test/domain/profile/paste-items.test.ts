// A pasted sheet of items: every row is an item, or is told by its line and a reason.
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { readItems } from '../../../domain/profile/paste-items.ts';
import { catalogueSchema } from '../../../domain/profile/profile.ts';
import type { SheetRow } from '../../../domain/profile/sheet.ts';

const HEADING = ['事项名称', '编码', '条线', '类型(即办/承诺)', '承诺工作日', '法定工作日', '容缺', '出证'];
const LINES = [{ id: 'medical-insurance', name: '医保' }];
const toRows = (...rows: string[][]): SheetRow[] => rows.map((cells, i) => ({ line: i + 1, cells }));
const read = (...rows: string[][]) => readItems(toRows(HEADING, ...rows), LINES);
const GOOD = ['门诊医疗费用报销', 'A-1', '医保', '承诺', '7', '20', '是', '否'];
const withCell = (at: number, cell: string) => GOOD.map((one, i) => (i === at ? cell : one));

test('a row becomes an item; a line that there is keeps its id, one that there is not is called by its name', () => {
  const { items, lines, flaws } = read(GOOD, ['居住证签注', 'A-2', '户政', '即办件', '', '', '', '√']);
  expect(flaws).toEqual([]);
  expect(items).toEqual([
    {
      name: '门诊医疗费用报销',
      code: 'A-1',
      line: 'medical-insurance',
      kind: 'promised',
      promisedDays: 7,
      statutoryDays: 20,
      deferrable: { days: 5 },
    },
    { name: '居住证签注', code: 'A-2', line: '户政', kind: 'instant', yieldsLicence: true },
  ]);
  expect(lines).toEqual([...LINES, { id: '户政', name: '户政' }]);
});

describe('the heading', () => {
  test('stands in any order, in brackets, blanks, widths and behind a mark of the file', () => {
    const heading = ['类型（即办／承诺）', ' 条线 ', '编码', '\uFEFF事项 名称'];
    const { items, flaws } = readItems(toRows(heading, ['即办', '民政', 'A-1', '高龄津贴']), LINES);
    expect(flaws).toEqual([]);
    expect(items).toEqual([{ name: '高龄津贴', code: 'A-1', line: '民政', kind: 'instant' }]);
  });
  test.each([
    ['lacks columns', ['事项名称', '类型'], ['code no-column', 'line no-column']],
    ['has one twice', [...HEADING, '事项编码'], ['code column-twice']],
    ['is not there', GOOD, ['name no-column', 'code no-column', 'line no-column', 'kind no-column']],
    ['is called like what every object has', ['__proto__', 'toString', '事项名称', '编码', '条线'], ['kind no-column']],
  ])('that %s', (_what, heading, expected) => {
    const { items, flaws } = readItems(toRows([], heading, GOOD), LINES);
    expect(items).toEqual([]);
    expect(flaws.map(({ line, field, reason }) => `${line} ${field} ${reason}`)).toEqual(
      expected.map((one) => `2 ${one}`),
    );
  });
});

describe('a row that means nothing', () => {
  test.each([
    ['no name', withCell(0, ' 　'), 'name', 'required'],
    ['a name too long', withCell(0, '长'.repeat(121)), 'name', 'too-long'],
    ['a telephone in a name', withCell(0, '咨询 13800138000'), 'name', 'identity'],
    ['no code', withCell(1, ''), 'code', 'required'],
    ['a code of every object', withCell(1, '__proto__'), 'code', 'not-allowed'],
    ['the same at full width', withCell(1, '＿＿proto＿＿'), 'code', 'not-allowed'],
    ['a line of every object', withCell(2, 'constructor'), 'line', 'not-allowed'],
    ['an unknown kind', withCell(3, '上报'), 'kind', 'kind'],
    ['a kind of every object', withCell(3, 'toString'), 'kind', 'kind'],
    ['a promise without days', withCell(4, ''), 'promisedDays', 'required'],
    ['days in words', withCell(4, '五天'), 'promisedDays', 'days'],
    ['half a day', withCell(4, '0.5'), 'promisedDays', 'days'],
    ['days without end', withCell(5, '9999'), 'statutoryDays', 'days'],
    ['more than the law', withCell(4, '21'), 'promisedDays', 'beyond-law'],
    ['a doubtful deferral', withCell(6, '也许'), 'deferrable', 'yes-no'],
    ['a doubtful licence', withCell(7, '视情况'), 'licence', 'yes-no'],
  ])('%s', (_what, row, field, reason) => {
    const { items, flaws } = read(GOOD.with(1, 'other'), row);
    expect(items.map(({ code }) => code)).toEqual(['other']);
    expect(flaws).toMatchObject([{ line: 3, field, reason }]);
    expect(JSON.stringify(flaws)).not.toContain('138');
  });
  test('a code that stood before, at another width or in another column’s company', () => {
    expect(read(GOOD, withCell(0, '另一项'), withCell(1, 'Ａ－１')).flaws).toEqual([
      { line: 3, field: 'code', reason: 'twice', value: 'A-1' },
      { line: 4, field: 'code', reason: 'twice', value: 'A-1' },
    ]);
  });
});

test('a thousand rows, empty ones between them', () => {
  const rows = Array.from({ length: 1_000 }, (_, i) => (i % 10 === 9 ? [''] : GOOD.with(1, `A-${i}`)));
  const { items, flaws } = read(...rows);
  expect([items.length, flaws.length]).toEqual([900, 0]);
  expect(read(...Array.from({ length: 5_001 }, (_, i) => GOOD.with(1, `A-${i}`))).flaws).toMatchObject([
    { line: 1, reason: 'too-many' },
  ]);
});

test('whatever is pasted: each row is read or told, and what is read may stand in a catalogue', () => {
  const cell = fc.oneof(fc.string(), fc.constantFrom('', '是', '即办', '承诺', '7', '__proto__', 'toString', '医保'));
  fc.assert(
    fc.property(fc.array(fc.array(cell, { maxLength: 9 }), { maxLength: 12 }), (rows) => {
      const { items, lines, flaws } = read(...rows);
      const filled = rows.filter((row) => row.some((one) => one.replace(/[\uFEFF\u200B\s]/g, '') !== ''));
      expect(items.length + flaws.length).toBe(filled.length);
      expect(v.safeParse(catalogueSchema, { version: 1, lines, items }).success).toBe(true);
    }),
  );
});
