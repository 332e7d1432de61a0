// The forecast against what then came: every working day with a past, at five minutes of the day, with nothing known of later.
import { COVERAGE } from '../../domain/forecast/band.ts';
import { createCalendar, sameWeekdaysBefore } from '../../domain/calendar/calendar.ts';
import { DEFAULT_CALENDAR } from '../../domain/calendar/calendar-document.ts';
import { officialCalendar } from '../../domain/calendar/official.ts';
import { forecastDay, LEAST_USUAL_DAYS } from '../../domain/forecast/forecast.ts';
import { USUAL_DAYS } from '../../domain/board/residency.ts';
import type { Days } from './forecast-days.ts';

const SLOT_MINUTES = 30;
/** 09:30, 10:30, 12:00, 15:00, 16:30. */
const MINUTES = [570, 630, 720, 900, 990];

export interface Score {
  readonly n: number;
  /** How many of the bands held the truth. */
  readonly held: number;
  readonly coverage: number;
  /** Mean absolute error of the forecast's middle, and of 'same as last week'. */
  readonly error: number;
  readonly lastWeekError: number;
  /** Of what is there, and then the rest as last week. */
  readonly lastWeekRestError: number;
  readonly meanWidth: number;
}

export interface ForecastScore {
  readonly days: number;
  /** What the whole day came to. */
  readonly end: Score;
  /** What each half hour of the next two hours came to. */
  readonly slots: Score;
  readonly endByMinute: ReadonlyMap<number, Score>;
}

interface Trial {
  readonly low: number;
  readonly mid: number;
  readonly high: number;
  readonly truth: number;
  readonly lastWeek: number;
  readonly lastWeekRest: number;
}

const calendar = createCalendar({ document: DEFAULT_CALENDAR, hours: [], official: officialCalendar });

export function backtestForecast(days: Days): ForecastScore {
  const ends = new Map<number, Trial[]>(MINUTES.map((minute) => [minute, []]));
  const slots: Trial[] = [];
  let tried = 0;
  for (const [day, minutes] of days) {
    if (!calendar.isWorkingDay(day)) continue;
    const past = sameWeekdaysBefore(calendar, day, USUAL_DAYS).filter((same) => days.has(same));
    if (past.length < LEAST_USUAL_DAYS) continue;
    tried++;
    const [lastWeek = ''] = past;
    const before = days.get(lastWeek)!;
    const usual = alignSlots(past.map((same) => countSlots(days.get(same)!)));
    for (const minute of MINUTES) {
      const today = countSlots(minutes.filter((at) => at < minute));
      const forecast = forecastDay({ slotMinutes: SLOT_MINUTES, today, usual, usualDays: past.length }, minute)!;
      const compare = (from: number, to: number): Pick<Trial, 'truth' | 'lastWeek' | 'lastWeekRest'> => ({
        truth: countBetween(minutes, from, to),
        lastWeek: countBetween(before, from, to),
        lastWeekRest: countBetween(minutes, from, minute) + countBetween(before, Math.max(from, minute), to),
      });
      ends.get(minute)!.push({ ...forecast.end, ...compare(0, 1440) });
      for (const band of forecast.slots) slots.push({ ...band, ...compare(band.fromMinute, band.toMinute) });
    }
  }
  return {
    days: tried,
    end: score([...ends.values()].flat()),
    slots: score(slots),
    endByMinute: new Map([...ends].map(([minute, trials]) => [minute, score(trials)])),
  };
}

function countBetween(minutes: readonly number[], from: number, to: number): number {
  return minutes.filter((minute) => from <= minute && minute < to).length;
}

function countSlots(minutes: readonly number[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const minute of minutes) {
    const slot = String(Math.floor(minute / SLOT_MINUTES));
    counts[slot] = (counts[slot] ?? 0) + 1;
  }
  return counts;
}

function alignSlots(past: readonly Record<string, number>[]): Record<string, number[]> {
  const slots = new Set(past.flatMap((counts) => Object.keys(counts)));
  return Object.fromEntries([...slots].map((slot) => [slot, past.map((counts) => counts[slot] ?? 0)]));
}

function score(trials: readonly Trial[]): Score {
  const n = trials.length;
  const mean = (of: (trial: Trial) => number): number => trials.reduce((sum, trial) => sum + of(trial), 0) / n;
  const held = trials.filter(({ low, high, truth }) => low <= truth && truth <= high).length;
  return {
    n,
    held,
    coverage: held / n,
    error: mean(({ mid, truth }) => Math.abs(mid - truth)),
    lastWeekError: mean(({ lastWeek, truth }) => Math.abs(lastWeek - truth)),
    lastWeekRestError: mean(({ lastWeekRest, truth }) => Math.abs(lastWeekRest - truth)),
    meanWidth: mean(({ low, high }) => high - low),
  };
}

/**
 * How far the share that a band holds may lie from 80 % by chance. The bands of one day are as good as one, since a day that
 * runs high is missed at every minute; so n is the number of days, and 2.58 standard errors are the bounds of 99 %.
 */
function tolerance({ days }: ForecastScore): number {
  return 2.58 * Math.sqrt((COVERAGE * (1 - COVERAGE)) / days);
}

/** What stands in the scores that must not: a band that holds more or less than it says, or less use than last week. */
export function findForecastFaults(result: ForecastScore): string[] {
  return (['end', 'slots'] as const).flatMap((part) => {
    const { coverage, error, lastWeekError, lastWeekRestError } = result[part];
    const faults: string[] = [];
    if (Math.abs(coverage - COVERAGE) > tolerance(result))
      faults.push(`${part}: held ${(coverage * 100).toFixed(1)} %`);
    if (error >= lastWeekError)
      faults.push(`${part}: error ${error.toFixed(2)}, last week ${lastWeekError.toFixed(2)}`);
    if (error >= lastWeekRestError)
      faults.push(`${part}: error ${error.toFixed(2)}, its rest ${lastWeekRestError.toFixed(2)}`);
    return faults;
  });
}

/** The scores as a small table of text. */
export function printForecastScore(name: string, { days, end, slots, endByMinute }: ForecastScore): string {
  const clock = (minute: number): string =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  const rows: [string, Score][] = [
    ['whole day', end],
    ...[...endByMinute].map(([minute, one]): [string, Score] => [`  at ${clock(minute)}`, one]),
    ['half hours', slots],
  ];
  return [
    `${name}: ${days} working days; a band is meant to hold 80.0 %`,
    '              held      n      %   mean width   error   last week   ratio   its rest   ratio',
    ...rows.map(([label, one]) =>
      [
        label.padEnd(12),
        String(one.held).padStart(6),
        String(one.n).padStart(7),
        (one.coverage * 100).toFixed(1).padStart(7),
        one.meanWidth.toFixed(1).padStart(13),
        one.error.toFixed(2).padStart(8),
        one.lastWeekError.toFixed(2).padStart(12),
        (one.error / one.lastWeekError).toFixed(2).padStart(8),
        one.lastWeekRestError.toFixed(2).padStart(11),
        (one.error / one.lastWeekRestError).toFixed(2).padStart(8),
      ].join(''),
    ),
  ].join('\n');
}
