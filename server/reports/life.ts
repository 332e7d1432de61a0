/** Everything that was ever said of one row, as `GET /api/rows/one` tells it: with what it names, and what names it. */
import type { DayRecord } from '../../domain/calendar/hall-day.ts';
import { dayOf, type Zone } from '../../domain/calendar/zone.ts';
import type { HallEvent, LedgerEvent } from '../../domain/events/event.ts';
import { filingOf } from '../../domain/events/filing.ts';
import { factOf } from '../../domain/profile/feed-of.ts';
import { isInForce, type HallConfig } from '../../domain/profile/profile.ts';
import { own } from '../../domain/wire/own.ts';
import type { RelatedRow, RowEvent, RowLife } from '../../domain/wire/rows.ts';
import type { EntityLife, LifeEvent } from '../ledger/port.ts';
import type { RowNames } from './row-names.ts';

/** Fields that hold the id of something with a life of its own, which is called as they are. */
const NAMING = ['case', 'ticket', 'appointment', 'request', 'complaint', 'suggestion', 'followup'] as const;

export interface LifeAround {
  /** Of each of `keysNear`, what is filed under it. */
  readonly history: ReadonlyMap<string, readonly LedgerEvent[]>;
  readonly days: ReadonlyMap<string, DayRecord>;
  readonly config: HallConfig;
  readonly zone: Zone;
  readonly names: RowNames;
}

/** A row's own key, and those of whatever its events name. */
export function keysNear(key: string, { events }: EntityLife): string[] {
  return [...new Set([key, ...events.flatMap(({ event }) => namedIn(event).map((one) => one.key))])];
}

/** @param life of which something was said */
export function tellLife(life: EntityLife, key: string, around: LifeAround): Omit<RowLife, 'hall' | 'timeZone'> {
  const id = idOf(key);
  return {
    key,
    kind: kindOf(key),
    ...(id === undefined ? {} : { id }),
    related: relatedTo(key, around),
    events: life.events.map((one) => toRowEvent(one, key, around)),
    seq: life.seq,
  };
}

function toRowEvent({ event, receivedAt, actor, voided }: LifeEvent, key: string, around: LifeAround): RowEvent {
  const { seq, source, id, type, at } = event;
  const { days, zone, names } = around;
  const data = event.data as Readonly<Record<string, unknown>>;
  const closedAt = days.get(dayOf(zone, at))?.closedAt;
  const links = namedIn(event).filter((one) => one.key !== key && isKnown(one.key, around));
  const feedOf = feedFactOf(event, around);
  return {
    ...{ seq, source, id, type, at, receivedAt, data },
    names: names.fields(data, dayOf(zone, at)),
    links: Object.fromEntries(links.map((one) => [one.kind, one])),
    ...(actor ? { by: names.recorder(actor) } : {}),
    ...(feedOf ? { feedOf } : {}),
    ...(closedAt !== undefined && closedAt < seq ? { late: true } : {}),
    ...(voided
      ? {
          voided: {
            seq: voided.seq,
            at: voided.at,
            ...(voided.reason ? { reason: voided.reason } : {}),
            ...(voided.actor ? { by: names.recorder(voided.actor) } : {}),
          },
        }
      : {}),
  };
}

/** What names it is filed under it as well: it is known where something is about itself. */
function isKnown(key: string, { history, zone }: LifeAround): boolean {
  return (history.get(key) ?? []).some((event) => filingOf(event, zone).entity === key);
}

function namedIn({ data }: HallEvent): RelatedRow[] {
  return NAMING.flatMap((kind) => {
    const id = own(data as Readonly<Record<string, unknown>>, kind);
    return typeof id === 'string' && id !== '' ? [{ key: `${kind}:${id}`, kind, id }] : [];
  });
}

/** What is filed under a row beside its own events is of what they are about. */
function relatedTo(key: string, { history, zone }: LifeAround): RelatedRow[] {
  const keys = new Set((history.get(key) ?? []).map((event) => filingOf(event, zone).entity ?? key));
  keys.delete(key);
  return [...keys].sort().map((other) => ({ key: other, kind: kindOf(other), id: idOf(other) ?? other }));
}

function feedFactOf({ type, source, at }: HallEvent, { config, zone }: LifeAround): RowEvent['feedOf'] {
  const fact = factOf(type);
  const day = dayOf(zone, at);
  const isNamed = config.profile.feeds?.some(
    (feed) => feed.fact === fact && feed.source === source && isInForce(feed, day),
  );
  return isNamed ? fact : undefined;
}

function kindOf(key: string): string {
  return key.slice(0, key.indexOf(':'));
}

/** What names an entity outside the ledger; a single event is named by nothing that people know. */
export function idOf(key: string): string | undefined {
  const kind = kindOf(key);
  return ['event', 'voided', 'late', 'check'].includes(kind) ? undefined : key.slice(kind.length + 1);
}
