// `GET /api/days/frozen` of a served hall on its threads: what was published, what was corrected since with before and after, and for whom.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HALL_DAY_SOURCE } from '../../../domain/calendar/hall-day.ts';
import { frozenId } from '../../../domain/frozen/chain.ts';
import type { FrozenDays } from '../../../domain/wire/frozen.ts';
import { openSqliteLedger } from '../../../server/ledger/sqlite/engine.ts';
import { findRoot } from '../../e2e/product.ts';
import { KEY, openStaffedHall, type Browser, type StaffedHall } from '../staffed-hall.ts';

const keys = mkdtempSync(join(tmpdir(), 'hallpulse-keys-'));
let now = Date.parse('2019-11-25T10:00:00+08:00');
let hall: StaffedHall;
let leader: Browser;

beforeAll(async () => {
  hall = await openStaffedHall({
    clock: { now: () => now, untilMs: () => 3_600_000 },
    profile: (profile) => (profile['feeds'] = [{ fact: 'ratings', source: 'urn:pads', station: 'hall' }]),
    server: {
      keysFolder: join(keys, 'own'),
      dayLookMs: 5,
      openLedger: (place) =>
        openSqliteLedger({
          ...place,
          writerUrl: new URL(`file://${join(findRoot(), 'dist/server/ledger-writer.js')}`),
        }),
    },
  });
  leader = await hall.signIn('leader');
  await accept('c1', '2019-11-25T09:30:00+08:00');
  await accept('c2', '2019-11-25T09:40:00+08:00', 'meifeng');
  await closeDay('2019-11-25', '2019-11-26');
  await accept('late', '2019-11-25T16:00:00+08:00', 'meifeng');
  await closeDay('2019-11-26', '2019-11-27');
  now = Date.parse('2019-11-27T10:00:00+08:00');
});
afterAll(async () => {
  await hall.close();
  rmSync(keys, { recursive: true });
});

/** Goes through the night in which a day closes, until it is frozen. */
async function closeDay(day: string, next: string): Promise<void> {
  const { board, ledger } = hall.server;
  const frozen = new Promise<void>((resolve) => {
    const unsubscribe = board.subscribe({
      onAdvance: () =>
        void ledger.find(HALL_DAY_SOURCE, frozenId(day, 0), ledger.head()).then((event) => {
          if (!event) return;
          unsubscribe();
          resolve();
        }),
    });
  });
  now = Date.parse(`${next}T00:00:00+08:00`);
  await hall.server.looks(2);
  now = Date.parse(`${next}T02:00:00+08:00`);
  await frozen;
}

async function accept(id: string, time: string, station = 'hall'): Promise<void> {
  const data = { case: id, station, channel: 'window', item: 'mi-01' };
  const event = { specversion: '1.0', source: 'urn:other', id, type: 'hall.case.accepted', time, data };
  const { status } = await hall.browser().ask('POST', '/api/events', event, { Authorization: `Bearer ${KEY}` });
  expect(status).toBe(200);
}

async function ask(query: string, browser = leader): Promise<{ status: number; body: FrozenDays }> {
  const { status, body } = await browser.ask('GET', `/api/days/frozen${query}`);
  return { status, body };
}

test('each day as it was published, and what was corrected since with before and after', async () => {
  const { status, body } = await ask('?from=2019-11-24&to=2019-11-27');
  expect(status).toBe(200);
  expect(body).toMatchObject({ from: '2019-11-24', to: '2019-11-27', notFrozen: ['2019-11-24', '2019-11-27'] });
  expect(body.seq).toBe(hall.server.ledger.head());
  const [monday, tuesday] = body.days;
  expect(monday).toMatchObject({
    day: '2019-11-25',
    closedAt: Date.parse('2019-11-26T02:00:00+08:00'),
    figures: { accepted: 2, open: 2 },
    stations: { meifeng: { accepted: 1 } },
    silentFeeds: [{ fact: 'ratings', source: 'urn:pads', station: 'hall' }],
    corrected: 1,
    isOtherwiseCounted: false,
  });
  expect(monday!.changes.map(({ station, name, before, after }) => [station, name, before, after])).toEqual(
    expect.arrayContaining([
      [undefined, 'accepted', 2, 3],
      [undefined, 'windowCases', 2, 3],
      ['meifeng', 'accepted', 1, 2],
    ]),
  );
  expect(monday!.changes.filter(({ station }) => station === 'hall')).toEqual([]);
  expect(tuesday).toMatchObject({ day: '2019-11-26', changes: [], corrected: 0, figures: { open: 3 } });
});

test('what is asked wrongly is refused with the field', async () => {
  for (const [query, field] of [
    ['', 'from'],
    ['?from=2019-11-25&to=2019-02-30', 'to'],
    ['?from=2019-11-25&to=2019-11-24', 'to'],
    ['?from=2019-01-01&to=2019-12-31', 'to'],
  ] as const)
    expect(await ask(query)).toMatchObject({ status: 400, body: { error: 'bad-query', field } });
});

test('a wall’s token opens it for nobody', async () => {
  const { secret } = hall.access.displayTokens.add({ hall: 'meilin', audience: 'management', label: 'wall' });
  const { status } = await hall
    .browser()
    .ask('GET', '/api/days/frozen?from=2019-11-25&to=2019-11-25', undefined, { Authorization: `Bearer ${secret}` });
  expect(status).toBe(403);
});

test('nothing of the key lies in the data folder', () => {
  const files = readdirSync(hall.folder, { recursive: true }) as string[];
  expect(files.filter((file) => file.includes('frozen-days'))).toEqual([]);
  expect(readdirSync(join(keys, 'own')).sort()).toEqual(['frozen-days.json', 'frozen-days.key']);
});
