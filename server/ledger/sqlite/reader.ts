/** The reading half of the ledger: prepared statements on a read-only connection that never waits for the writer. */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { LedgerEvent } from '../../../domain/events/event.ts';
import { parseActor, type Actor } from '../actor.ts';
import type { CellQuery, CellSum, Checkpoint, EntityQuery } from '../port.ts';
import { EVENT_COLUMNS, unpackEvent, type EventRow } from './rows.ts';

/** Keys that one look-up takes; more go in several. */
const KEYS_PER_QUERY = 500;

/** After every day's name. */
const LAST_DAY = '~';

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

const ENTITIES = `SELECT DISTINCT e.entity FROM events e
  WHERE e.at >= ?1 AND e.at < ?2 AND e.seq <= ?3 AND e.entity IS NOT NULL AND e.type IN (SELECT value FROM json_each(?4))`;

// Hops from one head to the next by the key, without reading the rows between them.
const ALL_HEADS_BUT_MINUTE = `
  hop (head) AS (
    SELECT min(head) FROM cells
    UNION ALL
    SELECT (SELECT min(c.head) FROM cells c WHERE c.head > hop.head) FROM hop WHERE hop.head IS NOT NULL
  ),
  wanted (head) AS (SELECT head FROM hop WHERE head IS NOT NULL AND head <> 'minute' AND ?4 IS NULL)`;
const NAMED_HEADS = 'wanted (head) AS (SELECT DISTINCT value FROM json_each(?4))';

const sumSql = (heads: string): string => `
  WITH RECURSIVE ${heads}
  SELECT json_group_array(json_array(station, name, n)) FROM (
    SELECT c.station, c.name, sum(c.n) AS n FROM wanted w CROSS JOIN cells c
    WHERE c.head = w.head AND c.day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR c.station = ?3)
    GROUP BY c.station, c.name HAVING sum(c.n) <> 0
  )`;

export class LedgerReader {
  readonly #read: StatementSyncInstance;
  readonly #find: StatementSyncInstance;
  readonly #history: StatementSyncInstance;
  readonly #latest: StatementSyncInstance;
  readonly #entities: StatementSyncInstance;
  readonly #sumAll: StatementSyncInstance;
  readonly #sumNamed: StatementSyncInstance;
  readonly #checkpoint: StatementSyncInstance;
  readonly #checkpointSeq: StatementSyncInstance;

  constructor(private readonly db: DatabaseSyncInstance) {
    const prepare = (sql: string): StatementSyncInstance => {
      const statement = db.prepare(sql);
      statement.setReturnArrays(true);
      return statement;
    };
    this.#read = prepare(`SELECT ${EVENT_COLUMNS} FROM events e WHERE e.seq > ? ORDER BY e.seq LIMIT ?`);
    this.#find = prepare(`SELECT ${EVENT_COLUMNS} FROM events e WHERE e.source = ? AND e.id = ? AND e.seq <= ?`);
    this.#history = prepare(HISTORY);
    this.#latest = prepare(LATEST);
    this.#entities = prepare(ENTITIES);
    this.#sumAll = prepare(sumSql(ALL_HEADS_BUT_MINUTE));
    this.#sumNamed = prepare(sumSql(NAMED_HEADS));
    this.#checkpoint = db.prepare('SELECT seq, fold_version AS foldVersion, state FROM checkpoint');
    this.#checkpointSeq = prepare('SELECT seq FROM checkpoint');
  }

  read(afterSeq: number, limit: number): LedgerEvent[] {
    return (this.#read.all(afterSeq, limit) as EventRow[]).map(unpackEvent);
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

  find(source: string, id: string, upTo: number): LedgerEvent | undefined {
    const row = this.#find.get(source, id, upTo) as EventRow | undefined;
    return row && unpackEvent(row);
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

  loadCheckpoint(): Checkpoint | undefined {
    return this.#checkpoint.get() as Checkpoint | undefined;
  }

  sumCells(query: CellQuery): { seq: number; sums: CellSum[] } {
    const { seq, sums } = this.sumCellsText(query);
    return { seq, sums: parseSums(sums) };
  }

  /** `sums` as JSON text (see `parseSums`), which crosses between threads many times faster than the list itself. */
  sumCellsText({ from = '', to = LAST_DAY, station, heads }: CellQuery): { seq: number; sums: string } {
    // One read transaction: a checkpoint saved meanwhile shows in both answers or in neither.
    this.db.exec('BEGIN');
    try {
      const [seq] = (this.#checkpointSeq.get() as [number] | undefined) ?? [0];
      const statement = heads ? this.#sumNamed : this.#sumAll;
      const [sums] = statement.get(from, to, station ?? null, heads ? JSON.stringify(heads) : null) as [string];
      return { seq, sums };
    } finally {
      this.db.exec('COMMIT');
    }
  }

  close(): void {
    this.db.close();
  }
}

/** The list that the text of `sumCellsText` stands for. */
export function parseSums(text: string): CellSum[] {
  const rows = JSON.parse(text) as (readonly [station: string, name: string, n: number])[];
  return rows.map(([station, name, n]) => ({ station, name, n }));
}
