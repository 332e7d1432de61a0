// Two changes side by side: what touches nothing of the other's is kept of both, and what does is shown, never lost.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogueSchema, profileSchema } from '../../../domain/profile/profile.ts';
import { noticeboardSchema } from '../../../domain/profile/noticeboard.ts';
import { keepMine, mergeChanges } from '../../../domain/settings/merge.ts';
import { placeOf } from '../../../domain/settings/path.ts';
import { isSame, type Value } from '../../../domain/settings/rows.ts';
import { readShape } from '../../../domain/settings/shape.ts';
import { findRoot } from '../../e2e/product.ts';

const RUNS = Number(process.env['HALLPULSE_PROPERTY_RUNS'] ?? 300);
const board = readShape(noticeboardSchema);
const notices = (...list: object[]): Value => ({ version: 1, notices: list as Value[], duty: [], freeServices: [] });

describe('notices, which have no ids', () => {
  const base = notices({ zh: '甲' }, { zh: '乙', until: '2026-01-31' });

  test('one who adds and one who mends are both kept', () => {
    const mine = notices({ zh: '甲' }, { zh: '乙', until: '2026-02-28' });
    const theirs = notices({ zh: '甲' }, { zh: '乙', until: '2026-01-31' }, { zh: '丙' });
    const both = notices({ zh: '甲' }, { zh: '乙', until: '2026-02-28' }, { zh: '丙' });
    expect(mergeChanges(base, mine, theirs, board)).toEqual({ value: both, conflicts: [] });
  });

  test('two who mend different fields of one are both kept', () => {
    const mine = notices({ zh: '甲' }, { zh: '乙', until: '2026-02-28' });
    const theirs = notices({ zh: '甲' }, { zh: '乙', en: 'B', until: '2026-01-31' });
    const both = notices({ zh: '甲' }, { zh: '乙', en: 'B', until: '2026-02-28' });
    expect(mergeChanges(base, mine, theirs, board)).toEqual({ value: both, conflicts: [] });
  });

  test('two who add are both kept, in one order', () => {
    const [mine, theirs] = [
      notices({ zh: '甲' }, { zh: '乙', until: '2026-01-31' }, { zh: '丙' }),
      notices({ zh: '甲' }, { zh: '乙', until: '2026-01-31' }, { zh: '丁' }),
    ];
    const merged = mergeChanges(base, mine, theirs, board);
    expect(merged.conflicts).toEqual([]);
    expect((merged.value as { notices: { zh: string }[] }).notices.map(({ zh }) => zh).sort()).toEqual([
      '丁',
      '丙',
      '乙',
      '甲',
    ]);
    expect(mergeChanges(base, theirs, mine, board)).toEqual(merged);
  });

  test('one who mends what the other takes out is asked', () => {
    const mine = notices({ zh: '甲' }, { zh: '乙', until: '2026-02-28' });
    const theirs = notices({ zh: '甲' });
    const { value, conflicts } = mergeChanges(base, mine, theirs, board);
    expect(value).toEqual(theirs);
    expect(conflicts).toMatchObject([{ mine: { zh: '乙', until: '2026-02-28' }, theirs: undefined }]);
    const chosen = new Map([[placeOf(conflicts[0]!.path), 'mine' as const]]);
    expect(mergeChanges(base, mine, theirs, board, chosen).value).toEqual(mine);
  });

  test('a form that goes on being filled in keeps what is in dispute as it is there, and takes the rest', () => {
    const mine = notices({ zh: '甲', en: 'A' }, { zh: '乙', until: '2026-02-28' });
    const theirs = notices({ zh: '甲', en: 'One' }, { zh: '乙', until: '2026-01-31' }, { zh: '丙' });
    const { value, conflicts } = keepMine(base, mine, theirs, board);
    expect(value).toEqual(notices({ zh: '甲', en: 'A' }, { zh: '乙', until: '2026-02-28' }, { zh: '丙' }));
    expect(conflicts).toMatchObject([{ base: undefined, mine: 'A', theirs: 'One' }]);
  });
});

test('two who change one field choose by field, and the rest of both is kept', () => {
  const shape = readShape(profileSchema);
  const targets = { waitMinutes: 20, serviceMinutes: 30, queue: 8, dueSoonHours: 4, unheardMinutes: 30 };
  const [base, mine, theirs] = [
    { targets },
    { targets: { ...targets, waitMinutes: 15, queue: 6 } },
    { targets: { ...targets, waitMinutes: 10, dueSoonHours: 8 } },
  ];
  const { value, conflicts } = mergeChanges(base, mine, theirs, shape);
  expect(conflicts).toEqual([
    { path: [{ field: 'targets' }, { field: 'waitMinutes' }], base: 20, mine: 15, theirs: 10 },
  ]);
  expect(value).toEqual({ targets: { ...targets, waitMinutes: 10, queue: 6, dueSoonHours: 8 } });
});

test('what the product does not know, and names that every object has, are fields like others', () => {
  const shape = readShape(profileSchema);
  const base = JSON.parse('{"remark":"a","queue":{"prefixes":{"toString":"A"}}}') as Value;
  const mine = JSON.parse('{"remark":"b","queue":{"prefixes":{"toString":"A"}}}') as Value;
  const theirs = JSON.parse('{"remark":"a","queue":{"prefixes":{"toString":"B","constructor":"C"}}}') as Value;
  expect(mergeChanges(base, mine, theirs, shape)).toEqual({
    value: { remark: 'b', queue: { prefixes: { toString: 'B', constructor: 'C' } } },
    conflicts: [],
  });
});

test('thousands of items, changed by two, are merged while somebody waits', () => {
  const shape = readShape(catalogueSchema);
  const item = (i: number) => ({ code: `X-${i}`, name: `第${i}项`, line: 'a', kind: 'instant' });
  const items = Array.from({ length: 4_000 }, (_, i) => item(i));
  const base = { lines: [], items };
  const mine = { lines: [], items: items.map((one, i) => (i % 2 === 0 ? { ...one, name: `${one.name}改` } : one)) };
  const theirs = {
    lines: [],
    items: [...items.map((one, i) => (i % 2 === 1 ? { ...one, difficulty: 2 } : one)), item(4_000)],
  };
  const { value, conflicts } = mergeChanges(base, mine, theirs, shape);
  const merged = (value as unknown as { items: (ReturnType<typeof item> & { difficulty?: number })[] }).items;
  expect(conflicts).toEqual([]);
  expect([merged.length, merged[2], merged[3], merged[4_000]]).toEqual([
    4_001,
    { ...item(2), name: '第2项改' },
    { ...item(3), difficulty: 2 },
    item(4_000),
  ]);
});

/** Rows known by an id, and rows that have none, with fields of words and numbers. */
const shape = readShape(catalogueSchema);
type Item = Record<string, Value>;
const FIELDS = ['name', 'line', 'difficulty'] as const;
const itemOf = (code: string): Item => ({ code, name: `名${code}`, line: 'a', difficulty: 1 });
const CODES = ['a', 'b', 'c', 'd', 'e', 'f'];
type Edit =
  | { readonly what: 'set'; readonly code: string; readonly field: (typeof FIELDS)[number]; readonly to: string }
  | { readonly what: 'remove'; readonly code: string }
  | { readonly what: 'add'; readonly code: string; readonly behind: string };
const apply = (items: readonly Item[], edit: Edit): Item[] => {
  if (edit.what === 'remove') return items.filter(({ code }) => code !== edit.code);
  if (edit.what === 'set')
    return items.map((one) => (one['code'] === edit.code ? { ...one, [edit.field]: edit.to } : one));
  const at = items.findIndex(({ code }) => code === edit.behind) + 1;
  return items.some(({ code }) => code === edit.code)
    ? [...items]
    : [...items.slice(0, at), itemOf(edit.code), ...items.slice(at)];
};
const editOf = (who: string): fc.Arbitrary<Edit> =>
  fc.oneof(
    fc.record({
      what: fc.constant('set' as const),
      code: fc.constantFrom(...CODES),
      field: fc.constantFrom(...FIELDS),
      to: fc.constantFrom(`${who}1`, `${who}2`, 'same'),
    }),
    fc.record({ what: fc.constant('remove' as const), code: fc.constantFrom(...CODES) }),
    fc.record({
      what: fc.constant('add' as const),
      code: fc.constantFrom(`${who}-x`, `${who}-y`, 'both'),
      behind: fc.constantFrom(...CODES, ''),
    }),
  );
const began = CODES.map(itemOf);
const edited = (edits: readonly Edit[]): Value => ({ lines: [], items: edits.reduce(apply, began) as Value[] });
const placeOfEdit = (edit: Edit): string => (edit.what === 'set' ? `${edit.code}.${edit.field}` : edit.code);
const touches = (a: Edit, b: Edit): boolean =>
  placeOfEdit(a) === placeOfEdit(b) ||
  (a.what !== 'set' && b.code === a.code) ||
  (b.what !== 'set' && a.code === b.code);

test('disjoint edits come out as both of them applied, whoever is called mine', () => {
  fc.assert(
    fc.property(fc.array(editOf('m'), { maxLength: 5 }), fc.array(editOf('t'), { maxLength: 5 }), (ours, others) => {
      // A row that is put behind one that the other takes out is nowhere in particular.
      const isLoose = (a: Edit, b: Edit) => a.what === 'add' && b.what !== 'set';
      fc.pre(!ours.some((a) => others.some((b) => touches(a, b) || isLoose(a, b) || isLoose(b, a))));
      const [mine, theirs] = [edited(ours), edited(others)];
      const merged = mergeChanges(edited([]), mine, theirs, shape);
      expect(merged).toEqual({ value: edited([...ours, ...others]), conflicts: [] });
      expect(mergeChanges(edited([]), theirs, mine, shape)).toEqual(merged);
    }),
    { numRuns: RUNS },
  );
});

test('nobody’s edit is lost without a word, and a choice brings back either', () => {
  const find = (value: Value, code: string) => (value as { items: Item[] }).items.find((one) => one['code'] === code);
  fc.assert(
    fc.property(fc.array(editOf('m'), { maxLength: 6 }), fc.array(editOf('t'), { maxLength: 6 }), (ours, others) => {
      const [base, mine, theirs] = [edited([]), edited(ours), edited(others)];
      const { conflicts } = mergeChanges(base, mine, theirs, shape);
      const places = new Set(conflicts.map(({ path }) => placeOf(path)));
      const choices = { mine: new Map([...places].map((place) => [place, 'mine' as const])), theirs: new Map() };
      for (const [side, own] of [
        ['mine', mine],
        ['theirs', theirs],
      ] as const) {
        const { value } = mergeChanges(base, mine, theirs, shape, choices[side]);
        for (const code of new Set([...CODES, 'm-x', 'm-y', 't-x', 't-y', 'both'])) {
          const [was, is, merged] = [base, own, value].map((one) => find(one, code));
          if (is === undefined) {
            if (was !== undefined) expect(merged).toBeUndefined();
            continue;
          }
          for (const field of FIELDS)
            if (!isSame(was?.[field], is[field]))
              expect([code, field, merged?.[field]]).toEqual([code, field, is[field]]);
        }
      }
    }),
    { numRuns: RUNS },
  );
});

test('a document that nobody changed comes out as it is, field by field', () => {
  for (const [name, schema] of Object.entries({ profile: profileSchema, catalogue: catalogueSchema })) {
    const text = readFileSync(join(findRoot(), `data/halls/meilin/${name}.json`), 'utf8');
    const value = JSON.parse(text) as Value;
    const other = { ...(value as object), remark: '新' } as Value;
    expect(JSON.stringify(mergeChanges(value, other, value, readShape(schema)).value)).toBe(JSON.stringify(other));
  }
});
