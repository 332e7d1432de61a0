// An empty hall at night in small: from the afternoon past midnight; `npm run campaign -- night` watches until morning.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findNightFaults, runNightCampaign, writePicture } from './night.ts';

test('yesterday is never shown as today, and days off and swapped days are called what they are', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hallpulse-night-'));
  const watches = await runNightCampaign({ folder, speed: 600, untilMinute: 1440 + 120 });
  for (const { name, pictures } of watches) {
    const shown = new Map(
      pictures.map((one) => [[one.chips.join(), one.band !== '', one.bar].join(), writePicture(one)]),
    );
    console.log(`${name}: ${pictures.length} pictures\n${[...shown.values()].slice(-8).join('\n')}`);
  }
  expect(watches.flatMap(findNightFaults)).toEqual([]);
  rmSync(folder, { recursive: true, force: true });
});
