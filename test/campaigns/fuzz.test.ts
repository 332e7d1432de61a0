// Promise 17: a short round of poisons; a hundred thousand bodies by `npm run campaign -- fuzz`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runFuzzCampaign } from './fuzz.ts';

test(
  'poisons through open walls, kills between them: the hall stands, and the audit agrees',
  { timeout: 300_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hallpulse-fuzz-'));
    const figures = await runFuzzCampaign({ folder, bodies: 700, killEvery: 250, seed: 20_261_126 });
    console.log(JSON.stringify(figures));
    expect(figures.faults).toEqual([]);
    // Poisons among events that are taken: what is refused at the door tries nothing behind it.
    expect(figures.accepted).toBeGreaterThan(1_000);
    rmSync(folder, { recursive: true, force: true });
  },
);
