// What the self-test says of what it found: a judgement and a word for every case that an installer meets.
import { describe, expect, it } from 'vitest';
import { buildFacts, compareClocks, type Found, type Health } from '../../../../client/pages/self-test/facts.ts';
import { guardMemory } from '../../../../client/live/memory.ts';
import { findReason, noteStart, readStarts } from '../../../../client/live/reload-log.ts';
import { selfTest as en } from '../../../../client/words/en/self-test.ts';
import { selfTest as zh } from '../../../../client/words/zh/self-test.ts';

const at = Date.parse('2026-01-05T01:00:00Z');
const health: Health = {
  hall: 'meilin',
  seq: 48_213,
  build: 'b1',
  now: at,
  serverAt: at - 500,
  askedAt: at,
  tookMs: 4,
};
const well: Found = {
  screen: { width: 1920, height: 1080, pixelRatio: 1 },
  page: { width: 1920, height: 1080, remPx: 20 },
  zone: 'Asia/Shanghai',
  browser: 'Chrome 141',
  build: 'b1',
  health,
  live: { openMs: 5, roundTripMs: 2 },
  wakeLock: 'held',
  sound: 'free',
  heap: { usedMb: 20, limitMb: 4000 },
  navigation: { type: 'navigate', at },
  starts: [{ at, build: 'b1', reason: 'new-version' }],
  fonts: { figures: true, missing: [] },
};

function judge(part: Partial<Found>, key: string): string {
  const fact = buildFacts({ ...well, ...part }, zh, String).find((one) => one.key === key)!;
  return `${fact.judgement} ${fact.value}`;
}

describe('buildFacts', () => {
  it('finds nothing to look at where all is well, in both languages', () => {
    for (const words of [zh, en])
      for (const { judgement, label, value } of buildFacts(well, words, String)) {
        expect(['good', 'note']).toContain(judgement);
        expect(label).not.toBe('');
        expect(value).not.toBe('');
      }
  });
  it.each<[string, string, Partial<Found>, RegExp]>([
    [
      'a page that does not fill the screen',
      'screen',
      { page: { ...well.page, height: 960 } },
      /^warning .*1920 × 960/,
    ],
    ['a sign that no font draws', 'fonts', { fonts: { figures: true, missing: ['龘'] } }, /^trouble .*龘/],
    ['no figures', 'fonts', { fonts: { figures: false, missing: [] } }, /^trouble .*0–9/],
    ['no WebSocket', 'live', { live: 'failed' }, /^trouble .*不通/],
    [
      'years whose holidays nobody has told',
      'calendar',
      { health: { ...health, unknownYears: [2027, 2028] } },
      /^warning .*节假日安排未知（2027、2028年）/,
    ],
    ['a calendar that is asked for', 'calendar', { health: 'failed' }, /^note/],
    ['a slow way', 'live', { live: { openMs: 9, roundTripMs: 900 } }, /^warning .*900/],
    ['no server', 'clock', { health: 'failed' }, /^trouble/],
    ['a clock 5 s ahead', 'clock', { health: { ...health, askedAt: at + 5000 } }, /^warning .*快 5 秒/],
    ['a clock 2 minutes behind', 'clock', { health: { ...health, askedAt: at - 120_000 } }, /^trouble .*慢 120 秒/],
    ['locked sound', 'sound', { sound: 'locked' }, /^warning .*S/],
    ['plain HTTP', 'wakeLock', { wakeLock: 'insecure' }, /^warning .*HTTP/],
    ['a page older than its server', 'build', { health: { ...health, build: 'b2' } }, /^warning .*b1.*b2/],
    ['a full heap', 'heap', { heap: { usedMb: 3500, limitMb: 4000 } }, /^warning/],
    ['an old browser', 'browser', { browser: 'Chrome 90' }, /^warning/],
    ['a wall that was never opened', 'wall', { starts: [] }, /^note .*尚未/],
  ])('%s', (_name, key, part, expected) => {
    expect(judge(part, key)).toMatch(expected);
  });
});

describe('compareClocks', () => {
  const demo: Health = { ...health, now: Date.parse('2019-11-25T02:30:00Z') };
  it('does not blame the machine for the clock of a demonstration', () => {
    expect(compareClocks(demo)).toEqual({ isDemo: true, offsetMs: 0 });
  });
  it('still sees that the machine is wrong beside a demonstration', () => {
    expect(compareClocks({ ...demo, askedAt: at + 90_000 })).toEqual({ isDemo: true, offsetMs: 90_000 });
  });
});

describe('the log of starts', () => {
  function createMemory() {
    const held = new Map<string, string>();
    return {
      getItem: (key: string) => held.get(key) ?? null,
      setItem: (key: string, value: string) => held.set(key, value),
    };
  }
  it('keeps the last five, newest first', () => {
    const memory = createMemory();
    for (let i = 0; i < 7; i++) noteStart(memory, { at: i, build: 'b', reason: 'reloaded' });
    expect(readStarts(memory).map((start) => start.at)).toEqual([6, 5, 4, 3, 2]);
  });
  it.each(['', 'nonsense', '{}', '[1,{"at":"x"}]'])('takes %j for an empty log', (text) => {
    expect(readStarts({ getItem: () => text })).toEqual([]);
  });
  it('does not stop a wall whose browser keeps nothing', () => {
    const refuse = () => {
      throw new Error('no storage');
    };
    expect(() => noteStart(guardMemory(refuse), { at: 1, build: 'b', reason: 'opened' })).not.toThrow();
  });
  it.each([
    ['navigate', 'b1', null, 'opened'],
    ['navigate', 'b1', 'b1', 'opened'],
    ['reload', 'b1', 'b1', 'new-version'],
    ['reload', 'b1', 'b0', 'reloaded'],
    [undefined, 'b1', null, 'opened'],
  ])('a start by %s of %s, renewed for %s, is %s', (navigation, build, renewedFor, reason) => {
    expect(findReason(navigation, build, renewedFor)).toBe(reason);
  });
});
