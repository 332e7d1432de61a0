/** What a number format says of the numbers under it: whether they are dates, times of day, lengths of time, or numbers. Pure. */

export interface CellFormat {
  readonly hasDate: boolean;
  readonly hasTime: boolean;
  /** `[h]`: hours, minutes or seconds that go on counting beyond a day. */
  readonly isElapsed: boolean;
  /** Whether it shows parts of a second. */
  readonly hasFraction: boolean;
}

export const NUMBER: CellFormat = { hasDate: false, hasTime: false, isElapsed: false, hasFraction: false };
const DATE: CellFormat = { ...NUMBER, hasDate: true };
const TIME: CellFormat = { ...NUMBER, hasTime: true };
const EITHER: CellFormat = { ...NUMBER, hasDate: true, hasTime: true };

/**
 * The formats that workbooks name by number alone (ECMA-376 part 1, 18.8.30). Those of East Asia mean a date in one
 * country and a time in another: their values tell which.
 */
const BUILT_IN: ReadonlyMap<number, CellFormat> = new Map([
  ...[14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, DATE] as const),
  ...[18, 19, 20, 21, 32, 33, 45].map((id) => [id, TIME] as const),
  ...[22, 34, 35, 55, 56].map((id) => [id, EITHER] as const),
  [46, { ...TIME, isElapsed: true }],
  [47, { ...TIME, hasFraction: true }],
]);

export function builtInFormat(id: number): CellFormat {
  return BUILT_IN.get(id) ?? NUMBER;
}

/** Texts in quotes, escaped signs, and signs that only take their width or repeat. */
const LITERALS = /"[^"]*"?|\\.|_.|\*./g;
/** WPS writes General in its own words. */
const GENERAL = /general|standard|g\/通用格式|常规/gi;
const ELAPSED = /\[(?:h+|m+|s+)\]/i;
const HALF_DAY = /am\/pm|a\/p|上午\/下午/i;

/** @param code such as `yyyy"年"m"月"d"日";@` or `[$-804]h:mm AM/PM` */
export function readFormat(code: string): CellFormat {
  // What stands behind the first semicolon is of negative numbers, zero and text; the first may show nothing.
  const sections = code.replace(LITERALS, '').split(';');
  const shown = sections.find((section) => section.replace(/\[[^\]]*\]/g, '').trim() !== '' || ELAPSED.test(section));
  return readSection((shown ?? '').replace(GENERAL, ''));
}

function readSection(section: string): CellFormat {
  const isElapsed = ELAPSED.test(section);
  const hasHalfDay = HALF_DAY.test(section);
  const signs = section
    .replace(ELAPSED, (unit) => unit[1]!.toLowerCase())
    .replace(/\[[^\]]*\]/g, '')
    .replace(HALF_DAY, '')
    .toLowerCase();
  const hasFraction = /s[.,]?0/.test(signs);
  // Digits that are counted make a number of it, whatever letters stand beside them: `0 days`, `0.00e+00`.
  const units = /[0#?]/.test(signs.replace(/s[.,]?0+/g, 's'))
    ? []
    : [...signs.matchAll(/[yebg]+|m+|d+|h+|s+|a{3,4}/g)].map(([unit]) => unit);
  // An m beside hours or seconds is of minutes; elsewhere it is a month.
  const isMinute = (at: number): boolean => units[at - 1]?.[0] === 'h' || units[at + 1]?.[0] === 's';
  const isTime = (unit: string, at: number): boolean =>
    unit[0] === 'h' || unit[0] === 's' || (unit[0] === 'm' && (isMinute(at) || (isElapsed && units.length === 1)));
  const hasTime = hasHalfDay || units.some(isTime);
  const hasDate = units.some((unit, at) => !isTime(unit, at));
  return hasTime || hasDate ? { hasDate, hasTime, isElapsed, hasFraction } : NUMBER;
}
