// Open follow-ups: those due first, with one deadline whichever scene shows them.
import { expect, it } from 'vitest';
import { readFollowups, toFollowupCards } from '../../../../domain/board/topics/followups.ts';
import { buildRatings } from '../../../../domain/board/topics/ratings.ts';
import { at, event, foldStory } from './fold-story.ts';

const DAY = '2019-11-25';
const opened = (followup: string, about: 'rating' | 'licence', dueBy?: string) =>
  event('hall.followup.opened', `${DAY} 09:45`, {
    followup,
    about,
    station: 'hall',
    ...(dueBy === undefined ? {} : { dueBy }),
  });

it('lists those due first; one about a rating has the hall’s target where it states none (K2)', async () => {
  const view = await foldStory(DAY, [
    opened('unlimited', 'licence'),
    opened('poor', 'rating'),
    opened('licence', 'licence', `${DAY}T18:00:00+08:00`),
  ]);
  const { shown: cards } = toFollowupCards(view, readFollowups(view));
  expect(cards.map(([id, { due }]) => [id, due?.at, due?.by])).toEqual([
    ['licence', at(`${DAY} 18:00`), 'followup'],
    // Monday and five working days.
    ['poor', at('2019-12-02 18:00'), 'target'],
    ['unlimited', undefined, undefined],
  ]);
  expect(buildRatings(view).followups).toEqual({ poor: new Map(cards).get('poor') });
  const { shown, rest } = toFollowupCards(view, readFollowups(view), { most: 1, bytes: 10_000 });
  expect([shown, rest].map((part) => part.map(([id]) => id))).toEqual([['licence'], ['poor', 'unlimited']]);
});
