// Counts what each file of a run came to and leaves the figures where `npm test` picks them up.
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { SerializedError } from 'vitest';
import type { Reporter, TestModule } from 'vitest/node';

export interface FileSummary {
  passed: number;
  failed: number;
  skipped: number;
}

export interface RunSummary {
  /** By the file's path from the project's folder. */
  readonly files: Record<string, FileSummary>;
  /** What broke outside every file. */
  readonly unhandled: number;
}

/** A file or suite that broke outside its tests (it did not load, a hook threw) counts as one failure. */
function countResults(module: TestModule): FileSummary {
  const summary: FileSummary = { passed: 0, failed: module.errors().length, skipped: 0 };
  for (const suite of module.children.allSuites()) summary.failed += suite.errors().length;
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    if (state === 'pending') summary.skipped += 1;
    else summary[state] += 1;
  }
  return summary;
}

export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const file = process.env['HALLPULSE_TEST_SUMMARY'];
    if (file === undefined) return;
    const files = Object.fromEntries(
      modules.map((module) => [relative(process.cwd(), module.moduleId), countResults(module)]),
    );
    const summary: RunSummary = { files, unhandled: unhandled.length };
    writeFileSync(file, JSON.stringify(summary));
  }
}
