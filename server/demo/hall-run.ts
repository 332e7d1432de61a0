/** The street hall's day: tickets through the queue, the cases that come of them, ratings pressed at the window. */
import type { HallEvent } from '../../domain/events/event.ts';
import { writeCase } from './case-events.ts';
import type { CasePlan } from './case-plan.ts';
import type { DemoHall } from './demo-hall.ts';
import { demoEvent } from './demo-event.ts';
import { drawArrival, serveQueue, type QueueTicket, type Served } from './hall-queue.ts';
import type { Booking, Happenings } from './happenings.ts';
import type { Random } from './random.ts';
import { drawScore } from './rating-events.ts';
import type { Appointment } from './appointments.ts';
import type { DayPlan } from './year-plan.ts';

type Outcome = 'served' | 'passed' | 'left';

/** A visitor of the hall with a ticket: with a case or without. */
interface Visitor extends QueueTicket {
  readonly plan?: CasePlan | undefined;
  readonly booking?: Booking | undefined;
  readonly appointment?: Appointment | undefined;
  readonly green: boolean;
  readonly outcome: Outcome;
}

export interface DayRun {
  readonly hall: DemoHall;
  readonly day: string;
  readonly plan: DayPlan;
  readonly happenings: Happenings;
  readonly number: (prefix: string) => string;
  /** Who sits at which window today, by window id. */
  readonly seats: ReadonlyMap<string, string>;
  /** Today's appointments that are kept, at the appointment window. */
  readonly appointments: readonly Appointment[];
}

export function runHall(run: DayRun): HallEvent[] {
  const { hall, day, happenings } = run;
  const random = hall.random('hall', day);
  const { queued, booked } = receiveVisitors(run, random);
  const windows = [...run.seats.keys()].filter((id) =>
    hall.windowsOf.get(hall.main)!.some((window) => window.id === id),
  );
  const blocks = [
    ...happenings.pauses,
    ...happenings.bookings.map(({ window, from, minutes }) => ({ window, from: from - 0.5, to: from + minutes + 1 })),
  ];
  const served = serveQueue(hall, random, queued, windows, blocks);
  const events: HallEvent[] = [];
  const visits = [
    ...queued.map((visitor, i) => ({ visitor, service: served[i]! })),
    ...booked.map((visitor) => {
      const { window, from, minutes } = visitor.booking!;
      return { visitor, service: { window, called: from, served: from + minutes } };
    }),
  ].sort((a, b) => a.visitor.arrival - b.visitor.arrival);
  for (const { visitor, service } of visits) writeVisit(run, random, visitor, service, events);
  return events;
}

/** Everyone who comes today, the bookings apart: their times are set. */
function receiveVisitors(run: DayRun, random: Random): { queued: Visitor[]; booked: Visitor[] } {
  const { hall, plan, happenings } = run;
  const { service, shares, special } = hall.params;
  const cases = plan.cases.filter((entry) => entry.station === hall.main && entry.channel === 'window');
  // A booking needs a case that is done on the spot, so that its rating is pressed at the window.
  const spot = cases.filter((entry) => entry.finishDay === entry.day && !entry.green);
  const booked = happenings.bookings.slice(0, spot.length).map((booking, i): Visitor => {
    const arrival = Math.max(hall.work.opensMinute, booking.from - 6 - random.next() * 4);
    return {
      plan: spot[i],
      booking,
      arrival,
      ready: arrival,
      minutes: booking.minutes,
      green: false,
      outcome: 'served',
    };
  });
  const taken = new Set(booked.map((visitor) => visitor.plan));
  const appointments = [...run.appointments];
  const visitor = (entry: CasePlan | undefined, outcome: Outcome, appointment?: Appointment): Visitor => {
    const drawn = drawArrival(hall, random);
    const arrival = Math.floor((appointment ? appointment.minute - 2 + random.next() * 4 : drawn) * 60) / 60;
    const wait = random.lognormal(service.preparationMedianMinutes, service.preparationSigma);
    const ready = arrival + Math.min(11, appointment ? wait / 2 : wait);
    const green = entry?.green ?? random.chance(shares.green);
    return {
      plan: entry,
      appointment,
      arrival,
      ready,
      minutes: drawMinutes(hall, random, entry, outcome, ready),
      preferred: appointment ? special.appointmentWindow : green ? special.greenWindow : undefined,
      green,
      outcome,
    };
  };
  const queued = cases
    .filter((entry) => !taken.has(entry))
    .map((entry) => visitor(entry, 'served', entry.green ? undefined : appointments.pop()));
  for (let i = 0; i < plan.quota.extraTickets; i++) queued.push(visitor(undefined, 'served'));
  const lost = random.poisson(plan.quota.extraTickets * shares.ticketsNotServed);
  for (let i = 0; i < lost; i++) queued.push(visitor(undefined, random.chance(0.6) ? 'passed' : 'left'));
  return { queued: queued.filter((entry) => entry.outcome !== 'left' || entry.arrival < 1_040), booked };
}

function drawMinutes(
  hall: DemoHall,
  random: Random,
  plan: CasePlan | undefined,
  outcome: Outcome,
  ready: number,
): number {
  if (outcome !== 'served') return 1;
  const { service } = hall.params;
  const median = plan
    ? service.caseMedianMinutes * (0.55 + 0.45 * (plan.item.difficulty ?? 1))
    : service.extraMedianMinutes;
  const minutes = Math.max(1.2, random.lognormal(median, service.sigma));
  // Before a closing the staff hurry rather than keep people over it.
  const session = hall.work.sessions.find(([, to]) => ready < to);
  return session ? Math.max(2.2, Math.min(minutes, session[1] - ready - 2)) : minutes;
}

function writeVisit(run: DayRun, random: Random, visitor: Visitor, service: Served, events: HallEvent[]): void {
  const { hall, day } = run;
  const { work } = hall;
  const ticket = run.number('t');
  const station = hall.main;
  const at = (minute: number): number => work.at(day, minute);
  const { plan } = visitor;
  const appointment = visitor.appointment?.id;
  events.push(
    demoEvent('hall.ticket.taken', `${ticket}/taken`, at(visitor.arrival), ticket, {
      ticket,
      station,
      ...(plan && { line: plan.item.line }),
      ...(visitor.green && { green: true }),
      ...(appointment && { appointment }),
    }),
  );
  if (visitor.outcome === 'left') {
    const left = Math.min(visitor.arrival + 4 + random.next() * 9, visitor.arrival < 720 ? 719 : 1_079);
    events.push(demoEvent('hall.ticket.left', `${ticket}/left`, at(left), ticket, { ticket, station }));
    return;
  }
  const { window } = service;
  const staff = run.seats.get(window);
  const place = { ticket, station, window, ...(staff && { staff }) };
  events.push(demoEvent('hall.ticket.called', `${ticket}/called`, at(service.called), ticket, place));
  if (visitor.outcome === 'passed') {
    events.push(demoEvent('hall.ticket.passed', `${ticket}/passed`, at(service.served), ticket, place));
    return;
  }
  events.push(demoEvent('hall.ticket.served', `${ticket}/served`, at(service.served), ticket, place));
  if (plan) {
    const doneAt = at(service.served) - 70_000;
    events.push(
      ...writeCase(hall, random, plan, {
        at: at(service.called + (service.served - service.called) * 0.4),
        doneAt,
        window,
        staff,
        ticket,
        appointment,
        poor: visitor.booking?.score,
      }),
    );
  } else if (random.chance(hall.params.shares.extraTicketRated)) {
    const rated = { ticket, station, window, ...(staff && { staff }) };
    const score = drawScore(hall, random);
    const id = `${ticket}/rating`;
    events.push(
      demoEvent('hall.rating.given', id, at(service.served) - 12_000, ticket, { ...rated, score, medium: 'pad' }),
    );
  }
}
