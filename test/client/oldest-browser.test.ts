// The built client holds nothing that the oldest browser of a hall does not know: Chromium 108.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Linter, type Rule } from 'eslint';
import { describe, expect, test } from 'vitest';
import { OLDEST_BROWSER } from '../../client/ui/old-browser.ts';
import { PAGES } from '../../domain/wire/pages.ts';

const dist = join(import.meta.dirname, '../../dist/client');
/** Of this build: beside them lie those of the one before, for pages that are still open. */
const built = (JSON.parse(readFileSync(join(dist, '../build.json'), 'utf8')) as { assets: string[] }).assets;
const filesOf = (ending: string): string[] =>
  [...built.map((name) => `assets/${name}`), 'offline.js'].filter((name) => name.endsWith(ending));

/** By the version of Chromium that brought them. `x.y`: of that object alone; `.y`: of whatever it is asked of. */
const NEWER = [
  // 109 to 111
  ...['.toSorted', '.toReversed', '.toSpliced', '.isWellFormed', '.toWellFormed', '.startViewTransition'],
  // 112 to 116
  ...['.getSetCookie', '.showPopover', '.hidePopover', '.togglePopover', 'AbortSignal.any', '.transferToFixedLength'],
  // 117 to 121
  ...['Object.groupBy', 'Map.groupBy', 'Promise.withResolvers', 'URL.canParse', 'Array.fromAsync', '.getHTML'],
  // 122 and later
  ...['.symmetricDifference', '.isSubsetOf', '.isSupersetOf', '.isDisjointFrom', 'Iterator.from', 'Iterator.prototype'],
  ...['URL.parse', 'Promise.try', 'RegExp.escape', 'Intl.DurationFormat', 'Math.f16round', 'Math.sumPrecise'],
  ...['.setHTMLUnsafe', 'Document.parseHTMLUnsafe', '.caretPositionFromPoint', '.moveBefore', '.requestClose'],
  ...['Uint8Array.fromBase64', 'Uint8Array.fromHex', '.setFromBase64', '.toBase64', '.toHex', 'Error.isError'],
  ...['.getOrInsert', '.getOrInsertComputed', 'scheduler.yield', 'Atomics.pause'],
];
const NEWER_GLOBALS = ['Temporal', 'DisposableStack', 'AsyncDisposableStack', 'SuppressedError', 'Float16Array'];

const findNewer: Rule.RuleModule = {
  create: (context) => ({
    MemberExpression({ object, property, computed, ...node }) {
      const name =
        !computed && property.type === 'Identifier'
          ? property.name
          : computed && property.type === 'Literal'
            ? String(property.value)
            : undefined;
      if (name === undefined) return;
      const of = object.type === 'Identifier' ? `${object.name}.${name}` : undefined;
      const found = NEWER.find((one) => one === `.${name}` || one === of);
      if (found) context.report({ loc: node.loc ?? { line: 1, column: 0 }, message: found });
    },
    Identifier({ name, loc }) {
      if (NEWER_GLOBALS.includes(name)) context.report({ loc: loc ?? { line: 1, column: 0 }, message: name });
    },
  }),
};

/** What of a script Chromium 108 could not read, which knows all of ES2022 and no syntax of a later year, or has not. */
function findInScript(code: string): string[] {
  const config = {
    languageOptions: { ecmaVersion: 2022 as const, sourceType: 'module' as const },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' as const },
    plugins: { own: { rules: { newer: findNewer } } },
    rules: { 'own/newer': 'error' as const },
  };
  return [...new Set(new Linter().verify(code, config).map(({ message }) => message))];
}

const NEWER_CSS: Readonly<Record<string, RegExp>> = {
  'color-mix() (111)': /color-mix\(/,
  'colours by lightness (111)': /\b(ok)?l(ch|ab)\(/,
  'relative colours (119)': /\b(rgb|hsl)a?\(from\b/,
  'light-dark() (123)': /light-dark\(/,
  'nesting (112)': /[{;]\s*&|&[.:>+~ [#]/,
  'a line as unit (109)': /[\d.]+r?lh\b/,
  '@scope (118)': /@scope\b/,
  '@starting-style (117)': /@starting-style\b/,
  'container style queries (111)': /@container[^{]*\bstyle\(/,
  'trigonometry (111)': /[^-\w](sin|cos|tan|asin|acos|atan2?|pow|sqrt|hypot|log|exp)\(/,
  'round(), mod(), abs() and sign() (125)': /[^-\w](round|mod|rem|abs|sign)\(/,
  'linear() (113)': /[^-\w]linear\(/,
  'subgrid (117)': /\bsubgrid\b/,
  'of in :nth-child() (111)': /:nth-(last-)?child\([^)]* of /,
  'pseudo-classes (112 and later)': /:(user-(in)?valid|dir\(|open\b|popover-open|state\()/,
  'image-set() without a prefix (113)': /(?<!-webkit-)image-set\(/,
  'timelines of scrolling (115)': /animation-(timeline|range)\b/,
  'anchors (125)': /\b(position-anchor|position-area)\s*:|[\s:(]anchor(-size)?\(/,
};

/** Without what stands behind a condition that only newer browsers meet. */
function dropGuarded(sheet: string): string {
  let rest = sheet;
  for (;;) {
    const start = rest.search(/@supports\b/);
    if (start < 0) return rest;
    let end = rest.indexOf('{', start) + 1;
    for (let depth = 1; depth > 0 && end < rest.length; end++) {
      if (rest[end] === '{') depth++;
      if (rest[end] === '}') depth--;
    }
    rest = rest.slice(0, start) + rest.slice(end);
  }
}

function findInSheet(sheet: string): string[] {
  const plain = dropGuarded(sheet);
  return Object.entries(NEWER_CSS).flatMap(([what, sign]) => (sign.test(plain) ? [what] : []));
}

test('O3: the oldest browser is the one that these lists were written for', () => {
  expect(OLDEST_BROWSER).toBe('chrome108');
});

test('O3: scripts hold neither syntax nor names that came later', () => {
  const scripts = filesOf('.js');
  expect(scripts.length).toBeGreaterThan(50);
  for (const name of scripts) expect([name, findInScript(readFileSync(join(dist, name), 'utf8'))]).toEqual([name, []]);
});

test('O3: sheets hold nothing that came later, but behind a condition', () => {
  const sheets = filesOf('.css');
  expect(sheets.length).toBeGreaterThan(50);
  for (const name of sheets) expect([name, findInSheet(readFileSync(join(dist, name), 'utf8'))]).toEqual([name, []]);
});

describe('O3: what came later is found', () => {
  test.each([
    ['const a = [1].toSorted();', '.toSorted'],
    ['Promise.withResolvers()', 'Promise.withResolvers'],
    ['window["Temporal"]; Temporal.Now', 'Temporal'],
    ['x?.["isWellFormed"]()', '.isWellFormed'],
  ])('%s', (code, found) => {
    expect(findInScript(code)).toEqual([found]);
  });

  test.each(['/[a--b]/v', 'import x from "./x.json" with { type: "json" };', 'using a = b;', '/(?i:a)/'])(
    'as syntax: %s',
    (code) => {
      expect(findInScript(code)).toEqual([expect.stringMatching(/^Parsing error/)]);
    },
  );

  test.each([
    ['.a{color:color-mix(in srgb,red,blue)}', 'color-mix() (111)'],
    ['.a{& .b{color:red}}', 'nesting (112)'],
    ['.a{height:2lh}', 'a line as unit (109)'],
    ['.a{grid-template-columns:subgrid}', 'subgrid (117)'],
  ])('%s', (sheet, found) => {
    expect(findInSheet(sheet)).toEqual([found]);
    expect(findInSheet(`@supports (x: y){@media print{${sheet}}}`)).toEqual([]);
  });

  test.each(['a?.b ?? c', 'class A { static { } #b; c = #b in this }', 'await 1', 'a.at(-1); structuredClone(a)'])(
    'and what it knows is not: %s',
    (code) => {
      expect(findInScript(code)).toEqual([]);
    },
  );
});

test('O3: every page says by itself, before any script, what to do in a browser that is too old', () => {
  for (const { entry } of Object.values(PAGES)) {
    const html = readFileSync(join(dist, entry), 'utf8');
    expect(html, entry).toMatch(/<div id="old-browser"[^>]*>\s*<h1>请更新浏览器<\/h1>/);
    expect(html, entry).toContain('<h1>Please update this browser</h1>');
    expect(html.match(/<div id="old-browser"/g), entry).toHaveLength(1);
  }
});
