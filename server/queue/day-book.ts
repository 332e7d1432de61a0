/** What is known of a station's own queue on one day beyond the board: the last numbers given, and the calls since a green ticket's. */
import type { EventOf, HallEvent } from '../../domain/events/event.ts';
import { ticketsOf } from '../../domain/events/tickets.ts';
import { parseMoment } from '../../domain/events/moment.ts';
import { toDeskTicket } from '../../domain/desk/ticket.ts';
import { readNumber } from '../../domain/queue/number.ts';
import type { StepEvent } from '../../domain/queue/events.ts';
import { QUEUE_SOURCE } from '../../domain/queue/source.ts';
import type { DeskTicket } from '../../domain/wire/desk.ts';
import type { IdentifiedEvent, Ledger } from '../ledger/port.ts';

/** So many events are read at once. */
const PAGE = 1_000;

export interface Served {
  readonly ticket: DeskTicket;
  readonly event: StepEvent;
}

export interface DayBook {
  readonly day: string;
  /** By their letters. */
  readonly lastNumbers: Map<string, number>;
  /** By what their asking was called. */
  readonly given: Map<string, DeskTicket>;
  callsSinceGreen: number;
  /** By window, who was let go there as served since its last call, with the event that says so. */
  readonly served: Map<string, Served>;
}

/** Reads it from the ledger, so that a restart neither gives a number twice nor forgets whose turn it is, or what may still be taken back. */
export async function readDayBook(ledger: Pick<Ledger, 'readOf'>, day: string, station: string): Promise<DayBook> {
  const prefix = ticketsOf(day, station);
  const lastNumbers = new Map<string, number>();
  const given = new Map<string, DeskTicket>();
  const taken = new Map<string, DeskTicket>();
  const steps: StepEvent[] = [];
  // `0` is the character behind the slash.
  for await (const { event, voided } of readAll(ledger, prefix, `${prefix.slice(0, -1)}0`)) {
    if (event.type === 'hall.ticket.taken') {
      // A number that was voided stays given.
      const number = readNumber(event.id.slice(prefix.length));
      if (number) lastNumbers.set(number.prefix, Math.max(number.n, lastNumbers.get(number.prefix) ?? 0));
      const { ticket, asked } = event.data;
      taken.set(ticket, readTicket(event));
      if (asked) given.set(asked, taken.get(ticket)!);
    } else if (isStep(event) && !voided) steps.push(event);
  }
  steps.sort((a, b) => a.at - b.at);
  const calls = steps.filter(({ type }) => type === 'hall.ticket.called').reverse();
  const sinceGreen = calls.findIndex(({ data }) => taken.get(data.ticket)?.green === true);
  const callsSinceGreen = sinceGreen < 0 ? calls.length : sinceGreen;
  return { day, lastNumbers, given, callsSinceGreen, served: findServed(steps, taken) };
}

function isStep(event: HallEvent): event is StepEvent {
  return ['hall.ticket.called', 'hall.ticket.recalled', 'hall.ticket.served'].includes(event.type);
}

/** @param steps in the order in which they happened */
function findServed(steps: readonly StepEvent[], taken: ReadonlyMap<string, DeskTicket>): DayBook['served'] {
  const served: DayBook['served'] = new Map();
  for (const event of steps) {
    const { window, ticket: id } = event.data;
    const ticket = taken.get(id);
    if (!window) continue;
    if (event.type !== 'hall.ticket.served') served.delete(window);
    else if (ticket) served.set(window, { ticket, event });
  }
  return served;
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
