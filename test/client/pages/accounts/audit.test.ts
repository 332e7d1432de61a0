/** Each line of the audit says who, what and about what, in words; what is new to the page is told as the ledger has it. */
import { expect, it, test } from 'vitest';
import { createZone } from '../../../../domain/calendar/zone.ts';
import { dataSchemas } from '../../../../domain/events/schema.ts';
import type { AuditLine } from '../../../../domain/wire/accounts.ts';
import { tellLine } from '../../../../client/pages/accounts/audit.ts';
import { tellAgo, tellMoment } from '../../../../client/pages/accounts/when.ts';
import { accountsLanguages } from '../../../../client/words/accounts.ts';

const { zh, en } = accountsLanguages;
const names = {
  stations: new Map([['meifeng', '梅丰社区']]),
  people: new Map([
    ['s31', '示例丙'],
    ['boss', '示例主任'],
  ]),
};
const line = (type: string, about: Record<string, string>, actor?: AuditLine['actor']): AuditLine => ({
  seq: 1,
  at: 0,
  type,
  about,
  ...(actor === undefined ? {} : { actor }),
});
const tell = (one: AuditLine, words = zh) => {
  const { who, what, about } = tellLine(one, names, words);
  return `${who} / ${what} / ${about.map(({ label, value }) => `${label} ${value}`).join(', ')}`;
};
const boss = { kind: 'staff', id: 'boss' };

it.each<[AuditLine, string]>([
  [
    line('hall.access.changed', { change: 'assignment-added', staff: 's31', role: 'clerk', station: 'meifeng' }, boss),
    '示例主任 boss / 增加岗位 / 人员 示例丙 s31, 角色 窗口人员, 站点 梅丰社区',
  ],
  [line('hall.access.changed', { change: 'signed-in', staff: 'boss' }, boss), '示例主任 boss / 登录 / '],
  [line('hall.access.changed', { change: 'brand-new', staff: 'x' }, boss), '示例主任 boss / 账号变动 / 人员 x'],
  [line('hall.access.changed', {}, boss), '示例主任 boss / 账号变动 / '],
  [
    line('hall.window.changed', { window: 'w03', status: 'paused' }, { kind: 'staff', id: 's99', name: '示例新' }),
    '示例新 s99 / 窗口状态 / 窗口 w03, 状态 暂停',
  ],
  [line('hall.event.voided', { id: 'e/1', undo: 'true' }, boss), '示例主任 boss / 撤销登记 / 记录 e/1'],
  [line('hall.event.voided', { id: 'e/1' }, boss), '示例主任 boss / 作废 / 记录 e/1'],
  [line('hall.rating.given', { score: '5' }, { kind: 'tablet', id: 'w03' }), '评价器 w03 / 评价 / 评分 5'],
  [line('hall.case.accepted', {}), '不详 / 受理办件 / '],
  [line('hall.moon.rose', { phase: 'full' }, { kind: 'toString', id: '1' }), 'toString 1 / moon.rose / phase full'],
  [line('constructor', { constructor: 'valueOf' }), '不详 / constructor / constructor valueOf'],
])('%j', (one, told) => {
  expect(tell(one)).toBe(told);
});

test('every type that a hall records has a word in both languages', () => {
  for (const type of Object.keys(dataSchemas)) {
    expect(tell(line(type, {})), type).toMatch(/[\u4e00-\u9fff] \/ $/);
    expect(tell(line(type, {}), en), type).toMatch(/ \/ [A-Z][a-z’ -]+( [a-z-]+)* \/ $/);
  }
});

const zone = createZone('Asia/Shanghai');
const NOW = Date.parse('2026-11-26T00:30:00+08:00');
it.each<[string, string, string]>([
  ['2026-11-26T00:29:31+08:00', '刚刚', 'just now'],
  ['2026-11-26T00:29:00+08:00', '1 分钟前', '1 min ago'],
  ['2026-11-25T23:31:00+08:00', '59 分钟前', '59 min ago'],
  ['2026-11-25T23:30:00+08:00', '昨天 23:30', 'yesterday 23:30'],
  ['2026-11-24T08:05:00+08:00', '11月24日 08:05', '24 Nov 08:05'],
  ['2025-11-26T00:00:00+08:00', '2025年11月26日 00:00', '26 Nov 2025 00:00'],
  // A clock that was set back.
  ['2026-11-26T00:31:00+08:00', '刚刚', 'just now'],
])('%s is %s', (at, chinese, english) => {
  expect(tellAgo(zone, Date.parse(at), NOW, zh.accounts)).toBe(chinese);
  expect(tellAgo(zone, Date.parse(at), NOW, en.accounts)).toBe(english);
});
test('in a table a moment is a date and a time', () => {
  expect(tellMoment(zone, NOW, NOW, zh.accounts)).toBe('今天 00:30');
});
