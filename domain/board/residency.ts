/** Which spans of days the board keeps in memory for its topics; it changes only with the current day and the profile. */
import { sameWeekdaysBefore } from '../calendar/workdays.ts';
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
/** The current month, for ratings. */
export const MONTH = 'month';

export function residentRanges(day: string, config: HallConfig): RangeSpec[] {
  const { medicalPilot } = config.profile;
  return [
    { id: TODAY, from: day, to: day, heads: CELL_HEADS },
    { id: RUNNING, heads: ['accepted', 'left', 'overdue'] },
    { id: MONTH, from: `${day.slice(0, 7)}-01`, heads: ['score'] },
    ...(medicalPilot
      ? [{ id: PILOT, from: medicalPilot.from, heads: ['accepted', 'finished', 'consultation', 'flag'] }]
      : []),
    ...sameWeekdaysBefore(day, USUAL_DAYS).map((same) => ({ id: same, from: same, to: same, heads: ['minute'] })),
  ];
}
