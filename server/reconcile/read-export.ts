/** An export as facts, each with its row; what cannot be read is a finding, and never shows what stands there. */
import { dayOf, type Zone } from '../../domain/calendar/zone.ts';
import { eventKey, type HallEvent } from '../../domain/events/event.ts';
import type { EventType } from '../../domain/events/schema.ts';
import type { Mapping } from '../../domain/mapping/mapping.ts';
import { factOf } from '../../domain/profile/feed-of.ts';
import type { FeedFact } from '../../domain/profile/feeds.ts';
import type { Finding } from '../../domain/reconcile/finding.ts';
import type { FileFact } from '../../domain/reconcile/lay.ts';
import type { RowSource } from '../ingest/import/file-row.ts';
import { findLastRows, readRow } from '../ingest/import/read-row.ts';
import { bindMapping } from '../ingest/import/run-import.ts';

/** More rows than a day of any hall has: they are all held at once. */
export const ROW_LIMIT = 200_000;

export interface ExportReading {
  readonly rows: number;
  /** Of any day, each identity once. */
  readonly facts: readonly FileFact[];
  readonly unread: readonly Finding[];
}

export interface ExportOptions {
  readonly mapping: Mapping;
  readonly source: RowSource;
  /** Of these facts alone, where one kind is asked for. */
  readonly kind: FeedFact | undefined;
  readonly now: number;
  readonly roster: ReadonlySet<string>;
}

/**
 * @returns `too-many` where the file has more than ROW_LIMIT rows
 * @throws ImportProblem where the file cannot be read by the mapping at all
 */
export async function readExport(options: ExportOptions): Promise<ExportReading | 'too-many'> {
  const { mapping, source, kind, now, roster } = options;
  const keys = new Set<string>();
  const { mapRow, lastKeys } = bindMapping(mapping, source);
  const reader = {
    mapRow,
    isLast: await findLastRows(source, lastKeys),
    context: { now, roster },
    takeFirst: (key: string) => keys.size < keys.add(key).size,
  };
  const byIdentity = new Map<string, FileFact>();
  const unread: Finding[] = [];
  let rows = 0;
  for await (const row of source.rows(() => {})) {
    const read = readRow(row, reader);
    if (read.kind === 'blank') continue;
    if (++rows > ROW_LIMIT) return 'too-many';
    if (read.kind === 'refused') {
      const { line, reason, columns } = read.finding;
      unread.push(toUnread(line, reason, columns));
    }
    if (read.kind !== 'events') continue;
    for (const { item, mapped } of read.items) {
      const { event } = item;
      if (kind !== undefined && factOf(event.type) !== kind) continue;
      const identity = eventKey(event.source, event.id);
      const first = byIdentity.get(identity);
      // A row that is there twice says nothing more; one that says something else under the same name does.
      if (first === undefined) byIdentity.set(identity, { event, line: read.line });
      else if (!isSame(first.event, event)) unread.push(toUnread(read.line, 'conflict', mapped.columnsOf('id')));
    }
  }
  return { rows, facts: [...byIdentity.values()], unread };
}

/** The types that a mapping tells of, each with the fields that it tells. */
export function toldOf({ spec }: Mapping, kind: FeedFact | undefined): Map<EventType, Set<string>> {
  const told = new Map<EventType, Set<string>>();
  for (const { type, data } of spec.events) {
    if (kind !== undefined && factOf(type) !== kind) continue;
    const fields = told.get(type) ?? new Set();
    for (const field of Object.keys(data)) if (field !== 'ticketDay') fields.add(field);
    told.set(type, fields);
  }
  return told;
}

/** The other days of an export, the fullest first. */
export function daysOf(facts: readonly FileFact[], zone: Zone): { readonly day: string; readonly events: number }[] {
  const days = new Map<string, number>();
  for (const { event } of facts) {
    const day = dayOf(zone, event.at);
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  return [...days].map(([day, events]) => ({ day, events })).sort((a, b) => b.events - a.events);
}

function toUnread(line: number, reason: string, columns: readonly string[]): Finding {
  return { kind: 'unread', thing: `line:${line}`, facts: [], line, reason, columns };
}

function isSame(a: HallEvent, b: HallEvent): boolean {
  return a.type === b.type && a.at === b.at && JSON.stringify(a.data) === JSON.stringify(b.data);
}
