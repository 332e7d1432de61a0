/** Turns an entry into the events that it stands for: the same on both sides, so that a page knows what its server will record. */
import type { EventOf, HallEvent } from '../events/event.ts';
import { parseMoment } from '../events/moment.ts';
import type { EventData, EventType } from '../events/schema.ts';
import { DESK_SOURCE, type Act, type Entry } from './entry.ts';

/** What an entry does not hold and its events need. */
export interface EntryFacts {
  /** Of a case: whether its item is approved by rule, with no human step (秒批). */
  readonly instantApproval?: boolean | undefined;
  /** Of a promised case, and of missing papers: until when (epoch ms), where the entry does not say. */
  readonly promisedBy?: number | undefined;
  readonly supplyBy?: number | undefined;
  /** Of an undo or a void: the events of the entry that it names. */
  readonly target?: readonly Named[] | undefined;
}

/** What a void names. */
export interface Named {
  readonly source: string;
  readonly id: string;
}

type ActOf<T extends Act['type']> = Extract<Act, { type: T }>;
type Written = { [T in EventType]: { readonly type: T; readonly data: EventData[T] } }[EventType];

/**
 * The events of an entry that has its form, `ID/1`, `ID/2` and so on, all at the entry's own moment. An undo or a void
 * has one for each event of its target.
 */
export function toEvents(entry: Entry, facts: EntryFacts = {}): HallEvent[] {
  const at = parseMoment(entry.at)!;
  return write(entry, facts).map(
    ({ type, data }, i) => ({ source: DESK_SOURCE, id: nameEvent(entry.id, i + 1), type, at, data }) as HallEvent,
  );
}

/** The id of an entry's `n`-th event, from 1. */
export function nameEvent(entry: string, n: number): string {
  return `${entry}/${n}`;
}

function write(entry: Entry, facts: EntryFacts): Written[] {
  const { act, station, window, ticket, author: staff } = entry;
  const one = <T extends EventType>(type: T, data: EventData[T]): Written[] => [{ type, data } as Written];
  switch (act.type) {
    case 'case':
      return writeCase(entry, act, facts);
    case 'case-finished':
      return one('hall.case.finished', { case: act.case, outcome: act.outcome, ...given({ window }), staff });
    case 'case-paused':
      return one('hall.case.paused', { case: act.case, ...filled({ reason: act.reason }) });
    case 'case-resumed':
      return one('hall.case.resumed', { case: act.case, ...filled({ reason: act.reason }) });
    case 'case-supplemented':
      return one('hall.case.supplemented', { case: act.case });
    case 'licence':
      return one('hall.licence.uploaded', { case: act.case });
    case 'consultation': {
      const { medium, line, item, topic, result, count } = act;
      const words = filled({ topic });
      const data = { station, medium, ...given({ line, item, window, ticket, result, count }), ...words, staff };
      return one('hall.consultation.given', data);
    }
    case 'service':
      return one('hall.service.given', { station, kind: act.kind, ...given({ count: act.count }) });
    case 'appointment-booked': {
      const { appointment, item, at } = act;
      return one('hall.appointment.booked', { appointment, station, ...given({ item }), at });
    }
    case 'appointment-kept':
      return one('hall.appointment.kept', { appointment: act.appointment, station });
    case 'appointment-missed':
      return one('hall.appointment.missed', { appointment: act.appointment, station });
    case 'terminal':
      return one('hall.terminal.changed', { terminal: act.terminal, station, status: act.status });
    case 'request-received': {
      const { request, topic, medium } = act;
      return one('hall.request.received', { request, station, ...filled({ topic }), ...given({ medium }) });
    }
    case 'request-answered':
      return one('hall.request.answered', { request: act.request, station, ...given({ onTime: act.onTime }) });
    case 'complaint-received': {
      const { complaint, about, staff: whom } = act;
      return one('hall.complaint.received', { complaint, station, ...given({ staff: whom }), ...filled({ about }) });
    }
    case 'complaint-answered':
      return one('hall.complaint.answered', { complaint: act.complaint, station, ...given({ upheld: act.upheld }) });
    case 'rating-again': {
      const { followup, score, medium } = act;
      return [
        ...one('hall.rating.given', { score, station, ...given({ case: act.case }), medium, round: 2 }),
        ...one('hall.followup.noted', { followup, score }),
      ];
    }
    case 'training':
      return one('hall.training.held', { topic: act.topic, people: act.people, station });
    case 'undo':
      return takeBack(facts).map((data) => ({ type: 'hall.event.voided', data: { ...data, undo: true } }));
    case 'void':
      return takeBack(facts).map((data) => ({ type: 'hall.event.voided', data: { ...data, reason: act.reason } }));
  }
}

function writeCase(entry: Entry, act: ActOf<'case'>, facts: EntryFacts): Written[] {
  const { station, window, ticket, author: staff } = entry;
  const { case: id, item, channel, handling, deferredDocuments, appointment, green, applicant } = act;
  const promisedBy = act.promisedBy ?? (handling === 'promised' ? toMoment(facts.promisedBy) : undefined);
  const supplyBy = act.supplyBy ?? (deferredDocuments ? toMoment(facts.supplyBy) : undefined);
  const accepted: EventOf<'hall.case.accepted'>['data'] = {
    case: id,
    station,
    channel,
    item,
    ...given({ window, ticket }),
    staff,
    handling,
    ...given({ promisedBy, deferredDocuments, supplyBy }),
    ...(facts.instantApproval === true && handling === 'instant' ? { instantApproval: true } : {}),
    ...given({ appointment, green, applicant }),
  };
  if (handling === 'promised') return [{ type: 'hall.case.accepted', data: accepted }];
  const finished = { case: id, outcome: 'approved' as const, ...given({ window }), staff };
  return [
    { type: 'hall.case.accepted', data: accepted },
    { type: 'hall.case.finished', data: finished },
  ];
}

function takeBack({ target = [] }: EntryFacts): Named[] {
  return target.map(({ source, id }) => ({ source, id }));
}

function toMoment(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}

/** What is there of some fields. */
function given<T extends Readonly<Record<string, unknown>>>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const there = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as { [K in keyof T]?: NonNullable<T[K]> };
}

/** The same of words: a field that was left empty says nothing. */
function filled<T extends Readonly<Record<string, string | undefined>>>(fields: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value)) as { [K in keyof T]?: string };
}
