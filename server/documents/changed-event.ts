/** The event by which an edited document takes its place in the order of things. */
import type { HallEvent } from '../../domain/events/event.ts';
import type { DocumentName } from './check-document.ts';

/** @param at the hall's clock when the change came into force, epoch ms */
export function documentChangedEvent(document: DocumentName, version: number, at: number): HallEvent {
  return {
    source: 'urn:hallpulse:documents',
    // A document that was edited twice may still bear one version: the moment tells the two apart.
    id: `${document}:${version}:${at}`,
    type: 'hall.profile.changed',
    at,
    subject: document,
    data: { document, version },
  };
}
