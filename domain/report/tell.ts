/** A value of a report in words, the same on the page, in a document and in a text. */
import type { Ratio } from '../board/topics/data.ts';
import type { Language } from '../wire/language.ts';
import { formatCount, formatShare } from '../measures/numbers.ts';
import type { Measures } from '../measures/measures.ts';
import { readTerm, TERMS, type TermId } from '../measures/terms.ts';
import type { Value } from '../wire/report.ts';

export const NONE: Value = { type: 'none' };

export function tellValue(value: Value, language: Language): string {
  switch (value.type) {
    case 'text':
    case 'change':
      return value.text;
    case 'number':
      return tellNumber(value.n);
    case 'share':
      if (value.of === 0) return '—';
      return value.apart ? `${formatShare(value)!}%` : `${formatShare(value)!}%${around(language, tellSums(value))}`;
    case 'part':
      return `${tellPart(value.part)}%`;
    case 'date':
      return value.day;
    case 'duration':
      return tellDuration(value.ms, language);
    case 'days':
      return language === 'zh' ? `${tellDays(value.days)}天` : `${tellDays(value.days)} d`;
    case 'none':
      return '—';
  }
}

/** Both sums of a share: 3/4, and where they are of days 45.5/50. */
export function tellSums({ n, of }: Ratio): string {
  return `${tellSum(n)}/${tellSum(of)}`;
}

function tellSum(n: number): string {
  const tenths = Math.round(Math.abs(n) * 10);
  const told = `${formatCount(Math.floor(tenths / 10))}${tenths % 10 === 0 ? '' : `.${tenths % 10}`}`;
  return n < 0 && tenths > 0 ? `-${told}` : told;
}

/** As `tellValue`, a share in two lines where there is little room: what it is, and its sums. */
export function tellInTwo(value: Value, language: Language): readonly string[] {
  const told = tellValue(value, language);
  const at = value.type === 'share' ? told.search(/[（(]/) : -1;
  return at === -1 ? [told] : [told.slice(0, at), told.slice(at)];
}

/** A lower bound is told downwards: one below a whole is never 100. */
export function tellPart(part: number): string {
  const tenths = Math.floor(part * 1_000);
  return tenths % 10 === 0 ? String(tenths / 10) : (tenths / 10).toFixed(1);
}

export function tellDuration(ms: number, language: Language): string {
  const seconds = Math.round(ms / 1_000);
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (language === 'zh') return minutes === 0 ? `${rest}秒` : rest === 0 ? `${minutes}分` : `${minutes}分${rest}秒`;
  return minutes === 0 ? `${rest} s` : rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/** What a measure is in a report; of a spread its median. */
export function toValue(measures: Measures, term: TermId): Value {
  const value = readTerm(measures, term);
  if (value === null) return NONE;
  // A part that is nothing is one all the same.
  if (typeof value === 'number')
    return TERMS[term].kind === 'share' ? { type: 'part', part: value } : { type: 'number', n: value };
  if ('of' in value) return value.of === 0 ? NONE : { type: 'share', n: value.n, of: value.of };
  if ('medianDays' in value) return value.medianDays === null ? NONE : { type: 'days', days: value.medianDays };
  if ('cases' in value) return value.cases === 0 ? NONE : { type: 'duration', ms: value.sumMs / value.cases };
  return value.medianMs === null ? NONE : { type: 'duration', ms: value.medianMs };
}

/** Of a thousand days nobody asks for the hundredth. */
function tellDays(days: number): string {
  return Math.abs(days) < 1_000 ? String(days) : tellNumber(Math.round(days));
}

function tellNumber(n: number): string {
  if (Number.isInteger(n)) return n < 0 ? `−${formatCount(-n)}` : formatCount(n);
  return n.toFixed(1);
}

function around(language: Language, text: string): string {
  return language === 'zh' ? `（${text}）` : ` (${text})`;
}
