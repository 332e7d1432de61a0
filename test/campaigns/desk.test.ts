// Nothing typed is lost, in small: a short random day at one PC. `npm run campaign -- desk --steps 2000` for long ones.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runDeskCampaign } from './desk.ts';

test('every entry of a random day is with the server once, as it was made', { timeout: 300_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hallpulse-desk-'));
  const figures = await runDeskCampaign({ folder, steps: 150, seed: 20_261_126 });
  console.log(JSON.stringify(figures));
  expect(figures.faults).toEqual([]);
  expect(figures.kept).toBeGreaterThan(50);
  expect(figures.sent).toBeGreaterThan(figures.kept);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
