/** Under which keys an event is filed, so that the fold can fetch everything that concerns one entity. */
import { dayOf, type Zone } from '../calendar/zone.ts';
import { eventKey, type HallEvent } from './event.ts';

/** `entity` is what the event is about; `link` a second entity whose history needs it too. */
export interface Filing {
  readonly entity: string | null;
  readonly link: string | null;
}

const NONE: Filing = { entity: null, link: null };

/**
 * Spec rule C2. A case's acceptance is filed under its ticket as well, because a rating given to a ticket is
 * a rating of the case that was accepted with it. A void is filed under the identity of the event that it names.
 * `zone` is the hall's, fixed for the life of its ledger.
 */
export function filingOf(event: HallEvent, zone: Zone): Filing {
  switch (event.type) {
    case 'hall.case.accepted':
      return filed(`case:${event.data.case}`, ticketKey(event.data.ticket));
    case 'hall.case.supplemented':
    case 'hall.case.paused':
    case 'hall.case.resumed':
    case 'hall.case.finished':
    case 'hall.licence.uploaded':
      return filed(`case:${event.data.case}`);
    case 'hall.rating.given':
      if (event.data.case) return filed(`case:${event.data.case}`, ticketKey(event.data.ticket));
      return event.data.ticket ? filed(`ticket:${event.data.ticket}`) : NONE;
    case 'hall.ticket.taken':
    case 'hall.ticket.called':
    case 'hall.ticket.recalled':
    case 'hall.ticket.transferred':
    case 'hall.ticket.served':
    case 'hall.ticket.passed':
    case 'hall.ticket.left':
      return filed(`ticket:${event.data.ticket}`);
    case 'hall.appointment.booked':
    case 'hall.appointment.kept':
    case 'hall.appointment.missed':
      return filed(`appointment:${event.data.appointment}`);
    case 'hall.window.changed':
      return filed(`window:${event.data.window}`);
    case 'hall.terminal.changed':
      return filed(`terminal:${event.data.terminal}`);
    case 'hall.request.received':
    case 'hall.request.answered':
      return filed(`request:${event.data.request}`);
    case 'hall.complaint.received':
    case 'hall.complaint.answered':
      return filed(`complaint:${event.data.complaint}`);
    case 'hall.followup.opened':
    case 'hall.followup.assigned':
    case 'hall.followup.noted':
    case 'hall.followup.closed':
      return filed(`followup:${event.data.followup}`);
    case 'hall.alarm.raised':
    case 'hall.alarm.taken':
    case 'hall.alarm.ended':
      return filed(`alarm:${event.data.alarm}`);
    case 'hall.suggestion.received':
    case 'hall.suggestion.released':
    case 'hall.suggestion.answered':
      return filed(`suggestion:${event.data.suggestion}`);
    case 'hall.star.published':
    case 'hall.star.withdrawn':
      return filed(`star:${event.data.month}:${event.data.kind}`);
    case 'hall.check.done':
      // A station's check of an area is done once a day, however often it is reported.
      return filed(`check:${dayOf(zone, event.at)}:${event.data.area}:${event.data.station}`);
    case 'hall.event.voided':
      return filed(`void:${eventKey(event.data.source, event.data.id)}`);
    case 'hall.consultation.given':
    case 'hall.service.given':
    case 'hall.training.held':
    case 'hall.profile.changed':
    case 'hall.day.opened':
    case 'hall.day.closed':
      return NONE;
  }
}

function ticketKey(ticket: string | null | undefined): string | null {
  return ticket ? `ticket:${ticket}` : null;
}

function filed(entity: string, link: string | null = null): Filing {
  return { entity, link };
}
