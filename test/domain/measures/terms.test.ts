// The one table of what measures are called: nothing of an answer is without a word, and its page of the documentation is the table.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTerm, TERMS, type Term, type TermId } from '../../../domain/measures/terms.ts';
import { findRoot } from '../../e2e/product.ts';
import { emptyMeasures as empty } from './empty.ts';

const TERM_IDS = Object.keys(TERMS) as TermId[];
/** What stands in an answer beside its measures: where it is from, and what is wrong with it. */
const NO_MEASURES = ['unknown', 'unknownYears', 'uncounted', 'seq'];

test('every value of an answer has its word, and every word a value', () => {
  const paths = Object.entries(empty)
    .filter(([name]) => !NO_MEASURES.includes(name))
    .flatMap(([name, value]) => {
      const isWhole = name in TERMS || typeof value !== 'object' || value === null;
      const inside = isWhole ? [name] : [];
      const fields = typeof value === 'object' && value !== null ? Object.keys(value as object) : [];
      return [...inside, ...fields.map((field) => `${name}.${field}`).filter((path) => !isWhole || path in TERMS)];
    });
  expect(paths.sort()).toEqual([...TERM_IDS].sort());
});

test('a value is what the table says that it is', () => {
  const shapes: Readonly<Record<Term['kind'], (value: unknown) => boolean>> = {
    count: (value) => typeof value === 'number',
    ratio: (value) => Object.keys(value as object).join() === 'n,of',
    share: (value) => value === null || typeof value === 'number',
    spread: (value) => Object.keys(value as object).includes('medianMs'),
    perCase: (value) => Object.keys(value as object).join() === 'sumMs,cases',
    days: (value) => Object.keys(value as object).join() === 'medianDays,n',
  };
  for (const id of TERM_IDS) expect([id, shapes[TERMS[id].kind](readTerm(empty, id))]).toEqual([id, true]);
});

test('no two measures have one name, in either language', () => {
  for (const language of ['zh', 'en'] as const) {
    const names = TERM_IDS.map((id) => TERMS[id].name[language]);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  }
});

test('every rule that the table names stands in the specification', () => {
  const spec = readFileSync(join(findRoot(), 'docs/spec.md'), 'utf8');
  const named = new Set(TERM_IDS.flatMap((id) => TERMS[id].rule.split(' ')));
  expect([...named].filter((rule) => !spec.includes(`- **${rule} `) && !spec.includes(`- **${rule}**`))).toEqual([]);
});

test('the page of the documentation is the table', async () => {
  const rows = TERM_IDS.map((id) => {
    const { name, kind, unit, definition, rule } = TERMS[id];
    return `| \`${id}\` | ${name.zh} | ${name.en} | ${kind === 'count' ? unit.zh : kind} | ${definition.zh} | ${definition.en} | ${rule} |`;
  });
  const page = [
    '# Measures',
    '',
    'What `GET /api/measures` answers, and what brief, reports and walls say by the same words. The table is [domain/measures/terms.ts](../domain/measures/terms.ts); the rules are those of the [specification](spec.md).',
    '',
    '| name in the API | 中文 | English | unit | 口径 | definition | rules |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
  await expect(page).toMatchFileSnapshot(join(findRoot(), 'docs/measures.md'));
});
