// How many people come in an hour.
import { expect, it } from 'vitest';
import { arrivalsPerHour, logArrivals, type ArrivalLog } from '../../../domain/alarms/arrivals.ts';

it('A2 reads the last hour’s arrivals off a growing count, and the day’s mean until it knows better', () => {
  const minute = 60_000;
  let log: ArrivalLog | undefined;
  const count = (i: number) => (i <= 60 ? i : 60 + (i - 60) * 3);
  for (let i = 0; i <= 120; i++) log = logArrivals(log, '2019-11-25', i * minute, count(i));
  expect(arrivalsPerHour(log, 120 * minute, count(120), 120 * minute)).toBeCloseTo(180, 0);
  expect(log!.looks.length).toBeLessThanOrEqual(62);
  // Just started, two hours into the day: what the day has brought so far.
  expect(arrivalsPerHour(logArrivals(undefined, '2019-11-25', 0, 40), 0, 40, 120 * minute)).toBe(20);
  expect(arrivalsPerHour(undefined, 0, 0, 0)).toBe(0);
});
