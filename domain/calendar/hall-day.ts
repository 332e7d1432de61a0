/** A hall's days as events with fixed ids and moments, and which of them are due: any number of processes write the same. */
import type { EventOf, HallEvent } from '../events/event.ts';
import type { Profile } from '../profile/profile.ts';
import { addDays, dayOf, endOfDay, momentOf, type Zone } from './zone.ts';

/** Everyone who opens or closes a day speaks as the hall itself. */
export const HALL_DAY_SOURCE = 'urn:hallpulse:hall';

type Hours = Profile['hours'];

/** The moment (epoch ms) that opens `day`: its first. */
export function dayOpensAt(zone: Zone, day: string): number {
  return momentOf(zone, day);
}

/** The moment (epoch ms) that closes `day`: its last millisecond, so that the closing lies in the day that it closes. */
function dayClosesAt(zone: Zone, day: string): number {
  return endOfDay(zone, day) - 1;
}

/** What has become of one day in the ledger, in order of arrival. */
export interface DayRecord {
  /** How often it was opened and closed: the next opening bears the number. */
  readonly openings: number;
  readonly closings: number;
  /** The position of the closing that stands; absent while it is open. An opening undoes the closings before it. */
  readonly closedAt?: number;
  /** The hours that its last opening states. */
  readonly hours: Hours;
  /** Corrections (spec L2) counted under the closing that stands, by station: an opening takes them back. */
  readonly corrected?: Map<string, number>;
}

/** `hall` is the hall's id, `n` how often the day was opened before: the same arguments give the same event. */
export function dayOpenedEvent({ hall, zone, hours }: DayContext, day: string, n = 0): EventOf<'hall.day.opened'> {
  return {
    source: HALL_DAY_SOURCE,
    id: numbered(`day:${day}:opened`, n),
    type: 'hall.day.opened',
    at: dayOpensAt(zone, day),
    subject: hall,
    data: { day, hours: hours(day) },
  };
}

/** As `dayOpenedEvent`, for the end of the day. */
export function dayClosedEvent({ hall, zone, hours }: DayContext, day: string, n = 0): EventOf<'hall.day.closed'> {
  return {
    source: HALL_DAY_SOURCE,
    id: numbered(`day:${day}:closed`, n),
    type: 'hall.day.closed',
    at: dayClosesAt(zone, day),
    subject: hall,
    data: { day, hours: hours(day) },
  };
}

function numbered(id: string, n: number): string {
  return n === 0 ? id : `${id}:${n}`;
}

export interface DayContext {
  /** The hall's id. */
  readonly hall: string;
  readonly zone: Zone;
  readonly hours: (day: string) => Hours;
}

export interface DueDays extends DayContext {
  /** The hall's clock, epoch ms. */
  readonly now: number;
  /** The board's day; absent before any was opened. */
  readonly current: string | undefined;
  readonly days: ReadonlyMap<string, DayRecord>;
  /** The day of the first event that a sender or somebody in the hall sent; absent before there is one. */
  readonly since: string | undefined;
  /** Numbers of today's opening that the ledger turned out to know with other content. */
  readonly taken?: number;
}

/** Days that are made up for at most: a longer silence is a hall that was closed, or a clock that was wrong. */
const MAX_MISSED_DAYS = 31;
/** A day that begins so far ahead of the clock, ms, was opened by a clock that was wrong. */
const AHEAD_MS = 3_600_000;

/**
 * The openings and closings that are due at `now` and that the ledger lacks, in the order in which they belong there.
 * The last is today's opening, wherever the board's day is another (spec L4). A day that nobody could have sent
 * anything for, before `since`, is not made up for.
 */
export function dueDays(due: DueDays): HallEvent[] {
  const { zone, now, current, days, since } = due;
  const today = dayOf(zone, now);
  if (current === today) return [];
  if (current !== undefined && current > today && dayOpensAt(zone, current) <= now + AHEAD_MS) return [];
  const events: HallEvent[] = [];
  const close = (day: string): void => {
    events.push(dayClosedEvent(due, day, days.get(day)?.closings));
  };
  for (const [day, { closedAt }] of [...days].sort(([a], [b]) => (a < b ? -1 : 1)))
    if (day < today && closedAt === undefined) close(day);
  if (current !== undefined && since !== undefined) {
    const earliest = [addDays(current, 1), since, addDays(today, -MAX_MISSED_DAYS)].reduce((a, b) => (a > b ? a : b));
    for (let day = earliest; day < today; day = addDays(day, 1)) {
      if (days.has(day)) continue;
      events.push(dayOpenedEvent(due, day));
      close(day);
    }
  }
  events.push(dayOpenedEvent(due, today, (days.get(today)?.openings ?? 0) + (due.taken ?? 0)));
  return events;
}
