// Bars of a report: from zero, one for each day or month, and what is not whole is marked as such.
import { expect, test } from 'vitest';
import type { Part, ReportInput } from '../../../domain/report/input.ts';
import { series } from '../../../domain/report/sections/volume.ts';
import { zh } from '../../../domain/report/words/zh.ts';
import { emptyMeasures } from '../measures/empty.ts';

const part = (from: string, to: string, accepted: number, isPart = false): Part => ({
  ...{ span: { from, to }, isPart, measures: { ...emptyMeasures, accepted } },
});
const write = (unit: 'day' | 'month', parts: readonly Part[]) =>
  series({ language: 'zh', series: { unit, parts } } as unknown as ReportInput, zh).blocks[0];

test('values are the figures themselves', () => {
  const parts = [part('2019-10-01', '2019-10-31', 40), part('2019-11-01', '2019-11-30', 50)];
  expect(write('month', parts)).toEqual({
    ...{ type: 'bars', caption: '逐月受理（件）', labels: ['10', '11'], values: [40, 50] },
  });
});

test.each([
  ['month', part('2019-11-01', '2019-11-22', 9, true), '11*'],
  ['day', part('2019-11-25', '2019-11-25', 9, true), '25*'],
] as const)('a %s that is not whole is marked', (unit, last, label) => {
  const bars = write(unit, [part('2019-10-01', '2019-10-31', 40), last]);
  expect(bars).toMatchObject({ labels: [expect.not.stringContaining('*'), label] });
  expect(bars).toMatchObject({ caption: expect.stringContaining('* 为未满或未结束') as string });
});
