/** `npm run restore -- FROM [--demo]`: puts a backup in the place of the data folder's files, which are kept beside it. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { restoreBackup } from '../server/backup/restore.ts';
import { sqliteKeeper } from '../server/ledger/sqlite/ledger-folder.ts';
import { findRoot, readPlaces } from '../server/settings.ts';
import { describeProblem } from '../server/start-problem.ts';

const { values, positionals } = parseArgs({
  options: { demo: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const store = readPlaces(process.env, findRoot(import.meta.dirname)).dataFolder;
const folder = values.demo ? join(store, 'demo') : store;
const [from] = positionals;

if (from === undefined || positionals.length > 1) {
  console.error('Usage: npm run restore -- FOLDER-OF-A-BACKUP [--demo]');
  process.exitCode = 2;
} else {
  try {
    const { manifest, replaced } = await restoreBackup({
      from: resolve(from),
      folder,
      ledger: sqliteKeeper,
      now: Date.now(),
    });
    console.log(
      `Restored hall ${manifest.hall} as of ${manifest.created}: ${manifest.events} events, up to number ${manifest.seq}.`,
    );
    if (replaced !== undefined) console.log(`What was there before lies in ${replaced}`);
  } catch (error) {
    const said = describeProblem(error);
    if (said === undefined) throw error;
    console.error(said);
    process.exitCode = 1;
  }
}
