// The forecast's promise: its band holds the truth as often as it says, and it beats 'same as last week'.
import { describe, expect, it } from 'vitest';
import { COVERAGE } from '../../domain/forecast/band.ts';
import { backtestForecast, printForecastScore, type ForecastScore } from './forecast.ts';
import { readDemoDays, readRequestDays } from './forecast-days.ts';

/**
 * How far the share that a band holds may lie from 80 % by chance. The bands of one day are as good as one, since a day that
 * runs high is missed at every minute; so n is the number of days, and 2.58 standard errors are the bounds of 99 %.
 */
function tolerance({ days }: ForecastScore): number {
  return 2.58 * Math.sqrt((COVERAGE * (1 - COVERAGE)) / days);
}

function expectPromise(score: ForecastScore): void {
  for (const { coverage, error, lastWeekError } of [score.end, score.slots]) {
    expect(Math.abs(coverage - COVERAGE)).toBeLessThanOrEqual(tolerance(score));
    expect(error).toBeLessThan(lastWeekError);
  }
}

describe('backtest of the forecast (F3)', () => {
  it('holds on the demo’s reference year', () => {
    const score = backtestForecast(readDemoDays());
    console.log(printForecastScore('Reference year', score));
    expect(score.days).toBeGreaterThan(150);
    expectPromise(score);
  });

  const requests = readRequestDays();
  const absent = requests ? '' : ' (SKIPPED: no real data; set HALLPULSE_REAL_DATA to the folder that holds it)';
  it.skipIf(!requests)(`holds on a district’s requests of 2018, bursts included${absent}`, () => {
    const score = backtestForecast(requests!);
    console.log(printForecastScore('Requests of a district, 2018', score));
    expect(Math.max(...[...requests!.values()].map((minutes) => minutes.length))).toBe(326);
    expect(score.days).toBeGreaterThan(25);
    expectPromise(score);
  });
});
