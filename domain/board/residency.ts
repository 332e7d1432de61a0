/** Which spans of days the board keeps in memory for its topics; it changes only with the current day and the profile. */
import { daysUpTo, sameWeekdaysBefore } from '../calendar/calendar.ts';
import { addDays, lastDayOf, weekdayOf, type Zone } from '../calendar/zone.ts';
import type { HallConfig } from '../profile/profile.ts';
import { CELL_HEADS } from './cells.ts';
import type { RangeSpec } from './state.ts';
import { toPaceName } from './turnaround.ts';

/** The same weekday's working days that stand for a usual day. */
export const USUAL_DAYS = 8;

/** The current day in full. */
export const TODAY = 'today';
/** What is due is asked of the entries, and what is open of all days. */
const TODAY_HEADS = CELL_HEADS.filter((head) => !['due', 'open', 'overdue'].includes(head));
/** All days: what is open and overdue. */
export const RUNNING = 'running';
/** The medical-insurance pilot since it began. */
export const PILOT = 'pilot';
/** How long the pilot's cases took, since it began. */
export const PILOT_PACE = 'pilot-pace';
/** The current month: ratings, what became of the follow-ups that were opened in it, and complaints of conduct. */
export const MONTH = 'month';
/** How many months before the current one are kept for ratings. */
export const RATED_MONTHS = 5;

/** Working days whose daily checks are shown, the current one among them. */
export const CHECK_DAYS = 10;
const CHECK_DAYS_BACK = 40;
/** Weeks of the pilot that are shown, the current one among them: half a year and a little. */
const PILOT_WEEKS = 30;

/** The last `CHECK_DAYS` days up to and with `day` on which some station works, ascending. */
export function checkDaysOf({ calendar, profile }: Pick<HallConfig, 'calendar' | 'profile'>, day: string): string[] {
  return daysUpTo(day, CHECK_DAYS, CHECK_DAYS_BACK, (one) =>
    profile.stations.some(({ id }) => calendar.isWorkingDay(one, id)),
  );
}

/** The Mondays of the weeks from `from` to `day`, ascending; the newest `PILOT_WEEKS` of them. */
export function pilotWeeksOf(from: string, day: string): string[] {
  const weeks: string[] = [];
  const first = addDays(from, 1 - weekdayOf(from));
  for (
    let week = addDays(day, 1 - weekdayOf(day));
    week >= first && weeks.length < PILOT_WEEKS;
    week = addDays(week, -7)
  )
    weeks.unshift(week);
  return weeks;
}

/** The range of one day's checks. */
export function checksRange(day: string): string {
  return `checks ${day}`;
}

/** The range of what the pilot finished in the week that begins on `monday`. */
export function pilotWeekRange(monday: string): string {
  return `pilot-week ${monday}`;
}

export function residentRanges(day: string, config: HallConfig, zone: Zone): RangeSpec[] {
  const { calendar } = config;
  const oneDay = (id: string, on: string, heads: RangeSpec['heads']): RangeSpec => ({ id, from: on, to: on, heads });
  return [
    oneDay(TODAY, day, TODAY_HEADS),
    { id: RUNNING, heads: ['open', 'overdue'] },
    { id: MONTH, from: `${day.slice(0, 7)}-01`, heads: ['score', 'followup', 'resolved', 'complaint'] },
    ...monthsBefore(day.slice(0, 7), RATED_MONTHS).map((month): RangeSpec => ({
      id: month,
      from: `${month}-01`,
      to: lastDayOf(month),
      heads: ['score'],
    })),
    ...pilotRanges(day, config, zone),
    ...checkDaysOf(config, day)
      .filter((checked) => checked !== day)
      .map((checked) => oneDay(checksRange(checked), checked, ['check'])),
    ...sameWeekdaysBefore(calendar, day, USUAL_DAYS).map((same) => oneDay(same, same, ['minute'])),
  ];
}

function pilotRanges(day: string, { calendar, profile }: HallConfig, zone: Zone): RangeSpec[] {
  if (!profile.medicalPilot) return [];
  const { from } = profile.medicalPilot;
  const name = (written: string, station: string): string => toPaceName(written, calendar, zone, station);
  return [
    { id: PILOT, from, heads: ['accepted', 'finished', 'consultation', 'flag'] },
    { id: PILOT_PACE, from, heads: ['turnaround'], reduce: { key: calendar.version, name } },
    ...pilotWeeksOf(from, day).map((week): RangeSpec => ({
      id: pilotWeekRange(week),
      from: week < from ? from : week,
      to: addDays(week, 6),
      heads: ['finished'],
    })),
  ];
}

/** The `count` months before `month` (`YYYY-MM`), newest first; each is the id of its range. */
export function monthsBefore(month: string, count: number): string[] {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
  return Array.from({ length: count }, (_, i) => {
    const earlier = index - 1 - i;
    const year = String(Math.floor(earlier / 12)).padStart(4, '0');
    return `${year}-${String((earlier % 12) + 1).padStart(2, '0')}`;
  });
}
