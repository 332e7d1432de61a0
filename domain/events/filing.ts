/** Under which keys an event is filed, so that the fold can fetch everything that concerns one entity. */
import { dayOf, type Zone } from '../calendar/zone.ts';
import { eventKey, type HallEvent } from './event.ts';
import { dataSchemas, EVENT_TYPES, type StarKind } from './schema.ts';

/** A title of a month, `YYYY-MM`. */
export interface StarTitle {
  readonly month: string;
  readonly kind: StarKind;
}

/** `entity` is what the event is about; `link` a second entity whose history needs it too. */
export interface Filing {
  readonly entity: string | null;
  readonly link: string | null;
}

const NONE: Filing = { entity: null, link: null };

/** `hall.ticket.called` is about the ticket that its data name: so is every type whose data have a field called as its noun. */
const nouns: ReadonlyMap<string, string> = new Map(
  EVENT_TYPES.map((type) => [type, type.split('.')[1]!] as const).filter(([type, noun]) =>
    Object.hasOwn(dataSchemas[type].entries, noun),
  ),
);

/**
 * Spec rule C2. A case's acceptance is filed under its ticket as well, because a rating given to a ticket is
 * a rating of the case that was accepted with it. A void is filed under the identity of the event that it names.
 * `zone` is the hall's, fixed for the life of its ledger.
 */
export function filingOf(event: HallEvent, zone: Zone): Filing {
  switch (event.type) {
    case 'hall.case.accepted':
      return filed(`case:${event.data.case}`, ticketKey(event.data.ticket));
    case 'hall.licence.uploaded':
      return filed(`case:${event.data.case}`);
    case 'hall.rating.given':
      if (event.data.case) return filed(`case:${event.data.case}`, ticketKey(event.data.ticket));
      return event.data.ticket ? filed(`ticket:${event.data.ticket}`) : NONE;
    case 'hall.star.published':
    case 'hall.star.withdrawn':
      // What is published or withdrawn is planned no more.
      return filed(starKey(event.data), planKey(event.data));
    case 'hall.star.planned':
    case 'hall.star.unplanned':
      // A plan that is taken back leaves what stands.
      return filed(planKey(event.data));
    case 'hall.feed.changed':
      return filed(`feed:${event.data.station}`);
    case 'hall.check.done':
      // A station's check of an area is done once a day, however often it is reported.
      return filed(`check:${dayOf(zone, event.at)}:${event.data.area}:${event.data.station}`);
    case 'hall.check.answered':
      return filed(`check:${event.data.day}:${event.data.area}:${event.data.station}`);
    case 'hall.event.voided':
      return filed(`void:${eventKey(event.data.source, event.data.id)}`);
    case 'hall.day.opened':
    case 'hall.day.closed':
    case 'hall.day.reconciled':
    case 'hall.day.frozen':
    case 'hall.day.chain-begun':
    case 'hall.file.imported':
      return NONE;
    default: {
      const noun = nouns.get(event.type);
      return noun === undefined ? NONE : filed(`${noun}:${(event.data as Record<string, unknown>)[noun] as string}`);
    }
  }
}

/** Under which a title of a month stands. */
export function starKey({ month, kind }: StarTitle): string {
  return `star:${month}:${kind}`;
}

/** What is to stand. */
export function planKey({ month, kind }: StarTitle): string {
  return `plan:${month}:${kind}`;
}

function ticketKey(ticket: string | null | undefined): string | null {
  return ticket ? `ticket:${ticket}` : null;
}

function filed(entity: string, link: string | null = null): Filing {
  return { entity, link };
}
