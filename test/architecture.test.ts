// Holds the house and its tests to their rules, over sources that are read and parsed once, and proves of each rule that it can fail.
import { describe, expect, test } from 'vitest';
import config from '../vitest.config.ts';
import * as rules from './setup/architecture-rules.ts';
import type { Rule } from './setup/architecture-rules.ts';
import { listEmptyTests, listTestedAlone } from './setup/proof-rules.ts';
import { readSources } from './setup/source-tree.ts';
import { listUnmatchedTests } from './setup/unmatched-tests.ts';

interface Case {
  says: string;
  rule: Rule;
  /** Path and text of a file that breaks the rule, and the lines on which it does. */
  bad: [path: string, text: string, ...lines: number[]][];
  /** Path and text of files that do not. */
  good: [path: string, text: string][];
}

const cases: Case[] = [
  {
    says: 'the client imports only itself and the domain',
    rule: rules.checkClientImports,
    bad: [
      ['client/wall/main.ts', "import { a } from './a.ts';\nimport type { B } from '../../server/b.ts';", 2],
      ['client/wall/Wall.svelte', '<p>x</p>\n<script lang="ts">\n  export * from \'../../server/b.ts\';\n</script>', 3],
      ['client/live/c.ts', "const c = await import('../../server/c.ts');", 1],
      ['client/live/d.ts', "let d: import('../../commands/d.ts').D;", 1],
    ],
    good: [['client/wall/main.ts', "import { a } from '../../domain/a.ts';\nimport 'svelte';"]],
  },
  {
    says: 'each room of the client imports only those below it, and no page another',
    rule: rules.checkClientRooms,
    bad: [
      ['client/panels/a.ts', "import { b } from '../ui/b.ts';\nimport { c } from '../scenes/c.ts';", 2],
      ['client/pages/wall/d.ts', "import e from '../public/E.svelte';", 1],
      ['client/ui/f.ts', "import type { G } from '../panels/g.ts';", 1],
      ['client/live/h.ts', "import { i } from '../attic/i.ts';", 1],
    ],
    good: [
      ['client/pages/wall/a.ts', "import { b } from './b.ts';\nimport c from '../../scenes/C.svelte';"],
      ['client/panels/ratings/d.ts', "import { e } from '../moment.ts';\nimport { f } from '../../words/wall.ts';"],
    ],
  },
  {
    says: 'the domain imports only itself, valibot and chinese-days',
    rule: rules.checkDomainImports,
    bad: [
      ['domain/board/fold.ts', "import { a } from '../../server/a.ts';", 1],
      ['domain/board/state.ts', "import { a } from '../../client/a.ts';", 1],
      ['domain/board/read.ts', "import { readFileSync } from 'node:fs';", 1],
      ['domain/board/log.ts', "\n\nimport pino from 'pino';", 3],
    ],
    good: [
      [
        'domain/board/fold.ts',
        "import * as v from 'valibot';\nimport d from 'chinese-days';\nimport { a } from '../a.ts';",
      ],
    ],
  },
  {
    says: 'nothing imports data/',
    rule: rules.checkDataImports,
    bad: [['server/demo/load.ts', "import items from '../../data/items.json' with { type: 'json' };", 1]],
    good: [['server/data/load.ts', "import { a } from './a.ts';\nimport { b } from '../../domain/data/b.ts';"]],
  },
  {
    says: 'ledger engines are imported by server/main.ts, commands and tests alone',
    rule: rules.checkEngineImports,
    bad: [
      ['server/server.ts', "import { openLedger } from './ledger/sqlite/open.ts';", 1],
      ['server/ledger/port.ts', "import type { A } from './postgres/a.ts';", 1],
      ['server/ledger/postgres/a.ts', "import { b } from '../sqlite/b.ts';", 1],
    ],
    good: [
      ['server/main.ts', "import { openLedger } from './ledger/sqlite/open.ts';"],
      ['server/ledger/sqlite/writer.ts', "import { a } from './schema.ts';\nimport { b } from '../port.ts';"],
      ['commands/backup.ts', "import { openLedger } from '../server/ledger/sqlite/open.ts';"],
      ['test/server/ledger/contract.test.ts', "import { openLedger } from '../../../server/ledger/sqlite/open.ts';"],
    ],
  },
  {
    says: 'events enter a ledger through server/record.ts alone',
    rule: rules.checkAppends,
    bad: [
      ['server/jobs/a.ts', 'await ledger.append(events, now());\nthis.options.ledger.append(batch, 0);', 1, 2],
      ['commands/b.ts', 'const { append } = hall;\nhall.ledger\n  .append([], 0);', 2],
    ],
    good: [
      ['server/record.ts', 'ledger.append(events, now(), actor);'],
      ['server/demo/live.ts', 'await append(waiting);\nlist.append(x);\nledger.read(0, 1);'],
      ['test/server/a.ts', 'ledger.append([], 0);'],
    ],
  },
  {
    says: 'environment, arguments, exit and signals are touched by server/main.ts and commands alone',
    rule: rules.checkProcessUse,
    bad: [
      ['server/app.ts', 'const port =\n  process.env.PORT;', 2],
      ['server/jobs/a.ts', "process.exit(1);\nprocess.on('SIGTERM', stop);\nprocess.argv.at(2);", 1, 2, 3],
      ['server/jobs/b.ts', 'const { env } = process;', 1],
      ['server/jobs/c.ts', "import { env } from 'node:process';", 1],
      ['domain/a.ts', "globalThis.process.env['A'];", 1],
    ],
    good: [
      ['server/main.ts', 'process.env.PORT;'],
      ['commands/import.ts', 'process.exit(2);'],
      ['server/app.ts', '// process.env is for main.ts\nprocess.memoryUsage();'],
    ],
  },
  {
    says: 'echarts is imported by one file, in client/charts/',
    rule: rules.checkChartsImport,
    bad: [
      ['client/panels/Waits.svelte', "<script>\nimport { use } from 'echarts/core';\n</script>", 2],
      ['client/charts/a.ts', "import { use } from 'echarts/core';"],
      ['client/charts/b.ts', "import type { EChartsOption } from 'echarts';", 1],
    ],
    good: [
      ['client/charts/echarts.ts', "import { use } from 'echarts/core';\nimport { BarChart } from 'echarts/charts';"],
      ['client/panels/waits.ts', "import { draw } from '../charts/echarts.ts';"],
    ],
  },
  {
    says: 'the domain asks for no clock and no chance',
    rule: rules.checkDomainPurity,
    bad: [
      [
        'domain/a.ts',
        'Date.now();\nnew Date();\nMath.random();\nperformance.now();\nDate();\nnew Date;',
        1,
        2,
        3,
        4,
        5,
        6,
      ],
      ['domain/b.ts', 'const clock = Date.now;\ncrypto.randomUUID();', 1, 2],
    ],
    good: [
      ['domain/a.ts', "new Date(now);\nDate.UTC(2019, 0);\nMath.round(1); // Date.now()\nconst s = 'Math.random()';"],
      ['server/a.ts', 'Date.now();'],
    ],
  },
  {
    says: 'no imports run in a circle, those of types included',
    rule: rules.checkCircles,
    bad: [
      ['domain/a.ts', "import { b } from './b.ts';"],
      ['domain/b.ts', "import 'valibot';\nexport * from './c.ts';"],
      ['domain/c.ts', "\nimport type { A } from './a.ts';", 2],
      ['client/A.svelte', "<script>\nimport A from './A.svelte';\n</script>", 2],
      ['client/d.ts', "import { e } from './e.ts';"],
      ['client/e.ts', "const d = await import('./d.ts');", 1],
    ],
    good: [
      ['domain/a.ts', "import { b } from './b.ts';\nimport { c } from './c.ts';"],
      ['domain/b.ts', "import { c } from './c.ts';"],
      ['domain/c.ts', "import 'node:fs';\nimport { d } from './gone.ts';"],
    ],
  },
  {
    says: 'no file is called utils or helpers',
    rule: rules.checkFileNames,
    bad: [
      ['domain/utils.ts', '', 1],
      ['client/ui/helpers.svelte.ts', '', 1],
      ['server/utils/time.ts', '', 1],
    ],
    good: [['domain/helper-desk.ts', '']],
  },
];

const sources = readSources(['domain', 'server', 'client', 'commands', 'test', 'bench', 'vite.config.ts']);
const toFiles = (list: readonly (readonly [string, string, ...number[]])[]) =>
  list.map(([path, text]) => ({ path, text }));
const toTree = (texts: Record<string, string>) => toFiles(Object.entries(texts));

test('the sources are found', () => {
  expect(sources.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['server/main.ts', 'test/architecture.test.ts']),
  );
});

for (const { says, rule, bad, good } of cases) {
  test(says, () => {
    expect(rule(sources)).toEqual([]);
  });

  test(`${says}: a breach is named by file and line`, () => {
    const expected = bad.flatMap(([path, , ...lines]) => lines.map((line) => `${path}:${line}`));
    expect(rule(toFiles(bad)).map((offence) => offence.split(' ')[0])).toEqual(expected);
  });

  test(`${says}: what keeps to it passes`, () => {
    expect(rule(toFiles(good))).toEqual([]);
  });
}

// No test is left out in silence, none expects nothing, and none tries a copy of what production runs.
describe('the tests', () => {
  test('every file that looks like a test is matched by the one glob', () => {
    expect(listUnmatchedTests(sources)).toEqual([]);
  });

  test('vitest is given that one glob in projects of which the last takes what the others leave', () => {
    const projects = (config.test?.projects ?? []) as { test: { include: string[]; exclude: string[] } }[];
    const last = projects.at(-1)!.test;
    const others = projects.slice(0, -1).map(({ test: other }) => other);
    expect(last.include).toEqual(['test/**/*.test.ts']);
    expect(last.exclude).toEqual(others.flatMap(({ include }) => include));
    expect(others.flatMap(({ exclude }) => exclude)).toEqual([]);
    // Two that take one folder would run its tests twice.
    expect(new Set(last.exclude).size).toBe(last.exclude.length);
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
    expect(listUnmatchedTests(toTree(files))).toEqual([
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
    const files = toTree({
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
    const files = toTree({
      'domain/find.ts': 'export const used = 1;\nexport function findCopy() {}\nexport const waits = 2;',
      'server/a.ts': "import { used } from '../domain/find.ts';\nused;",
      'test/find.test.ts': "import { findCopy, used } from '../domain/find.ts';",
    });
    expect(listTestedAlone(files)).toEqual(['domain/find.ts:2 findCopy']);
  });
});
