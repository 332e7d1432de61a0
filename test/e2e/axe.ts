// axe on a page as it stands: the rules of WCAG 2.0 to 2.2, levels A and AA, and what a screen reader finds its way by.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** Not of WCAG itself, but what a screen reader finds its way by. */
const STRUCTURE = ['landmark-one-main', 'page-has-heading-one', 'heading-order', 'region', 'landmark-unique'];

/** What axe found, each with its rule and the elements that it is about. */
export async function findProblems(on: Page): Promise<string[]> {
  // The page's policy runs no inline script; the debugger's protocol stands outside it.
  if (!(await on.evaluate(() => 'axe' in window))) await on.evaluate(AXE);
  const results = await on.evaluate(
    async ([tags, structure]) => {
      const { axe } = window as unknown as { axe: { run: (options: unknown) => Promise<AxeResults> } };
      const { violations, passes, incomplete, inapplicable } = await axe.run({
        runOnly: { type: 'tag', values: tags },
        rules: Object.fromEntries(structure.map((rule) => [rule, { enabled: true }])),
        resultTypes: ['violations'],
      });
      if (passes.length === 0) throw new Error('axe checked nothing');
      const looked = new Set([violations, passes, incomplete, inapplicable].flat().map(({ id }) => id));
      const left = structure.filter((rule) => !looked.has(rule));
      if (left.length > 0) throw new Error(`axe left out ${left.join()}`);
      return violations.map(({ id, help, nodes }) => ({
        id,
        help,
        nodes: nodes.map(({ target, any }) => `${String(target)} ${any[0]?.message ?? ''}`),
      }));
    },
    [TAGS, STRUCTURE] as const,
  );
  return results.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node}`));
}
