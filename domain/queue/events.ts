/** The hall's own queue as events: numbers given, tickets called on, windows opened, the queue ended for the day. */
import { UNDO_MS } from '../desk/entry.ts';
import type { EventOf, HallEvent } from '../events/event.ts';
import type { WindowStatus } from '../events/schema.ts';
import { QUEUE_SOURCE } from './source.ts';

/** What happens to a ticket once it was taken. */
export type TicketStep = 'called' | 'recalled' | 'transferred' | 'served' | 'passed' | 'left';
export type StepEvent = EventOf<`hall.ticket.${TicketStep}`>;

/** Who did it and where; all moments are epoch ms. */
export interface Deed {
  readonly station: string;
  readonly window?: string | undefined;
  readonly staff?: string | undefined;
  readonly at: number;
}

export interface Taking {
  /** `DAY/STATION/NUMBER`: it is the event's id as well, so that no number is given twice. */
  readonly ticket: string;
  readonly station: string;
  readonly line?: string | undefined;
  readonly green?: boolean | undefined;
  readonly appointment?: string | undefined;
  readonly appointmentAt?: number | undefined;
  /** What the asking was called by whoever asked. */
  readonly asked?: string | undefined;
  readonly at: number;
}

export function ticketTakenEvent(taking: Taking): EventOf<'hall.ticket.taken'> {
  const { ticket, station, line, green, appointment, appointmentAt, asked, at } = taking;
  return {
    source: QUEUE_SOURCE,
    id: ticket,
    type: 'hall.ticket.taken',
    at,
    data: {
      ticket,
      station,
      ...(line === undefined ? {} : { line }),
      ...(green ? { green } : {}),
      ...(appointment === undefined ? {} : { appointment }),
      ...(appointmentAt === undefined ? {} : { appointmentAt: toStamp(appointmentAt) }),
      ...(asked === undefined ? {} : { asked }),
    },
  };
}

/** Whoever takes a number for an appointment has kept it. */
export function appointmentKeptEvent(
  { ticket, station, at }: Taking,
  appointment: string,
): EventOf<'hall.appointment.kept'> {
  const data = { appointment, station };
  return { source: QUEUE_SOURCE, id: nameKept(ticket), type: 'hall.appointment.kept', at, data };
}

/** What the queue's own word that a ticket's appointment was kept is called. */
export function nameKept(ticket: string): string {
  return `${ticket}/kept`;
}

/** `window` is the one that acts; of `transferred` the one that the ticket is sent to, none where it goes back into the queue. */
export function ticketStepEvent(step: TicketStep, ticket: string, { station, window, staff, at }: Deed): StepEvent {
  return {
    source: QUEUE_SOURCE,
    id: `${ticket}/${step}/${toStamp(at)}`,
    type: `hall.ticket.${step}`,
    at,
    data: { ticket, station, ...(window === undefined ? {} : { window }), ...(staff === undefined ? {} : { staff }) },
  };
}

/** Takes back what the queue recorded: a serving, a number that nobody was called by, the end of a queue. */
export function queueVoidedEvent({ source, id, at: before }: HallEvent, at: number): EventOf<'hall.event.voided'> {
  return {
    source: QUEUE_SOURCE,
    id: `${id}/voided`,
    type: 'hall.event.voided',
    at,
    data: { source, id, ...(at - before <= UNDO_MS ? { undo: true } : {}) },
  };
}

export function windowChangedEvent(
  window: string,
  status: WindowStatus,
  { station, staff, at }: Deed,
  reason?: string,
): EventOf<'hall.window.changed'> {
  return {
    source: QUEUE_SOURCE,
    id: `window/${window}/${status}/${toStamp(at)}`,
    type: 'hall.window.changed',
    at,
    data: {
      window,
      station,
      status,
      ...(reason === undefined ? {} : { reason }),
      ...(staff === undefined ? {} : { staff }),
    },
  };
}

/** @param day the hall's day, on which no further number is given at the station */
export function queueEndedEvent(day: string, { station, staff, at }: Deed): EventOf<'hall.queue.ended'> {
  const queue = nameQueue(day, station);
  return {
    source: QUEUE_SOURCE,
    id: `${queue}/ended/${toStamp(at)}`,
    type: 'hall.queue.ended',
    at,
    data: { queue, station, ...(staff === undefined ? {} : { staff }) },
  };
}

/** What a station's queue of one day is called. */
export function nameQueue(day: string, station: string): string {
  return `${day}/${station}`;
}

/** A moment of which no part reads as a telephone number. */
function toStamp(at: number): string {
  return new Date(at).toISOString();
}
