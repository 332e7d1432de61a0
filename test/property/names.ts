/** Other ids for everything in a world: any string that the door lets in may name a case, a station, an event, a sender. */
import fc from 'fast-check';
import { FORBIDDEN_NAMES, isBroken } from '../../domain/events/inspect.ts';
import { ID_LIMIT } from '../../domain/events/schema.ts';

/** What worlds call things before that. `hall` stays: a kind of station bears that name too. */
const PLAIN = [
  ...['c1', 'c2', 'c3', 't1', 't2', 't3/%', 'p1', 'p2', 'w01', 'w02', 'w99', 's1', 's2'],
  ...['meifeng', 'xinge', 'nowhere', 'a/b%2F梅', 'medical', 'plain', 'unknown/%2F100%', '其/他'],
  ...['//a', '//\uffee', '//\u{1f600}', 'e1', 'e2', 'e3', 'e4', 'e5', 'e6'],
];

const isLetIn = (name: string): boolean =>
  name.trim() !== '' && name.length <= ID_LIMIT && !isBroken(name) && !FORBIDDEN_NAMES.includes(name);

/** Of all of Unicode, long and short, and what has meant something to somebody before. */
const name = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
    fc.string({ unit: 'binary', minLength: 90, maxLength: 200 }),
    fc.constantFrom(
      'toString',
      'hasOwnProperty',
      '__proto__ ',
      '~',
      '0',
      '1',
      '%',
      '/',
      '%2F',
      '%252F',
      'case:c1',
      '{"a":1}',
    ),
    fc.constantFrom(
      '\ud7ff',
      '\uffff',
      '\u{10000}',
      '\u0001',
      "'; --",
      '$.x',
      '*',
      'é',
      'e\u0301',
      'x'.repeat(ID_LIMIT),
    ),
  )
  .filter(isLetIn);

export type Rename = <T>(value: T) => T;

/** Mostly nothing is renamed, and where it plays no part what shrinks goes back to that, so that it can be read. */
export const renaming: fc.Arbitrary<Rename> = fc.oneof(
  { withCrossShrink: true },
  { weight: 2, arbitrary: fc.constant<Rename>((value) => value) },
  {
    weight: 1,
    // To make odd names shorter one by one takes gigabytes.
    arbitrary: fc
      .noShrink(fc.uniqueArray(name, { minLength: PLAIN.length, maxLength: PLAIN.length, size: 'max' }))
      .map((names): Rename => {
        const other = new Map(PLAIN.map((plain, i) => [plain, names[i]!]));
        return (value) => renameIn(value, other) as typeof value;
      }),
  },
);

function renameIn(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return names.get(value) ?? value;
  if (Array.isArray(value)) return value.map((one) => renameIn(one, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, renameIn(one, names)]));
}
