// W2 seen from outside: strace shows that the ledger's log is synced to disk before the answer leaves.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findProgram } from '../../commands/browser.mjs';
import { acceptance, postEvents } from './hall-client.ts';
import { startProduct } from './product.ts';
import { findUnsynced, readTrace } from './trace.ts';

let parent: string;
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'hallpulse-durable-'));
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

test('every 200 leaves after fdatasync of the ledger that holds its event (W2, promise 1)', async () => {
  const strace = findProgram('strace');
  if (strace === undefined)
    throw new Error('This test needs strace: `npm test` installs it as root on Debian, else `apt-get install strace`.');
  const file = join(parent, 'trace');
  const calls = 'trace=fsync,fdatasync,pwrite64,write,writev,sendto,sendmsg';
  // -D keeps the product our own child; -y names the file behind each descriptor.
  const under = [strace, '-D', '-f', '-y', '-s', '5000', '-e', calls, '-e', 'signal=none', '-o', file];
  const product = await startProduct({ folder: join(parent, 'store'), under });
  const seqs: number[] = [];
  for (let i = 0; i < 20; i++) {
    // One after the other, so that whatever is written belongs to the answer that follows.
    const { status, body } = await postEvents(product.url, acceptance(`traced-${i}`));
    expect(status).toBe(200);
    seqs.push(body.seq);
  }
  await product.stop();

  const trace = readTrace(readFileSync(file, 'utf8'));
  const answers = trace.filter(({ kind }) => kind === 'answer');
  expect(answers.length).toBe(20);
  expect(findUnsynced(trace)).toEqual([]);
  // One at a time, each event has a sync of its own.
  expect(trace.filter(({ kind }) => kind === 'synced').length).toBeGreaterThanOrEqual(20);
  console.log(`${answers.length} answers, ${trace.filter(({ kind }) => kind === 'synced').length} syncs of the ledger`);
  expect(seqs.at(-1)! - seqs[0]!).toBe(19);
});

test('an answer before its sync would be seen', () => {
  const lines = [
    '7 pwrite64(21</x/ledger.sqlite-wal>, "page", 4096, 32) = 4096',
    '7 fdatasync(21</x/ledger.sqlite-wal> <unfinished ...>',
    '3 write(25<socket:[1]>, "HTTP/1.1 200 OK\\r\\n{\\"accepted\\":1,\\"seq\\":2}", 40) = 40',
    '7 <... fdatasync resumed>) = 0',
    '3 write(25<socket:[1]>, "HTTP/1.1 200 OK\\r\\n{\\"accepted\\":1,\\"seq\\":3}", 40) = 40',
  ];
  expect(findUnsynced(readTrace(lines.join('\n')))).toHaveLength(1);
  expect(findUnsynced(readTrace([lines[0], lines[4]].join('\n')))).toHaveLength(1);
  expect(findUnsynced(readTrace([lines[0], lines[1], lines[3], lines[4]].join('\n')))).toEqual([]);
  const failed = '7 <... fdatasync resumed>) = -1 EIO (Input/output error)';
  expect(findUnsynced(readTrace([lines[0], lines[1], failed, lines[4]].join('\n')))).toHaveLength(1);
});
