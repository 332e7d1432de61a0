// `npm start`: makes the product ready and runs the server in this very process, so signals and exit codes are its own.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare, root } from './prepare.mjs';

await prepare();
const main = join(root, 'dist/server/main.js');
process.argv[1] = main;
await import(pathToFileURL(main).href);
