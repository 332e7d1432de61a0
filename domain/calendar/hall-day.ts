/** A hall's day as two events with fixed ids and moments, so that any number of processes write one pair. */
import type { EventOf } from '../events/event.ts';
import type { Profile } from '../profile/profile.ts';
import { isWorkingDay } from './workdays.ts';
import { endOfDay, momentOf, type Zone } from './zone.ts';

/** Everyone who opens or closes a day speaks as the hall itself. */
export const HALL_DAY_SOURCE = 'urn:hallpulse:hall';

type Hours = Profile['hours'];

/** The hours of `day`: the profile's on a working day, none on a day off or where the calendar's years run out. */
export function hoursOf(profile: Profile, day: string): Hours {
  return isWorkingDay(day) === true ? profile.hours : [];
}

/** The moment (epoch ms) that opens `day`: its first. */
export function dayOpensAt(zone: Zone, day: string): number {
  return momentOf(zone, day);
}

/** The moment (epoch ms) that closes `day`: its last millisecond, so that the closing lies in the day that it closes. */
export function dayClosesAt(zone: Zone, day: string): number {
  return endOfDay(zone, day) - 1;
}

/** `hall` is the hall's id, `at` epoch milliseconds (see `dayOpensAt`): the same arguments give the same event. */
export function dayOpenedEvent(hall: string, day: string, hours: Hours, at: number): EventOf<'hall.day.opened'> {
  return {
    source: HALL_DAY_SOURCE,
    id: `day:${day}:opened`,
    type: 'hall.day.opened',
    at,
    subject: hall,
    data: { day, hours },
  };
}

/** `hall` is the hall's id, `at` epoch milliseconds (see `dayClosesAt`): the same arguments give the same event. */
export function dayClosedEvent(hall: string, day: string, hours: Hours, at: number): EventOf<'hall.day.closed'> {
  return {
    source: HALL_DAY_SOURCE,
    id: `day:${day}:closed`,
    type: 'hall.day.closed',
    at,
    subject: hall,
    data: { day, hours },
  };
}
