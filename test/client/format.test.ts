/** How numbers are written: nothing rounds a day into perfection. */
import { describe, expect, it } from 'vitest';
import { formatCount, formatShare, formatWholeShare } from '../../domain/measures/numbers.ts';
import { formatClock, formatMinute } from '../../domain/calendar/written.ts';
import { spell } from '../../client/words/zh/spell.ts';
import { zh } from '../../client/words/wall.ts';
import { createZone } from '../../domain/calendar/zone.ts';
import { NOW } from './fixture-overview.ts';

describe('format', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [12_345, '12,345'],
    [1_234_567, '1,234,567'],
  ])('count %d', (n, expected) => expect(formatCount(n)).toBe(expected));

  it.each([
    [26, 27, '96.3', '96'],
    [27, 27, '100', '100'],
    [99_999, 100_000, '99.9', '99'],
    [0, 5, '0', '0'],
    [1, 10_000, '0.1', '1'],
    [1, 2, '50', '50'],
    [-1, 10_000, '-0.1', '-1'],
    [-5, 2, '-250', '-250'],
    [0, 0, undefined, undefined],
  ])('share %d of %d', (n, of, tenths, whole) => {
    expect(formatShare({ n, of })).toBe(tenths);
    expect(formatWholeShare({ n, of })).toBe(whole);
  });

  it('clock', () => {
    expect(formatMinute(5)).toBe('00:05');
    expect(formatClock(createZone('Asia/Shanghai'), NOW)).toBe('10:42');
  });

  it.each([
    [0, '0分'],
    [45, '45分'],
    [60, '1小时'],
    [220, '3小时40分'],
    [1440, '1天'],
    [1440 + 125, '1天2小时'],
  ])('%d minutes are %s', (minutes, expected) => expect(spell(minutes)).toBe(expected));

  it.each([
    [0, 0, '剩0分'],
    [0, 220, '剩3小时40分'],
    [1, 0, '剩1个工作日'],
    [2, 65, '剩2个工作日1小时'],
  ])('%d working days and %d minutes are %s', (days, minutes, expected) =>
    expect(zh.followups.left(zh.followups.join(zh.workTime(days, minutes)))).toBe(expected),
  );
});
