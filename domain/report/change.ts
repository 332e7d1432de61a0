/** How a figure moved between two spans laid side by side: in percent, points or counts, by working day where they differ. */
import type { Language } from '../wire/language.ts';
import { FEW, readFew } from '../measures/few.ts';
import { formatCount } from '../measures/numbers.ts';
import { readTerm, TERMS, type TermId } from '../measures/terms.ts';
import type { Compared } from '../wire/brief.ts';
import type { ChangeUnit, Value } from '../wire/report.ts';
import { NONE, tellDuration, toValue } from './tell.ts';
import type { ReportWords } from './words/zh.ts';

/** Of the end of a span, not of its days: a longer span has no more of them. */
const STOCKS: ReadonlySet<TermId> = new Set(['open', 'overdueOpen']);

/** How acceptances moved, for a sentence: 增加3.2%, 减少5件, 持平. */
export function tellMove(term: TermId, one: Compared, language: Language, words: ReportWords): string {
  const move = readMove(term, one);
  if (move === undefined) return words.change.small;
  if (move.difference === 0) return words.change.same;
  const unit = language === 'zh' ? TERMS[term].unit.zh : '';
  const amount = move.percent === undefined ? `${tellSize(move.difference)}${unit}` : `${tellSize(move.percent)}%`;
  const moved = words.change.prose(move.difference > 0, amount);
  return move.isByDay ? words.change.byDay(moved) : moved;
}

type Change = Value & { type: 'change' };

/** The same for a table: +3.2%, −5, 日均+0.4. */
export function toChange(term: TermId, one: Compared, language: Language, words: ReportWords): Value {
  const [now, then] = [toValue(one.measures, term), toValue(one.before, term)];
  const { same, points, byDay, small } = words.change;
  const moved = (n: number, unit: ChangeUnit, text: string): Change =>
    n === 0
      ? // What rounds to nothing from below is no less than nothing.
        { type: 'change', text: same, n: 0, unit }
      : { type: 'change', text: `${n > 0 ? '+' : '−'}${text}`, n, unit };
  if (now.type === 'number' && then.type === 'number') {
    const { difference, percent, isByDay } = readMove(term, one)!;
    const change =
      percent === undefined
        ? moved(difference, 'count', tellSize(difference))
        : moved(percent / 100, 'percent', `${tellSize(percent)}%`);
    return isByDay && change.n !== 0 ? { ...change, text: byDay(change.text), byDay: true } : change;
  }
  if (now.type === 'share' && then.type === 'share') {
    if (now.of < FEW || then.of < FEW) return { type: 'change', text: small };
    const difference = Math.round((now.n / now.of - then.n / then.of) * 1_000) / 10;
    const change = moved(difference / 100, 'points', tellSize(difference));
    return difference === 0 ? change : { ...change, text: points(change.text) };
  }
  const isFew = [one.measures, one.before].some((measures) => readFew(measures, term) !== undefined);
  if (isFew && isTime(now) && isTime(then)) return { type: 'change', text: small };
  if (now.type === 'duration' && then.type === 'duration') {
    const difference = now.ms - then.ms;
    return moved(difference / 60_000, 'minutes', tellDuration(Math.abs(difference), language));
  }
  if (now.type === 'days' && then.type === 'days') {
    const difference = Math.round((now.days - then.days) * 100) / 100;
    // To the hundredth, as the two are told.
    return moved(difference, 'days', String(Math.abs(difference)));
  }
  return NONE;
}

const isTime = ({ type }: Value): boolean => type === 'duration' || type === 'days';

interface Move {
  readonly isByDay: boolean;
  readonly difference: number;
  /** Absent from a small base, and where it would round to nothing. */
  readonly percent?: number;
}

function readMove(term: TermId, { measures, before, workingDays, workingDaysThen }: Compared): Move | undefined {
  const [now, then] = [readTerm(measures, term), readTerm(before, term)];
  if (typeof now !== 'number' || typeof then !== 'number') return undefined;
  const isByDay = workingDays !== workingDaysThen && !STOCKS.has(term);
  const [a, b] = isByDay ? [now / workingDays, then / workingDaysThen] : [now, then];
  const difference = isByDay ? Math.round((a - b) * 10) / 10 : a - b;
  const percent = then < FEW ? 0 : Math.round(((a - b) / b) * 1_000) / 10;
  return { isByDay, difference, ...(percent === 0 ? {} : { percent }) };
}

function tellSize(difference: number): string {
  const n = Math.abs(difference);
  return Number.isInteger(n) ? formatCount(n) : n.toFixed(1);
}
