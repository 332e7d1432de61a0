// A hundred times the rows: every topic stays small, every total stays true, and the work grows with the rows alone (P8).
import { beforeAll, describe, expect, it, test } from 'vitest';
import { readConditions } from '../../../../domain/alarms/conditions.ts';
import { readPromises, readQueue } from '../../../../domain/board/now.ts';
import type { BoardState } from '../../../../domain/board/state.ts';
import { boundMoments, fitCards, MOMENTS_SHOWN, shorten } from '../../../../domain/board/topics/bounds.ts';
import { buildTopic } from '../../../../domain/board/topics/build.ts';
import { TOPICS, type OverviewData } from '../../../../domain/board/topics/data.ts';
import type { BoardView } from '../../../../domain/board/topics/view.ts';
import { crowd, DAY, MINUTE, START, viewOf, WORST } from './crowd.ts';
import { at, event, foldStory } from './fold-story.ts';

/** The worst topic that a wall must take in one message. */
const MOST_BYTES = 200_000;

const sumOf = <T>(all: Iterable<T>, read: (one: T) => number) => [...all].reduce((sum, one) => sum + read(one), 0);

describe('a hall with a hundred times everything', () => {
  let view: BoardView;
  let overview: OverviewData;
  beforeAll(async () => {
    view = viewOf(await crowd(WORST));
    overview = buildTopic('overview', view);
  });

  test.each(TOPICS)('keeps %s small', (topic) => {
    const bytes = Buffer.byteLength(JSON.stringify(buildTopic(topic, view)));
    expect(bytes).toBeLessThan(MOST_BYTES);
  });

  it('counts every station and item', () => {
    const accepted = 12_000;
    expect(overview.counts.accepted).toBe(accepted);
    expect(sumOf(Object.values(overview.stations), (tile) => tile.accepted)).toBe(accepted);
    expect(new Set(overview.order)).toEqual(new Set(Object.keys(overview.stations)));
    const communities = buildTopic('communities', view);
    const rows = communities.order.map((id) => communities.stations[id]!);
    expect(sumOf(rows, (row) => row.accepted)).toBe(accepted);
    expect(sumOf(rows, (row) => row.finished)).toBe(6_000);
    expect(sumOf(rows, (row) => row.merged ?? 1)).toBe(14 + 6_000);
    const medical = buildTopic('medical', view);
    expect(sumOf(medical.order, (code) => medical.items[code]!.since)).toBe(medical.since.accepted);
    expect(medical.since.accepted).toBe(6_000);
  });

  it('counts all who wait, and says since when the first of them do', () => {
    const { windows, windowsMore, waiting, waitingMore, waitingElsewhere } = buildTopic('windows', view);
    const listed = sumOf(Object.values(waiting), ({ length }) => length);
    expect(listed + sumOf(Object.values(waitingMore), (n) => n) + waitingElsewhere!).toBe(45_000);
    const unlisted = sumOf(Object.values(windowsMore!), (n) => n);
    expect(Object.keys(windows).length + unlisted).toBe(6_000 + view.config.profile.windows.length);
    // Of those that nobody knows the busy ones are listed.
    const known = new Set(view.config.profile.windows.map(({ id }) => id));
    const strange = Object.entries(windows).filter(([id]) => !known.has(id));
    expect(strange.every(([, { busySince }]) => busySince !== undefined)).toBe(true);
    expect(strange.length).toBeGreaterThan(5);
    const since = [...view.state.entries.ticket.values()]
      .filter(({ station, stage }) => station === 'hall' && stage === 'waiting')
      .map((ticket) => ticket.since);
    const now = at(`${DAY} 12:00`);
    const queue = readQueue(overview.queue, overview.thresholds, now, overview.queueMore);
    const longestMinutes = Math.floor((now - Math.min(...since)) / MINUTE);
    expect(queue).toMatchObject({ waiting: since.length, longestMinutes });
  });

  it.each([0, 1, 299, 300, 301, 719, 1_439])('counts overdue at minute %i as if every promise were told', (minute) => {
    const now = START + minute * MINUTE + 1;
    const passed = [...view.state.entries.case.values()].filter(({ dueAt }) => dueAt! < now).length;
    const { promises } = overview;
    expect(readPromises(promises, 8, now).overdue).toBe(passed);
    const late = (until: number) => [...view.state.entries.case.values()].filter(({ dueAt }) => dueAt! < until).length;
    expect(readPromises(promises, 8, now).dueSoon).toBe(late(now + 480 * MINUTE) - passed);
  });

  it('lists what is due first and the latest alarms, and counts the others', () => {
    expect(Object.keys(overview.alarms).length + overview.moreAlarms!).toBe(9_000);
    const ratings = buildTopic('ratings', view);
    expect(Object.keys(ratings.followups).length + ratings.moreFollowups!).toBe(30_000);
    const shown = Object.values(ratings.followups).map(({ due }) => due!.at);
    const { open, carried } = ratings.moreDue!;
    expect(Math.max(...shown)).toBeLessThanOrEqual(Math.min(...[...open, ...carried].map(([due]) => due)));
    expect(sumOf([...open, ...carried], ([, n]) => n)).toBe(ratings.moreFollowups);
  });

  it('adds the ratings up, by station and by window', () => {
    const { stations } = buildTopic('ratings', view);
    const poor = sumOf(view.table('month').entries(), ([, name, n]) => (name.startsWith('score/1') ? n : 0));
    expect(sumOf(Object.values(stations), (place) => place.poor)).toBe(poor);
    for (const [id, place] of Object.entries(stations).filter(([, { merged }]) => !merged)) {
      expect(
        sumOf(Object.values(place.windows), (window) => window.satisfied.of + window.byDefault),
        id,
      ).toBe(place.satisfied.of + place.byDefault);
    }
    const hall = stations['hall']!;
    const own = view.config.profile.windows.filter((window) => window.station === 'hall').length;
    expect(sumOf(Object.values(hall.windows), ({ merged }) => merged ?? 1)).toBe(own + 500);
  });
});

it('looks at every row as often, however many stations there are', async () => {
  const walks = async (unknownStations: number) => {
    const state = await crowd({
      ...WORST,
      ...{ windows: 60, items: 6, followups: 30, alarms: 9, tickets: 500 },
      ...{ promises: 100, unknownStations },
    });
    const counts = countWalks(state);
    const view = viewOf(state);
    for (const topic of TOPICS) buildTopic(topic, view);
    readConditions(view, START + 720 * MINUTE, () => 60);
    return counts;
  };
  expect(await walks(400)).toEqual(await walks(4));
});

/** How often each list of the board is walked through from now on. */
function countWalks(state: BoardState): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [kind, list] of Object.entries(state.entries)) {
    counts[kind] = 0;
    for (const name of ['entries', 'values', 'keys', Symbol.iterator] as const) {
      const walk = (list[name] as () => MapIterator<unknown>).bind(list);
      Object.defineProperty(list, name, { value: () => (counts[kind]!++, walk()) });
    }
  }
  return counts;
}

it('tells moments one by one up to a bound, and the rest by steps that are never early', () => {
  const moments = Array.from({ length: 3_000 }, (_, i) => START + i * 1_500);
  const { exact, more } = boundMoments(moments);
  expect(exact).toEqual(moments.slice(0, MOMENTS_SHOWN));
  expect(sumOf(more!, ([, n]) => n)).toBe(3_000 - MOMENTS_SHOWN);
  for (const [up] of more!) expect(up % MINUTE).toBe(0);
  for (const now of moments)
    expect(sumOf(more!, ([up, n]) => (up < now ? n : 0))).toBeLessThanOrEqual(
      moments.slice(MOMENTS_SHOWN).filter((one) => one < now).length,
    );
  expect(boundMoments(moments.slice(0, 3))).toEqual({ exact: moments.slice(0, 3) });
  // Few moments are told as they are, however much falls on each.
  const closing = START + 1_080 * MINUTE + 59;
  expect(boundMoments(Array.from({ length: 100_000 }, () => closing)).more).toEqual([
    [closing, 100_000 - MOMENTS_SHOWN],
  ]);
  const years = boundMoments(Array.from({ length: 100_000 }, (_, i) => i * 86_400_000));
  expect(years.more!.length).toBeLessThanOrEqual(1_440);
});

it('ends a list where the next card would be too heavy, and leaves out what can be no key', () => {
  const entries = ['a', '__proto__', '', 'heavy', 'b'].map((id) => [id, id] as const);
  const { shown, rest } = fitCards(entries, (id) => (id === 'heavy' ? 'x'.repeat(90) : id), { most: 9, bytes: 100 });
  expect(shown).toEqual([['a', 'a']]);
  expect(rest.map(([id]) => id)).toEqual(['__proto__', '', 'heavy', 'b']);
});

it('shortens a text between its characters, and takes what only weighs out of it', () => {
  expect(shorten('短')).toBe('短');
  expect(shorten(`${'x'.repeat(39)}😀😀`, 40)).toBe(`${'x'.repeat(39)}…`);
  expect(shorten('a\u0001\u0002b')).toBe('a  b');
});

it('calls what nobody knows by the beginning of its id', async () => {
  const station = 's'.repeat(200);
  const story = [event('hall.ticket.taken', `${DAY} 09:00`, { ticket: 't', station })];
  const { stations } = buildTopic('communities', await foldStory(DAY, story));
  expect(stations[station]).toMatchObject({ unknown: true, waiting: 1, name: `${'s'.repeat(40)}…` });
});
