/** The ledger at rest, as one of the stores that a hall's folder must have. */
import { join } from 'node:path';
import type { LedgerKeeper } from '../keeper.ts';
import { adoptCopy, copyLedger } from './copy.ts';
import { takeWriterLock } from './lock.ts';
import { toLedgerError } from './problems.ts';
import { createLedger, LEDGER_FILE } from './schema.ts';

export const sqliteKeeper: LedgerKeeper = {
  file: LEDGER_FILE,
  create: ({ folder, hall, zone, now }) => createLedger(join(folder, LEDGER_FILE), { hall, zone }, now),
  hold: (folder, waitMs) => explained(folder, () => takeWriterLock(folder, waitMs)),
  copy: (folder, into) => copyLedger(folder, join(into, LEDGER_FILE)),
  adopt: (folder, expected) => explained(folder, () => adoptCopy(folder, expected)),
  explain: toLedgerError,
};

function explained<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw toLedgerError(error, folder);
  }
}
