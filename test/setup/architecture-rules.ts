// The rules of the house: who may import whom, and what the pure folders may not do. Each answers with the offences.
import { basename } from 'node:path';
import ts from 'typescript';
import { lineOf, listImports, visit } from './source-tree.ts';
import type { SourceFile, SourceImport } from './source-tree.ts';

/** Finds what breaks one rule; each offence reads `path:line what is wrong`. */
export type Rule = (files: readonly SourceFile[]) => string[];

const isIn = (path: string, ...folders: string[]): boolean => folders.some((folder) => path.startsWith(`${folder}/`));
const isCommand = (path: string): boolean => isIn(path, 'commands');

function forbidImports(
  concerns: (file: SourceFile) => boolean,
  isForbidden: (entry: SourceImport, file: SourceFile) => boolean,
  because: string,
): Rule {
  return (files) =>
    files.filter(concerns).flatMap((file) =>
      listImports(file)
        .filter((entry) => isForbidden(entry, file))
        .map((entry) => `${file.path}:${entry.line} imports ${entry.specifier}: ${because}`),
    );
}

export const checkClientImports = forbidImports(
  (file) => isIn(file.path, 'client'),
  ({ target }) => target !== undefined && !isIn(target, 'client', 'domain'),
  'the client may import only the client and the domain',
);

/** The rooms of the client from the top down: each imports itself and those below it. */
const clientRooms = [
  'pages',
  'scenes',
  'panels',
  'alarms',
  'display',
  'forms',
  'desk',
  'charts',
  'ui',
  'offline',
  'live',
  'words',
];

/** A page is a room of its own. */
const readRoom = (path: string): string[] => path.split('/').slice(1, path.startsWith('client/pages/') ? 3 : 2);

export const checkClientRooms = forbidImports(
  (file) => isIn(file.path, 'client'),
  ({ target }, file) => {
    if (target === undefined || !isIn(target, 'client')) return false;
    const [own, other] = [readRoom(file.path), readRoom(target)];
    if (own.join() === other.join()) return false;
    return !clientRooms.slice(clientRooms.indexOf(own[0]!) + 1).includes(other[0]!);
  },
  `the client's rooms are, from the top down, ${clientRooms.join(', ')}; none imports a room above, and no page another`,
);

const domainPackages = ['valibot', 'chinese-days', 'croner'];

export const checkDomainImports = forbidImports(
  (file) => isIn(file.path, 'domain'),
  ({ specifier, target }) => (target === undefined ? !domainPackages.includes(specifier) : !isIn(target, 'domain')),
  `the domain may import only itself, ${domainPackages.join(', ')}`,
);

export const checkDataImports = forbidImports(
  () => true,
  ({ target }) => target !== undefined && isIn(target, 'data'),
  'the seeds are read at run time by their path',
);

const engineFolders = ['server/ledger/sqlite', 'server/ledger/postgres'];

export const checkEngineImports = forbidImports(
  (file) => file.path !== 'server/main.ts' && !isIn(file.path, 'commands', 'test', 'bench'),
  ({ target }, file) =>
    engineFolders.some((engine) => target !== undefined && isIn(target, engine) && !isIn(file.path, engine)),
  'a ledger engine is chosen by server/main.ts and the commands alone',
);

/** Whoever holds a ledger may read it; appending is one file's business, so that nothing new passes the board by. */
export const checkAppends: Rule = (files) =>
  files
    .filter(({ path }) => isIn(path, 'server', 'commands') && path !== 'server/record.ts')
    .flatMap((file) => {
      const offences: string[] = [];
      visit(file, (node) => {
        if (ts.isPropertyAccessExpression(node) && /(^|[.#])ledger\??\.append$/.test(node.getText().replace(/\s/g, '')))
          offences.push(`${file.path}:${lineOf(file, node)} appends by itself: server/record.ts does`);
      });
      return offences;
    });

const processMembers = ['env', 'argv', 'exit', 'on', 'once'];

export const checkProcessUse: Rule = (files) => {
  const concerned = files.filter(({ path }) => isIn(path, 'server', 'client', 'domain') && path !== 'server/main.ts');
  return concerned
    .filter(({ path }) => !isCommand(path))
    .flatMap((file) => {
      const offences: string[] = [];
      visit(file, (node) => {
        const name = readProcessMember(node);
        if (name !== undefined)
          offences.push(`${file.path}:${lineOf(file, node)} uses ${name}: pass it in from server/main.ts`);
      });
      return offences;
    });
};

function readProcessMember(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node) && isProcess(node.expression) && processMembers.includes(node.name.text)) {
    return `process.${node.name.text}`;
  }
  if (ts.isElementAccessExpression(node) && isProcess(node.expression)) return 'process[…]';
  if (ts.isVariableDeclaration(node) && node.initializer !== undefined && isProcess(node.initializer)) return 'process';
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    const from = node.moduleSpecifier.text;
    if (from === 'node:process' || from === 'process') return from;
  }
  return undefined;
}

function isProcess(node: ts.Expression): boolean {
  if (ts.isIdentifier(node)) return node.text === 'process';
  return ts.isPropertyAccessExpression(node) && node.getText() === 'globalThis.process';
}

export const checkChartsImport: Rule = (files) => {
  const importers = files
    .filter(({ path }) => isIn(path, 'client', 'server', 'domain', 'commands'))
    .flatMap((file) => {
      const entry = listImports(file).find(({ specifier }) => /^echarts(\/|$)/.test(specifier));
      return entry === undefined ? [] : [{ path: file.path, line: entry.line }];
    });
  const [home] = importers.filter(({ path }) => isIn(path, 'client/charts'));
  return importers
    .filter((importer) => importer !== home)
    .map(
      ({ path, line }) => `${path}:${line} imports echarts: ${home?.path ?? 'one file in client/charts/'} alone does`,
    );
};

export const checkDomainPurity: Rule = (files) =>
  files
    .filter(({ path }) => isIn(path, 'domain'))
    .flatMap((file) => {
      const offences: string[] = [];
      visit(file, (node) => {
        const name = readImpureCall(node);
        if (name !== undefined)
          offences.push(`${file.path}:${lineOf(file, node)} uses ${name}: time and chance are arguments`);
      });
      return offences;
    });

const impureMembers = ['Date.now', 'Math.random', 'performance.now', 'crypto.randomUUID', 'crypto.getRandomValues'];

function readImpureCall(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    const name = node
      .getText()
      .replace(/\s/g, '')
      .replace(/^globalThis\./, '');
    return impureMembers.includes(name) ? name : undefined;
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments ?? []).length === 0)
    return 'new Date()';
  if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return 'Date()';
  return undefined;
}

export const checkFileNames: Rule = (files) =>
  files
    .filter(({ path }) => path.split('/').some((part) => /^(utils?|helpers?|misc)(\.|$)/i.test(part)))
    .map(({ path }) => `${path}:1 is called ${basename(path)}: name it after what it does`);

/** No file reaches itself through what it imports, types included: each circle is named once, at its first file's import. */
export const checkCircles: Rule = (files) => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const importsOf = new Map(
    files.map((file) => [
      file.path,
      listImports(file).filter(({ target }) => target !== undefined && byPath.has(target)),
    ]),
  );
  const done = new Set<string>();
  const offences: string[] = [];
  const walk = (path: string, trail: readonly string[]): void => {
    if (done.has(path)) return;
    for (const { target = '', line } of importsOf.get(path) ?? []) {
      const from = [...trail, path].indexOf(target);
      if (from < 0) walk(target, [...trail, path]);
      else offences.push(`${path}:${line} closes a circle: ${[...[...trail, path].slice(from), target].join(' → ')}`);
    }
    done.add(path);
  };
  for (const { path } of files) walk(path, []);
  return offences;
};
