/** The oracle's reading of the ledger: what exists, in which order, and what became of each case. */
import { workingTime } from './arithmetic.ts';
import { isKnownType, isReadable } from './form.ts';
import { compareCodePoints } from './order.ts';
import type { EventOf, HallEvent } from '../../domain/events/event.ts';
import type { EventType } from '../../domain/events/schema.ts';
import type { Ratio } from '../../domain/board/topics/data.ts';
import type { HallConfig, Item } from '../../domain/profile/profile.ts';

/** Who alone opens and closes days. */
const HALL = 'urn:hallpulse:hall';
/** Who alone may take back without correcting. */
const DESK = 'urn:hallpulse:desk';

export interface Arrival {
  readonly event: HallEvent;
}

export const identify = (source: string, id: string): string => JSON.stringify([source, id]);

/** W3: what came first under an identity stays; repeats and conflicts change nothing. */
export function readLedger(arrivals: readonly Arrival[]): HallEvent[] {
  const seen = new Set<string>();
  const ledger: HallEvent[] = [];
  for (const { event } of arrivals) {
    const key = identify(event.source, event.id);
    if (seen.has(key)) continue;
    seen.add(key);
    ledger.push(event);
  }
  return ledger;
}

/** What voids name, whether it has come or not. */
export function readVoided(ledger: readonly HallEvent[]): Set<string> {
  return new Set(ofType(ledger, 'hall.event.voided').map((event) => identify(event.data.source, event.data.id)));
}

/** C16: what has no form that could be counted, and that nobody voided. */
export function readUncounted(ledger: readonly HallEvent[]): HallEvent[] {
  const voided = readVoided(ledger);
  return ledger.filter((event) => !isReadable(event) && !voided.has(identify(event.source, event.id)));
}

/** C3, C1, C16: the events that exist, voids themselves left out, in the one order in which they are read. */
export function readLiving(ledger: readonly HallEvent[]): HallEvent[] {
  const voided = readVoided(ledger);
  return ledger
    .filter((event) => event.type !== 'hall.event.voided' && !voided.has(identify(event.source, event.id)))
    .filter(isReadable)
    .sort((a, b) => a.at - b.at || compareCodePoints(a.source, b.source) || compareCodePoints(a.id, b.id));
}

export function ofType<T extends EventType>(events: readonly HallEvent[], type: T): EventOf<T>[] {
  return events.filter((event): event is EventOf<T> => event.type === type);
}

export const instantOf = (moment: string): number => Date.parse(moment.toUpperCase());

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface CaseFacts {
  readonly accepted: EventOf<'hall.case.accepted'>;
  readonly finished: EventOf<'hall.case.finished'> | undefined;
  /** The stretched promise; `Infinity` while a pause holds it open; `undefined` without one. */
  readonly promise: number | undefined;
  readonly pauses: readonly Stretch[];
  readonly uploadedAt: number | undefined;
  readonly suppliedAt: number | undefined;
  readonly ratedAt: number | undefined;
  readonly activelyRatedAt: number | undefined;
}

/** C4 to C11 for every case that was accepted. `living` in order C1. */
export function readCases(living: readonly HallEvent[]): CaseFacts[] {
  const cases: CaseFacts[] = [];
  const known = new Set<string>();
  for (const accepted of ofType(living, 'hall.case.accepted')) {
    const id = accepted.data.case;
    if (known.has(id)) continue;
    known.add(id);
    const stops = living.filter(
      (event) => (event.type === 'hall.case.paused' || event.type === 'hall.case.resumed') && event.data.case === id,
    );
    const ratings = ofType(living, 'hall.rating.given').filter(
      ({ data }) => data.case === id || (data.ticket != null && data.ticket === accepted.data.ticket),
    );
    const uploads = ofType(living, 'hall.licence.uploaded').filter(({ data }) => data.case === id);
    cases.push({
      accepted,
      finished: ofType(living, 'hall.case.finished').findLast(({ data }) => data.case === id),
      promise: stretchPromise(accepted.data.promisedBy, stops),
      pauses: readPauses(stops),
      uploadedAt: uploads[0]?.at,
      suppliedAt: ofType(living, 'hall.case.supplemented').find(({ data }) => data.case === id)?.at,
      ratedAt: ratings[0]?.at,
      activelyRatedAt: ratings.find(({ data }) => data.byDefault !== true)?.at,
    });
  }
  return cases;
}

/** C7. */
function stretchPromise(promisedBy: string | null | undefined, stops: readonly HallEvent[]): number | undefined {
  if (promisedBy == null) return undefined;
  let promise = instantOf(promisedBy);
  let since: number | undefined;
  for (const stop of stops) {
    if (stop.type === 'hall.case.paused' && since === undefined && stop.at < promise) since = stop.at;
    if (stop.type === 'hall.case.resumed' && since !== undefined) {
      promise += stop.at - since;
      since = undefined;
    }
  }
  return since === undefined ? promise : Infinity;
}

/** M7: every stretch for which a case stood still, whether or not a promise ran. */
function readPauses(stops: readonly HallEvent[]): Stretch[] {
  const pauses: Stretch[] = [];
  let since: number | undefined;
  for (const stop of stops) {
    if (stop.type === 'hall.case.paused') since ??= stop.at;
    else if (since !== undefined) {
      pauses.push({ from: since, to: stop.at });
      since = undefined;
    }
  }
  if (since !== undefined) pauses.push({ from: since, to: Infinity });
  return pauses;
}

/** M7: what of a finished case's time was worked; `null` where it stays out. */
export function measureTurnaround(
  { accepted, finished, pauses }: CaseFacts,
  { calendarDocument: document }: HallConfig,
  zone: string,
): number | null {
  if (finished === undefined || finished.at < accepted.at) return null;
  const { station } = accepted.data;
  let total = workingTime(document, zone, accepted.at, finished.at, station);
  for (const pause of pauses)
    total -= workingTime(document, zone, Math.max(pause.from, accepted.at), Math.min(pause.to, finished.at), station);
  return total;
}

/** Whether papers were missing at the acceptance. */
export function lacksPapers({ deferredDocuments: papers }: EventOf<'hall.case.accepted'>['data']): boolean {
  return Array.isArray(papers) || typeof papers === 'string' ? papers.length > 0 : papers === true;
}

/** M15: the catalogue's entry of an item, where it is in force on a day. */
export function entryOn(items: readonly Item[], code: string, on: string): Item | undefined {
  const item = items.find((one) => one.code === code);
  if (item?.from !== undefined && on < item.from) return undefined;
  return item?.until !== undefined && on > item.until ? undefined : item;
}

const DAY_MS = 86_400_000;

export function msOfDays(days: number | undefined): number | undefined {
  return days === undefined ? undefined : Math.round(days * DAY_MS);
}

/** M15, M16: over what states a time that the law allows; in working days. */
export function savedDays(
  parts: readonly { readonly item: Item | undefined; readonly ms: number | undefined }[],
): Ratio {
  let [left, allowed] = [0, 0];
  for (const { item, ms } of parts) {
    if (item?.statutoryDays === undefined || item.statutoryDays <= 0 || ms === undefined) continue;
    left += msOfDays(item.statutoryDays)! - ms;
    allowed += msOfDays(item.statutoryDays)!;
  }
  const days = (ms: number): number => Math.round((ms / DAY_MS) * 10_000) / 10_000;
  return { n: days(left), of: days(allowed) };
}

/** The earliest opening event of each entity (C4), of events in order C1. */
export function firstOfEach<E>(events: readonly E[], idOf: (event: E) => string): E[] {
  return events.filter((event, index) => events.findIndex((other) => idOf(other) === idOf(event)) === index);
}

/** Types whose events do not name a station, whatever a sender put beside their fields. */
const NAMELESS =
  /^hall\.(case\.(supplemented|paused|resumed|finished)|licence|followup\.(?!opened)[a-z-]+|notice|alarm\.(taken|ended)|suggestion\.(released|assigned|declined|answered)|(request|complaint)\.(released|assigned|declined)|star|day|profile|event)\b/;

/** The station that an event itself names, or nothing. */
export function placeNamed(event: HallEvent): string {
  if (NAMELESS.test(event.type) || !isKnownType(event.type) || !('station' in event.data)) return '';
  const { station } = event.data as { readonly station?: unknown };
  return typeof station === 'string' ? station : '';
}

/** What is never a correction (L2). */
export function isHousekeeping(event: HallEvent): boolean {
  return (
    isDay(event) ||
    /^hall\.((profile|access|feed)\.changed|day\.reconciled|reconcile\.noted|file\.imported|star\.(un)?planned|report\..+|notice\..+)$/.test(
      event.type,
    )
  );
}

/** L2: a void by which a desk takes back what was written down there a moment ago. */
export function isTakenBack(event: EventOf<'hall.event.voided'>): boolean {
  return event.source === DESK && event.data.undo === true;
}

/** Only what the hall itself says of its days, in a form that can be read, opens and closes them. */
export function isOwnDay(event: HallEvent): event is EventOf<'hall.day.opened' | 'hall.day.closed'> {
  return /^hall\.day\.(opened|closed)$/.test(event.type) && event.source === HALL && isReadable(event);
}

/** Of the hall's days: opened, closed, frozen, chained. */
export function isDay(event: HallEvent): boolean {
  return event.type.startsWith('hall.day.');
}
