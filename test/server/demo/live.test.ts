/** The living demo with its real timers, some thousand times as fast as life. */
import { afterEach, describe, expect, it } from 'vitest';
import type { HallEvent } from '../../../domain/events/event.ts';
import { createDemoClock, demoStartsAt } from '../../../server/demo/clock.ts';
import { startDemo, type LiveDemo } from '../../../server/demo/live.ts';
import { createDemo } from '../../../server/demo/year.ts';
import { config, params } from './load-demo.ts';

const moment = (text: string): number => Date.parse(`${text}+08:00`);
const LIVE = moment('2019-11-25T10:30:00');
const realNow = (): number => performance.now();
const demo = createDemo(params, config);
const eventsOfDay = (day: string): HallEvent[] => demo.daysFrom(day).next().value.events;
const identity = (event: HallEvent): string => `${event.source} ${event.id}`;

let living: LiveDemo | undefined;
afterEach(async () => living?.stop());

/** Plays until `isEnough`, then stops; answers with what was appended. */
async function play(
  from: number,
  speed: number,
  isEnough: (events: readonly HallEvent[]) => boolean,
): Promise<HallEvent[]> {
  const played: HallEvent[] = [];
  const clock = createDemoClock({ startAt: from, speed, realNow });
  await new Promise<void>((resolve) => {
    const append = (events: readonly HallEvent[]): Promise<void> => {
      const now = clock.now();
      for (const event of events) expect(event.at).toBeLessThanOrEqual(now);
      played.push(...events);
      if (isEnough(played)) resolve();
      return Promise.resolve();
    };
    living = startDemo({ append, clock, config, params, from, demo });
  });
  await living!.stop();
  return played;
}

describe('the demo clock', () => {
  it('starts where it is told, runs at its speed, and knows how long a moment is off', () => {
    let real = 50;
    const clock = createDemoClock({ startAt: LIVE, speed: 60, realNow: () => real });
    expect(clock.now()).toBe(LIVE);
    real += 1_000;
    expect(clock.now()).toBe(LIVE + 60_000);
    expect(clock.untilMs(LIVE + 120_000)).toBe(1_000);
    expect(clock.untilMs(LIVE)).toBe(0);
  });

  it('refuses a speed that stands still', () => {
    expect(() => createDemoClock({ startAt: 0, speed: 0, realNow })).toThrow(RangeError);
  });

  it('goes on after a restart where the ledger left off', () => {
    expect(demoStartsAt(LIVE, undefined)).toBe(LIVE);
    expect(demoStartsAt(LIVE, LIVE - 5)).toBe(LIVE);
    expect(demoStartsAt(LIVE, LIVE + 5)).toBe(LIVE + 5);
  });
});

describe('the living demo', () => {
  it('plays the rest of 25 November and the next day, each event once, none before its time', async () => {
    const end = moment('2019-11-26T12:00:00');
    const played = await play(LIVE, 60_000, (events) => events.at(-1)!.at >= end);
    const expected = [...eventsOfDay('2019-11-25'), ...eventsOfDay('2019-11-26')].filter(({ at }) => at > LIVE);
    expect(played.slice(0, 700).map(identity)).toEqual(expected.slice(0, 700).map(identity));
    expect(new Set(played.map(identity)).size).toBe(played.length);
  });

  it('goes on where a restart found it, without a gap and without a repeat', async () => {
    const first = await play(LIVE, 20_000, (events) => events.length >= 60);
    const second = await play(first.at(-1)!.at, 20_000, (events) => events.length >= 60);
    const expected = [...eventsOfDay('2019-11-25'), ...eventsOfDay('2019-11-26')].filter(({ at }) => at > LIVE);
    const both = [...first, ...second].map(identity);
    expect(both).toEqual(expected.slice(0, both.length).map(identity));
  });

  it('offers a batch again that could not be written', async () => {
    const offered: string[][] = [];
    const errors: unknown[] = [];
    await new Promise<void>((resolve) => {
      const append = (events: readonly HallEvent[]): Promise<void> => {
        offered.push(events.map(identity));
        if (offered.length === 1) return Promise.reject(new Error('disk full'));
        resolve();
        return Promise.resolve();
      };
      const clock = createDemoClock({ startAt: LIVE, speed: 3_600, realNow });
      living = startDemo({ append, clock, config, params, from: LIVE, demo, onError: (error) => errors.push(error) });
    });
    expect(errors).toHaveLength(1);
    expect(offered[1]!.slice(0, offered[0]!.length)).toEqual(offered[0]);
  });
});

describe('a day after the reference year', () => {
  it('is the same whatever came before it', () => {
    const alone = createDemo(params, config).daysFrom('2019-12-04').next().value.events;
    for (const { day, events } of demo.daysFrom('2019-11-22')) {
      if (day !== '2019-12-04') continue;
      expect(alone).toEqual(events);
      return;
    }
  });

  it('keeps still on a day off but for its opening and closing', () => {
    expect(eventsOfDay('2019-11-30').map(({ type }) => type)).toEqual(['hall.day.opened', 'hall.day.closed']);
  });

  it('has trouble to show: long service, a poor rating followed up, a missing paper, a paused window', () => {
    const events = eventsOfDay('2019-11-26');
    const called = new Map<string, number>();
    let long = 0;
    for (const event of events) {
      if (event.type === 'hall.ticket.called') called.set(event.data.ticket, event.at);
      if (event.type === 'hall.ticket.served' && event.at - called.get(event.data.ticket)! > 900_000) long++;
    }
    expect(long).toBeGreaterThanOrEqual(2);
    const poor = events.filter((event) => event.type === 'hall.rating.given' && event.data.score < 3);
    expect(poor.length).toBeGreaterThanOrEqual(1);
    for (const { subject } of poor) expect(events.some(({ id }) => id === `f-${subject}-rating/opened`)).toBe(true);
    expect(events.some(({ type, data }) => type === 'hall.case.accepted' && 'deferredDocuments' in data)).toBe(true);
    expect(events.some(({ data }) => 'status' in data && data.status === 'paused')).toBe(true);
  });

  it('gives every event of a fortnight an identity of its own', () => {
    const seen = new Set<string>();
    let count = 0;
    for (const { day, events } of demo.daysFrom('2019-11-25')) {
      if (day > '2019-12-09') break;
      for (const event of events) seen.add(identity(event));
      count += events.length;
    }
    expect(seen.size).toBe(count);
  });
});
