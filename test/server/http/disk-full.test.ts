// Promise 8: a full disk is a 507, reading goes on, nothing acknowledged is lost, and it recovers by itself.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findProgram } from '../../../commands/browser.mjs';
import { acceptance, hallDay, postEvents, readMeasures } from '../../e2e/hall-client.ts';
import { startProduct } from '../../e2e/product.ts';

/** A disk of its own for one process, in its own mount namespace: gone with the process. */
const SMALL_DISK = 'mount -t tmpfs -o size=4m none "$HALLPULSE_DATA" && exec "$@"';

test('a full disk answers 507, goes on reading, and takes events again once there is room', async ({ skip }) => {
  const parent = mkdtempSync(join(tmpdir(), 'hallpulse-full-'));
  const folder = join(parent, 'store');
  mkdirSync(folder);
  const under = findSmallDisk(folder);
  if (under === undefined) return skip('no right to mount here: only the ledger’s own test fills a disk');
  const hall = await startProduct({ folder, under });
  // The same disk, as it is seen from outside its namespace.
  const inside = join(`/proc/${hall.pid}/root`, folder);
  const filler = join(inside, 'filler');
  const acknowledged: string[] = [];
  const send = async (id: string) => {
    const { status, body } = await postEvents(hall.url, acceptance(id));
    if (status === 200) acknowledged.push(id);
    return { status, body };
  };
  expect((await send('before')).status).toBe(200);
  const { bavail, bsize } = statfsSync(inside);
  writeFileSync(filler, Buffer.alloc((bavail - 8) * bsize));

  let answer = await send('fill-0');
  for (let i = 1; i < 500 && answer.status === 200; i++) answer = await send(`fill-${i}`);
  expect(answer).toMatchObject({ status: 507, body: { error: 'disk-full' } });
  expect((await send('still-full')).status).toBe(507);
  const day = hallDay(Date.now());
  expect((await readMeasures(hall.url, day)).accepted).toBe(acknowledged.length);
  expect((await fetch(`${hall.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${hall.url}/api/board?topic=overview`)).status).toBe(200);
  expect((await fetch(`${hall.url}/`)).status).toBe(200);

  rmSync(filler);
  expect((await send('still-full')).status).toBe(200);
  expect((await send('after')).status).toBe(200);
  for (const id of acknowledged) expect((await postEvents(hall.url, acceptance(id))).body.accepted).toBe(0);
  expect((await readMeasures(hall.url, day)).accepted).toBe(acknowledged.length);
  expect(await hall.stop()).toBe(0);
  rmSync(parent, { recursive: true, force: true });
});

/** What to run the product under, or undefined where mounting is not allowed. */
function findSmallDisk(folder: string): string[] | undefined {
  const unshare = findProgram('unshare');
  if (unshare === undefined) return undefined;
  const under = [unshare, process.getuid?.() === 0 ? '-m' : '-rm', 'sh', '-c', SMALL_DISK, 'sh'];
  const trial = spawnSync(under[0]!, [...under.slice(1), 'true'], { env: { ...process.env, HALLPULSE_DATA: folder } });
  return trial.status === 0 ? under : undefined;
}
