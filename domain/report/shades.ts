/** How dark a cell of a table is drawn: by its number's part of the most, in steps that black print still tells apart. */
import type { Shade, Value } from '../wire/report.ts';

/** Colours from the lightest to the darkest, `RRGGBB`; black text stands on each of them. */
const COLOURS: Readonly<Record<Shade, string>> = {
  1: 'EAF2FD',
  2: 'CFE1FA',
  3: 'ABCBF5',
  4: '83B1EE',
  5: '5B97E5',
};

/** @param most the greatest number of the table; nothing has no shade */
export function shaded(n: number, most: number): Value {
  if (n <= 0 || most <= 0) return { type: 'number', n };
  return { type: 'number', n, shade: Math.min(5, Math.ceil((n / most) * 5)) as Shade };
}

/** The colour behind a value, `RRGGBB`; `undefined` where it has none. */
export function colourOf(value: Value): string | undefined {
  return value.type === 'number' && value.shade !== undefined ? COLOURS[value.shade] : undefined;
}
