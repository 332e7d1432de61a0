// What needs a decision: of many the first and how many more, and what stands at many stations at once with a place for each.
import { describe, expect, test } from 'vitest';
import { readDecisions } from '../../../domain/brief/decisions.ts';
import { BRIEF_SOURCE } from '../../../domain/brief/instruction.ts';
import type { HallEvent } from '../../../domain/events/event.ts';
import { at, event, foldStory, readConfig } from '../board/topics/fold-story.ts';

/** A Monday. */
const DAY = '2019-11-25';
const heard = (station: string, when = `${DAY} 09:05`): HallEvent =>
  event('hall.consultation.given', when, { station, medium: 'visit' });
const checked = (station: string, areas: readonly string[]): HallEvent[] =>
  areas.map((area) => event('hall.check.done', '2019-11-22 17:00', { station, area, result: 'ok' } as never));
const instructed = (matter: 'check' | 'unheard', station: string): HallEvent => ({
  ...event('hall.followup.opened', `${DAY} 09:30`, {
    ...{ followup: 'f1', about: 'instruction', matter, station, note: `给${station}`, owner: 'c1' },
  }),
  source: BRIEF_SOURCE,
});
/** At half past ten nobody has been silent for long enough, whoever was not heard yet; ten to twelve is two hours later. */
const read = async (
  events: readonly HallEvent[],
  { station, clock = '10:30' }: { station?: string; clock?: string } = {},
) => readDecisions(await foldStory(DAY, events), at(`${DAY} ${clock}`), () => undefined, station);

const { profile } = readConfig();
const all = profile.stations.map(({ id }) => id);
const areas = [...new Set(profile.dailyChecks)];
/** Everything is checked on the Friday before but what is said, and the ledger began before that. */
const since = heard('hall', '2019-11-21 09:00');
const checkedBut = (skipping: readonly string[]): HallEvent[] =>
  all.flatMap((id) => checked(id, skipping.includes(id) ? areas.slice(1) : areas));

describe('checks that were skipped', () => {
  const four = ['hall', 'meifeng', 'longwei', 'xinge'].filter((id) => all.includes(id));

  test('at three stations are three things, and at more one that holds each of them', async () => {
    const apart = await read([since, ...checkedBut(four.slice(1))]);
    expect(apart.shown.map((one) => [one.kind, 'each' in one])).toEqual(four.slice(1).map(() => ['check', false]));
    const one = await read([since, ...checkedBut(four)]);
    expect(one).toMatchObject({ count: 1, shown: [{ kind: 'check' }] });
    const [several] = one.shown;
    expect('each' in several! && several.each.map(({ station }) => station).sort()).toEqual([...four].sort());
    expect('each' in several! && several.each[0]).toMatchObject({ day: '2019-11-22', areas: [areas[0]] });
  });

  test('bear an instruction at the station that it was given of, and at no other', async () => {
    const { shown } = await read([since, ...checkedBut(four), instructed('check', 'meifeng')]);
    const each = shown.flatMap((one) => ('each' in one ? one.each : []));
    expect(each.filter(({ instructed: one }) => one).map((one) => [one.station, one.instructed!.note])).toEqual([
      ['meifeng', '给meifeng'],
    ]);
  });

  test('of one station are that station’s', async () => {
    const { shown, count } = await read([since, ...checkedBut(four)], { station: 'meifeng' });
    expect([count, shown]).toMatchObject([1, [{ kind: 'check', station: 'meifeng' }]]);
  });
});

describe('silence', () => {
  const five = ['hall', 'meifeng', 'longwei', 'xinge', 'meilinyicun'];

  test('of many stations is one thing, each with since when and with its own instruction', async () => {
    const told = [
      ...five.map((id) => heard(id)),
      instructed('unheard', 'longwei'),
      // Of alarms one that is raised stays by itself; that is no reason to tell it apart here.
      {
        ...event('hall.alarm.raised', `${DAY} 11:06`, { alarm: 'a1', kind: 'station-unheard', station: 'meifeng' }),
        subject: 'meifeng',
      },
    ];
    const { shown, count } = await read(told, { clock: '11:50' });
    expect([count, shown.length]).toEqual([1, 1]);
    const [several] = shown;
    const each = 'each' in several! ? several.each : [];
    expect(each.map(({ station }) => station).sort()).toEqual([...five].sort());
    expect(each.every((one) => one.kind === 'unheard' && one.since === at(`${DAY} 09:05`))).toBe(true);
    expect(each.filter(({ instructed: one }) => one).map(({ station }) => station)).toEqual(['longwei']);
  });

  test('of one of many is that station’s own, whichever it is', async () => {
    const events = five.map((id) => heard(id));
    for (const station of ['xinge', 'hall'])
      expect((await read(events, { station, clock: '11:50' })).shown).toMatchObject([{ kind: 'unheard', station }]);
  });
});

test('of overdue cases and poor ratings the first eight are told, and how many more there are, however many', async () => {
  const cases = Array.from({ length: 11 }, (_, i) =>
    event('hall.case.accepted', `${DAY} 09:${10 + i}`, {
      ...{ case: `c${i}`, station: i < 2 ? 'meifeng' : 'hall', channel: 'window', item: 'mi-02' },
      promisedBy: `${DAY}T10:${10 + i}:00+08:00`,
    }),
  );
  const ratings = Array.from({ length: 120 }, (_, i) =>
    event('hall.followup.opened', `${DAY} 09:10`, { followup: `r${i}`, about: 'rating', station: 'hall' }),
  );
  const { shown, count, rest } = await read([...cases, ...ratings]);
  expect(shown.map(({ kind }) => kind)).toEqual([...Array(8).fill('overdue'), ...Array(8).fill('rating')]);
  expect([count, rest]).toEqual([11 + 120, { overdue: 3, rating: 112 }]);
  // What somebody is instructed about already makes room for the ninth.
  const about = [0, 1].map((i) => ({
    ...event('hall.followup.opened', `${DAY} 10:25`, {
      ...{ followup: `i${i}`, about: 'instruction', matter: 'overdue', station: 'meifeng', case: `c${i}` },
      ...{ note: '今天办结', owner: 'c1' },
    }),
    source: BRIEF_SOURCE,
  }));
  const overdue = (await read([...cases, ...about])).shown.filter(({ kind }) => kind === 'overdue');
  expect(overdue.map((one) => 'case' in one && one.case)).toEqual(['c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9']);
  const ofStation = await read([...cases, ...ratings], { station: 'meifeng' });
  expect(ofStation.count).toBe(2);
  expect(ofStation).not.toHaveProperty('rest');
});
