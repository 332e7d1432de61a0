// The browser that the tests drive: one that is found, else one that is installed, else a plain word on how to get one.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root, run } from './prepare.mjs';

const browserNames = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge',
];
const usualPlaces = [
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The path of a browser, or undefined; HALLPULSE_BROWSER wins over everything found. */
export async function findBrowser() {
  const chosen = process.env.HALLPULSE_BROWSER;
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new Error(`HALLPULSE_BROWSER names ${chosen}, which does not exist.`);
  }
  for (const name of browserNames) {
    const found = findProgram(name);
    if (found !== undefined) return found;
  }
  return usualPlaces.find((place) => existsSync(place)) ?? (await findPlaywrightBrowser());
}

/** Installs a browser, and strace for the test that counts fsync, where they are missing and it may. */
export async function ensureBrowser() {
  const found = await findBrowser();
  const packages = [];
  if (found === undefined) packages.push('chromium');
  if (process.platform === 'linux' && findProgram('strace') === undefined) packages.push('strace');
  if (packages.length === 0) return found;

  await installPackages(packages);
  const now = found ?? (await findBrowser());
  if (now !== undefined) return now;

  console.error("Installing Playwright's own browser …");
  const cli = join(root, 'node_modules/playwright-core/cli.js');
  await run(process.execPath, [cli, 'install', 'chromium']).catch((error) => console.error(error.message));
  const own = await findPlaywrightBrowser();
  if (own !== undefined) return own;
  throw new Error(
    'The tests need a browser and none was found. Run `apt-get install chromium` as root, ' +
      'or `npx playwright-core install --with-deps chromium`, or set HALLPULSE_BROWSER to its path.',
  );
}

/** With apt-get, where there is one and it may; what it could not do is said, and for the caller to find out. */
export async function installPackages(packages) {
  if (process.getuid?.() !== 0 || findProgram('apt-get') === undefined) return;
  console.error(`Installing ${packages.join(' and ')} with apt-get …`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await run('apt-get', ['update', '-qq'], env);
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], env);
  } catch (error) {
    console.error(error.message);
  }
}

/** The path of a program on PATH, or in the folders that a bare PATH may leave out. */
export function findProgram(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/usr/sbin'];
  return folders
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function findPlaywrightBrowser() {
  const { chromium } = await import('playwright-core');
  const path = chromium.executablePath();
  return path && existsSync(path) ? path : undefined;
}
