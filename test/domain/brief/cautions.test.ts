// What must be minded before figures are laid side by side: each mark where it belongs, and none where nothing is amiss.
import { expect, test } from 'vitest';
import { listCautions, type CautionInput } from '../../../domain/brief/cautions.ts';
import { periodOf } from '../../../domain/brief/periods.ts';
import { tellCaution } from '../../../domain/brief/tell-caution.ts';
import { DEFAULT_CALENDAR, type CalendarDocument } from '../../../domain/calendar/calendar-document.ts';
import type { TermId } from '../../../domain/measures/terms.ts';
import type { Measures } from '../../../domain/measures/measures.ts';
import { createHallConfig, type HallConfig, type Profile } from '../../../domain/profile/profile.ts';
import type { Caution, Compared } from '../../../domain/wire/brief.ts';
import { readConfig } from '../board/topics/fold-story.ts';
import { emptyMeasures } from '../measures/empty.ts';

type Names = Profile['stations'][number]['names'];

const NOVEMBER = periodOf('month', '2019-11-15');
const OCTOBER = periodOf('month', '2019-10-15');
const compared = (before: Partial<Measures> = {}): Compared => ({
  ...{ kind: 'previous', now: NOVEMBER, then: OCTOBER, workingDays: 21, workingDaysThen: 19 },
  ...{ measures: emptyMeasures, before: { ...emptyMeasures, ...before } },
});
type Few = Extract<Caution, { type: 'few' }>['figures'][number];
const few = (figure: Omit<Few, 'term'>, term: TermId = 'activelySatisfied'): Caution => ({
  type: 'few',
  figures: [{ term, ...figure }],
});
const rated = (of: number): Measures => ({ ...emptyMeasures, activelySatisfied: { n: of, of } });

/** The seed's hall, whose first station bears `names` and whose others have always been called what they are called. */
function hall(names: Names, calendar: Partial<CalendarDocument> = {}): HallConfig {
  const { profile, catalogue, scenes, noticeboard } = readConfig();
  const stations = profile.stations.map((one, i) => ({
    ...one,
    names: i === 0 ? names : [{ zh: one.names.at(-1)!.zh }],
  }));
  const document = { ...DEFAULT_CALENDAR, ...calendar };
  return createHallConfig({ ...profile, stations }, catalogue, scenes, noticeboard, document);
}
const ALWAYS: Names = [{ zh: '大厅' }];
const renamed = (day: string, until: string): Names => [
  { zh: '旧厅', until },
  { zh: '新厅', from: day },
];
const half = (from: string, until: string, stations?: string[]): HallConfig =>
  hall(ALWAYS, { hours: [{ from, until, hours: [['09:00', '12:00']], ...(stations ? { stations } : {}) }] });
const first = hall(ALWAYS).profile.stations[0]!.id;

const today = {
  ...{ span: { from: '2019-11-25', to: '2019-11-25' }, today: '2019-11-25', comparisons: [] },
  sameMoment: { day: '2019-11-18', then: 3, windowCases: 4 },
};

const cases: readonly (readonly [string, Partial<CautionInput>, readonly Caution[]])[] = [
  ['nothing is amiss', {}, []],
  [
    'days of the span had other hours',
    { config: half('2019-11-11', '2019-11-13') },
    [{ type: 'other-hours', days: 3, then: [{ kind: 'previous', days: 0 }] }],
  ],
  [
    'days of the span that it is compared with had other hours',
    { config: half('2019-10-14', '2019-10-15') },
    [{ type: 'other-hours', days: 0, then: [{ kind: 'previous', days: 2 }] }],
  ],
  ['other hours are still to come', { config: half('2019-11-20', '2019-11-21'), today: '2019-11-15' }, []],
  ['another station had other hours', { config: half('2019-11-11', '2019-11-13', ['meifeng']), station: first }, []],
  ['nobody has rated', { measures: rated(0) }, []],
  ['one has rated', { measures: rated(1) }, [few({ n: 1, then: [] })]],
  ['19 have rated', { measures: rated(19) }, [few({ n: 19, then: [] })]],
  ['20 have rated', { measures: rated(20) }, []],
  [
    'few have rated in what it is compared with alone',
    { measures: rated(20), comparisons: [compared(rated(3)), { ...compared(rated(0)), kind: 'year-before' }] },
    [few({ then: [{ kind: 'previous', n: 3 }] })],
  ],
  [
    'a median is of one ticket, and a share of one case',
    {
      measures: {
        ...emptyMeasures,
        ...{ accepted: 3, onTime: { n: 1, of: 1 }, speedUp: { n: 1, of: 2 } },
        wait: { medianMs: 1, p90Ms: 1, n: 1, within: { n: 1, of: 1 } },
      },
    },
    [
      {
        type: 'few',
        figures: [
          { term: 'onTime', n: 1, then: [] },
          { term: 'wait', n: 1, then: [] },
        ],
      },
    ],
  ],
  [
    'few have rated on both sides',
    { measures: rated(2), comparisons: [compared(rated(3))] },
    [few({ n: 2, then: [{ kind: 'previous', n: 3 }] })],
  ],
  [
    'the day with whose same moment today is compared had other hours',
    { ...today, config: half('2019-11-18', '2019-11-18') },
    [{ type: 'other-hours', days: 0, then: [{ kind: 'weekday', days: 1 }] }],
  ],
  [
    'the day with whose same moment today is compared was as usual',
    { ...today, config: half('2019-11-19', '2019-11-19') },
    [],
  ],
  [
    'a station was called otherwise on the day with whose same moment today is compared',
    { ...today, config: hall(renamed('2019-11-20', '2019-11-19')) },
    [{ type: 'renamed', before: '旧厅', name: '新厅', day: '2019-11-20' }],
  ],
  [
    'a station is called otherwise since',
    { config: hall(renamed('2019-11-11', '2019-11-10')) },
    [{ type: 'renamed', before: '旧厅', name: '新厅', day: '2019-11-11' }],
  ],
  [
    'a station was called otherwise in what it is compared with',
    { config: hall(renamed('2019-10-08', '2019-10-07')) },
    [{ type: 'renamed', before: '旧厅', name: '新厅', day: '2019-10-08' }],
  ],
  ['a station was called otherwise before all of it', { config: hall(renamed('2019-10-01', '2019-09-30')) }, []],
  ['a station will be called otherwise', { config: hall(renamed('2019-12-01', '2019-11-30')) }, []],
  [
    'another station is called otherwise',
    { config: hall(renamed('2019-11-11', '2019-11-10')), station: 'meifeng' },
    [],
  ],
  [
    'nobody knows the calendar of a year, of either side',
    { measures: { ...emptyMeasures, unknownYears: [2031] }, comparisons: [compared({ unknownYears: [2030, 2031] })] },
    [{ type: 'unknown-years', years: [2030, 2031] }],
  ],
  [
    'what was published was counted otherwise',
    { publishedOtherwise: '2019-10-08' },
    [{ type: 'other-rules', day: '2019-10-08' }],
  ],
];
test.each(cases)('M24 and the like: %s', (_what, more, cautions) => {
  const { measures = emptyMeasures, comparisons = [compared()] } = more;
  const terms: TermId[] = ['accepted', 'onTime', 'activelySatisfied', 'wait', 'speedUp'];
  const input = { terms, config: hall(ALWAYS), span: NOVEMBER, today: '2019-12-02', ...more, measures, comparisons };
  expect(listCautions(input)).toEqual(cautions);
});

test.each<[Caution, string, string]>([
  [
    { type: 'other-hours', days: 3, then: [{ kind: 'previous', days: 0 }] },
    '开放时间与平日不同的，本期有3天，上期有0天，比较时请注意。',
    'Days with other opening hours than usual: 3 now, 0 in the period before; mind that in comparisons.',
  ],
  [
    few({ n: 1, then: [] }),
    '基数不足20，比例和中位数仅供参考：满意率（本期1条）。',
    'Of fewer than 20, so that shares and medians say little: Satisfied (ratings: 1 in this span).',
  ],
  [
    few({ n: 2, then: [{ kind: 'previous', n: 12 }] }),
    '满意率（本期2条，上期12条）。',
    '(ratings: 2 in this span, 12 in the period before).',
  ],
  [few({ then: [{ kind: 'year-before', n: 1 }] }), '满意率（上年同期1条）。', '(ratings: 1 in the year before).'],
  [
    {
      ...{ type: 'silent-feeds', day: '2019-11-22' },
      feeds: [
        { fact: 'tickets', source: 'urn:q', station: 'hall' },
        { fact: 'tickets', source: 'urn:q', station: 'meifeng' },
        { fact: 'ratings', source: 'urn:q' },
        { fact: 'cases', source: 'urn:c' },
      ],
    },
    '2019年11月22日结账时没有收到 urn:q 的取号、评价数据，urn:c 的办件数据，相应数字不能当作零。',
    'When the books of 22 Nov 2019 closed, there were no tickets or ratings from urn:q, no cases from urn:c: those figures are not known to be 0.',
  ],
  [
    {
      ...{ type: 'silent-days', of: 'previous' },
      feeds: [
        { fact: 'ratings', source: 'urn:q', days: 3, first: '2019-11-04' },
        { fact: 'cases', source: 'urn:c', days: 1, first: '2019-11-05' },
      ],
    },
    '上期有些天结账时没有收到 urn:q 的评价数据（2019年11月4日等3天），urn:c 的办件数据（2019年11月5日），那些天的相应数字不能当作零。',
    'When the books of days in the period before closed, there were no ratings from urn:q (3 days from 4 Nov 2019 on), no cases from urn:c (5 Nov 2019): those figures are not known to be 0.',
  ],
  [
    { type: 'renamed', before: '金河社区', name: '梅河社区', day: '2020-01-01' },
    '梅河社区自2020年1月1日起改用现名，此前叫金河社区，是同一个站点。',
    '1 Jan 2020, and 金河社区 before',
  ],
  [
    { type: 'unknown-years', years: [2030, 2031] },
    '2030、2031年节假日安排未知',
    'holidays of 2030, 2031 are not known',
  ],
  [{ type: 'other-rules', day: '2019-10-08' }, '2019年10月8日结账时公布的数字', 'the close of 8 Oct 2019'],
])('%j is told in both languages', (caution, zh, en) => {
  expect(tellCaution(caution, 'zh')).toContain(zh);
  expect(tellCaution(caution, 'en')).toContain(en);
});
