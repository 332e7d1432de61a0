// How prose rounds, how values are told, and how sections are numbered.
import { expect, test } from 'vitest';
import { numberSection } from '../../../domain/report/numbering.ts';
import { roundInProse } from '../../../domain/report/prose.ts';
import { tellDuration, tellPart, tellValue } from '../../../domain/report/tell.ts';

test.each([
  [0, '0', '0'],
  [69, '69', '69'],
  [100, '100', '100'],
  [964, '960余', 'more than 960'],
  [1_000, '1,000', '1,000'],
  [1_527, '1,500余', 'more than 1,500'],
  [9_999, '9,900余', 'more than 9,900'],
  [10_000, '1万', '10,000'],
  [50_468, '5万多', 'more than 50,000'],
  [53_210, '5.3万余', 'more than 53,000'],
  [99_999, '9.9万余', 'more than 99,000'],
  [120_000, '12万', '120,000'],
  [129_999, '12万多', 'more than 120,000'],
  [12_345_678, '1,234万多', 'more than 12,340,000'],
])('%i in prose is %s', (n, zh, en) => {
  expect([roundInProse(n, 'zh'), roundInProse(n, 'en')]).toEqual([zh, en]);
});

test.each([
  [0.99973, '99.9'],
  [0.9999999, '99.9'],
  [1, '100'],
  [0.875, '87.5'],
])('a lower bound of %d is told as %s, never upwards', (part, text) => {
  expect(tellPart(part)).toBe(text);
});

test.each([
  [231_000, '3分51秒', '3 min 51 s'],
  [60_000, '1分', '1 min'],
  [4_200, '4秒', '4 s'],
  [0, '0秒', '0 s'],
])('%i ms are %s', (ms, zh, en) => {
  expect([tellDuration(ms, 'zh'), tellDuration(ms, 'en')]).toEqual([zh, en]);
});

test('a share stands with both of its sums, is never rounded into a whole, and is blank over nothing', () => {
  expect(tellValue({ type: 'share', n: 9_999, of: 10_000 }, 'zh')).toBe('99.9%（9,999/10,000）');
  expect(tellValue({ type: 'share', n: 1, of: 9_000 }, 'en')).toBe('0.1% (1/9,000)');
  expect(tellValue({ type: 'share', n: 0, of: 0 }, 'zh')).toBe('—');
  expect(tellValue({ type: 'number', n: -1_234 }, 'zh')).toBe('−1,234');
});

test.each([
  [0, '一、'],
  [9, '十、'],
  [10, '十一、'],
  [19, '二十、'],
  [20, '二十一、'],
])('section %i is %s', (index, text) => {
  expect(numberSection(index, 'zh')).toBe(text);
  expect(numberSection(index, 'en')).toBe(`${index + 1}. `);
});
