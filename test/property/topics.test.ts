/** For random days of a hall, what every topic shows is what a recount by plain loops finds, whatever happened on the way. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TOPICS } from '../../domain/board/topics/data.ts';
import { works } from '../oracle/arithmetic.ts';
import { readBoard } from '../oracle/board.ts';
import { TOPIC_RECOUNTS } from '../oracle/topics/public.ts';
import { worldOf, type World } from './arbitraries.ts';
import { feedPlan, foldShown } from './legs.ts';

const RUNS = Number(process.env['HALLPULSE_PROPERTY_RUNS'] ?? 300);
const options = { numRuns: RUNS } as const;
const timeoutMs = 60_000 + RUNS * 500;

function recountTopics(world: World): Record<string, unknown> | undefined {
  const worked = new Map<string, boolean>();
  const board = readBoard(
    world.arrivals.map((event) => ({ event })),
    world,
    (day) => {
      let known = worked.get(day);
      if (known === undefined) worked.set(day, (known = works(world.config.calendarDocument, day, '')));
      return known;
    },
  );
  return board && Object.fromEntries(TOPICS.map((topic) => [topic, TOPIC_RECOUNTS[topic](board)]));
}

describe('every topic of random days', () => {
  test(
    'is what the oracle counts, in batches of any size, with checkpoints and restarts in between',
    async () => {
      await fc.assert(
        fc.asyncProperty(worldOf({ ids: 24 }), feedPlan, async (world, feed) => {
          const expected = recountTopics(world);
          fc.pre(expected !== undefined);
          expect((await foldShown(world, feed)).topics).toEqual(expected);
        }),
        options,
      );
    },
    timeoutMs,
  );
});
