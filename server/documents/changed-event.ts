/** The event by which an edited document takes its place in the order of things. */
import type { HallEvent } from '../../domain/events/event.ts';
import type { DocumentName } from './check-document.ts';
import { digestOf } from './keep-version.ts';

export const DOCUMENTS_SOURCE = 'urn:hallpulse:documents';

/**
 * @param value the document as it is in force now
 * @param at the hall's clock when that began, epoch ms
 */
export function documentChangedEvent(
  document: DocumentName,
  value: { readonly version: number },
  at: number,
): HallEvent {
  const { version } = value;
  return {
    source: DOCUMENTS_SOURCE,
    // A document that was edited twice may still bear one version: the moment tells the two apart.
    id: `${document}:${version}:${at}`,
    type: 'hall.profile.changed',
    at,
    subject: document,
    data: { document, version, digest: digestOf(value) },
  };
}
