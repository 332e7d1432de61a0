/** What one ticket contributes (spec C4, C9). */
import { dayOf, type Zone } from '../../calendar/zone.ts';
import type { LedgerEvent, LedgerEventOf } from '../../events/event.ts';
import { parseMoment } from '../../events/moment.ts';
import { QUEUE_SOURCE } from '../../queue/source.ts';
import { cellName, type Cell } from '../cells.ts';
import type { TicketEntry } from '../entries.ts';
import { NOTHING, type Contribution } from '../contribution.ts';

type Taken = LedgerEventOf<'hall.ticket.taken'>;
type Call = LedgerEventOf<'hall.ticket.called' | 'hall.ticket.recalled'>;
type Step = LedgerEventOf<
  | 'hall.ticket.called'
  | 'hall.ticket.recalled'
  | 'hall.ticket.transferred'
  | 'hall.ticket.served'
  | 'hall.ticket.passed'
  | 'hall.ticket.left'
>;

/** @param events what is filed under the ticket, live, in the order of C1; ratings and acceptances among it are passed over */
export function contributeTicket(ticketId: string, events: readonly LedgerEvent[], zone: Zone): Contribution {
  const [taken, ...repeats] = events.filter((event): event is Taken => event.type === 'hall.ticket.taken');
  if (!taken) return NOTHING;
  const steps = events.filter(isStep);
  const calls = steps.filter(isCall);
  const firstCall = calls[0];
  const served = steps.findLast((step) => step.type === 'hall.ticket.served');
  const { station } = taken.data;
  const cells: Cell[] = [];
  const count = (at: number, name: string, n = 1) => cells.push({ day: dayOf(zone, at), station, name, n });

  count(taken.at, cellName('ticket', 'taken'));
  cells.push(...countAgain(taken, repeats, zone));
  if (firstCall) {
    count(firstCall.at, cellName('ticket', 'called'));
    const waitMs = firstCall.at - taken.at;
    if (waitMs >= 0) count(firstCall.at, cellName('wait', waitFlags(taken), waitMs));
  }
  if (served) {
    count(served.at, cellName('ticket', 'served'));
    const lastCall = calls.findLast((call) => call.at <= served.at);
    if (lastCall) count(served.at, cellName('handling', served.at - lastCall.at));
    const window = served.data.window ?? lastCall?.data.window;
    if (window) {
      count(served.at, cellName('window', window, 'served'));
      if (lastCall) count(served.at, cellName('windowTime', window), served.at - lastCall.at);
    }
    return { cells };
  }
  const last = steps.at(-1);
  if (last?.type === 'hall.ticket.left') {
    count(last.at, cellName('ticket', 'left'));
    return { cells };
  }
  if (last?.type === 'hall.ticket.passed') count(last.at, cellName('ticket', 'passed'));
  return { cells, entry: { kind: 'ticket', id: ticketId, value: toEntry(taken, last, calls.at(-1), zone) } };
}

/** The same number on a later day is another visitor's (C9): counted once a day, where it was first taken on that day. */
function countAgain(taken: Taken, repeats: readonly Taken[], zone: Zone): Cell[] {
  const days = new Set([dayOf(zone, taken.at)]);
  const cells: Cell[] = [];
  for (const { at, data } of repeats) {
    const day = dayOf(zone, at);
    if (days.has(day)) continue;
    days.add(day);
    cells.push({ day, station: data.station, name: cellName('ticket', 'again'), n: 1 });
  }
  return cells;
}

function toEntry(taken: Taken, last: Step | undefined, lastCall: Call | undefined, zone: Zone): TicketEntry {
  const { station, line, green, appointment, appointmentAt } = taken.data;
  const dueAt = appointmentAt ? parseMoment(appointmentAt) : undefined;
  const isOwn = taken.source === QUEUE_SOURCE;
  const stage = stageAfter(last);
  const window = stage === 'serving' ? lastCall?.data.window : undefined;
  // Of machines nobody knows whether they name the window that sends or the one that is sent to.
  const sentTo = isOwn && stage === 'waiting' ? last?.data.window : undefined;
  return {
    day: dayOf(zone, taken.at),
    station,
    ...(line ? { line } : {}),
    since: last ? last.at : taken.at,
    stage,
    ...(window ? { window } : {}),
    takenAt: taken.at,
    ...(lastCall ? { calledAt: lastCall.at } : {}),
    ...(green ? { green } : {}),
    ...(appointment ? { appointment } : {}),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(sentTo ? { sentTo } : {}),
    ...(isOwn ? { own: true } : {}),
  };
}

function stageAfter(last: Step | undefined): TicketEntry['stage'] {
  if (last === undefined) return 'waiting';
  if (isCall(last)) return 'serving';
  return last.type === 'hall.ticket.passed' ? 'passed' : 'waiting';
}

/** `g` for the green window, `a` for an appointment, `ga` both, `-` neither. */
function waitFlags({ data }: Taken): string {
  return `${data.green ? 'g' : ''}${data.appointment ? 'a' : ''}` || '-';
}

function isStep(event: LedgerEvent): event is Step {
  return event.type.startsWith('hall.ticket.') && event.type !== 'hall.ticket.taken';
}

function isCall(event: LedgerEvent): event is Call {
  return event.type === 'hall.ticket.called' || event.type === 'hall.ticket.recalled';
}
