/** Numbers as prose rounds them: downwards, and saying so. Tables and files keep them exact. */
import type { Language } from '../wire/language.ts';
import { formatCount } from '../measures/numbers.ts';

const TEN_THOUSAND = 10_000;

/**
 * A count in prose: up to 100 as it is; then tens, hundreds and thousands, and from 100,000 ten thousands, always
 * downwards, with 余 or 多 (`more than`) where something was cut off: 964 → 960余, 1,527 → 1,500余, 50,468 → 5万多.
 */
export function roundInProse(n: number, language: Language): string {
  const step = n < 100 ? 1 : n < 1_000 ? 10 : n < TEN_THOUSAND ? 100 : n < 10 * TEN_THOUSAND ? 1_000 : TEN_THOUSAND;
  const least = Math.floor(n / step) * step;
  const isCut = least < n;
  if (language === 'en') return `${isCut ? 'more than ' : ''}${formatCount(least)}`;
  if (least < TEN_THOUSAND) return `${formatCount(least)}${isCut ? '余' : ''}`;
  const tens = least / TEN_THOUSAND;
  // Behind a whole 万 one says 多, behind figures 余.
  return `${Number.isInteger(tens) ? formatCount(tens) : tens.toFixed(1)}万${isCut ? (Number.isInteger(tens) ? '多' : '余') : ''}`;
}
