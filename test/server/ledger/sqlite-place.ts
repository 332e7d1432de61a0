// A folder of its own for each test, and the built thread that writes there.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createZone } from '../../../domain/calendar/zone.ts';
import type { Ledger } from '../../../server/ledger/port.ts';
import { openSqliteLedger } from '../../../server/ledger/sqlite/engine.ts';
import type { LedgerPlace } from './contract.ts';

export const zone = createZone('Asia/Shanghai');
export const writerUrl = pathToFileURL(join(import.meta.dirname, '../../../dist/server/ledger-writer.js'));

export interface SqlitePlace extends LedgerPlace {
  readonly folder: string;
}

export function createSqlitePlace(): Promise<SqlitePlace> {
  const parent = mkdtempSync(join(tmpdir(), 'hallpulse-ledger-'));
  const folder = join(parent, 'store');
  return Promise.resolve({
    folder,
    open: () => openAt(folder),
    dispose: () => Promise.resolve(rmSync(parent, { recursive: true, force: true })),
  });
}

export function openAt(folder: string, hall = 'meilin'): Promise<Ledger> {
  return openSqliteLedger({ folder, hall, zone, writerUrl });
}
