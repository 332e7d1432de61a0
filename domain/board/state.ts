/** The board's state at one ledger position: sums over the ranges of days that are shown, and the lists of living things. */
import type { DayRecord } from '../calendar/hall-day.ts';
import { addDays, momentOf, type Zone } from '../calendar/zone.ts';
import { CellTable, headOf, type Cell, type CellHead, type PlainTable } from './cells.ts';
import type { Entry } from './contribution.ts';
import { ENTRY_KINDS, type Entries, type EntryKind } from './entries.ts';

/** A span of days whose sums the board keeps in memory, and the names (by first path part) that it keeps. */
export interface RangeSpec {
  readonly id: string;
  readonly from?: string;
  readonly to?: string;
  readonly heads: readonly CellHead[];
  /** Names that are kept as coarser ones, so that long spans stay small in memory. */
  readonly reduce?: Reduction;
}

/** `key` names everything that `name` depends on: sums made under another key are made anew. */
export interface Reduction {
  readonly key: string;
  readonly name: (name: string, station: string) => string;
}

export interface Range {
  readonly spec: RangeSpec;
  readonly table: CellTable;
}

export type EntryLists = { [K in EntryKind]: Map<string, Entries[K]> };

export interface BoardState {
  seq: number;
  /** The hall's current day (spec L4); absent until a day was opened. */
  day: string | undefined;
  /** Every day that the hall has opened or closed. */
  days: Map<string, DayRecord>;
  /** The day of the first event that a sender or somebody in the hall sent, in order of arrival. */
  since: string | undefined;
  ranges: Map<string, Range>;
  entries: EntryLists;
  /** Identities of events that a void names and that have not arrived. */
  orphanVoids: Set<string>;
  /**
   * What contributes nothing because its parts could not be computed (spec C16): keys of entities, and
   * `event:` with the identity of single events.
   */
  uncounted: Set<string>;
  /** Station → latest moment of any event that named it. It tells of the link, so voids do not take it back. */
  heardAt: Map<string, number>;
}

export function createBoardState(): BoardState {
  return {
    seq: 0,
    day: undefined,
    days: new Map(),
    since: undefined,
    ranges: new Map(),
    entries: Object.fromEntries(ENTRY_KINDS.map((kind) => [kind, new Map()])) as EntryLists,
    orphanVoids: new Set(),
    uncounted: new Set(),
    heardAt: new Map(),
  };
}

/** Whether a range holds a cell of this day and name. */
export function isInRange(spec: RangeSpec, day: string, name: string): boolean {
  return isWithin(spec, day) && spec.heads.includes(headOf(name) as CellHead);
}

export function addToRanges(state: BoardState, cell: Cell): void {
  const head = headOf(cell.name) as CellHead;
  for (const { spec, table } of state.ranges.values())
    if (spec.heads.includes(head) && isWithin(spec, cell.day)) table.add(cell.station, nameIn(spec, cell), cell.n);
}

/** The name under which a range keeps a cell. */
export function nameIn({ reduce }: RangeSpec, { name, station }: { name: string; station: string }): string {
  return reduce ? reduce.name(name, station) : name;
}

/** Whether a day lies in a span whose ends may be open. */
export function isWithin({ from, to }: { readonly from?: string; readonly to?: string }, day: string): boolean {
  return (from === undefined || day >= from) && (to === undefined || day <= to);
}

/** `zone` is the hall's. */
export function putEntry(state: BoardState, entry: Entry, zone: Zone): void {
  // The union of kinds is known to match the union of lists, which TypeScript cannot correlate.
  const list = state.entries[entry.kind] as Map<string, unknown>;
  const kept = keepFor(state.day, entry, zone);
  if (kept === undefined) list.delete(entry.id);
  else list.set(entry.id, kept);
}

export function takeEntry(state: BoardState, entry: Entry): void {
  state.entries[entry.kind].delete(entry.id);
}

/** What others raised and never ended is kept on the board for so long. */
export const ALARM_DAYS = 31;

/** So long a request or a complaint that nobody answers is kept on the board. */
export const MATTER_DAYS = 93;

/** So long after its end it is still known that a desk stood in for a system: what comes late is judged by it. */
export const FEED_DAYS = 31;

/** Drops what the new current day has no use for. */
export function pruneEntries(state: BoardState, zone: Zone): void {
  for (const kind of ENTRY_KINDS)
    for (const [id, value] of state.entries[kind]) putEntry(state, { kind, id, value } as Entry, zone);
}

/** What of an entry the board keeps on `day`; `undefined` where nothing. */
function keepFor(day: string | undefined, entry: Entry, zone: Zone): Entry['value'] | undefined {
  if (day === undefined) return entry.value;
  if (entry.kind !== 'feed') return isSpent(entry, day) ? undefined : entry.value;
  const earliest = momentOf(zone, addDays(day, -FEED_DAYS));
  const spans = entry.value.filter(({ until }) => until === undefined || until >= earliest);
  return spans.length === 0 ? undefined : spans;
}

/** Stations that are remembered as heard from: far more than any hall has, and not as many as a sender can name. */
const HEARD_LIMIT = 10_000;

/** Notes that a station was named at `at`, epoch ms; of too many stations those heard from longest ago are forgotten. */
export function noteHeard({ heardAt }: BoardState, station: string, at: number): void {
  const known = heardAt.get(station);
  if (known !== undefined && known >= at) return;
  heardAt.set(station, at);
  if (heardAt.size <= HEARD_LIMIT) return;
  const oldest = [...heardAt].sort(([idA, a], [idB, b]) => a - b || (idA < idB ? -1 : 1));
  for (const [id] of oldest.slice(0, HEARD_LIMIT / 10)) heardAt.delete(id);
}

/** A case that is closed, or has no promise and is not paused, a ticket, an appointment and a queue that was ended live no longer than their day, an alarm that has ended no longer than that of its end, and one that nobody ends a month; a request or a complaint that nobody answers three months. */
function isSpent(entry: Entry, day: string): boolean {
  if (entry.kind === 'case') {
    const { open, dueAt, paused } = entry.value;
    return entry.value.day < day && !(open && (dueAt !== undefined || paused === true));
  }
  if (entry.kind === 'ticket' || entry.kind === 'appointment' || entry.kind === 'queue') return entry.value.day < day;
  if (entry.kind === 'alarm')
    return entry.value.day < (entry.value.endedAt === undefined ? addDays(day, -ALARM_DAYS) : day);
  if (entry.kind === 'request' || entry.kind === 'complaint') return entry.value.day < addDays(day, -MATTER_DAYS);
  return false;
}

interface PlainState {
  seq: number;
  day?: string;
  days: [string, Omit<DayRecord, 'corrected'> & { corrected?: [string, number][] }][];
  since?: string;
  ranges: { spec: RangeSpec; table: PlainTable }[];
  entries: { [K in EntryKind]: [string, Entries[K]][] };
  orphanVoids: string[];
  uncounted: string[];
  heardAt: [string, number][];
}

/** State → JSON text for a checkpoint. */
export function serializeState(state: BoardState): string {
  const plain: PlainState = {
    seq: state.seq,
    ...(state.day === undefined ? {} : { day: state.day }),
    days: [...state.days].map(([day, { corrected, ...record }]) => [
      day,
      corrected ? { ...record, corrected: [...corrected] } : record,
    ]),
    ...(state.since === undefined ? {} : { since: state.since }),
    ranges: [...state.ranges.values()].map(({ spec, table }) => ({ spec, table: table.toPlain() })),
    entries: Object.fromEntries(
      ENTRY_KINDS.map((kind) => [kind, [...state.entries[kind]]]),
    ) as unknown as PlainState['entries'],
    orphanVoids: [...state.orphanVoids],
    uncounted: [...state.uncounted],
    heardAt: [...state.heardAt],
  };
  return JSON.stringify(plain);
}

/** The inverse of `serializeState`. @throws SyntaxError when the text is not JSON */
export function parseState(text: string): BoardState {
  const plain = JSON.parse(text) as PlainState;
  return {
    seq: plain.seq,
    day: plain.day,
    days: new Map(
      plain.days.map(([day, { corrected, ...record }]) => [
        day,
        corrected ? { ...record, corrected: new Map(corrected) } : record,
      ]),
    ),
    since: plain.since,
    ranges: new Map(plain.ranges.map(({ spec, table }) => [spec.id, { spec, table: CellTable.from(table) }])),
    entries: Object.fromEntries(
      ENTRY_KINDS.map((kind) => [kind, new Map<string, unknown>(plain.entries[kind])]),
    ) as EntryLists,
    orphanVoids: new Set(plain.orphanVoids),
    uncounted: new Set(plain.uncounted),
    heardAt: new Map(plain.heardAt),
  };
}
