// Whether writing can be read is geometry; each row can be checked with a ruler and a calculator.
import { describe, expect, it } from 'vitest';
import {
  judgeSigns,
  measureAngle,
  parseDistance,
  usualInches,
  writeDistance,
} from '../../../../client/pages/self-test/legibility.ts';
import type { Sign } from '../../../../client/pages/self-test/signs.ts';

const hd = { inches: 75, metres: 6, widthPx: 1920, heightPx: 1080 };

describe('measureAngle', () => {
  it('sees a metre at 3438 metres under one minute of arc, which is how a minute is defined', () => {
    // 1 inch of diagonal over 25.4 pixels of diagonal: one pixel is one millimetre.
    const metric = { inches: 1, widthPx: 25.4, heightPx: 0 };
    expect(measureAngle(1000, { ...metric, metres: (180 * 60) / Math.PI })).toBeCloseTo(1, 6);
    expect(measureAngle(2, { ...metric, metres: 0.001 })).toBeCloseTo(90 * 60, 6);
  });
  it('knows that 16 px on a 75-inch screen at 6 m is under half of the 20 minutes that are recommended', () => {
    expect(measureAngle(16, hd)).toBeGreaterThan(7.5);
    expect(measureAngle(16, hd)).toBeLessThan(10);
  });
  it.each([
    ['twice as near', { ...hd, metres: 3 }],
    ['twice as large', { ...hd, inches: 150 }],
    ['with half the pixels', { ...hd, widthPx: 960, heightPx: 540 }],
  ])('doubles %s', (_name, viewing) => {
    expect(measureAngle(20, viewing) / measureAngle(20, hd)).toBeCloseTo(2, 4);
  });
});

describe('judgeSigns', () => {
  // On this screen a sign of 2.0199 px has a minute of arc.
  const sign = (angle: number, isFar = false): Sign => ({
    text: String(angle),
    heightPx: angle * 2.0199,
    isFar,
    place: '',
  });
  it.each<[string, Sign[], number, boolean]>([
    ['all reach what they must', [sign(16.1, true), sign(12.1)], 12, true],
    ['one of the rest is too small', [sign(16.1, true), sign(30), sign(11.9)], 12, false],
    ['what is read from afar is too small, however large the rest', [sign(15.9, true), sign(40)], 10, false],
    ['a scene may have nothing from afar', [sign(10.1)], 10, true],
    ['a page without any writing was not read', [], 10, false],
  ])('%s', (_name, signs, least, isLegible) => {
    expect(judgeSigns(signs, hd, least).isLegible).toBe(isLegible);
  });
  it('names the lowest of each kind', () => {
    const { far, rest } = judgeSigns([sign(20, true), sign(17, true), sign(13), sign(14)], hd, 12);
    expect([far?.text, rest?.text]).toEqual(['17', '13']);
    expect(far?.angle).toBeCloseTo(17, 1);
  });
});

it.each([
  ['a screen', { width: 1920, height: 1080 }, 75],
  ['one of four times the pixels', { width: 3840, height: 2160 }, 75],
  ['one that stands upright', { width: 1080, height: 1920 }, 75],
  ['three beside one another: their height is a 75-inch screen’s', { width: 5760, height: 1080 }, 200],
])('usualInches of %s', (_name, size, inches) => {
  expect(usualInches(size)).toBe(inches);
});

it('what was said of a screen stays with it', () => {
  const said = { inches: 98, metres: 4.5 };
  expect(parseDistance(new URLSearchParams(), writeDistance(said), 75)).toEqual(said);
  expect(parseDistance(new URLSearchParams('distance=8'), writeDistance(said), 75)).toEqual({ inches: 98, metres: 8 });
});

it.each([
  ['', { inches: 75, metres: 6 }],
  ['inches=98&distance=4.5', { inches: 98, metres: 4.5 }],
  ['inches=0&distance=-1', { inches: 75, metres: 6 }],
  ['inches=&distance=far', { inches: 75, metres: 6 }],
])('parseDistance(%j)', (query, expected) => {
  expect(parseDistance(new URLSearchParams(query), null, 75)).toEqual(expected);
});
