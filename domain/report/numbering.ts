/** How sections are numbered: 一、二、三 in Chinese documents, 1. 2. 3. in English. */
import type { Language } from '../wire/language.ts';

const DIGITS = '一二三四五六七八九';

/** @param index from 0, below 99 */
export function numberSection(index: number, language: Language): string {
  const n = index + 1;
  if (language === 'en') return `${n}. `;
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  const head = tens === 0 ? '' : `${tens === 1 ? '' : DIGITS[tens - 1]}十`;
  return `${head}${ones === 0 ? '' : DIGITS[ones - 1]}、`;
}
