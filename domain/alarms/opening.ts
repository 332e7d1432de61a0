/** Opening hours as a measure of time: how long the hall is open between two moments. */
import { hoursOf } from '../calendar/hall-day.ts';
import { addDays, dayOf, momentOf, type Zone } from '../calendar/zone.ts';
import type { Profile } from '../profile/profile.ts';

/** Spans longer than this are of no interest to an alarm. */
const MOST_DAYS = 31;

/** `HH:MM` → minutes past midnight. */
function minuteOfClock(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
}

/**
 * Milliseconds between two moments (epoch ms) during which the hall is open by its profile; 0 where `to` is not later.
 * Days off count nothing, nor do days that the calendar does not know, nor anything after a month.
 * @param enoughMs the counting may stop once it has come so far
 */
export function openMsBetween(profile: Profile, zone: Zone, from: number, to: number, enoughMs = Infinity): number {
  let total = 0;
  const last = dayOf(zone, to);
  let day = dayOf(zone, from);
  for (let steps = 0; day <= last && steps < MOST_DAYS && total < enoughMs; steps++, day = addDays(day, 1)) {
    for (const [opens, closes] of hoursOf(profile, day)) {
      const start = Math.max(from, momentOf(zone, day, minuteOfClock(opens)));
      const end = Math.min(to, momentOf(zone, day, minuteOfClock(closes)));
      total += Math.max(0, end - start);
    }
  }
  return total;
}
