/** Who is next: which of those who wait a window calls. Pure; moments are epoch ms. */
import { compareText } from '../events/event.ts';
import type { TicketKind } from '../profile/queue.ts';

/** So early an appointment comes before everybody else. */
const APPOINTMENT_AHEAD_MS = 300_000;

export interface WaitingTicket {
  readonly ticket: string;
  /** Its place in the queue, which a transfer back into it keeps. */
  readonly takenAt: number;
  /** Its line of business; a ticket without one belongs to every window. */
  readonly line?: string | undefined;
  readonly green?: boolean | undefined;
  readonly appointment?: boolean | undefined;
  /** The moment of its appointment, where that is known. */
  readonly dueAt?: number | undefined;
  /** The window that it was sent to by another. */
  readonly sentTo?: string | undefined;
}

/** A window that calls, and what it serves; all where nothing is said. */
export interface CallingWindow {
  readonly id: string;
  readonly lines?: readonly string[] | undefined;
  readonly kinds?: readonly TicketKind[] | undefined;
}

/** What is the same for all who wait. */
export interface Calling {
  readonly now: number;
  /** The station's open windows. */
  readonly open: readonly CallingWindow[];
  /** Of so many calls one is a green ticket's. */
  readonly greenEvery: number;
  /** The station's calls since the last of a green ticket. */
  readonly callsSinceGreen: number;
}

/**
 * The ticket that a window calls next: one that was sent to it; then an appointment that is due, the earliest moment
 * first; then a green one, where its turn has come; then the one taken first. `undefined` where nobody waits for it.
 */
export function nextTicket(
  window: CallingWindow,
  waiting: readonly WaitingTicket[],
  calling: Calling,
): WaitingTicket | undefined {
  let next: WaitingTicket | undefined;
  for (const ticket of waiting)
    if (isFor(window, ticket, calling.open) && (!next || compareTurns(window, calling, ticket, next) < 0))
      next = ticket;
  return next;
}

function compareTurns(window: CallingWindow, calling: Calling, a: WaitingTicket, b: WaitingTicket): number {
  const [rankA, rankB] = [rankOf(window, calling, a), rankOf(window, calling, b)];
  const byMoment = rankA === rankB && rankA === DUE ? a.dueAt! - b.dueAt! : 0;
  return rankA - rankB || byMoment || compareTaken(a, b);
}

const SENT = 0;
const DUE = 1;
const GREEN_TURN = 2;
const IN_ORDER = 3;

function rankOf(window: CallingWindow, calling: Calling, { sentTo, dueAt, green }: WaitingTicket): number {
  const { now, greenEvery, callsSinceGreen } = calling;
  if (sentTo === window.id) return SENT;
  if (dueAt !== undefined && dueAt <= now + APPOINTMENT_AHEAD_MS) return DUE;
  return green && callsSinceGreen >= greenEvery - 1 ? GREEN_TURN : IN_ORDER;
}

/** Whether a window may call a ticket by its number: what it serves, and what no open window does. */
export function mayCallByName(window: CallingWindow, ticket: WaitingTicket, open: readonly CallingWindow[]): boolean {
  if (isFor(window, ticket, open)) return true;
  return !isSentElsewhere(window, ticket, open) && !open.some((one) => serves(one, ticket));
}

/** The order of taking; of one moment, that of numbers: A999 before A1000. */
export function compareTaken(
  a: Pick<WaitingTicket, 'takenAt' | 'ticket'>,
  b: Pick<WaitingTicket, 'takenAt' | 'ticket'>,
): number {
  return a.takenAt - b.takenAt || a.ticket.length - b.ticket.length || compareText(a.ticket, b.ticket);
}

function isFor(window: CallingWindow, ticket: WaitingTicket, open: readonly CallingWindow[]): boolean {
  if (ticket.sentTo === window.id) return true;
  return !isSentElsewhere(window, ticket, open) && serves(window, ticket);
}

/** A ticket that was sent to a window waits for that one alone, as long as somebody calls there. */
function isSentElsewhere(window: CallingWindow, { sentTo }: WaitingTicket, open: readonly CallingWindow[]): boolean {
  return sentTo !== undefined && sentTo !== window.id && open.some(({ id }) => id === sentTo);
}

function serves({ lines, kinds }: CallingWindow, ticket: WaitingTicket): boolean {
  if (lines && ticket.line !== undefined && !lines.includes(ticket.line)) return false;
  return !kinds || kindsOf(ticket).some((kind) => kinds.includes(kind));
}

/** A green ticket with an appointment is both. */
function kindsOf({ green, appointment }: WaitingTicket): TicketKind[] {
  const kinds: TicketKind[] = [];
  if (green) kinds.push('green');
  if (appointment) kinds.push('appointment');
  return kinds.length === 0 ? ['general'] : kinds;
}
