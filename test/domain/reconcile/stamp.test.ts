// What a stamp says, and what a day's report says of all of them.
import { expect, test } from 'vitest';
import { sayDay, sayStamp, type Stamp } from '../../../domain/reconcile/stamp.ts';

function stamp(found: number, settled: number, system = 'platform', name = '一窗平台'): Stamp {
  const counts = { 'ledger-missing': found, 'file-missing': 0, differs: 0, unread: 0 };
  return {
    run: 'r',
    day: '2019-06-05',
    system,
    name,
    at: 0,
    by: 'm',
    digest: 'd',
    upTo: 1,
    matched: 5,
    counts,
    settled,
  };
}

test.each([
  [undefined, '未对账', 'not reconciled'],
  [stamp(0, 0), '已对平', 'agrees'],
  [stamp(3, 0), '差3件', '3 to explain'],
  [stamp(3, 2), '差1件（已说明2件）', '1 to explain (2 explained)'],
  [stamp(2, 2), '已对平（说明2件）', 'agrees (2 explained)'],
  [{ ...stamp(0, 0), asOf: '11:00' }, '截至11:00已对平', 'agrees as of 11:00'],
  [{ ...stamp(3, 2), asOf: '11:00' }, '截至11:00差1件（已说明2件）', '1 to explain (2 explained) as of 11:00'],
])('a stamp says how many are left, and what was explained apart (R7)', (one, zh, en) => {
  expect([sayStamp(one, 'zh'), sayStamp(one, 'en')]).toEqual([zh, en]);
});

const platform = { id: 'platform', name: '一窗平台' };
const queue = { id: 'queue', name: '排队系统' };
test.each([
  [[], [], '未对账', 'not reconciled'],
  [[platform, queue], [], '未对账', 'not reconciled'],
  [[platform], [stamp(3, 0)], '差3件', '3 to explain'],
  [[platform, queue], [stamp(0, 0)], '一窗平台已对平；排队系统未对账', '一窗平台: agrees; 排队系统: not reconciled'],
  [[queue], [stamp(1, 0)], '排队系统未对账；一窗平台差1件', '排队系统: not reconciled; 一窗平台: 1 to explain'],
])(
  'a day says it of every system that there is, and of one that was reconciled and is no more (R7)',
  (systems, stamps, zh, en) => {
    expect([sayDay(systems, stamps, 'zh'), sayDay(systems, stamps, 'en')]).toEqual([zh, en]);
  },
);
