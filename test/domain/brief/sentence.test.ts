// The one sentence of a brief: what it says, what it leaves out, and how it rounds.
import { describe, expect, test } from 'vitest';
import { nameSpan, readChange, tellBrief, toText } from '../../../domain/brief/sentence.ts';
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
    expect(tell({ measures: empty, sameMoment: undefined as never })).toBe('今日受理 0 件；还没有人评价。');
  });

  test('a month that runs is compared with as many working days', () => {
    const month = { period: 'month', span: { from: '2019-11-01', to: '2019-11-30' } } as const;
    const text = tell({ ...month, sameMoment: undefined as never, comparisons: [compared(800, 760)] });
    expect(text).toMatch(/^本月受理 57 件，比上期多 5 %（截至昨日，同为16个工作日）；/);
  });
});

test('every number of the sentence leads to the measure that it is of', () => {
  const terms = tellBrief(day, 'en').flatMap((phrase) => (typeof phrase === 'string' ? [] : [phrase.term]));
  expect(terms).toEqual([
    'accepted',
    'windowCases',
    'onlineShare',
    'onTime',
    'activelySatisfied',
    'poor',
    'overdueOpen',
  ]);
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
