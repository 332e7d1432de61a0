/** Tables of a report: of measures beside what they were, of parts with their shares. */
import type { SpreadMs } from '../measures/measures.ts';
import { readTerm, TERMS, type TermId } from '../measures/terms.ts';
import type { Measures } from '../measures/measures.ts';
import type { Block, Table, Value } from '../wire/report.ts';
import { toChange } from './change.ts';
import type { ReportInput } from './input.ts';
import { NONE, toValue } from './tell.ts';
import type { ReportWords } from './words/zh.ts';

/** A line of measures: a term, or the 90th percentile of one under a name of its own. */
type Line = TermId | { readonly term: 'wait' | 'service'; readonly p90: string };

export const textOf = (text: string): Value => ({ type: 'text', text });
export const numberOf = (n: number): Value => ({ type: 'number', n });
export const shareOf = (n: number, of: number): Value => (of === 0 ? NONE : { type: 'share', n, of });
export const sentence = (text: string): Block => ({ type: 'sentence', text });
export const note = (text: string): Block => ({ type: 'note', text });

/** Each measure with its unit, its value, and of each span it is compared with the value and the change. */
export function measuresTable(input: ReportInput, words: ReportWords, lines: readonly Line[]): Table {
  const { language, measures, comparisons } = input;
  return {
    type: 'table',
    columns: [
      { title: words.measure, kind: 'text' },
      { title: words.unit, kind: 'text' },
      { title: words.now, kind: 'figure' },
      ...comparisons.flatMap(({ kind }) => [
        { title: words.others[kind], kind: 'figure' as const },
        { title: words.changed, kind: 'change' as const },
      ]),
    ],
    rows: lines.map((line) => {
      const term = typeof line === 'string' ? line : line.term;
      const { name, unit, kind } = TERMS[term];
      return [
        textOf(typeof line === 'string' ? name[language] : line.p90),
        // A length of time says its own.
        kind === 'spread' || kind === 'days' ? NONE : textOf(unit[language]),
        readLine(measures, line),
        ...comparisons.flatMap((one) => [
          readLine(one.before, line),
          typeof line === 'string' ? toChange(line, one, language, words) : NONE,
        ]),
      ];
    }),
    terms: lines.map((line) => (typeof line === 'string' ? line : line.term)),
  };
}

/** Parts of a whole: each with its count and its share of the sum. */
export function partsTable(
  columns: readonly [label: string, count: string, share: string],
  parts: readonly (readonly [label: string, n: number])[],
): Table {
  const whole = parts.reduce((sum, [, n]) => sum + n, 0);
  return {
    type: 'table',
    columns: [
      { title: columns[0], kind: 'text' },
      { title: columns[1], kind: 'number' },
      { title: columns[2], kind: 'share' },
    ],
    rows: parts.map(([label, n]) => [textOf(label), numberOf(n), shareOf(n, whole)]),
  };
}

function readLine(measures: Measures, line: Line): Value {
  if (typeof line === 'string') return toValue(readTerm(measures, line));
  const { p90Ms }: SpreadMs = measures[line.term];
  return p90Ms === null ? NONE : { type: 'duration', ms: p90Ms };
}
