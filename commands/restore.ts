/** `npm run restore -- FROM [--demo]`: puts a backup in the place of the data folder's files, which are kept beside it. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openAccess } from '../server/access/access.ts';
import { restoreBackup } from '../server/backup/restore.ts';
import type { CommandResult } from '../server/command-result.ts';
import { KeysProblem, noteRestore } from '../server/frozen/keys.ts';
import { sayRestoredByHand } from '../server/frozen/restored-by-hand.ts';
import { sqliteKeeper } from '../server/ledger/sqlite/ledger-folder.ts';
import { openReadingLedger } from '../server/ledger/sqlite/reading-ledger.ts';
import { demoKeysFolder, findRoot, readPlaces } from '../server/settings.ts';
import { describeProblem } from '../server/start-problem.ts';

const USAGE = `Usage: npm run restore -- FOLDER-OF-A-BACKUP [--demo]
       npm run restore -- --by-hand ACCOUNT [--demo]`;

const { values, positionals } = parseArgs({
  options: { demo: { type: 'boolean', default: false }, 'by-hand': { type: 'string' } },
  allowPositionals: true,
});
const { dataFolder: store, keysFolder: keys } = readPlaces(process.env, findRoot(import.meta.dirname));
const folder = values.demo ? join(store, 'demo') : store;
const keysFolder = values.demo ? demoKeysFolder(store) : keys;
const [from] = positionals;
const by = values['by-hand'];

if (positionals.length !== (by === undefined ? 1 : 0)) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  try {
    const { lines, isOk } = await (by === undefined ? restore(resolve(from!)) : sayByHand(by));
    for (const line of lines) (isOk ? console.log : console.error)(line);
    if (!isOk) process.exitCode = 1;
  } catch (error) {
    const said = error instanceof KeysProblem ? error.message : describeProblem(error);
    if (said === undefined) throw error;
    console.error(said);
    process.exitCode = 1;
  }
}

async function restore(backup: string): Promise<CommandResult> {
  const now = Date.now();
  const { manifest, replaced, ledgerId } = await restoreBackup({ from: backup, folder, ledger: sqliteKeeper, now });
  const lines = [
    `Restored hall ${manifest.hall} as of ${manifest.created}: ${manifest.events} events, up to number ${manifest.seq}.`,
    ...(replaced === undefined ? [] : [`What was there before lies in ${replaced}`]),
  ];
  try {
    await noteRestore(keysFolder, manifest.hall, { ledger: ledgerId, at: new Date(now).toISOString(), backup });
  } catch (error) {
    if (!(error instanceof KeysProblem)) throw error;
    // The hall is whole; that nobody can prove who put it here is said, and can be mended.
    lines.push(
      `This is noted nowhere: ${error.message} Put the folder of the keys back where this hall had frozen days, then say so: npm run restore -- --by-hand ACCOUNT`,
    );
  }
  return { lines, isOk: true };
}

async function sayByHand(account: string): Promise<CommandResult> {
  const { db, meta, reader, close } = openReadingLedger(folder);
  const access = openAccess(folder, { now: Date.now });
  try {
    const { head } = db.prepare('SELECT coalesce(max(seq), 0) AS head FROM events').get() as { head: number };
    const { ledgerId, hall } = meta;
    const { accounts } = access;
    const now = Date.now();
    return await sayRestoredByHand({ ledger: reader, ledgerId, hall, head, keysFolder, accounts, by: account, now });
  } finally {
    access.close();
    close();
  }
}
