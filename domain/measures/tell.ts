/** A figure as it is written in a table or beside its word. */
import { formatCount, formatMinutes, formatWholeShare } from './numbers.ts';
import type { Language } from '../wire/language.ts';
import type { Said } from './names.ts';
import type { TermValue } from './terms.ts';

const NOTHING: Said = { zh: '没有数据', en: 'No data' };

/** A share with both of its sums, times by their median; where there is nothing to state, that. */
export function tellValue(value: TermValue, language: Language): string {
  if (value === null) return NOTHING[language];
  if (typeof value === 'number') return Number.isInteger(value) ? formatCount(value) : value.toFixed(3);
  if ('of' in value) {
    if (value.of === 0) return NOTHING[language];
    return `${formatCount(value.n)}/${formatCount(value.of)} · ${formatWholeShare(value)} %`;
  }
  if ('cases' in value) return value.cases === 0 ? NOTHING[language] : tellMinutes(value.sumMs / value.cases, language);
  if (value.n === 0) return NOTHING[language];
  if ('medianDays' in value) return language === 'zh' ? `${value.medianDays} 天` : `${value.medianDays} d`;
  return tellMinutes(value.medianMs ?? 0, language);
}

function tellMinutes(ms: number, language: Language): string {
  const minutes = formatMinutes(ms);
  return language === 'zh' ? `${minutes} 分` : `${minutes} min`;
}
