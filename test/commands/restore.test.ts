/** `npm run restore` on a hall with frozen days: what it notes beside the key, and what it says where it cannot. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAccess } from '../../server/access/access.ts';
import { createBackup } from '../../server/backup/backup.ts';
import { readChainProof } from '../../server/frozen/keys.ts';
import { sqliteKeeper } from '../../server/ledger/sqlite/ledger-folder.ts';
import { openFrozenHall, type FrozenHall } from '../server/frozen/frozen-hall.ts';

const root = join(import.meta.dirname, '../..');
const keys = mkdtempSync(join(tmpdir(), 'hallpulse-restore-keys-'));
let hall: FrozenHall;
let backup: string;

beforeAll(async () => {
  hall = await openFrozenHall();
  await hall.accept('c1', '2019-11-25 09:30');
  await hall.runTo('2019-11-27 09:00');
  await hall.stop();
  openAccess(hall.folder, { now: Date.now }).close();
  for (const name of ['profile', 'catalogue'])
    cpSync(join(root, 'data/halls/meilin', `${name}.json`), join(hall.folder, 'documents', `${name}.json`));
  const to = join(hall.folder, 'backups');
  ({ path: backup } = await createBackup({ folder: hall.folder, to, ledger: sqliteKeeper, now: Date.now() }));
  // No place for keys in a data folder: the command refuses one.
  cpSync(hall.keysFolder, keys, { recursive: true });
});
afterAll(async () => {
  rmSync(keys, { recursive: true });
  await hall.close();
});

function restore(...args: string[]): Promise<{ code: number; said: string }> {
  const env = { ...process.env, HALLPULSE_DATA: hall.folder, HALLPULSE_KEYS: keys };
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, 'dist/server/commands/restore.js'), ...args], { env }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), said: out + err }),
    );
  });
}

test('the restore is noted beside the key, with the backup', async () => {
  expect(await restore(backup)).toMatchObject({ code: 0 });
  const { restores } = readChainProof(keys, 'small');
  expect(restores).toEqual([{ ledger: expect.any(String) as string, at: expect.any(String) as string, backup }]);
});

test('where it cannot be noted the hall is restored all the same, and what to do is said', async () => {
  const key = join(keys, 'frozen-days.key');
  const text = readFileSync(key);
  rmSync(key);
  const { code, said } = await restore(backup);
  expect(code).toBe(0);
  expect(said).toContain('This is noted nowhere');
  writeFileSync(key, text);
  expect(readChainProof(keys, 'small').restores).toHaveLength(1);
  expect(await restore('--by-hand', 'nobody')).toMatchObject({
    code: 1,
    said: expect.stringContaining('no account of an administrator') as string,
  });
});
