// Three real exports, imported into a real ledger and folded: the board's measures state the files' true figures.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { createZone } from '../../../domain/calendar/zone.ts';
import { parseMapping } from '../../../domain/mapping/mapping.ts';
import type { Measures } from '../../../domain/measures/measures.ts';
import { catalogueSchema, createHallConfig, profileSchema } from '../../../domain/profile/profile.ts';
import { openBoard } from '../../../server/board/runtime.ts';
import { createCommandTarget } from '../../../server/ingest/import/ledger-target.ts';
import { openRows } from '../../../server/ingest/import/rows.ts';
import { runImport } from '../../../server/ingest/import/run-import.ts';
import { openSqliteLedger } from '../../../server/ledger/sqlite/engine.ts';
import { writerUrl } from '../ledger/sqlite-place.ts';
import { hasRealData, realFile } from './import/real-data.ts';

const readSeed = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../data/halls/meilin', name), 'utf8'));
const config = createHallConfig(
  v.parse(profileSchema, readSeed('profile.json')),
  v.parse(catalogueSchema, readSeed('catalogue.json')),
);
const NOW = Date.parse('2026-01-01T00:00:00Z');

/** Imports a file into an empty ledger of a hall in `zoneName` and measures it. */
async function measureImport(
  file: string,
  mappingName: string,
  zoneName: string,
  span: { from: string; to: string },
): Promise<Measures> {
  const folder = mkdtempSync(join(tmpdir(), 'hallpulse-import-'));
  const zone = createZone(zoneName);
  const ledger = await openSqliteLedger({ folder, hall: 'meilin', zone, writerUrl });
  try {
    const text = readFileSync(join(import.meta.dirname, `../../../data/mappings/${mappingName}.json`), 'utf8');
    const parsed = parseMapping(JSON.parse(text), zoneName);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const source = await openRows(realFile(file), parsed.mapping.spec.file, parsed.mapping.columns);
    const target = createCommandTarget(ledger, () => NOW);
    await runImport({ source, mapping: parsed.mapping, target, now: NOW, dryRun: false });
    const board = await openBoard({ ledger, config, zone });
    await board.ready;
    const measures = await board.measures({ ...span, now: NOW });
    await board.close();
    return measures;
  } finally {
    await ledger.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const suffix = hasRealData ? '' : ' (SKIPPED: the real data is not here)';

describe.skipIf(!hasRealData)(`measures of the real files${suffix}`, () => {
  test.each(['Europe/Amsterdam', 'Asia/Shanghai'])('receipt.csv, read in %s', async (zone) => {
    const span = { from: '2010-01-01', to: '2012-01-23' };
    expect(await measureImport('receipt.csv', 'receipt', zone, span)).toMatchObject({
      accepted: 1_434,
      onlineCases: 1_271,
      windowCases: 110,
      otherCases: 53,
      finished: 1_329,
      open: 105,
      overdueOpen: 39,
      onTime: { n: 952, of: 1_368 },
    });
  });

  test('pingshan_requests_2018.csv', async () => {
    const span = { from: '2018-02-08', to: '2018-10-31' };
    const measures = await measureImport('pingshan_requests_2018.csv', 'pingshan-requests', 'Asia/Shanghai', span);
    expect(measures).toMatchObject({
      accepted: 0,
      requests: { received: 6_952, answered: 6_950, onTime: 6_236, late: 714 },
    });
    expect(measures.consultations.visit + measures.consultations.phone).toBe(317);
    // The file's communities are not Meilin's: counted, and named so that somebody can configure them.
    expect(measures.unknown.stations).toHaveLength(24);
  });

  test('technion_bank_august.csv', async () => {
    const span = { from: '2010-08-01', to: '2010-09-01' };
    const measures = await measureImport('technion_bank_august.csv', 'technion-bank', 'Asia/Shanghai', span);
    expect(measures.tickets).toEqual({ taken: 41_768, called: 31_402, served: 31_402, passed: 0, left: 10_366 });
    expect(measures.wait.n).toBe(31_375);
  });
});
