/** `npm run keys -- …`: makes, lists, rotates and revokes ingest keys and the tokens of screens. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { openAccess } from '../server/access/access.ts';
import { runKeys } from '../server/access/keys-command.ts';

const args = process.argv.slice(2);
const store = resolve(process.env['HALLPULSE_DATA'] || 'data/store');
const folder = args.includes('--demo') ? join(store, 'demo') : store;

const access = openAccess(folder, { now: Date.now });
try {
  const { lines, isOk } = runKeys(args, access, { hall: readHall(folder), now: Date.now() });
  for (const line of lines) (isOk ? console.log : console.error)(line);
  if (!isOk) process.exitCode = 2;
} finally {
  access.close();
}

/** The hall of this data folder, which a server that has run here wrote down; else the seed that it would start from. */
function readHall(dataFolder: string): string {
  const profile = join(dataFolder, 'documents', 'profile.json');
  if (existsSync(profile)) {
    const { hall } = JSON.parse(readFileSync(profile, 'utf8')) as { hall?: unknown };
    if (typeof hall === 'string') return hall;
  }
  return basename(process.env['HALLPULSE_HALL'] || 'meilin');
}
