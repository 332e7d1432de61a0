/** How rows of entities lie in their table, and how those that reach into some days are walked over, newest first. */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { cellPart } from '../../../domain/board/cells.ts';
import type { Entry } from '../../../domain/board/contribution.ts';
import {
  lengthClass,
  OPEN_CLASS,
  reachClass,
  ROW_KINDS,
  type DatedRow,
  type EntityRow,
  type RowKind,
} from '../../../domain/board/entity-row.ts';
import { addDays } from '../../../domain/calendar/zone.ts';
import { compareRows, type RowPlace, type RowWalk } from '../../../domain/rows/query.ts';
import type { Value } from './rows.ts';

export const ENTITY_ROW_COLUMNS = [
  'key',
  'kind',
  'length',
  'day',
  'last_day',
  'at',
  'station',
  'item',
  'line',
  'window',
  'staff',
  'cells',
  'touched',
  'reach',
  'reach_length',
  'entry',
] as const;

/** A row's values, in the order of ENTITY_ROW_COLUMNS. */
export function packEntityRow(row: DatedRow): Value[] {
  const { key, kind, day, lastDay, at, station, item = null, line = null, window = null, staff = null } = row;
  const { touched, open } = row;
  const cells = row.cells.map((cell) =>
    cell.station === station ? [cell.day, cell.name, cell.n] : [cell.day, cell.name, cell.n, cell.station],
  );
  const values = [key, kind, lengthClass(row), day, lastDay, at, station, item, line, window, staff];
  const past = open ? [open.reach, reachClass(row, open), open.entry ? JSON.stringify(open.entry) : null] : NOT_OPEN;
  return [...values, JSON.stringify(cells), touched, ...past];
}

const NOT_OPEN: readonly Value[] = [null, null, null];

type Packed = readonly [
  key: string,
  kind: RowKind,
  length: number,
  day: string,
  lastDay: string,
  at: number,
  station: string,
  item: string | null,
  line: string | null,
  window: string | null,
  staff: string | null,
  cells: string,
];
type PackedPast = readonly [...Packed, touched: number, reach: string | null, entry: string | null];
type PackedCell = readonly [day: string, name: string, n: number, station?: string];

function unpackEntityRow([
  key,
  kind,
  ,
  day,
  lastDay,
  at,
  station,
  item,
  line,
  window,
  staff,
  cells,
]: Packed): EntityRow {
  return {
    key,
    kind,
    station,
    day,
    lastDay,
    at,
    ...(item === null ? {} : { item }),
    ...(line === null ? {} : { line }),
    ...(window === null ? {} : { window }),
    ...(staff === null ? {} : { staff }),
    cells: (JSON.parse(cells) as PackedCell[]).map(([on, name, n, elsewhere]) => ({
      day: on,
      station: elsewhere ?? station,
      name,
      n,
    })),
  };
}

function unpackDated(values: PackedPast): DatedRow {
  const [touched, reach, entry] = values.slice(ENTITY_ROW_COLUMNS.indexOf('cells') + 1) as [
    number,
    string | null,
    string | null,
  ];
  return {
    ...unpackEntityRow(values as unknown as Packed),
    touched,
    ...(reach === null ? {} : { open: { reach, ...(entry === null ? {} : { entry: JSON.parse(entry) as Entry }) } }),
  };
}

const CLASSES = Array.from({ length: OPEN_CLASS + 1 }, (_, length) => length);

const COLUMNS = ENTITY_ROW_COLUMNS.slice(0, ENTITY_ROW_COLUMNS.indexOf('cells') + 1).join(', ');
const WALK = `SELECT ${COLUMNS} FROM entity_rows
  WHERE fold = :fold AND kind = :kind AND length = :length AND day BETWEEN :earliest AND :to AND last_day >= :from
    AND (:station IS NULL OR station = :station OR kind = 'ticket')
    AND (:item IS NULL OR item = :item)
    AND (:line IS NULL OR line = :line OR item IN (SELECT value FROM json_each(:items)))
    AND (:window IS NULL OR CASE kind WHEN 'case' THEN instr(cells, :accepted) > 0
      WHEN 'ticket' THEN window = :window OR instr(cells, :served) > 0 ELSE window = :window END)
    AND (:staff IS NULL OR staff = :staff)
    AND (:day IS NULL OR (day, at, key) < (:day, :at, :key))
  ORDER BY day DESC, at DESC, key DESC`;
const KINDS_THERE = `SELECT 1 FROM entity_rows WHERE fold = ? AND kind = ? AND length = ? LIMIT 1`;

/** Of what is over by now: a case that was over already, and an alarm, may be shown on their last day. */
const PAST_OVER = `SELECT ${COLUMNS}, touched, reach, entry FROM entity_rows
  WHERE fold = ?1 AND kind = ?2 AND length = ?3 AND day BETWEEN ?4 AND ?5 AND last_day >= ?5
    AND (touched > ?6 OR kind IN ('case', 'alarm'))`;
const PAST_OPEN = `SELECT ${COLUMNS}, touched, reach, entry FROM entity_rows
  WHERE fold = ?1 AND length = ${OPEN_CLASS} AND reach_length = ?2 AND day BETWEEN ?3 AND ?4 AND reach >= ?4`;

/** What was voided or came late is told as the ledger knows it now. */
const PAST_KINDS = ROW_KINDS.filter((kind) => kind !== 'voided' && kind !== 'late');

export class EntityRows {
  readonly #isThere: StatementSyncInstance;
  readonly #pastOver: StatementSyncInstance;
  readonly #pastOpen: StatementSyncInstance;

  constructor(private readonly db: DatabaseSyncInstance) {
    this.#isThere = db.prepare(KINDS_THERE);
    this.#pastOver = db.prepare(PAST_OVER);
    this.#pastOpen = db.prepare(PAST_OPEN);
    for (const statement of [this.#pastOver, this.#pastOpen]) statement.setReturnArrays(true);
  }

  /** Rows that reach the day on which a past moment lies, or that a board shows on it, as they are now. */
  *reaching(fold: number, day: string, at: number): Generator<DatedRow> {
    for (const length of CLASSES) {
      const earliest = reachBack(day, length);
      for (const row of this.#pastOpen.all(fold, length, earliest, day))
        yield unpackDated(row as unknown as PackedPast);
      if (length === OPEN_CLASS) continue;
      for (const kind of PAST_KINDS)
        for (const row of this.#pastOver.all(fold, kind, length, earliest, day, at))
          yield unpackDated(row as unknown as PackedPast);
    }
  }

  /** Rows of the kinds that reach into the days, the newest first; those behind `after` where it is given. */
  *walk(fold: number, { kinds, from, to, after, itemsOfLine = [], ...dimensions }: RowWalk): Generator<EntityRow> {
    const { station = null, item = null, line = null, window = null, staff = null } = dimensions;
    const items = JSON.stringify(itemsOfLine);
    const { accepted, served } = windowCells(window);
    const place = after ?? { day: null, at: null, key: null };
    const cursors: Cursor[] = [];
    try {
      for (const kind of kinds)
        for (const length of CLASSES) {
          if (this.#isThere.get(fold, kind, length) === undefined) continue;
          const statement = this.db.prepare(WALK);
          statement.setReturnArrays(true);
          const rows = statement.iterate({
            fold,
            kind,
            length,
            earliest: reachBack(from, length),
            from,
            to: after && after.day < to ? after.day : to,
            station,
            item,
            line,
            items,
            window,
            accepted,
            served,
            staff,
            day: place.day,
            at: place.at,
            key: place.key,
          });
          const cursor: Cursor = { rows: rows as unknown as Iterator<Packed>, next: undefined };
          advance(cursor);
          cursors.push(cursor);
        }
      for (;;) {
        let newest: Cursor | undefined;
        for (const cursor of cursors)
          if (cursor.next && (!newest?.next || compareRows(cursor.next, newest.next) < 0)) newest = cursor;
        if (!newest?.next) return;
        yield newest.next;
        advance(newest);
      }
    } finally {
      for (const { rows } of cursors) rows.return?.();
    }
  }
}

/** How `packEntityRow` writes the cells that name the window at which a case was accepted, or a ticket served: of the first the end. */
function windowCells(window: string | null): { readonly accepted: string | null; readonly served: string | null } {
  if (window === null) return { accepted: null, served: null };
  const part = cellPart(window);
  return { accepted: JSON.stringify(`/${part}`).slice(1), served: JSON.stringify(`window/${part}/served`) };
}

interface Cursor {
  readonly rows: Iterator<Packed>;
  next: (EntityRow & RowPlace) | undefined;
}

function advance(cursor: Cursor): void {
  const { value, done } = cursor.rows.next();
  cursor.next = done === true ? undefined : unpackEntityRow(value as Packed);
}

/** The first day on which a row of this class can have begun that reaches `from`. */
function reachBack(from: string, length: number): string {
  if (length >= OPEN_CLASS) return '';
  const days = 2 ** length - 1;
  return days > 3_000_000 ? '' : addDays(from, -days);
}
