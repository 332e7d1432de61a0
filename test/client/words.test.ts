// A page is sent its own words and no other page's, as it was built.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import ts from 'typescript';
import { expect, test } from 'vitest';
import * as names from '../../domain/measures/names.ts';
import { TERMS } from '../../domain/measures/terms.ts';
import { PAGES } from '../../domain/wire/pages.ts';

const root = join(import.meta.dirname, '../..');
const dist = join(root, 'dist/client');

/** The files of `client/words/zh` and `en` that each page is made of. */
const WALL = [
  'common',
  'given',
  'frame',
  'overview',
  'alarms',
  'alarms-wall',
  'communities',
  'medical',
  'ratings',
  'levels',
  'stars',
  'spell',
  'wall',
  'past',
  'lead',
  'definition',
  'followup-about',
];
const WORDS: Record<keyof typeof PAGES, readonly string[]> = {
  wall: WALL,
  // The wall's own panel, with the words that it is given on a wall.
  stars: [...WALL, 'access', 'outbox', 'choose-stars', 'ways'],
  'star-sheet': ['access', 'outbox', 'choose-stars', 'given', 'ways'],
  public: ['common', 'given', 'public'],
  alarm: ['alarms', 'alarms-phone'],
  'sign-in': ['access', 'outbox', 'sign-in', 'ways'],
  accounts: ['access', 'outbox', 'accounts', 'audit', 'ways'],
  setup: ['access', 'outbox', 'paste', 'setup', 'ways'],
  settings: ['access', 'outbox', 'paste', 'settings', 'ways'],
  rate: ['rate', 'levels', 'no-cookies'],
  desk: ['alarms', 'access', 'outbox', 'levels', 'desk', 'followup-about', 'ways'],
  brief: ['brief', 'definition'],
  rows: ['rows', 'audit', 'outbox'],
  reconcile: ['access', 'outbox', 'reconcile', 'ways'],
  import: ['access', 'outbox', 'audit', 'import', 'levels', 'ways'],
  report: ['report'],
  checks: ['access', 'outbox', 'checks', 'ways'],
  followups: ['access', 'outbox', 'followups', 'followup-about', 'ways', 'spell'],
  sending: ['access', 'outbox', 'sending', 'ways'],
  suggestions: ['access', 'outbox', 'suggestions', 'ways'],
  say: ['say', 'no-cookies'],
  take: ['take', 'no-cookies'],
  'self-test': ['self-test'],
  trust: ['trust'],
  contract: ['access', 'outbox', 'api', 'ways'],
};
const files = readdirSync(join(root, 'client/words/zh')).map((name) => name.replace('.ts', ''));

/** All that a page loads at once, script by script. */
function readScripts(entry: string): string[] {
  const found = new Map<string, string>();
  const load = (name: string) => {
    if (found.has(name)) return;
    const text = readFileSync(join(dist, 'assets', name), 'utf8');
    found.set(name, text);
    for (const [, next] of text.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) load(next!);
  };
  for (const [, name] of readFileSync(join(dist, entry), 'utf8').matchAll(/src="\/assets\/([^"]+\.js)"/g)) load(name!);
  return [...found.values()];
}

/** The texts of a file that are long enough to be nobody else's: its strings, and the pieces between their figures. */
function readTexts(file: string): string[] {
  const path = join(root, 'client/words', file);
  const tree = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const texts: string[] = [];
  const walk = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isPropertyName(node)) {
      if (!ts.isStringLiteral(node) || !ts.isPropertyAssignment(node.parent) || node.parent.name === node) return;
    }
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      texts.push(node.text.trim());
    ts.forEachChild(node, walk);
  };
  walk(tree);
  // One English word may be a library's own, and so may a short pair.
  return texts.filter((text) => (file.startsWith('zh') ? text.length >= 4 : /\w \w/.test(text) && text.length > 10));
}

const languages = ['zh', 'en'] as const;
const textsOf = (names: readonly string[]) =>
  languages.flatMap((language) => names.flatMap((name) => readTexts(`${language}/${name}.ts`)));

test.each(Object.entries(PAGES))('%s carries its own words alone', (name, { entry }) => {
  const own = WORDS[name as keyof typeof PAGES];
  const scripts = readScripts(entry);
  const sent = scripts.join('\n');
  console.log(`${name}: ${scripts.reduce((sum, text) => sum + gzipSync(text).length, 0)} B of scripts, gzipped`);
  const ownTexts = textsOf(own);
  expect(ownTexts.filter((text) => sent.includes(text)).length).toBeGreaterThan(20);
  // What measures are called, and what must be minded with them, is everybody's.
  const terms = ['domain/measures/names.ts', 'domain/measures/terms.ts', 'domain/brief/tell-caution.ts']
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');
  const foreign = textsOf(files.filter((file) => !own.includes(file))).filter(
    (text) => !ownTexts.some((mine) => mine.includes(text)) && !terms.includes(text),
  );
  expect(foreign.length).toBeGreaterThan(100);
  expect(foreign.filter((text) => sent.includes(text))).toEqual([]);
});

test('every file of words is some page’s', () => {
  expect(files.sort()).toEqual([...new Set(Object.values(WORDS).flat())].sort());
});

// Citizens' screens are sent none of the wall's words, so the one that both say is written twice.
test('walls take what measures are called from the one table of names, and leave the rest of it behind', () => {
  for (const language of languages) {
    const named = Object.values(names).map((name) => name[language]);
    for (const file of ['overview', 'communities', 'medical', 'ratings']) {
      const written = readFileSync(join(root, 'client/words', language, `${file}.ts`), 'utf8');
      expect(named.filter((name) => written.includes(`'${name}'`))).toEqual([]);
    }
  }
  for (const { entry } of [PAGES.wall, PAGES.public]) {
    const sent = readScripts(entry).join('\n');
    expect(sent).toContain(names.hallQueue.zh);
    expect(sent).toContain(names.hallQueue.en);
    expect(sent).not.toContain(TERMS.windowCases.definition.zh);
  }
});
