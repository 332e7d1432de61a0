/** For random days of a hall, everything that is shown is what a recount by plain loops finds, whatever happened on the way. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareMeasures } from '../../server/reports/compare-measures.ts';
import { worldOf } from './worlds.ts';
import { askOracle, feedPlan, foldShown } from './legs.ts';
import { recountShown } from './topics.ts';

/** More of them in a campaign; a failure prints the seed with which it can be run again. */
const RUNS = Number(process.env['HALLPULSE_PROPERTY_RUNS'] ?? 300);

test(
  'M14, K1: measures, topics and what desks know equal the oracle, in batches of any size, with checkpoints, restarts and edited documents in between',
  async () => {
    await fc.assert(
      fc.asyncProperty(worldOf({ ids: 24 }), feedPlan, async (world, feed) => {
        const { measures, topics, desk, useless } = await foldShown(world, feed);
        expect(useless).toEqual([]);
        const counted = askOracle(world);
        expect(counted.map((answer, i) => compareMeasures(measures[i]!, answer))).toEqual(counted.map(() => []));
        const expected = recountShown(world);
        // Vitest's own comparison is slow, and needed only to tell what differs.
        if (expected && !isDeepStrictEqual({ topics, desk }, expected)) expect({ topics, desk }).toEqual(expected);
      }),
      { numRuns: RUNS },
    );
  },
  60_000 + RUNS * 2_000,
);
