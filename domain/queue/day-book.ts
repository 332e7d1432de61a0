/** What is known of a station's own queue on one day beyond the board: numbers given, whose turn it is, and what may be taken back. */
import { toDeskTicket } from '../desk/ticket.ts';
import type { EventOf, HallEvent } from '../events/event.ts';
import { parseMoment } from '../events/moment.ts';
import { ticketsOf } from '../events/tickets.ts';
import type { DeskTicket } from '../wire/desk.ts';
import type { StepEvent } from './events.ts';
import { readNumber } from './number.ts';
import { QUEUE_SOURCE } from './source.ts';

export interface Served {
  readonly ticket: DeskTicket;
  readonly event: StepEvent;
}

export interface DayBook {
  readonly day: string;
  readonly station: string;
  /** By their letters. A number that was taken back stays given. */
  readonly lastNumbers: Map<string, number>;
  /** Those that count, by their id. */
  readonly tickets: Map<string, DeskTicket>;
  /** By what their asking was called. */
  readonly given: Map<string, DeskTicket>;
  /** Appointments that have their number, with its ticket. */
  readonly numbered: Map<string, string>;
  callsSinceGreen: number;
  /** By window, who was let go there as served since its last call, with the event that says so. */
  readonly served: Map<string, Served>;
}

/** What a desk and a kiosk are shown of it. */
export type DayBookShown = Pick<DayBook, 'numbered' | 'served'>;

export function openDayBook(day: string, station: string): DayBook {
  return {
    ...{ day, station, lastNumbers: new Map(), tickets: new Map(), given: new Map() },
    ...{ numbered: new Map(), callsSinceGreen: 0, served: new Map() },
  };
}

/** Writes into the book what an event of the queue says; of other days, stations and systems it holds nothing. */
export function noteEvent(book: DayBook, event: HallEvent): void {
  if (event.source !== QUEUE_SOURCE) return;
  const prefix = ticketsOf(book.day, book.station);
  if (event.type === 'hall.event.voided') {
    if (event.data.id.startsWith(prefix)) noteVoid(book, event.data.id);
  } else if (!event.id.startsWith(prefix)) return;
  else if (event.type === 'hall.ticket.taken') noteTaken(book, event);
  else if (isStep(event)) noteStep(book, event);
}

/** Of a number that was given, though it may be taken back since. */
export function noteNumber({ day, station, lastNumbers }: DayBook, id: string): void {
  const number = readNumber(id.slice(ticketsOf(day, station).length));
  if (number) lastNumbers.set(number.prefix, Math.max(number.n, lastNumbers.get(number.prefix) ?? 0));
}

function noteTaken(book: DayBook, { id, at, data }: EventOf<'hall.ticket.taken'>): void {
  noteNumber(book, id);
  const { ticket, line, green, appointment, appointmentAt, asked } = data;
  const dueAt = appointmentAt ? parseMoment(appointmentAt) : undefined;
  const known = toDeskTicket(ticket, { takenAt: at, line: line ?? undefined, green: green ?? undefined, dueAt });
  book.tickets.set(ticket, known);
  if (asked) book.given.set(asked, known);
  if (typeof appointment === 'string') book.numbered.set(appointment, ticket);
}

function noteStep(book: DayBook, event: StepEvent): void {
  const { window, ticket: id } = event.data;
  const ticket = book.tickets.get(id);
  if (event.type === 'hall.ticket.called') book.callsSinceGreen = ticket?.green ? 0 : book.callsSinceGreen + 1;
  if (!window) return;
  if (event.type !== 'hall.ticket.served') book.served.delete(window);
  else if (ticket) book.served.set(window, { ticket, event });
}

/** A number that was taken back, or a serving. */
function noteVoid({ tickets, given, numbered, served }: DayBook, id: string): void {
  tickets.delete(id);
  for (const [asked, { ticket }] of given) if (ticket === id) given.delete(asked);
  for (const [appointment, ticket] of numbered) if (ticket === id) numbered.delete(appointment);
  for (const [window, { event }] of served) if (event.id === id) served.delete(window);
}

function isStep(event: HallEvent): event is StepEvent {
  return ['hall.ticket.called', 'hall.ticket.recalled', 'hall.ticket.served'].includes(event.type);
}
