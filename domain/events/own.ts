/** The hall's own voice: what it says of itself nobody else may say. */
import { DESK_SOURCE } from '../desk/entry.ts';
import { QUEUE_SOURCE } from '../queue/source.ts';
import { RATINGS_SOURCE } from '../ratings/source.ts';
import type { HallEvent } from './event.ts';
import type { EventType } from './schema.ts';

const OWN = 'urn:hallpulse:';

/** Whether events of this source are the hall's own, or would look so: a URN reads the same in capitals. */
export function isOwnSource(source: string): boolean {
  return source.slice(0, OWN.length).toLowerCase() === OWN;
}

/** What staff and citizens say through the hall's own pages: facts like any sender's. */
const PEOPLE = new Set([DESK_SOURCE, QUEUE_SOURCE, RATINGS_SOURCE]);

/** Whether the hall says this by itself: what people write down, call or rate in it is theirs, though its source is the hall's own. */
export function isHallItself(source: string): boolean {
  return isOwnSource(source) && !PEOPLE.has(source);
}

/** What it says of its days. */
const DAYS = [
  'hall.day.opened',
  'hall.day.closed',
  'hall.day.frozen',
  'hall.day.chain-begun',
  'hall.day.reconciled',
] as const satisfies readonly EventType[];

/** What the hall keeps about itself: it is no fact of the hall's work, and so never a correction (spec L2). */
const HOUSEKEEPING = [
  ...DAYS,
  'hall.reconcile.noted',
  'hall.file.imported',
  'hall.profile.changed',
  'hall.access.changed',
  'hall.feed.changed',
  'hall.star.planned',
  'hall.star.unplanned',
  'hall.report.worded',
  'hall.report.run',
  'hall.report.sending',
  'hall.report.sent',
  'hall.notice.sending',
  'hall.notice.sent',
] as const satisfies readonly EventType[];

const OF_DAYS = new Set<EventType>(DAYS);
const KEPT = new Set<EventType>(HOUSEKEEPING);
/** What is decided by the hall's own rules of follow-ups, and its lamps. */
const DECIDED = [
  'hall.followup.extension-decided',
  'hall.followup.lit',
  'hall.followup.cause-given',
  'hall.followup.cause-decided',
  'hall.followup.reviewed',
] as const satisfies readonly EventType[];
const RESERVED = new Set<EventType>([...HOUSEKEEPING, ...DECIDED, 'hall.queue.ended']);

/** Whether events of the type are of the hall about itself. */
export function isHousekeeping(type: EventType): boolean {
  return KEPT.has(type);
}

/** Whether events of the type are of the hall's days: in no count, and no word from anywhere. */
export function isOfDays(type: EventType): boolean {
  return OF_DAYS.has(type);
}

/** Whether only the hall itself says this. */
export function isReserved(type: EventType): boolean {
  return RESERVED.has(type);
}

/** The field by which an event from outside speaks as the hall, or takes back what the hall said; `undefined` where none does. */
export function reservedField(event: HallEvent): string | undefined {
  if (isReserved(event.type)) return 'type';
  if (isOwnSource(event.source)) return 'source';
  if (event.type === 'hall.event.voided' && isOwnSource(event.data.source)) return 'data.source';
  return undefined;
}
