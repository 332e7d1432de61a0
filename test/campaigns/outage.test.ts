// Promise 5 in small: 20 real seconds without a server, 7 and 60 minutes of the page's own clock, a network that is
// gone, a line that swallows, a sleep. `npm run campaign -- outage --seconds 30,420,3600` waits them out for real.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findOutageFaults, runOutageCampaign } from './outage.ts';

test(
  'walls come back by themselves with the recounted numbers, and never by a reload',
  { timeout: 240_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hallpulse-outage-'));
    const figures = await runOutageCampaign({
      folder,
      outages: [
        { kind: 'server', seconds: 20 },
        { kind: 'clock', seconds: 420 },
        { kind: 'clock', seconds: 3_600 },
        { kind: 'offline', seconds: 15 },
        { kind: 'silent', seconds: 20 },
        { kind: 'sleep', seconds: 15 },
      ],
    });
    for (const one of figures) console.log(JSON.stringify(one));
    // How long each took is printed above; the promise's seconds are judged by the long campaign, on a machine of its own.
    expect(findOutageFaults(figures, { slack: Infinity })).toEqual([]);
    rmSync(folder, { recursive: true, force: true });
  },
);
