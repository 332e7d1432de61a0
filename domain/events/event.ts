/** An event as the product holds it, and the one order in which events of an entity are read. */
import type { EventData, EventType } from './schema.ts';

/** An event that has passed every check and may be appended. `at` is epoch milliseconds. */
export type HallEvent = {
  [T in EventType]: {
    readonly source: string;
    readonly id: string;
    readonly type: T;
    readonly at: number;
    readonly subject?: string;
    readonly data: EventData[T];
  };
}[EventType];

/** A HallEvent with its place in the ledger. */
export type LedgerEvent = HallEvent & { readonly seq: number };

export type EventOf<T extends EventType> = Extract<HallEvent, { type: T }>;
export type LedgerEventOf<T extends EventType> = Extract<LedgerEvent, { type: T }>;

/** Narrows by type; the union's data follows. */
export function isOfType<T extends EventType>(event: LedgerEvent, type: T): event is LedgerEventOf<T> {
  return event.type === type;
}

/**
 * Compares two strings by code point, which is also the order of their UTF-8 bytes, so that
 * the fold, SQLite (BINARY) and PostgreSQL (COLLATE "C") break ties alike.
 */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const xSurrogate = x >= 0xd800 && x <= 0xdfff;
    const ySurrogate = y >= 0xd800 && y <= 0xdfff;
    if (xSurrogate !== ySurrogate) return xSurrogate ? 1 : -1;
    return x < y ? -1 : 1;
  }
  return a.length - b.length;
}

/** Spec rule C1: events of one entity are read in the order (time, source, id), never in the order of arrival. */
export function compareEvents(a: HallEvent, b: HallEvent): number {
  return a.at - b.at || compareText(a.source, b.source) || compareText(a.id, b.id);
}

/** What names a single event among the keys of entities. */
export function singleKey({ source, id }: HallEvent): string {
  return `event:${eventKey(source, id)}`;
}

/** The identity of an event within its hall, as one string: neither part can be confused with the other. */
export function eventKey(source: string, id: string): string {
  return `${source.length}:${source}${id}`;
}
