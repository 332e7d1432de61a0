/** `npm run keys -- …`: makes, lists, rotates and revokes ingest keys and the tokens of screens. */
import { join } from 'node:path';
import { openAccess } from '../server/access/access.ts';
import { KEYS_USAGE, runKeys } from '../server/access/keys-command.ts';
import { describeResult, type CommandResult } from '../server/command-result.ts';
import { markDemoFolder } from '../server/demo/hall.ts';
import { furnishDemo } from '../server/demo/people.ts';
import { inspectHallFolder, prepareHallFolder } from '../server/hall-folder.ts';
import { readHallIdentity } from '../server/ingest/import/hall-zone.ts';
import { sqliteKeeper } from '../server/ledger/sqlite/ledger-folder.ts';
import { findRoot, readPlaces } from '../server/settings.ts';
import { StartProblem } from '../server/start-problem.ts';

const args = process.argv.slice(2);

const { lines, isOk } = await describeResult(run);
for (const line of lines) (isOk ? console.log : console.error)(line);
if (!isOk) process.exitCode = 2;

async function run(): Promise<CommandResult> {
  const root = findRoot(import.meta.dirname);
  const { dataFolder, seedFolder } = readPlaces(process.env, root);
  const isDemo = args.includes('--demo');
  const folder = isDemo ? join(dataFolder, 'demo') : dataFolder;
  // Only a first key is a reason to make a hall's folder: a list in the wrong place must not leave one behind.
  if (!args.includes('add') && inspectHallFolder(folder, sqliteKeeper.file) === 'new')
    return { isOk: false, lines: [`There is no hall in ${folder} yet.`, '', KEYS_USAGE] };
  if (isDemo) markDemoFolder(folder);
  const furnish = isDemo ? { furnish: furnishDemo(root) } : {};
  const isMade = await prepareHallFolder({ folder, seedFolder, ...furnish, ledger: sqliteKeeper, now: Date.now() });
  const identity = readHallIdentity([join(folder, 'documents')]);
  if (identity === undefined)
    throw new StartProblem(`The profile in ${folder} cannot be read: mend it, or restore a backup.`);
  const { hall, windows, stations } = identity;
  if (isMade) console.error(`Made a folder for hall ${hall} in ${folder}, with the documents of ${seedFolder}.`);
  const access = openAccess(folder, { now: Date.now });
  try {
    return runKeys(args, access, { hall, now: Date.now(), windows, stations });
  } finally {
    access.close();
  }
}
