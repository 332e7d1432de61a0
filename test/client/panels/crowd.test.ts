// A hall of which a wall is sent a part: what is drawn adds up to the whole all the same, and says that there is more.
import { beforeAll, describe, expect, it } from 'vitest';
import { buildCommunities } from '../../../client/panels/communities/rows.ts';
import { buildHeroes } from '../../../client/panels/heroes.ts';
import { buildFollowups } from '../../../client/panels/followups.ts';
import { buildItems, countItems, sumItems } from '../../../client/panels/medical/items.ts';
import { readMoment, type Moment } from '../../../client/panels/moment.ts';
import { buildLoop } from '../../../client/panels/ratings/loop.ts';
import { buildStationRows, buildWindowRows } from '../../../client/panels/ratings/places.ts';
import { buildStations } from '../../../client/panels/stations.ts';
import { buildWindows } from '../../../client/panels/windows.ts';
import { en } from '../../../client/words/en/wall.ts';
import { zh } from '../../../client/words/zh/wall.ts';
import { buildTopic } from '../../../domain/board/topics/build.ts';
import type { BoardView } from '../../../domain/board/topics/view.ts';
import { crowd, MINUTE, START, viewOf } from '../../domain/board/topics/crowd.ts';

const CROWD = {
  unknownStations: 300,
  windows: 300,
  items: 60,
  followups: 400,
  alarms: 100,
  tickets: 2_000,
  promises: 900,
};
const read = (text: string) => Number(text.replaceAll(',', ''));
const sumOf = (texts: readonly string[]) => texts.reduce((sum, text) => sum + read(text), 0);

describe.each([
  ['Chinese', zh],
  ['English', en],
])('in %s', (_language, words) => {
  let view: BoardView;
  let moment: Moment;
  beforeAll(async () => {
    view = viewOf(await crowd(CROWD));
    moment = readMoment(buildTopic('overview', view).day, view.zone, START + 630 * MINUTE);
  });

  it('the tiles add up to the communities, and the last counts all whom it stands for', () => {
    const { communities, tiles } = buildStations(buildTopic('overview', view), moment, words);
    expect(tiles).toHaveLength(15);
    expect(sumOf(tiles.map(({ value }) => value))).toBe(read(communities));
    expect(tiles.at(-1)!.name).toBe(words.stations.others(13 + 300 - 14));
  });

  it('the rows add up to their total', () => {
    const { hall, rows, total } = buildCommunities(buildTopic('communities', view), moment, words);
    for (const key of ['accepted', 'finished'] as const)
      expect(sumOf([hall!, ...rows].map((row) => row[key])), key).toBe(read(total[key]));
    expect(rows.at(-1)!.name).toBe(words.stations.others(300 - rows.length + 14));
  });

  it('the items add up, and their title counts them all', () => {
    const medical = buildTopic('medical', view);
    const items = buildItems(medical, words);
    expect(sumOf(items.map(({ since }) => since))).toBe(read(sumItems(medical).since));
    expect(countItems(medical)).toBe(60 + items.filter(({ unknown }) => !unknown).length);
    expect(items.at(-1)!.name).toBe(words.medical.others(countItems(medical) - items.length + 1));
  });

  it('the ratings add up by station and by window', () => {
    const ratings = buildTopic('ratings', view);
    for (const rows of [buildStationRows(ratings, words), buildWindowRows(ratings, words)]) {
      const counts = rows.map(({ rated }) => rated);
      expect(sumOf(counts.slice(0, -1))).toBe(read(counts.at(-1)!));
      expect(rows.map(({ name }) => name)).toContainEqual(
        expect.stringContaining(words === zh ? '处未登记' : 'others'),
      );
    }
  });

  it('the windows are counted by their state, and the last tile stands for the rest', () => {
    const overview = buildTopic('overview', view);
    const { note, tiles } = buildWindows(overview, moment, words);
    const hall = view.config.profile.windows.filter(({ station }) => station === 'hall').length;
    const rest = read(tiles.at(-1)!.label.replace('+', ''));
    expect(tiles.length - 1 + rest).toBe(hall + 150);
    const counts = note.flatMap(({ text }) => [...text.matchAll(/\d+/g)].map(([n]) => Number(n)));
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(hall + 150);
  });

  it('who waits, and what is to be followed up, is counted whole', () => {
    const overview = buildTopic('overview', view);
    const waiting = buildHeroes(overview, moment, words).find(({ key }) => key === 'waiting')!;
    expect(read(waiting.value)).toBe(view.queues.get('hall')!.length);
    expect(buildFollowups(overview, moment, words).rows.at(-1)!.title).toBe(words.followups.rest(400 - 12));
  });

  it('late follow-ups are counted whether they are listed or not', () => {
    const ratings = buildTopic('ratings', view);
    const later = { ...moment, now: START + 60 * 1_440 * MINUTE };
    const open = buildLoop(ratings, later, words).steps.find(({ key }) => key === 'open')!;
    expect(open.notes.join()).toContain(words.ratings.loop.unlisted(ratings.moreFollowups!));
    // By then all of them are late.
    const late = open.notes.flatMap((text) => [...text.matchAll(/(?:超期 (\d+)|(\d+) late)/g)]);
    expect(late.reduce((sum, [, a, b]) => sum + Number(a ?? b), 0)).toBe(400);
  });
});
