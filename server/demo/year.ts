/** The demo hall's events, day by day: the reference year, and the days after it for as long as anyone looks. */
import { addDays } from '../../domain/calendar/zone.ts';
import { dayClosedEvent, dayOpenedEvent, type DayContext } from '../../domain/calendar/hall-day.ts';
import { compareEvents, type HallEvent } from '../../domain/events/event.ts';
import { isInForce, type HallConfig } from '../../domain/profile/profile.ts';
import { appointmentsOf, writeAppointments } from './appointments.ts';
import { writeCalendar } from './calendar-events.ts';
import { createDemoHall, staffInRole, type DemoHall } from './demo-hall.ts';
import { createNumbering } from './demo-event.ts';
import { runHall, type DayRun } from './hall-run.ts';
import { arrangeDay } from './happenings.ts';
import { runHouse } from './house-run.ts';
import type { DemoParams } from './params.ts';
import { MONTH_DAYS, monthToChoose, tellsOfStars, writeStars } from './star-events.ts';
import { runStations } from './station-run.ts';
import { createDemoPlan, type DayPlan, type DemoPlan } from './year-plan.ts';

/** No case, follow-up or default rating of the demo is heard of for longer than this many days. */
const LONGEST_LIFE_DAYS = 60;

export interface DemoDay {
  readonly day: string;
  /** In the order of their happening: the opening first, then the closing of the day before. */
  readonly events: HallEvent[];
}

export interface Demo {
  readonly hall: DemoHall;
  /** The days from `day` on, without end. Pure: the same day gives the same events whatever came before. */
  daysFrom(day: string): Generator<DemoDay, never>;
}

/** @param seed absent: the parameters' own */
export function createDemo(params: DemoParams, config: HallConfig, seed?: string): Demo {
  const hall = createDemoHall(params, config, seed);
  const plan = createDemoPlan(hall);
  return {
    hall,
    daysFrom: (day) => streamDays(hall, plan, day),
  };
}

/**
 * Everything from the first day of the reference year to the moment at which the living demo takes over,
 * one batch a day, in the order of happening.
 * @param after epoch ms: only what happens later, so that a start that was broken off can go on
 */
export function* generateYear(
  params: DemoParams,
  config: HallConfig,
  seed?: string,
  after = -Infinity,
): Generator<HallEvent[], void> {
  const { hall, daysFrom } = createDemo(params, config, seed);
  const first = after === -Infinity ? params.span.from : hall.work.dayOf(after);
  for (const { day, events } of daysFrom(first)) {
    if (day > params.live.day) return;
    const isWhole = day > first && day < params.live.day;
    yield isWhole ? events : events.filter((event) => event.at > after && event.at <= hall.liveAt);
  }
}

/** How many batches `generateYear` yields. */
export function countYearBatches(params: DemoParams): number {
  let count = 1;
  for (let day = params.span.from; day < params.live.day; day = addDays(day, 1)) count++;
  return count;
}

/** All that comes of one working day, what happens later included; in no order. */
export function planDay(hall: DemoHall, plan: DayPlan): HallEvent[] {
  const { day } = plan.quota;
  const run: DayRun = {
    hall,
    day,
    plan,
    happenings: arrangeDay(hall, day),
    number: createNumbering(day),
    seats: seatStaff(hall, day),
    appointments: appointmentsOf(hall, day).filter((appointment) => appointment.kept),
  };
  return [
    ...runHall(run),
    ...runStations(run),
    ...runHouse(run),
    ...writeAppointments(hall, day),
    ...writeCalendar(hall, day),
  ];
}

function* streamDays(hall: DemoHall, plan: DemoPlan, from: string): Generator<DemoDay, never> {
  const { profile, calendar } = hall.config;
  const context: DayContext = {
    hall: profile.hall,
    zone: hall.work.zone,
    hours: (day) => calendar.hoursOf(day).map(([from, until]) => [from, until]),
    closesAt: profile.closesAt,
  };
  const early = addDays(from, -LONGEST_LIFE_DAYS);
  /** By the day on which it was born: what the month's stars are chosen by. */
  const known = new Map<string, HallEvent[]>();
  const listKnown = (since: string): HallEvent[] => {
    const events: HallEvent[] = [];
    // Of days before the first that was asked for nothing is known until a month wants it.
    for (let on = since; on <= day; on = addDays(on, 1)) {
      const planned = known.has(on) || on < hall.params.span.from ? undefined : plan.planDay(on);
      if (planned) known.set(on, planDay(hall, planned).filter(tellsOfStars));
      events.push(...(known.get(on) ?? []));
    }
    return events;
  };
  const waiting = new Map<string, HallEvent[]>();
  let day = early < hall.params.span.from ? hall.params.span.from : early;
  for (; ; day = addDays(day, 1)) {
    const planned = plan.planDay(day);
    const born = planned ? planDay(hall, planned) : [];
    known.set(day, born.filter(tellsOfStars));
    known.delete(addDays(day, -LONGEST_LIFE_DAYS - MONTH_DAYS));
    const month = planned && day >= from ? monthToChoose(hall, day) : undefined;
    if (month !== undefined)
      born.push(...writeStars(hall, day, month, listKnown(addDays(`${month}-01`, -LONGEST_LIFE_DAYS))));
    for (const event of born) {
      const on = hall.work.dayOf(event.at);
      const list = waiting.get(on);
      if (list) list.push(event);
      else waiting.set(on, [event]);
    }
    const events = (waiting.get(day) ?? []).sort(compareEvents);
    waiting.delete(day);
    if (day < from) continue;
    // The day before closes in this one's night, before anybody is at work.
    const yesterday = addDays(day, -1);
    if (yesterday >= hall.params.span.from) events.unshift(dayClosedEvent(context, yesterday));
    events.unshift(dayOpenedEvent(context, day));
    yield { day, events };
  }
}

/** Everyone at their own window; who is away is stood in for by those without one. */
function seatStaff(hall: DemoHall, day: string): Map<string, string> {
  const random = hall.random('seats', day);
  const seats = new Map<string, string>();
  for (const station of [hall.main, ...hall.communities]) {
    const windows = (hall.windowsOf.get(station) ?? []).filter((window) => isInForce(window, day));
    const staff = staffInRole(hall, station, '窗');
    const reserve = staff.slice(windows.length);
    windows.forEach((window, i) => {
      const own = staff[i] ?? staff[0];
      const standIn = random.chance(0.06) ? reserve.pop() : undefined;
      const seated = standIn ?? own;
      if (seated) seats.set(window.id, seated.id);
    });
  }
  return seats;
}
