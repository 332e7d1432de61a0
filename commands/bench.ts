/** `npm run bench -- [NAME…] [--rounds N] [--small|--large] [--profile FOLDER] [--folder FOLDER]`: what is timed, as ratios. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { benches, childRoles } from '../bench/table.ts';
import { answerParent } from '../bench/child.ts';

const here = import.meta.dirname;
const [first = '', second = ''] = process.argv.slice(2);
if (first === 'child') answerParent(childRoles[second]!);
else process.exitCode = await run();

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '5' },
      small: { type: 'boolean', default: false },
      large: { type: 'boolean', default: false },
      folder: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  const rounds = Number(values.rounds);
  const names = positionals.length === 0 ? Object.keys(benches) : positionals;
  if (names.some((name) => !(name in benches)) || !(Number.isInteger(rounds) && rounds > 0 && rounds <= 50)) {
    const named = Object.keys(benches).join('|');
    console.error(
      `Usage: npm run bench -- [${named}] [--rounds 1 to 50] [--small|--large] [--profile FOLDER] [--folder FOLDER]`,
    );
    return 2;
  }
  const profileFolder = values.profile === undefined ? undefined : resolve(values.profile);
  if (profileFolder !== undefined) mkdirSync(profileFolder, { recursive: true });
  const kept = values.folder === undefined ? undefined : resolve(values.folder);
  if (kept !== undefined) mkdirSync(kept, { recursive: true });
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'hallpulse-bench-'));
  try {
    for (const name of names) {
      await benches[name]!({
        mainFile: join(here, '../main.js'),
        commandFile: process.argv[1]!,
        root: resolve(here, '../../..'),
        folder,
        size: values.small ? 'small' : 'full',
        isLarge: values.large,
        rounds,
        profileFolder,
      });
    }
  } finally {
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  }
  return 0;
}
