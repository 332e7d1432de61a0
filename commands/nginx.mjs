// nginx, behind which the campaign `nginx` puts the product; `npm test` never installs it.
import { findProgram, installPackages } from './browser.mjs';

const PACKAGES = ['nginx-light'];

/** The program's path, or undefined. */
export function findNginx() {
  return findProgram('nginx');
}

/** Installs it where it is missing and it may, else says what to install. */
export async function ensureNginx() {
  const found = findNginx();
  if (found !== undefined) return found;
  await installPackages(PACKAGES);
  const now = findNginx();
  if (now !== undefined) return now;
  throw new Error(`This campaign needs nginx. Run \`apt-get install ${PACKAGES.join(' ')}\` as root.`);
}
