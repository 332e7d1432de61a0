/** A ledger as it stood when its sums were last saved, for an auditor beside the running server: nothing is ever written. */
import { join } from 'node:path';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { FOLD_VERSION } from '../../../domain/board/fold.ts';
import { createZone } from '../../../domain/calendar/zone.ts';
import type { Measures } from '../../../domain/measures/measures.ts';
import { MonthSums } from '../../../domain/measures/month-sums.ts';
import type { HallConfig } from '../../../domain/profile/profile.ts';
import { newestVersion, readVersion } from '../../sqlite/schema-ladder.ts';
import { parseActor, type Actor } from '../actor.ts';
import { LedgerError, type StoredMeasureQuery } from '../port.ts';
import { LADDER } from './ladder.ts';
import { LedgerReader } from './reader.ts';
import { LEDGER_FILE, openForReading, readMeta, type LedgerMeta } from './schema.ts';

const ACTORS = `SELECT actor, count(*) AS n FROM events WHERE at >= ? AND at < ?
  GROUP BY actor ORDER BY n DESC, actor`;

export interface ReadingLedger {
  readonly meta: LedgerMeta;
  readonly db: DatabaseSyncInstance;
  /** The events themselves. */
  readonly reader: LedgerReader;
  /** What the stored sums say; they may move on from one question to the next. */
  measure(query: StoredMeasureQuery, config: HallConfig): Measures;
  /** How many of the events between two moments (epoch ms, the second not included) each actor recorded, the most first. */
  countByActor(from: number, until: number): readonly { readonly actor: Actor | undefined; readonly n: number }[];
  /** What the fold could not count. */
  readUncounted(): readonly string[];
  close(): void;
}

/** @throws LedgerError where there is no ledger in `folder`, or it or its sums are of another version */
export function openReadingLedger(folder: string): ReadingLedger {
  const db = openForReading(join(folder, LEDGER_FILE));
  const meta = readMeta(db);
  const reader = readVersion(db) === newestVersion(LADDER) ? new LedgerReader(db) : undefined;
  if (!reader?.loadFold(FOLD_VERSION)?.isShown) {
    db.close();
    throw new LedgerError(
      'closed',
      'The stored sums cannot be read by this version: start Hallpulse once, which counts anew.',
    );
  }
  let asked: { readonly config: HallConfig; readonly sums: MonthSums } | undefined;
  return {
    meta,
    db,
    reader,
    measure(query, config) {
      if (asked?.config !== config) asked = { config, sums: new MonthSums(config, createZone(meta.zone)) };
      const { sums } = asked;
      return reader.atOneMoment((cells) => sums.measure(cells, query));
    },
    countByActor: (from, until) =>
      (db.prepare(ACTORS).all(from, until) as { actor: string | null; n: number }[]).map(({ actor, n }) => ({
        actor: parseActor(actor),
        n,
      })),
    readUncounted: () => reader.atOneMoment((cells) => cells.uncounted()),
    close: () => db.close(),
  };
}
