/** When a case is promised, and when a missing paper is due: from the item's working days, on the hall's own calendar. */
import type { Calendar } from '../calendar/calendar.ts';
import { closeAfter, type HoursOn } from '../calendar/working-hours.ts';
import type { Zone } from '../calendar/zone.ts';
import type { Item } from '../profile/profile.ts';

/** Where and by which calendar days are counted. */
export interface WorkingPlace {
  readonly calendar: Calendar;
  readonly zone: Zone;
  readonly station: string;
}

/**
 * The end of the promise (epoch ms) of a promised item accepted at `at`: the close of the doors on the last of its
 * promised working days, the day of acceptance not counted. `undefined` where the item is handled at once, or its days
 * are not known.
 */
export function promiseOf(
  { kind, promisedDays }: Pick<Item, 'kind' | 'promisedDays'>,
  at: number,
  place: WorkingPlace,
): number | undefined {
  return kind === 'promised' ? closeOfDays(promisedDays, at, place) : undefined;
}

/**
 * Until when (epoch ms) a paper that is missing at `at` is to come, counted as a promise is. `undefined` where nothing
 * may be missing, or no days are known.
 */
export function supplyByOf(
  { deferrable }: Pick<Item, 'deferrable'>,
  at: number,
  place: WorkingPlace,
): number | undefined {
  return closeOfDays(deferrable?.days, at, place);
}

function closeOfDays(
  days: number | undefined,
  at: number,
  { calendar, zone, station }: WorkingPlace,
): number | undefined {
  if (days === undefined || !(days > 0)) return undefined;
  const hoursOn: HoursOn = (day) => (calendar.isWorkingDay(day, station) ? calendar.minutesOf(day, station) : []);
  // Half a day more is promised to the end of that day.
  return closeAfter(zone, hoursOn, at, Math.ceil(days));
}
