/** What may be rated at a window at this moment: one ticket, case or consultation, until the next call or for 90 seconds. Pure. */
import { eventKey, type EventOf, type HallEvent } from '../events/event.ts';
import { isPoor, type Score } from '../events/kinds.ts';
import { ID_LIMIT } from '../events/schema.ts';
import { crc32 } from '../wire/digest.ts';

/** So long after what it is about somebody may rate it, by the hall's clock. */
export const ROUND_MS = 90_000;
/** So long after a poor rating reasons may be added to it. */
export const REASONS_MS = 60_000;

export interface Round {
  /** The kind and the id of what is rated, such as `ticket:2026-11-26/hall/A001`: no two things share it. */
  readonly id: string;
  readonly station: string;
  readonly window: string;
  readonly ticket?: string;
  readonly case?: string;
  /** Who served. */
  readonly staff?: string;
  /** Epoch ms, by the hall's clock. */
  readonly opensAt: number;
  readonly until: number;
  /** The event that opened it (`eventKey`): once that is voided there is nothing to rate. */
  readonly openedBy: string;
  readonly rated?: { readonly at: number; readonly score: Score };
}

export interface Call {
  readonly ticket: string;
  readonly staff?: string;
  readonly at: number;
}

/** What is known of one window: the latest call, and the latest round, over or not. */
export interface Place {
  readonly call?: Call;
  readonly round?: Round;
  /** The latest round that was rated: its reasons may come after the next call. */
  readonly rated?: Round;
}

export type Places = ReadonlyMap<string, Place>;

/** What of the hall decides whether an event opens a round. */
export interface RoundFacts {
  /** The hall's clock, epoch ms. */
  readonly now: number;
  /** Whether the profile has this window at this station. */
  readonly hasWindow: (window: string, station: string) => boolean;
  /** Whether the station takes tickets at a moment, epoch ms. */
  readonly takesTickets: (station: string, at: number) => boolean;
  /** Whether ratings of a station are asked for here at a moment (epoch ms), and not by another system. */
  readonly isRatedHere: (station: string, at: number) => boolean;
  /** The window that a ticket was last called to, where no call of it has been heard here. */
  readonly findWindow: (ticket: string) => string | undefined;
}

type CallEvent = EventOf<'hall.ticket.called' | 'hall.ticket.recalled'>;

/** The one window at which `event` changes something, and what is known of it then; `undefined` where it changes nothing. */
export function hearEvent(places: Places, event: HallEvent, facts: RoundFacts): readonly [string, Place] | undefined {
  switch (event.type) {
    case 'hall.ticket.called':
    case 'hall.ticket.recalled':
      return hearCall(places, event, facts);
    case 'hall.event.voided':
      return hearVoid(places, eventKey(event.data.source, event.data.id));
    default: {
      const round = readRound(places, event, facts);
      return round && openRound(places, round);
    }
  }
}

function hearCall(places: Places, { data, at }: CallEvent, facts: RoundFacts): readonly [string, Place] | undefined {
  const { window, ticket, station, staff } = data;
  if (!window || !facts.hasWindow(window, station)) return undefined;
  const { round, ...place } = places.get(window) ?? {};
  // Told late: somebody else has been called since.
  if (place.call && place.call.at > at) return undefined;
  const call: Call = { ticket, at, ...(staff ? { staff } : {}) };
  const isLater = round !== undefined && at < round.opensAt;
  return [window, { ...place, ...(isLater ? { round } : {}), call }];
}

function hearVoid(places: Places, key: string): readonly [string, Place] | undefined {
  for (const [window, { round, ...place }] of places) if (round?.openedBy === key) return [window, place];
  return undefined;
}

/** The round that an event opens by itself, whatever else goes on at its window. */
function readRound(places: Places, event: HallEvent, facts: RoundFacts): Round | undefined {
  const subject = readSubject(places, event, facts);
  if (!subject) return undefined;
  const { window, station } = subject;
  const isFresh = facts.now - event.at < ROUND_MS;
  if (!isFresh || !window || !facts.hasWindow(window, station)) return undefined;
  if (!facts.isRatedHere(station, event.at)) return undefined;
  // A sender's clock may be a few minutes ahead: nobody is given longer by it.
  const opensAt = Math.min(event.at, facts.now);
  return { ...subject, window, opensAt, until: opensAt + ROUND_MS, openedBy: eventKey(event.source, event.id) };
}

type Subject = Omit<Round, 'window' | 'opensAt' | 'until' | 'openedBy'> & { readonly window: string | undefined };

/** What somebody who stands at a window was just given, with whatever the event and the last call say of it. */
function readSubject(places: Places, event: HallEvent, facts: RoundFacts): Subject | undefined {
  const isAlone = (ticket: string | null | undefined, station: string): boolean =>
    !ticket || !facts.takesTickets(station, event.at);
  switch (event.type) {
    case 'hall.ticket.served': {
      const { ticket, station, window, staff } = event.data;
      const called = findCall(places, ticket);
      return {
        id: nameSubject('ticket', ticket),
        station,
        window: window ?? called?.window ?? facts.findWindow(ticket),
        ticket,
        ...nameStaff(staff ?? called?.staff),
      };
    }
    case 'hall.case.accepted': {
      const { case: id, station, window, ticket, staff, channel } = event.data;
      if (channel !== 'window' || !isAlone(ticket, station)) return undefined;
      return { id: nameSubject('case', id), station, window: window ?? undefined, case: id, ...nameStaff(staff) };
    }
    case 'hall.consultation.given': {
      const { station, window, ticket, staff, medium, count } = event.data;
      // Several people's in one entry are nobody's who could rate it.
      if (medium !== 'visit' || (count ?? 1) > 1 || !isAlone(ticket, station)) return undefined;
      const id = nameSubject('consultation', eventKey(event.source, event.id));
      return { id, station, window: window ?? undefined, ...nameStaff(staff) };
    }
    default:
      return undefined;
  }
}

function openRound(places: Places, round: Round): readonly [string, Place] | undefined {
  const place = places.get(round.window) ?? {};
  const { call, round: before, rated } = place;
  if (call && call.ticket !== round.ticket && call.at >= round.opensAt + (round.ticket === undefined ? 1 : 0))
    return undefined;
  if (before && (before.id === round.id || before.opensAt > round.opensAt)) return undefined;
  // What was taken back and done again has its rating already.
  const isRated = rated?.id === round.id && rated.rated !== undefined;
  return [round.window, { ...place, round: isRated ? { ...round, rated: rated.rated } : round }];
}

function findCall(places: Places, ticket: string): (Call & { readonly window: string }) | undefined {
  let found: (Call & { readonly window: string }) | undefined;
  for (const [window, { call }] of places)
    if (call?.ticket === ticket && (!found || found.at <= call.at)) found = { ...call, window };
  return found;
}

function nameStaff(staff: string | null | undefined): { staff?: string } {
  return staff ? { staff } : {};
}

/** What stands behind it in the id of a rating and of its reasons. */
const ROOM = '/1/reasons'.length;

/** An id of its own for each kind; one that leaves no room for what stands behind it ends in its checksum. */
function nameSubject(kind: 'ticket' | 'case' | 'consultation', id: string): string {
  const name = `${kind}:${id}`;
  const most = ID_LIMIT - ROOM;
  if (name.length <= most) return name;
  const sum = `~${crc32(name)}`;
  // Half of a pair is no text that a ledger keeps.
  return name.slice(0, most - sum.length).replace(/[\ud800-\udbff]$/, '') + sum;
}

/** The round that may be rated at `now`, rated already or not. */
export function roundAt(place: Place | undefined, now: number): Round | undefined {
  const round = place?.round;
  return round && now < round.until ? round : undefined;
}

/** A window once `round` of it was rated, which may be over by now; the first rating is the one that counts. */
export function rateRound(place: Place, round: Round, score: Score, at: number): Place {
  if (round.rated || place.rated?.id === round.id) return place;
  const rated = { ...round, rated: { at, score } };
  return { ...place, rated, ...(place.round?.id === round.id ? { round: rated } : {}) };
}

/** The rating that reasons may still be added to at `now`. */
export function explainable(place: Place | undefined, id: string, now: number): Round | undefined {
  const round = place?.rated;
  if (round?.id !== id || !round.rated || !isPoor(round.rated.score)) return undefined;
  return now - round.rated.at <= REASONS_MS ? round : undefined;
}
