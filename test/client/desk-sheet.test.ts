// The staff's pages keep their contrast, on paper and in the dark.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contrast, parseColour } from './colour.ts';

const sheet = readFileSync(join(import.meta.dirname, '../../client/ui/desk.css'), 'utf8');
const [paper = '', dark = ''] = sheet.split('@media (prefers-color-scheme: dark)');
const read = (text: string) =>
  Object.fromEntries([...text.matchAll(/--([\w-]+): (#[0-9a-f]+);/g)].map(([, name, value]) => [name!, value!]));

/** What is read on what. */
const TEXT: readonly (readonly [string, readonly string[]])[] = [
  ['ink', ['ground', 'card', 'tile', 'accent-soft', 'good-soft', 'warning-soft', 'trouble-soft']],
  ['soft', ['ground', 'card', 'tile', 'accent-soft']],
  ['accent-ink', ['accent']],
  ['accent-text', ['ground', 'card', 'tile', 'accent-soft']],
  ['good-text', ['ground', 'card', 'tile', 'good-soft']],
  ['warning-ink', ['warning-fill']],
  ['warning-text', ['ground', 'card', 'tile', 'warning-soft']],
  ['trouble-ink', ['trouble']],
  ['trouble-text', ['ground', 'card', 'tile', 'trouble-soft']],
  ['strong-ink', ['strong']],
  ['line-text', ['card', 'tile']],
];
/** What bounds a field or marks a state, and the ring around what has the focus. */
const MARKS: typeof TEXT = [
  ['line', ['ground', 'card', 'tile']],
  ['accent', ['card', 'tile']],
  ['accent-text', ['ground', 'card', 'tile', 'accent-soft']],
  ['good', ['card', 'tile']],
  ['trouble', ['card', 'tile']],
];
const pairs = (list: typeof TEXT) => list.flatMap(([ink, grounds]) => grounds.map((ground) => [ink, ground] as const));

describe.each([
  ['on paper', read(paper)],
  ['in the dark', read(dark)],
])('%s', (_name, colours) => {
  const ratio = (one: string, other: string) => contrast(parseColour(colours[one]!), parseColour(colours[other]!));

  it('every colour is named', () => {
    expect(Object.keys(colours).sort()).toEqual(Object.keys(read(paper)).sort());
  });
  it.each(pairs(TEXT))('text %s on %s has 4.5:1', (ink, ground) => {
    expect(ratio(ink, ground)).toBeGreaterThanOrEqual(4.5);
  });
  it.each(pairs(MARKS))('%s on %s has 3:1', (mark, ground) => {
    expect(ratio(mark, ground)).toBeGreaterThanOrEqual(3);
  });
});
