// `npm test`: makes everything ready, runs every test, and ends with the line `N passed, N failed`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { checkNode, ensureBuilt, ensureInstalled, root } from './prepare.mjs';

checkNode();
const folder = mkdtempSync(join(tmpdir(), 'hallpulse-test-'));
const summaryFile = join(folder, 'summary.json');
let exitCode = 1;
try {
  await ensureInstalled();
  await ensureBuilt();
  process.env.HALLPULSE_BROWSER = await ensureBrowser();
  exitCode = await runVitest(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
}
const summary = readSummary();
rmSync(folder, { recursive: true, force: true });
const isGood = exitCode === 0 && summary.failed === 0 && summary.passed > 0;
// A run that broke down as a whole is a failure even if no single test says so.
if (!isGood && summary.failed === 0) summary.failed = 1;
const skipped = summary.skipped > 0 ? `, ${summary.skipped} skipped` : '';
console.log(`${summary.passed} passed, ${summary.failed} failed${skipped}`);
process.exitCode = isGood ? 0 : exitCode || 1;

function runVitest(args) {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=./test/setup/summary-reporter.ts'];
  const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...args], {
    cwd: root,
    env: { ...process.env, HALLPULSE_TEST_SUMMARY: summaryFile },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  // An interrupt reaches vitest by itself; staying alive until it has ended keeps the last line last.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

function readSummary() {
  try {
    return JSON.parse(readFileSync(summaryFile, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}
