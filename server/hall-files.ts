/** The names of what lies in a hall's data folder. */
import { readdirSync } from 'node:fs';

export const ACCESS_FILE = 'access.sqlite';
export const CODES_FILE = 'alarm-codes.key';
/** What others let the hall in with; in no backup. */
export const SECRETS_FILE = 'secrets.json';
export const DOCUMENTS_FOLDER = 'documents';
export const PHOTOGRAPHS_FOLDER = 'photographs';
/** What laying other systems' exports against the ledger brought to light. */
export const RECONCILE_FILE = 'reconcile.sqlite';
/** What citizens wrote and nobody has read yet. */
export const VOICES_FILE = 'voices.sqlite';
/** Files that somebody brings in, while they do; emptied at each start. */
export const INCOMING_FOLDER = 'incoming';
/** How other systems' exports are read. */
export const MAPPINGS_FOLDER = 'mappings';
/** What staff try, and nobody keeps. */
export const PRACTICE_FOLDER = 'practice';
export const BACKUPS_FOLDER = 'backups';
/** Its presence says that a folder's ledger is made up; no ledger with it is ever opened as a real one. */
export const DEMO_MARK = 'DEMO';
/** A restore that was cut short leaves a folder of this name, and a hall that is not whole. */
export const RESTORING_PREFIX = 'restoring-';
/** What a restore put aside. */
export const REPLACED_PREFIX = 'replaced-';
/** When the hall last ended its own process. */
export const LAST_END_FILE = 'last-end.json';

/** Names of the folders that restores left which did not come to their end. */
export function listUnfinishedRestores(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith(RESTORING_PREFIX));
}
