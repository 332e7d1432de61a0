/** The spans that a brief or a report is of, and the earlier spans that they are compared with, like for like. Pure; days are `YYYY-MM-DD`. */
import { countWorkingDays, sameWeekdaysBefore, type Calendar } from '../calendar/calendar.ts';
import { addDays, dayNumber, lastDayOf, weekdayOf } from '../calendar/zone.ts';
import type { Span } from '../measures/build.ts';

export const PERIODS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Period = (typeof PERIODS)[number];

/** The period that holds a day; weeks begin on Monday. */
export function periodOf(period: Period, day: string): Span {
  const year = day.slice(0, 4);
  switch (period) {
    case 'day':
      return { from: day, to: day };
    case 'week': {
      const monday = addDays(day, 1 - weekdayOf(day));
      return { from: monday, to: addDays(monday, 6) };
    }
    case 'month':
      return { from: `${day.slice(0, 7)}-01`, to: lastDayOf(day.slice(0, 7)) };
    case 'quarter': {
      const first = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1;
      return { from: `${year}-${two(first)}-01`, to: lastDayOf(`${year}-${two(first + 2)}`) };
    }
    case 'year':
      return { from: `${year}-01-01`, to: `${year}-12-31` };
  }
}

/** The first day that a span or one that it is compared with holds. */
export function earliestOf({ from }: Span, comparisons: readonly { readonly then: Span }[]): string {
  return comparisons.reduce((least, { then }) => (then.from < least ? then.from : least), from);
}

/** The period before one. */
export function periodBefore(period: Period, { from }: Span): Span {
  return periodOf(period, addDays(from, -1));
}

/** The period behind one. */
export function periodAfter(period: Period, { to }: Span): Span {
  return periodOf(period, addDays(to, 1));
}

/** The same month, quarter or year a year before; days and weeks have none, since their weekdays move. */
export function yearBefore(period: Period, { from }: Span): Span | undefined {
  if (period === 'day' || period === 'week') return undefined;
  return periodOf(period, yearEarlier(from));
}

/** The same date a year earlier; of 29 February the 28th. */
function yearEarlier(day: string): string {
  const month = `${String(Number(day.slice(0, 4)) - 1).padStart(4, '0')}${day.slice(4, 7)}`;
  const last = lastDayOf(month);
  const same = `${month}${day.slice(7)}`;
  return same < last ? same : last;
}

/** `weekday`: the last working day of the same weekday. `previous`: 环比. `year-before`: 同比. */
export type ComparisonKind = 'weekday' | 'previous' | 'year-before';

/** By what days are compared. */
export interface CompareBy {
  /** The hall's day. */
  readonly today: string;
  /** The first day of which the ledger knows: nothing earlier is compared with. */
  readonly since: string | undefined;
  readonly calendar: Calendar;
  /** Whose working days count, where it is of one station alone. */
  readonly station?: string | undefined;
}

/** Two spans that may be laid side by side, with the working days that each holds. */
export interface Comparison {
  readonly kind: ComparisonKind;
  readonly now: Span;
  readonly then: Span;
  readonly workingDays: number;
  readonly workingDaysThen: number;
}

/**
 * What a period is compared with. One that is over, whole with whole. One that runs: its working days that are over with
 * as many of the earlier period, counted from its beginning; before the first of them is over there is nothing to compare.
 */
export function comparisonsOf(period: Period, span: Span, by: CompareBy): Comparison[] {
  if (period === 'day') {
    const { calendar, today, since, station } = by;
    const [then] = sameWeekdaysBefore(calendar, span.from, 1, station);
    // A day that runs is compared at the same moment, by whoever knows the minutes.
    if (then === undefined || span.from >= today || !isKnown(then, since)) return [];
    return [{ kind: 'weekday', now: span, then: { from: then, to: then }, workingDays: 1, workingDaysThen: 1 }];
  }
  return compareWith(
    [
      ['previous', periodBefore(period, span)],
      ['year-before', yearBefore(period, span)],
    ],
    span,
    by,
  );
}

/** As many days right before any span, or right behind it. */
export function spanBeside({ from, to }: Span, by: 'earlier' | 'later'): Span {
  const length = dayNumber(to) - dayNumber(from) + 1;
  return by === 'earlier'
    ? { from: addDays(from, -length), to: addDays(from, -1) }
    : { from: addDays(to, 1), to: addDays(to, length) };
}

/** The longest span that the same days of the year before lie wholly before. */
const YEAR_DAYS = 366;

/** What any span is compared with: as many days right before it, and the same dates a year before; like periods else. */
export function comparisonsOfSpan(span: Span, by: CompareBy): Comparison[] {
  const length = dayNumber(span.to) - dayNumber(span.from) + 1;
  return compareWith(
    [
      ['previous', spanBeside(span, 'earlier')],
      ['year-before', length > YEAR_DAYS ? undefined : { from: yearEarlier(span.from), to: yearEarlier(span.to) }],
    ],
    span,
    by,
  );
}

function compareWith(
  earlier: readonly (readonly [ComparisonKind, Span | undefined])[],
  span: Span,
  by: CompareBy,
): Comparison[] {
  const { today, since, calendar, station } = by;
  return earlier.flatMap(([kind, then]) => {
    if (!then || !isKnown(then.from, since)) return [];
    const pair = span.to < today ? { now: span, then } : alignRunning(span, then, by);
    if (!pair) return [];
    const [workingDays, workingDaysThen] = [pair.now, pair.then].map(({ from, to }) =>
      countWorkingDays(calendar, from, to, station),
    ) as [number, number];
    return workingDays === 0 || workingDaysThen === 0 ? [] : [{ kind, ...pair, workingDays, workingDaysThen }];
  });
}

function alignRunning(
  span: Span,
  then: Span,
  { today, calendar, station }: CompareBy,
): { readonly now: Span; readonly then: Span } | undefined {
  const yesterday = addDays(today, -1);
  if (span.from > yesterday) return undefined;
  let left = countWorkingDays(calendar, span.from, yesterday, station);
  if (left === 0) return undefined;
  let to = addDays(then.from, -1);
  while (left > 0 && to < then.to) {
    to = addDays(to, 1);
    if (calendar.isWorkingDay(to, station)) left--;
  }
  return { now: { from: span.from, to: yesterday }, then: { from: then.from, to } };
}

function isKnown(from: string, since: string | undefined): boolean {
  return since !== undefined && from >= since;
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
