// Counts what a run came to and leaves the figures where `npm test` picks them up for its last line.
import { writeFileSync } from 'node:fs';
import type { SerializedError } from 'vitest';
import type { Reporter, TestModule } from 'vitest/node';

export interface RunSummary {
  passed: number;
  failed: number;
  skipped: number;
}

/** A file or suite that broke outside its tests (it did not load, a hook threw) counts as one failure. */
function countResults(modules: readonly TestModule[], unhandled: readonly SerializedError[]): RunSummary {
  const summary: RunSummary = { passed: 0, failed: unhandled.length, skipped: 0 };
  for (const module of modules) {
    summary.failed += module.errors().length;
    for (const suite of module.children.allSuites()) summary.failed += suite.errors().length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'pending') summary.skipped += 1;
      else summary[state] += 1;
    }
  }
  return summary;
}

export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const file = process.env['HALLPULSE_TEST_SUMMARY'];
    if (file !== undefined) writeFileSync(file, JSON.stringify(countResults(modules, unhandled)));
  }
}
