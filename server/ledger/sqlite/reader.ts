/** The reading half of the ledger: prepared statements on a read-only connection that never waits for the writer. */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { HALL_DAY_SOURCE } from '../../../domain/calendar/hall-day.ts';
import { compareEvents, type LedgerEvent } from '../../../domain/events/event.ts';
import type { EventType } from '../../../domain/events/schema.ts';
import type { Heard } from '../../../domain/frozen/silent-feeds.ts';
import type { CellQuery, CellSource } from '../../../domain/board/cell-source.ts';
import { BEHIND_DAYS } from '../../../domain/calendar/zone.ts';
import type { PastSource } from '../../../domain/past/past-source.ts';
import type { Walk } from '../../../domain/rows/narrow.ts';
import { parseActor, type Actor } from '../actor.ts';
import { EntityRows } from './entity-rows.ts';
import { readLife } from './lives.ts';
import type { EntityLife, EntityQuery, HeardQuery, IdentifiedEvent, RowRange, SpanQuery, StoredFold } from '../port.ts';
import { digestRows, ROWS } from './row-digests.ts';
import { EVENT_COLUMNS, unpackEvent, type EventRow, type Value } from './rows.ts';

/** Keys that one look-up takes; more go in several. */
const KEYS_PER_QUERY = 500;

// A void counts whatever becomes of it later, so a void of a void takes nothing away.
const IS_VALID = `(e.type = 'hall.event.voided' OR NOT EXISTS (
  SELECT 1 FROM voids v WHERE v.target_source = e.source AND v.target_id = e.id AND v.seq <= ?2))`;

const HISTORY = ['entity', 'link']
  .map(
    (column) => `SELECT ${EVENT_COLUMNS}, k.key FROM json_each(?1) k CROSS JOIN events e
      WHERE e.${column} = k.value AND e.seq <= ?2 AND ${IS_VALID}`,
  )
  .join(' UNION ALL ');

/** In the words of the partial index that holds them. */
const STANDING = "e.type IN ('hall.window.changed', 'hall.terminal.changed')";

const LATEST = `SELECT ${EVENT_COLUMNS} FROM events e WHERE e.entity = ?1 AND e.seq <= ?2 AND ${STANDING} AND ${IS_VALID}
  ORDER BY e.at DESC, e.source DESC, e.id DESC LIMIT 1`;

/** Walks the unique index of identities. As above, a void itself is never voided. */
const OF_SOURCE = `SELECT ${EVENT_COLUMNS}, e.type <> 'hall.event.voided' AND EXISTS (
    SELECT 1 FROM voids v WHERE v.target_source = e.source AND v.target_id = e.id)
  FROM events e WHERE e.source = ?1 AND e.id >= ?2 AND e.id < ?3 ORDER BY e.id LIMIT ?4`;

const ENTITIES = `SELECT DISTINCT e.entity FROM events e
  WHERE e.at >= ?1 AND e.at < ?2 AND e.seq <= ?3 AND e.entity IS NOT NULL AND e.type IN (SELECT value FROM json_each(?4))`;

/** In order of arrival. By the moments' own index: a walk by `seq` would read the whole ledger for one day. */
const SPAN = `SELECT ${EVENT_COLUMNS}, NOT ${IS_VALID.replaceAll('?2', '?3')} FROM events e INDEXED BY events_by_time
  WHERE e.at >= ?1 AND e.at < ?2 AND e.seq <= ?3 AND e.seq > ?4 AND e.type IN (SELECT value FROM json_each(?5))
  ORDER BY e.seq LIMIT ?6`;
const OF_TYPES = `SELECT ${EVENT_COLUMNS} FROM events e
  WHERE e.seq <= ?2 AND e.type IN (SELECT value FROM json_each(?1)) ORDER BY e.seq`;

const HEARD = `SELECT DISTINCT e.source, e.type, CASE WHEN json_type(e.data, '$.station') = 'text' THEN e.data ->> '$.station' END
  FROM events e WHERE e.seq > ?1 AND e.seq <= ?2 AND e.at >= ?3 AND e.at < ?4`;

/** One text for all rows of a head: the driver takes several times as long to hand them over one by one. */
const CELLS = `SELECT json_group_array(json_array(c.day, c.station, c.name, c.n)) FROM cells c
  WHERE c.fold = ?1 AND c.head = ?2 AND c.day BETWEEN ?3 AND ?4 AND (?5 IS NULL OR c.station = ?5)`;

const MONTHLY = `SELECT substr(c.day, 1, 7), c.station, c.head, sum(c.n) FROM json_each(?2) h CROSS JOIN cells c
  WHERE c.fold = ?1 AND c.head = h.value AND c.day BETWEEN ?3 AND ?4 GROUP BY 1, 2, 3`;

/** `?3` beside `?2`, the position: only what came about until that moment. */
const UNTIL = HISTORY.replaceAll('e.seq <= ?2 AND', 'e.seq <= ?2 AND e.at <= ?3 AND');
/** Of one kind of entity, whose keys lie between `?1` and `?4`. */
const KIND_UNTIL = `SELECT ${EVENT_COLUMNS}, e.entity FROM events e
  WHERE e.entity >= ?1 AND e.entity < ?4 AND e.seq <= ?2 AND e.at <= ?3 AND ${IS_VALID}`;
const STANDING_UNTIL = LATEST.replace('e.seq <= ?2 AND', 'e.seq <= ?2 AND e.at <= ?3 AND').replace('LIMIT 1', '');
/** Hops from one window to the next by the index of what stands. */
const WINDOWS = `WITH RECURSIVE hop (entity) AS (
    SELECT min(e.entity) FROM events e WHERE ${STANDING} AND e.entity >= 'window:' AND e.entity < 'window;'
    UNION ALL
    SELECT (SELECT min(e.entity) FROM events e WHERE ${STANDING} AND e.entity > hop.entity AND e.entity < 'window;')
    FROM hop WHERE hop.entity IS NOT NULL
  )
  SELECT entity FROM hop WHERE entity IS NOT NULL`;
const OPENED = `SELECT 1 FROM events e INDEXED BY events_by_time
  WHERE e.at = ?1 AND e.type = 'hall.day.opened' AND e.source = ?2 AND e.seq <= ?3
    AND e.data ->> '$.day' = ?4`;
const HEARD_BEFORE = `SELECT source, type, station, max(at) FROM (
    SELECT e.source, e.type, e.at,
      CASE WHEN json_type(e.data, '$.station') = 'text' THEN e.data ->> '$.station' ELSE '' END AS station
    FROM events e INDEXED BY events_by_time WHERE e.at <= ?1 AND e.seq <= ?2 ORDER BY e.at DESC LIMIT ?3
  ) WHERE station <> '' GROUP BY source, type, station`;
/** So many events before a moment tell who was heard from. */
const HEARD_EVENTS = 2_000;

type CellRow = readonly [day: string, station: string, name: string, n: number];
type MonthlyRow = readonly [month: string, station: string, head: string, n: number];

export class LedgerReader {
  readonly #read: StatementSyncInstance;
  readonly #find: StatementSyncInstance;
  readonly #ofSource: StatementSyncInstance;
  readonly #history: StatementSyncInstance;
  readonly #latest: StatementSyncInstance;
  readonly #entities: StatementSyncInstance;
  readonly #span: StatementSyncInstance;
  readonly #digested: StatementSyncInstance;
  readonly #heard: StatementSyncInstance;
  readonly #cells: StatementSyncInstance;
  readonly #monthly: StatementSyncInstance;
  readonly #changed: StatementSyncInstance;
  readonly #fold: StatementSyncInstance;
  readonly #shown: StatementSyncInstance;
  readonly #rows: EntityRows;
  readonly #ofPast = new Map<string, StatementSyncInstance>();

  constructor(private readonly db: DatabaseSyncInstance) {
    const prepare = (sql: string): StatementSyncInstance => {
      const statement = db.prepare(sql);
      statement.setReturnArrays(true);
      return statement;
    };
    this.#read = prepare(`SELECT ${EVENT_COLUMNS} FROM events e WHERE e.seq > ? ORDER BY e.seq LIMIT ?`);
    this.#find = prepare(`SELECT ${EVENT_COLUMNS} FROM events e WHERE e.source = ? AND e.id = ? AND e.seq <= ?`);
    this.#ofSource = prepare(OF_SOURCE);
    this.#history = prepare(HISTORY);
    this.#latest = prepare(LATEST);
    this.#entities = prepare(ENTITIES);
    this.#span = prepare(SPAN);
    this.#digested = prepare(ROWS);
    this.#heard = prepare(HEARD);
    this.#cells = prepare(CELLS);
    this.#monthly = prepare(MONTHLY);
    this.#changed = prepare('SELECT month FROM changed WHERE fold = ? AND seq > ?');
    this.#fold = prepare('SELECT seq, shown, state_seq, state FROM folds WHERE version = ?');
    this.#rows = new EntityRows(db);
    this.#shown = prepare('SELECT id, version, seq, uncounted FROM folds WHERE shown = 1');
  }

  read(afterSeq: number, limit: number): LedgerEvent[] {
    return (this.#read.all(afterSeq, limit) as EventRow[]).map(unpackEvent);
  }

  lastReceivedAt(): number | undefined {
    const row = this.db.prepare('SELECT received_at AS at FROM events ORDER BY seq DESC LIMIT 1').get();
    return (row as { at: number } | undefined)?.at;
  }

  readActors(afterSeq: number, limit: number): (Actor | undefined)[] {
    // A ledger that is only read may be of a version that did not ask.
    const isKnown = this.db.prepare("SELECT 1 FROM pragma_table_info('events') WHERE name = 'actor'").get();
    const column = isKnown ? 'actor' : 'NULL AS actor';
    const rows = this.db
      .prepare(`SELECT ${column} FROM events WHERE seq > ? ORDER BY seq LIMIT ?`)
      .all(afterSeq, limit);
    return (rows as { actor: string | null }[]).map(({ actor }) => parseActor(actor));
  }

  actorsOf(seqs: readonly number[]): Map<number, Actor> {
    const rows = this.db
      .prepare('SELECT e.seq, e.actor FROM json_each(?) s CROSS JOIN events e ON e.seq = s.value')
      .all(JSON.stringify(seqs)) as { seq: number; actor: string | null }[];
    return new Map(
      rows.flatMap(({ seq, actor }) => {
        const known = parseActor(actor);
        return known === undefined ? [] : [[seq, known] as const];
      }),
    );
  }

  find(source: string, id: string, upTo: number): LedgerEvent | undefined {
    const row = this.#find.get(source, id, upTo) as EventRow | undefined;
    return row && unpackEvent(row);
  }

  readOf(source: string, from: string, until: string, limit: number): IdentifiedEvent[] {
    return toIdentified(this.#ofSource.all(source, from, until, limit));
  }

  readSpan({ types, from, until, upTo, after, limit }: SpanQuery): IdentifiedEvent[] {
    return toIdentified(this.#span.all(from, until, upTo, after, JSON.stringify(types), limit));
  }

  historyOf(keys: readonly string[], upTo: number): Map<string, LedgerEvent[]> {
    const histories = new Map<string, LedgerEvent[]>(keys.map((key) => [key, []]));
    const distinct = [...histories.keys()];
    for (let i = 0; i < distinct.length; i += KEYS_PER_QUERY) {
      const chunk = distinct.slice(i, i + KEYS_PER_QUERY);
      const rows = this.#history.all(JSON.stringify(chunk), upTo) as (readonly [...EventRow, keyIndex: number])[];
      for (const row of rows) histories.get(chunk[row[7]]!)!.push(unpackEvent(row as unknown as EventRow));
    }
    return histories;
  }

  latestOf(keys: readonly string[], upTo: number): Map<string, LedgerEvent> {
    const latest = new Map<string, LedgerEvent>();
    for (const key of keys) {
      const row = this.#latest.get(key, upTo) as EventRow | undefined;
      if (row) latest.set(key, unpackEvent(row));
    }
    return latest;
  }

  entitiesOf({ types, from, until, upTo }: EntityQuery): string[] {
    return (this.#entities.all(from, until, upTo, JSON.stringify(types)) as [string][]).map(([entity]) => entity);
  }

  lifeOf(key: string, upTo: number): EntityLife | undefined {
    return readLife(this.db, key, upTo);
  }

  /** A walk over the whole ledger: for an audit, and for nobody who waits. */
  readOfTypes(types: readonly EventType[], upTo: number): LedgerEvent[] {
    const statement = this.db.prepare(OF_TYPES);
    statement.setReturnArrays(true);
    return (statement.all(JSON.stringify(types), upTo) as unknown as EventRow[]).map(unpackEvent);
  }

  rowDigests(range: RowRange): Uint8Array {
    return digestRows(this.#digested, range);
  }

  heardIn({ after, upTo, from, until }: HeardQuery): Heard[] {
    const rows = this.#heard.all(after, upTo, from, until) as [string, string, string | null][];
    return rows.map(([source, type, station]) => ({
      source,
      type: type as EventType,
      ...(station === null ? {} : { station }),
    }));
  }

  loadFold(foldVersion: string): StoredFold | undefined {
    const row = this.#fold.get(foldVersion) as [number, number, number | null, string | null] | undefined;
    if (!row) return undefined;
    const [seq, shown, stateSeq, state] = row;
    const fold = { seq, isShown: shown === 1 };
    return stateSeq === null || state === null ? fold : { ...fold, checkpoint: { seq: stateSeq, state } };
  }

  /** What the shown fold has stored, all of it as of one moment, whatever is saved while `look` looks. */
  atOneMoment<T>(look: (cells: CellSource, walk: Walk) => T): T {
    this.db.exec('BEGIN');
    try {
      const source = this.#source();
      return look(source, (query) => this.#rows.walk(source.id, query));
    } finally {
      this.db.exec('COMMIT');
    }
  }

  /** What a look at a past moment reads, all of it as of one position. */
  ofThePast<T>(look: (source: PastSource) => T): T {
    this.db.exec('BEGIN');
    try {
      return look(this.#past(this.#source()));
    } finally {
      this.db.exec('COMMIT');
    }
  }

  #past(cells: CellSource & { readonly id: number }): PastSource {
    const { seq } = cells;
    const all = (sql: string, ...values: Value[]): unknown[] => this.#prepared(sql).all(...values);
    const standing = this.#prepared(STANDING_UNTIL);
    return {
      cells,
      reaching: (day, at) => this.#rows.reaching(cells.id, day, at),
      historiesUntil: (keys, at) => {
        const histories = new Map<string, LedgerEvent[]>(keys.map((key) => [key, []]));
        for (let i = 0; i < keys.length; i += KEYS_PER_QUERY) {
          const chunk = keys.slice(i, i + KEYS_PER_QUERY);
          for (const row of all(UNTIL, JSON.stringify(chunk), seq, at) as (readonly [...EventRow, index: number])[])
            histories.get(chunk[row[7]]!)!.push(unpackEvent(row as unknown as EventRow));
        }
        for (const events of histories.values()) events.sort(compareEvents);
        return histories;
      },
      allUntil: (kind, at) => {
        const histories = new Map<string, LedgerEvent[]>();
        for (const row of all(KIND_UNTIL, `${kind}:`, seq, at, `${kind};`) as (readonly [...EventRow, key: string])[]) {
          const events = histories.get(row[7]);
          const event = unpackEvent(row as unknown as EventRow);
          if (events) events.push(event);
          else histories.set(row[7], [event]);
        }
        for (const events of histories.values()) events.sort(compareEvents);
        return histories;
      },
      *windowsUntil(at) {
        for (const [key] of all(WINDOWS) as [string][]) yield [key, unpackEach(standing.iterate(key, seq, at))];
      },
      heardBefore: (at) =>
        (all(HEARD_BEFORE, at, seq, HEARD_EVENTS) as [string, EventType, string, number][]).map(
          ([source, type, station, heardAt]) => ({ source, type, station, at: heardAt }),
        ),
      wasOpened: (day, at) => all(OPENED, at, HALL_DAY_SOURCE, seq, day).length > 0,
      first: () => (all('SELECT min(at) FROM events') as [number | null][])[0]![0] ?? undefined,
    };
  }

  /** Statements of the past are made with its first question: most connections never hear one. */
  #prepared(sql: string): StatementSyncInstance {
    let statement = this.#ofPast.get(sql);
    if (!statement) {
      statement = this.db.prepare(sql);
      statement.setReturnArrays(true);
      this.#ofPast.set(sql, statement);
    }
    return statement;
  }

  #source(): CellSource & { readonly id: number } {
    const row = this.#shown.get() as [number, string, number, string] | undefined;
    const [id, version, seq, uncounted] = row ?? [0, '', 0, '[]'];
    return {
      id,
      fold: `${version}.${id}`,
      seq,
      uncounted: () => JSON.parse(uncounted) as string[],
      changedMonths: (after) => (this.#changed.all(id, after) as [string][]).map(([month]) => month),
      cells: (query) => this.#readCells(id, query),
      monthly: (heads, { from = '', to = BEHIND_DAYS }) =>
        this.#monthly.all(id, JSON.stringify(heads), from, to) as MonthlyRow[],
    };
  }

  *#readCells(fold: number, { heads, from = '', to = BEHIND_DAYS, station }: CellQuery): Generator<CellRow> {
    for (const head of new Set(heads)) {
      const [text] = this.#cells.get(fold, head, from, to, station ?? null) as [string];
      yield* JSON.parse(text) as CellRow[];
    }
  }

  close(): void {
    this.db.close();
  }
}

function toIdentified(rows: readonly unknown[]): IdentifiedEvent[] {
  return (rows as (readonly [...EventRow, voided: number])[]).map((row) => ({
    event: unpackEvent(row as unknown as EventRow),
    voided: row[7] === 1,
  }));
}

function* unpackEach(rows: IterableIterator<unknown>): Generator<LedgerEvent> {
  for (const row of rows) yield unpackEvent(row as EventRow);
}
