// Before any test: a built server that matches the sources, for the tests that run it, and the path of a browser.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { findBrowser } from '../../commands/browser.mjs';
import { ensureBuilt } from '../../commands/prepare.mjs';

const testFolder = join(import.meta.dirname, '..');

export default async function setup(project: TestProject): Promise<void> {
  const { testFiles } = await project.globTestFiles(listFilters(project.vitest));
  // A quick run of one pure test does not wait for a build, nor fail over a half-written server.
  if (testFiles.some((file) => readsBuild(file))) await ensureBuilt();
  process.env['HALLPULSE_BROWSER'] ??= await findBrowser();
}

/** The files asked for on the command line. Vitest keeps them to itself; not finding them means everything. */
function listFilters(vitest: object): string[] | undefined {
  if (!('filenamePattern' in vitest) || !Array.isArray(vitest.filenamePattern)) return undefined;
  return vitest.filenamePattern.map(String);
}

/** Whether a test, or what it imports from test/, speaks of `dist`. */
function readsBuild(file: string, seen = new Set<string>()): boolean {
  if (seen.has(file) || !existsSync(file)) return false;
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  if (/\bdist\b/.test(text)) return true;
  const imports = [...text.matchAll(/from '(\.[^']+\.ts)'/g)].map((match) => join(dirname(file), match[1] ?? ''));
  return imports.filter((path) => path.startsWith(testFolder)).some((path) => readsBuild(path, seen));
}
