import { expect, test } from 'vitest';
import { readNumber } from '../../../domain/mapping/numbers.ts';

test.each<[string, number | undefined, string[]?]>([
  ['3', 3],
  ['-2.50', -2.5],
  ['１２', 12],
  ['1,234', 1_234],
  ['12,345,678.90', 12_345_678.9],
  ['1,23', undefined],
  ['12,34,567', undefined],
  [',123', undefined],
  ['1.234,5', undefined],
  ['12分钟', 12, ['分钟', '分']],
  ['12 分', 12, ['分钟', '分']],
  ['12分钟', undefined],
  ['95%', 95, ['%']],
  ['９５％', 95, ['%']],
  ['￥1,200', 1_200, ['¥']],
  ['¥', undefined, ['¥']],
  ['3人次', undefined, ['人']],
  ['', undefined, ['']],
  ['1e3', undefined],
  ['Infinity', undefined],
  ['toString', undefined, ['toString']],
])('%s is %s', (text, number, units) => {
  expect(readNumber(text, units)).toBe(number);
});
