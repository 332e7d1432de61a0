// 刚才: what was written down today, sent or not, and what may still be done about each.
import { expect, test } from 'vitest';
import { createZone } from '../../../../domain/calendar/zone.ts';
import { nameEntry, type Act, type Entry } from '../../../../domain/desk/entry.ts';
import { toDeskLines } from '../../../../domain/desk/from-events.ts';
import { toEvents } from '../../../../domain/desk/to-events.ts';
import { buildRecent, countToday, recentItems, type HeldEntry } from '../../../../client/pages/desk/recent.ts';
import { desk as en } from '../../../../client/words/en/desk.ts';
import { desk as zh } from '../../../../client/words/zh/desk.ts';

const zone = createZone('Asia/Shanghai');
const TEN = Date.UTC(2026, 10, 26, 2);
const catalogue = {
  day: '2026-11-26',
  station: 'hall',
  items: [
    { code: 'a', name: '少儿医保', initials: 'seyb', line: 'm', kind: 'instant' as const },
    {
      code: 'b',
      name: '门诊报销',
      initials: 'mzbx',
      line: 'm',
      kind: 'promised' as const,
      promisedBy: '2026-12-07T10:00:00.000Z',
    },
  ],
  lines: [],
  windows: [],
  terminals: [],
  services: [],
  windowPauses: [],
  casePauses: [],
};
let n = 0;
const entry = (act: Act, at = TEN, ticket?: string): Entry => ({
  id: nameEntry('2026-11-26', 's1', `${'abcdefghijklmnopqrs'}${String.fromCharCode(97 + n++)}`),
  author: 's1',
  hall: 'h',
  station: 'hall',
  at: new Date(at).toISOString(),
  ...(ticket === undefined ? {} : { ticket }),
  act,
});
const instant: Act = { type: 'case', case: 'c1', item: 'a', channel: 'window', handling: 'instant' };
const promised: Act = { type: 'case', case: 'c2', item: 'b', channel: 'window', handling: 'promised' };
const toSent = (one: Entry, voided = false) => toDeskLines(toEvents(one).map((event) => ({ event, voided })));
const build = (held: HeldEntry[], sent = toSent(entry(promised)), now = TEN, words = zh) =>
  buildRecent({ held, sent, catalogue, now, zone }, words);

test('an entry reads alike before and after it is in the ledger, but for that it waits', () => {
  const one = entry(instant, TEN, '2026-11-26/hall/A001');
  const [waiting] = build([{ entry: one }], []);
  const [sent] = build([], toSent(one));
  expect(waiting).toMatchObject({ title: '少儿医保', note: 'A001 · 已办结 · 待上传', state: 'waiting', undoS: 60 });
  expect(sent).toEqual({ ...waiting, note: 'A001 · 已办结', state: 'sent' });
  // In both at once while the answer is on its way: one line.
  expect(build([{ entry: one }], toSent(one))).toHaveLength(1);
});

test('what was sent reads so before the list of the ledger says it, and what was taken back does not return', () => {
  const [one, other] = [entry(instant), entry(promised)];
  const undo = entry({ type: 'undo', entry: other.id });
  const sent = [one, undo].map((each) => ({ entry: each, isSent: true as const }));
  expect(build(sent, toSent(other))).toMatchObject([
    { id: other.id, state: 'taken-back', note: '已撤销' },
    { id: one.id, state: 'sent', note: '已办结' },
  ]);
});

test.each([
  ['time', instant, 'retime'],
  ['feed', instant, 'again'],
  ['not-allowed', instant, 'again'],
  ['identity', { type: 'request-received', request: 'r1', topic: '找王小明' }, 'reword'],
  ['text', { type: 'void', entry: 'e', reason: '录错' }, 'reword'],
  // Nothing in it was typed.
  ['identity', instant, undefined],
  ['done', instant, undefined],
] as const)('of what was refused (%s) it is said what it takes to send it again', (reason, act, mend) => {
  const [line] = build([{ entry: entry(act), reason }], []);
  expect(line).toMatchObject({ state: 'refused', mayVoid: false });
  expect(line!.mend).toBe(mend);
});

test('the promise is told as the page writes dates', () => {
  expect(build([])[0]).toMatchObject({ title: '门诊报销', note: '承诺 12月7日前' });
  expect(build([], undefined, TEN, en)[0]!.note).toBe('promised by 7 Dec');
});

test.each([
  [0, 60],
  [1, 60],
  [30_000, 30],
  [59_001, 1],
  [60_000, 0],
  [-4_000, 60],
])('%i ms after it was made %i seconds are left to undo it', (after, seconds) => {
  expect(build([], toSent(entry(instant)), TEN + after)[0]!.undoS).toBe(seconds);
});

test('what is being taken back is struck out at once and can be taken back no more', () => {
  const one = entry(instant);
  const undo = entry({ type: 'undo', entry: one.id });
  const lines = build([{ entry: undo }], toSent(one));
  expect(lines).toMatchObject([{ id: one.id, note: '已撤销', state: 'taken-back', undoS: 0, mayVoid: false }]);
  expect(countToday(lines)).toBe(0);
});

test('what was refused says why, whatever it was, and stays until somebody throws it away', () => {
  const one = entry(instant);
  const undo = entry({ type: 'undo', entry: one.id });
  const lines = build(
    [
      { entry: undo, reason: 'too-late' },
      { entry: entry(promised), reason: 'identity' },
    ],
    toSent(one),
  );
  expect(lines.map(({ state }) => state).sort()).toEqual(['refused', 'refused', 'sent']);
  expect(lines.find(({ id }) => id === undo.id)).toMatchObject({
    title: '撤销',
    note: '要更正 · 已过一分钟，请用作废。',
  });
  expect(countToday(lines)).toBe(1);
});

test('what is of an earlier day says of which, may be voided, and counts not as of today', () => {
  const [line] = build([], undefined, TEN + 24 * 3_600_000);
  // What it promised then is not what it would promise today.
  expect(line).toMatchObject({ note: '11月26日 · 已受理', isToday: false, mayVoid: true, undoS: 0 });
  expect(countToday([line!])).toBe(0);
  expect(countToday(build([]))).toBe(1);
});

test('the items that were had last come first, each once', () => {
  const held = [{ entry: entry(instant, TEN + 5) }];
  const sent = [...toSent(entry(promised, TEN)), ...toSent(entry(instant, TEN - 5))];
  expect(recentItems({ held, sent })).toEqual(['a', 'b']);
});

test.each(['__proto__', 'constructor', '<b>', ''])(
  'an item of which nothing is known is called by its id: %s',
  (item) => {
    const [line] = build([], toSent(entry({ ...instant, item } as Act)));
    expect(line!.title).toBe(item);
  },
);
