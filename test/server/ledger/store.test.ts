// The writing core in this very process, where its failures can be made to happen: a full disk, a batch that breaks.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toLedgerError } from '../../../server/ledger/sqlite/problems.ts';
import { packBatch, ROW_WIDTH, type PackedBatch } from '../../../server/ledger/sqlite/rows.ts';
import { openForWriting } from '../../../server/ledger/sqlite/schema.ts';
import { LedgerStore } from '../../../server/ledger/sqlite/store.ts';
import { AT, manyAccepted } from './sample-events.ts';
import { zone } from './sqlite-place.ts';

describe('the store under failing writes', () => {
  let folder: string;
  let db: DatabaseSyncInstance;
  let store: LedgerStore;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hallpulse-store-'));
    db = openForWriting(join(folder, 'ledger.sqlite'), 'meilin', zone.name, AT).db;
    store = new LedgerStore(db);
  });
  afterEach(() => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const packed = (prefix: string, count: number): PackedBatch => packBatch(manyAccepted(prefix, count), AT, zone, null);
  const storedSeqs = (): number[] =>
    db
      .prepare('SELECT seq FROM events ORDER BY seq')
      .all()
      .map((row: { seq: number }) => row.seq);

  test('a group is one commit: a batch that breaks takes the group with it, and no place is lost', () => {
    store.appendGroup([packed('a', 2)]);
    const broken = packed('b', 3);
    const values = [...broken.values];
    values[2 * ROW_WIDTH + 2] = null;
    expect(() => store.appendGroup([packed('c', 2), { ...broken, values }])).toThrow();
    expect(store.head).toBe(2);
    expect(store.appendGroup([packed('c', 2)])).toEqual([{ count: 2, seq: 4 }]);
    expect(storedSeqs()).toEqual([1, 2, 3, 4]);
  });

  test('a full disk is named, keeps what was acknowledged, and is over when there is room (promise 8)', () => {
    store.appendGroup([packed('a', 10)]);
    const { page_count: pages } = db.prepare('PRAGMA page_count').get() as { page_count: number };
    db.exec(`PRAGMA max_page_count = ${pages + 2}`);
    const big = packed('b', 1_000);
    let failure: unknown;
    try {
      store.appendGroup([big]);
    } catch (error) {
      failure = toLedgerError(error, folder);
    }
    expect(failure).toMatchObject({ name: 'LedgerError', problem: 'disk-full' });
    expect(String(failure)).toContain(folder);
    expect(storedSeqs()).toHaveLength(10);
    expect(store.appendGroup([packed('small', 1)])).toEqual([{ count: 1, seq: 11 }]);
    db.exec('PRAGMA max_page_count = 1000000');
    expect(store.appendGroup([big])).toEqual([{ count: 1_000, seq: 1_011 }]);
    expect(storedSeqs()).toEqual(Array.from({ length: 1_011 }, (_, i) => i + 1));
  });

  test('a full disk during a checkpoint leaves the last one and its cells', () => {
    const cell = { day: '2019-11-22', station: 'hall', name: 'accepted', n: 1 };
    store.saveFold({ foldVersion: '1', after: 0, seq: 1, cells: [cell], state: '{}' });
    const { page_count: pages } = db.prepare('PRAGMA page_count').get() as { page_count: number };
    db.exec(`PRAGMA max_page_count = ${pages}`);
    const tooMuch = { foldVersion: '1', after: 1, seq: 2, cells: [cell], state: 'x'.repeat(100_000) };
    expect(() => store.saveFold(tooMuch)).toThrow(/full/);
    expect(db.prepare('SELECT seq, state_seq, state FROM folds').get()).toEqual({ seq: 1, state_seq: 1, state: '{}' });
    expect(db.prepare('SELECT n FROM cells').get()).toEqual({ n: 1 });
  });

  test('what a dropped fold had stored is swept away in pieces, and a new one never takes its cells', () => {
    const cellsOf = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ day: '2019-11-22', station: 'hall', name: `handling/${i}`, n: 1 }));
    store.saveFold({ foldVersion: '1', after: 0, seq: 1, cells: cellsOf(12_000) });
    store.dropFold('1');
    store.saveFold({ foldVersion: '1', after: 0, seq: 1, cells: cellsOf(3) });
    store.saveFold({ foldVersion: '2', after: 0, seq: 1, cells: cellsOf(5) });
    store.showFold('2');
    let pieces = 0;
    while (store.sweep()) pieces++;
    expect(pieces).toBeGreaterThan(2);
    expect(db.prepare('SELECT count(*) AS n FROM cells').get()).toEqual({ n: 5 });
    expect(db.prepare('SELECT version, shown FROM folds').all()).toEqual([{ version: '2', shown: 1 }]);
  });

  test('every commit is synced to the disk before it is answered', () => {
    expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
  });
});
