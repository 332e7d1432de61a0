// A runaway loop and a runaway pattern are broken off, and whatever ends is left alone.
import { expect, test } from 'vitest';
import { runToEnd } from './break-off.ts';

test('what runs away is broken off', () => {
  const loop = () => {
    for (;;);
  };
  expect(() => runToEnd(loop, 50)).toThrow(/timed out/);
  expect(() => runToEnd(() => /^(a+)+$/.test('a'.repeat(60) + 'b'), 50)).toThrow(/timed out/);
});

test('what ends answers, and throws, as it would without', () => {
  expect(runToEnd(() => [1])).toEqual([1]);
  const bug = new TypeError('a bug');
  expect(() =>
    runToEnd(() => {
      throw bug;
    }),
  ).toThrow(bug);
});
