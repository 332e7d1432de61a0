// Whether writing can be read is geometry; each row can be checked with a ruler and a calculator.
import { describe, expect, it } from 'vitest';
import {
  findReach,
  judgeAngle,
  LEAST_ANGLE,
  measureAngle,
  parseDistance,
  RECOMMENDED_ANGLE,
} from '../../../../client/pages/self-test/legibility.ts';

const hd = { inches: 75, metres: 6, widthPx: 1920, heightPx: 1080 };

describe('measureAngle', () => {
  it('sees a metre at 3438 metres under one minute of arc, which is how a minute is defined', () => {
    // 1 inch of diagonal over 25.4 pixels of diagonal: one pixel is one millimetre.
    const metric = { inches: 1, widthPx: 25.4, heightPx: 0 };
    expect(measureAngle(1000, { ...metric, metres: (180 * 60) / Math.PI })).toBeCloseTo(1, 6);
    expect(measureAngle(2, { ...metric, metres: 0.001 })).toBeCloseTo(90 * 60, 6);
  });
  it('knows that 16 px on a 75-inch screen at 6 m is under half of what is recommended', () => {
    expect(measureAngle(16, hd)).toBeGreaterThan(7.5);
    expect(measureAngle(16, hd)).toBeLessThan(RECOMMENDED_ANGLE / 2);
  });
  it.each([
    ['twice as near', { ...hd, metres: 3 }],
    ['twice as large', { ...hd, inches: 150 }],
    ['with half the pixels', { ...hd, widthPx: 960, heightPx: 540 }],
  ])('doubles %s', (_name, viewing) => {
    expect(measureAngle(20, viewing) / measureAngle(20, hd)).toBeCloseTo(2, 4);
  });
});

it.each([10, LEAST_ANGLE, RECOMMENDED_ANGLE, 60])('findReach undoes measureAngle at %d minutes', (angle) => {
  const metres = findReach(28, hd, angle);
  expect(measureAngle(28, { ...hd, metres })).toBeCloseTo(angle, 6);
});

it.each([
  [15.99, 'small'],
  [16, 'least'],
  [19.99, 'least'],
  [20, 'recommended'],
  [60, 'recommended'],
])('judgeAngle(%d) is %s', (angle, judgement) => {
  expect(judgeAngle(angle)).toBe(judgement);
});

it.each([
  ['', { inches: 75, metres: 6 }],
  ['inches=98&distance=4.5', { inches: 98, metres: 4.5 }],
  ['inches=0&distance=-1', { inches: 75, metres: 6 }],
  ['inches=&distance=far', { inches: 75, metres: 6 }],
])('parseDistance(%j)', (query, expected) => {
  expect(parseDistance(new URLSearchParams(query))).toEqual(expected);
});
