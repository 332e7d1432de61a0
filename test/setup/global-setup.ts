// Before any test: a built server that matches the sources, for the tests that run it, the path of a browser, and one
// demo hall for all tests that only look.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tmpdir } from 'node:os';
import type { TestProject } from 'vitest/node';
import { findBrowser } from '../../commands/browser.mjs';
import { ensureBuilt } from '../../commands/prepare.mjs';

const testFolder = join(import.meta.dirname, '..');

declare module 'vitest' {
  export interface ProvidedContext {
    /** What the demo hall has printed; its address is the last line. */
    demoLog: string;
  }
}

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const filters = listFilters(project.vitest);
  const globbed = await Promise.all(project.vitest.projects.map((one) => one.globTestFiles(filters)));
  const testFiles = globbed.flatMap(({ testFiles: files }) => files);
  // A quick run of one pure test does not wait for a build, nor fail over a half-written server.
  if (testFiles.some((file) => speaksOf(/\bdist\b/, file))) await ensureBuilt();
  process.env['HALLPULSE_BROWSER'] ??= await findBrowser();
  return testFiles.some((file) => speaksOf(/\bdemoLog\b/, file)) ? startDemoHall(project) : undefined;
}

/** Fills while other tests run: whoever needs it waits for its address. */
function startDemoHall(project: TestProject): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hallpulse-demo-'));
  const log = join(folder, 'demo.log');
  const output = openSync(log, 'a');
  const child = spawn(process.execPath, [join(testFolder, '../dist/server/main.js')], {
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', HALLPULSE_DATA: join(folder, 'store') },
    stdio: ['ignore', output, output],
  });
  const exited = once(child, 'exit');
  project.provide('demoLog', log);
  return async () => {
    child.kill('SIGTERM');
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
}

/** The files asked for on the command line. Vitest keeps them to itself; not finding them means everything. */
function listFilters(vitest: object): string[] | undefined {
  if (!('filenamePattern' in vitest) || !Array.isArray(vitest.filenamePattern)) return undefined;
  return vitest.filenamePattern.map(String);
}

/** Whether a test, or what it imports from test/, holds a word. */
function speaksOf(word: RegExp, file: string, seen = new Set<string>()): boolean {
  if (seen.has(file) || !existsSync(file)) return false;
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  if (word.test(text)) return true;
  const imports = [...text.matchAll(/from '(\.[^']+\.ts)'/g)].map((match) => join(dirname(file), match[1] ?? ''));
  return imports.filter((path) => path.startsWith(testFolder)).some((path) => speaksOf(word, path, seen));
}
