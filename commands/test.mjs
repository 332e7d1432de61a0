// `npm test`: makes everything ready, runs every test, and ends with the line `N passed, N failed`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { checkNode, ensureBuilt, ensureInstalled, root } from './prepare.mjs';

/**
 * A whole run has five browsers and servers share the machine, and a browser may then leave a click lying for half a
 * minute. So few files that fail are run once more with nothing beside them, and the last line says how many passed only
 * then: what fails alone too is a fault, and more than a few are one anyway.
 */
const MOST_AGAIN = 3;

checkNode();
const folder = mkdtempSync(join(tmpdir(), 'hallpulse-test-'));
const summaryFile = join(folder, 'summary.json');
const args = process.argv.slice(2);
let run = { exitCode: 1, files: {}, unhandled: 0 };
let alone = [];
let isInterrupted = false;
try {
  await ensureInstalled();
  await ensureBuilt();
  process.env.HALLPULSE_BROWSER = await ensureBrowser();
  run = await runVitest(args);
  const broken = listFailed(run.files);
  const isFew = broken.length > 0 && broken.length <= MOST_AGAIN;
  if (args.length === 0 && run.unhandled === 0 && isFew && !isInterrupted) {
    console.log(`Failed among the others, and run again alone: ${broken.join(', ')}`);
    const again = await runVitest([...broken, '--maxWorkers=1']);
    run = { ...again, files: { ...run.files, ...again.files } };
    const stillBroken = new Set(listFailed(run.files));
    alone = broken.filter((file) => !stillBroken.has(file));
  }
} catch (error) {
  console.error(error.message);
}
rmSync(folder, { recursive: true, force: true });
const { exitCode } = run;
const summary = { passed: 0, failed: run.unhandled, skipped: 0 };
for (const file of Object.values(run.files)) for (const state of Object.keys(summary)) summary[state] += file[state];
const isGood = exitCode === 0 && summary.failed === 0 && summary.passed > 0;
// A run that broke down as a whole is a failure even if no single test says so.
if (!isGood && summary.failed === 0) summary.failed = 1;
if (alone.length > 0) console.log(`Passed only alone, which somebody should look at: ${alone.join(', ')}`);
const more = [
  ...(summary.skipped > 0 ? [`, ${summary.skipped} skipped`] : []),
  ...(alone.length > 0 ? [`, ${alone.length} ${alone.length === 1 ? 'file' : 'files'} only alone`] : []),
];
console.log(`${summary.passed} passed, ${summary.failed} failed${more.join('')}`);
process.exitCode = isGood ? 0 : exitCode || 1;

async function runVitest(args) {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=./test/setup/summary-reporter.ts'];
  rmSync(summaryFile, { force: true });
  const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...args], {
    cwd: root,
    env: { ...process.env, HALLPULSE_TEST_SUMMARY: summaryFile },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  // An interrupt reaches vitest by itself; staying alive until it has ended keeps the last line last.
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => {
      isInterrupted = true;
      child.kill(signal);
    });
  const exitCode = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
  return { exitCode, ...readSummary() };
}

function readSummary() {
  try {
    return JSON.parse(readFileSync(summaryFile, 'utf8'));
  } catch {
    return { files: {}, unhandled: 0 };
  }
}

function listFailed(files) {
  return Object.keys(files).filter((file) => files[file].failed > 0);
}
