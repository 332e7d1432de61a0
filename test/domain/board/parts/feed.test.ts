/** When a station's desk is the feed in the place of a system that is down (spec C18). */
import { expect, it, test } from 'vitest';
import type { HallEvent } from '../../../../domain/events/event.ts';
import type { FeedFact } from '../../../../domain/profile/feeds.ts';
import { at, event, foldStory } from '../topics/fold-story.ts';

const DAY = '2019-11-25';
const changed = (status: 'desk' | 'restored', when: string, facts: FeedFact[], station = 'hall', id?: string) =>
  event('hall.feed.changed', `${DAY} ${when}`, { station, facts, status }, id);
const since = (when: string, facts: FeedFact[]) => ({
  station: 'hall',
  facts,
  status: 'desk' as const,
  since: new Date(at(`${DAY} ${when}`)).toISOString(),
});
const opened = (day: string) => event('hall.day.opened', `${day} 00:00`, { day, hours: [] });
const feedsAfter = async (...events: HallEvent[]) =>
  Object.fromEntries((await foldStory(DAY, events)).state.entries.feed);

const nine = at(`${DAY} 09:00`);
const ten = at(`${DAY} 10:00`);
const eleven = at(`${DAY} 11:00`);

it.each([
  ['goes on until it is restored', [changed('desk', '09:00', ['tickets'])], [{ fact: 'tickets', from: nine }]],
  [
    'ends where it is restored, whatever came first',
    [changed('restored', '10:00', ['tickets']), changed('desk', '09:00', ['tickets'])],
    [{ fact: 'tickets', from: nine, until: ten }],
  ],
  [
    'begins where somebody says that it did, also when that is said later, and never after it was said',
    [
      changed('desk', '10:00', ['tickets']),
      event('hall.feed.changed', `${DAY} 11:00`, since('09:00', ['tickets', 'cases'])),
      event('hall.feed.changed', `${DAY} 10:00`, since('11:00', ['services'])),
    ],
    [
      { fact: 'tickets', from: nine },
      { fact: 'services', from: ten },
      { fact: 'cases', from: nine },
    ],
  ],
  [
    'is of each fact by itself',
    [changed('desk', '09:00', ['tickets', 'cases']), changed('restored', '10:00', ['cases'])],
    [
      { fact: 'cases', from: nine, until: ten },
      { fact: 'tickets', from: nine },
    ],
  ],
  [
    'begins once, however often that is said, and may begin again',
    [
      changed('desk', '09:00', ['cases', 'cases']),
      changed('desk', '09:30', ['cases']),
      changed('restored', '10:00', ['cases', 'tickets']),
      changed('restored', '10:30', ['cases']),
      changed('desk', '11:00', ['cases']),
    ],
    [
      { fact: 'cases', from: nine, until: ten },
      { fact: 'cases', from: eleven },
    ],
  ],
])('C18 %s', async (_, events, spans) => expect(await feedsAfter(...events)).toEqual({ hall: spans }));

it('C18 was none where it is restored at once, where only that is said, or where it is voided', async () => {
  const both = [changed('restored', '09:00', ['cases'], 'hall', 'b'), changed('desk', '09:00', ['cases'], 'hall', 'a')];
  expect(await feedsAfter(...both)).toEqual({});
  expect(await feedsAfter(changed('restored', '09:00', ['cases']))).toEqual({});
  const begun = changed('desk', '09:00', ['cases']);
  const voiding = event('hall.event.voided', `${DAY} 09:01`, { source: begun.source, id: begun.id });
  expect(await feedsAfter(begun, voiding)).toEqual({});
});

it('C18 is of its station, whatever that is called', async () => {
  const feeds = await feedsAfter(changed('desk', '09:00', ['cases'], 'toString'), changed('desk', '10:00', ['cases']));
  expect(feeds).toEqual({ toString: [{ fact: 'cases', from: nine }], hall: [{ fact: 'cases', from: ten }] });
});

test('C18 what ended more than 31 days ago is forgotten, what goes on never', async () => {
  const ended = [changed('desk', '09:00', ['cases', 'tickets']), changed('restored', '10:00', ['cases'])];
  const whole = [
    { fact: 'cases', from: nine, until: ten },
    { fact: 'tickets', from: nine },
  ];
  expect(await feedsAfter(...ended, opened('2019-12-26'))).toEqual({ hall: whole });
  expect(await feedsAfter(...ended, opened('2019-12-27'))).toEqual({ hall: whole.slice(1) });
  const restored = changed('restored', '11:00', ['tickets']);
  expect(await feedsAfter(...ended, restored, opened('2019-12-27'))).toEqual({});
  expect(await feedsAfter(...ended, opened('2019-12-27'), restored)).toEqual({});
});
