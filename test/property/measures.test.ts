/** For random days of a hall, three independent counts agree, and neither order, repeats nor restarts change them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Measures } from '../../domain/measures/measures.ts';
import { compareMeasures } from '../../server/reports/compare-measures.ts';
import { worldOf } from './worlds.ts';
import { askOracle, askSql, foldMeasures } from './legs.ts';

/** More of them in a campaign; a failure prints the seed with which it can be run again. */
const RUNS = Number(process.env['HALLPULSE_PROPERTY_RUNS'] ?? 300);
const options = { numRuns: RUNS } as const;
const timeoutMs = 60_000 + RUNS * 2_000;

function expectSame(expected: readonly Measures[], actual: readonly Measures[], except: readonly string[] = []): void {
  const found = expected.map((answer, i) =>
    compareMeasures(actual[i]!, answer).filter(({ name }) => !except.includes(name.split('.')[0]!)),
  );
  expect(found).toEqual(expected.map(() => []));
}

describe('M14 measures of random days', () => {
  test(
    'a recount by SQL equals the oracle',
    async () => {
      await fc.assert(
        fc.asyncProperty(worldOf({ ids: 24 }), async (world) => {
          expectSame(askOracle(world), await askSql(world));
        }),
        options,
      );
    },
    timeoutMs,
  );

  test(
    'C1, L2: another order of arrival changes nothing but `corrected`',
    async () => {
      const shuffled = worldOf({ ids: 60, distinct: true }).chain((world) =>
        fc.shuffledSubarray([...world.arrivals], { minLength: world.arrivals.length }).map((arrivals) => ({
          world,
          other: { ...world, arrivals },
        })),
      );
      await fc.assert(
        fc.asyncProperty(shuffled, async ({ world, other }) => {
          const expected = await foldMeasures(world);
          expectSame(expected, await foldMeasures(other), ['corrected', 'unknown']);
          expectSame(expected, await askSql(other), ['corrected', 'unknown']);
        }),
        options,
      );
    },
    timeoutMs,
  );

  test(
    'W3: sending anything again changes nothing',
    async () => {
      const repeated = worldOf({ ids: 60, distinct: true }).chain((world) =>
        fc.shuffledSubarray([...world.arrivals]).map((again) => ({
          world,
          other: { ...world, arrivals: [...world.arrivals, ...again] },
        })),
      );
      await fc.assert(
        fc.asyncProperty(repeated, async ({ world, other }) => {
          const expected = await foldMeasures(world);
          expectSame(expected, await foldMeasures(other));
          expectSame(expected, await askSql(other));
        }),
        options,
      );
    },
    timeoutMs,
  );
});
