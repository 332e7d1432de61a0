/** 评价 as it is told from events: nothing lost between the places, the months, the loop and the overview. */
import { describe, expect, it } from 'vitest';
import { buildOverview } from '../../../../domain/board/topics/overview.ts';
import { buildRatings } from '../../../../domain/board/topics/ratings.ts';
import type { RatedPlace, RatingsData } from '../../../../domain/board/topics/data-ratings.ts';
import type { HallEvent } from '../../../../domain/events/event.ts';
import { at, event, foldStory, readConfig } from './fold-story.ts';

const DAY = '2019-11-25';
const rated = (when: string, score: 1 | 2 | 3 | 4 | 5, more: object = {}, id?: string): HallEvent =>
  event('hall.rating.given', when, { score, station: 'hall', medium: 'pad', ...more }, id);

const story: HallEvent[] = [
  // October is another month.
  rated('2019-10-31 16:00', 5, { window: 'w01' }),
  rated('2019-10-31 16:00', 1, { byDefault: true }),
  // Earlier in November.
  rated('2019-11-04 10:00', 2, { window: 'w06' }),
  rated('2019-11-04 15:00', 4, { window: 'w06', round: 2 }),
  rated('2019-11-05 09:10', 4, { byDefault: true, window: 'w06' }),
  rated('2019-11-06 09:10', 3, { station: 'meifeng', window: 'meifeng-1' }),
  // Today.
  rated(`${DAY} 09:30`, 5, { window: 'w01' }),
  rated(`${DAY} 09:40`, 1, { window: 'w06' }),
  rated(`${DAY} 09:50`, 4, { byDefault: true }),
  rated(`${DAY} 10:00`, 5, { station: 'somewhere-else' }),
  rated(`${DAY} 10:05`, 2, { window: 'w02' }, 'wrong'),
  event('hall.event.voided', `${DAY} 10:06`, { source: 'urn:test', id: 'wrong', reason: 'test' }),
];

const opened = (followup: string, when: string, more: object = {}) =>
  event('hall.followup.opened', when, { followup, about: 'rating', station: 'hall', ...more });
const closed = (followup: string, when: string, result: 'called-back' | 'rectified' | 'explained' | 'misrated') =>
  event('hall.followup.closed', when, { followup, result });

const count = (scores: Record<string, number>) => Object.values(scores).reduce((sum, n) => sum + n, 0);
const total = (places: readonly RatedPlace[]) =>
  places.reduce((sum, { satisfied, byDefault }) => sum + satisfied.of + byDefault, 0);

describe('what people said', () => {
  it('stands apart by active and default, and adds up to what the overview says of today', async () => {
    const view = await foldStory(DAY, story);
    const { today } = buildRatings(view);
    expect(today).toEqual({ active: { 1: 1, 5: 2 }, byDefault: { 4: 1 } });
    const { ratings } = buildOverview(view);
    expect(count(today.active)).toBe(ratings.activelySatisfied.of);
    expect(count(today.byDefault)).toBe(ratings.byDefault);
    expect(count(today.active) + count(today.byDefault)).toBe(ratings.satisfied.of);
    expect((today.active[1] ?? 0) + (today.active[2] ?? 0)).toBe(ratings.poor);
  });

  it('adds up by station and by window to the month, unknown places included', async () => {
    const { month, stations } = buildRatings(await foldStory(DAY, story));
    expect(month).toEqual({ active: { 1: 1, 2: 1, 3: 1, 5: 2 }, byDefault: { 4: 2 } });
    expect(total(Object.values(stations))).toBe(count(month.active) + count(month.byDefault));
    expect(stations['somewhere-else']).toMatchObject({ unknown: true, satisfied: { n: 1, of: 1 } });
    expect(stations['hall']!.windows['w06']).toEqual({
      label: '06',
      satisfied: { n: 0, of: 2 },
      poor: 2,
      byDefault: 1,
    });
    expect(stations['hall']!.windows['w03']).toMatchObject({ satisfied: { n: 0, of: 0 }, byDefault: 0 });
    // One default rating of the hall named no window.
    expect(total([stations['hall']!]) - total(Object.values(stations['hall']!.windows))).toBe(1);
  });

  it('sets the months before beside it, those alone in which anybody rated', async () => {
    const { earlier } = buildRatings(await foldStory(DAY, story));
    expect(earlier).toEqual([{ month: '2019-10', satisfied: { n: 1, of: 1 }, poor: 1, byDefault: 1 }]);
    const january = buildRatings(await foldStory('2020-01-06', story));
    expect(january.earlier.map(({ month }) => month)).toEqual(['2019-10', '2019-11']);
    expect(january.month).toEqual({ active: {}, byDefault: {} });
  });
});

describe('the loop of poor ratings', () => {
  const loopOf = (loop: Partial<RatingsData['loop']>) => ({
    ...{ poor: 0, opened: 0, calledBack: 0, rectified: 0, explained: 0, misrated: 0, open: 0, carried: 0 },
    ...loop,
  });

  it('adds up from opened to closed and open, whatever the result', async () => {
    const followups = [
      opened('f1', '2019-11-04 10:05'),
      closed('f1', '2019-11-04 15:00', 'rectified'),
      opened('f2', '2019-11-11 10:05'),
      closed('f2', '2019-11-12 10:05', 'misrated'),
      opened('f3', `${DAY} 09:45`),
      event('hall.followup.opened', `${DAY} 09:46`, { followup: 'f4', about: 'licence', station: 'hall' }),
    ];
    const { loop, followups: open } = buildRatings(await foldStory(DAY, [...story, ...followups]));
    expect(loop).toEqual(loopOf({ poor: 2, opened: 3, rectified: 1, misrated: 1, open: 1 }));
    expect(Object.keys(open)).toEqual(['f3']);
  });

  it('lists what is open since another month, outside the month’s counts', async () => {
    const followups = [
      opened('old', '2019-10-31 16:10'),
      opened('older', '2019-10-30 16:10'),
      closed('older', '2019-11-01 09:10', 'explained'),
    ];
    const { loop, followups: open } = buildRatings(await foldStory(DAY, [...story, ...followups]));
    expect(loop).toEqual(loopOf({ poor: 2, carried: 1 }));
    expect(Object.keys(open)).toEqual(['old']);
  });

  it('names owner, window and deadline, the event’s own or the hall’s target in working days', async () => {
    const acceptance = { case: 'c1', station: 'hall', channel: 'window', item: 'x', window: 'w06' } as const;
    const followups = [
      event('hall.case.accepted', `${DAY} 09:20`, acceptance),
      opened('f1', `${DAY} 09:45`, { case: 'c1', owner: 's03', dueBy: '2019-11-25T14:20:00+08:00' }),
      opened('f2', '2019-11-21 17:30', { station: 'meifeng' }),
    ];
    const read = async (poorRatingDays?: number) => {
      const config = readConfig((profile) => ({ ...profile, targets: { ...profile.targets, poorRatingDays } }));
      return buildRatings(await foldStory(DAY, followups, config)).followups;
    };
    expect((await read())['f1']).toMatchObject({
      window: '06',
      owner: '示例丙',
      openedAt: at(`${DAY} 09:45`),
      due: { at: at(`${DAY} 14:20`), by: 'followup' },
    });
    // Thursday 21 November and five working days: Thursday 28, at the end of hours; with two: Monday 25.
    expect((await read())['f2']!.due).toEqual({ at: at('2019-11-28 18:00'), by: 'target' });
    expect((await read(2))['f2']!.due).toEqual({ at: at('2019-11-25 18:00'), by: 'target' });
    expect((await read())['f2']).not.toHaveProperty('owner');
  });

  it('counts the deadline by weekdays where the official calendar ends (K1)', async () => {
    const { followups } = buildRatings(await foldStory('2026-12-30', [opened('f1', '2026-12-30 10:00')]));
    expect(followups['f1']!.due).toEqual({ at: at('2027-01-06 18:00'), by: 'target' });
  });
});
