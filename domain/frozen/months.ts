/** 更正 of a span that is too long for its days: the main counts of each month as published and as they come out now. */
import type { TermId } from '../measures/terms.ts';
import type { Figures } from './figures.ts';

/** Counts that add up over days; what stands at a day's end, such as open cases, does not. */
export const SUMMED = [
  'accepted',
  'windowCases',
  'onlineCases',
  'finished',
  'peopleServed',
  'poor',
  'requests.received',
  'requests.answered',
] as const satisfies readonly TermId[];

/** A frozen day of the whole hall or of one station. */
export interface ComparedDay {
  readonly day: string;
  readonly before: Figures;
  readonly after: Figures;
  /** By other rules or documents: what differs may come from these, so it is in no sum. */
  readonly isOtherwiseCounted: boolean;
}

export interface SummedChange {
  readonly term: (typeof SUMMED)[number];
  readonly before: number;
  readonly after: number;
  /** On how many days it is another now: what was corrected one way and the other may leave the sum as it was. */
  readonly days: number;
}

export interface SummedMonth {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly changes: readonly SummedChange[];
}

export interface SummedCorrections {
  /** Months in which something was corrected, in order. */
  readonly months: readonly SummedMonth[];
  /** Of all days together. */
  readonly total: readonly SummedChange[];
  /** Days that are in these sums, and frozen days that are not as they are counted otherwise by now. */
  readonly days: number;
  readonly otherwise: number;
}

/** @param days frozen days in their order */
export function sumCorrections(days: readonly ComparedDay[]): SummedCorrections {
  const alike = days.filter(({ isOtherwiseCounted }) => !isOtherwiseCounted);
  const byMonth = new Map<string, ComparedDay[]>();
  for (const one of alike) {
    const month = one.day.slice(0, 7);
    byMonth.set(month, [...(byMonth.get(month) ?? []), one]);
  }
  const months = [...byMonth].map(([month, of]) => ({ month, changes: sumOf(of) }));
  return {
    months: months.filter(({ changes }) => changes.length > 0),
    total: sumOf(alike),
    days: alike.length,
    otherwise: days.length - alike.length,
  };
}

function sumOf(days: readonly ComparedDay[]): SummedChange[] {
  return SUMMED.map((term) => {
    const sum = { term, before: 0, after: 0, days: 0 };
    for (const day of days) {
      const [before, after] = [day.before[term] ?? 0, day.after[term] ?? 0];
      sum.before += before;
      sum.after += after;
      if (before !== after) sum.days++;
    }
    return sum;
  }).filter((sum) => sum.days > 0);
}
