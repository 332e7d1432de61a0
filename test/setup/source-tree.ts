// The project's sources as a list of paths and texts, so that a rule over them can be tried on an invented tree too.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

export interface SourceFile {
  /** From the project's root, with forward slashes. */
  path: string;
  text: string;
}

export interface SourceImport {
  /** As written: `./board.ts`, `node:fs`, `echarts/core`. */
  specifier: string;
  /** The file that a relative specifier names, from the project's root; undefined for a package. */
  target: string | undefined;
  line: number;
}

const root = join(import.meta.dirname, '../..');
const parsed = new WeakMap<SourceFile, ts.SourceFile>();

/** Every source file in the folders named, and the files named; generated and installed ones left out. */
export function readSources(names: readonly string[]): SourceFile[] {
  return names
    .filter((name) => existsSync(join(root, name)))
    .flatMap((name) =>
      statSync(join(root, name)).isFile()
        ? [name]
        : readdirSync(join(root, name), { recursive: true, encoding: 'utf8' }).map((inside) => `${name}/${inside}`),
    )
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.(ts|js|mjs|cjs|svelte)$/.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** The syntax tree of a file; of a component, that of its scripts, on their own lines. */
export function parseSource(file: SourceFile): ts.SourceFile {
  let tree = parsed.get(file);
  if (tree === undefined) {
    const text = file.path.endsWith('.svelte') ? keepScripts(file.text) : file.text;
    tree = ts.createSourceFile(file.path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
    parsed.set(file, tree);
  }
  return tree;
}

/** All that a file imports or re-exports, types and `import()` included. */
export function listImports(file: SourceFile): SourceImport[] {
  const found: SourceImport[] = [];
  visit(file, (node) => {
    const name = readSpecifier(node);
    if (name === undefined) return;
    found.push({ specifier: name, target: targetOf(file, name), line: lineOf(file, node) });
  });
  return found;
}

/** The file that a relative specifier names, from the project's root; undefined for a package. */
export function targetOf(file: SourceFile, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.normalize(posix.join(posix.dirname(file.path), specifier)) : undefined;
}

export function visit(file: SourceFile, see: (node: ts.Node) => void): void {
  const walk = (node: ts.Node): void => {
    see(node);
    ts.forEachChild(node, walk);
  };
  walk(parseSource(file));
}

export function lineOf(file: SourceFile, node: ts.Node): number {
  const tree = parseSource(file);
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
}

function readSpecifier(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return textOf(node.arguments[0]);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return textOf(node.argument.literal);
  return undefined;
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

function keepScripts(text: string): string {
  const blank = (part: string): string => part.replace(/[^\n]/g, ' ');
  let kept = '';
  let end = 0;
  for (const match of text.matchAll(/(<script\b[^>]*>)([\s\S]*?)<\/script>/g)) {
    const start = match.index + (match[1]?.length ?? 0);
    const script = match[2] ?? '';
    kept += blank(text.slice(end, start)) + script;
    end = start + script.length;
  }
  return kept + blank(text.slice(end));
}
