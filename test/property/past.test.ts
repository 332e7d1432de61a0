/** At any past moment every topic and measure is what an independent recount says of a hall that holds only what had come about by then. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TOPICS } from '../../domain/board/topics/data.ts';
import { HALL_DAY_SOURCE } from '../../domain/calendar/hall-day.ts';
import { dayOf, momentOf } from '../../domain/calendar/zone.ts';
import type { HallEvent } from '../../domain/events/event.ts';
import type { Board } from '../../server/board/board.ts';
import { askOracle, feedPlan, foldFully } from './legs.ts';
import { recountShown } from './topics.ts';
import { worldOf, type World } from './worlds.ts';
import { zoneOf } from './zones.ts';

/** A world is looked at as a whole at several moments, each recounted from nothing: a sixth of the usual number. */
const RUNS = Math.ceil(Number(process.env['HALLPULSE_PROPERTY_RUNS'] ?? 300) / 6);

const identityOf = ({ source, id }: { source: string; id: string }): string => JSON.stringify([source, id]);

/** What the ledger took: of an identity that comes again, the first. */
function recorded({ arrivals }: World): HallEvent[] {
  const known = new Set<string>();
  return arrivals.filter((event) => {
    const isFirst = !known.has(identityOf(event));
    known.add(identityOf(event));
    return isFirst;
  });
}

/** Moments at which something happened, the ones just before and after, and any between. */
function momentsOf(world: World, seeds: readonly number[]): number[] {
  const { now } = world;
  const times = recorded(world)
    .map(({ at }) => at)
    .sort((a, b) => a - b);
  const [from = now] = times;
  return seeds
    .map((seed) => {
      const near = times[seed % times.length]!;
      return [near, near - 1, near + 1, from + (seed % Math.max(1, now - from))][seed % 4]!;
    })
    .filter((at) => at >= from && at <= now);
}

/** What a fresh hall holds whose clock stands at `at`: the living events up to then, and its day opened last. */
function worldAt(world: World, at: number): World {
  const zone = zoneOf(world.zone);
  const voided = new Set(
    recorded(world).flatMap((event) => (event.type === 'hall.event.voided' ? [identityOf(event.data)] : [])),
  );
  const living = recorded(world).filter(
    (event) => event.type !== 'hall.event.voided' && !voided.has(identityOf(event)) && event.at <= at,
  );
  const day = dayOf(zone, at);
  const opened = {
    source: HALL_DAY_SOURCE,
    id: 'the last one',
    type: 'hall.day.opened',
    at: momentOf(zone, day),
    data: { day, hours: [] },
  } as unknown as HallEvent;
  // The hall opens a day when it begins; what was closed decides what is a correction, and nothing else of an earlier day.
  const open = living.filter((event) => {
    if (event.type === 'hall.day.opened')
      return /^\d{4}(-\d\d){2}$/.test(event.data.day) && event.at === momentOf(zone, event.data.day);
    return event.type !== 'hall.day.closed';
  });
  return { ...world, arrivals: [...open, opened], now: at };
}

/** Aside from what arrival decides and what voids leave behind. */
const ASIDE = new Set(['corrected', 'voided', 'heardAt', 'seq', 'uncounted']);
function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (ASIDE.has(key) ? [] : [[key, strip(one)] as const])),
  );
}

async function compareAt(board: Board, world: World, at: number): Promise<void> {
  const past = worldAt(world, at);
  const expected = recountShown(past)!.topics;
  const first = Math.min(...recorded(world).map((event) => event.at));
  for (const topic of TOPICS) {
    const answer = await board.lookAt({ at, demo: false, topic });
    expect(answer.first).toBe(first);
    const shown = strip(JSON.parse(answer.topic!));
    const wanted = strip(expected[topic]);
    if (!isDeepStrictEqual(shown, wanted)) expect(shown, `${topic} at ${new Date(at).toISOString()}`).toEqual(wanted);
  }
  const { measures = [] } = await board.lookAt({ at, demo: false, measures: world.questions });
  const counted = askOracle(past);
  measures.forEach((one, i) => {
    const shown = strip(JSON.parse(JSON.stringify(one)));
    const wanted = strip(JSON.parse(JSON.stringify(counted[i])));
    if (!isDeepStrictEqual(shown, wanted))
      expect(shown, `${JSON.stringify(world.questions[i])} at ${new Date(at).toISOString()}`).toEqual(wanted);
  });
}

test(
  'H1, H2: topics and measures at a past moment are those of a hall that knows no more',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        worldOf({ ids: 24 }),
        feedPlan,
        fc.array(fc.nat(1_000_000_007), { minLength: 3, maxLength: 6 }),
        async (world, plan, seeds) => {
          const moments = momentsOf(world, seeds);
          // A ledger is looked at while it goes on: nothing that one look has changed may be left for the next.
          await foldFully(world, plan, async (board) => {
            for (const at of moments) await compareAt(board, world, at);
          });
        },
      ),
      { numRuns: RUNS },
    );
  },
  60_000 + RUNS * 12_000,
);
