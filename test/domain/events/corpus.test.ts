/**
 * The rates of the identity check over three corpora of texts. Two were written by people who had not read the code, and
 * have been read since: what they are held to says that nothing is lost again, not how often a new text gets through.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { identityInText } from '../../../domain/events/identity.ts';

interface Entry {
  readonly kind: 'number' | 'name' | 'clean';
  readonly text: string;
  readonly note?: string;
}

const read = (name: string): Entry[] =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'corpus', `${name}.json`), 'utf8')) as Entry[];
const corpora = {
  blind: read('blind'),
  own: read('own'),
  'written blind, then read': read('blind-then-read'),
};
const all = Object.values(corpora).flat();

const kindOf = (text: string) => identityInText(text, 'full');
const of = (entries: readonly Entry[], kind: Entry['kind']) => entries.filter((entry) => entry.kind === kind);
const texts = (entries: readonly Entry[]) => entries.map(({ text }) => text);

test('there are at least 500 texts each way', () => {
  expect(of(all, 'number').length + of(all, 'name').length).toBeGreaterThanOrEqual(500);
  expect(of(all, 'clean').length).toBeGreaterThanOrEqual(500);
});

describe.each(Object.entries(corpora))('in the corpus %s', (_, entries) => {
  test('no number is missed, nor taken for a mere name', () => {
    const missed = of(entries, 'number').filter(
      ({ text }) => !['identity-number', 'telephone'].includes(kindOf(text)!),
    );
    expect(texts(missed)).toEqual([]);
  });

  test('at most 5 % of the names are missed', () => {
    const names = of(entries, 'name');
    const missed = names.filter(({ text }) => kindOf(text) === undefined);
    expect(missed.length / names.length, texts(missed).join('\n')).toBeLessThanOrEqual(0.05);
  });

  test('at most 1 % of what is clean is refused', () => {
    const clean = of(entries, 'clean');
    const refused = clean.filter(({ text }) => kindOf(text) !== undefined);
    expect(refused.length / clean.length, texts(refused).join('\n')).toBeLessThanOrEqual(0.01);
  });
});
