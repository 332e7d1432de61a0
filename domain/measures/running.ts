/** Until when what is overdue is added up, and which of it may still be in time. */
import { dayOf, type Zone } from '../calendar/zone.ts';
import { FUTURE_LIMIT_MS } from '../events/parse.ts';
import type { Span } from './build.ts';

/**
 * Spec C8, M5: up to the end of these days overdue cases are added up; those on them whose promise has not lapsed at
 * `now` are not overdue yet. Where they begin behind `to`, all of it lies in the past.
 */
export function lapsingDays(zone: Zone, now: number, to: string): Span {
  // What may have come ahead of the clock (L3) may lie on the day after its own.
  const last = dayOf(zone, now + FUTURE_LIMIT_MS);
  return { from: dayOf(zone, now), to: to <= last ? to : last };
}
