/** What is said of the rest of the day: with what it is said, when nothing is said, and what it can never be. */
import { describe, expect, it } from 'vitest';
import { forecastDay, type ForecastBasis } from '../../../domain/forecast/forecast.ts';

/** Half hours from 09:00 to 11:00; the days alike but for chance. */
const basis: ForecastBasis = {
  slotMinutes: 30,
  today: { '18': 4, '19': 6 },
  usual: { '18': [5, 4, 3, 4], '19': [6, 5, 7, 6], '20': [9, 11, 10, 10], '21': [8, 8, 9, 7] },
  usualDays: 4,
};

describe('the forecast', () => {
  it('says nothing where fewer than three usual days are known (F1)', () => {
    expect(forecastDay({ ...basis, usual: {}, usualDays: 0 }, 600)).toBeUndefined();
    const two = Object.fromEntries(Object.entries(basis.usual).map(([slot, counts]) => [slot, counts.slice(0, 2)]));
    expect(forecastDay({ ...basis, usual: two, usualDays: 2 }, 600)).toBeUndefined();
  });

  it('adds what is usual to what is there (F2)', () => {
    const { end } = forecastDay(basis, 600)!;
    // Ten are there; the usual days still brought 17, 19, 19 and 17.
    expect(end.mid).toBe(28);
    expect(end.coverage).toBe(0.8);
    expect(end.low).toBeLessThan(28);
    expect(end.high).toBeGreaterThan(28);
  });

  it('never lies below what was accepted, and is certain once nothing is to come (F2)', () => {
    for (let minute = 540; minute <= 1440; minute += 7)
      expect(forecastDay(basis, minute)!.end.low).toBeGreaterThanOrEqual(10);
    expect(forecastDay(basis, 660)!.end).toEqual({ low: 10, mid: 10, high: 10, coverage: 0.8 });
    expect(forecastDay(basis, 1440)).toEqual({ end: { low: 10, mid: 10, high: 10, coverage: 0.8 }, slots: [] });
  });

  it('gives the half hour that runs and those that begin within two hours (F2)', () => {
    const fromMinutes = (minute: number): number[] => forecastDay(basis, minute)!.slots.map((slot) => slot.fromMinute);
    expect(fromMinutes(600)).toEqual([600, 630, 660, 690]);
    expect(fromMinutes(612)).toEqual([600, 630, 660, 690, 720]);
    expect(fromMinutes(1425)).toEqual([1410]);
  });

  it('counts the half hour that runs as a whole: what is there and its share of the rest (F2)', () => {
    const late = forecastDay({ ...basis, today: { ...basis.today, '20': 14 } }, 627)!;
    // Fourteen are there and a tenth of the usual ten is to come.
    expect(late.slots[0]).toMatchObject({ fromMinute: 600, toMinute: 630, low: 14, mid: 15 });
    expect(late.slots[0]!.high).toBeLessThanOrEqual(17);
  });

  it('expects more of a day that runs high only where the usual days that ran high ended high (F2)', () => {
    const bound: ForecastBasis = { ...basis, usual: { '18': [10, 20, 30, 40], '20': [11, 19, 31, 39] } };
    const free: ForecastBasis = { ...basis, usual: { '18': [10, 20, 30, 40], '20': [31, 19, 11, 39] } };
    const leftOver = (from: ForecastBasis, soFar: number): number =>
      forecastDay({ ...from, today: { '18': soFar } }, 570)!.end.mid - soFar;
    expect(leftOver(bound, 40)).toBeGreaterThan(leftOver(bound, 25) + 4);
    expect(leftOver(bound, 10)).toBeLessThan(leftOver(bound, 25) - 4);
    expect(Math.abs(leftOver(free, 40) - leftOver(free, 25))).toBeLessThanOrEqual(2);
    // However quiet: something is to come.
    expect(leftOver(bound, 0)).toBeGreaterThan(0);
  });

  it('is less sure where the usual days differ more (F2)', () => {
    const wild: ForecastBasis = { ...basis, usual: { ...basis.usual, '20': [1, 25, 4, 10] } };
    const widthOf = (one: ForecastBasis): number => forecastDay(one, 600)!.end.high - forecastDay(one, 600)!.end.low;
    expect(widthOf(wild)).toBeGreaterThan(widthOf(basis) + 5);
  });
});
