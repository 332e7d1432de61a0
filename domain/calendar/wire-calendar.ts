/** The calendar as a topic carries it: what differs from plain weeks, within the days that a countdown can reach. */
import { unknownYears, type Calendar } from './calendar.ts';
import { addDays, weekdayOf } from './zone.ts';

export interface WireCalendar {
  /** First and last day that is told, both included; beyond them the weekdays stand. */
  from: string;
  to: string;
  /** Days from Monday to Friday on which the hall does not work. */
  off: string[];
  /** Saturdays and Sundays on which it does. */
  on: string[];
  /** Years in it whose holidays are not known: their weekdays stand. */
  unknownYears: number[];
}

/** A follow-up or a promise is told a year back and ahead. */
const REACH_DAYS = 366;

/** Every scene of every look carries it, and it changes once a day. */
const latest = new WeakMap<Calendar, { readonly day: string; readonly wire: WireCalendar }>();

/** The calendar around `day`, of the hall as a whole. */
export function toWireCalendar(calendar: Calendar, day: string): WireCalendar {
  const kept = latest.get(calendar);
  if (kept?.day === day) return kept.wire;
  const wire = writeCalendar(calendar, day);
  latest.set(calendar, { day, wire });
  return wire;
}

function writeCalendar(calendar: Calendar, day: string): WireCalendar {
  const from = addDays(day, -REACH_DAYS);
  const to = addDays(day, REACH_DAYS);
  const off: string[] = [];
  const on: string[] = [];
  for (let one = from; one <= to; one = addDays(one, 1)) {
    const isWeekday = weekdayOf(one) <= 5;
    if (isWeekday !== calendar.isWorkingDay(one)) (isWeekday ? off : on).push(one);
    if (one === addDays(one, 1)) break;
  }
  return { from, to, off, on, unknownYears: unknownYears(calendar, from, to) };
}

/** Whether the hall works on `day`, by what the topic says alone. */
export function worksOn({ off, on }: WireCalendar, day: string): boolean {
  return weekdayOf(day) <= 5 ? !off.includes(day) : on.includes(day);
}
