// The one sentence of a brief: what it says, what it leaves out, and how it rounds.
import { describe, expect, test } from 'vitest';
import { nameSpan, readChange, tellBrief, toText, type Linked, type Phrase } from '../../../domain/brief/sentence.ts';
import { formatWholeShare } from '../../../domain/measures/numbers.ts';
import type { Brief, Compared } from '../../../domain/wire/brief.ts';
import { emptyMeasures as empty } from '../measures/empty.ts';

const TODAY = '2019-11-25';
const day: Brief = {
  hall: { id: 'meilin', name: '梅林街道政务服务大厅', demo: false },
  timeZone: 'Asia/Shanghai',
  period: 'day',
  span: { from: TODAY, to: TODAY },
  today: TODAY,
  now: Date.parse(`${TODAY}T16:32:00+08:00`),
  isRunning: true,
  stations: [],
  workingDays: 1,
  measures: {
    ...empty,
    accepted: 57,
    windowCases: 44,
    onlineCases: 13,
    onlineShare: { n: 13, of: 57 },
    onTime: { n: 31, of: 32 },
    activelySatisfied: { n: 37, of: 38 },
    poor: 1,
    overdueOpen: 1,
  },
  comparisons: [],
  cautions: [],
  sameMoment: { day: '2019-11-18', then: 42, windowCases: 44 },
  days: [],
  seq: 1,
};
const compared = (now: number, then: number, [days, daysThen]: readonly [number, number] = [16, 16]): Compared => ({
  kind: 'previous',
  now: { from: '2019-11-01', to: '2019-11-24' },
  then: { from: '2019-10-01', to: '2019-10-28' },
  workingDays: days,
  workingDaysThen: daysThen,
  measures: { ...empty, accepted: now },
  before: { ...empty, accepted: then },
});

describe('in Chinese', () => {
  const tell = (more: Partial<Brief> = {}) => toText(tellBrief({ ...day, ...more }, 'zh'));

  test('a day that runs is told up to this moment', () => {
    expect(tell()).toBe(
      '今日受理 57 件，其中窗口 44 件，比上次周一同一时刻多 2 件；网办率 13/57（23 %）；按时办结 31/32；满意 37/38，差评 1 条；超期在办 1 件。',
    );
  });

  test('an empty day says that nobody has rated, and no share of nothing', () => {
    expect(tell({ measures: empty, sameMoment: undefined as never })).toBe(
      '今日受理 0 件（暂无可比的时段）；还没有人评价。',
    );
  });

  test('a month that runs is compared with as many working days', () => {
    const month = { period: 'month', span: { from: '2019-11-01', to: '2019-11-30' } } as const;
    const text = tell({ ...month, sameMoment: undefined as never, comparisons: [compared(800, 760)] });
    expect(text).toMatch(/^本月受理 57 件，比上期多 5 %（截至昨日，同为16个工作日）；/);
  });
});

const { sameMoment: _sameMoment, ...uncompared } = day;
const month: Brief = { ...uncompared, period: 'month', span: { from: '2019-11-01', to: '2019-11-30' } };
const october: Brief = {
  ...uncompared,
  ...{ period: 'month', span: { from: '2019-10-01', to: '2019-10-31' }, isRunning: false },
};
const silent: Brief = {
  ...october,
  ...{ period: 'day', span: { from: '2019-11-22', to: '2019-11-22' }, measures: empty },
  cautions: [
    {
      ...{ type: 'silent-feeds', day: '2019-11-22' },
      feeds: [
        { fact: 'cases', source: 'urn:windows' },
        { fact: 'ratings', source: 'urn:windows' },
      ],
    },
  ],
};

/** Briefs of every kind of sentence. */
const briefs: Readonly<Record<string, Brief>> = {
  'a day that runs': day,
  'a day that runs, of one station': { ...day, station: { id: 'meifeng', name: '梅丰社区' } },
  'a day that runs, of one item': { ...uncompared, only: { item: { id: 'mi-02', name: '医保参保' } } },
  'a day that is over': {
    ...uncompared,
    ...{ isRunning: false, today: '2019-11-26', comparisons: [{ ...compared(57, 52), kind: 'weekday' }] },
  },
  'a day of which nobody has told': silent,
  'a month that runs': { ...month, comparisons: [compared(800, 760), { ...compared(25, 19), kind: 'year-before' }] },
  'a month of another number of working days': { ...october, comparisons: [compared(1380, 1200, [19, 21])] },
  'a past moment': { ...month, present: day.now + 60_000 },
  'a quarter': { ...october, period: 'quarter', span: { from: '2018-10-01', to: '2018-12-31' } },
  'any days': { ...october, period: 'span', span: { from: '2018-12-20', to: '2019-01-10' } },
};
const told = Object.entries(briefs).flatMap(([what, brief]) => [
  [what, 'zh', tellBrief(brief, 'zh')] as const,
  [what, 'en', tellBrief(brief, 'en')] as const,
]);
const isLinked = (phrase: Phrase): phrase is Linked => typeof phrase !== 'string';

/** The only numbers that lead nowhere, since they are of no measure: days, moments, and how many working days. */
const PLAIN = {
  zh: [/\d+个工作日/g, /\d+ 与 \d+ 个工作日/g, /\d{4}年/g, /\d+月\d+日/g, /\d+月/g, /截至 ?\d{2}:\d{2}/g],
  en: [
    /\d+ working days each/g,
    /\d+ and \d+ working days/g,
    /until (\d+ \p{L}+, )?\d{2}:\d{2}/gu,
    /Q[1-4] \d{4}/g,
    /\d+ (January|October|November)( \d{4})?/g,
    /(January|October|November) \d{4}/g,
    /\d+ (Jan|Nov|Dec)( \d{4})?/g,
  ],
};

test.each(told)('of %s, in %s, no number but of days stands outside a link', (_what, language, phrases) => {
  const outside = phrases.map((phrase) => (isLinked(phrase) ? ' · ' : phrase)).join('');
  const left = PLAIN[language].reduce((text, kind) => text.replace(kind, ''), outside);
  expect(left.match(/\d+/g) ?? []).toEqual([]);
});

test('every number leads to the measure that it is of, and a change to both sides of it', () => {
  const linksOf = (brief: Brief) =>
    tellBrief(brief, 'zh')
      .filter(isLinked)
      .map(({ text, term, change }) => [text, term, ...(change === undefined ? [] : [change])]);
  expect(linksOf(day)).toEqual([
    ['57', 'accepted'],
    ['44', 'windowCases'],
    ['多 2 件', 'windowCases', 'same-moment'],
    ['13/57（23 %）', 'onlineShare'],
    ['31/32', 'onTime'],
    ['37/38', 'activelySatisfied'],
    ['1', 'poor'],
    ['1', 'overdueOpen'],
  ]);
  expect(linksOf(briefs['a month that runs']!).slice(1, 3)).toEqual([
    ['多 5 %', 'accepted', 'previous'],
    ['多 6 件', 'accepted', 'year-before'],
  ]);
  expect(linksOf(briefs['a day that is over']!)[1]).toEqual(['多 5 件', 'accepted', 'weekday']);
});

test.each([
  ['a day that runs, of one item', 'zh', '今日受理 57 件（只看条线、事项或窗口时，今天不作比较）；'],
  ['a day that runs, of one item', 'en', 'Today: 57 accepted (of a line, an item or a window today is not compared); '],
  ['a quarter', 'zh', '2018年第四季度受理 57 件（暂无可比的时段）；'],
  ['a quarter', 'en', 'Q4 2018: 57 accepted (nothing to compare with yet); '],
] as const)('%s that is compared with nothing says so: %s', (what, language, text) => {
  expect(toText(tellBrief(briefs[what]!, language))).toContain(text);
});

test('a day of which nobody has told is no day of 0', () => {
  const compare = { ...silent, comparisons: [{ ...compared(0, 57), kind: 'weekday' as const }] };
  expect(toText(tellBrief(compare, 'zh'))).toBe('11月22日（周五）受理没有数据；评价没有数据。');
  expect(toText(tellBrief(compare, 'en'))).toBe('Fri 22 November: no data on what was accepted; no data on ratings.');
  expect(tellBrief(compare, 'zh').filter(isLinked)).toEqual([{ term: 'accepted', text: '没有数据' }]);
  // What did come in stands.
  const some = { ...silent, measures: { ...empty, accepted: 3, activelySatisfied: { n: 1, of: 1 } } };
  expect(toText(tellBrief(some, 'zh'))).toContain('受理 3 件');
  const [caution] = silent.cautions;
  const other = { ...silent, cautions: [{ ...caution, feeds: [{ fact: 'requests', source: 'urn:x' }] } as never] };
  expect(toText(tellBrief(other, 'zh'))).toContain('受理 0 件');
});

test('an earlier day of which nobody has told is nothing to be compared with', () => {
  const [caution] = silent.cautions;
  const over = briefs['a day that is over']!;
  const beside = { ...over.comparisons[0]!, before: empty };
  const unheard = { ...caution, day: beside.then.to } as (typeof silent.cautions)[number];
  const text = (brief: Partial<Brief>): string => toText(tellBrief({ ...over, comparisons: [beside], ...brief }, 'zh'));
  expect(text({})).toContain('多 57 件');
  expect(text({ cautions: [unheard] })).not.toMatch(/多|少|持平/);
  // At the same moment of a day as well.
  const moment = { ...day, sameMoment: { ...day.sameMoment!, then: 0 } };
  const before = { ...caution, day: moment.sameMoment.day } as (typeof silent.cautions)[number];
  expect(toText(tellBrief(moment, 'zh'))).toMatch(/多 \d+ 件/);
  expect(toText(tellBrief({ ...moment, comparisons: [], cautions: [before] }, 'zh'))).not.toMatch(/多|少|持平/);
});

test.each([
  ['from a small base in counts', compared(25, 19), { isByDay: false, difference: 6 }],
  ['from a base of twenty in percent', compared(25, 20), { isByDay: false, difference: 5, percent: 25 }],
  ['by working day where these differ', compared(380, 420, [19, 21]), { isByDay: true, difference: 0, percent: 0 }],
])('a change is told %s', (_name, one, change) => {
  expect(readChange(one)).toEqual(change);
});

test('a share is never rounded up to the whole', () => {
  const shares = [
    { n: 999, of: 1000 },
    { n: 1, of: 1 },
    { n: 1, of: 3 },
  ];
  expect(shares.map(formatWholeShare)).toEqual(['99', '100', '33']);
  const almost = { ...day.measures, onlineShare: { n: 999, of: 1000 } };
  expect(toText(tellBrief({ ...day, measures: almost }, 'zh'))).toContain('网办率 999/1,000（99 %）');
});

test.each([
  ['day', '2019-11-25', '11月25日（周一）'],
  ['week', '2019-11-25', '11月25日至12月1日'],
  ['month', '2018-11-01', '2018年11月'],
  ['quarter', '2019-10-01', '2019年第四季度'],
  ['year', '2019-01-01', '2019年'],
] as const)('a %s from %s is called %s', (period, from, name) => {
  const to = period === 'week' ? '2019-12-01' : from;
  expect(nameSpan({ period, span: { from, to }, today: TODAY }, 'zh')).toBe(name);
});
