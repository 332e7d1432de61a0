/** Ticket numbers that begin again each morning: told apart by their station and day, where the sender says that they do. */
import { dayOf, type Zone } from '../calendar/zone.ts';
import { declares } from './declared.ts';
import { ID_LIMIT, type EventType } from './schema.ts';

type Data = Readonly<Record<string, unknown>>;

/** Whose numbers begin again, and since when. */
export interface TicketRule {
  /** The first day, `YYYY-MM-DD`, of numbers that begin again; those of earlier days are unique as they are. */
  readonly restartFrom: string;
  /** The hall's. */
  readonly zone: Zone;
}

/** What a rating comes by when its giver may have gone home long ago. */
const LATER = new Set<unknown>(['sms', 'qr', 'online', 'phone']);

export type DatedTicket =
  | { readonly data: Data; readonly dropped: readonly string[] }
  /** The event names a ticket, and nothing says of which day. */
  | 'time-needed';

/**
 * Gives an event that names a ticket its `ticketDay`, where `rule` says that the sender's numbers begin again: the day
 * of its own time. A rating that may have come on another day than its ticket loses the ticket instead: linked to none
 * rather than to a stranger's. Data of a wrong form are left as they are.
 * @param at epoch ms; `timeGiven` whether the sender said so
 */
export function dateTicket(type: EventType, data: Data, at: number, timeGiven: boolean, rule: TicketRule): DatedTicket {
  const { ticket, ticketDay } = data;
  const day = dayOf(rule.zone, at);
  if (!declares(type, 'ticketDay') || ticket == null || ticketDay != null || day < rule.restartFrom)
    return { data, dropped: [] };
  if (type === 'hall.rating.given' && (LATER.has(data['medium']) || data['round'] === 2)) {
    const { ticket: _ticket, ...rest } = data;
    return { data: rest, dropped: ['ticket'] };
  }
  return timeGiven ? { data: { ...data, ticketDay: day }, dropped: [] } : 'time-needed';
}

/**
 * The data as they are kept: a ticket with a `ticketDay` under an id that holds day, station and number, such as
 * `2019-11-25/hall/A001`, and without the day, which the id holds. `undefined` where that id is longer than an id may be.
 */
export function nameTicket(type: EventType, data: Data): Data | undefined {
  if (!declares(type, 'ticketDay') || !Object.hasOwn(data, 'ticketDay')) return data;
  const { ticketDay, ...rest } = data;
  const { ticket, station } = rest;
  if (typeof ticketDay !== 'string' || typeof ticket !== 'string' || typeof station !== 'string') return rest;
  const id = ticketId(ticketDay, station, ticket);
  return id === undefined ? undefined : { ...rest, ticket: id };
}

/** `DAY/STATION/NUMBER`; `undefined` where that is longer than an id may be. */
export function ticketId(day: string, station: string, number: string): string | undefined {
  const id = `${ticketsOf(day, station)}${number}`;
  return id.length > ID_LIMIT ? undefined : id;
}

/** What the ids of a station's tickets of one day begin with. */
export function ticketsOf(day: string, station: string): string {
  // The number stands last and may hold anything, so that only a slash of the station could be mistaken.
  return `${day}/${station.replace(/[%/]/g, encodeURIComponent)}/`;
}
