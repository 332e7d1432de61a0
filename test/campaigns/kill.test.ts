// Promise 1: a 200 means on disk. Twenty-five kills at random moments; `npm run campaign -- kill --cycles 3000` for more.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findFaults, runKillCampaign } from './kill.ts';

test('twenty-five kills -9 under load lose nothing and double nothing (W1, W2, W3)', { timeout: 900_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hallpulse-kill-'));
  const figures = await runKillCampaign({ folder, cycles: 25, seed: 20_261_123 });
  console.log(JSON.stringify(figures));
  expect(findFaults(figures)).toEqual([]);
  expect(figures.acknowledged).toBeGreaterThan(150);
  expect(figures.inDoubt).toBeGreaterThan(10);
  expect(figures.duplicatesAnswered).toBeGreaterThan(50);
  rmSync(folder, { recursive: true, force: true });
});
