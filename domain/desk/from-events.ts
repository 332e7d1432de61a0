/** Reads entries back from their events: one line for each, as its author looks at it. */
import { compareText, type HallEvent } from '../events/event.ts';
import type { Outcome } from '../events/schema.ts';
import { DESK_SOURCE, type Act } from './entry.ts';

/** An entry as it stands in the ledger. */
export interface DeskLine {
  readonly entry: string;
  /** Epoch ms. */
  readonly at: number;
  readonly type: Act['type'];
  readonly station?: string;
  readonly window?: string;
  readonly ticket?: string;
  /** The case, appointment, request, complaint, follow-up or terminal that it is about; of a void the entry that it takes back. */
  readonly about?: string;
  readonly item?: string;
  readonly line?: string;
  readonly channel?: string;
  readonly handling?: 'instant' | 'promised';
  readonly outcome?: Outcome;
  /** What it came by, or what was given: of a consultation, a request, a service, a terminal; of a rating its score. */
  readonly kind?: string;
  readonly words?: string;
  readonly count?: number;
  /** Whether it counts no longer, whoever took it back. */
  readonly voided: boolean;
  /** Whether it was its author's own undoing. */
  readonly undone?: true;
}

/** An event with whether a void takes it out of every count. */
export interface KnownEvent {
  readonly event: HallEvent;
  readonly voided: boolean;
}

/** The entry to which an event of source DESK_SOURCE belongs. */
export function entryOf(eventId: string): string {
  return eventId.slice(0, Math.max(eventId.lastIndexOf('/'), 0));
}

/**
 * The lines of entries, the newest first; of one moment, by their ids. Undoings have no line of their own. Events of
 * other sources, and of types that no entry makes, are passed over.
 */
export function toDeskLines(known: readonly KnownEvent[]): DeskLine[] {
  const entries = new Map<string, KnownEvent[]>();
  const undone = new Set<string>();
  for (const one of known) {
    const { event } = one;
    if (event.source !== DESK_SOURCE) continue;
    const id = entryOf(event.id);
    const events = entries.get(id);
    if (events) events.push(one);
    else entries.set(id, [one]);
    if (event.type === 'hall.event.voided' && event.data.undo === true) undone.add(entryOf(event.data.id));
  }
  const lines = [...entries].flatMap(([id, events]) => toLine(id, events, undone.has(id)) ?? []);
  return lines.sort((a, b) => b.at - a.at || compareText(a.entry, b.entry));
}

function toLine(entry: string, events: readonly KnownEvent[], isUndone: boolean): DeskLine | undefined {
  const [first] = [...events].sort((a, b) => placeOf(a.event.id) - placeOf(b.event.id));
  const held = first && readHeld(first.event);
  if (!held) return undefined;
  const noted = events.map(({ event }) => event).find(({ type }) => type === 'hall.followup.noted');
  const finished = events.map(({ event }) => event).find(({ type }) => type === 'hall.case.finished');
  return {
    entry,
    at: first.event.at,
    ...whole({
      ...held,
      ...(finished?.type === 'hall.case.finished' ? { outcome: finished.data.outcome } : {}),
      ...(noted?.type === 'hall.followup.noted' ? { about: noted.data.followup } : {}),
    }),
    voided: first.voided,
    ...(isUndone ? { undone: true } : {}),
  };
}

function placeOf(eventId: string): number {
  return Number(eventId.slice(eventId.lastIndexOf('/') + 1));
}

type Held = { readonly type: Act['type'] } & { readonly [K in keyof DeskLine]?: DeskLine[K] | null | undefined };

function readHeld(event: HallEvent): Held | undefined {
  switch (event.type) {
    case 'hall.case.accepted': {
      const { case: about, station, window, ticket, item, channel, handling } = event.data;
      return { type: 'case', about, station, window, ticket, item, channel, handling };
    }
    case 'hall.case.finished':
      return { type: 'case-finished', about: event.data.case, window: event.data.window };
    case 'hall.case.paused':
      return { type: 'case-paused', about: event.data.case, words: event.data.reason };
    case 'hall.case.resumed':
      return { type: 'case-resumed', about: event.data.case, words: event.data.reason };
    case 'hall.case.supplemented':
      return { type: 'case-supplemented', about: event.data.case };
    case 'hall.licence.uploaded':
      return { type: 'licence', about: event.data.case };
    case 'hall.consultation.given': {
      const { station, window, ticket, item, line, medium: kind, topic: words, count } = event.data;
      return { type: 'consultation', station, window, ticket, item, line, kind, words, count };
    }
    case 'hall.service.given': {
      const { station, kind, count } = event.data;
      return { type: 'service', station, kind, count };
    }
    case 'hall.appointment.booked':
      return { type: 'appointment-booked', about: event.data.appointment, ...placed(event.data) };
    case 'hall.appointment.kept':
      return { type: 'appointment-kept', about: event.data.appointment, ...placed(event.data) };
    case 'hall.appointment.missed':
      return { type: 'appointment-missed', about: event.data.appointment, ...placed(event.data) };
    case 'hall.terminal.changed': {
      const { terminal: about, station, status: kind } = event.data;
      return { type: 'terminal', about, station, kind };
    }
    case 'hall.request.received': {
      const { request: about, station, topic: words, medium: kind } = event.data;
      return { type: 'request-received', about, station, words, kind };
    }
    case 'hall.request.answered':
      return { type: 'request-answered', about: event.data.request, station: event.data.station };
    case 'hall.complaint.received': {
      const { complaint: about, station, about: words } = event.data;
      return { type: 'complaint-received', about, station, words };
    }
    case 'hall.complaint.answered':
      return { type: 'complaint-answered', about: event.data.complaint, station: event.data.station };
    case 'hall.rating.given':
      return { type: 'rating-again', station: event.data.station, kind: String(event.data.score) };
    case 'hall.training.held': {
      const { topic: words, people: count, station } = event.data;
      return { type: 'training', words, count, station };
    }
    case 'hall.event.voided':
      if (event.data.undo === true) return undefined;
      return { type: 'void', about: entryOf(event.data.id), words: event.data.reason };
    default:
      return undefined;
  }
}

function placed({ station, item }: { station: string; item?: string | null | undefined }): Partial<Held> {
  return { station, item };
}

/** Without what is not there. */
function whole(held: Held): Pick<DeskLine, 'type'> & Partial<DeskLine> {
  const there = Object.entries(held).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(there) as unknown as Pick<DeskLine, 'type'> & Partial<DeskLine>;
}
