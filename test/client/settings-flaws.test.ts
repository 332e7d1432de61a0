// What is wrong with a document stays told at its place while rows come, go and move, and is told no more of what was changed.
import { expect, test } from 'vitest';
import { followFlaws } from '../../client/pages/settings/flaws.ts';
import { tellFlaw } from '../../client/pages/settings/tell.ts';
import { settingsLanguages } from '../../client/words/settings.ts';
import { putRows } from '../../domain/settings/put-rows.ts';
import { readShape } from '../../domain/settings/shape.ts';
import { DOCUMENT_SCHEMAS } from '../../server/documents/check-document.ts';

const [a, b, c] = [
  { id: 'a', name: '' },
  { id: 'b', name: '' },
  { id: 'c', name: '丙' },
];
const before = { rows: [a, b, c], top: 0 };
const flaws = [
  { field: 'rows.1.name', code: 'required' },
  { field: 'top', code: 'too-small', limit: 1 },
];
const fieldsAfter = (after: object) => followFlaws(flaws, before as never, after as never).map(({ field }) => field);

test.each<[change: string, after: object, fields: string[]]>([
  ['nothing', before, ['rows.1.name', 'top']],
  ['another field', { ...before, other: 1 }, ['rows.1.name', 'top']],
  ['the field itself', { ...before, top: 2 }, ['rows.1.name']],
  ['a row before it is gone', { ...before, rows: [b, c] }, ['rows.0.name', 'top']],
  ['a row came before it', { ...before, rows: [{ id: 'new' }, a, b, c] }, ['rows.2.name', 'top']],
  ['it moved', { ...before, rows: [b, a, c] }, ['rows.0.name', 'top']],
  ['its row is gone', { ...before, rows: [a, c] }, ['top']],
  ['another field of its row', { ...before, rows: [a, { ...b, short: '乙' }, c] }, ['rows.1.name', 'top']],
  ['its own field of its row', { ...before, rows: [a, { ...b, name: '乙' }, c] }, ['top']],
  ['its row was changed and moved', { ...before, rows: [{ ...b, short: '乙' }, a, c] }, ['top']],
  ['the list is gone', { top: 0 }, ['top']],
])('changed: %s', (_change, after, fields) => expect(fieldsAfter(after)).toEqual(fields));

test('what somebody wrote is told as they wrote it, though a choice is called so too', () => {
  const { settings } = settingsLanguages.zh;
  const shape = readShape(DOCUMENT_SCHEMAS.catalogue);
  const tell = (name: string) =>
    tellFlaw(
      { field: 'items.0.line', code: 'unknown' },
      'catalogue',
      { items: [{ code: 'x', name }] },
      shape,
      settings,
    );
  for (const name of ['day', 'queue', 'toString', '__proto__', '</script>'])
    expect(tell(name)).toContain(`› ${name} ›`);
  const scenes = readShape(DOCUMENT_SCHEMAS.scenes);
  const turn = { field: 'playlist.0.seconds', code: 'too-small', limit: 5 };
  expect(tellFlaw(turn, 'scenes', { playlist: [{ scene: 'overview' }] }, scenes, settings)).toContain('› 总览 ›');
});

test.each<['merge' | 'replace', string[]]>([
  ['merge', ['a', 'b', 'c', '__proto__']],
  ['replace', ['b', '__proto__']],
])('a sheet put among the rows (%s) keeps what it does not tell, and every place', (mode, ids) => {
  const present = [a, { ...b, until: '2026-12-31' }, c];
  const rows = putRows(
    present,
    [
      { id: '__proto__', name: '丁' },
      { id: 'b', name: '乙' },
    ],
    ({ id }) => id,
    mode,
  );
  expect(rows.map(({ id }) => id)).toEqual(ids);
  expect(rows.find(({ id }) => id === 'b')).toEqual({ id: 'b', name: '乙', until: '2026-12-31' });
});
