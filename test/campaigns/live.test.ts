// Promise 4 in small: that everything arrives, in order, and that a server which stands still is not shown as live.
// No time is judged here; `npm run campaign -- live` posts 1,000 events a second and judges against 300 ms and 15 s.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeSeen, findLiveFaults, runLiveCampaign } from './live.ts';

test(
  'every event reaches the wall in order, and a server that stands still is said to',
  { timeout: 240_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hallpulse-live-'));
    const figures = await runLiveCampaign({
      folder,
      perSecond: 100,
      seconds: 3,
      warmUpSeconds: 1,
      quietEvents: 2,
      quietGapMs: 500,
      staleSeconds: 3,
    });
    const { busy, quiet, stale } = figures;
    console.log(`${busy.reached} events a second: ${describeSeen(busy)}`);
    console.log(`quiet: ${describeSeen(quiet)}`);
    console.log(JSON.stringify(stale));
    expect(findLiveFaults(figures)).toEqual([]);
    expect(busy.sent).toBe(300);
    expect(busy.text.n).toBe(150);
    expect(quiet.text.n).toBe(2);
    // A frame shows a text that was there before it, and both come after the post.
    expect(busy.frame.p50).toBeGreaterThanOrEqual(busy.text.p50);
    expect(busy.text.p50).toBeGreaterThan(-busy.clockErrorMs);
    rmSync(folder, { recursive: true, force: true });
  },
);
