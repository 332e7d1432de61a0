// A whole hall in this process, on a free port, with the built ledger thread and an empty folder of its own.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { openAccess, type Access } from '../../../server/access/access.ts';
import { openSqliteLedger } from '../../../server/ledger/sqlite/engine.ts';
import { realClock, startServer, type RunningServer } from '../../../server/server.ts';
import { KEY } from '../../e2e/product.ts';
import { writerUrl } from '../ledger/sqlite-place.ts';

export interface TestHall {
  readonly server: RunningServer;
  readonly url: string;
  readonly folder: string;
  /** The lines of the log so far. */
  log(): string;
  /** The same store that the server reads: what is changed here is what `npm run keys` would change. */
  openAccess(): Access;
  close(): Promise<void>;
}

export async function openTestHall({ openReading = true } = {}): Promise<TestHall> {
  const folder = mkdtempSync(join(tmpdir(), 'hallpulse-hall-'));
  const root = join(import.meta.dirname, '../../..');
  let log = '';
  const lines = new Writable({
    write(chunk, _encoding, done) {
      log += String(chunk);
      done();
    },
  });
  const server = await startServer({
    port: 0,
    folder,
    seedFolder: join(root, 'data/halls/meilin'),
    clientFolder: join(root, 'dist/client'),
    build: (JSON.parse(readFileSync(join(root, 'dist/build.json'), 'utf8')) as { build: string }).build,
    demo: false,
    openReading,
    ingestKey: KEY,
    trustProxy: 0,
    clock: realClock,
    logger: pino({ level: 'info' }, lines),
    openLedger: (place) => openSqliteLedger({ ...place, writerUrl }),
  });
  return {
    server,
    url: server.url,
    folder,
    log: () => log,
    openAccess: () => openAccess(folder, { now: Date.now }),
    async close() {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
