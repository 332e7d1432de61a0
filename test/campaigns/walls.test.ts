// Promises 5 and 6 in small: a hundred walls; `npm run campaign -- walls` opens a thousand, and judges times as well.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findWallsFaults, runWallsCampaign } from './walls.ts';

test(
  'a hundred walls are back after a restart, and those that stop reading are cut while the others miss nothing (P5)',
  { timeout: 300_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hallpulse-walls-'));
    const figures = await runWallsCampaign({
      folder,
      walls: 100,
      slowShare: 0.05,
      perSecond: 20,
      seconds: 2,
      rounds: 2,
    });
    console.log(JSON.stringify(figures));
    expect(findWallsFaults(figures, { timed: false })).toEqual([]);
    rmSync(folder, { recursive: true, force: true });
  },
);
