/** What a report is made of: figures of one position of the ledger, and what of the hall's documents it names. */
import type { Language } from '../wire/language.ts';
import type { Span } from '../measures/build.ts';
import type { Breakdown } from '../measures/breakdown.ts';
import type { Measures } from '../measures/measures.ts';
import type { HallConfig } from '../profile/profile.ts';
import type { Compared } from '../wire/brief.ts';
import type { SummedCorrections } from '../frozen/months.ts';
import type { FrozenDays } from '../wire/frozen.ts';
import type { Report } from '../wire/report.ts';
import type { ReportKind, SectionId } from './kinds.ts';
import { en } from './words/en.ts';
import { zh, type ReportWords } from './words/zh.ts';

/** Of longer spans, in days, it is not said which days were corrected, but the sums of months. */
export const MOST_FROZEN = 92;
/** A year: of longer spans, in days, nothing is said of corrections, as each frozen day is measured again. */
export const MOST_SUMMED = 366;

/** What the hall wrote; `at` in epoch ms, `by` as people call them. */
export interface Written {
  readonly text: string;
  readonly by: string;
  readonly at: number;
}

export interface Part {
  readonly span: Span;
  /** Whether the report's span cuts it, or it is not over. */
  readonly isPart: boolean;
  readonly measures: Measures;
}

/** Open cases of one item at one station that are past their promise. */
export interface Overdue {
  readonly item: string;
  readonly station: string;
  readonly n: number;
}

/** What is known of the day behind the report's. */
export interface Tomorrow {
  readonly day: string;
  readonly hours: readonly (readonly [string, string])[];
  readonly isKnown: boolean;
  /** Open cases promised for it; absent where the present is neither that day nor the one before. */
  readonly due?: number;
  /** Cases accepted with papers missing that are due on it and have not come; absent as above. */
  readonly papersDue?: number;
  readonly duty?: string;
}

export interface ReportInput extends Pick<
  Report,
  'hall' | 'language' | 'kind' | 'span' | 'station' | 'stations' | 'timeZone' | 'today' | 'madeAt' | 'isRunning'
> {
  readonly config: HallConfig;
  readonly workingDays: number;
  /** The hall's clock at the making, in words of no language: `YYYY-MM-DD HH:MM`. */
  readonly moment: string;
  /** The first day of which the ledger knows. */
  readonly since?: string;
  readonly measures: Measures;
  /** What the span is made of, where a section says it; of the same position. */
  readonly breakdown?: Breakdown;
  readonly comparisons: readonly Compared[];
  /** Of a day's report: what `overdueOpen` is made of, the most first; absent where it is not known at the same position. */
  readonly overdue?: readonly Overdue[];
  /** In the profile's order; empty in a report of one station. */
  readonly byStation: readonly { readonly id: string; readonly name: string; readonly measures: Measures }[];
  readonly series: { readonly unit: 'day' | 'month'; readonly parts: readonly Part[] };
  readonly words: readonly Written[];
  /** Of a day's report: what its reconciliation with other systems came to, in words; absent where there are none. */
  readonly reconciled?: string;
  /** The first published day of the span, or of what it is compared with, counted by other rules than now. */
  readonly publishedOtherwise?: string;
  /** The days of the span as they were published; absent of spans that are too long for it. */
  readonly frozen?: FrozenDays;
  /** Of spans too long for that what was corrected, by month; absent where even that is too much. */
  readonly corrections?: SummedCorrections;
  readonly tomorrow?: Tomorrow;
  readonly sections: readonly SectionId[];
}

/** What a section says, and what of it the ledger cannot support. */
export interface Draft {
  readonly blocks: Report['sections'][number]['blocks'];
  readonly missing?: readonly string[];
}

export type WriteSection = (input: ReportInput, words: ReportWords) => Draft;

export const WORDS: Readonly<Record<Language, ReportWords>> = { zh, en };

/** What a kind is called where it is no period: a span of days. */
export function isPeriod(kind: ReportKind): kind is Exclude<ReportKind, 'span'> {
  return kind !== 'span';
}

/** Whether the ledger holds nothing of the span. */
export function isEmpty({ measures }: Pick<ReportInput, 'measures'>): boolean {
  const { accepted, finished, open, peopleServed, tickets, satisfied } = measures;
  return accepted + finished + open + peopleServed + tickets.taken + satisfied.of === 0;
}
