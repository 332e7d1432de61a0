// A hundred times the rows: every topic stays small, and every total stays true (P8).
import { beforeAll, describe, expect, it, test } from 'vitest';
import { buildTopic } from '../../../../domain/board/topics/build.ts';
import { boundMoments, MOMENTS_SHOWN, REST, shorten, TEXT_SHOWN } from '../../../../domain/board/topics/bounds.ts';
import { TOPICS } from '../../../../domain/board/topics/data.ts';
import { createView, type BoardView } from '../../../../domain/board/topics/view.ts';
import { readPromises, readQueue } from '../../../../domain/board/now.ts';
import { createZone } from '../../../../domain/calendar/zone.ts';
import { at, foldStory, readConfig } from './fold-story.ts';

const DAY = '2019-11-25';
const START = at(`${DAY} 09:00`);
const long = '长'.repeat(2_000);
/** The worst topic that a wall must take in one message. */
const MOST_BYTES = 200_000;

/** The parts are put in by hand: a fold of so many events would only say the same more slowly. */
async function crowd(): Promise<BoardView> {
  const { state } = await foldStory(DAY, []);
  const today = state.ranges.get('today')!.table;
  const month = state.ranges.get('month')!.table;
  for (let i = 0; i < 6_000; i++) {
    const station = `unknown-${i}-${'s'.repeat(180)}`;
    today.set(
      station,
      new Map([
        [`accepted/window/item-${i}/medical-insurance`, 1 + (i % 3)],
        ['score/1/active', 1],
      ]),
    );
    month.set(station, new Map([[`score/1/active/w-${i}`, 1]]));
    state.entries.window.set(`w-${i}`, { station: 'hall', status: 'open', since: START + i, reason: long });
  }
  month.set('hall', new Map(Array.from({ length: 6_000 }, (_, i) => [`score/5/active/strange-${i}`, 1])));
  for (let i = 0; i < 30_000; i++)
    state.entries.followup.set(`f-${i}`, {
      about: 'rating',
      station: `unknown-${i}`,
      openedAt: START + i,
      owner: 'x'.repeat(190),
    });
  for (let i = 0; i < 9_000; i++)
    state.entries.alarm.set(`a-${i}`, {
      day: DAY,
      kind: `vendor-${i}`,
      station: `unknown-${i}`,
      raisedAt: START + i,
      proposal: long,
      measure: long,
    });
  for (let i = 0; i < 50_000; i++)
    state.entries.ticket.set(`t-${i}`, {
      day: DAY,
      station: i % 2 === 0 ? 'hall' : `unknown-${i}`,
      since: START + i,
      serving: false,
    });
  for (let i = 0; i < 100_000; i++)
    state.entries.case.set(`c-${i}`, {
      day: DAY,
      at: START,
      station: i % 2 === 0 ? 'hall' : 'meifeng',
      item: long.slice(0, 200),
      channel: 'window',
      open: true,
      dueAt: START + i * 500,
    });
  for (let i = 0; i < 40; i++) {
    const label = `20${10 + i}-01`;
    state.entries.star.set(`${label}:expert`, {
      month: label,
      kind: 'expert',
      staff: 's01',
      citation: long,
      reasons: Array.from({ length: 20 }, () => long),
    });
    state.entries.suggestion.set(`s-${i}`, {
      text: `${i}${long}`,
      receivedAt: START,
      released: true,
      answer: long,
      adopted: true,
    });
  }
  return createView(state, readConfig(), createZone('Asia/Shanghai'), false);
}

describe('a hall with a hundred times everything', () => {
  let view: BoardView;
  beforeAll(async () => {
    view = await crowd();
  });

  test.each(TOPICS)('keeps %s small', (topic) => {
    const bytes = Buffer.byteLength(JSON.stringify(buildTopic(topic, view)));
    expect(bytes).toBeLessThan(MOST_BYTES);
  });

  it('counts all of it', () => {
    const overview = buildTopic('overview', view);
    const accepted = 6_000 + 6_000;
    const sum = (values: object) => Object.values(values).reduce((total: number, n) => total + (n as number), 0);
    expect(sum(Object.fromEntries(Object.entries(overview.stations).map(([id, tile]) => [id, tile.accepted])))).toBe(
      accepted,
    );
    expect(overview.stations[REST]).toMatchObject({ merged: 6_000 - 12 });
    expect(overview.followupCounts.open).toBe(30_000);
    expect(Object.keys(overview.alarms)).toHaveLength(40);
    expect(overview.moreAlarms).toBe(9_000 - 40);
    const now = START + 30_000_000;
    expect(readQueue(overview.queue, overview.thresholds, now, overview.queueMore).waiting).toBe(25_000);
    const promises = readPromises(overview.promises, 24, now);
    const passed = Math.ceil(30_000_000 / 500);
    expect(promises.overdue).toBeGreaterThan(passed - 130);
    expect(promises.overdue).toBeLessThanOrEqual(passed);
    expect(readPromises(overview.promises, 24, START + 100_000_000).overdue).toBe(100_000);
    const communities = buildTopic('communities', view);
    expect(communities.order.map((id) => communities.stations[id]!.accepted).reduce((a, b) => a + b)).toBe(accepted);
    expect(communities.order.at(-1)).toBe(REST);
    const ratings = buildTopic('ratings', view);
    expect(ratings.moreFollowups).toBe(29_900);
    expect(Object.values(ratings.stations).reduce((total, { poor }) => total + poor, 0)).toBe(6_000);
    expect(ratings.stations['hall']!.satisfied).toEqual({ n: 6_000, of: 6_000 });
  });
});

it('tells moments one by one up to a bound, and the rest by steps that are never early', () => {
  const moments = Array.from({ length: 1_000 }, (_, i) => START + i * 1_500);
  const { exact, more } = boundMoments(moments);
  expect(exact).toEqual(moments.slice(0, MOMENTS_SHOWN));
  expect(more!.reduce((sum, [, n]) => sum + n, 0)).toBe(1_000 - MOMENTS_SHOWN);
  for (const [up, n] of more!)
    expect(moments.filter((one) => one <= up && one > up - 60_000).length).toBeGreaterThanOrEqual(n);
  expect(boundMoments(moments.slice(0, 3))).toEqual({ exact: moments.slice(0, 3) });
  const years = boundMoments(Array.from({ length: 100_000 }, (_, i) => i * 86_400_000));
  expect(years.more!.length).toBeLessThanOrEqual(1_441);
});

it('shortens a text between its characters', () => {
  expect(shorten('短')).toBe('短');
  expect(shorten('x'.repeat(TEXT_SHOWN - 1) + '😀😀')).toBe(`${'x'.repeat(TEXT_SHOWN - 1)}…`);
});
