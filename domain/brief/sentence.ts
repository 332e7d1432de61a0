/** The one sentence that a brief begins with, in both languages: text, and numbers that lead to what they mean. Pure. */
import { weekdayOf } from '../calendar/zone.ts';
import type { TermId } from '../measures/terms.ts';
import type { Brief, Compared } from '../wire/brief.ts';
import type { Ratio } from '../board/topics/data.ts';

export type Language = 'zh' | 'en';
/** A piece of text, or a number with the measure that it is of. */
export type Phrase = string | { readonly term: TermId; readonly text: string; readonly isTrouble?: true };

/** From fewer than these a change is told in counts, not in percent. */
export const PERCENT_BASE = 20;

export function tellBrief(brief: Brief, language: Language): Phrase[] {
  return (language === 'zh' ? tellZh : tellEn)(brief);
}

/** What a span is called, beside its dates. */
export function nameSpan(
  { period, span, today }: Pick<Brief, 'period' | 'span' | 'today'>,
  language: Language,
): string {
  const { from, to } = span;
  const [year, month] = [from.slice(0, 4), Number(from.slice(5, 7))];
  const isThisYear = year === today.slice(0, 4);
  if (language === 'zh') {
    const inYear = isThisYear ? '' : `${year}年`;
    switch (period) {
      case 'day':
        return `${inYear}${date(from)}（周${'一二三四五六日'[weekdayOf(from) - 1]}）`;
      case 'week':
        return `${inYear}${date(from)}至${date(to)}`;
      case 'month':
        return `${inYear}${month}月`;
      case 'quarter':
        return `${year}年第${'一二三四'[Math.floor((month - 1) / 3)]}季度`;
      case 'year':
        return `${year}年`;
    }
  }
  switch (period) {
    case 'day':
      return format(from, {
        weekday: 'short',
        day: 'numeric',
        month: 'long',
        ...(isThisYear ? {} : { year: 'numeric' }),
      });
    case 'week':
      return `${format(from, { day: 'numeric', month: 'short' })} – ${format(to, { day: 'numeric', month: 'short', year: 'numeric' })}`;
    case 'month':
      return format(from, { month: 'long', year: 'numeric' });
    case 'quarter':
      return `Q${Math.floor((month - 1) / 3) + 1} ${year}`;
    case 'year':
      return year;
  }
}

/**
 * How acceptances moved, like for like: in counts from a small base, else in percent; by working day where the two spans
 * have different numbers of them.
 */
export interface Change {
  readonly isByDay: boolean;
  /** Acceptances now less then; by working day where `isByDay`, to one decimal. */
  readonly difference: number;
  /** In percent of the earlier; absent from a small base. */
  readonly percent?: number;
}

export function readChange({ measures, before, workingDays, workingDaysThen }: Compared): Change {
  const isByDay = workingDays !== workingDaysThen;
  const now = isByDay ? measures.accepted / workingDays : measures.accepted;
  const then = isByDay ? before.accepted / workingDaysThen : before.accepted;
  const difference = isByDay ? Math.round((now - then) * 10) / 10 : now - then;
  return {
    isByDay,
    difference,
    ...(before.accepted < PERCENT_BASE ? {} : { percent: Math.round(((now - then) / then) * 100) }),
  };
}

function tellZh(brief: Brief): Phrase[] {
  const { period, isRunning, measures, comparisons, sameMoment, today } = brief;
  const names = { day: '今日', week: '本周', month: '本月', quarter: '本季度', year: '今年' };
  const title = isRunning ? names[period] : nameSpan(brief, 'zh');
  const parts: Phrase[] = [title, '受理 ', value('accepted', measures.accepted), ' 件'];
  if (sameMoment) {
    const { windowCases, then, day } = sameMoment;
    parts.push('，其中窗口 ', value('windowCases', windowCases), ` 件，比上次${weekdayZh(day)}同一时刻`);
    parts.push(`${more(windowCases - then, '件')}`);
  }
  for (const one of comparisons) parts.push('，', tellCompared(one, today));
  if (measures.onlineCases > 0)
    parts.push('；网办率 ', ratio('onlineShare', measures.onlineShare), `（${percent(measures.onlineShare)}）`);
  if (measures.onTime.of > 0) parts.push('；按时办结 ', ratio('onTime', measures.onTime));
  if (measures.activelySatisfied.of > 0) parts.push('；满意 ', ratio('activelySatisfied', measures.activelySatisfied));
  else parts.push('；还没有人评价');
  if (measures.poor > 0) parts.push('，差评 ', value('poor', measures.poor, true), ' 条');
  if (measures.overdueOpen > 0) parts.push('；超期在办 ', value('overdueOpen', measures.overdueOpen, true), ' 件');
  return [...parts, '。'];
}

function tellCompared(one: Compared, today: string): string {
  const { isByDay, difference, percent: change } = readChange(one);
  const names = { weekday: `上次${weekdayZh(one.then.from)}`, previous: '上期', 'year-before': '上年同期' };
  const basis =
    one.now.to < today && !isByDay ? `（同为${one.workingDays}个工作日）` : `（前${one.workingDays}个工作日）`;
  const moved =
    change === undefined
      ? more(difference, '件')
      : change === 0
        ? '持平'
        : `${change > 0 ? '多' : '少'} ${Math.abs(change)} %`;
  if (one.kind === 'weekday') return `比${names.weekday}（${date(one.then.from)}）${more(difference, '件')}`;
  if (isByDay) return `日均比${names[one.kind]}${moved}（${one.workingDays} 与 ${one.workingDaysThen} 个工作日）`;
  return `比${names[one.kind]}${moved}${basis}`;
}

function tellEn(brief: Brief): Phrase[] {
  const { period, isRunning, measures, comparisons, sameMoment } = brief;
  const names = { day: 'Today', week: 'This week', month: 'This month', quarter: 'This quarter', year: 'This year' };
  const title = isRunning ? names[period] : nameSpan(brief, 'en');
  const parts: Phrase[] = [`${title}: `, value('accepted', measures.accepted), ' accepted'];
  if (sameMoment) {
    const { windowCases, then } = sameMoment;
    parts.push(', ', value('windowCases', windowCases), ' at windows');
    parts.push(`, ${moreEn(windowCases - then)} the same weekday before at this moment`);
  }
  for (const one of comparisons) parts.push(', ', tellComparedEn(one));
  if (measures.onlineCases > 0)
    parts.push('; online ', ratio('onlineShare', measures.onlineShare), ` (${percent(measures.onlineShare)})`);
  if (measures.onTime.of > 0) parts.push('; on time ', ratio('onTime', measures.onTime));
  if (measures.activelySatisfied.of > 0)
    parts.push('; satisfied ', ratio('activelySatisfied', measures.activelySatisfied));
  else parts.push('; nobody has rated yet');
  if (measures.poor > 0) parts.push(', ', value('poor', measures.poor, true), ' poor');
  if (measures.overdueOpen > 0) parts.push('; ', value('overdueOpen', measures.overdueOpen, true), ' overdue');
  return [...parts, '.'];
}

function tellComparedEn(one: Compared): string {
  const { isByDay, difference, percent: change } = readChange(one);
  const names = { weekday: 'the same weekday before', previous: 'the period before', 'year-before': 'the year before' };
  const moved =
    change === undefined || one.kind === 'weekday'
      ? moreEn(difference)
      : change === 0
        ? 'as many as'
        : `${Math.abs(change)} % ${change > 0 ? 'more' : 'fewer'} than`;
  const days = isByDay
    ? ` a working day (${one.workingDays} and ${one.workingDaysThen})`
    : one.kind === 'weekday'
      ? ''
      : ` (first ${one.workingDays} working days of each)`;
  return `${moved} ${names[one.kind]}${days}`;
}

function value(term: TermId, n: number, isTrouble = false): Phrase {
  return { term, text: n.toLocaleString('en-US'), ...(isTrouble ? { isTrouble: true } : {}) };
}

function ratio(term: TermId, { n, of }: Ratio): Phrase {
  return { term, text: `${n.toLocaleString('en-US')}/${of.toLocaleString('en-US')}` };
}

/** Never rounded up to the whole. */
export function percent({ n, of }: Ratio): string {
  const share = (n / of) * 100;
  return `${n < of ? Math.min(99, Math.round(share)) : 100} %`;
}

function more(difference: number, unit: string): string {
  if (difference === 0) return '持平';
  return `${difference > 0 ? '多' : '少'} ${Math.abs(difference).toLocaleString('en-US')} ${unit}`;
}

function moreEn(difference: number): string {
  if (difference === 0) return 'as many as';
  return `${Math.abs(difference).toLocaleString('en-US')} ${difference > 0 ? 'more' : 'fewer'} than`;
}

function weekdayZh(day: string): string {
  return `周${'一二三四五六日'[weekdayOf(day) - 1]}`;
}

function date(day: string): string {
  return `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
}

function format(day: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options }).format(Date.parse(`${day}T00:00:00Z`));
}

/** As plain text, for a message. */
export function toText(phrases: readonly Phrase[]): string {
  return phrases.map((phrase) => (typeof phrase === 'string' ? phrase : phrase.text)).join('');
}
