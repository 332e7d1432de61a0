// How a figure moved: percent from a base of twenty, counts below it, by working day where the spans have different numbers of them.
import { expect, test } from 'vitest';
import type { Measures } from '../../../domain/measures/measures.ts';
import type { TermId } from '../../../domain/measures/terms.ts';
import { tellMove, toChange } from '../../../domain/report/change.ts';
import { zh } from '../../../domain/report/words/zh.ts';
import type { Compared } from '../../../domain/wire/brief.ts';
import { emptyMeasures } from '../measures/empty.ts';

const span = { from: '2019-11-01', to: '2019-11-30' };
function compared(now: Partial<Measures>, then: Partial<Measures>, days = 20, daysThen = 20): Compared {
  return {
    ...{ kind: 'previous', now: span, then: span, workingDays: days, workingDaysThen: daysThen },
    ...{ measures: { ...emptyMeasures, ...now }, before: { ...emptyMeasures, ...then } },
  };
}

const cases: readonly (readonly [TermId, Compared, object])[] = [
  ['accepted', compared({ accepted: 103 }, { accepted: 100 }), { text: '+3%', n: 0.03, unit: 'percent' }],
  ['accepted', compared({ accepted: 20 }, { accepted: 19 }), { text: '+1', n: 1, unit: 'count' }],
  ['accepted', compared({ accepted: 4 }, { accepted: 19 }), { text: '−15', n: -15, unit: 'count' }],
  ['accepted', compared({ accepted: 50 }, { accepted: 50 }), { text: '持平', n: 0 }],
  // Nothing rounds into no change.
  ['accepted', compared({ accepted: 100_001 }, { accepted: 100_000 }), { text: '+1', n: 1, unit: 'count' }],
  ['accepted', compared({ accepted: 100 }, { accepted: 100 }, 20, 16), { text: '日均−20%', n: -0.2, byDay: true }],
  // A little less by working day rounds to nothing, and to no -0.
  ['accepted', compared({ accepted: 1 }, { accepted: 1 }, 20, 19), { text: '持平', n: 0 }],
  // What is open at the end of a span does not grow with its days.
  ['open', compared({ open: 40 }, { open: 50 }, 20, 16), { text: '−20%', n: -0.2 }],
  ['onTime', compared({ onTime: { n: 19, of: 19 } }, { onTime: { n: 90, of: 100 } }), { text: '基数不足20' }],
  [
    'onTime',
    compared({ onTime: { n: 95, of: 100 } }, { onTime: { n: 90, of: 100 } }),
    { text: '+5个百分点', n: 0.05, unit: 'points' },
  ],
  ['onTime', compared({ onTime: { n: 0, of: 0 } }, { onTime: { n: 90, of: 100 } }), { type: 'none' }],
  [
    'wait',
    compared(
      { wait: { medianMs: 90_000, p90Ms: 90_000, n: 20, within: { n: 9, of: 20 } } },
      { wait: { medianMs: 150_000, p90Ms: 150_000, n: 20, within: { n: 9, of: 20 } } },
    ),
    { text: '−1分', n: -1, unit: 'minutes' },
  ],
  [
    'wait',
    compared(
      { wait: { medianMs: 90_000, p90Ms: 90_000, n: 19, within: { n: 9, of: 19 } } },
      { wait: { medianMs: 150_000, p90Ms: 150_000, n: 20, within: { n: 9, of: 20 } } },
    ),
    { text: '基数不足20' },
  ],
  [
    'turnaround',
    compared({ turnaround: { medianDays: 2, n: 30 } }, { turnaround: { medianDays: 3, n: 19 } }),
    { text: '基数不足20' },
  ],
  // As fine as the two are told: no change is −0.0.
  [
    'turnaround',
    compared({ turnaround: { medianDays: 0, n: 30 } }, { turnaround: { medianDays: 0.01, n: 30 } }),
    { text: '−0.01', n: -0.01, unit: 'days' },
  ],
];
test.each(cases)('%s', (term, one, expected) => {
  expect(toChange(term, one, 'zh', zh)).toMatchObject(expected);
});

test('in a sentence it is said in words', () => {
  const tell = (now: number, then: number, days = 20) =>
    tellMove('accepted', compared({ accepted: now }, { accepted: then }, 20, days), 'zh', zh);
  expect([tell(103, 100), tell(4, 19), tell(50, 50), tell(100, 100, 16)]).toEqual([
    '增加3%',
    '减少15件',
    '持平',
    '日均减少20%',
  ]);
});
