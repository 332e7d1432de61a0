/** Numbers given to those who come, and the end of a queue for the day. */
import { toDeskTicket } from '../../domain/desk/ticket.ts';
import type { HallEvent } from '../../domain/events/event.ts';
import { ticketId } from '../../domain/events/tickets.ts';
import { lineOf } from '../../domain/profile/profile.ts';
import { queueSettings } from '../../domain/profile/queue.ts';
import {
  appointmentKeptEvent,
  nameKept,
  queueEndedEvent,
  queueVoidedEvent,
  ticketStepEvent,
  ticketTakenEvent,
  type Taking,
} from '../../domain/queue/events.ts';
import { formatNumber, prefixOf } from '../../domain/queue/number.ts';
import { findBooked, type Numbered } from '../../domain/queue/slots.ts';
import type { DeskTicket } from '../../domain/wire/desk.ts';
import type { QueueRequests } from './commands.ts';
import { refuseNamed } from './tickets.ts';
import { answerTicket, momentAfter, OK, refuse, type Done, type Refused, type Turn } from './turn.ts';

export async function takeNumber(turn: Turn, request: QueueRequests['take']): Promise<Done> {
  const { asked } = request;
  const { given } = await turn.book();
  const known = asked === undefined ? undefined : given.get(asked);
  if (known) return { ok: true, ticket: known, ahead: countAhead(turn, known) };
  if (!turn.isOwn) return refuse('not-own');
  if (!turn.isOpen) return refuse('shut');
  const wishes = readWishes(turn, request, (await turn.book()).numbered);
  if ('ok' in wishes) return wishes;
  const ahead = turn.seen.waiting.length;
  const number = await giveNumber(turn, wishes);
  if (number === undefined) return refuse('not-own');
  const { line, green, appointmentAt: dueAt } = wishes;
  const ticket = toDeskTicket(number, { takenAt: turn.now, line, green, dueAt });
  return { ok: true, ticket, ahead };
}

/** Whoever was called already has nobody before them. */
function countAhead({ seen }: Turn, { ticket }: DeskTicket): number {
  return Math.max(
    0,
    seen.waiting.findIndex(({ id }) => id === ticket),
  );
}

/**
 * Takes back a number that was given by mistake and that nobody was called by yet: it counts nowhere, is given to nobody
 * else, and what was booked may have another.
 */
export async function withdrawNumber(turn: Turn, { ticket: id }: QueueRequests['withdraw']): Promise<Done> {
  const ticket = turn.seen.waiting.find((one) => one.id === id);
  if (!ticket || ticket.entry.calledAt !== undefined) {
    const entry = turn.state.entries.ticket.get(id);
    const wasCalled = entry?.own === true && entry.station === turn.station && entry.day === turn.day;
    return wasCalled ? refuse('called') : refuseNamed(turn, id);
  }
  const said = await Promise.all([turn.find(id), turn.find(nameKept(id))]);
  const events = said.filter((event) => event !== undefined);
  await turn.write(events.map((event) => queueVoidedEvent(event, momentAfter(turn, event.at))));
  return answerTicket(ticket);
}

/** Nobody who waits or was passed over is called any more, and no number given. Whoever is being served stays so. */
export async function endQueue(turn: Turn): Promise<Done> {
  const { station, staff, day, seen, isOwn } = turn;
  const left = [...seen.waiting, ...seen.passed];
  if (!isOwn && left.length === 0) return refuse('not-own');
  await turn.write([
    ...left.map(({ id, entry }) => ticketStepEvent('left', id, { station, staff, at: momentAfter(turn, entry.since) })),
    queueEndedEvent(day, { station, staff, at: turn.now }),
  ]);
  return OK;
}

/** Numbers are given again today, and whoever left by the end of the queue stands where they stood. */
export async function reopenQueue(turn: Turn): Promise<Done> {
  const ending = await turn.ending();
  if (ending.length === 0) return refuse('not-ended');
  await turn.write(ending.map((event) => queueVoidedEvent(event, momentAfter(turn, event.at))));
  return OK;
}

interface Wishes extends Pick<Taking, 'line' | 'green' | 'appointment' | 'appointmentAt' | 'asked'> {
  /** Whoever booked has come, and somebody has said so. */
  readonly isKept?: boolean;
}

/** An appointment's item says which line it is of, where nobody does. */
function readWishes(
  turn: Turn,
  { line, green, slot, asked, ...request }: QueueRequests['take'],
  numbered: Numbered,
): Wishes | Refused {
  const { config, state, station, day, now } = turn;
  if (line !== undefined && !config.catalogue.lines.some(({ id }) => id === line)) return refuse('unknown-line');
  const appointment = slot === undefined ? request.appointment : findBooked(state, station, slot, numbered, now);
  if (appointment === undefined) return slot === undefined ? { line, green, asked } : refuse('unknown-appointment');
  const booked = state.entries.appointment.get(appointment);
  if (booked?.station !== station || booked.day !== day || numbered.has(appointment))
    return refuse('unknown-appointment');
  const isKept = booked.kept === true;
  return { line: lineOf(config, line, booked.item), green, asked, appointment, appointmentAt: booked.at, isKept };
}

/** The next number that nobody has, or `undefined` where the station's name leaves no room for one. */
async function giveNumber(turn: Turn, wishes: Wishes): Promise<string | undefined> {
  const { day, station, config, now } = turn;
  const { lastNumbers } = await turn.book();
  const prefix = prefixOf(queueSettings(config.profile), wishes.line);
  for (let n = (lastNumbers.get(prefix) ?? 0) + 1; ; n++) {
    const ticket = ticketId(day, station, formatNumber(prefix, n));
    if (ticket === undefined) return undefined;
    // A machine may have given it before the desk took over.
    if (await turn.isKnown(ticket)) continue;
    const taking = { ticket, station, ...wishes, at: now };
    const [outcome] = await turn.write([ticketTakenEvent(taking), ...listKept(turn, taking)]);
    // What others wrote beside us is theirs.
    if (typeof outcome !== 'object') continue;
    return ticket;
  }
}

/** That the appointment was kept, unless it was said before or another system says it. */
function listKept({ isKeptHere }: Turn, taking: Taking & Wishes): HallEvent[] {
  const { appointment, isKept } = taking;
  if (appointment === undefined || isKept || !isKeptHere) return [];
  return [appointmentKeptEvent(taking, appointment)];
}
