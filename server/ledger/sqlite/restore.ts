/** Puts a backup in the place of a data folder's ledger, access and documents; what was there is kept beside them. */
import { cpSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ACCESS_FILE, DOCUMENTS_FOLDER, stampOf } from './backup.ts';
import { checkBackup, type Manifest } from '../manifest.ts';
import { LedgerError } from '../port.ts';
import { readContents, sealCopy, syncPath } from './copy.ts';
import { takeWriterLock } from './lock.ts';
import { LEDGER_FILE, listUnfinishedRestores, renameLedger, RESTORING_PREFIX } from './schema.ts';

export interface RestoreOptions {
  /** One backup: the folder that holds its manifest. */
  readonly from: string;
  /** The data folder, which nobody may have open for writing. */
  readonly folder: string;
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
export async function restoreBackup({ from, folder, now }: RestoreOptions): Promise<RestoreResult> {
  const releaseLock = takeWriterLock(folder);
  try {
    const manifest = await checkBackup(from);
    const incoming = join(folder, `${RESTORING_PREFIX}${stampOf(now)}`);
    rmSync(incoming, { recursive: true, force: true });
    mkdirSync(incoming, { mode: 0o700 });
    let ledgerId: string;
    try {
      ledgerId = copyIn(from, incoming, manifest);
    } catch (error) {
      rmSync(incoming, { recursive: true, force: true });
      throw error;
    }
    const replaced = moveAside(folder, join(folder, `replaced-${stampOf(now)}`));
    // The ledger goes last: as long as it is missing, everybody can see that the restore was cut short.
    const names = readdirSync(incoming).filter((name) => name !== LEDGER_FILE);
    for (const name of [...names, LEDGER_FILE]) renameSync(join(incoming, name), join(folder, name));
    syncPath(folder);
    for (const name of listUnfinishedRestores(folder)) rmSync(join(folder, name), { recursive: true });
    return { manifest, ledgerId, ...(replaced === undefined ? {} : { replaced }) };
  } finally {
    releaseLock();
  }
}

function copyIn(from: string, incoming: string, manifest: Manifest): string {
  for (const { path } of manifest.files) cpSync(join(from, path), join(incoming, path), { recursive: true });
  const ledgerId = sealCopy(join(incoming, LEDGER_FILE), (db) => {
    const { seq, events } = readContents(db);
    if (seq !== manifest.seq || events !== manifest.events) {
      throw new LedgerError(
        'damaged',
        `The backup holds ${events} events instead of the ${manifest.events} that it names.`,
      );
    }
    return renameLedger(db);
  });
  const files = manifest.files.map(({ path }) => join(incoming, path));
  for (const path of new Set([...files, ...files.map((file) => dirname(file))])) syncPath(path);
  return ledgerId;
}

/** A log that lies beside a database belongs to it and moves with it. */
function moveAside(folder: string, aside: string): string | undefined {
  const isPart = (name: string): boolean =>
    name === DOCUMENTS_FOLDER ||
    [LEDGER_FILE, ACCESS_FILE].some((file) => name === file || name.startsWith(`${file}-`));
  const names = readdirSync(folder).filter(isPart);
  if (names.length === 0) return undefined;
  mkdirSync(aside, { mode: 0o700 });
  for (const name of names) renameSync(join(folder, name), join(aside, name));
  syncPath(aside);
  return aside;
}
