/** Which program prints reports: the one that is named, else the first Chromium on the machine's path. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** As the systems that halls have call it. */
const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];

/** @param configured HALLPULSE_BROWSER; @param path PATH */
export function findBrowser(configured: string | undefined, path: string | undefined): string | undefined {
  if (configured) return existsSync(configured) ? configured : undefined;
  const folders = (path ?? '').split(delimiter).filter((folder) => folder !== '');
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file));
}
