/** A hall's data folder: ledger, access store and profile make it one. It has all three or is new; anything else is a loss. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createAccessFile } from './access/database.ts';
import { openDocuments, type Documents } from './documents/documents.ts';
import {
  ACCESS_FILE,
  BACKUPS_FOLDER,
  CODES_FILE,
  DOCUMENTS_FOLDER,
  REPLACED_PREFIX,
  RESTORING_PREFIX,
} from './hall-files.ts';
import type { LedgerKeeper } from './ledger/keeper.ts';
import { StartProblem } from './start-problem.ts';
import { syncPath } from './sync-path.ts';

/** Where a new hall's stores wait for their places; a folder of this name is whole. */
const MAKING = 'making';
/** Who makes a hall's folder at this moment takes a moment more than a process that ends. */
const MAKING_WAIT_MS = 15_000;
const PROFILE_FILES = ['profile.json', 'profile.last-good.json'];

export interface HallFolderOptions {
  readonly folder: string;
  /** The documents that a new hall begins with. */
  readonly seedFolder: string;
  /** What is done to them before the hall is: the demo has people of its own. */
  readonly furnish?: (documents: Documents) => Promise<void>;
  readonly ledger: LedgerKeeper;
  /** Epoch ms. */
  readonly now: number;
}

/**
 * `whole`: all three are there. `new`: nothing of a hall is. `making`: a making was cut short, before anything could
 * be recorded, and goes on where it stopped.
 * @throws StartProblem where some of a hall is there and the rest is not
 */
export function inspectHallFolder(folder: string, ledgerFile: string): 'whole' | 'new' | 'making' {
  const names = new Set(existsSync(folder) ? readdirSync(folder) : []);
  const documents = names.has(DOCUMENTS_FOLDER) ? readdirSync(join(folder, DOCUMENTS_FOLDER)) : [];
  const profile = `${DOCUMENTS_FOLDER}/${PROFILE_FILES[0]}`;
  const isThere = new Map([
    [ledgerFile, names.has(ledgerFile)],
    [ACCESS_FILE, names.has(ACCESS_FILE)],
    [profile, PROFILE_FILES.some((name) => documents.includes(name))],
  ]);
  const missing = [...isThere].flatMap(([name, is]) => (is ? [] : [name]));
  if (missing.length === 0) return 'whole';
  if ([...names].some((name) => name.startsWith(RESTORING_PREFIX))) {
    throw new StartProblem(`A restore into ${folder} was cut short. Run it once more before starting Hallpulse.`);
  }
  if (!names.has(ledgerFile) && existsSync(join(folder, MAKING, ledgerFile))) return 'making';
  const traces = [
    ...[...isThere].flatMap(([name, is]) => (is ? [name] : [])),
    // A log without its database: what was committed last may lie in it.
    ...missing.map((name) => `${name}-wal`).filter((name) => names.has(name)),
    ...(documents.length > 0 && missing.includes(profile) ? [`${DOCUMENTS_FOLDER}/`] : []),
    ...[...names].filter((name) => name === CODES_FILE || name.startsWith(REPLACED_PREFIX)),
    ...(names.has(BACKUPS_FOLDER) && readdirSync(join(folder, BACKUPS_FOLDER)).length > 0
      ? [`${BACKUPS_FOLDER}/`]
      : []),
  ];
  if (traces.length === 0) return 'new';
  throw new StartProblem(
    `The data folder ${folder} holds ${traces.join(', ')} and lacks ${missing.join(', ')}, so a part of the hall is lost. ` +
      'Restore a backup (npm run restore -- FOLDER-OF-A-BACKUP); or, if this really is a new hall, empty the folder.',
  );
}

/**
 * Makes a hall's folder where there is none yet: profile, access store and ledger, or nothing. Made aside, and the
 * ledger takes its place last, so that a power cut leaves what the next call takes up.
 * @returns whether a hall was made
 * @throws StartProblem where the folder or the seed cannot be used
 */
export async function prepareHallFolder(options: HallFolderOptions): Promise<boolean> {
  const { folder, ledger } = options;
  if (inspectHallFolder(folder, ledger.file) === 'whole') return false;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const release = ledger.hold(folder, MAKING_WAIT_MS);
  try {
    // Another command may have made it meanwhile.
    const found = inspectHallFolder(folder, ledger.file);
    if (found === 'whole') return false;
    if (found === 'new') await makeAside(options);
    takePlaces(folder, ledger.file);
    return true;
  } finally {
    release();
  }
}

async function makeAside({ folder, seedFolder, furnish, ledger, now }: HallFolderOptions): Promise<void> {
  if (!statSync(seedFolder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new StartProblem(
      `A new hall begins with the documents of ${seedFolder}, which is no folder. Set HALLPULSE_HALL to the folder that holds profile.json and catalogue.json.`,
    );
  }
  const partial = join(folder, `${MAKING}.partial`);
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { mode: 0o700 });
  try {
    const documents = await openDocuments({ folder: join(partial, DOCUMENTS_FOLDER), seedFolder });
    await furnish?.(documents);
    await documents.close();
    createAccessFile(partial);
    const { hall, timeZone } = documents.config.profile;
    ledger.create({ folder: partial, hall, zone: timeZone, now });
    renameSync(partial, join(folder, MAKING));
    syncPath(folder);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
}

function takePlaces(folder: string, ledgerFile: string): void {
  const making = join(folder, MAKING);
  const names = readdirSync(making).filter((name) => name !== ledgerFile);
  for (const name of [...names, ledgerFile]) renameSync(join(making, name), join(folder, name));
  syncPath(folder);
  rmSync(making, { recursive: true });
}
