/** What a brief says in each language: pieces of text, and none of the rules by which they are put together. */
import { formatEnglishDay, formatMinute } from '../calendar/written.ts';
import type { Language } from '../wire/language.ts';
import { weekdayOf } from '../calendar/zone.ts';
import { formatCount } from '../measures/numbers.ts';
import type { Span } from '../measures/build.ts';
import type { ComparisonKind, Period } from './periods.ts';

/** Where a number belongs, a piece ends and the next begins. */
type Around = readonly [before: string, after: string];

export interface Sayings {
  readonly running: Readonly<Record<Period, string>>;
  /** What a span is called; `isThisYear` where its year goes without saying. */
  readonly span: (period: Period | 'span', span: Span, isThisYear: boolean) => string;
  /** Of a span that is not over: `minute` of the moment's day, which is named where the span is of several. */
  readonly until: (minute: number, day: string | undefined) => string;
  readonly accepted: Around;
  readonly windowCases: Around;
  /** Around a change of the same moment; `day` is that of then. */
  readonly sameMoment: (day: string) => Around;
  /** The name of what is compared with; `then` its first day. */
  readonly other: (kind: ComparisonKind, then: string) => string;
  readonly compared: (other: string) => Around;
  readonly comparedByDay: (other: string, days: number, daysThen: number) => Around;
  /** Behind a comparison of equally many working days: of which. */
  readonly basis: (days: number, isRunning: boolean) => string;
  readonly more: (difference: number) => string;
  readonly morePercent: (percent: number) => string;
  readonly onlineShare: Around;
  /** Behind a share's two sums; `percent` without its sign. */
  readonly share: (percent: string) => string;
  readonly onTime: Around;
  readonly satisfied: Around;
  /** Of acceptances that nobody has told of, around the words for that. */
  readonly unheard: Around;
  readonly noData: string;
  /** Behind what is compared with nothing: a day that runs, of a part of the hall; or any other span. */
  readonly uncompared: { readonly part: string; readonly none: string };
  readonly unrated: string;
  readonly unheardRatings: string;
  readonly poor: Around;
  readonly overdue: Around;
  readonly end: string;
}

const WEEKDAYS = '一二三四五六日';
const dateZh = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
const weekdayZh = (day: string): string => `周${WEEKDAYS[weekdayOf(day) - 1]}`;
const quarterOf = (day: string): number => Math.floor((Number(day.slice(5, 7)) - 1) / 3);

const zh: Sayings = {
  until: (minute, day) => (day === undefined ? '截至' : `截至${dateZh(day)} `) + formatMinute(minute),
  running: { day: '今日', week: '本周', month: '本月', quarter: '本季度', year: '今年' },
  span(period, { from, to }, isThisYear) {
    const year = `${from.slice(0, 4)}年`;
    const inYear = isThisYear ? '' : year;
    switch (period) {
      case 'day':
        return `${inYear}${dateZh(from)}（${weekdayZh(from)}）`;
      case 'week':
        return `${inYear}${dateZh(from)}至${dateZh(to)}`;
      case 'month':
        return `${inYear}${Number(from.slice(5, 7))}月`;
      case 'quarter':
        return `${year}第${WEEKDAYS[quarterOf(from)]}季度`;
      case 'year':
        return year;
      case 'span': {
        const isOneYear = from.slice(0, 4) === to.slice(0, 4);
        return `${inYear}${dateZh(from)}至${isOneYear ? '' : `${to.slice(0, 4)}年`}${dateZh(to)}`;
      }
    }
  },
  accepted: ['受理 ', ' 件'],
  windowCases: ['，其中窗口 ', ' 件'],
  sameMoment: (day) => [`，比上次${weekdayZh(day)}同一时刻`, ''],
  other: (kind, then) =>
    ({ weekday: `上次${weekdayZh(then)}（${dateZh(then)}）`, previous: '上期', 'year-before': '上年同期' })[kind],
  compared: (other) => [`，比${other}`, ''],
  comparedByDay: (other, days, daysThen) => [`，日均比${other}`, `（${days} 与 ${daysThen} 个工作日）`],
  basis: (days, isRunning) => (isRunning ? `（截至昨日，同为${days}个工作日）` : `（同为${days}个工作日）`),
  more: (n) => (n === 0 ? '持平' : `${n > 0 ? '多' : '少'} ${told(n)} 件`),
  morePercent: (n) => (n === 0 ? '持平' : `${n > 0 ? '多' : '少'} ${Math.abs(n)} %`),
  onlineShare: ['；网办率 ', ''],
  share: (percent) => `（${percent} %）`,
  onTime: ['；按时办结 ', ''],
  satisfied: ['；满意 ', ''],
  unheard: ['受理', ''],
  noData: '没有数据',
  uncompared: { part: '（只看条线、事项或窗口时，今天不作比较）', none: '（暂无可比的时段）' },
  unrated: '；还没有人评价',
  unheardRatings: '；评价没有数据',
  poor: ['，差评 ', ' 条'],
  overdue: ['；超期在办 ', ' 件'],
  end: '。',
};

const en: Sayings = {
  until: (minute, day) =>
    `, until ${day === undefined ? '' : `${formatEnglishDay(day, { day: 'numeric', month: 'long' })}, `}${formatMinute(minute)}`,
  running: { day: 'Today', week: 'This week', month: 'This month', quarter: 'This quarter', year: 'This year' },
  span(period, { from, to }, isThisYear) {
    const year = isThisYear ? {} : ({ year: 'numeric' } as const);
    switch (period) {
      case 'day':
        return formatEnglishDay(from, { weekday: 'short', day: 'numeric', month: 'long', ...year });
      case 'week':
      case 'span': {
        const isOneYear = from.slice(0, 4) === to.slice(0, 4);
        const ofYear: Intl.DateTimeFormatOptions = isOneYear ? {} : { year: 'numeric' };
        const first: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', ...ofYear };
        return `${formatEnglishDay(from, first)} – ${formatEnglishDay(to, { day: 'numeric', month: 'short', year: 'numeric' })}`;
      }
      case 'month':
        return formatEnglishDay(from, { month: 'long', year: 'numeric' });
      case 'quarter':
        return `Q${quarterOf(from) + 1} ${from.slice(0, 4)}`;
      case 'year':
        return from.slice(0, 4);
    }
  },
  accepted: [': ', ' accepted'],
  windowCases: [', ', ' at windows'],
  sameMoment: () => [', ', ' the same weekday before at this moment'],
  other: (kind) =>
    ({ weekday: 'the same weekday before', previous: 'the period before', 'year-before': 'the year before' })[kind],
  compared: (other) => [', ', ` ${other}`],
  comparedByDay: (other, days, daysThen) => [', ', ` ${other} a working day (${days} and ${daysThen} working days)`],
  basis: (days, isRunning) =>
    isRunning ? ` (up to yesterday, ${days} working days each)` : ` (${days} working days each)`,
  more: (n) => (n === 0 ? 'as many as' : `${told(n)} ${n > 0 ? 'more' : 'fewer'} than`),
  morePercent: (n) => (n === 0 ? 'as many as' : `${Math.abs(n)} % ${n > 0 ? 'more' : 'fewer'} than`),
  onlineShare: ['; online ', ''],
  share: (percent) => ` (${percent} %)`,
  onTime: ['; on time ', ''],
  satisfied: ['; satisfied ', ''],
  unheard: [': ', ' on what was accepted'],
  noData: 'no data',
  uncompared: {
    part: ' (of a line, an item or a window today is not compared)',
    none: ' (nothing to compare with yet)',
  },
  unrated: '; nobody has rated yet',
  unheardRatings: '; no data on ratings',
  poor: [', ', ' poor'],
  overdue: ['; ', ' overdue'],
  end: '.',
};

export const SAYINGS: Readonly<Record<Language, Sayings>> = { zh, en };

/** A difference by working day has a decimal. */
function told(difference: number): string {
  const n = Math.abs(difference);
  return Number.isInteger(n) ? formatCount(n) : n.toFixed(1);
}
