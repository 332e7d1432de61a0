/** A backup of a data folder, taken while the hall is served: ledger, access and documents, with a manifest. */
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LedgerError } from '../port.ts';
import { listFiles, MANIFEST_FILE, type Manifest } from '../manifest.ts';
import { copyDatabase, copyLedger, syncPath } from './copy.ts';
import { toLedgerError } from './problems.ts';
import { LEDGER_FILE } from './schema.ts';

export const ACCESS_FILE = 'access.sqlite';
export const DOCUMENTS_FOLDER = 'documents';

export interface BackupOptions {
  /** The data folder, which may be in use. */
  readonly folder: string;
  /** Where dated backups are collected. */
  readonly to: string;
  /** Epoch ms; names the backup. */
  readonly now: number;
}

/**
 * Writes a checked backup to a new dated folder below `to`. It bears its name only once it is whole,
 * so an interrupted one is never taken for a backup.
 * @throws LedgerError when the ledger cannot be read or its copy does not hold what it held
 */
export async function createBackup({ folder, to, now }: BackupOptions): Promise<{ path: string; manifest: Manifest }> {
  if (!existsSync(join(folder, LEDGER_FILE))) throw new LedgerError('io', `There is no ledger in ${folder}.`);
  mkdirSync(to, { recursive: true, mode: 0o700 });
  const path = join(to, stampOf(now));
  if (existsSync(path)) throw new LedgerError('io', `${path} exists already.`);
  const partial = `${path}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { mode: 0o700 });
  try {
    const contents = await copyLedger(folder, join(partial, LEDGER_FILE));
    if (existsSync(join(folder, ACCESS_FILE)))
      await copyDatabase(join(folder, ACCESS_FILE), join(partial, ACCESS_FILE));
    const documents = join(folder, DOCUMENTS_FOLDER);
    if (existsSync(documents)) cpSync(documents, join(partial, DOCUMENTS_FOLDER), { recursive: true });
    const files = await listFiles(partial);
    const { hall, ledgerId, seq, events } = contents;
    const manifest: Manifest = { format: 1, created: new Date(now).toISOString(), hall, ledgerId, seq, events, files };
    writeFileSync(join(partial, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    const written = [...files.map((file) => file.path), MANIFEST_FILE].map((file) => join(partial, file));
    for (const file of new Set([...written, ...written.map((file) => dirname(file))])) syncPath(file);
    renameSync(partial, path);
    syncPath(to);
    return { path, manifest };
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw toLedgerError(error, folder);
  }
}

/** A moment as part of a folder's name, in UTC: `20191125T023000Z`. */
export function stampOf(now: number): string {
  return new Date(now).toISOString().replace(/\.\d+/, '').replaceAll(/[-:]/g, '');
}
