// 效能 and 答复用时: what halls publish of time promised, saved and waited stands in a report with what it is of, and what has no case is named as left out.
import { expect, test } from 'vitest';
import type { Measures } from '../../../domain/measures/measures.ts';
import type { TermId } from '../../../domain/measures/terms.ts';
import type { Draft, ReportInput, WriteSection } from '../../../domain/report/input.ts';
import { DEFAULT_SECTIONS } from '../../../domain/report/kinds.ts';
import { answers, efficiency } from '../../../domain/report/sections/efficiency.ts';
import { innovation } from '../../../domain/report/sections/work.ts';
import { tellValue } from '../../../domain/report/tell.ts';
import { toPlainText } from '../../../domain/report/text.ts';
import { en } from '../../../domain/report/words/en.ts';
import { zh } from '../../../domain/report/words/zh.ts';
import type { Report, Table } from '../../../domain/wire/report.ts';
import { emptyMeasures } from '../measures/empty.ts';

const measures: Measures = {
  ...emptyMeasures,
  ...{ accepted: 40, finished: 30, deferredCases: 4 },
  promiseCut: { n: 60, of: 100 },
  speedUp: { n: 45.5, of: 50 },
  instantShare: { n: 10, of: 40 },
  promisedShare: { n: 24, of: 40 },
  suppliedInTime: { n: 3, of: 4 },
  windowTimePerCase: { sumMs: 2_700_000, cases: 30 },
  requestAnswer: { medianDays: 2.5, n: 12 },
  suggestionAnswer: { medianDays: 4, n: 3 },
  followupAnswer: { medianDays: 1, n: 7 },
  followupClosing: { medianDays: 6, n: 5 },
};
function write(section: WriteSection, of: Measures, language: 'zh' | 'en' = 'zh'): Draft {
  const span = { from: '2019-10-01', to: '2019-10-31' };
  const compared = { kind: 'previous', now: span, then: span, workingDays: 20, workingDaysThen: 20 };
  const comparisons = [{ ...compared, measures: of, before: of }];
  return section(
    { kind: 'month', language, span, measures: of, comparisons } as unknown as ReportInput,
    language === 'zh' ? zh : en,
  );
}
const tableIn = ({ blocks }: Draft): Table => blocks.find((block) => block.type === 'table')!;
const told = (draft: Draft, language: 'zh' | 'en' = 'zh'): string[][] =>
  tableIn(draft).rows.map((row) => row.slice(0, 3).map((value) => tellValue(value, language)));

test('the nine measures that halls publish stand in week, month, quarter and year, each with what it is of', () => {
  expect(told(write(efficiency, measures))).toEqual([
    ['承诺时限压缩率', '个工作日', '60%（60/100）'],
    ['实际提速率', '个工作日', '91%（45.5/50）'],
    ['即办件占比', '件', '25%（10/40）'],
    ['承诺件占比', '件', '60%（24/40）'],
    ['窗口件均用时', '—', '1分30秒'],
    ['其中计入的窗口受理', '件', '30'],
  ]);
  expect(told(write(answers, measures))).toEqual([
    ['诉求答复用时', '—', '2.5天'],
    ['其中答复的诉求', '件', '12'],
    ['建议答复用时', '—', '4天'],
    ['其中答复的建议', '条', '3'],
    ['督办首次答复用时', '—', '1天'],
    ['其中首次答复的督办', '件', '7'],
    ['督办办结用时', '—', '6天'],
    ['其中办结的督办', '件', '5'],
  ]);
  expect(told(write(innovation, measures)).at(-1)).toEqual(['容缺按时补齐率', '件', '75%（3/4）']);
  for (const kind of ['week', 'month', 'quarter', 'year', 'span'] as const)
    expect(DEFAULT_SECTIONS[kind]).toEqual(expect.arrayContaining(['efficiency', 'innovation', 'answers']));
  expect(DEFAULT_SECTIONS.day).not.toContain('efficiency');
});

test('in English too, and in a text each count stands behind its measure', () => {
  for (const section of [efficiency, answers]) {
    const draft = write(section, measures, 'en');
    expect(JSON.stringify(draft)).not.toMatch(/[\u4e00-\u9fff]/);
    expect(tableIn(draft).rows).toHaveLength(tableIn(write(section, measures)).rows.length);
  }
  expect(told(write(answers, measures, 'en'), 'en').slice(0, 2)).toEqual([
    ['Time to answer requests', '—', '2.5 d'],
    ['Requests answered', 'requests', '12'],
  ]);
  const sections = [{ id: 'answers', heading: '答复与督办用时', blocks: write(answers, measures).blocks }];
  const bare = { marks: [], missing: [], colophon: [], language: 'zh', title: '月报', spanName: '10月' };
  expect(toPlainText({ ...bare, sections } as unknown as Report)).toContain(
    '\n督办办结用时：6天（上期 6天，增减 基数不足20）\n其中办结的督办：5件（上期 5）\n',
  );
});

test('what has no case is left out and named, and where there is nothing at all nothing is drawn', () => {
  const few = {
    ...measures,
    promiseCut: { n: 0, of: 0 },
    windowTimePerCase: { sumMs: 0, cases: 0 },
    suppliedInTime: { n: 0, of: 0 },
    suggestionAnswer: { medianDays: null, n: 0 },
  };
  const termsIn = (draft: Draft): readonly TermId[] => tableIn(draft).terms!;
  expect(termsIn(write(efficiency, few))).toEqual(['speedUp', 'instantShare', 'promisedShare']);
  expect(write(efficiency, few).missing).toEqual(['办事效能：没有可计的登记，未列承诺时限压缩率、窗口件均用时。']);
  expect(write(answers, few).missing).toEqual(['答复与督办用时：没有可计的登记，未列建议答复用时。']);
  expect(write(innovation, few).missing).toEqual(['审批服务创新：没有可计的登记，未列容缺按时补齐率。']);
  expect(write(answers, { ...emptyMeasures, accepted: 1 })).toEqual({
    blocks: [],
    missing: ['答复与督办用时：台账没有答复诉求、建议和办理督办的记录。'],
  });
  expect(write(efficiency, emptyMeasures)).toEqual({ blocks: [] });
});
