/** The file `reconcile.sqlite`: what each reconciliation found, and what people said of it. The ledger holds the stamps and the notes as well. */
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { formatClock } from '../../domain/calendar/written.ts';
import { dayOf, type Zone } from '../../domain/calendar/zone.ts';
import type { LedgerEventOf } from '../../domain/events/event.ts';
import type { Cause } from '../../domain/reconcile/causes.ts';
import type { Finding, FindingKind } from '../../domain/reconcile/finding.ts';
import type { Stamp } from '../../domain/reconcile/stamp.ts';
import type { FindingFilter, FindingList, FindingRow } from '../../domain/wire/reconcile.ts';
import { RECONCILE_FILE } from '../hall-files.ts';
import { climbLadder, describeLaterVersion, inTransaction, type SchemaLadder } from '../sqlite/schema-ladder.ts';
import { StartProblem } from '../start-problem.ts';
import type { PackedFinding } from './reconcile.ts';

/** A run is a draft until its event stands in the ledger. Moments are epoch ms of the hall's clock. */
const TABLES = `
  CREATE TABLE runs (
    run TEXT PRIMARY KEY,
    is_draft INTEGER NOT NULL CHECK (is_draft IN (0, 1)),
    seq INTEGER NOT NULL,
    day TEXT NOT NULL,
    system TEXT NOT NULL,
    title TEXT NOT NULL,
    at INTEGER NOT NULL,
    by TEXT NOT NULL,
    file TEXT NOT NULL,
    up_to INTEGER NOT NULL,
    matched INTEGER NOT NULL,
    ledger_missing INTEGER NOT NULL,
    file_missing INTEGER NOT NULL,
    differs INTEGER NOT NULL,
    unread INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX runs_by_day ON runs (day, system, seq);
  CREATE TABLE findings (
    run TEXT NOT NULL REFERENCES runs (run) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    kind TEXT NOT NULL,
    station TEXT,
    body TEXT NOT NULL,
    owner TEXT,
    cause TEXT,
    note TEXT,
    noted_by TEXT,
    noted_at INTEGER,
    PRIMARY KEY (run, n)
  ) STRICT, WITHOUT ROWID;
`;
const LADDER: SchemaLadder = [{ version: 1, sql: TABLES }];

/** The kind of a finding of which only its number is known. */
const LOST = 'lost';
/** Rows that go in at once: the loop has other work in between. */
const PIECE = 250;

const STAMP_COLUMNS = `r.run, r.day, r.system, r.title AS name, r.at, r.by, r.file AS digest, r.up_to AS upTo, r.matched,
  r.ledger_missing AS ledgerMissing, r.file_missing AS fileMissing, r.differs, r.unread,
  (SELECT count(*) FROM findings f WHERE f.run = r.run AND f.cause IS NOT NULL) AS settled`;

type StampRow = Omit<Stamp, 'counts'> &
  Readonly<Record<'ledgerMissing' | 'fileMissing' | 'differs' | 'unread', number>>;
interface FindingLine {
  readonly n: number;
  readonly body: string;
  readonly owner: string | null;
  readonly cause: Cause | null;
  readonly note: string | null;
  readonly noted_by: string | null;
  readonly noted_at: number | null;
}

type Reconciled = LedgerEventOf<'hall.day.reconciled'>;
export interface Note {
  readonly run: string;
  readonly finding: number;
  readonly owner: string | undefined;
  readonly cause: Cause | undefined;
  readonly note: string | undefined;
  readonly by: string;
  readonly at: number;
}

export type ReconcileStore = ReturnType<typeof openReconcileStore>;

/** @throws StartProblem for a file of a later version */
export function openReconcileStore(folder: string, zone: Zone) {
  const file = join(folder, RECONCILE_FILE);
  // Only the account that serves the hall reads what lies in it; SQLite's side files take after this one.
  if (!existsSync(file)) closeSync(openSync(file, 'wx', 0o600));
  const db = new DatabaseSync(file, { timeout: 5_000 });
  const later = describeLaterVersion(db, file, LADDER);
  if (later !== undefined) {
    db.close();
    throw new StartProblem(later);
  }
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
  climbLadder(db, LADDER);
  const putRun = db.prepare('INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const hasRun = db.prepare('SELECT 1 FROM runs WHERE run = ?');
  const putFinding = db.prepare('INSERT INTO findings (run, n, kind, station, body) VALUES (?, ?, ?, ?, ?)');
  const settleRun = db.prepare('UPDATE runs SET seq = ?, is_draft = ? WHERE run = ?');
  // Of a list that was lost the ledger still knows what was said of which number.
  const putNote = db.prepare(
    `INSERT INTO findings (run, n, kind, body, owner, cause, note, noted_by, noted_at)
     VALUES (:run, :finding, '${LOST}', '', :owner, :cause, :note, :by, :at)
     ON CONFLICT (run, n) DO UPDATE SET owner = :owner, cause = :cause, note = :note, noted_by = :by, noted_at = :at`,
  );
  const stampsOf = db.prepare(
    `SELECT ${STAMP_COLUMNS} FROM runs r WHERE r.is_draft = 0 AND r.day BETWEEN ? AND ? ORDER BY r.day DESC, r.seq DESC`,
  );
  const oneStamp = db.prepare(`SELECT ${STAMP_COLUMNS} FROM runs r WHERE r.is_draft = 0 AND r.run = ?`);
  const write = ({ data, at, seq }: Omit<Reconciled, 'seq'> & { seq: number }, by: string, isDraft: boolean): void => {
    const { run, day, system, title, file: digest, upTo, matched, ledgerMissing, fileMissing, differs, unread } = data;
    putRun.run(
      run,
      isDraft ? 1 : 0,
      seq,
      day,
      system,
      title,
      at,
      by,
      digest,
      upTo,
      matched,
      ledgerMissing,
      fileMissing,
      differs,
      unread,
    );
  };
  return {
    /** Keeps what was found, as a draft until `settle` says that the ledger has the stamp. */
    async keep(event: Omit<Reconciled, 'seq'>, by: string, findings: readonly PackedFinding[]): Promise<void> {
      write({ ...event, seq: 0 }, by, true);
      // Of the pieces the disk need not be told one by one: the last commit, which waits for it, takes them all along.
      db.exec('PRAGMA synchronous = NORMAL');
      try {
        for (let from = 0; from < findings.length; from += PIECE) {
          inTransaction(db, () => {
            findings.slice(from, from + PIECE).forEach(({ kind, station, body }, i) => {
              putFinding.run(event.data.run, from + i, kind, station ?? null, body);
            });
          });
          await new Promise((resolve) => setImmediate(resolve));
        }
      } finally {
        db.exec('PRAGMA synchronous = FULL');
      }
      settleRun.run(0, 1, event.data.run);
    },
    settle: (run: string, seq: number): void => void settleRun.run(seq, 0, run),
    /** A run that the ledger knows and this file does not, as after a restore of a part: its stamp, without its findings. */
    adopt(event: Reconciled, by: string): void {
      if (hasRun.get(event.data.run) === undefined) write(event, by, false);
      else settleRun.run(event.seq, 0, event.data.run);
    },
    /** Takes away what the ledger does not know. */
    forget(isKnown: (run: string) => boolean): void {
      const runs = db.prepare('SELECT run FROM runs').all() as { run: string }[];
      for (const { run } of runs) if (!isKnown(run)) db.prepare('DELETE FROM runs WHERE run = ?').run(run);
    },
    note({ run, finding, owner, cause, note, by, at }: Note): void {
      // What is said of a run that nobody knows any more is of nothing.
      if (hasRun.get(run) === undefined) return;
      putNote.run({ run, finding, owner: owner ?? null, cause: cause ?? null, note: note ?? null, by, at });
    },
    /** Of the days of a span, both included: the latest day first, and of it the latest stamp. */
    stamps: (from: string, to: string): Stamp[] =>
      (stampsOf.all(from, to) as unknown as StampRow[]).map((row) => toStamp(row, zone)),
    stamp(run: string): Stamp | undefined {
      const row = oneStamp.get(run) as StampRow | undefined;
      return row && toStamp(row, zone);
    },
    /** The stations of some findings, by their numbers; absent for what there is none. */
    stationsOf(run: string, numbers: readonly number[]): Map<number, string | null> {
      const rows = db
        .prepare('SELECT n, station FROM findings WHERE run = ?1 AND n IN (SELECT value FROM json_each(?2))')
        .all(run, JSON.stringify(numbers)) as { n: number; station: string | null }[];
      return new Map(rows.map(({ n, station }) => [n, station]));
    },
    /** @param stations those whose findings are shown; absent: all */
    findings(
      run: string,
      { kind, state, owner, station }: FindingFilter,
      stations: readonly string[] | undefined,
      page: { readonly after: number; readonly limit: number },
    ): FindingList {
      const where = `run = :run AND kind <> '${LOST}' AND (:station IS NULL OR station = :station) AND (:owner IS NULL OR owner = :owner)
        AND (:state IS NULL OR (cause IS NULL) = (:state = 'open'))
        AND (:stations IS NULL OR station IN (SELECT value FROM json_each(:stations)))`;
      const asked = {
        run,
        station: station ?? null,
        owner: owner ?? null,
        state: state ?? null,
        stations: stations === undefined ? null : JSON.stringify(stations),
      };
      const counts = db.prepare(`SELECT kind, count(*) AS n FROM findings WHERE ${where} GROUP BY kind`).all(asked) as {
        kind: FindingKind;
        n: number;
      }[];
      const rows = db
        .prepare(
          `SELECT n, body, owner, cause, note, noted_by, noted_at FROM findings
           WHERE ${where} AND (:kind IS NULL OR kind = :kind) AND n > :after ORDER BY n LIMIT :limit`,
        )
        .all({ ...asked, kind: kind ?? null, ...page }) as unknown as FindingLine[];
      const byKind = { 'ledger-missing': 0, 'file-missing': 0, differs: 0, unread: 0 };
      for (const one of counts) byKind[one.kind] = one.n;
      return { counts: byKind, rows: rows.map(toRow) };
    },
    close: (): void => db.close(),
  };
}

function toStamp({ ledgerMissing, fileMissing, differs, unread, ...rest }: StampRow, zone: Zone): Stamp {
  const counts = { 'ledger-missing': ledgerMissing, 'file-missing': fileMissing, differs, unread };
  return { ...rest, counts, ...(dayOf(zone, rest.at) <= rest.day ? { asOf: formatClock(zone, rest.at) } : {}) };
}

function toRow({ n, body, owner, cause, note, noted_by: by, noted_at: at }: FindingLine): FindingRow {
  return {
    ...(JSON.parse(body) as Finding),
    n,
    ...(owner === null ? {} : { owner }),
    ...(cause === null ? {} : { cause }),
    ...(note === null ? {} : { note }),
    ...(by === null || at === null ? {} : { noted: { by, at } }),
  };
}
