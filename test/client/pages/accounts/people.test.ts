/** What the list of people says of an account and its assignments, and whom a search finds. */
import { describe, expect, it } from 'vitest';
import type { Account, AccountAssignment } from '../../../../domain/wire/accounts.ts';
import { accountsLanguages } from '../../../../client/words/accounts.ts';
import {
  findPeople,
  HALL,
  phaseOf,
  sortPosts,
  stateOf,
  tellDays,
  tellPost,
} from '../../../../client/pages/accounts/people.ts';

const TODAY = '2026-11-26';
const { zh, en } = accountsLanguages;

function account(staff: string, more: Partial<Account> = {}): Account {
  return { staff, name: `示例${staff}`, state: 'active', assignments: [post('1')], sessions: [], ...more };
}
function post(id: string, more: Partial<AccountAssignment> = {}): AccountAssignment {
  return { id, role: 'clerk', station: 'hall', ...more };
}

it.each<[string, Partial<Account>, string]>([
  ['in force', {}, 'active'],
  ['nothing', { assignments: [] }, 'idle'],
  ['yesterday’s', { assignments: [post('1', { until: '2026-11-25' })] }, 'idle'],
  ['today’s last', { assignments: [post('1', { until: TODAY })] }, 'active'],
  ['tomorrow’s', { assignments: [post('1', { from: '2026-11-27' })] }, 'idle'],
  ['an invited one without a day', { state: 'invited', assignments: [] }, 'invited'],
  ['a locked one', { state: 'locked' }, 'locked'],
  ['one who left', { state: 'ended', assignments: [] }, 'ended'],
])('an account with %s is %j: %s', (_name, more, state) => {
  expect(stateOf(account('s01', more), TODAY)).toBe(state);
});

it.each<[Partial<AccountAssignment>, string, string, string]>([
  [{}, 'now', '长期', 'lasting'],
  [{ from: TODAY, until: TODAY }, 'now', '11月26日一天', 'on 26 Nov'],
  [{ from: TODAY, until: '2026-11-28' }, 'now', '11月26日至11月28日', '26 Nov to 28 Nov'],
  [{ from: '2026-12-31', until: '2027-01-02' }, 'coming', '12月31日至2027年1月2日', '31 Dec to 2 Jan 2027'],
  [{ from: '2026-01-05' }, 'now', '1月5日起', 'from 5 Jan'],
  [{ until: '2025-12-31' }, 'over', '至2025年12月31日', 'until 31 Dec 2025'],
])('an assignment of %j is %s: %s', (dates, phase, chinese, english) => {
  expect(phaseOf(post('1', dates), TODAY)).toBe(phase);
  expect(tellDays(post('1', dates), TODAY, zh)).toBe(chinese);
  expect(tellDays(post('1', dates), TODAY, en)).toBe(english);
});

it('an assignment is told by its role and place, and by the id of a place that is not known', () => {
  const stations = new Map([['hall', '梅林街道政务服务大厅']]);
  expect(tellPost(post('1'), stations, zh)).toBe('窗口人员 · 梅林街道政务服务大厅');
  expect(tellPost(post('1', { station: 'toString' }), stations, zh)).toBe('窗口人员 · toString');
  expect(tellPost({ role: 'leader' }, stations, en)).toBe('Leader · Whole hall');
});

it('those in force come first, then those to come, then the past from its end', () => {
  const posts = [
    post('past', { from: '2025-01-01', until: '2025-02-01' }),
    post('later', { from: '2027-01-01' }),
    post('sooner', { from: '2026-12-01' }),
    post('lasting'),
    post('recent', { from: '2026-01-01', until: '2026-11-25' }),
  ];
  expect(sortPosts(posts, TODAY).map(({ id }) => id)).toEqual(['lasting', 'sooner', 'later', 'recent', 'past']);
});

describe('a search', () => {
  const people = [
    account('s10', { name: '示例乙' }),
    account('s2', { name: 'Anna' }),
    account('gone', { state: 'ended', assignments: [] }),
    account('boss', { assignments: [post('1', { role: 'leader', station: undefined })] }),
    account('sub', { assignments: [post('1', { station: 'meifeng', from: '2026-12-01', until: '2026-12-02' })] }),
    account('was', { assignments: [post('1', { station: 'meifeng', until: '2026-11-25' })] }),
  ];
  const find = (text: string, station = '', withEnded = false) =>
    findPeople(people, { text, station, withEnded }, TODAY).map(({ staff }) => staff);

  it.each<[string, string, string[]]>([
    ['', '', ['boss', 's2', 's10', 'sub', 'was']],
    ['乙', '', ['s10']],
    [' ANN ', '', ['s2']],
    ['Ｓ１０', '', ['s10']],
    ['.*', '', []],
    ['x'.repeat(1_000), '', []],
    ['', 'meifeng', ['sub']],
    ['', 'hall', ['s2', 's10']],
    ['', HALL, ['boss']],
    ['', 'constructor', []],
  ])('for %j at %j finds %j', (text, station, found) => {
    expect(find(text, station)).toEqual(found);
  });
  it('finds who left where that is asked for', () => {
    expect(find('gone')).toEqual([]);
    expect(find('gone', '', true)).toEqual(['gone']);
  });
});
