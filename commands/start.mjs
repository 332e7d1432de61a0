// `npm start`: makes the product ready, once, and keeps its server running.
import { join } from 'node:path';
import { prepare, root } from './prepare.mjs';
import { supervise } from './supervise.mjs';

await prepare();
process.exitCode = await supervise([join(root, 'dist/server/main.js'), ...process.argv.slice(2)]);
