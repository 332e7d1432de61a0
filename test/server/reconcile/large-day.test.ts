// A day a hundred times as large as any, on the real ledger with its own threads: right to the case, and nobody waits for it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HallEvent } from '../../../domain/events/event.ts';
import { createReconciler } from '../../../server/reconcile/ask-reconciler.ts';
import { FINDINGS_KEPT } from '../../../server/reconcile/reconcile.ts';
import { openReconciliations } from '../../../server/reconcile/reconciliations.ts';
import { createRecorder, withTime } from '../../../server/record.ts';
import type { Ledger } from '../../../server/ledger/port.ts';
import { findRoot } from '../../e2e/product.ts';
import { readConfig } from '../../domain/board/topics/fold-story.ts';
import { createSqlitePlace, zone, type SqlitePlace } from '../ledger/sqlite-place.ts';
import { createFileFolder, type FileFolder } from '../ingest/import/sample-files.ts';
import { DAY, PLATFORM, toCsv, toXlsx, type ExportRow } from './exports.ts';

const CASES = 100_000;
/** The loop may stand still for so much of the time that the work takes: it is done elsewhere, on a machine with other work as well. */
const LARGEST_SHARE = 0.1;
const now = Date.parse(`${DAY}T20:00:00+08:00`);
const first = Date.parse(`${DAY}T08:00:00+08:00`);

let place: SqlitePlace;
let ledger: Ledger;
let files: FileFolder;
const folder = mkdtempSync(join(tmpdir(), 'hallpulse-large-'));
beforeAll(async () => {
  files = createFileFolder();
  place = await createSqlitePlace();
  ledger = await place.open();
  for (let from = 0; from < CASES; from += 5_000) await ledger.append(withTime(acceptances(from, 5_000)), now, null);
}, 600_000);
afterAll(async () => {
  await ledger.close();
  await place.dispose();
  files.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const idOf = (i: number): string => `c${String(i).padStart(6, '0')}`;
/** One every quarter of a second, in the minute that its row tells. */
const clockOf = (i: number): number => first + Math.floor(i / 240) * 60_000;
function acceptances(from: number, count: number): HallEvent[] {
  return Array.from({ length: count }, (_, i) => ({
    source: PLATFORM.source,
    id: `${idOf(from + i)}/accepted`,
    type: 'hall.case.accepted',
    at: clockOf(from + i),
    data: { case: idOf(from + i), station: 'hall', channel: 'window', item: 'mi-03' },
  }));
}
function rowOf(i: number, prefix = ''): ExportRow {
  const minute = Math.floor(i / 240);
  return {
    id: `${prefix}${idOf(i)}`,
    accepted: `${8 + Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`,
  };
}

/** Also how long the loop stood still at most meanwhile. */
async function lay(file: string) {
  const reconciliations = await openReconciliations({
    folder,
    ledger,
    record: createRecorder({ ledger, now: () => now }),
    config: () => readConfig(),
    zone,
    now: () => now,
    ask: createReconciler(pathToFileURL(join(findRoot(), 'dist/server/reconciler.js'))),
  });
  const mapping = { id: 'platform', name: 'x', facts: [], input: PLATFORM };
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const beganAt = performance.now();
  delay.enable();
  const done = await reconciliations.run({ file, day: DAY, mapping, kind: undefined, by: 'm' });
  delay.disable();
  const [tookMs, pauseMs] = [performance.now() - beganAt, delay.max / 1e6];
  console.log(
    `${file.split('/').at(-1)}: ${Math.round(tookMs)} ms, the loop stood still for ${Math.round(pauseMs)} ms at most`,
  );
  const kept = done.ok ? reconciliations.findings(done.stamp.run, {}, undefined, { after: -1, limit: 10 }) : undefined;
  reconciliations.close();
  return { done, pausedShare: pauseMs / tookMs, kept };
}

test('a hundred thousand rows against as many cases: two left out, one more, one told otherwise (R1)', async () => {
  const rows = Array.from({ length: CASES }, (_, i) => rowOf(i)).filter((_, i) => i !== 7 && i !== 70_000);
  rows[500] = { ...rows[500]!, channel: '网上' };
  rows.push(rowOf(99, 'new'));
  const { done, pausedShare, kept } = await lay(files.write('large.csv', toCsv(rows)));
  expect(done).toMatchObject({ ok: true, stamp: { matched: CASES - 3 } });
  expect(kept!.rows.map(({ kind, thing }) => [kind, thing])).toEqual([
    ['ledger-missing', `case:new${idOf(99)}`],
    ['file-missing', `case:${idOf(7)}`],
    ['file-missing', `case:${idOf(70_000)}`],
    ['differs', `case:${idOf(501)}`],
  ]);
  expect(pausedShare).toBeLessThan(LARGEST_SHARE);
}, 600_000);

test('a file of which nothing agrees is counted whole, and kept as far as a person could read (R8)', async () => {
  const rows = Array.from({ length: CASES }, (_, i) => rowOf(i, 'x'));
  const { done, pausedShare, kept } = await lay(files.write('strange.csv', toCsv(rows)));
  expect(done).toMatchObject({
    ok: true,
    stamp: { matched: 0, counts: { 'ledger-missing': CASES, 'file-missing': CASES } },
  });
  expect(Object.values(kept!.counts).reduce((sum, n) => sum + n, 0)).toBe(FINDINGS_KEPT);
  expect(pausedShare).toBeLessThan(LARGEST_SHARE);
}, 600_000);

test('a workbook of as many rows is unpacked beside the loop as well (R8)', async () => {
  const rows = Array.from({ length: CASES }, (_, i) => rowOf(i));
  const { done, pausedShare } = await lay(files.write('large.xlsx', await toXlsx(rows)));
  expect(done).toMatchObject({ ok: true, stamp: { matched: CASES, settled: 0 } });
  expect(pausedShare).toBeLessThan(LARGEST_SHARE);
}, 600_000);

test('more rows than a day can have are refused', async () => {
  const rows = Array.from({ length: 200_001 }, (_, i) => rowOf(i % CASES));
  expect((await lay(files.write('endless.csv', toCsv(rows)))).done).toEqual({ ok: false, error: 'too-many-rows' });
}, 600_000);
