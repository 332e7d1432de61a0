/** Views that are built anew and say the same are the same: a page touches only what changed. */
import { expect, test } from 'vitest';
import { reuse } from '../../client/ui/reuse.ts';
import { countTens } from './drawn.svelte.ts';

const build = () => ({
  title: '窗口',
  rows: [
    { key: 'w01', text: '3 分钟', parts: [1, 2] },
    { key: 'w02', text: '空闲', parts: [] as number[] },
  ],
  none: undefined,
});

test('a view that says the same is the very same object', () => {
  const first = build();
  expect(reuse(first, build())).toBe(first);
});

test('what changed is new, and all the rest is what it was', () => {
  const first = build();
  const changed = { ...build(), rows: [build().rows[0]!, { key: 'w02', text: '1 分钟', parts: [] }] };
  const next = reuse(first, changed) as typeof first;
  expect(next).toEqual(changed);
  expect(next).not.toBe(first);
  expect(next.rows[0]).toBe(first.rows[0]);
  expect(next.rows[1]).not.toBe(first.rows[1]);
  // And the first view is as it was handed out.
  expect(first).toEqual(build());
});

test.each([
  ['a row more', [1, 2], [1, 2, 3]],
  ['a row fewer', [1, 2, 3], [1, 2]],
  ['another order', [{ a: 1 }, { a: 2 }], [{ a: 2 }, { a: 1 }]],
  ['a key more', { a: 1 }, { a: 1, b: undefined }],
  ['a key fewer', { a: 1, b: undefined }, { a: 1 }],
  ['another key', { a: undefined }, { b: undefined }],
  ['a list for an object', { 0: 1 }, [1]],
  ['nothing for something', { a: 1 }, undefined],
  ['something for nothing', undefined, { a: 1 }],
  ['zero for minus zero', [-0], [0]],
])('%s is noticed', (_name, previous, next) => {
  const kept = reuse(previous, next);
  expect(kept).toEqual(next);
  expect(kept).not.toBe(previous);
});

test('what is no plain object is taken as it comes', () => {
  const [one, other] = [new Date(0), new Date(0)];
  expect(reuse({ at: one }, { at: other })).toEqual({ at: other });
  expect((reuse({ at: one }, { at: other }) as { at: Date }).at).toBe(other);
});

/** What was changed is told of in the next microtask. */
const drawnOnce = () => new Promise((resolve) => setTimeout(resolve));

test('who reads a part of a view is told when that says something else, and only then', async () => {
  const { set, drawn, stop } = countTens(10);
  await drawnOnce();
  for (const n of [12, 14, 14, 24, 20]) {
    set(n);
    await drawnOnce();
  }
  expect(drawn).toEqual(['1', '2']);
  stop();
});
