/** Ratings from 5 down to 1, those that people gave apart from those filled in; and the months beside one another. */
import { wilsonLowerBound } from '../../../domain/measures/spread.ts';
import type { Ratio } from '../../../domain/board/topics/data.ts';
import type { RatedPlace, RatingCounts, RatingsData } from '../../../domain/board/topics/data-ratings.ts';
import { isPoor, POOR_SCORES, SATISFIED_SCORES, SCORES } from '../../../domain/events/kinds.ts';
import { formatCount, formatShare } from '../../../domain/measures/numbers.ts';
import type { Behind } from '../../ui/behind.ts';
import type { Words } from '../../words/wall.ts';
import type { Moment } from '../moment.ts';
import { lastDayOf } from '../../../domain/calendar/zone.ts';
import { behindPlace, type PlaceBehind } from './behind-place.ts';
import { firstOfMonth, nameMonth } from './names.ts';
import { own } from '../../../domain/wire/own.ts';

export interface ScoreBar {
  score: number;
  label: string;
  /** Lengths of the two parts, 0 to 1 of the longest bar. */
  activeShare: number;
  defaultShare: number;
  active: string;
  /** Absent where there are none. */
  byDefault?: string;
  describe: string;
  /** Both parts together. */
  behind: Behind;
  /** 1 and 2. */
  poor: boolean;
}

export interface SpanView {
  key: 'today' | 'month';
  title: string;
  /** Satisfied of those that people gave; absent where nobody did. */
  share?: string;
  behind: Behind;
  /** The same with those filled in. */
  sum: string;
  /** Absent where nothing was filled in. */
  behindSum?: Behind;
  /** Its two sums, and the lower bound: what the number of ratings can bear. */
  strict: string;
  /** The lower bound; absent where nobody rated. */
  behindStrict?: Behind;
  bars: ScoreBar[];
  /** What is said where there is no rating. */
  none?: string;
}

export interface MonthView {
  key: string;
  label: string;
  rated: string;
  share: string;
  poor: string;
  behind: PlaceBehind;
}

export interface DistributionView {
  spans: SpanView[];
  months: MonthView[];
}

export function buildDistribution(data: RatingsData, moment: Moment, words: Words): DistributionView {
  const { distribution: text } = words.ratings;
  const isPast = moment.phase === 'past';
  const month = nameMonth(data.day.day, words);
  const none = moment.phase === 'off' ? text.dayOff : text.noRatings;
  return {
    spans: [
      buildSpan('today', isPast ? words.date(data.day.day) : words.ratings.today, data.today, none, words),
      buildSpan('month', month, data.month, text.noRatings, words, firstOfMonth(data.day.day)),
    ],
    months: [...data.earlier, { month: data.day.day.slice(0, 7), ...sumPlace(data.month) }].map((entry) => ({
      key: entry.month,
      label: words.ratings.month(Number(entry.month.slice(5))),
      rated: formatCount(entry.satisfied.of),
      share: writeShare(entry.satisfied, words),
      poor: formatCount(entry.poor),
      behind: behindPlace({
        from: `${entry.month}-01`,
        ...(entry.month === data.day.day.slice(0, 7) ? {} : { to: lastDayOf(entry.month) }),
      }),
    })),
  };
}

function buildSpan(
  key: SpanView['key'],
  title: string,
  counts: RatingCounts,
  none: string,
  words: Words,
  from?: string,
): SpanView {
  const since = from === undefined ? {} : { from };
  const { distribution: text } = words.ratings;
  const { satisfied, byDefault } = sumPlace(counts);
  const whole = { n: sumScores(counts, SATISFIED_SCORES), of: sumScores(counts, SCORES) };
  const share = formatShare(satisfied);
  const longest = Math.max(1, ...SCORES.map((score) => sumScores(counts, [score])));
  const bars = [...SCORES].reverse().map((score): ScoreBar => {
    const active = own(counts.active, String(score)) ?? 0;
    const filled = own(counts.byDefault, String(score)) ?? 0;
    const label = text.score[score]!;
    return {
      score,
      label,
      activeShare: active / longest,
      defaultShare: filled / longest,
      active: formatCount(active),
      ...(filled > 0 ? { byDefault: formatCount(filled) } : {}),
      describe: text.describe(label, formatCount(active), formatCount(filled)),
      behind: { term: `scores.${score}`, ...since, value: formatCount(active + filled) },
      poor: isPoor(score),
    };
  });
  const view: SpanView = {
    key,
    title,
    behind: { term: 'activelySatisfied', ...since },
    sum: byDefault === 0 ? text.noDefaults : text.including(writeShare(whole, words)),
    ...(byDefault === 0 ? {} : { behindSum: { term: 'satisfied' as const, ...since } }),
    strict: writeStrict(satisfied, words),
    ...(share === undefined
      ? {}
      : { behindStrict: { term: 'satisfiedLowerBound' as const, ...since, value: writeLow(satisfied, words) } }),
    bars,
  };
  return share === undefined ? { ...view, none: whole.of > 0 ? text.noActive : none } : { ...view, share };
}

/** 主动 46/46 · 至少 92%: a whole is never shown without what the number of ratings can bear. */
function writeStrict(satisfied: Ratio, words: Words): string {
  const { distribution: text } = words.ratings;
  if (satisfied.of === 0) return text.noActive;
  return text.strict(`${formatCount(satisfied.n)}/${formatCount(satisfied.of)}`, writeLow(satisfied, words));
}

/** The lower end of Wilson's interval, rounded down. */
export function writeLow(ratio: Ratio, words: Words): string {
  const low = wilsonLowerBound(ratio.n, ratio.of);
  return low === null ? words.none : `${Math.floor(low * 100)}%`;
}

export function writeShare(ratio: Ratio, words: Words): string {
  const share = formatShare(ratio);
  return share === undefined ? words.none : `${share}%`;
}

function sumPlace(counts: RatingCounts): RatedPlace {
  const sum = (scores: Record<string, number>, of: readonly number[]) =>
    of.reduce((total, score) => total + (own(scores, String(score)) ?? 0), 0);
  return {
    satisfied: { n: sum(counts.active, SATISFIED_SCORES), of: sum(counts.active, SCORES) },
    poor: sum(counts.active, POOR_SCORES) + sum(counts.byDefault, POOR_SCORES),
    byDefault: sum(counts.byDefault, SCORES),
  };
}

function sumScores({ active, byDefault }: RatingCounts, scores: readonly number[]): number {
  return scores.reduce(
    (total, score) => total + (own(active, String(score)) ?? 0) + (own(byDefault, String(score)) ?? 0),
    0,
  );
}
