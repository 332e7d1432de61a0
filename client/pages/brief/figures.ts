/** The figures under the sentence: each with its word, its value, and what it was in the spans beside it. */
import { formatCount, formatWholeShare } from '../../../domain/measures/numbers.ts';
import { readTerm, TERMS, type TermId, type TermValue } from '../../../domain/measures/terms.ts';
import type { Measures } from '../../../domain/measures/measures.ts';
import type { Brief } from '../../../domain/wire/brief.ts';
import type { Language } from '../../words/language.ts';
import type { BriefWords } from '../../words/brief.ts';

const SHOWN: readonly TermId[] = [
  'accepted',
  'windowCases',
  'onlineCases',
  'medicalCases',
  'peopleServed',
  'finished',
  'onTime',
  'activelySatisfied',
  'wait',
  'turnaround',
];

export interface FigureLine {
  readonly term: TermId;
  readonly name: string;
  readonly now: string;
  /** In the order of the brief's comparisons. */
  readonly before: readonly string[];
}

export function buildFigures({ measures, comparisons }: Brief, language: Language, words: BriefWords): FigureLine[] {
  return SHOWN.map((term) => ({
    term,
    name: TERMS[term].name[language],
    now: tell(measures, term, language, words),
    before: comparisons.map(({ before }) => tell(before, term, language, words)),
  }));
}

export function tell(measures: Measures, term: TermId, language: Language, words: BriefWords): string {
  return tellValue(readTerm(measures, term), language, words);
}

export function tellValue(value: TermValue, language: Language, words: BriefWords): string {
  if (value === null) return words.nothing;
  if (typeof value === 'number') return Number.isInteger(value) ? formatCount(value) : value.toFixed(3);
  if ('of' in value) {
    if (value.of === 0) return words.nothing;
    return `${formatCount(value.n)}/${formatCount(value.of)} · ${formatWholeShare(value)} %`;
  }
  if ('cases' in value) return value.cases === 0 ? words.nothing : tellMinutes(value.sumMs / value.cases, language);
  if (value.n === 0) return words.nothing;
  if ('medianDays' in value) return language === 'zh' ? `${value.medianDays} 天` : `${value.medianDays} d`;
  return tellMinutes(value.medianMs ?? 0, language);
}

function tellMinutes(ms: number, language: Language): string {
  const minutes = Math.round(ms / 60_000);
  return language === 'zh' ? `${minutes} 分` : `${minutes} min`;
}
