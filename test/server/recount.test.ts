// After an update that counts otherwise, a hall takes events in at once; what is shown waits until all is counted anew.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FOLD_VERSION } from '../../domain/board/fold.ts';
import type { HallEvent } from '../../domain/events/event.ts';
import { createZone } from '../../domain/calendar/zone.ts';
import { openBoard } from '../../server/board/runtime.ts';
import { realClock } from '../../server/clock.ts';
import { openDocuments } from '../../server/documents/documents.ts';
import type { Ledger } from '../../server/ledger/port.ts';
import { startServer, type RunningServer } from '../../server/server.ts';
import { hallDay, postEvents, readMeasures } from '../e2e/hall-client.ts';
import { findRoot, KEY } from '../e2e/product.ts';
import { openInProcessLedger, type InProcessLedger } from '../property/in-process-ledger.ts';
import { openLiveClient } from './live/live-client.ts';

const FORMER = 'of a former version';
/** More than are folded before anybody is served. */
const COUNT = 21_000;
const seedFolder = join(findRoot(), 'data/halls/meilin');
const now = Date.now();
const today = hallDay(now);

let folder: string;
let server: RunningServer | undefined;
/** Lets the fold read on. */
let letThrough = (): void => {};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallpulse-recount-'));
});
afterEach(async () => {
  letThrough();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A ledger whose stored sums are those of a former version. */
async function openFormer(): Promise<InProcessLedger> {
  const ledger = openInProcessLedger('Asia/Shanghai', join(folder, 'ledger.sqlite'), 'meilin');
  await ledger.append(
    Array.from({ length: COUNT }, (_, i) => ({
      event: {
        source: 'printer',
        id: `e${i}`,
        type: 'hall.service.given',
        at: now,
        data: { station: 'hall', kind: 'copying' },
      } as HallEvent,
      timeGiven: true,
    })),
    now,
    null,
  );
  const cell = { day: today, station: 'hall', name: 'service/copying', n: 1 };
  await ledger.saveFold({ foldVersion: FORMER, after: 0, seq: COUNT, cells: [cell], state: '{}' });
  await ledger.showFold(FORMER);
  return ledger;
}

/** A hall on it whose fold reads nothing until it is let through. */
async function start(): Promise<RunningServer> {
  const client = join(folder, 'client');
  mkdirSync(join(client, 'wall'), { recursive: true });
  writeFileSync(join(client, 'wall/index.html'), '<html><body></body></html>');
  const ledger = await openFormer();
  const gate = new Promise<void>((resolve) => (letThrough = resolve));
  return startServer({
    folder,
    seedFolder,
    clientFolder: client,
    build: 'test',
    demo: false,
    openReading: true,
    ingestKey: KEY,
    port: 0,
    host: '127.0.0.1',
    trustProxy: 0,
    dayLookMs: 10,
    clock: realClock,
    logger: pino({ level: 'silent' }),
    openLedger: () =>
      Promise.resolve({
        ...ledger,
        // A start looks at the last event by itself; the fold reads many.
        read: (after, limit) => (limit === 1 ? ledger.read(after, limit) : gate.then(() => ledger.read(after, limit))),
      }),
  });
}

const statusOf = async (path: string): Promise<number> => (await fetch(`${server!.url}${path}`)).status;
const copied = (id: string) => ({
  specversion: '1.0',
  id,
  source: 'printer',
  type: 'hall.service.given',
  data: { station: 'hall', kind: 'copying' },
});

test('events are taken in at once, a wall is told why it waits, and then all is there in one step', async () => {
  server = await start();
  expect((await postEvents(server.url, copied('during'))).body).toMatchObject({ accepted: 1 });
  expect(await statusOf('/healthz')).toBe(200);
  const readiness = await fetch(`${server.url}/readyz`);
  expect(readiness.status).toBe(503);
  expect(await readiness.json()).toMatchObject({ status: 'ok', recount: { done: 0, of: COUNT + 1 } });
  expect(await statusOf('/')).toBe(200);
  for (const path of ['/api/board?topic=overview', `/api/measures?from=${today}&to=${today}`]) {
    const response = await fetch(`${server.url}${path}`);
    expect([response.status, await response.json()]).toEqual([503, { error: 'recounting' }]);
    expect(response.headers.get('Retry-After')).toBe('10');
  }
  const wall = await openLiveClient(server.url);
  expect(await wall.subscribe({ topic: 'overview' })).toEqual({ ok: false, error: 'recounting' });

  letThrough();
  await server.board.ready;
  await server.looks(1);
  expect(await statusOf('/readyz')).toBe(200);
  expect(await wall.subscribe({ topic: 'overview' })).toMatchObject({ ok: true });
  wall.close();
  const { services, seq } = await readMeasures(server.url, today);
  expect(services).toEqual({ copying: COUNT + 1 });
  expect(seq).toBeGreaterThan(COUNT);
  expect(server.board.state.day).toBe(today);
  expect(await server.ledger.loadFold(FORMER)).toBeUndefined();
  expect(await server.ledger.loadFold(FOLD_VERSION)).toMatchObject({ isShown: true });
});

test('a count that was interrupted goes on where it stood, and is shown only when it is whole', async () => {
  const ledger = await openFormer();
  const { config } = await openDocuments({ folder: join(folder, 'documents'), seedFolder });
  let reads = 0;
  let stuck = (): void => {};
  const isStuck = new Promise<void>((resolve) => (stuck = resolve));
  const gate = new Promise<void>((resolve) => (letThrough = resolve));
  const slow: Ledger = {
    ...ledger,
    async read(after, limit) {
      if (++reads === 3) {
        stuck();
        await gate;
      }
      return ledger.read(after, limit);
    },
  };
  const zone = createZone('Asia/Shanghai');
  const interrupted = await openBoard({ ledger: slow, config, zone });
  interrupted.ready.catch(() => undefined);
  await isStuck;
  const closing = interrupted.close();
  letThrough();
  await closing;
  const half = await ledger.loadFold(FOLD_VERSION);
  expect(half).toMatchObject({ isShown: false });
  expect(half!.seq).toBeGreaterThan(0);
  expect(half!.seq).toBeLessThan(COUNT);
  expect(await ledger.loadFold(FORMER)).toMatchObject({ isShown: true });

  const first: number[] = [];
  const watched: Ledger = { ...ledger, read: (after, limit) => (first.push(after), ledger.read(after, limit)) };
  const board = await openBoard({ ledger: watched, config, zone });
  await board.ready;
  expect(first[0]).toBe(half!.seq);
  expect((await board.measures({ from: today, to: today, now })).services).toEqual({ copying: COUNT });
  expect(await ledger.loadFold(FORMER)).toBeUndefined();
  await board.close();
  await ledger.close();
});

test('a hall that is stopped in the midst of it keeps what it had, and counts on at the next start', async () => {
  server = await start();
  const closing = server.close();
  letThrough();
  await closing;
  server = undefined;
  const ledger = openInProcessLedger('Asia/Shanghai', join(folder, 'ledger.sqlite'), 'meilin');
  expect(await ledger.loadFold(FORMER)).toMatchObject({ seq: COUNT, isShown: true });
  await ledger.close();
});
