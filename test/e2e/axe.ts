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
  await on.evaluate(AXE);
  const results = await on.evaluate(
    async ([tags, structure]) => {
      const { axe } = window as unknown as { axe: { run: (options: unknown) => Promise<AxeResults> } };
      const runs = [
        await axe.run({ runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }),
        await axe.run({ runOnly: { type: 'rule', values: structure }, resultTypes: ['violations'] }),
      ];
      return runs.flatMap(({ violations, passes }) => {
        if (passes.length === 0) throw new Error('axe checked nothing');
        return violations.map(({ id, help, nodes }) => ({
          id,
          help,
          nodes: nodes.map(({ target, any }) => `${String(target)} ${any[0]?.message ?? ''}`),
        }));
      });
    },
    [TAGS, STRUCTURE] as const,
  );
  return results.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node}`));
}
