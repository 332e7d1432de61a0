// A pasted roster: every row is one of the staff, or is told by its line and a reason, without repeating an identity.
import { describe, expect, test } from 'vitest';
import { readStaff } from '../../../domain/profile/paste-staff.ts';
import type { SheetRow } from '../../../domain/profile/sheet.ts';
import { profile } from '../board/topics/story.ts';

const HEADING = ['工号', '姓名', '站点', '岗位'];
const toRows = (...rows: string[][]): SheetRow[] => rows.map((cells, i) => ({ line: i + 1, cells }));
const read = (...rows: string[][]) => readStaff(toRows(HEADING, ...rows), profile.stations);
const GOOD = ['h01', '何叶', '梅丰社区', '站长'];

test.each([['梅丰社区'], ['梅丰'], ['meifeng'], [' 梅丰社区　']])('a station is found by %s', (station) => {
  expect(read(GOOD.with(2, station))).toEqual({
    staff: [{ id: 'h01', name: '何叶', station: 'meifeng', role: '站长' }],
    flaws: [],
  });
});

test('by an earlier name too, and by none that two stations bear', () => {
  expect(read(GOOD.with(2, '金河社区')).staff).toMatchObject([{ station: 'meihe' }]);
  const twice = profile.stations.map((one) => ({ ...one, short: '同名' }));
  expect(readStaff(toRows(HEADING, GOOD.with(2, '同名')), twice).flaws).toMatchObject([{ reason: 'no-station' }]);
});

describe('a row that means nobody', () => {
  test.each([
    ['no id', GOOD.with(0, ''), 'id', 'required'],
    ['an id of every object', GOOD.with(0, '__proto__'), 'id', 'not-allowed'],
    ['an id with a slash', GOOD.with(0, 'h/1'), 'id', 'not-allowed'],
    ['a telephone for an id', GOOD.with(0, '13800138000'), 'id', 'identity'],
    ['no name', GOOD.with(1, ' '), 'name', 'required'],
    ['a telephone for a name', GOOD.with(1, '13800138000'), 'name', 'identity'],
    ['a telephone behind a name', GOOD.with(1, '何叶 138 0013 8000'), 'name', 'identity'],
    ['a name too long', GOOD.with(1, '何'.repeat(41)), 'name', 'not-allowed'],
    ['a station of every object', GOOD.with(2, 'toString'), 'station', 'no-station'],
    ['a telephone for a post', GOOD.with(3, '13800138000'), 'role', 'identity'],
  ])('%s', (_what, row, field, reason) => {
    const { staff, flaws } = read(row, GOOD.with(0, 'h02'));
    expect(staff.map(({ id }) => id)).toEqual(['h02']);
    expect(flaws).toMatchObject([{ line: 2, field, reason }]);
    expect(JSON.stringify(flaws)).not.toContain('138');
  });
  test('an id that stood before', () => {
    expect(read(GOOD, GOOD.with(1, '何花')).flaws).toEqual([{ line: 3, field: 'id', reason: 'twice', value: 'h01' }]);
  });
});
