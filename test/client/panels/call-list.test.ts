// The calls of the public screen: from the pictures that it sees, one after another, to what stands where and for how long.
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { PublicCall } from '../../../domain/board/topics/data-public.ts';
import { hearCalls, LEAST_MS, passTime, readCalls, type CallList } from '../../../client/panels/public/call-list.ts';
import { speechOfCall } from '../../../client/panels/public/call-voice.ts';

const NOON = Date.parse('2026-11-26T12:00:00+08:00');
const DAY = '2026-11-26';

/** `at`: seconds after noon at which it was called. */
const call = (number: string, at: number, window = '03'): PublicCall => ({ number, window, at: NOON + at * 1000 });

/** What a page shows that sees a picture at some seconds, newest call first in each; read at the last. */
type Story = readonly (readonly [second: number, calls: readonly PublicCall[]])[];
function follow(story: Story, day = DAY): CallList {
  let list: CallList | undefined;
  for (const [second, calls] of story)
    list = hearCalls(list, { day, calls, hallNow: NOON + second * 1000, at: second * 1000 });
  return list!;
}
/** The numbers in the large place, second by second, and each as it is when it changes. */
function watch(list: CallList, from: number, until: number): (string | undefined)[] {
  const seen: (string | undefined)[] = [];
  let now = list;
  for (let second = from; second <= until; second++) {
    now = passTime(now, second * 1000);
    const large = readCalls(now, second * 1000).calls[0]?.number;
    if (seen.length === 0 || seen.at(-1) !== large) seen.push(large);
  }
  return seen;
}
const numbers = (calls: readonly PublicCall[]) => calls.map(({ number }) => number);
const at = (list: CallList, second: number) => {
  const { calls, past } = readCalls(passTime(list, second * 1000), second * 1000);
  return { calls: numbers(calls), past: numbers(past) };
};

const A = call('A1', 0);
const B = call('A2', 2, '04');
const C = call('A3', 3, '05');

describe('the large place', () => {
  test('holds what was called last where the page has just been opened, and recites nothing', () => {
    const list = follow([[100, [C, B, A]]]);
    expect([at(list, 100), list.waiting]).toEqual([{ calls: ['A3', 'A2', 'A1'], past: [] }, []]);
  });
  test('keeps a call for ten seconds though its ticket is finished at once', () => {
    const list = follow([
      [0, []],
      [1, [A]],
      [2, []],
    ]);
    expect([at(list, 10.9).calls, at(list, 11).calls, at(list, 11).past]).toEqual([['A1'], [], ['A1']]);
  });
  test('keeps it though the next is called; each has its time, in the order of calling', () => {
    const list = follow([
      [0, []],
      [1, [A]],
      [2, [B, A]],
      [3, [C, B, A]],
    ]);
    expect([at(list, 10).calls[0], at(list, 11).calls[0]]).toEqual(['A1', 'A2']);
    expect(watch(list, 3, 60)).toEqual(['A1', 'A2', 'A3']);
  });
  test('shows both of two that came in one picture', () => {
    const list = follow([
      [0, []],
      [4, [C, B]],
    ]);
    expect(watch(list, 4, 60)).toEqual(['A2', 'A3']);
  });
  test('hides none that was finished before its turn', () => {
    const list = follow([
      [0, []],
      [1, [A]],
      [2, [B, A]],
      [3, [A]],
    ]);
    expect(at(list, 3)).toEqual({ calls: ['A1'], past: [] });
    expect(watch(list, 3, 40)).toEqual(['A1', 'A2', 'A1']);
    expect(at(passTime(list, 11_000), 30)).toEqual({ calls: ['A1'], past: ['A2'] });
  });
  test('shows a recall again, also of the one that stands there', () => {
    const again = call('A1', 30);
    const list = follow([
      [0, []],
      [1, [A]],
      [12, [B, A]],
      [30, [again, B]],
    ]);
    expect(list.large?.call).toBe(again);
    const same = follow([
      [0, []],
      [1, [A]],
      [30, [again]],
    ]);
    expect(same.large).toEqual({ call: again, since: 30_000 });
  });
  test('a recall before its turn has one turn', () => {
    const list = follow([
      [0, []],
      [1, [A]],
      [2, [B, A]],
      [4, [call('A2', 4, '04'), A]],
    ]);
    expect(watch(list, 4, 60)).toEqual(['A1', 'A2']);
  });
  test('is for what is new: nothing of long ago that comes after an outage', () => {
    const list = follow([
      [0, [A]],
      [600, [call('A9', 590), B, A]],
    ]);
    expect(watch(list, 600, 700)).toEqual(['A9']);
  });
  test('calls nobody anew who only comes back into the picture', () => {
    const list = follow([
      [0, []],
      [1, [A]],
      [20, [B]],
      [40, [B, A]],
    ]);
    expect([list.waiting, list.large?.call]).toEqual([[], B]);
  });
  test('gives many that wait less time each, and still shows every one', () => {
    const many = Array.from({ length: 9 }, (_, i) => call(`M${i}`, 1, String(i)));
    const list = follow([
      [0, []],
      [1, many],
    ]);
    expect(watch(list, 1, 100)).toEqual(many.map(({ number }) => number));
    expect(watch(list, 1, 10)).toEqual(['M0', 'M1', 'M2']);
  });
});

describe('the list of those called before', () => {
  test('keeps six, the latest first, none twice, and none that is in hand', () => {
    const story: [number, PublicCall[]][] = [[0, []]];
    for (let i = 1; i <= 8; i++) story.push([i * 12, [call(`N${i}`, i * 12)]]);
    const list = follow(story);
    expect(at(list, 96)).toEqual({ calls: ['N8'], past: ['N7', 'N6', 'N5', 'N4', 'N3', 'N2'] });
    const back = hearCalls(list, {
      day: DAY,
      calls: [call('N5', 110), call('N8', 96)],
      hallNow: NOON + 110_000,
      at: 110_000,
    });
    expect(at(back, 110)).toEqual({ calls: ['N5', 'N8'], past: ['N7', 'N6', 'N4', 'N3', 'N2', 'N1'] });
  });
  test('ends with its day', () => {
    const list = follow([
      [0, []],
      [1, [A]],
      [20, []],
    ]);
    const next = hearCalls(list, { day: '2026-11-27', calls: [], hallNow: NOON, at: 30_000 });
    expect(readCalls(next, 30_000)).toEqual({ calls: [], past: [] });
  });
});

test('whatever is called in whatever pace, each call stands large once, and for its time', () => {
  const steps = fc.array(
    fc.record({ wait: fc.integer({ min: 0, max: 15 }), starts: fc.integer({ min: 0, max: 2 }), ends: fc.boolean() }),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(steps, (story) => {
      let second = 0;
      let inHand: PublicCall[] = [];
      let made = 0;
      let list = hearCalls(undefined, { day: DAY, calls: [], hallNow: NOON, at: 0 });
      const turns: { number: string; since: number }[] = [];
      const note = () => {
        const { large } = list;
        if (large && turns.at(-1)?.since !== large.since) turns.push({ number: large.call.number, since: large.since });
      };
      const pass = (seconds: number) => {
        for (let i = 0; i < seconds; i++) {
          list = passTime(list, ++second * 1000);
          note();
        }
      };
      for (const { wait, starts, ends } of story) {
        pass(wait);
        if (ends) inHand = inHand.slice(0, -1);
        for (let i = 0; i < starts; i++)
          inHand = [call(`P${made++}`, second + i / 1000, String(made % 7)), ...inHand].slice(0, 6);
        list = hearCalls(list, { day: DAY, calls: inHand, hallNow: NOON + second * 1000, at: second * 1000 });
        note();
      }
      pass(made * 10 + 20);
      expect(turns.map(({ number }) => number)).toEqual(Array.from({ length: made }, (_, i) => `P${i}`));
      const gaps = turns.slice(1).map(({ since }, i) => since - turns[i]!.since);
      expect(Math.min(LEAST_MS, ...gaps)).toBeGreaterThanOrEqual(4_000);
    }),
    { numRuns: Number(process.env['HALLPULSE_PROPERTY_RUNS'] ?? 300) },
  );
});

test.each<[PublicCall, string]>([
  [call('A032', 0, '03'), '请A零三二号，到3号窗口办理'],
  [call('A132', 0, '12'), '请A一三二号，到12号窗口办理'],
  [{ ...call('017', 0, '绿色专窗'), tail: true }, '请尾号零一七，到绿色专窗办理'],
  [call('B7', 0, 'A3'), '请B七号，到A3办理'],
])('%j is spoken as %s', (one, expected) => {
  expect(speechOfCall(one)).toBe(expected);
});
