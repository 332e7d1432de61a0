/** The writing half of the ledger, synchronous and free of threads: what one transaction does to the tables. */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { headOf } from '../../../domain/board/cells.ts';
import type { RowChange } from '../../../domain/board/entity-row.ts';
import { keepComparable, keepDeclared, leaveOut } from '../../../domain/events/declared.ts';
import { canonicalJson } from '../../../domain/wire/canonical.ts';
import { LedgerError, type FoldStep } from '../port.ts';
import { ENTITY_ROW_COLUMNS, packEntityRow } from './entity-rows.ts';
import { COLUMN, parseStored, ROW_COLUMNS, ROW_WIDTH, type PackedBatch, type Value } from './rows.ts';

/** So many are deleted in a few milliseconds. */
const SWEPT_AT_ONCE = 5_000;

/** Hops from one fold to the next by the key: the first that has stored something and stands in no list. */
const orphanOf = (table: string): string => `
  WITH RECURSIVE hop (fold) AS (
    SELECT min(fold) FROM ${table}
    UNION ALL
    SELECT (SELECT min(c.fold) FROM ${table} c WHERE c.fold > hop.fold) FROM hop WHERE hop.fold IS NOT NULL
  )
  SELECT min(fold) AS orphan FROM hop WHERE fold NOT IN (SELECT id FROM folds)`;

/** What folds store, by the key of each table. */
const STORED = [
  { table: 'cells', key: 'fold, head, day, station, name' },
  { table: 'entity_rows', key: 'fold, key' },
];

/** In place of a `seq`, where an event got none. */
export const DUPLICATE = 0;
export const CONFLICT = -1;

/**
 * What became of a batch. `outcomes` has one number an event: its seq, DUPLICATE or CONFLICT.
 * It is absent where every event is new, which is nearly always: they then hold the places up to `seq`.
 */
export interface BatchResult {
  readonly count: number;
  readonly seq: number;
  readonly outcomes?: readonly number[];
}

interface StoredContent {
  readonly seq: number;
  readonly type: string;
  readonly at: number;
  readonly time_given: number;
  readonly subject: string | null;
  readonly data: string;
  readonly dropped: string | null;
}

export class LedgerStore {
  #head: number;
  readonly #insert: StatementSyncInstance;
  readonly #insertVoid: StatementSyncInstance;
  readonly #findContent: StatementSyncInstance;
  readonly #addCell: StatementSyncInstance;
  readonly #removeCell: StatementSyncInstance;
  readonly #findFold: StatementSyncInstance;
  readonly #beginFold: StatementSyncInstance;
  readonly #moveFold: StatementSyncInstance;
  readonly #putState: StatementSyncInstance;
  readonly #noteChange: StatementSyncInstance;
  readonly #putRow: StatementSyncInstance;
  readonly #removeRow: StatementSyncInstance;
  readonly #forgetRows: StatementSyncInstance;
  readonly #sweeps: readonly { readonly findOrphan: StatementSyncInstance; readonly sweep: StatementSyncInstance }[];

  constructor(private readonly db: DatabaseSyncInstance) {
    this.#insert = db.prepare(
      `INSERT INTO events (seq, received_at, actor, ${ROW_COLUMNS.join(', ')})
       VALUES (?, ?, ?, ${ROW_COLUMNS.map(() => '?').join(', ')})
       ON CONFLICT (source, id) DO NOTHING`,
    );
    this.#insertVoid = db.prepare('INSERT INTO voids (target_source, target_id, seq) VALUES (?, ?, ?)');
    this.#findContent = db.prepare(
      'SELECT seq, type, at, time_given, subject, data, dropped FROM events WHERE source = ? AND id = ?',
    );
    this.#addCell = db.prepare(
      `INSERT INTO cells (fold, head, day, station, name, n) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (fold, head, day, station, name) DO UPDATE SET n = n + excluded.n RETURNING n`,
    );
    this.#removeCell = db.prepare(
      'DELETE FROM cells WHERE fold = ? AND head = ? AND day = ? AND station = ? AND name = ?',
    );
    this.#findFold = db.prepare('SELECT id, seq FROM folds WHERE version = ?');
    this.#beginFold = db.prepare('INSERT INTO folds (version, seq) VALUES (?, 0) RETURNING id, seq');
    this.#moveFold = db.prepare('UPDATE folds SET seq = ?, uncounted = coalesce(?, uncounted) WHERE id = ?');
    this.#putState = db.prepare('UPDATE folds SET state_seq = ?, state = ? WHERE id = ?');
    this.#noteChange = db.prepare(
      `INSERT INTO changed (fold, month, seq) VALUES (?, ?, ?)
       ON CONFLICT (fold, month) DO UPDATE SET seq = excluded.seq`,
    );
    this.#putRow = db.prepare(
      `INSERT OR REPLACE INTO entity_rows (fold, ${ENTITY_ROW_COLUMNS.join(', ')})
       VALUES (?, ${ENTITY_ROW_COLUMNS.map(() => '?').join(', ')})`,
    );
    this.#removeRow = db.prepare('DELETE FROM entity_rows WHERE fold = ? AND key = ?');
    this.#forgetRows = db.prepare("DELETE FROM entity_rows WHERE fold = ?1 AND key >= ?2 AND key < ?2 || '~'");
    this.#sweeps = STORED.map(({ table, key }) => ({
      findOrphan: db.prepare(orphanOf(table)),
      sweep: db.prepare(
        `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE fold = ? LIMIT ${SWEPT_AT_ONCE})`,
      ),
    }));
    // Events are never deleted, so the highest place taken is the head, after a restart as before it.
    this.#head = (db.prepare('SELECT coalesce(max(seq), 0) AS head FROM events').get() as { head: number }).head;
  }

  get head(): number {
    return this.#head;
  }

  /** Appends the batches in one transaction: after the return they are on disk, after a throw none of them is. */
  appendGroup(batches: readonly PackedBatch[]): BatchResult[] {
    return this.#inTransaction(() => batches.map((batch) => this.#appendBatch(batch)));
  }

  /** What `appendGroup` would answer for one batch; nothing is kept. */
  compareBatch(batch: PackedBatch): BatchResult {
    const head = this.#head;
    this.db.exec('BEGIN IMMEDIATE');
    try {
      return this.#appendBatch(batch);
    } finally {
      this.#rollBackTo(head);
    }
  }

  /** @throws LedgerError `overtaken` */
  saveFold({ foldVersion, after, seq, cells, rows = [], uncounted, state }: FoldStep): void {
    this.#inTransaction(() => {
      const fold = this.#openFold(foldVersion);
      if (fold.seq !== after)
        throw new LedgerError('overtaken', `The stored sums stand at ${fold.seq}, not at ${after}.`);
      const months = new Set<string>();
      for (const { day, station, name, n } of cells) {
        if (n === 0) continue;
        const head = headOf(name);
        const stored = this.#addCell.get(fold.id, head, day, station, name, n) as { n: number };
        if (stored.n === 0) this.#removeCell.run(fold.id, head, day, station, name);
        months.add(day.slice(0, 7));
      }
      for (const change of rows) this.#changeRow(fold.id, change);
      for (const month of months) this.#noteChange.run(fold.id, month, seq);
      this.#moveFold.run(seq, uncounted ? JSON.stringify(uncounted) : null, fold.id);
      if (state !== undefined) this.#putState.run(seq, state, fold.id);
    });
  }

  showFold(foldVersion: string): void {
    this.#inTransaction(() => {
      const { id } = this.#openFold(foldVersion);
      this.db.exec(`
        UPDATE folds SET shown = 1 WHERE id = ${id};
        DELETE FROM folds WHERE id <> ${id};
        DELETE FROM changed WHERE fold <> ${id}`);
    });
  }

  dropFold(foldVersion: string): void {
    this.#inTransaction(() => {
      const { id } = this.#openFold(foldVersion);
      this.db.exec(`DELETE FROM folds WHERE id = ${id}; DELETE FROM changed WHERE fold = ${id}`);
    });
  }

  #changeRow(fold: number, change: RowChange): void {
    if ('forget' in change) this.#forgetRows.run(fold, change.forget);
    else if (change.row) this.#putRow.run(fold, ...packEntityRow(change.row));
    else this.#removeRow.run(fold, change.key);
  }

  /** Deletes some of what no fold holds any more; answers whether there may be more. */
  sweep(): boolean {
    for (const { findOrphan, sweep } of this.#sweeps) {
      const { orphan } = findOrphan.get() as { orphan: number | null };
      if (orphan === null) continue;
      this.#inTransaction(() => sweep.run(orphan));
      return true;
    }
    return false;
  }

  #openFold(version: string): { readonly id: number; readonly seq: number } {
    return (this.#findFold.get(version) ?? this.#beginFold.get(version)) as { id: number; seq: number };
  }

  close(): void {
    // The driver lets go of the file only when its statements are collected, so the log is folded in by hand.
    this.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.db.close();
  }

  #appendBatch({ values, receivedAt, actor }: PackedBatch): BatchResult {
    const count = values.length / ROW_WIDTH;
    const first = this.#head + 1;
    let outcomes: number[] | undefined;
    for (let row = 0; row < count; row++) {
      const outcome = this.#appendRow(values, row * ROW_WIDTH, receivedAt, actor);
      if (outcome <= 0) outcomes ??= Array.from({ length: row }, (_, i) => first + i);
      outcomes?.push(outcome);
    }
    return outcomes ? { count, seq: this.#head, outcomes } : { count, seq: this.#head };
  }

  #appendRow(values: readonly Value[], at: number, receivedAt: number, actor: string | null): number {
    const seq = this.#head + 1;
    const { changes } = this.#insert.run(
      seq,
      receivedAt,
      actor,
      values[at],
      values[at + 1],
      values[at + 2],
      values[at + 3],
      values[at + 4],
      values[at + 5],
      values[at + 6],
      values[at + 7],
      values[at + 8],
      values[at + 9],
    );
    if (changes === 0) return this.#compareRow(values, at);
    this.#head = seq;
    if (values[at + COLUMN.type] === 'hall.event.voided') {
      const target = JSON.parse(values[at + COLUMN.data] as string) as { source: string; id: string };
      this.#insertVoid.run(target.source, target.id, seq);
    }
    return seq;
  }

  #compareRow(values: readonly Value[], at: number): number {
    const stored = this.#findContent.get(values[at + COLUMN.source], values[at + COLUMN.id]) as StoredContent;
    const data = values[at + COLUMN.data] as string;
    const isSame =
      stored.type === values[at + COLUMN.type] &&
      stored.subject === values[at + COLUMN.subject] &&
      // An event without a time of its own got the moment of its arrival, which differs from one sending to the next.
      (stored.time_given === 0 || values[at + COLUMN.timeGiven] === 0 || stored.at === values[at + COLUMN.at]) &&
      (stored.data === data || isSameContent(stored, data, values[at + COLUMN.dropped] as string | null));
    return isSame ? DUPLICATE : CONFLICT;
  }

  #inTransaction<T>(work: () => T): T {
    const head = this.#head;
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.db.exec('COMMIT');
      return result;
    } catch (error) {
      this.#rollBackTo(head);
      throw error;
    }
  }

  #rollBackTo(head: number): void {
    this.#head = head;
    // SQLite has already rolled back by itself after some failures, a full disk among them.
    if (this.db.isTransaction) this.db.exec('ROLLBACK');
  }
}

/**
 * What either side's version did not know of the type stands outside the comparison: an old row may still hold such
 * fields, and a field that was dropped once may be known by now.
 */
function isSameContent(stored: StoredContent, data: string, dropped: string | null): boolean {
  const parse = (text: string): unknown => parseStored(text, `number ${stored.seq}`);
  const namesIn = (text: string | null): string[] => (text === null ? [] : (parse(text) as string[]));
  const row = leaveOut(keepDeclared(stored.type, parse(stored.data)), namesIn(dropped));
  const sent = keepDeclared(stored.type, parse(data));
  return canonicalJson(row) === canonicalJson(keepComparable(sent, row, namesIn(stored.dropped)));
}
