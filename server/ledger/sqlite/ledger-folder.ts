/** The ledger as one of the stores that a hall's folder must have: whether it is there, and how a new one is made. */
import { join } from 'node:path';
import type { LedgerKeeper } from '../../hall-folder.ts';
import { takeWriterLock } from './lock.ts';
import { toLedgerError } from './problems.ts';
import { createLedger, LEDGER_FILE } from './schema.ts';

/** Who makes a hall's folder at this moment takes a moment more than a process that ends. */
const MAKING_WAIT_MS = 15_000;

export const sqliteKeeper: LedgerKeeper = {
  file: LEDGER_FILE,
  create: ({ folder, hall, zone, now }) => createLedger(join(folder, LEDGER_FILE), { hall, zone }, now),
  hold: (folder) => holdFolder(folder, MAKING_WAIT_MS),
};

/** The writer's lock for a command that works on the folder itself. @throws LedgerError */
export function holdFolder(folder: string, waitMs?: number): () => void {
  try {
    return takeWriterLock(folder, waitMs);
  } catch (error) {
    throw toLedgerError(error, folder);
  }
}
