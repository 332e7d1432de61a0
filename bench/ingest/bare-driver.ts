/** The limit that ingest is held against: the SQLite driver alone, the same rows into the same tables, nothing else. */
import { join } from 'node:path';
import { createZone } from '../../domain/calendar/zone.ts';
import { parseEvent } from '../../domain/events/parse.ts';
import { packBatch, ROW_COLUMNS, ROW_WIDTH, type Value } from '../../server/ledger/sqlite/rows.ts';
import { LEDGER_FILE, openForWriting } from '../../server/ledger/sqlite/schema.ts';
import { makeVisits } from '../visits.ts';

const zone = createZone('Asia/Shanghai');
let rows: Value[][] = [];
let insertAll: ((batch: number) => number) | undefined;

export const bareDriverHandlers = {
  open(folder: string): void {
    const { db } = openForWriting(join(folder, LEDGER_FILE), 'bench', zone.name, Date.now());
    const insert = db.prepare(
      `INSERT INTO events (seq, received_at, ${ROW_COLUMNS.join(', ')}) VALUES (${'?, '.repeat(ROW_WIDTH + 1)}?)`,
    );
    let seq = 0;
    insertAll = (batch) => {
      const startedAt = performance.now();
      for (let i = 0; i < rows.length; i += batch) {
        db.exec('BEGIN IMMEDIATE');
        for (let j = i; j < Math.min(i + batch, rows.length); j++) insert.run(++seq, 0, ...rows[j]!);
        db.exec('COMMIT');
      }
      return performance.now() - startedAt;
    };
  },
  prepare({ tag, events }: { tag: string; events: number }): void {
    const now = Date.now();
    rows = makeVisits(events, tag, now).map((input) => {
      const parsed = parseEvent(input, { now });
      if (!parsed.ok) throw new Error(`the bench makes a bad event: ${parsed.field} ${parsed.reason}`);
      return [...packBatch([parsed], now, zone, null).values];
    });
  },
  /** Milliseconds for all rows, a commit after each `batch` of them. */
  run: (batch: number): number => insertAll!(batch),
};
