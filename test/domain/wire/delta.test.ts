/** Deltas: what is sent is the least that turns one version into the next, and applying it harms nothing else. */
import { crc32 as referenceCrc } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyDelta, diffData } from '../../../domain/wire/delta.ts';
import { crc32, digestData } from '../../../domain/wire/digest.ts';
import type { DeltaSet, Json } from '../../../domain/wire/protocol.ts';

const key = fc.oneof(
  fc.constantFrom('a', 'b', 'a/b', '~', '~1', '', 'toString'),
  fc.string().filter((name) => !['__proto__', 'constructor', 'prototype'].includes(name)),
);
const { json } = fc.letrec<{ json: Json; object: Json; list: Json; leaf: Json }>((tie) => ({
  json: fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('object'), tie('list')),
  object: fc.dictionary(key, tie('json'), { maxKeys: 5, noNullPrototype: true }),
  list: fc.array(tie('json'), { maxLength: 4 }),
  leaf: fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true })),
}));

describe('diffData', () => {
  const rows: [string, Json, Json, DeltaSet][] = [
    ['nothing changed', { a: { b: 1 } }, { a: { b: 1 } }, {}],
    ['a leaf', { a: { b: 1, c: 2 } }, { a: { b: 3, c: 2 } }, { '/a/b': 3 }],
    ['a new branch comes whole', {}, { a: { b: { c: 1 } } }, { '/a': { b: { c: 1 } } }],
    ['what is gone is null', { a: 1, b: { c: 1 } }, { b: {} }, { '/a': null, '/b/c': null }],
    ['arrays come whole', { a: [1, 2, 3] }, { a: [1, 2] }, { '/a': [1, 2] }],
    ['equal arrays are not sent', { a: [{ b: [1] }] }, { a: [{ b: [1] }] }, {}],
    ['an object that becomes a list', { a: {} }, { a: [] }, { '/a': [] }],
    ['escapes of JSON Pointer', { 'a/b': 1, '~1': 1 }, { 'a/b': 2, '~1': 2 }, { '/a~1b': 2, '/~01': 2 }],
    ['a name that objects inherit', {}, { toString: 1 }, { '/toString': 1 }],
    ['the whole, where it is no object', [1], [2], { '': [2] }],
  ];
  it.each(rows)('%s', (_name, previous, next, set) => {
    expect(diffData(previous, next)).toEqual(set);
  });

  it('is what applyDelta needs to reach the next version, with no path a prefix of another', () => {
    fc.assert(
      fc.property(json, json, (previous, next) => {
        const before = JSON.stringify(previous);
        const set = diffData(previous, next);
        expect(applyDelta(previous, set)).toEqual(next);
        expect(JSON.stringify(previous)).toBe(before);
        const paths = Object.keys(set);
        for (const path of paths)
          expect(paths.filter((other) => other !== path && other.startsWith(`${path}/`))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('survives the wire: the set as JSON text says the same', () => {
    fc.assert(
      fc.property(json, json, (previous, next) => {
        const set = JSON.parse(JSON.stringify(diffData(previous, next))) as DeltaSet;
        expect(digestData(applyDelta(previous, set))).toBe(digestData(next));
      }),
    );
  });
});

describe('applyDelta', () => {
  it('shares every branch that no path touches', () => {
    const data = { windows: { w01: { n: 1 }, w02: { n: 2 } }, trend: { usual: [1, 2] } };
    const next = applyDelta(data, { '/windows/w01/n': 5 }) as typeof data;
    expect(next).toEqual({ windows: { w01: { n: 5 }, w02: { n: 2 } }, trend: { usual: [1, 2] } });
    expect(next.trend).toBe(data.trend);
    expect(next.windows.w02).toBe(data.windows.w02);
    expect(data.windows.w01.n).toBe(1);
  });

  const rows: [string, Json, DeltaSet, Json][] = [
    ['an empty set changes nothing', { a: 1 }, {}, { a: 1 }],
    ['taking away what is not there', { a: 1 }, { '/b/c': null }, { a: 1 }],
    ['a path through a missing object makes it', {}, { '/a/b': 1 }, { a: { b: 1 } }],
    ['an empty key', {}, { '/': 1 }, { '': 1 }],
    ['two paths into one branch', { a: {} }, { '/a/b': 1, '/a/c': 2 }, { a: { b: 1, c: 2 } }],
    ['the whole', { a: 1 }, { '': { b: 2 } }, { b: 2 }],
  ];
  it.each(rows)('%s', (_name, data, set, expected) => {
    expect(applyDelta(data, set)).toEqual(expected);
  });

  const polluting = JSON.parse('{"__proto__": {"polluted": true}}') as Json;
  const refused: [string, Json, DeltaSet][] = [
    ['__proto__ in a path', {}, { '/__proto__/polluted': true }],
    ['constructor in a path', {}, { '/constructor/prototype/polluted': true }],
    ['prototype in a path', {}, { '/a/prototype': {} }],
    ['__proto__ in a value', {}, { '/a': polluting }],
    ['__proto__ inside a list', {}, { '/a': [polluting] }],
    ['__proto__ in the whole', {}, { '': polluting }],
    ['a path without its slash', {}, { a: 1 }],
    ['a broken escape', {}, { '/a~2': 1 }],
    ['a path through a list', { a: [1] }, { '/a/0': 2 }],
    ['a path through a number', { a: 1 }, { '/a/b': 2 }],
    ['the whole taken away', { a: 1 }, { '': null }],
  ];
  it.each(refused)('refuses %s and pollutes nothing', (_name, data, set) => {
    expect(() => applyDelta(data, set)).toThrow(RangeError);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('refuses to send what it would refuse to take', () => {
    expect(() => diffData({}, polluting)).toThrow(RangeError);
    expect(() => diffData({ a: 1 }, { a: polluting })).toThrow(RangeError);
  });
});

describe('digest', () => {
  it.each([
    ['', '00000000'],
    ['123456789', 'cbf43926'],
    ['梅林', '8d79dea2'],
  ])('CRC-32 of %j', (text, expected) => {
    expect(crc32(text)).toBe(expected);
    expect(crc32(text)).toMatch(/^[0-9a-f]{8}$/);
  });

  it('agrees with zlib on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(crc32(text)).toBe(referenceCrc(text).toString(16).padStart(8, '0'));
      }),
    );
  });

  it('does not depend on the order of keys', () => {
    expect(digestData({ a: 1, b: [{ c: 1, d: 2 }] })).toBe(digestData({ b: [{ d: 2, c: 1 }], a: 1 }));
    expect(digestData({ a: 1 })).not.toBe(digestData({ a: 2 }));
  });
});
