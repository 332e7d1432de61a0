// No test is left out in silence: whatever looks like one is run.
import { expect, test } from 'vitest';
import config from '../vitest.config.ts';
import { readSources } from './setup/source-tree.ts';
import { listUnmatchedTests } from './setup/unmatched-tests.ts';

test('every file that looks like a test is matched by the one glob', () => {
  const sources = readSources(['domain', 'server', 'client', 'commands', 'test', 'bench']);
  expect(listUnmatchedTests(sources)).toEqual([]);
});

test('vitest is given that one glob in two projects, of which one takes what the other leaves', () => {
  const { test: options } = config;
  const [waiting, computing] = (options?.projects ?? []) as { test: { include: string[]; exclude: string[] } }[];
  expect(computing!.test.include).toEqual(['test/**/*.test.ts']);
  expect(computing!.test.exclude).toEqual(waiting!.test.include);
  expect(waiting!.test.exclude).toEqual([]);
  expect(options?.projects).toHaveLength(2);
});

test('a stray test is found, a contract suite in use is not one', () => {
  const call = "import { test } from 'vitest';\ntest('a', () => {});";
  const files = {
    'test/a.test.ts': "import { runContract } from './contract.ts';\nrunContract();",
    'test/contract.ts': call,
    'test/lonely-contract.ts': "import { describe } from 'vitest';\ndescribe.each([1])('a', () => {});",
    'test/board.ts': call,
    'test/board.spec.ts': '',
    'test/board.test.mjs': '',
    'client/ui/clock.test.ts': '',
    'test/setup/browser.ts':
      "// test('not one')\nexport const isDigit = (text: string) => /\\d/.test(text);\nfor (const test of []) test.result();",
  };
  const list = Object.entries(files).map(([path, text]) => ({ path, text }));
  expect(listUnmatchedTests(list)).toEqual([
    'test/lonely-contract.ts',
    'test/board.ts',
    'test/board.spec.ts',
    'test/board.test.mjs',
    'client/ui/clock.test.ts',
  ]);
});
