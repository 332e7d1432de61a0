/** 效能: what is promised and saved of the time that the law allows, and how long requests, suggestions and follow-ups wait for an answer. */
import { baseOf } from '../../measures/few.ts';
import { formatCount, formatShare } from '../../measures/numbers.ts';
import { TERMS, type TermId } from '../../measures/terms.ts';
import { isEmpty, type Draft, type ReportInput, type WriteSection } from '../input.ts';
import { measuresTable, sentence, type Line } from '../table.ts';
import type { ReportWords } from '../words/zh.ts';

export const efficiency: WriteSection = (input, words) => {
  const { accepted, finished, promiseCut, speedUp, instantShare, promisedShare } = input.measures;
  if (accepted + finished === 0) return { blocks: [] };
  const said = words.efficiency;
  const told = (
    [
      [promiseCut, said.promised],
      [speedUp, said.saved],
      [instantShare, said.instant],
      [promisedShare, said.byPromise],
    ] as const
  ).flatMap(([ratio, tell]) => (ratio.of === 0 ? [] : [tell(formatShare(ratio)!, formatCount(ratio.n))]));
  return drawn(input, words, 'efficiency', told, [
    { term: 'promiseCut' },
    { term: 'speedUp' },
    { term: 'instantShare' },
    { term: 'promisedShare' },
    { term: 'windowTimePerCase', base: said.windowCases },
  ]);
};

export const answers: WriteSection = (input, words) => {
  const said = words.answers;
  const measured = [
    { term: 'requestAnswer', base: said.requests },
    { term: 'suggestionAnswer', base: said.suggestions },
    { term: 'followupAnswer', base: said.followups },
    { term: 'followupClosing', base: said.closings },
  ] as const;
  if (measured.every(({ term }) => baseOf(input.measures, term) === 0))
    return { blocks: [], missing: isEmpty(input) ? [] : [said.none] };
  return drawn(input, words, 'answers', [], measured);
};

/** @param base what a measure of time is of, in a row of its own: a ratio brings both of its sums */
function drawn(
  input: ReportInput,
  words: ReportWords,
  section: 'efficiency' | 'answers',
  told: readonly string[],
  measured: readonly { readonly term: TermId; readonly base?: string }[],
): Draft {
  const { language, measures } = input;
  const isThere = ({ term }: { readonly term: TermId }): boolean => baseOf(measures, term) > 0;
  const lines = measured
    .filter(isThere)
    .flatMap(({ term, base }): Line[] => (base === undefined ? [term] : [term, { term, base }]));
  const absent = measured.filter((one) => !isThere(one)).map(({ term }) => TERMS[term].name[language]);
  return {
    blocks: [
      ...(told.length === 0 ? [] : [sentence(told.join(language === 'zh' ? '' : ' '))]),
      measuresTable(input, words, lines),
    ],
    missing: absent.length === 0 ? [] : [words.withoutCase(words.headings[section], absent)],
  };
}
