// Finds tests that would never run: vitest looks only at test/**/*.test.ts, and says nothing about the rest.
import ts from 'typescript';
import { listImports, visit } from './source-tree.ts';
import type { SourceFile } from './source-tree.ts';

/** Paths that look like tests but are neither matched by the glob nor imported, by whatever way, from a file that is. */
export function listUnmatchedTests(files: readonly SourceFile[]): string[] {
  const reached = listReached(files);
  return files.filter((file) => !isMatched(file.path) && looksLikeTest(file, reached)).map(({ path }) => path);
}

function isMatched(path: string): boolean {
  return path.startsWith('test/') && path.endsWith('.test.ts');
}

function looksLikeTest(file: SourceFile, reached: ReadonlySet<string>): boolean {
  if (/\.(test|spec)\.[a-z.]+$/.test(file.path)) return true;
  // A contract suite holds tests and runs through the files that import it.
  return file.path.startsWith('test/') && !reached.has(file.path) && callsTest(file);
}

const testCall =
  /^(test|it|describe|suite)(\.(only|skip|todo|each|for|concurrent|sequential|fails|skipIf|runIf|extend)\b.*)?$/s;

function callsTest(file: SourceFile): boolean {
  let found = false;
  visit(file, (node) => {
    if (ts.isCallExpression(node) && testCall.test(node.expression.getText())) found = true;
  });
  return found;
}

function listReached(files: readonly SourceFile[]): Set<string> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const reached = new Set<string>();
  const queue = files.filter((file) => isMatched(file.path));
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    for (const { target } of listImports(file)) {
      const next = target === undefined || reached.has(target) ? undefined : byPath.get(target);
      if (next === undefined) continue;
      reached.add(next.path);
      queue.push(next);
    }
  }
  return reached;
}
