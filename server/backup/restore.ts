/** Puts a backup in the place of what a data folder holds of the hall; what was there is kept beside it. */
import { chmodSync, copyFileSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  ACCESS_FILE,
  listUnfinishedRestores,
  RECONCILE_FILE,
  REPLACED_PREFIX,
  RESTORING_PREFIX,
  VOICES_FILE,
} from '../hall-files.ts';
import type { LedgerKeeper } from '../ledger/keeper.ts';
import { syncPath } from '../sync-path.ts';
import { freePath, PLAIN_PARTS, stampOf } from './backup.ts';
import { checkBackup, type Manifest } from './manifest.ts';

/** Whoever ends at this moment is waited for. */
const HOLD_WAIT_MS = 1_000;

export interface RestoreOptions {
  /** One backup: the folder that holds its manifest. */
  readonly from: string;
  /** The data folder, which nobody may have open for writing. */
  readonly folder: string;
  readonly ledger: LedgerKeeper;
  /** Epoch ms; names the folder to which the present files move. */
  readonly now: number;
}

export interface RestoreResult {
  readonly manifest: Manifest;
  /** Where the files that were replaced lie now; absent when there were none. */
  readonly replaced?: string;
  /** The ledger's new name: every wall fetches its board afresh. */
  readonly ledgerId: string;
}

/**
 * Checks the backup, copies it beside the present files, then changes places. Cells and checkpoint come with
 * the copy and belong to its head.
 * @throws LedgerError `in-use` while the folder is served, `damaged` when the backup is not what its manifest says
 */
export async function restoreBackup({ from, folder, ledger, now }: RestoreOptions): Promise<RestoreResult> {
  const releaseLock = ledger.hold(folder, HOLD_WAIT_MS);
  try {
    const manifest = await checkBackup(from);
    const incoming = freePath(folder, `${RESTORING_PREFIX}${stampOf(now)}`);
    mkdirSync(incoming, { mode: 0o700 });
    let ledgerId: string;
    try {
      ledgerId = copyIn(from, incoming, manifest, ledger);
    } catch (error) {
      rmSync(incoming, { recursive: true, force: true });
      throw error;
    }
    const names = readdirSync(incoming);
    const replaced = moveAside(folder, names, freePath(folder, `${REPLACED_PREFIX}${stampOf(now)}`), ledger.file);
    // The ledger goes last: as long as it is missing, everybody can see that the restore was cut short.
    for (const name of [...names.filter((name) => name !== ledger.file), ledger.file])
      renameSync(join(incoming, name), join(folder, name));
    syncPath(folder);
    for (const name of listUnfinishedRestores(folder)) rmSync(join(folder, name), { recursive: true });
    return { manifest, ledgerId, ...(replaced === undefined ? {} : { replaced }) };
  } finally {
    releaseLock();
  }
}

function copyIn(from: string, incoming: string, manifest: Manifest, ledger: LedgerKeeper): string {
  for (const { path } of manifest.files) {
    mkdirSync(dirname(join(incoming, path)), { recursive: true, mode: 0o700 });
    copyFileSync(join(from, path), join(incoming, path));
    // Whatever rights the backup has by now.
    chmodSync(join(incoming, path), 0o600);
  }
  const ledgerId = ledger.adopt(incoming, manifest);
  const files = manifest.files.map(({ path }) => join(incoming, path));
  for (const path of new Set([...files, ...files.map((file) => dirname(file))])) syncPath(path);
  return ledgerId;
}

/**
 * Makes room for `incoming`; what the backup does not hold stays, as a backup of an earlier version holds fewer parts.
 * A log that lies beside a database belongs to it and moves with it.
 */
function moveAside(folder: string, incoming: readonly string[], aside: string, ledgerFile: string): string | undefined {
  const parts = [ledgerFile, ACCESS_FILE, RECONCILE_FILE, VOICES_FILE, ...PLAIN_PARTS].filter((part) =>
    incoming.includes(part),
  );
  const isPart = (name: string): boolean =>
    parts.some((part) => name === part || (part.endsWith('.sqlite') && name.startsWith(`${part}-`)));
  const names = readdirSync(folder).filter(isPart);
  if (names.length === 0) return undefined;
  mkdirSync(aside, { mode: 0o700 });
  // The ledger goes first, before its log: it is missing from the first step to the last.
  const isLedger = (name: string): number => (name === ledgerFile ? 0 : 1);
  for (const name of names.sort((a, b) => isLedger(a) - isLedger(b))) renameSync(join(folder, name), join(aside, name));
  syncPath(aside);
  return aside;
}
