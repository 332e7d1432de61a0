// Two halls in one process, on one port.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Audience } from '../../domain/board/topics/data.ts';
import { openAccess } from '../../server/access/access.ts';
import { createDoors } from '../../server/access/doors.ts';
import { realClock } from '../../server/clock.ts';
import { startHall, type Hall } from '../../server/hall.ts';
import { serveHalls } from '../../server/serve.ts';
import { copyDemoSeed } from '../demo-seed.ts';
import { openInProcessLedger } from '../property/in-process-ledger.ts';

export const FIRST = 'meilin';
export const SECOND = '荷花 & 莲';
export const SECOND_QUERY = `?hall=${encodeURIComponent(SECOND)}`;

export type Which = 'first' | 'second';
export const KEYS: Readonly<Record<Which, string>> = { first: 'key-of-the-first', second: 'key-of-the-second' };

export interface TwoHalls {
  readonly url: string;
  readonly first: Hall;
  readonly second: Hall;
  /** A new display token of a hall's own. */
  tokenOf(hall: Which, audience?: Audience): string;
  close(): Promise<void>;
}

/** @param clientFolder the built pages; without it an empty one stands for the wall's */
export async function openTwoHalls(clientFolder?: string): Promise<TwoHalls> {
  const parent = mkdtempSync(join(tmpdir(), 'hallpulse-two-'));
  const doors = createDoors({ trustProxy: 0 });
  const logger = pino({ level: 'silent' });
  const open = (id: string, which: Which): Promise<Hall> => {
    const seedFolder = join(parent, `seed-${which}`);
    copyDemoSeed(seedFolder);
    const file = join(seedFolder, 'profile.json');
    const profile = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...profile, hall: id }));
    const folder = join(parent, which);
    mkdirSync(folder);
    const options = {
      folder,
      seedFolder,
      clientFolder: clientFolder ?? makeClient(parent),
      build: 'test',
      demo: false,
      openReading: false,
      ingestKey: KEYS[which],
      clock: realClock,
      logger,
      openLedger: () => Promise.resolve(openInProcessLedger('Asia/Shanghai', join(folder, 'ledger.sqlite'), id)),
    };
    return startHall(options, { doors, isFirst: which === 'first' });
  };
  const halls = { first: await open(FIRST, 'first'), second: await open(SECOND, 'second') };
  const serving = await serveHalls([halls.first, halls.second], {
    port: 0,
    heartbeatMs: 200,
    host: '127.0.0.1',
    doors,
    logger,
  });
  return {
    ...halls,
    url: serving.url,
    tokenOf(which, audience = 'management') {
      const access = openAccess(join(parent, which), { now: Date.now });
      const { secret } = access.displayTokens.add({ hall: halls[which].id, audience, label: 'wall' });
      access.close();
      return secret;
    },
    async close() {
      await serving.close();
      await halls.first.close();
      await halls.second.close();
      rmSync(parent, { recursive: true, force: true });
    },
  };
}

function makeClient(parent: string): string {
  const folder = join(parent, 'client');
  mkdirSync(join(folder, 'wall'), { recursive: true });
  writeFileSync(join(folder, 'wall/index.html'), '<html><body></body></html>');
  return folder;
}
