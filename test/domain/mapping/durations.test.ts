// Lengths of time as vendors write them.
import { expect, test } from 'vitest';
import { readDuration, type DurationUnit } from '../../../domain/mapping/durations.ts';

test.each<[text: string, unit: DurationUnit, seconds: number]>([
  ['68', 'seconds', 68],
  ['68.5', 'seconds', 68.5],
  ['1:54', 'seconds', 114],
  ['0:01:54', 'seconds', 114],
  ['0:01:54.25', 'seconds', 114.25],
  ['3', 'minutes', 180],
  ['1.5', 'minutes', 90],
  ['1:54', 'minutes', 6_840],
  ['26:00:00', 'minutes', 93_600],
  ['1.5', 'hours', 5_400],
  ['1:30', 'hours', 5_400],
  ['６８', 'seconds', 68],
  ['１：５４', 'seconds', 114],
  ['1分54秒', 'minutes', 114],
  ['2小时', 'seconds', 7_200],
  ['1个小时5分钟', 'minutes', 3_900],
  ['1 h 5 min', 'seconds', 3_900],
  ['45 sec', 'minutes', 45],
])('%s in %s is %d s', (text, unit, seconds) => {
  expect(readDuration(text, unit)).toBe(seconds * 1_000);
});

test.each(['', '-5', '1:60', '1:5', 'an hour', '1,5', '1:02:60', '12小时前'])('%s is none', (text) => {
  expect(readDuration(text, 'minutes')).toBeUndefined();
});
