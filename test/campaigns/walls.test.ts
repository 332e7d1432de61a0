// Promises 5 and 6 in small: a hundred walls; `npm run campaign -- walls` opens a thousand.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findWallsFaults, runWallsCampaign } from './walls.ts';

test(
  'a hundred walls are back after a restart, and five that stop reading cost them nothing',
  { timeout: 180_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hallpulse-walls-'));
    const figures = await runWallsCampaign({ folder, walls: 100, slowShare: 0.05, perSecond: 20, seconds: 4 });
    console.log(JSON.stringify(figures));
    expect(findWallsFaults(figures, { slack: 3 })).toEqual([]);
    rmSync(folder, { recursive: true, force: true });
  },
);
