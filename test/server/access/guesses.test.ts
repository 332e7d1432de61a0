/** Who is told to wait: only what failed counts, and a screen that repeats one mistake is no guesser. */
import { beforeEach, expect, test } from 'vitest';
import { createGuesses, type Guesses } from '../../../server/access/guesses.ts';

let now: number;
let locked: string[];
let guesses: Guesses;
beforeEach(() => {
  [now, locked] = [1_000, []];
  guesses = createGuesses({
    limit: 3,
    windowMs: 60_000,
    now: () => now,
    addressOf: () => '',
    onLocked: (address) => locked.push(address),
  });
});

test('as many as the limit may fail; then what is new must wait until the minute is over, and that is told once', () => {
  for (const secret of ['a', 'b', 'c']) expect(guesses.count('one', [secret])).toBe(0);
  now += 20_000;
  for (const secret of ['d', 'e', 'd']) expect(guesses.count('one', [secret])).toBe(40_000);
  expect(locked).toEqual(['one']);
  expect(guesses.count('another', ['d'])).toBe(0);
  now += 40_000;
  for (const secret of ['d', 'e', 'f']) expect(guesses.count('one', [secret])).toBe(0);
  expect(guesses.count('one', ['g'])).toBe(60_000);
  expect(locked).toEqual(['one', 'one']);
});

test('one wrong secret is one guess however often it comes, and must wait by itself where it comes all the time', () => {
  for (let i = 0; i < 3; i++) expect(guesses.count('one', ['mistyped'])).toBe(0);
  expect(guesses.count('one', ['mistyped'])).toBe(60_000);
  for (const secret of ['b', 'c']) expect(guesses.count('one', [secret])).toBe(0);
  expect(locked).toEqual([]);
});

test('several secrets of one request are as many guesses, and none is none', () => {
  for (let i = 0; i < 10; i++) expect(guesses.count('one', [])).toBe(0);
  expect(guesses.count('one', ['a', 'b', 'c', 'd'])).toBe(60_000);
});

test('an address and a secret may be called anything', () => {
  for (const name of ['__proto__', 'constructor', 'toString', '']) {
    for (const secret of ['a', 'b', 'c']) expect(guesses.count(name, [`${name}${secret}`])).toBe(0);
    expect(guesses.count(name, [name])).toBe(60_000);
  }
});

test('ten thousand addresses are remembered, and no more', () => {
  for (const secret of ['a', 'b', 'c']) guesses.count('first', [secret]);
  for (let i = 0; i < 9_999; i++) guesses.count(`address ${i}`, ['a']);
  expect(guesses.count('first', ['d'])).toBe(60_000);
  guesses.count('one more', ['a']);
  expect(guesses.count('first', ['d'])).toBe(0);
});
