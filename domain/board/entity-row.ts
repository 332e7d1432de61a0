/** One row an entity: what it adds to which counts, how far it reaches in time, and where it belongs. */
import { addDays, BEHIND_DAYS, dayNumber, dayOf, type Zone } from '../calendar/zone.ts';
import { eventKey, singleKey, type LedgerEvent } from '../events/event.ts';
import type { Cell } from './cells.ts';
import type { Contribution, Entry } from './contribution.ts';
import { ALARM_DAYS } from './state.ts';

/**
 * Entities that are counted, events that count alone, and two that the ledger itself makes: an event that was voided,
 * and one that came after its day had closed.
 */
export const ROW_KINDS = [
  'case',
  'ticket',
  'appointment',
  'request',
  'complaint',
  'followup',
  'alarm',
  'suggestion',
  'check',
  'rating',
  'consultation',
  'service',
  'training',
  'voided',
  'late',
] as const;
export type RowKind = (typeof ROW_KINDS)[number];

/** By what a figure can be narrowed beside its station; each is absent where no event says it. */
export interface Dimensions {
  readonly item?: string;
  readonly line?: string;
  readonly window?: string;
  readonly staff?: string;
}

export interface EntityRow extends Dimensions {
  /** An entity's key (`case:…`), of a single event `event:` and its identity, `voided:…` or `late:…`. */
  readonly key: string;
  readonly kind: RowKind;
  readonly station: string;
  /** The first day on which it counts or something happens to it. */
  readonly day: string;
  /** The last one; behind all days while it is open. */
  readonly lastDay: string;
  /** When it began, epoch ms. */
  readonly at: number;
  readonly cells: readonly Cell[];
}

/** A row with what a look at a past moment asks of it. */
export interface DatedRow extends EntityRow {
  /** The last moment of what it is made of, epoch ms: whoever looks at a later one sees it as it is now. */
  readonly touched: number;
  /** While it is open. */
  readonly open?: OpenRow;
}

/** Of a row that is open: a look at a past moment need not read all that ever stayed open. */
export interface OpenRow {
  /** The last day on which something happened to it, or on which a board shows it. */
  readonly reach: string;
  /** What a board shows of it; absent where no board does. */
  readonly entry?: Entry;
}

/** A row as it is from now on; without one there is none any more. `forget`: all rows whose key begins so are gone. */
export type RowChange = { readonly key: string; readonly row: DatedRow | undefined } | { readonly forget: string };

/**
 * @param events the entity's own live events, in the order of C1
 * @param others those of another entity that its contribution was made of as well
 * @returns `undefined` where it counts nowhere
 */
export function rowOfEntity(
  key: string,
  events: readonly LedgerEvent[],
  { cells, entry }: Contribution,
  zone: Zone,
  others: readonly LedgerEvent[] = [],
): DatedRow | undefined {
  const kind = key.slice(0, key.indexOf(':'));
  const [first] = events;
  if (!isRowKind(kind) || cells.length === 0 || first === undefined) return undefined;
  let day = cells[0]!.day;
  let lastDay = day;
  let touched = first.at;
  const reach = (other: string): void => {
    if (other < day) day = other;
    if (other > lastDay) lastDay = other;
  };
  const reachMoment = ({ at }: LedgerEvent): void => {
    reach(dayOf(zone, at));
    if (at > touched) touched = at;
  };
  for (const cell of cells) reach(cell.day);
  events.forEach(reachMoment);
  others.forEach(reachMoment);
  const isOpen = entry !== undefined && isLiving(entry);
  return {
    key,
    kind,
    station: cells[0]!.station,
    day,
    lastDay: isOpen ? BEHIND_DAYS : lastDay,
    at: first.at,
    touched,
    ...(isOpen ? { open: readOpen(entry, lastDay, zone) } : {}),
    cells,
    ...dimensionsOf(events, kind === 'ticket'),
  };
}

/** Of an event that stands for itself. */
export function rowOfSingle(event: LedgerEvent, cells: readonly Cell[]): DatedRow | undefined {
  const kind = event.type.split('.')[1]!;
  const [cell] = cells;
  if (!isRowKind(kind) || cell === undefined) return undefined;
  const { day, station } = cell;
  return {
    key: singleKey(event),
    kind,
    station,
    day,
    lastDay: day,
    at: event.at,
    touched: event.at,
    cells,
    ...dimensionsOf([event], false),
  };
}

/** Of what the ledger itself says of an event: that it was voided, or came late. */
export function rowOfLedger(kind: 'voided' | 'late', key: string, { at }: LedgerEvent, cell: Cell): DatedRow {
  const { day, station } = cell;
  return { key, kind, station, day, lastDay: day, at, touched: at, cells: [cell] };
}

export function voidedKey({ source, id }: LedgerEvent): string {
  return `voided:${eventKey(source, id)}`;
}

/** @param seq the position at which the day was corrected; without one what all such keys of the day begin with */
export function lateKey(day: string, seq: number | '' = ''): string {
  return `late:${day}:${seq}`;
}

/**
 * How long a row reaches, in classes: 0 is one day, and each further class twice as long as the one before. Whatever
 * reaches into a span begins no earlier than its class is long before it, so that a look need not go back for ever.
 */
export function lengthClass({ day, lastDay }: Pick<EntityRow, 'day' | 'lastDay'>): number {
  if (lastDay === BEHIND_DAYS) return OPEN_CLASS;
  const days = dayNumber(lastDay) - dayNumber(day);
  return 32 - Math.clz32(days);
}

/** That of rows which are open: longer than any other. */
export const OPEN_CLASS = 32;

/** As `lengthClass`, by the last day on which a row that is open matters. */
export function reachClass({ day }: Pick<EntityRow, 'day'>, { reach }: OpenRow): number {
  return lengthClass({ day, lastDay: reach });
}

function isRowKind(kind: string): kind is RowKind {
  return (ROW_KINDS as readonly string[]).includes(kind);
}

function isLiving(entry: Entry): boolean {
  if (entry.kind === 'case') return entry.value.open;
  if (entry.kind === 'alarm') return entry.value.endedAt === undefined;
  if (entry.kind === 'appointment') return entry.value.kept !== true;
  return true;
}

function readOpen(entry: Entry, lastDay: string, zone: Zone): OpenRow {
  const shown = shownUntil(entry, zone);
  if (shown === undefined) return { reach: lastDay };
  return { reach: shown > lastDay ? shown : lastDay, entry };
}

/** The last day on which a topic may show it; `undefined` where none does. */
function shownUntil(entry: Entry, zone: Zone): string | undefined {
  switch (entry.kind) {
    case 'case':
    case 'followup':
    case 'suggestion':
      return BEHIND_DAYS;
    case 'ticket':
      return entry.value.day;
    case 'alarm':
      return addDays(dayOf(zone, entry.value.raisedAt), ALARM_DAYS);
    default:
      return undefined;
  }
}

/**
 * The first event that says it decides; of a ticket's window and staff the last: whoever served it. A case has a rule
 * of its own (spec S1).
 */
function dimensionsOf(events: readonly LedgerEvent[], isLast: boolean): Dimensions {
  const item = firstOf(events, 'item');
  const line = firstOf(events, 'line');
  const late = isLast ? [...events].reverse() : events;
  const window = firstOf(late, 'window');
  const isCase = events.some(({ type }) => type === 'hall.case.accepted');
  const staff = isCase ? creditOf(events) : firstOf(late, 'staff');
  return {
    ...(item === undefined ? {} : { item }),
    ...(line === undefined ? {} : { line }),
    ...(window === undefined ? {} : { window }),
    ...(staff === undefined ? {} : { staff }),
  };
}

/** Whoever the winning finish of a case names, else its acceptance; a rating's word on it is about the rating. */
function creditOf(events: readonly LedgerEvent[]): string | undefined {
  const finish = events.findLast(({ type }) => type === 'hall.case.finished');
  const accepted = events.find(({ type }) => type === 'hall.case.accepted');
  return firstOf(
    [finish, accepted].filter((event) => event !== undefined),
    'staff',
  );
}

function firstOf(events: readonly LedgerEvent[], field: keyof Dimensions): string | undefined {
  for (const { data } of events) {
    const value = (data as Readonly<Record<string, unknown>>)[field];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}
