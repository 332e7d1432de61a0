// What a test must do to be one: hold something that can fail, and try what production runs.
import ts from 'typescript';
import { lineOf, parseSource, targetOf, visit } from './source-tree.ts';
import type { SourceFile } from './source-tree.ts';

const testNames = new Set(['test', 'it']);
const expecting = new Set(['expect', 'expectTypeOf', 'fc.assert']);

/** Tests in which nothing is expected, neither by themselves nor by what they call in `test/`: `path:line name`. */
export function listEmptyTests(files: readonly SourceFile[]): string[] {
  const ours = files.filter(({ path }) => path.startsWith('test/'));
  const proving = listProving(ours);
  return ours.flatMap((file) => {
    const found: string[] = [];
    visit(file, (node) => {
      if (!ts.isCallExpression(node) || node.arguments.length < 2) return;
      if (!testNames.has(rootName(node.expression))) return;
      const [name, ...rest] = node.arguments;
      const body = rest.find((one) => ts.isArrowFunction(one) || ts.isFunctionExpression(one)) ?? rest.at(-1)!;
      const names = proving.get(file.path)!;
      if (!proves(body, names) && !proves(node.expression, names))
        found.push(`${file.path}:${lineOf(file, node)} ${name!.getText()}`);
    });
    return found;
  });
}

/** By file: the names under which it knows functions that expect something, themselves or by what they call. */
function listProving(files: readonly SourceFile[]): ReadonlyMap<string, ReadonlySet<string>> {
  const proving = new Map(files.map(({ path }) => [path, new Set(expecting)]));
  const functions = files.flatMap((file) =>
    listFunctions(file).map((one) => ({ ...one, own: proving.get(file.path)! })),
  );
  const imports = files.flatMap((file) =>
    listNamedImports(file).map((one) => ({ ...one, own: proving.get(file.path)! })),
  );
  for (let hasGrown = true; hasGrown;) {
    hasGrown = false;
    const add = (own: Set<string>, name: string): void => {
      hasGrown ||= !own.has(name);
      own.add(name);
    };
    for (const { name, node, own } of functions) if (!own.has(name) && proves(node, own)) add(own, name);
    for (const { name, local, target, own } of imports) if (proving.get(target)?.has(name)) add(own, local);
  }
  return proving;
}

function listFunctions(file: SourceFile): { name: string; node: ts.Node }[] {
  const found: { name: string; node: ts.Node }[] = [];
  visit(file, (node) => {
    if (ts.isFunctionDeclaration(node) && node.name !== undefined) found.push({ name: node.name.text, node });
    else if (ts.isVariableDeclaration(node) && node.initializer !== undefined && isFunctionOrTable(node.initializer))
      found.push({ name: node.name.getText(), node: node.initializer });
  });
  return found;
}

/** A table of `test.each` may hold what each of its tests expects. */
function isFunctionOrTable(initializer: ts.Expression): boolean {
  const value = ts.isAsExpression(initializer) ? initializer.expression : initializer;
  return ts.isArrowFunction(value) || ts.isArrayLiteralExpression(value);
}

function listNamedImports(file: SourceFile): { name: string; local: string; target: string }[] {
  return parseSource(file)
    .statements.filter(ts.isImportDeclaration)
    .flatMap((declaration) => {
      const target = targetOf(file, (declaration.moduleSpecifier as ts.StringLiteral).text);
      const bindings = declaration.importClause?.namedBindings;
      if (target === undefined || bindings === undefined || !ts.isNamedImports(bindings)) return [];
      return bindings.elements.map(({ name, propertyName }) => ({
        name: (propertyName ?? name).text,
        local: name.text,
        target,
      }));
    });
}

/** Whether a call of one of the names, or the name itself handed on, stands in it. */
function proves(within: ts.Node, names: ReadonlySet<string>): boolean {
  if (ts.isIdentifier(within) && names.has(within.text) && !isMemberName(within)) return true;
  if (ts.isPropertyAccessExpression(within) && names.has(within.getText())) return true;
  return ts.forEachChild(within, (child) => proves(child, names) || undefined) ?? false;
}

/** `look` of `hall.look` or of `{ look: … }` is no name of the file's own. */
function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isBindingElement(parent) && parent.propertyName === node)
  );
}

/** `test` of `test.each([…])('…', …)`. */
function rootName(expression: ts.Expression): string {
  if (ts.isIdentifier(expression)) return expression.text;
  if (
    ts.isPropertyAccessExpression(expression) ||
    ts.isCallExpression(expression) ||
    ts.isTaggedTemplateExpression(expression)
  )
    return rootName(ts.isTaggedTemplateExpression(expression) ? expression.tag : expression.expression);
  return '';
}

/** Functions and values that production exports, that tests import, and that production itself never names again. */
export function listTestedAlone(files: readonly SourceFile[]): string[] {
  const isProduction = ({ path }: SourceFile): boolean => !/^(test|bench)\//.test(path);
  const named = new Map<string, number>();
  for (const file of files.filter(isProduction)) {
    for (const [name] of (file.path.endsWith('.svelte') ? file.text : '').matchAll(/[A-Za-z_$][\w$]*/g))
      named.set(name, (named.get(name) ?? 0) + 1);
    visit(file, (node) => {
      if (ts.isIdentifier(node)) named.set(node.text, (named.get(node.text) ?? 0) + 1);
    });
  }
  const imported = new Set(
    files
      .filter((file) => !isProduction(file))
      .flatMap((file) => listNamedImports(file).map(({ target, name }) => `${target} ${name}`)),
  );
  return files.filter(isProduction).flatMap((file) =>
    exportedValues(file)
      .filter(({ name }) => named.get(name) === 1 && imported.has(`${file.path} ${name}`))
      .map(({ name, line }) => `${file.path}:${line} ${name}`),
  );
}

function exportedValues(file: SourceFile): { name: string; line: number }[] {
  return parseSource(file).statements.flatMap((statement) => {
    const isExported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(isExportKeyword);
    if (isExported !== true) return [];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.map(({ name }) => ({
        name: name.getText(),
        line: lineOf(file, statement),
      }));
    if (!ts.isFunctionDeclaration(statement) && !ts.isClassDeclaration(statement)) return [];
    return statement.name === undefined ? [] : [{ name: statement.name.text, line: lineOf(file, statement) }];
  });
}

const isExportKeyword = ({ kind }: ts.ModifierLike): boolean => kind === ts.SyntaxKind.ExportKeyword;
