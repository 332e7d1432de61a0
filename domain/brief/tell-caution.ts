/** What must be minded with figures, in words: the same under a brief, in its message and at the head of a report. */
import { formatEnglishDay } from '../calendar/written.ts';
import type { SilentFeed } from '../frozen/silent-feeds.ts';
import { FEW } from '../measures/few.ts';
import { TERMS } from '../measures/terms.ts';
import type { FeedFact } from '../profile/feeds.ts';
import type { Caution } from '../wire/brief.ts';
import type { Language } from '../wire/language.ts';
import type { ComparisonKind } from './periods.ts';

type Words = { readonly [T in Caution['type']]: (caution: Extract<Caution, { type: T }>) => string };

const zhDate = (day: string): string => `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
const enDate = (day: string): string => formatEnglishDay(day, { dateStyle: 'medium' });

const ZH_OTHERS: Readonly<Record<ComparisonKind, string>> = {
  weekday: '上次同一天',
  previous: '上期',
  'year-before': '上年同期',
};
const EN_OTHERS: Readonly<Record<ComparisonKind, string>> = {
  weekday: 'the same weekday before',
  previous: 'the period before',
  'year-before': 'the year before',
};

/** What a feed sends is called. */
export const FACT_NAMES: Readonly<Record<Language, Readonly<Record<FeedFact, string>>>> = {
  zh: {
    tickets: '取号',
    cases: '办件',
    consultations: '咨询',
    services: '服务',
    appointments: '预约',
    ratings: '评价',
    requests: '诉求',
  },
  en: {
    tickets: 'tickets',
    cases: 'cases',
    consultations: 'consultations',
    services: 'services',
    appointments: 'appointments',
    ratings: 'ratings',
    requests: 'requests',
  },
};

/** Each system once, with the names of what it had not sent. */
function groupBySource(feeds: readonly SilentFeed[], language: Language): { source: string; facts: string[] }[] {
  const sources = [...new Set(feeds.map(({ source }) => source))];
  return sources.map((source) => {
    const facts = new Set(feeds.flatMap((one) => (one.source === source ? [one.fact] : [])));
    return { source, facts: [...facts].map((fact) => FACT_NAMES[language][fact]) };
  });
}

const WORDS: Readonly<Record<Language, Words>> = {
  zh: {
    'unknown-years': ({ years }) => `${years.join('、')}年节假日安排未知，涉及工作日的数字按星期计算。`,
    'other-hours': ({ days, then }) =>
      `开放时间与平日不同的，本期有${days}天${then.map((one) => `，${ZH_OTHERS[one.kind]}有${one.days}天`).join('')}，比较时请注意。`,
    few: ({ figures }) => {
      const told = figures.map(({ term, n, then }) => {
        const { name, unit } = TERMS[term];
        const others = then.map((one) => `${ZH_OTHERS[one.kind]}${one.n}${unit.zh}`);
        return `${name.zh}（${[...(n === undefined ? [] : [`本期${n}${unit.zh}`]), ...others].join('，')}）`;
      });
      return `基数不足${FEW}，比例和中位数仅供参考：${told.join('、')}。`;
    },
    renamed: ({ before, name, day }) => `${name}自${zhDate(day)}起改用现名，此前叫${before}，是同一个站点。`,
    'other-rules': ({ day }) => `${zhDate(day)}结账时公布的数字按当时的口径，这里一律按现行口径计算，两者可能不同。`,
    'silent-feeds': ({ day, feeds }) => {
      const missing = groupBySource(feeds, 'zh').map(({ source, facts }) => `${source} 的${facts.join('、')}数据`);
      return `${zhDate(day)}结账时没有收到 ${missing.join('，')}，相应数字不能当作零。`;
    },
    'silent-days': ({ of, feeds }) => {
      const missing = feeds.map(({ fact, source, days, first }) => {
        const when = days === 1 ? zhDate(first) : `${zhDate(first)}等${days}天`;
        return `${source} 的${FACT_NAMES.zh[fact]}数据（${when}）`;
      });
      return `${of === undefined ? '本期' : ZH_OTHERS[of]}有些天结账时没有收到 ${missing.join('，')}，那些天的相应数字不能当作零。`;
    },
  },
  en: {
    'unknown-years': ({ years }) =>
      `The holidays of ${years.join(', ')} are not known; what depends on working days takes weekdays.`,
    'other-hours': ({ days, then }) =>
      `Days with other opening hours than usual: ${days} now${then.map((one) => `, ${one.days} in ${EN_OTHERS[one.kind]}`).join('')}; mind that in comparisons.`,
    few: ({ figures }) => {
      const told = figures.map(({ term, n, then }) => {
        const { name, unit } = TERMS[term];
        const others = then.map((one) => `${one.n} in ${EN_OTHERS[one.kind]}`);
        const all = [...(n === undefined ? [] : [`${n} in this span`]), ...others];
        return `${name.en} (${unit.en}: ${all.join(', ')})`;
      });
      return `Of fewer than ${FEW}, so that shares and medians say little: ${told.join('; ')}.`;
    },
    renamed: ({ before, name, day }) =>
      `${name} has been called so since ${enDate(day)}, and ${before} before; it is the same station.`,
    'other-rules': ({ day }) =>
      `What was published at the close of ${enDate(day)} was counted by the rules of then; all of this is counted by those of now, and may differ.`,
    'silent-feeds': ({ day, feeds }) => {
      const missing = groupBySource(feeds, 'en').map(({ source, facts }) => `no ${facts.join(' or ')} from ${source}`);
      return `When the books of ${enDate(day)} closed, there were ${missing.join(', ')}: those figures are not known to be 0.`;
    },
    'silent-days': ({ of, feeds }) => {
      const missing = feeds.map(({ fact, source, days, first }) => {
        const when = days === 1 ? enDate(first) : `${days} days from ${enDate(first)} on`;
        return `no ${FACT_NAMES.en[fact]} from ${source} (${when})`;
      });
      return `When the books of days in ${of === undefined ? 'this span' : EN_OTHERS[of]} closed, there were ${missing.join(', ')}: those figures are not known to be 0.`;
    },
  },
};

export function tellCaution<T extends Caution['type']>(
  caution: Extract<Caution, { type: T }>,
  language: Language,
): string {
  const tell = WORDS[language][caution.type as T] as (caution: Extract<Caution, { type: T }>) => string;
  return tell(caution);
}
