// Twenty turns behind another tab: `npm run campaign -- hidden` takes an hour.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeHourSlope, findHiddenFaults, runHiddenCampaign } from './hidden.ts';

test(
  'a wall behind another tab gathers nothing, and stands right when it is shown again',
  { timeout: 600_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hallpulse-hidden-'));
    const figures = await runHiddenCampaign({
      folder,
      seconds: 15,
      speed: 600,
      every: 3,
      turnsEach: 4,
      warmUp: 2,
      filled: false,
    });
    rmSync(folder, { recursive: true, force: true });
    for (const [which, { states, turns, slopes }] of Object.entries({ shown: figures.shown, hidden: figures.hidden })) {
      console.log(`${which}: ${turns} turns, ${states.join(' ')}`);
      for (const [name, slope] of Object.entries(slopes)) console.log(`${which}, ${name}: ${describeHourSlope(slope)}`);
    }
    console.log(`right after ${figures.rightAfterMs} ms, ${figures.hallDays} of the hall's days`);
    // A scene that stayed at each turn would be a million an hour; a day's own lists grow by hundreds a minute.
    expect(findHiddenFaults(figures, { counted: 100_000, heap: Infinity })).toEqual([]);
  },
);
