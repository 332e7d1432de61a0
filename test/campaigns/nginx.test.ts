// What the campaign `nginx` says of what it saw; with nginx on the machine also the whole of it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findNginx } from '../../commands/nginx.mjs';
import { findNginxFaults, printNginxLines, runNginxCampaign } from './nginx.ts';

test('a look that went wrong is a fault, and so is none at all', () => {
  const lines = [
    { proxy: 'kept', what: 'wall' },
    { proxy: 'taken away', what: 'desk', fault: '404 http://x/api' },
  ] as const;
  expect(findNginxFaults(lines)).toEqual(['prefix taken away, desk: 404 http://x/api']);
  expect(printNginxLines(lines)).toBe('prefix kept, wall: well\nprefix taken away, desk: 404 http://x/api');
  expect(findNginxFaults([])).toEqual(['nothing was looked at']);
});

const nginx = findNginx();
const absent = nginx ? '' : ' (SKIPPED: no nginx here; `npm run campaign -- nginx` installs it)';

test.skipIf(!nginx)(
  `O4: behind nginx, with the prefix kept and taken away, all is well${absent}`,
  { timeout: 600_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hallpulse-nginx-'));
    const lines = await runNginxCampaign({ folder, nginx: nginx!, onStep: () => undefined });
    expect(findNginxFaults(lines)).toEqual([]);
    expect(lines.length).toBeGreaterThan(12);
    rmSync(folder, { recursive: true, force: true });
  },
);
