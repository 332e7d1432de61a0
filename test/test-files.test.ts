// No test is left out in silence, none expects nothing, and none tries a copy of what production runs.
import { expect, test } from 'vitest';
import config from '../vitest.config.ts';
import { listEmptyTests, listTestedAlone } from './setup/proof-rules.ts';
import { readSources } from './setup/source-tree.ts';
import { listUnmatchedTests } from './setup/unmatched-tests.ts';

// Read and parsed once for all.
const sources = readSources(['domain', 'server', 'client', 'commands', 'test', 'bench', 'vite.config.ts']);
const toFiles = (texts: Record<string, string>) => Object.entries(texts).map(([path, text]) => ({ path, text }));

test('every file that looks like a test is matched by the one glob', () => {
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
  expect(listUnmatchedTests(toFiles(files))).toEqual([
    'test/lonely-contract.ts',
    'test/board.ts',
    'test/board.spec.ts',
    'test/board.test.mjs',
    'client/ui/clock.test.ts',
  ]);
});

test('every test expects something', () => {
  expect(listEmptyTests(sources)).toEqual([]);
});

test('a test that expects nothing is found, one that has another expect for it is not', () => {
  const files = toFiles({
    'test/hall.ts': 'export const checkHall = () => expect(1).toBe(1);\nexport async function look() { return 1; }',
    'test/a.test.ts': [
      "import { checkHall, look } from './hall.ts';",
      "test('empty', () => { parse('x').ok; });",
      "test('by another', () => checkHall());",
      "test('by a namesake', () => hall.checkHall());",
      "it.each([1])('empty too', async (n) => { await look(n); });",
      "test.each([1])('own', (n) => expect(n).toBe(1));",
      "test('property', { timeout: 1 }, () => { fc.assert(fc.property(a, b)); });",
      "pattern.test('x');",
    ].join('\n'),
  });
  expect(listEmptyTests(files)).toEqual([
    "test/a.test.ts:2 'empty'",
    "test/a.test.ts:4 'by a namesake'",
    "test/a.test.ts:5 'empty too'",
  ]);
});

test('what tests try is what production runs', () => {
  expect(listTestedAlone(sources)).toEqual([]);
});

test('a function that only tests call is found', () => {
  const files = toFiles({
    'domain/find.ts': 'export const used = 1;\nexport function findCopy() {}\nexport const waits = 2;',
    'server/a.ts': "import { used } from '../domain/find.ts';\nused;",
    'test/find.test.ts': "import { findCopy, used } from '../domain/find.ts';",
  });
  expect(listTestedAlone(files)).toEqual(['domain/find.ts:2 findCopy']);
});
