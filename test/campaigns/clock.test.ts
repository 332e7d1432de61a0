// Promise 15: a clock that jumps, midnight, a leap day. All of them by `npm run campaign -- clock`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listScenarios, nameScenario, runClockScenario } from './clock.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallpulse-clock-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Every jump and every start, with and without restarts, though not each with each.
const scenarios = listScenarios().filter((_, i) => i % 7 === 0);

test.each(scenarios.map((scenario) => [nameScenario(scenario), scenario] as const))(
  'a clock that is wrong for a while: %s (L2, L4)',
  async (_name, scenario) => {
    const figures = await runClockScenario(folder, scenario);
    expect(figures.faults).toEqual([]);
    expect(figures.acknowledged).toBe(9);
  },
);
