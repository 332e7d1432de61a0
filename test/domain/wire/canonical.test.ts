// One text for each JSON value, as RFC 8785 prescribes it.
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../domain/wire/canonical.ts';

describe('canonical JSON', () => {
  const cases: [what: string, value: unknown, text: string][] = [
    ['orders members by name, at every depth', { b: 1, a: { d: [], c: {} } }, '{"a":{"c":{},"d":[]},"b":1}'],
    [
      'orders names by UTF-16 code unit, not by code point',
      { '\ufb33': 1, '\u{1f600}': 2, '\u20ac': 3, '1': 4, '\r': 5, '\u0080': 6, ö: 7 },
      '{"\\r":5,"1":4,"\u0080":6,"ö":7,"€":3,"😀":2,"\ufb33":1}',
    ],
    ['orders names that look like numbers as text', { 10: 1, 9: 2, '': 3 }, '{"":3,"10":1,"9":2}'],
    ['keeps the order of arrays', [3, 1, 2], '[3,1,2]'],
    [
      'writes numbers as ECMAScript does',
      [1e30, 4.5, 2e-3, 1e-27, 1e21, JSON.parse('333333333.33333329')],
      '[1e+30,4.5,0.002,1e-27,1e+21,333333333.3333333]',
    ],
    ['writes negative zero as zero', [-0], '[0]'],
    ['escapes only what must be escaped', '€$\u000f\nA\'B"\\\\"/\u007f', '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\u007f"'],
    ['writes the literals', [null, true, false], '[null,true,false]'],
    ['leaves out what is undefined', { a: undefined, b: 1, c: undefined }, '{"b":1}'],
    ['gives a lone surrogate its escape', '\ud800', '"\\ud800"'],
    ['takes a member named __proto__ as any other', JSON.parse('{"__proto__":1,"a":2}'), '{"__proto__":1,"a":2}'],
  ];
  test.each(cases)('%s', (_, value, text) => expect(canonicalJson(value)).toBe(text));

  test.each([Number.NaN, Infinity, -Infinity, undefined, 1n, () => 1, Symbol('s')])('refuses %s', (value) => {
    expect(() => canonicalJson({ nested: [value] })).toThrow(TypeError);
  });
});
