/** `npm run accounts -- …`: lists accounts, and gives out one-time codes on the machine itself, where a password was lost. */
import { join } from 'node:path';
import { openAccess } from '../server/access/access.ts';
import { ACCOUNTS_USAGE, runAccounts } from '../server/access/accounts-command.ts';
import { describeResult, type CommandResult } from '../server/command-result.ts';
import { inspectHallFolder } from '../server/hall-folder.ts';
import { sqliteKeeper } from '../server/ledger/sqlite/ledger-folder.ts';
import { findRoot, readPlaces } from '../server/settings.ts';

const { lines, isOk } = await describeResult(run);
for (const line of lines) (isOk ? console.log : console.error)(line);
if (!isOk) process.exitCode = 2;

function run(): CommandResult {
  const args = process.argv.slice(2).filter((arg) => arg !== '--demo');
  const { dataFolder } = readPlaces(process.env, findRoot(import.meta.dirname));
  const folder = process.argv.includes('--demo') ? join(dataFolder, 'demo') : dataFolder;
  if (inspectHallFolder(folder, sqliteKeeper.file) !== 'whole')
    return { isOk: false, lines: [`There is no hall in ${folder} yet.`, '', ACCOUNTS_USAGE] };
  const access = openAccess(folder, { now: Date.now });
  try {
    return runAccounts(args, access.accounts, Date.now());
  } finally {
    access.close();
  }
}
