// The forecast's promise: its band holds the truth as often as it says, and it beats 'same as last week'.
import { describe, expect, it } from 'vitest';
import { backtestForecast, findForecastFaults, printForecastScore } from './forecast.ts';
import { readDemoDays, readRequestDays } from './forecast-days.ts';

describe('backtest of the forecast (F3)', () => {
  it('holds on the demo’s reference year', () => {
    const score = backtestForecast(readDemoDays());
    console.log(printForecastScore('Reference year', score));
    expect(score.days).toBeGreaterThan(150);
    expect(findForecastFaults(score)).toEqual([]);
  });

  const requests = readRequestDays();
  const absent = requests ? '' : ' (SKIPPED: no real data; set HALLPULSE_REAL_DATA to the folder that holds it)';
  it.skipIf(!requests)(`holds on a district’s requests of 2018, bursts included${absent}`, () => {
    const score = backtestForecast(requests!);
    console.log(printForecastScore('Requests of a district, 2018', score));
    expect(Math.max(...[...requests!.values()].map((minutes) => minutes.length))).toBe(326);
    expect(score.days).toBeGreaterThan(25);
    expect(findForecastFaults(score)).toEqual([]);
  });
});
