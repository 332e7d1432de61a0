// The SQLite ledger on real files, through the built writing thread: the contract, its lock, and what it refuses to open.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HallEvent } from '../../../domain/events/event.ts';
import type { PendingEvent } from '../../../server/ledger/port.ts';
import { LADDER } from '../../../server/ledger/sqlite/ladder.ts';
import { LEDGER_FILE } from '../../../server/ledger/sqlite/schema.ts';
import { newestVersion } from '../../../server/sqlite/schema-ladder.ts';
import { describeLedgerContract } from './contract.ts';
import { accepted, AT, manyAccepted, pending } from './sample-events.ts';
import { createSqlitePlace, openAt, writerUrl, type SqlitePlace } from './sqlite-place.ts';

describeLedgerContract('SQLite', createSqlitePlace);

describe('a folder with a SQLite ledger', () => {
  let place: SqlitePlace;
  beforeEach(async () => void (place = await createSqlitePlace()));
  afterEach(() => place.dispose());

  test('is made for its owner alone', async () => {
    const ledger = await place.open();
    expect(statSync(place.folder).mode & 0o777).toBe(0o700);
    await ledger.close();
  });

  test('refuses a second writer with a message that says what to do, and takes one afterwards', async () => {
    const first = await place.open();
    const refusal = await place.open().catch((error: unknown) => error);
    expect(refusal).toMatchObject({ name: 'LedgerError', problem: 'in-use' });
    expect(String(refusal)).toContain(place.folder);
    expect(String(refusal)).toMatch(/stop that process|HALLPULSE_DATA/i);
    expect(await first.append([accepted('a')], AT, null)).toMatchObject({ seq: 1 });
    await first.close();
    await (await place.open()).close();
  });

  test('is free again, with all that was acknowledged, after its process was killed (promise 1)', async () => {
    const holder = spawnHolder(place.folder);
    const acknowledged = await readAcknowledged(holder, 500);
    await expect(place.open()).rejects.toMatchObject({ problem: 'in-use' });
    // 'close' comes when all that the holder printed has been read.
    const exited = once(holder, 'close');
    holder.kill('SIGKILL');
    await exited;
    const ledger = await place.open();
    expect(ledger.head()).toBeGreaterThanOrEqual(acknowledged());
    const events = await ledger.read(0, 1_000_000);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, i) => i + 1));
    await ledger.close();
  });

  test('is not opened when a later version wrote it, and stays as it is', async () => {
    await (await place.open()).close();
    change(place.folder, 'PRAGMA user_version = 99');
    await expect(place.open()).rejects.toMatchObject({ problem: 'newer-schema' });
    change(place.folder, `PRAGMA user_version = ${newestVersion(LADDER)}`);
    await (await place.open()).close();
  });

  test('leaves what a version did not know out of the comparison, on either side', async () => {
    const ledger = await place.open();
    const [first] = manyAccepted('row', 1);
    const { event } = first!;
    const withData = (data: object, dropped: string[] = []): PendingEvent => ({
      event: { ...event, data } as HallEvent,
      timeGiven: true,
      dropped,
    });
    // A row of an older version, which kept what it did not know; then one whose field a later version knows.
    await ledger.append([withData({ ...event.data, operator: 'x', station: 'hall' })], AT, null);
    const replay = await ledger.append([withData({ ...event.data, station: 'hall' }, ['operator'])], AT, null);
    expect(replay.outcomes).toEqual(['duplicate']);
    const other = { ...event, id: 'other' } as HallEvent;
    await ledger.append([{ event: other, timeGiven: true, dropped: ['green'] }], AT, null);
    const later = { ...other, data: { ...other.data, green: true } } as HallEvent;
    expect((await ledger.append([{ event: later, timeGiven: true }], AT, null)).outcomes).toEqual(['duplicate']);
    const wrong = { ...other, data: { ...other.data, station: 'meifeng' } } as HallEvent;
    expect((await ledger.append([{ event: wrong, timeGiven: true }], AT, null)).outcomes).toEqual(['conflict']);
    await ledger.close();
  });

  test('compares only what a row holds, where more was dropped from it than its names say', async () => {
    const ledger = await place.open();
    const { event } = manyAccepted('crowded', 1)[0]!;
    const names = Array.from({ length: 50 }, (_, i) => `vendor${i}`);
    await ledger.append([{ event, timeGiven: true, dropped: [...names, '*'] }], AT, null);
    const sent = async (change: object) => {
      const later = { ...event, data: { ...event.data, ...change } } as HallEvent;
      return (await ledger.append([{ event: later, timeGiven: true }], AT, null)).outcomes;
    };
    expect(await sent({ green: true })).toEqual(['duplicate']);
    expect(await sent({ station: 'meifeng' })).toEqual(['conflict']);
    await ledger.close();
  });

  test('is not opened for another hall', async () => {
    await (await place.open()).close();
    await expect(openAt(place.folder, 'elsewhere')).rejects.toMatchObject({ problem: 'other-hall' });
  });

  test('is not opened when the file is no ledger', async () => {
    mkdirSync(place.folder);
    writeFileSync(join(place.folder, LEDGER_FILE), 'not a database, and long enough to be looked at '.repeat(50));
    await expect(place.open()).rejects.toMatchObject({ problem: 'damaged' });
    writeFileSync(join(place.folder, LEDGER_FILE), '');
    change(place.folder, 'CREATE TABLE something (a)');
    await expect(place.open()).rejects.toMatchObject({ problem: 'damaged' });
  });

  test('keeps senders from piling up more than can wait', async () => {
    const ledger = await place.open();
    const batch = manyAccepted('x', 10_000);
    const results = await Promise.allSettled(Array.from({ length: 21 }, () => ledger.append(batch, AT, null)));
    expect(results.slice(0, 20).every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(results[20]).toMatchObject({ status: 'rejected', reason: { problem: 'busy' } });
    expect(await ledger.append([accepted('later')], AT, null)).toMatchObject({ seq: 10_001 });
    await ledger.close();
  });

  test('nor more text, whether it is to be written or only compared', async () => {
    const ledger = await place.open();
    const noted = (id: string, length: number) =>
      pending(id, 'hall.followup.noted', { followup: 'f', note: 'x'.repeat(length) });
    const heavy = noted('heavy', 20_000_000);
    const asked = [ledger.append([heavy], AT, null), ledger.compare([heavy]), ledger.append([heavy], AT, null)];
    const refused = await Promise.allSettled([ledger.append([heavy], AT, null), ledger.compare([heavy])]);
    expect(refused).toMatchObject([{ reason: { problem: 'busy' } }, { reason: { problem: 'busy' } }]);
    expect(await ledger.append([accepted('light')], AT, null)).toMatchObject({ seq: 2 });
    await Promise.all(asked);
    // What is alone is never too much.
    await ledger.append([noted('whole', 70_000_000)], AT, null);
    await ledger.close();
  });

  function change(folder: string, sql: string): void {
    const db = new DatabaseSync(join(folder, LEDGER_FILE));
    db.exec(sql);
    db.close();
  }

  /** A process that appends as fast as it can through the built thread and prints each head that was acknowledged. */
  function spawnHolder(folder: string) {
    const program = `
      const { Worker } = require('node:worker_threads');
      const worker = new Worker(new URL(${JSON.stringify(writerUrl.href)}), {
        workerData: { kind: 'write', folder: ${JSON.stringify(folder)}, hall: 'meilin', zone: 'Asia/Shanghai', now: 0 },
      });
      let n = 0;
      const send = () => {
        const values = [];
        for (let i = 0; i < 20; i++) values.push('s', 'k' + n++, 'hall.service.given', 1, 1, null, '{}', null, null, null);
        worker.postMessage({ kind: 'append', batch: { values, receivedAt: 1, actor: null } });
      };
      worker.on('message', (message) => {
        for (const answer of message.answers ?? []) process.stdout.write(answer.result.seq + '\\n');
        send();
      });
    `;
    return spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  }

  /** Resolves once `atLeast` is acknowledged; the holder goes on, and what is returned tells how far it has come. */
  function readAcknowledged(holder: ReturnType<typeof spawnHolder>, atLeast: number): Promise<() => number> {
    return new Promise((resolve, reject) => {
      let text = '';
      const last = (): number => Number(text.split('\n').at(-2) ?? 0);
      holder.once('exit', () => reject(new Error('The holder ended early.')));
      holder.stdout!.on('data', (chunk) => {
        text += String(chunk);
        if (last() >= atLeast) resolve(last);
      });
    });
  }
});
