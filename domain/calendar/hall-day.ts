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

/** When the books of a day close on the day after it, where the profile does not say. */
export const CLOSES_AT = '02:00';
const DAY_MINUTES = 1440;

/**
 * The moment (epoch ms) that closes `day`: its hour of the night after. Where a clock change skips it, the moment after
 * the gap; where it comes twice, the first. What has come in by then is the day's; what comes later corrects it.
 * @param closesAt the profile's `HH:MM`; 02:00 if absent
 */
export function dayClosesAt(zone: Zone, day: string, closesAt: string | undefined): number {
  const [hour, minute] = (closesAt ?? CLOSES_AT).split(':').map(Number) as [number, number];
  return momentOf(zone, day, DAY_MINUTES + hour * 60 + minute);
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
    id: openedId(day, n),
    type: 'hall.day.opened',
    at: dayOpensAt(zone, day),
    subject: hall,
    data: { day, hours: hours(day) },
  };
}

/** As `dayOpenedEvent`, for the closing of its books; `n` is how often they were closed before. */
export function dayClosedEvent(
  { hall, zone, hours, closesAt }: DayContext,
  day: string,
  n = 0,
): EventOf<'hall.day.closed'> {
  return {
    source: HALL_DAY_SOURCE,
    id: numbered(`day:${day}:closed`, n),
    type: 'hall.day.closed',
    at: dayClosesAt(zone, day, closesAt),
    subject: hall,
    data: { day, hours: hours(day) },
  };
}

/** The id of a day's opening; `n` is how often it was opened before. */
export function openedId(day: string, n = 0): string {
  return numbered(`day:${day}:opened`, n);
}

function numbered(id: string, n: number): string {
  return n === 0 ? id : `${id}:${n}`;
}

export interface DayContext {
  /** The hall's id. */
  readonly hall: string;
  readonly zone: Zone;
  readonly hours: (day: string) => Hours;
  /** The profile's hour of closing. */
  readonly closesAt: string | undefined;
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
/** So long after the hour of closing, ms, a server that comes up, or a disk that is free again, is still in time for it. */
const CLOSING_MS = 3_600_000;

/**
 * The openings and closings that are due at `now` and that the ledger lacks, in the order in which they belong there
 * (spec L4): days that are over and whose books close now, and last today's opening, wherever the board's day is
 * another. A day that nobody could have sent anything for, before `since`, is not made up for.
 */
export function dueDays(due: DueDays): HallEvent[] {
  const { zone, now, current } = due;
  const today = dayOf(zone, now);
  const isAhead = current !== undefined && current > today && dayOpensAt(zone, current) <= now + AHEAD_MS;
  const isOpen = (current === today || isAhead) && !isClosedEarly(due, today);
  return [...listClosings(due, today), ...(isOpen ? [] : listOpenings(due, today))];
}

/** Whether a clock that was wrong closed a day which goes on. */
function isClosedEarly({ zone, now, days, closesAt }: DueDays, today: string): boolean {
  return days.get(today)?.closedAt !== undefined && dayClosesAt(zone, today, closesAt) > now + AHEAD_MS;
}

/**
 * Of the days that are over and stand open, those that close now: all in the hour of closing; outside it those whose
 * next such hour passed while nobody was there to close them. That hour follows the board's day, on which the hall was
 * last at work: whatever was to come in late for the days before has had it.
 */
function listClosings(due: DueDays, today: string): HallEvent[] {
  const { zone, now, current, days, closesAt } = due;
  const closes = (day: string): number => dayClosesAt(zone, day, closesAt);
  const hour = closes(addDays(today, -1));
  const isHour = hour <= now && now < hour + CLOSING_MS;
  const isDue = (day: string): boolean => {
    if (closes(day) > now) return false;
    return isHour || (current !== undefined && day < current && closes(current) <= now);
  };
  return [...days]
    .filter(([day, { closedAt }]) => day < today && closedAt === undefined && isDue(day))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, { closings }]) => dayClosedEvent(due, day, closings));
}

/** The days that passed without a server, and today. */
function listOpenings(due: DueDays, today: string): HallEvent[] {
  const { current, days, since } = due;
  const events: HallEvent[] = [];
  if (current !== undefined && since !== undefined) {
    const earliest = [addDays(current, 1), since, addDays(today, -MAX_MISSED_DAYS)].reduce((a, b) => (a > b ? a : b));
    for (let day = earliest; day < today; day = addDays(day, 1))
      if (!days.has(day)) events.push(dayOpenedEvent(due, day));
  }
  events.push(dayOpenedEvent(due, today, (days.get(today)?.openings ?? 0) + (due.taken ?? 0)));
  return events;
}

/** The next moment (epoch ms) after `now` at which a day opens or its books close. */
export function nextTurn({ zone, closesAt }: Pick<DayContext, 'zone' | 'closesAt'>, now: number): number {
  const today = dayOf(zone, now);
  const hour = dayClosesAt(zone, addDays(today, -1), closesAt);
  return hour > now ? hour : endOfDay(zone, today);
}
