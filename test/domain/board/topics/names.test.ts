// Any string is just a name: what comes from outside is never mistaken for a part of the language.
import { describe, expect, test } from 'vitest';
import { CellTable } from '../../../../domain/board/cells.ts';
import { buildTopic } from '../../../../domain/board/topics/build.ts';
import { TOPICS } from '../../../../domain/board/topics/data.ts';
import type { CommunitiesData } from '../../../../domain/board/topics/data-communities.ts';
import type { OverviewData } from '../../../../domain/board/topics/data.ts';
import type { RatingsData } from '../../../../domain/board/topics/data-ratings.ts';
import { createView } from '../../../../domain/board/topics/view.ts';
import { applyDelta, diffData } from '../../../../domain/wire/delta.ts';
import { digestData } from '../../../../domain/wire/digest.ts';
import type { Json } from '../../../../domain/wire/protocol.ts';
import { DAY, everything, NAMES } from './everything.ts';
import { foldStory } from './fold-story.ts';

describe.each(NAMES)('everything is called %j', (name) => {
  test('and every topic is built, sent as a delta, and adds up', async () => {
    const before = await foldStory(DAY, []);
    const after = await foldStory(DAY, everything(name));
    for (const topic of TOPICS) {
      const old = buildTopic(topic, before) as unknown as Json;
      const next = buildTopic(topic, after) as unknown as Json;
      expect(digestData(applyDelta(old, diffData(old, next)))).toBe(digestData(next));
      expect(JSON.parse(JSON.stringify(next))).toEqual(next);
    }
    const overview: OverviewData = buildTopic('overview', after);
    expect(overview.counts).toMatchObject({ accepted: 2, open: 1, finished: 1 });
    expect(overview.stations[name]).toMatchObject({ unknown: true, accepted: 2, waiting: 1 });
    const communities: CommunitiesData = buildTopic('communities', after);
    expect(communities.stations[name]).toMatchObject({ unknown: true, accepted: 2 });
    const ratings: RatingsData = buildTopic('ratings', after);
    expect(ratings.stations[name]).toMatchObject({ unknown: true, poor: 1 });
    expect(ratings.stations[name]!.windows[name]).toMatchObject({ poor: 1 });
    expect(ratings.stations['hall']!.windows[name]).toMatchObject({ poor: 0, satisfied: { n: 1, of: 1 } });
  });
});

// What the door refuses an old board may hold: it stands under no key of its own, and in every sum.
describe.each(['__proto__', 'constructor', 'prototype', ''])('an old board calls everything %j', (name) => {
  test('and every topic is built, sent as a delta, and adds up', async () => {
    const before = await foldStory(DAY, []);
    const { state } = await foldStory(DAY, everything('known'));
    for (const list of Object.values(state.entries) as Map<string, object>[]) {
      for (const [id, entry] of [...list]) {
        list.delete(id);
        const renamed = Object.entries(entry).map(([key, value]) => [
          key,
          value === 'known' ? name : (value as unknown),
        ]);
        list.set(id === 'known' ? name : id, Object.fromEntries(renamed) as object);
      }
    }
    for (const [id, range] of state.ranges) {
      const table = new CellTable();
      for (const [station, cell, n] of range.table.entries())
        table.add(station === 'known' ? name : station, cell.replaceAll('known', name), n);
      state.ranges.set(id, { ...range, table });
    }
    const after = createView(state, before.config, before.zone, false);
    for (const topic of TOPICS) {
      const old = buildTopic(topic, before) as unknown as Json;
      const next = buildTopic(topic, after) as unknown as Json;
      expect(digestData(applyDelta(old, diffData(old, next)))).toBe(digestData(next));
    }
    const { counts, stations } = buildTopic('overview', after);
    const sum = (parts: object, read: (part: never) => number) =>
      Object.values(parts).reduce((total: number, part) => total + read(part as never), 0);
    expect(counts.accepted).toBe(2);
    expect(sum(stations, ({ accepted }: { accepted: number }) => accepted)).toBe(2);
    expect(sum(buildTopic('communities', after).stations, ({ accepted }: { accepted: number }) => accepted)).toBe(2);
    expect(sum(buildTopic('ratings', after).stations, ({ poor }: { poor: number }) => poor)).toBe(1);
    const { followups, moreFollowups = 0 } = buildTopic('ratings', after);
    expect(Object.keys(followups).length + moreFollowups).toBe(1);
  });
});
