/** What is known of a station's own queue on one day beyond the board: the last numbers given, and the calls since a green ticket's. */
import type { EventOf } from '../../domain/events/event.ts';
import { ticketsOf } from '../../domain/events/tickets.ts';
import { parseMoment } from '../../domain/events/moment.ts';
import { toDeskTicket } from '../../domain/desk/ticket.ts';
import { readNumber } from '../../domain/queue/number.ts';
import type { StepEvent } from '../../domain/queue/events.ts';
import { QUEUE_SOURCE } from '../../domain/queue/source.ts';
import type { Ticket } from '../../domain/queue/station.ts';
import type { DeskTicket } from '../../domain/wire/desk.ts';
import type { IdentifiedEvent, Ledger } from '../ledger/port.ts';

/** So many events are read at once. */
const PAGE = 1_000;

export interface DayBook {
  readonly day: string;
  /** By their letters. */
  readonly lastNumbers: Map<string, number>;
  /** By what their asking was called. */
  readonly given: Map<string, DeskTicket>;
  callsSinceGreen: number;
  /** By window, who was let go there as served since its last call, with the event that says so; a restart forgets it. */
  readonly served: Map<string, { readonly ticket: Ticket; readonly event: StepEvent }>;
}

/** Reads it from the ledger, so that a restart neither gives a number twice nor forgets whose turn it is. */
export async function readDayBook(ledger: Pick<Ledger, 'readOf'>, day: string, station: string): Promise<DayBook> {
  const prefix = ticketsOf(day, station);
  const lastNumbers = new Map<string, number>();
  const given = new Map<string, DeskTicket>();
  const green = new Set<string>();
  const calls: { readonly ticket: string; readonly at: number }[] = [];
  // `0` is the character behind the slash.
  for await (const { event, voided } of readAll(ledger, prefix, `${prefix.slice(0, -1)}0`)) {
    if (event.type === 'hall.ticket.taken') {
      // A number that was voided stays given.
      const number = readNumber(event.id.slice(prefix.length));
      if (number) lastNumbers.set(number.prefix, Math.max(number.n, lastNumbers.get(number.prefix) ?? 0));
      const { asked } = event.data;
      if (asked) given.set(asked, readTicket(event));
      if (event.data.green) green.add(event.data.ticket);
    } else if (event.type === 'hall.ticket.called' && !voided) calls.push({ ticket: event.data.ticket, at: event.at });
  }
  calls.sort((a, b) => b.at - a.at);
  const sinceGreen = calls.findIndex(({ ticket }) => green.has(ticket));
  const callsSinceGreen = sinceGreen < 0 ? calls.length : sinceGreen;
  return { day, lastNumbers, given, callsSinceGreen, served: new Map() };
}

function readTicket({ at, data }: EventOf<'hall.ticket.taken'>): DeskTicket {
  const { ticket, line, green, appointmentAt } = data;
  const dueAt = appointmentAt ? parseMoment(appointmentAt) : undefined;
  return toDeskTicket(ticket, { takenAt: at, line: line ?? undefined, green: green ?? undefined, dueAt });
}

async function* readAll(ledger: Pick<Ledger, 'readOf'>, from: string, until: string): AsyncGenerator<IdentifiedEvent> {
  for (let next = from; ;) {
    const page = await ledger.readOf(QUEUE_SOURCE, next, until, PAGE);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    next = `${last.event.id}\u{1}`;
  }
}
