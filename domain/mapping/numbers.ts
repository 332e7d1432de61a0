/** Numbers as files write them. */

/** `1,234`, `12,345,678.90`: every third digit. */
const GROUPED = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d{1,15})?$/;
const PLAIN = /^[+-]?\d{1,15}(?:\.\d{1,15})?$/;

/**
 * `3`, `2.50`, `1,234`, `１２`; with one of `units` before or behind it: `12分钟`, `￥3`, `95%`, which is 95.
 * @returns undefined where the text is no number: a unit that is not named leaves nobody sure what was counted
 */
export function readNumber(text: string, units: readonly string[] = []): number | undefined {
  let digits = tidy(text);
  const unit = units.map(tidy).find((sign) => sign !== '' && (digits.endsWith(sign) || digits.startsWith(sign)));
  if (unit !== undefined)
    digits = (digits.endsWith(unit) ? digits.slice(0, -unit.length) : digits.slice(unit.length)).trim();
  if (GROUPED.test(digits)) digits = digits.replaceAll(',', '');
  return PLAIN.test(digits) ? Number(digits) : undefined;
}

const tidy = (text: string): string => text.normalize('NFKC').trim();
