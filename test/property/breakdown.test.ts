/** For random days of a hall, what a span is made of is what plain loops over its events find. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RANKED, type Breakdown } from '../../domain/measures/breakdown.ts';
import { oracleBreakdown } from '../oracle/breakdown.ts';
import { oracleMeasures } from '../oracle/oracle.ts';
import { askSqlBreakdowns, feedPlan, foldBreakdowns } from './legs.ts';
import { worldOf, type World } from './worlds.ts';

/** More of them in a campaign; a failure prints the seed with which it can be run again. */
const RUNS = Number(process.env['HALLPULSE_PROPERTY_RUNS'] ?? 300);

test(
  'M21: items, lines, windows, stations and hours equal the oracle and the recount by SQL, whatever order, restarts and edited documents came in between',
  async () => {
    await fc.assert(
      fc.asyncProperty(worldOf({ ids: 24 }), feedPlan, async (world, feed) => {
        const found = await foldBreakdowns(world, feed);
        const recounted = await askSqlBreakdowns(world);
        world.questions.forEach((question, i) => {
          expectCounted(world, question, found[i]!);
          const { stations: _stations, ...rest } = found[i]!;
          expectSame(rest, recounted[i]!);
        });
      }),
      { numRuns: RUNS },
    );
  },
  60_000 + RUNS * 2_000,
);

function expectCounted(world: World, question: World['questions'][number], found: Breakdown): void {
  const arrivals = world.arrivals.map((event) => ({ event }));
  const { stations, ...rest } = found;
  expectSame(rest, oracleBreakdown(arrivals, { ...world, ...question }));
  for (const { station, measures } of stations) {
    const counted = oracleMeasures(arrivals, { ...world, ...question, station });
    expectSame(measures, Object.fromEntries(RANKED.map((name) => [name, counted[name]])));
  }
  const whole = oracleMeasures(arrivals, { ...world, ...question });
  const sum = (name: 'accepted' | 'finished' | 'poor') =>
    stations.reduce((total, { measures }) => total + measures[name], 0);
  expect([sum('accepted'), sum('finished'), sum('poor')]).toEqual([whole.accepted, whole.finished, whole.poor]);
}

/** Vitest's own comparison is slow, and needed only to tell what differs. */
function expectSame(found: object, counted: object): void {
  if (!isDeepStrictEqual(found, counted)) expect(found).toEqual(counted);
}
