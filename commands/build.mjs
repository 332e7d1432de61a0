// `npm run build`: installs what is missing and builds anew, whether or not the sources changed.
import { checkNode, ensureBuilt, ensureInstalled, readBuild } from './prepare.mjs';

checkNode();
await ensureInstalled();
await ensureBuilt({ force: true });
console.log(`Built ${readBuild()} into dist/.`);
