// What a desk offers at each moment: its window, its keys, the item's own way, and where it stands.
import { describe, expect, test } from 'vitest';
import { createZone } from '../../../../domain/calendar/zone.ts';
import type { DeskState, SignedIn } from '../../../../domain/wire/desk.ts';
import { buildCases } from '../../../../client/pages/desk/cases.ts';
import { keepPlace, readPlace } from '../../../../client/pages/desk/choices.ts';
import { handlingOf, isWhole, nameHandling, toCaseAct, USUAL } from '../../../../client/pages/desk/record.ts';
import { buildServing } from '../../../../client/pages/desk/serving.ts';
import { deedOf, type Pressed } from '../../../../client/pages/desk/shortcuts.ts';
import { choosePlace } from '../../../../client/pages/desk/stations.ts';
import { desk as words } from '../../../../client/words/zh/desk.ts';

const zone = createZone('Asia/Shanghai');
const TEN = Date.UTC(2026, 10, 26, 2);
const ticket = { ticket: '2026-11-26/hall/A001', number: 'A001', takenAt: TEN - 300_000 };
type Window = DeskState['windows'][number];

describe('the window', () => {
  const me = { staff: 's1', name: '甲' };
  const state = (window: Partial<Window>, waiting = 1, isOwn = true): DeskState => ({
    hall: 'h',
    station: 'hall',
    stationName: '街道大厅',
    seq: 1,
    now: TEN,
    day: '2026-11-26',
    queue: { isOwn, isOpen: true, waiting: waiting ? [ticket] : [], waitingCount: waiting, passed: [] },
    windows: [{ id: 'w1', label: '01', status: 'open', holder: me, ...window }],
    cases: [],
    caseCount: 0,
    appointments: [],
    alarms: [],
    terminals: [],
    feeds: {},
  });
  const serving = { ...ticket, calledAt: TEN - 65_000 };
  const may = (seen: DeskState | undefined, isLive = true) =>
    Object.entries(buildServing(seen, 'w1', 's1', TEN, isLive, zone, words).may)
      .filter(([, is]) => is)
      .map(([name]) => name);

  test.each([
    ['free, and somebody waits', state({}), ['call', 'pause', 'take']],
    ['free, and nobody waits', state({}, 0), ['pause', 'take']],
    ['one in hand: the next is not offered', state({ serving }), ['work', 'take']],
    ['paused', state({ status: 'paused' }), ['resume', 'take']],
    ['closed', state({ status: 'closed' }), ['take']],
    ["somebody else's", state({ holder: { staff: 's2', name: '乙' }, serving }), ['take']],
    ['a queue machine calls again, and one of ours is in hand', state({ serving }, 1, false), ['work']],
    ['a queue machine calls', state({ serving: { ...serving, byMachine: true } }, 1, false), []],
    [
      'the desk stands in for a machine that left one in hand',
      state({ serving: { ...serving, byMachine: true } }),
      ['call', 'pause', 'take'],
    ],
    ['never seen', undefined, []],
  ])('%s', (_, seen, offered) => expect(may(seen)).toEqual(offered));

  test('what a machine left is told, and is not in hand', () => {
    const left = { ...serving, byMachine: true as const };
    const view = buildServing(state({ serving: left }), 'w1', 's1', TEN, true, zone, words);
    expect([view.serving, view.leftByMachine]).toEqual([undefined, left]);
  });

  test('without the server nobody can call', () => expect(may(state({}), false)).toEqual([]));

  test('says who, for how long, and how long they waited before', () => {
    const view = buildServing(state({ serving: { ...serving, green: true } }), 'w1', 's1', TEN, true, zone, words);
    expect([view.elapsed, view.tags, view.longest]).toEqual(['1 分 05 秒', ['等候 3 分', '绿色通道'], '最长 5 分']);
  });
});

describe('keys', () => {
  const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({
    ...{ key, ctrlKey: false, shiftKey: false, altKey: false, metaKey: false, isComposing: false, keyCode: 0 },
    ...more,
  });
  test.each([
    ['F2', {}, 'call'],
    ['F4', {}, 'finish'],
    ['F4', { shiftKey: true }, 'pass'],
    ['F8', {}, 'consult'],
    ['F9', {}, 'service'],
    ['/', {}, 'find'],
    ['?', {}, 'keys'],
    ['z', { ctrlKey: true }, 'undo'],
    // A browser's own, and an input method's.
    ['F5', {}, undefined],
    ['F6', {}, undefined],
    ['1', { altKey: true }, undefined],
    ['F2', { isComposing: true }, undefined],
    ['F2', { keyCode: 229 }, undefined],
    ['F4', { altKey: true }, undefined],
    ['Z', { ctrlKey: true, shiftKey: true }, undefined],
  ] as const)('%s %o', (key, more, deed) => expect(deedOf(press(key, more), false)).toBe(deed));

  test('what writes text is left to whoever types; function keys mean the same everywhere', () => {
    expect(['/', '?', 'F2', 'F8'].map((key) => deedOf(press(key), true))).toEqual([
      undefined,
      undefined,
      'call',
      'consult',
    ]);
    expect(deedOf(press('z', { ctrlKey: true }), true)).toBeUndefined();
  });
});

describe('a case', () => {
  const item = { code: 'a', name: '甲', initials: 'j', line: 'm', kind: 'instant' as const };
  const slow = { ...item, kind: 'promised' as const, promisedBy: '2026-12-07T10:00:00.000Z' };

  test('is handled as its item is, and with a paper missing only accepted', () => {
    expect(handlingOf(item, USUAL)).toBe('instant');
    expect(handlingOf(slow, USUAL)).toBe('promised');
    expect(handlingOf(item, { ...USUAL, deferred: '户口簿' })).toBe('promised');
    expect(nameHandling(item, 'instant', zone, words)).toBe('受理并办结');
    expect(nameHandling(slow, 'promised', zone, words)).toBe('受理，承诺12月7日前');
    expect(nameHandling(item, 'promised', zone, words)).toBe('只受理');
  });

  test('says nothing of what is usual, and names each missing paper', () => {
    expect(toCaseAct('c', item, USUAL, 'instant')).toEqual({
      ...{ type: 'case', case: 'c', item: 'a', channel: 'window', handling: 'instant' },
    });
    const options = { channel: 'phone', isLegalPerson: true, isGreen: true, deferred: ' 户口簿 \n\n照片' } as const;
    expect(toCaseAct('c', slow, options, 'promised')).toMatchObject({
      ...{ channel: 'phone', applicant: 'legal-person', green: true, promisedBy: slow.promisedBy },
      deferredDocuments: ['户口簿', '照片'],
    });
    expect([USUAL, options, { ...USUAL, deferred: ' ' }].map(isWhole)).toEqual([true, true, false]);
  });
});

test('open cases are found by name, initials and number, and are overdue by the hall’s clock', () => {
  const cases = [
    { case: 'c1', item: 'a', acceptedAt: TEN, dueAt: TEN - 1, channel: 'window', ticket: ticket.ticket },
    { case: 'c2', item: '__proto__', acceptedAt: TEN, channel: 'window', paused: true as const },
  ];
  const catalogue = { items: [{ code: 'a', name: '少儿医保', initials: 'seyb', line: 'm', kind: 'instant' }] } as never;
  const find = (query: string) => buildCases(cases, [], TEN, { catalogue, query, zone, words }).map((one) => one.case);
  expect([find(''), find('少儿'), find('SEY'), find('a001'), find('nothing')]).toEqual([
    ['c1', 'c2'],
    ['c1'],
    ['c1'],
    ['c1'],
    [],
  ]);
  expect(buildCases(cases, [], TEN, { catalogue, query: '', zone, words })).toMatchObject([
    { isOverdue: true, number: 'A001' },
    { name: '__proto__', isOverdue: false, due: '补正中，计时暂停' },
  ]);
});

test('of an open case it is told what is missing and until when, and of no other', () => {
  const cases = ['c1', 'c2', 'c3', 'c4'].map((id) => ({ case: id, item: 'a', acceptedAt: TEN, channel: 'window' }));
  const papers = [
    { case: 'c1', item: 'a', papers: ['户口本', '结婚证'], supplyBy: TEN },
    { case: 'c2', item: 'a', papers: [] },
    { case: 'c3', item: 'a', papers: ['户口本'], supplyBy: TEN - 1 },
  ];
  const lines = buildCases(cases, papers, TEN, { catalogue: undefined, query: '', zone, words });
  expect(lines.map(({ papers: told, isLate }) => [told, isLate])).toEqual([
    ['缺户口本、结婚证，11月26日前补齐', undefined],
    ['缺材料', undefined],
    ['缺户口本，11月26日前补齐', true],
    [undefined, undefined],
  ]);
});

describe('where a desk stands', () => {
  const who = (roles: SignedIn['assignments'], ...ids: string[]): SignedIn =>
    ({ assignments: roles, stations: ids.map((id) => ({ id, name: id })) }) as unknown as SignedIn;
  test.each([
    [
      'where it stood',
      who([{ role: 'clerk', station: 'a' }], 'a', 'b'),
      { station: 'b', window: 'w' },
      { station: 'b', window: 'w' },
    ],
    [
      'at their own station, where it stood may not be seen',
      who([{ role: 'clerk', station: 'a' }], 'a'),
      { station: 'b' },
      { station: 'a' },
    ],
    ['a manager at the first', who([{ role: 'manager' }], 'x', 'y'), undefined, { station: 'x' }],
    ['nowhere', who([{ role: 'administrator' }]), { station: 'a' }, undefined],
  ] as const)('%s', (_, person, kept, place) => expect(choosePlace(person, kept)).toEqual(place));

  test('is kept by the browser for each hall, and what is kept there may be anything', () => {
    const kept = new Map<string, string>();
    const open = () => ({
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    });
    keepPlace('h', { station: 'a', window: 'w' }, open);
    expect([readPlace('h', open), readPlace('other', open)]).toEqual([{ station: 'a', window: 'w' }, undefined]);
    for (const odd of ['', '{', '[]', 'null', '{"station":3}', '"a"']) {
      kept.set('hallpulse:desk:h', odd);
      expect(readPlace('h', open)).toBeUndefined();
    }
  });
});
