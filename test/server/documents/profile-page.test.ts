// docs/profile.md against the schemas that check the documents: every field is named as it is, and every example is taken.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nameLeaver } from '../../../domain/board/topics/stars.ts';
import { dayClosesAt } from '../../../domain/calendar/hall-day.ts';
import { createZone } from '../../../domain/calendar/zone.ts';
import type { Profile } from '../../../domain/profile/profile.ts';
import { poorRatingDays } from '../../../domain/board/topics/followups.ts';
import { readShape, type FieldShape, type Shape } from '../../../domain/settings/shape.ts';
import {
  checkValue,
  DOCUMENT_NAMES,
  DOCUMENT_SCHEMAS,
  type DocumentName,
} from '../../../server/documents/check-document.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/profile.md'), 'utf8');
const sectionOf = (name: DocumentName): string =>
  page.split(/^## /m).find((one) => one.startsWith(`${name}.json\n`)) ?? '';

/** Fields that are alike are written once. */
const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/^stars\.(pacesetter|expert|window)(?=$|\.)/, 'stars.TITLE'],
  [/^reports\.(day|week|month|quarter|year|span)$/, 'reports.KIND'],
];

/** Every field of a shape by its path, such as `stations[].names[].zh`. */
function listFields(shape: Shape, path = ''): (readonly [path: string, field: FieldShape])[] {
  switch (shape.type) {
    case 'record':
      return Object.entries(shape.fields).flatMap(([name, field]) => {
        const own = path === '' ? name : `${path}.${name}`;
        const written = ALIKE.reduce((text, [pattern, word]) => text.replace(pattern, word), own);
        return [[written, field] as const, ...listFields(field, own)];
      });
    case 'list':
      return listFields(shape.of, `${path}[]`);
    case 'map':
    case 'tuple':
    case 'text':
    case 'number':
    case 'flag':
    case 'choice':
      return [];
  }
}

interface Row {
  readonly paths: readonly string[];
  readonly needed: string;
  readonly preset: string;
  readonly meaning: string;
}

function readRows(section: string): Row[] {
  return [...section.matchAll(/^\| (`.+?) *\| (.*?) *\| (.*?) *\| (.+?) *\|$/gm)].map(
    ([, fields, needed, preset, meaning]) => ({
      paths: [...fields!.matchAll(/`(.+?)`/g)].map(([, path]) => path!),
      needed: needed!,
      preset: preset!.replaceAll('`', ''),
      meaning: meaning!,
    }),
  );
}

describe.each(DOCUMENT_NAMES)('%s.json', (name) => {
  const fields = new Map(listFields(readShape(DOCUMENT_SCHEMAS[name])));
  const rows = readRows(sectionOf(name));
  const examples = [...sectionOf(name).matchAll(/```json\n([\s\S]+?)```/g)].map(
    ([, text]) => JSON.parse(text!) as Record<string, unknown>,
  );

  test('every field is named, and no other', () => {
    expect(rows.flatMap(({ paths }) => paths).sort()).toEqual([...fields.keys()].sort());
  });

  test('what must be there and what holds without it are said as they are', () => {
    for (const { paths, needed, preset, meaning } of rows) {
      expect(meaning.length, paths.join()).toBeGreaterThan(2);
      const own = paths.map((path) => fields.get(path)!);
      // Several in one row, of which some must be there, say so in words.
      const isOptional = [...new Set(own.map((field) => field.isOptional === true))];
      expect([paths, needed]).toEqual([
        paths,
        isOptional.length > 1 || needed === '—' ? '—' : isOptional[0] ? 'no' : 'yes',
      ]);
      const presets = own.flatMap((field) => (field.preset === undefined ? [] : [JSON.stringify(field.preset)]));
      // Weights are by title; each is stated at its own place in the product.
      if (paths[0] === 'stars.TITLE.weights') continue;
      if (presets.length > 0) expect([paths, preset]).toEqual([paths, presets[0]]);
    }
  });

  test('the examples are taken: a whole document, or a part laid over the least one', () => {
    const [whole, ...parts] = examples;
    expect(whole).toHaveProperty('version');
    for (const example of [whole!, ...parts.map((part) => ({ ...whole, ...part }))]) {
      const checked = checkValue(name, example);
      expect(checked.ok ? [] : [checked.flaw]).toEqual([]);
    }
  });

  test('no example holds a key that the product would pass over', () => {
    const known = new Set(
      [...listFields(readShape(DOCUMENT_SCHEMAS[name]))].map(([path]) => path.split('.').at(-1)!.replace('[]', '')),
    );
    const free = new Set(['station-unheard', 'social', 'expert', 'day']);
    const keysOf = (value: unknown): string[] =>
      typeof value !== 'object' || value === null
        ? []
        : Array.isArray(value)
          ? value.flatMap(keysOf)
          : Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
    expect(examples.flatMap(keysOf).filter((key) => !known.has(key) && !free.has(key))).toEqual([]);
  });
});

test('defaults that no schema states are those of the product', () => {
  const stated = (path: string) => readRows(page).find(({ paths }) => paths.includes(path))?.preset;
  const zone = createZone('Asia/Shanghai');
  expect(dayClosesAt(zone, '2024-03-01', undefined)).toBe(dayClosesAt(zone, '2024-03-01', stated('closesAt')));
  const least = JSON.parse(/```json\n([\s\S]+?)```/.exec(sectionOf('profile'))![1]!) as Profile;
  expect(String(poorRatingDays(least))).toBe(stated('targets.poorRatingDays'));
  expect(nameLeaver('钱晓明', least)).toBe(
    nameLeaver('钱晓明', { ...least, stars: { leavers: stated('stars.leavers') as 'left' } }),
  );
});
