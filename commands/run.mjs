// `npm run import -- …` and its like: makes the product ready and runs one built command in this very process.
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare, root } from './prepare.mjs';

await prepare();
const [name = '', ...args] = process.argv.slice(2);
const folder = join(root, 'dist/server/commands');
const file = join(folder, `${name}.js`);
if (!/^[a-z][a-z-]*$/.test(name) || !existsSync(file)) {
  const known = existsSync(folder) ? readdirSync(folder).filter((entry) => entry.endsWith('.js')) : [];
  console.error(
    `There is no command "${name}". Known: ${known.map((entry) => basename(entry, '.js')).join(', ') || 'none'}.`,
  );
  process.exit(2);
}
process.argv = [process.argv[0], file, ...args];
await import(pathToFileURL(file).href);
