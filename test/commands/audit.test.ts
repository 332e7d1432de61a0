/** `npm run audit` on the demo hall's first weeks: it agrees with the stored sums, and names what was tampered with. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createZone } from '../../domain/calendar/zone.ts';
import type { HallEvent } from '../../domain/events/event.ts';
import type { Board } from '../../server/board/board.ts';
import { openBoard } from '../../server/board/runtime.ts';
import { generateYear } from '../../server/demo/year.ts';
import { copyDemoSeed } from '../demo-seed.ts';
import { openInProcessLedger, type InProcessLedger } from '../property/in-process-ledger.ts';
import { config, params } from '../server/demo/load-demo.ts';

const root = join(import.meta.dirname, '../..');
const END = Date.parse('2019-02-01T00:00+08:00');
const folder = mkdtempSync(join(tmpdir(), 'hallpulse-audit-'));
let ledger: InProcessLedger;
let board: Board;
let server: Server;
let url = '';

beforeAll(async () => {
  copyDemoSeed(join(folder, 'documents'));
  const { hall, timeZone } = config.profile;
  ledger = openInProcessLedger(timeZone, join(folder, 'ledger.sqlite'), hall);
  const events: HallEvent[] = [];
  for (const batch of generateYear(params, config)) {
    if (batch.some(({ at }) => at >= END)) break;
    events.push(...batch);
  }
  await ledger.append(
    events.map((event) => ({ event, timeGiven: true })),
    END,
    { kind: 'command', id: 'import' },
  );
  board = await openBoard({ ledger, config, zone: createZone(timeZone) });
  await board.checkpoint();
  server = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://hall').searchParams;
    const station = query.get('station');
    const answer = request.url?.startsWith('/healthz')
      ? Promise.resolve({ now: END, epoch: board.epoch })
      : board.measures({
          from: query.get('from')!,
          to: query.get('to')!,
          now: END,
          ...(station === null ? {} : { station }),
        });
    void answer.then((value) => response.end(JSON.stringify(value)));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.close();
  await board.close();
  await ledger.close();
  rmSync(folder, { recursive: true });
});

const audit = (...args: string[]) => auditIn(folder, ...args);

function auditIn(data: string, ...args: string[]): Promise<{ code: number; said: string }> {
  const command = join(root, 'dist/server/commands/audit.js');
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [command, ...args],
      { env: { ...process.env, HALLPULSE_DATA: data } },
      (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), said: out + err }),
    );
  });
}

test('K1: the hall’s own calendar is read on both sides, and a server that does not know it is found out', async () => {
  const file = join(folder, 'documents/calendar.json');
  writeFileSync(file, JSON.stringify({ version: 1, daysOff: [{ from: '2019-01-10' }] }));
  try {
    expect(await audit()).toMatchObject({ code: 0 });
    const { code, said } = await audit('--url', url);
    expect(code).toBe(1);
    expect(said).toMatch(/checks\.of: shown \d+, recounted \d+/);
  } finally {
    rmSync(file);
  }
});

test('the stored sums agree with the recount, for every station, while the ledger is open for writing', async () => {
  const { code, said } = await audit();
  expect(said).toMatch(/2019-01-01 to 2019-01-31/);
  expect(said).toMatch(/all stations, up to event \d{4,}: same/);
  expect(said).toMatch(/meifeng, up to event \d+: same/);
  expect(said).toMatch(/The recount agrees/);
  expect(said).toMatch(/Recorded by:\n {2}command:import: \d{4,} events\n$/);
  expect(code).toBe(0);
});

test('the running server’s answers agree too', async () => {
  const { code, said } = await audit('--url', url, '--from', '2019-01-07', '--to', '2019-01-20');
  expect(said).toMatch(/The recount agrees/);
  expect(code).toBe(0);
});

test('a stored sum that was tampered with is named, and the command fails', async () => {
  const copy = mkdtempSync(join(tmpdir(), 'hallpulse-audit-'));
  cpSync(join(folder, 'documents'), join(copy, 'documents'), { recursive: true });
  ledger.db.exec(`VACUUM INTO '${join(copy, 'ledger.sqlite')}'`);
  const db = new DatabaseSync(join(copy, 'ledger.sqlite'));
  const { changes } = db
    .prepare("UPDATE cells SET n = n + 1 WHERE head = 'accepted' AND day = '2019-01-07' AND station = 'meifeng'")
    .run();
  db.close();
  expect(changes).toBeGreaterThan(0);
  const { code, said } = await auditIn(copy, '--from', '2019-01-07', '--to', '2019-01-07');
  expect(said).toMatch(/meifeng, up to event \d+: \d+ differ/);
  expect(said).toMatch(/accepted: shown \d+, recounted \d+/);
  expect(said).toMatch(/meilinyicun, up to event \d+: same/);
  expect(code).toBe(1);
  rmSync(copy, { recursive: true });
});

test('a folder without a ledger is refused in words', async () => {
  const { code, said } = await auditIn(join(folder, 'documents'));
  expect(code).toBe(2);
  expect(said).toMatch(/profile\.json|ledger/);
});

// Last of all: from here on the ledger holds it.
test('what cannot be counted is named, and the command fails though both counts leave it out (C16)', async () => {
  const at = END - 86_400_000;
  const data = { case: 'odd', station: { id: 'hall' }, channel: 'window', item: 'x1' };
  const event = { source: '//old', id: 'odd', type: 'hall.case.accepted', at, data } as unknown as HallEvent;
  const { outcomes } = await ledger.append([{ event, timeGiven: true }], END, null);
  board.feed([{ ...event, seq: (outcomes[0] as { seq: number }).seq }]);
  await board.caughtUp();
  await board.checkpoint();
  const { code, said } = await audit();
  expect(said).toMatch(/The recount agrees/);
  expect(said).toMatch(/1 things cannot be counted.*event:5:\/\/oldodd/);
  expect(said).toMatch(/command:import: \d{4,} events\n {2}nobody known: 1 events\n/);
  expect(code).toBe(1);
});
