/** The hall's own voice: what it says of itself nobody else may say. */
import type { HallEvent } from './event.ts';
import type { EventType } from './schema.ts';

const OWN = 'urn:hallpulse:';

/** Whether events of this source are the hall's own, or would look so: a URN reads the same in capitals. */
export function isOwnSource(source: string): boolean {
  return source.slice(0, OWN.length).toLowerCase() === OWN;
}

/** What the hall says of itself, and what happens at no station: no correction of a day (spec L2), and no word from a station. */
const HOUSEKEEPING = new Set<EventType>(['hall.profile.changed', 'hall.access.changed']);
const RESERVED = new Set<EventType>(['hall.day.opened', 'hall.day.closed', 'hall.queue.ended', ...HOUSEKEEPING]);

export function isHousekeeping(type: EventType): boolean {
  return HOUSEKEEPING.has(type);
}

/** The field by which an event from outside speaks as the hall, or takes back what the hall said; `undefined` where none does. */
export function reservedField(event: HallEvent): string | undefined {
  if (RESERVED.has(event.type)) return 'type';
  if (isOwnSource(event.source)) return 'source';
  if (event.type === 'hall.event.voided' && isOwnSource(event.data.source)) return 'data.source';
  return undefined;
}
