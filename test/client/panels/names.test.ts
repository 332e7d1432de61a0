// Any string is just a name: every panel draws a hall in which everything is called so, and calls no two rows the same.
import { describe, expect, test } from 'vitest';
import { buildAlarms, measuresOf, takenNote } from '../../../client/alarms/alarms.ts';
import { tellNews } from '../../../client/alarms/news.ts';
import { alarmsToAnnounce, speechOf } from '../../../client/alarms/voice.ts';
import { buildHeadline } from '../../../client/panels/communities/headline.ts';
import { buildCommunities } from '../../../client/panels/communities/rows.ts';
import { buildCounts } from '../../../client/panels/counts.ts';
import { buildFollowups } from '../../../client/panels/followups.ts';
import { buildHeader } from '../../../client/panels/header.ts';
import { buildHeroes } from '../../../client/panels/heroes.ts';
import { buildItems, sumItems } from '../../../client/panels/medical/items.ts';
import { buildWeeks } from '../../../client/panels/medical/weeks.ts';
import { readMoment } from '../../../client/panels/moment.ts';
import { buildCalls } from '../../../client/panels/public/calls.ts';
import { readDoor } from '../../../client/panels/public/door.ts';
import { buildPages } from '../../../client/panels/public/pages.ts';
import { buildDistribution } from '../../../client/panels/ratings/distribution.ts';
import { buildLoop } from '../../../client/panels/ratings/loop.ts';
import { buildStationRows, buildWindowRows } from '../../../client/panels/ratings/places.ts';
import { buildStarWall, buildSuggestions } from '../../../client/panels/stars/wall.ts';
import { buildStations } from '../../../client/panels/stations.ts';
import { buildTrend } from '../../../client/panels/trend.ts';
import { buildWindows } from '../../../client/panels/windows.ts';
import { reuse } from '../../../client/ui/reuse.ts';
import { en } from '../../../client/words/en/wall.ts';
import { publicWords } from '../../../client/words/zh/public.ts';
import { zh } from '../../../client/words/zh/wall.ts';
import { buildTopic } from '../../../domain/board/topics/build.ts';
import { TOPICS } from '../../../domain/board/topics/data.ts';
import type { TopicData } from '../../../domain/board/topics/topic-data.ts';
import { DAY, everything, NAMES } from '../../domain/board/topics/everything.ts';
import { at, event, foldStory } from '../../domain/board/topics/fold-story.ts';

/** Beside the names that try the language those that a panel might use for rows of its own. */
const OWN_NAMES = ['rest', 'others', 'total', 'overdue', 'due-soon', 'without', 'hall'];

describe.each([...NAMES, ...OWN_NAMES])('everything is called %j', (name) => {
  test('and every panel draws it', async () => {
    const story = [
      ...everything(name),
      event('hall.alarm.taken', `${DAY} 09:40`, { alarm: name, by: name, measure: name }),
      event('hall.case.accepted', `${DAY} 08:50`, {
        ...{ case: 'late', station: name, channel: 'window', item: name, promisedBy: `${DAY}T09:00:00+08:00` },
      }),
    ];
    const view = await foldStory(DAY, story);
    // As it comes out of the wire.
    const read = <T extends keyof TopicData>(topic: T) =>
      JSON.parse(JSON.stringify(buildTopic(topic, view))) as TopicData[T];
    const overview = read('overview');
    const moment = readMoment(overview.day, view.zone, at(`${DAY} 10:30`));
    const time = { ...overview, zone: view.zone };
    let views: unknown;
    for (const words of [zh, en]) {
      const header = buildHeader(overview, moment, moment.now, { state: 'live' }, words);
      const alarms = buildAlarms(overview.alarms, moment.now, words.alarms, time);
      const told = tellNews(new Map(), overview.alarms, moment.now, words.alarms, time);
      const said = Object.values(overview.alarms).map((card) => [
        ...[speechOf(card, words.alarms), takenNote(card, words.alarms), measuresOf(card)],
      ]);
      const communities = read('communities');
      const medical = read('medical');
      const ratings = read('ratings');
      const stars = read('stars');
      const open = read('public');
      const door = readDoor(open, moment, publicWords);
      const lists = {
        windows: buildWindows(overview, moment, words).tiles.map(({ id }) => id),
        followups: buildFollowups(overview, moment, words).rows.map(({ key }) => key),
        stations: buildStations(overview, moment, words).tiles.map(({ key }) => key),
        rows: buildCommunities(communities, moment, words).rows.map(({ key }) => key),
        items: buildItems(medical, words).map(({ key }) => key),
        rated: buildStationRows(ratings, words)
          .map(({ key }) => key)
          .slice(0, -1),
        ratedWindows: buildWindowRows(ratings, words)
          .map(({ key }) => key)
          .slice(0, -1),
        loop: buildLoop(ratings, moment, words).cards.map(({ key }) => key),
        suggestions: buildSuggestions(stars.suggestions, words).map(({ key }) => key),
        calls: buildCalls(open, door, moment.now, view.zone, publicWords).others.map(({ key }) => key),
      };
      for (const [list, keys] of Object.entries(lists)) expect(new Set(keys).size, list).toBe(keys.length);
      views = reuse(views, {
        ...{ header, alarms, said, urgent: told.urgent, pages: buildPages(open, publicWords) },
        ...{ heroes: buildHeroes(overview, moment, words), counts: buildCounts(overview, moment, words) },
        ...{ trend: buildTrend(overview, moment, words), headline: buildHeadline(communities, moment, words) },
        ...{ sums: sumItems(medical), weeks: buildWeeks(medical, words) },
        ...{ distribution: buildDistribution(ratings, moment, words), stars: buildStarWall(stars, words) },
      });
      // A function of the language that was taken for a word would be missing here, or read as its own text.
      expect(JSON.stringify(views)).not.toMatch(/\[native code\]|undefined|NaN/);
      expect(alarmsToAnnounce(overview.alarms, new Set([name]), moment.now)).toEqual([]);
    }
    expect(TOPICS.map((topic) => read(topic))).toHaveLength(TOPICS.length);
  });
});
