// `npm run check [-- COMMIT]`: format, lint, types and tests of what has changed since COMMIT (HEAD), in under a minute.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkNode, ensureInstalled, listFiles, root } from './prepare.mjs';

/** A few stories: `npm test` tries as many as are worth their time. */
const STORIES = '10';
const TYPES_KNOWN = 'node_modules/.cache/hallpulse/types.tsbuildinfo';
const WAITING = /^test\/(bench|campaigns|commands|e2e|server)\//;

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  checkNode();
  await ensureInstalled();
  process.exitCode = await check(process.argv[2] ?? 'HEAD');
}

async function check(since) {
  const changed = listChanged(since);
  if (changed.length === 0) {
    console.log(`Nothing has changed since ${since}.`);
    return 0;
  }
  const node = (file, ...args) => [join(root, 'node_modules', file), ...args];
  const sources = changed.filter((file) => /\.(ts|js|mjs|svelte)$/.test(file));
  const mirrored = listMirrored(changed, listTests());
  // Side by side, since each leaves a core idle now and then.
  const lanes = await Promise.all([
    runAll([
      ['format', node('prettier/bin/prettier.cjs', '--check', '--ignore-unknown', ...changed)],
      sources.length > 0 && ['lint', node('eslint/bin/eslint.js', '--no-warn-ignored', ...sources)],
      // What is known of unchanged files is kept; beside the packages, since it is as good as they are.
      ['types', node('typescript/bin/tsc', '--noEmit', '--incremental', '--tsBuildInfoFile', TYPES_KNOWN)],
      sources.some((file) => /^(client|domain)\//.test(file)) && [
        'types of components',
        node('svelte-check/bin/svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings'),
      ],
    ]),
    runAll([
      [
        'tests that compute',
        node('vitest/vitest.mjs', 'run', '--project=computing', `--changed=${since}`, '--passWithNoTests'),
      ],
      mirrored.length > 0 && ['tests that wait', node('vitest/vitest.mjs', 'run', ...mirrored)],
    ]),
  ]);
  const failed = lanes.flat();
  console.log(failed.length === 0 ? `${changed.length} changed files are in order.` : `Failed: ${failed.join(', ')}.`);
  return failed.length === 0 ? 0 : 1;
}

/** What git calls changed or new, without what is gone. */
function listChanged(since) {
  const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);
  const files = [
    ...git('diff', '--name-only', '--relative', since),
    ...git('ls-files', '--others', '--exclude-standard'),
  ];
  return [...new Set(files)].filter((file) => existsSync(join(root, file))).sort();
}

function listTests() {
  const names = listFiles(join(root, 'test')).map((file) => file.slice(root.length + 1).replaceAll('\\', '/'));
  return names.filter((file) => file.endsWith('.test.ts'));
}

/**
 * Of the tests that wait, those of the files at the same place in the tree: any may be touched by a change deep down,
 * and all of them are for `npm test`.
 */
export function listMirrored(changed, tests) {
  const stems = changed.map((file) => {
    const folder = file.startsWith('test/') ? dirname(file) : `test/${dirname(file)}`;
    return `${folder}/${basename(file).split('.')[0]}`;
  });
  return tests.filter((test) => WAITING.test(test) && stems.some((stem) => test === `${stem}.test.ts`));
}

/** One after the other, each to its end; answers with the names of those that failed. */
async function runAll(steps) {
  const failed = [];
  for (const [name, args] of steps.filter(Boolean)) {
    const code = await new Promise((resolve, reject) => {
      const child = spawn(process.execPath, args, {
        cwd: root,
        env: { HALLPULSE_PROPERTY_RUNS: STORIES, ...process.env },
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      child.on('error', reject);
      child.on('close', resolve);
    });
    if (code !== 0) failed.push(name);
  }
  return failed;
}
