/** Which spans of days the board keeps in memory for its topics; it changes only with the current day and the profile. */
import { sameWeekdaysBefore } from '../calendar/workdays.ts';
import { addDays } from '../calendar/zone.ts';
import type { HallConfig } from '../profile/profile.ts';
import type { RangeSpec } from './state.ts';

/** Every first path part that a cell's name can have. */
export const CELL_HEADS = [
  'accepted',
  'alarm',
  'appointment',
  'check',
  'complaint',
  'completed',
  'consultation',
  'corrected',
  'finished',
  'flag',
  'followup',
  'handling',
  'left',
  'licensed',
  'minute',
  'overdue',
  'promised',
  'rated',
  'request',
  'resolved',
  'score',
  'service',
  'suggestion',
  'ticket',
  'training',
  'turnaround',
  'voided',
  'wait',
  'window',
] as const;

/** The same weekday's working days that stand for a usual day. */
export const USUAL_DAYS = 8;

/** The current day in full. */
export const TODAY = 'today';
/** All days: what is open and overdue. */
export const RUNNING = 'running';
/** The medical-insurance pilot since it began. */
export const PILOT = 'pilot';
/** The current month: ratings, and what became of the follow-ups that were opened in it. */
export const MONTH = 'month';
/** How many months before the current one are kept for ratings. */
export const RATED_MONTHS = 5;

export function residentRanges(day: string, config: HallConfig): RangeSpec[] {
  const { medicalPilot } = config.profile;
  return [
    { id: TODAY, from: day, to: day, heads: CELL_HEADS },
    { id: RUNNING, heads: ['accepted', 'left', 'overdue'] },
    { id: MONTH, from: `${day.slice(0, 7)}-01`, heads: ['score', 'followup', 'resolved'] },
    ...monthsBefore(day.slice(0, 7), RATED_MONTHS).map((month) => ({
      id: month,
      from: `${month}-01`,
      to: lastDayOf(month),
      heads: ['score'],
    })),
    ...(medicalPilot
      ? [{ id: PILOT, from: medicalPilot.from, heads: ['accepted', 'finished', 'consultation', 'flag'] }]
      : []),
    ...sameWeekdaysBefore(day, USUAL_DAYS).map((same) => ({ id: same, from: same, to: same, heads: ['minute'] })),
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

function lastDayOf(month: string): string {
  return addDays(`${addDays(`${month}-01`, 31).slice(0, 7)}-01`, -1);
}
