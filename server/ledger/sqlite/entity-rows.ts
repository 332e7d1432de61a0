/** How rows of entities lie in their table, and how those that reach into some days are walked over, newest first. */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { lengthClass, OPEN_CLASS, type EntityRow, type RowKind } from '../../../domain/board/entity-row.ts';
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
] as const;

/** A row's values, in the order of ENTITY_ROW_COLUMNS. */
export function packEntityRow(row: EntityRow): Value[] {
  const { key, kind, day, lastDay, at, station, item = null, line = null, window = null, staff = null } = row;
  const cells = row.cells.map((cell) =>
    cell.station === station ? [cell.day, cell.name, cell.n] : [cell.day, cell.name, cell.n, cell.station],
  );
  return [key, kind, lengthClass(row), day, lastDay, at, station, item, line, window, staff, JSON.stringify(cells)];
}

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

const CLASSES = Array.from({ length: OPEN_CLASS + 1 }, (_, length) => length);

const COLUMNS = ENTITY_ROW_COLUMNS.join(', ');
const WALK = `SELECT ${COLUMNS} FROM entity_rows
  WHERE fold = :fold AND kind = :kind AND length = :length AND day BETWEEN :earliest AND :to AND last_day >= :from
    AND (:station IS NULL OR station = :station OR kind = 'ticket')
    AND (:item IS NULL OR item = :item) AND (:line IS NULL OR line = :line)
    AND (:window IS NULL OR window = :window) AND (:staff IS NULL OR staff = :staff)
    AND (:day IS NULL OR (day, at, key) < (:day, :at, :key))
  ORDER BY day DESC, at DESC, key DESC`;
const KINDS_THERE = `SELECT 1 FROM entity_rows WHERE fold = ? AND kind = ? AND length = ? LIMIT 1`;

export class EntityRows {
  readonly #isThere: StatementSyncInstance;

  constructor(private readonly db: DatabaseSyncInstance) {
    this.#isThere = db.prepare(KINDS_THERE);
  }

  /** Rows of the kinds that reach into the days, the newest first; those behind `after` where it is given. */
  *walk(fold: number, { kinds, from, to, after, ...dimensions }: RowWalk): Generator<EntityRow> {
    const { station = null, item = null, line = null, window = null, staff = null } = dimensions;
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
            window,
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
