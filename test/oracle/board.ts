/** What a board of one hall stands on, read off all arrivals by plain loops: the ground of the topics' recount. */
import type { EventOf, HallEvent } from '../../domain/events/event.ts';
import type { EventType } from '../../domain/events/schema.ts';
import type { Measures } from '../../domain/measures/measures.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import { dayOf, endOf, startOf } from './days.ts';
import {
  firstOfEach,
  isOwnDay,
  ofType,
  placeNamed,
  readCases,
  readLedger,
  readLiving,
  type Arrival,
  type CaseFacts,
} from './facts.ts';
import { isReadable } from './form.ts';
import { oracleMeasures } from './oracle.ts';
import { readTickets, type TicketFacts } from './tickets.ts';

type OwnDay = EventOf<'hall.day.opened' | 'hall.day.closed'>;

/** A ticket whose holder is still in the hall. */
export interface Visitor {
  readonly ticket: string;
  readonly day: string;
  readonly place: string;
  readonly since: number;
  readonly serving: boolean;
  readonly window: string | undefined;
}

export interface BoardFacts {
  readonly config: HallConfig;
  readonly zone: string;
  readonly ledger: readonly HallEvent[];
  /** In order C1. */
  readonly living: readonly HallEvent[];
  readonly cases: readonly CaseFacts[];
  readonly tickets: readonly TicketFacts[];
  readonly visitors: readonly Visitor[];
  /** The hall's own openings and closings, in order of arrival. */
  readonly ownDays: readonly OwnDay[];
  /** Spec L4. */
  readonly day: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly heardAt: ReadonlyMap<string, number>;
  /** Today's, of all that does not depend on the clock. */
  readonly today: Measures;
  /** Stations at which something of today counts, whether the profile knows them or not. */
  readonly busyPlaces: readonly string[];
  dayOf(at: number): string;
  works(day: string): boolean;
}

/** @returns undefined before the hall has opened a day */
export function readBoard(
  arrivals: readonly Arrival[],
  { config, zone }: { readonly config: HallConfig; readonly zone: string },
  works: (day: string) => boolean,
): BoardFacts | undefined {
  const ledger = readLedger(arrivals);
  const ownDays = ledger.filter(isOwnDay);
  const day = ofType(ownDays, 'hall.day.opened').at(-1)?.data.day;
  if (day === undefined) return undefined;
  const living = readLiving(ledger);
  const question = { zone, from: day, to: day, now: startOf(zone, day) };
  const nobody = { ...config, profile: { ...config.profile, stations: [] } };
  return {
    config,
    zone,
    ledger,
    living,
    cases: readCases(living),
    tickets: readTickets(living),
    visitors: readVisitors(living, zone),
    ownDays,
    day,
    startsAt: startOf(zone, day),
    endsAt: endOf(zone, day),
    heardAt: readHeard(ledger, zone),
    today: oracleMeasures(arrivals, { ...question, config }),
    busyPlaces: oracleMeasures(arrivals, { ...question, config: nobody }).unknown.stations,
    dayOf: (at) => dayOf(zone, at),
    works,
  };
}

/** What several topics read off one board, worked out once. */
export function onceFor<T>(read: (board: BoardFacts) => T): (board: BoardFacts) => T {
  const known = new WeakMap<BoardFacts, { readonly found: T }>();
  return (board) => {
    let one = known.get(board);
    if (!one) known.set(board, (one = { found: read(board) }));
    return one.found;
  };
}

/** C9: who took a ticket, was not served, and neither left nor was passed over. */
function readVisitors(living: readonly HallEvent[], zone: string): Visitor[] {
  return firstOfEach(ofType(living, 'hall.ticket.taken'), ({ data }) => data.ticket).flatMap((taken) => {
    const { ticket, station } = taken.data;
    const steps = living.filter(
      (event): event is EventOf<'hall.ticket.called' | 'hall.ticket.left'> =>
        event.type.startsWith('hall.ticket.') &&
        event.type !== 'hall.ticket.taken' &&
        (event as EventOf<'hall.ticket.called'>).data.ticket === ticket,
    );
    const types = steps.map((step): EventType => step.type);
    if (types.includes('hall.ticket.served')) return [];
    const last = steps.at(-1);
    const how: EventType | undefined = types.at(-1);
    if (how === 'hall.ticket.passed' || how === 'hall.ticket.left') return [];
    const serving = how === 'hall.ticket.called' || how === 'hall.ticket.recalled';
    return {
      ticket,
      day: dayOf(zone, taken.at),
      place: station,
      since: last?.at ?? taken.at,
      serving,
      window: serving ? last!.data.window || undefined : undefined,
    };
  });
}

/** The hall's own voice, where neither staff nor a citizen speaks through it. */
function isMachine(source: string): boolean {
  return /^urn:hallpulse:/i.test(source) && !/^urn:hallpulse:(desk|queue|ratings)$/.test(source);
}

/** The last word of each station. A hall that goes back to an earlier day forgets those of days to come (L4). */
function readHeard(ledger: readonly HallEvent[], zone: string): Map<string, number> {
  const heard = new Map<string, number>();
  let day: string | undefined;
  for (const event of ledger.filter(isReadable)) {
    if (event.type === 'hall.day.opened' && isOwnDay(event)) {
      const end = endOf(zone, event.data.day);
      if (day !== undefined && event.data.day < day)
        for (const [place, at] of heard) if (at >= end) heard.delete(place);
      day = event.data.day;
    }
    if (event.type.startsWith('hall.alarm.') || isMachine(event.source)) continue;
    const place = placeNamed(event);
    if (place !== '') heard.set(place, Math.max(heard.get(place) ?? -Infinity, event.at));
  }
  return heard;
}
