/** A backup of a data folder, taken while the hall is served: all of it that cannot be made anew, with a manifest. */
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  ACCESS_FILE,
  CODES_FILE,
  DEMO_MARK,
  DOCUMENTS_FOLDER,
  MAPPINGS_FOLDER,
  PHOTOGRAPHS_FOLDER,
  RECONCILE_FILE,
  VOICES_FILE,
} from '../hall-files.ts';
import { inspectHallFolder } from '../hall-folder.ts';
import type { LedgerKeeper } from '../ledger/keeper.ts';
import { LedgerError } from '../ledger/port.ts';
import { copyDatabase } from '../sqlite/copy.ts';
import { syncPath } from '../sync-path.ts';
import { mergeWaiting } from '../voices/store.ts';
import { copyPlain } from './copy-plain.ts';
import { listFiles, MANIFEST_FILE, type Manifest } from './manifest.ts';

/** What a backup holds beside the ledger, of what is there. */
export const PLAIN_PARTS = [DOCUMENTS_FOLDER, PHOTOGRAPHS_FOLDER, MAPPINGS_FOLDER, CODES_FILE, DEMO_MARK];

export interface BackupOptions {
  /** The data folder, which may be in use. */
  readonly folder: string;
  readonly ledger: LedgerKeeper;
  /** Where dated backups are collected. */
  readonly to: string;
  /** Epoch ms; names the backup. */
  readonly now: number;
}

/**
 * Writes a checked backup to a new dated folder below `to`. It bears its name only once it is whole,
 * so an interrupted one is never taken for a backup.
 * @throws LedgerError when the ledger cannot be read or its copy does not hold what it held
 * @throws StartProblem when a part of the hall is lost
 */
export async function createBackup({
  folder,
  ledger,
  to,
  now,
}: BackupOptions): Promise<{ path: string; manifest: Manifest }> {
  if (inspectHallFolder(folder, ledger.file) !== 'whole')
    throw new LedgerError('io', `There is no ledger in ${folder}.`);
  mkdirSync(to, { recursive: true, mode: 0o700 });
  const stamp = stampOf(now);
  const partial = freePath(to, stamp, `.${process.pid}.partial`);
  mkdirSync(partial, { mode: 0o700 });
  try {
    const words = join(folder, VOICES_FILE);
    const wordsBefore = join(partial, `${VOICES_FILE}.before`);
    const hasWords = existsSync(words);
    if (hasWords) await copyDatabase(words, wordsBefore);
    const { hall, ledgerId, seq, events } = await ledger.copy(folder, partial);
    await copyDatabase(join(folder, ACCESS_FILE), join(partial, ACCESS_FILE));
    // A hall has none before its first reconciliation.
    if (existsSync(join(folder, RECONCILE_FILE)))
      await copyDatabase(join(folder, RECONCILE_FILE), join(partial, RECONCILE_FILE));
    if (hasWords) {
      await copyDatabase(words, join(partial, VOICES_FILE));
      mergeWaiting(wordsBefore, join(partial, VOICES_FILE));
      rmSync(wordsBefore);
    }
    for (const name of PLAIN_PARTS) copyPlain(join(folder, name), join(partial, name));
    const files = await listFiles(partial);
    const manifest: Manifest = { format: 1, created: new Date(now).toISOString(), hall, ledgerId, seq, events, files };
    writeFileSync(join(partial, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
    chmodSync(join(partial, MANIFEST_FILE), 0o600);
    const written = [...files.map((file) => file.path), MANIFEST_FILE].map((file) => join(partial, file));
    for (const file of new Set([...written, ...written.map((file) => dirname(file))])) syncPath(file);
    const path = takeName(partial, to, stamp);
    syncPath(to);
    return { path, manifest };
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw ledger.explain(error, folder);
  }
}

/** Gives a whole backup the first free name of its moment; two that end together get two. */
function takeName(partial: string, to: string, stamp: string): string {
  for (;;) {
    const path = freePath(to, stamp);
    try {
      renameSync(partial, path);
      return path;
    } catch (error) {
      // A folder takes no other's place, unless that one is empty.
      if (!existsSync(path)) throw error;
    }
  }
}

/** `PARENT/NAME`, or `PARENT/NAME-2` and so on where that is taken. */
export function freePath(parent: string, name: string, ending = ''): string {
  for (let n = 1; ; n++) {
    const path = join(parent, `${name}${n === 1 ? '' : `-${n}`}${ending}`);
    if (!existsSync(path)) return path;
  }
}

/** A moment as part of a folder's name, in UTC: `20191125T023000Z`. */
export function stampOf(now: number): string {
  return new Date(now).toISOString().replace(/\.\d+/, '').replaceAll(/[-:]/g, '');
}
