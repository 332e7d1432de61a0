/** The figures under the sentence: each with its word, its value, and what it was in the spans beside it. */
import { tellValue } from '../../../domain/measures/tell.ts';
import { readTerm, TERMS, type TermId } from '../../../domain/measures/terms.ts';
import type { Measures } from '../../../domain/measures/measures.ts';
import type { Brief } from '../../../domain/wire/brief.ts';
import type { Language } from '../../words/language.ts';

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

export function buildFigures({ measures, comparisons }: Brief, language: Language): FigureLine[] {
  return SHOWN.map((term) => ({
    term,
    name: TERMS[term].name[language],
    now: tell(measures, term, language),
    before: comparisons.map(({ before }) => tell(before, term, language)),
  }));
}

export function tell(measures: Measures, term: TermId, language: Language): string {
  return tellValue(readTerm(measures, term), language);
}
