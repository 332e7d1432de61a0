// A whole hall of its own for a file of tests: the built product on a free port, with an empty folder.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAccess, type Access } from '../../../server/access/access.ts';
import { startProduct } from '../../e2e/product.ts';

export interface TestHall {
  readonly url: string;
  readonly pid: number;
  /** Everything that the server wrote so far; its log is one JSON object a line. */
  log(): string;
  /** The same store that the server reads: what is changed here is what `npm run keys` would change. */
  openAccess(): Access;
  close(): Promise<void>;
}

export interface TestHallOptions {
  readonly openReading?: boolean;
  /** Further variables. */
  readonly env?: Readonly<Record<string, string>>;
}

export async function openTestHall({ openReading = true, env = {} }: TestHallOptions = {}): Promise<TestHall> {
  const folder = mkdtempSync(join(tmpdir(), 'hallpulse-hall-'));
  const hall = await startProduct({ folder, env: { HALLPULSE_READ: openReading ? 'open' : 'closed', ...env } });
  return {
    url: hall.url,
    pid: hall.pid,
    log: () => hall.output(),
    openAccess: () => openAccess(folder, { now: Date.now }),
    async close() {
      await hall.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
