// Nothing typed is lost, on the product itself, in small: `npm run campaign -- desk --real --steps 400` for long ones.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runDeskOutages } from './desk-outages.ts';

test('clerks of two stations work on through outages of every kind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hallpulse-outages-'));
  const seed = Number(process.env['HALLPULSE_SEED'] ?? Math.floor(Math.random() * 2 ** 32));
  const figures = await runDeskOutages({ folder, steps: 40, seed });
  console.log(JSON.stringify(figures));
  expect(figures.faults, `HALLPULSE_SEED=${seed}`).toEqual([]);
  expect(figures.made).toBeGreaterThan(10);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
