// Who recorded an event and where it came from, in words: a feed, a key, a screen, a tablet, a person, a part of the product.
import { expect, test } from 'vitest';
import { createZone } from '../../../domain/calendar/zone.ts';
import type { HallConfig } from '../../../domain/profile/profile.ts';
import { tellRecorder, tellSource } from '../../../client/pages/rows/source.ts';
import { rowsLanguages } from '../../../client/words/rows.ts';
import type { Actor } from '../../../server/ledger/actor.ts';
import { tellLife } from '../../../server/reports/life.ts';
import { createRowNames } from '../../../server/reports/row-names.ts';
import { createSmallHall } from '../../property/hall.ts';

const zone = createZone('Asia/Shanghai');
const small = createSmallHall('Asia/Shanghai', '2019-11-25');
const config: HallConfig = {
  ...small,
  profile: { ...small.profile, feeds: [{ fact: 'cases', source: 'urn:one-window', from: '2019-11-25' }] },
};
const names = createRowNames(() => config, {
  nameOf: (staff) => (staff === 's7' ? '梅七' : undefined),
  labelOf: (kind, id) => (id === 'k1' ? (kind === 'key' ? '一窗平台' : '门口大屏') : undefined),
});

/** How an acceptance is told, in both languages. */
function tell(source: string, actor: Actor | undefined, at = '2019-11-26T09:00:00+08:00'): string[] {
  const data = { case: 'c', station: 'hall', channel: 'window' as const, item: 'plain' };
  const event = { seq: 1, source, id: 'e', type: 'hall.case.accepted' as const, at: Date.parse(at), data };
  const life = { events: [{ event, receivedAt: event.at, ...(actor ? { actor } : {}) }], seq: 1 };
  const around = { history: new Map(), days: new Map(), config, zone, names };
  const [told] = tellLife(life, 'case:c', around).events;
  return (['zh', 'en'] as const).map((language) => {
    const words = rowsLanguages[language];
    return [...(told!.by ? [tellRecorder(told!.by, words)] : []), tellSource(told!, words)].join(' · ');
  });
}

test.each<[string, Actor | undefined, string, string]>([
  ['urn:hallpulse:desk', { kind: 'staff', id: 's7' }, '梅七 登记 · 工作台录入', 'recorded by 梅七 · written at a desk'],
  [
    'urn:one-window',
    { kind: 'key', id: 'k1' },
    '接入系统“一窗平台” · 来自 urn:one-window（办件数据来源）',
    'the system “一窗平台” · from urn:one-window, the feed of cases',
  ],
  ['urn:other', { kind: 'key', id: 'gone' }, '接入系统“gone” · 来自 urn:other', 'the system “gone” · from urn:other'],
  ['urn:other', undefined, '来自 urn:other', 'from urn:other'],
  [
    'urn:hallpulse:ratings',
    { kind: 'tablet', id: 'w01' },
    '01号窗评价器 · 本厅评价器',
    'the tablet of window 01 · the hall’s own tablets',
  ],
  [
    'urn:hallpulse:queue',
    { kind: 'display', id: 'k1' },
    '屏幕“门口大屏” · 本厅叫号',
    'the screen “门口大屏” · the hall’s own queue',
  ],
  ['urn:hallpulse:followups', { kind: 'hall', id: 'followups' }, '系统自动登记 · 督办页', expect.any(String) as string],
])('%s by %o', (source, actor, zh, en) => {
  expect(tell(source, actor)).toEqual([zh, en]);
});

test('a source is no feed on the days before it was named as one', () => {
  const [zh] = tell('urn:one-window', undefined, '2019-11-24T09:00:00+08:00');
  expect(zh).toBe('来自 urn:one-window');
});
