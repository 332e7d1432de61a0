/** `npm run backup -- [--to DIR] [--demo]`: a checked copy of the data folder, taken while the hall is served. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createBackup } from '../server/backup/backup.ts';
import { sqliteKeeper } from '../server/ledger/sqlite/ledger-folder.ts';
import { findRoot, readPlaces } from '../server/settings.ts';
import { describeProblem } from '../server/start-problem.ts';

const { values } = parseArgs({ options: { to: { type: 'string' }, demo: { type: 'boolean', default: false } } });
const store = readPlaces(process.env, findRoot(import.meta.dirname)).dataFolder;
const folder = values.demo ? join(store, 'demo') : store;

try {
  const to = values.to === undefined ? join(folder, 'backups') : resolve(values.to);
  const { path, manifest } = await createBackup({ folder, ledger: sqliteKeeper, to, now: Date.now() });
  console.log(`Backed up hall ${manifest.hall}: ${manifest.events} events, up to number ${manifest.seq}.`);
  console.log(`Checked and written to ${path}`);
} catch (error) {
  const said = describeProblem(error);
  if (said === undefined) throw error;
  console.error(said);
  process.exitCode = 1;
}
