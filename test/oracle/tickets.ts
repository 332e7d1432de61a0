/** What the oracle reads of each ticket (C9). */
import type { HallEvent } from '../../domain/events/event.ts';
import { ofType } from './facts.ts';

export interface TicketFacts {
  readonly place: string;
  readonly takenAt: number;
  readonly green: boolean;
  readonly byAppointment: boolean;
  readonly calledAt: number | undefined;
  readonly servedAt: number | undefined;
  /** From the latest call that is not later than the latest serving, to that serving. */
  readonly serviceMs: number | undefined;
  /** The window that served, or that made that call. */
  readonly servedBy: string | undefined;
  /** How a ticket that was never served ended. */
  readonly end: { readonly how: 'passed' | 'left'; readonly at: number } | undefined;
}

const STEPS = ['called', 'recalled', 'transferred', 'served', 'passed', 'left'] as const;

/** `living` in order C1. */
export function readTickets(living: readonly HallEvent[]): TicketFacts[] {
  const tickets: TicketFacts[] = [];
  const known = new Set<string>();
  for (const taken of ofType(living, 'hall.ticket.taken')) {
    const id = taken.data.ticket;
    if (known.has(id)) continue;
    known.add(id);
    const steps = living.flatMap((event) => {
      const how = STEPS.find((step) => event.type === `hall.ticket.${step}`);
      if (how === undefined || !('ticket' in event.data) || event.data.ticket !== id) return [];
      return [{ how, at: event.at, window: 'window' in event.data ? event.data.window || undefined : undefined }];
    });
    const isCall = ({ how }: { how: string }): boolean => how === 'called' || how === 'recalled';
    const serving = steps.findLastIndex(({ how }) => how === 'served');
    const servedAt = steps[serving]?.at;
    const inHand = steps.findLast((step) => isCall(step) && servedAt !== undefined && step.at <= servedAt);
    const last = steps.at(-1);
    tickets.push({
      place: taken.data.station,
      takenAt: taken.at,
      green: taken.data.green === true,
      byAppointment: taken.data.appointment === true || typeof taken.data.appointment === 'string',
      calledAt: steps.find(isCall)?.at,
      servedAt,
      serviceMs: servedAt === undefined || inHand === undefined ? undefined : servedAt - inHand.at,
      servedBy: steps[serving]?.window ?? inHand?.window,
      end:
        serving < 0 && last !== undefined && (last.how === 'passed' || last.how === 'left')
          ? { how: last.how, at: last.at }
          : undefined,
    });
  }
  return tickets;
}

/** Every day on which a number was given out that an earlier day had given out already (C9), with its first taker's place. */
export function readReuses(
  living: readonly HallEvent[],
  dayOf: (at: number) => string,
): { at: number; place: string }[] {
  const takings = ofType(living, 'hall.ticket.taken');
  return takings
    .filter((taking, i) => {
      const before = takings.slice(0, i).filter(({ data }) => data.ticket === taking.data.ticket);
      return before.length > 0 && before.every(({ at }) => dayOf(at) !== dayOf(taking.at));
    })
    .map(({ at, data }) => ({ at, place: data.station }));
}
