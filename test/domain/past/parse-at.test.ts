// Which past moment an address asks for, in zones whose clocks are put forward and back.
import { expect, test } from 'vitest';
import { createZone } from '../../../domain/calendar/zone.ts';
import { parseAt } from '../../../domain/past/parse-at.ts';

const NOW = Date.parse('2020-06-01T00:00:00Z');
const shanghai = createZone('Asia/Shanghai');
const amsterdam = createZone('Europe/Amsterdam');

test.each([
  ['2019-06-05T10:30', '2019-06-05T02:30:00Z'],
  ['2019-06-05T10:30:15', '2019-06-05T02:30:15Z'],
  ['2019-06-05T10:30:00Z', '2019-06-05T10:30:00Z'],
  ['2019-06-05T10:30:00+09:00', '2019-06-05T01:30:00Z'],
  ['2019-12-31T23:59:59', '2019-12-31T15:59:59Z'],
])('H5: %s in Shanghai is %s', (text, moment) => {
  expect(parseAt(text, shanghai, NOW)).toBe(Date.parse(moment));
});

test.each([
  [undefined, 'malformed'],
  [['2019-06-05T10:30'], 'malformed'],
  ['', 'malformed'],
  ['2019-06-05', 'malformed'],
  ['2019-06-05 10:30', 'malformed'],
  ['2019-06-05T24:30', 'malformed'],
  ['2019-02-30T10:30', 'malformed'],
  ['2019-13-01T10:30', 'malformed'],
  ['2020-06-01T08:01', 'not-yet'],
])('H5: %s is refused as %s', (text, problem) => {
  expect(parseAt(text, shanghai, NOW)).toBe(problem);
});

test('H5: what the clocks skipped never was, and what they showed twice is the first', () => {
  expect(parseAt('2019-03-31T02:30', amsterdam, NOW)).toBe('skipped');
  expect(parseAt('2019-03-31T01:59', amsterdam, NOW)).toBe(Date.parse('2019-03-31T00:59:00Z'));
  expect(parseAt('2019-03-31T03:00', amsterdam, NOW)).toBe(Date.parse('2019-03-31T01:00:00Z'));
  expect(parseAt('2019-10-27T02:30', amsterdam, NOW)).toBe(Date.parse('2019-10-27T00:30:00Z'));
  expect(parseAt('2019-10-27T02:30:00+01:00', amsterdam, NOW)).toBe(Date.parse('2019-10-27T01:30:00Z'));
});
