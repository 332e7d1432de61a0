/** Tables of a report: of measures beside what they were, of parts with their shares. */
import { baseOf } from '../measures/few.ts';
import type { SpreadMs } from '../measures/measures.ts';
import { TERMS, type TermId } from '../measures/terms.ts';
import type { Measures } from '../measures/measures.ts';
import type { Block, Table, Value } from '../wire/report.ts';
import { toChange } from './change.ts';
import type { ReportInput } from './input.ts';
import { isNotHeard, listSilent } from './silence.ts';
import { NONE, toValue } from './tell.ts';
import type { ReportWords } from './words/zh.ts';

/** A line of measures: a term, or under a name of its own the 90th percentile of one, or how many a measure is of. */
export type Line =
  | TermId
  | { readonly term: 'wait' | 'service'; readonly p90: string }
  | { readonly term: TermId; readonly base: string };

export const textOf = (text: string): Value => ({ type: 'text', text });
export const numberOf = (n: number): Value => ({ type: 'number', n });
export const shareOf = (n: number, of: number): Value => (of === 0 ? NONE : { type: 'share', n, of });
export const sentence = (text: string): Block => ({ type: 'sentence', text });
export const note = (text: string): Block => ({ type: 'note', text });

/** Each measure with its unit, its value, and of each span it is compared with the value and the change. */
export function measuresTable(input: ReportInput, words: ReportWords, lines: readonly Line[]): Table {
  const { language, measures, comparisons } = input;
  const silent = listSilent(input, measures, input.station?.id);
  return {
    type: 'table',
    columns: [
      { title: words.measure, kind: 'text' },
      { title: words.unit, kind: 'text' },
      { title: words.now, kind: 'figure', lead: {} },
      ...comparisons.flatMap(({ kind, then }) => [
        { title: words.others[kind], kind: 'figure' as const, lead: { from: then.from, to: then.to } },
        { title: words.changed, kind: 'change' as const },
      ]),
    ],
    rows: lines.map((line) => {
      const term = termOf(line);
      const { name, unit, kind } = TERMS[term];
      const now = readLine(measures, line);
      const isUnheard = isNotHeard(now, term, silent);
      const isTime = kind === 'spread' || kind === 'days' || kind === 'perCase';
      return [
        textOf(nameOf(line) ?? name[language]),
        // A length of time says its own.
        isTime && !isBase(line) ? NONE : textOf(unit[language]),
        isUnheard ? textOf(words.notHeard) : now,
        ...comparisons.flatMap((one) => [
          readLine(one.before, line),
          typeof line === 'string' && !isUnheard ? toChange(line, one, language, words) : NONE,
        ]),
      ];
    }),
    terms: lines.map(termOf),
    // What nine in ten took is read off the longest.
    leads: lines.map((line) => ({ term: termOf(line), ...(isP90(line) ? { order: 'largest' as const } : {}) })),
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
      { title: columns[1], kind: 'number', lead: {} },
      { title: columns[2], kind: 'share' },
    ],
    rows: parts.map(([label, n]) => [textOf(label), numberOf(n), shareOf(n, whole)]),
  };
}

const isBase = (line: Line): line is { readonly term: TermId; readonly base: string } =>
  typeof line !== 'string' && 'base' in line;
const isP90 = (line: Line): boolean => typeof line !== 'string' && 'p90' in line;
const termOf = (line: Line): TermId => (typeof line === 'string' ? line : line.term);
const nameOf = (line: Line): string | undefined =>
  typeof line === 'string' ? undefined : isBase(line) ? line.base : line.p90;

function readLine(measures: Measures, line: Line): Value {
  if (typeof line === 'string') return toValue(measures, line);
  if (isBase(line)) return numberOf(baseOf(measures, line.term));
  const { p90Ms }: SpreadMs = measures[line.term];
  return p90Ms === null ? NONE : { type: 'duration', ms: p90Ms };
}
