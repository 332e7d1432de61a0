// A day whose named feed had sent nothing when its books closed: the brief of that day says so, and of whom.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Brief } from '../../../domain/wire/brief.ts';
import { KEY, openStaffedHall, type StaffedHall } from '../staffed-hall.ts';

const keys = mkdtempSync(join(tmpdir(), 'hallpulse-keys-'));
let now = Date.parse('2019-11-25T10:00:00+08:00');
const feeds = [
  { fact: 'ratings', source: 'urn:pads' },
  { fact: 'requests', source: 'urn:requests', station: 'meifeng' },
];
let hall: StaffedHall;
beforeAll(async () => {
  hall = await openStaffedHall({
    clock: { now: () => now, untilMs: () => 3_600_000 },
    profile: (profile) => Object.assign(profile, { feeds }),
    server: { keysFolder: join(keys, 'own'), dayLookMs: 5 },
  });
  const event = {
    ...{ specversion: '1.0', source: 'urn:other', id: 'e1', type: 'hall.case.accepted' },
    ...{ time: '2019-11-25T09:10:00+08:00' },
    data: { case: 'c1', station: 'hall', channel: 'window', item: 'mi-02' },
  };
  const sent = await hall.browser().ask('POST', '/api/events', event, { Authorization: `Bearer ${KEY}` });
  expect(sent.status).toBe(200);
  now = Date.parse('2019-11-26T00:00:00+08:00');
  await hall.server.looks(2);
  now = Date.parse('2019-11-26T02:00:00+08:00');
});
afterAll(async () => {
  await hall.close();
  rmSync(keys, { recursive: true });
});

async function cautionsOf(query: string): Promise<Brief['cautions']> {
  const leader = await hall.signIn('leader');
  const { status, body } = await leader.ask('GET', `/api/brief${query}`);
  expect(status).toBe(200);
  return (body as Brief).cautions.filter(({ type }) => type.startsWith('silent-'));
}

test('the brief of a closed day names the feeds that had sent nothing, of a station those of its own', async () => {
  const day = '2019-11-25';
  await expect
    .poll(() => cautionsOf(`?day=${day}`), { timeout: 20_000 })
    .toEqual([{ type: 'silent-feeds', day, feeds }]);
  expect(await cautionsOf(`?day=${day}&station=hall`)).toEqual([{ type: 'silent-feeds', day, feeds: [feeds[0]] }]);
  expect(await cautionsOf(`?day=${day}&station=meifeng`)).toEqual([{ type: 'silent-feeds', day, feeds }]);
});

test('a day that goes on and a day off say nothing of feeds', async () => {
  for (const query of ['', '?day=2019-11-24', '?period=week&day=2019-11-18'])
    expect(await cautionsOf(query)).toEqual([]);
});

test('a longer span names what had not come on days of it, of a station what is its own', async () => {
  const silent = feeds.map(({ fact, source }) => ({ fact, source, days: 1, first: '2019-11-25' }));
  for (const query of ['?period=week', '?period=month&day=2019-11-25', '?period=year'])
    expect(await cautionsOf(query)).toEqual([{ type: 'silent-days', feeds: silent }]);
  expect(await cautionsOf('?period=week&station=hall')).toEqual([{ type: 'silent-days', feeds: [silent[0]] }]);
});

test('of a moment before the books were closed nothing is said of them', async () => {
  now = Date.parse('2019-11-26T09:00:00+08:00');
  const day = '2019-11-25';
  expect(await cautionsOf(`?day=${day}&at=2019-11-26T01:30`)).toEqual([]);
  expect(await cautionsOf(`?day=${day}&at=2019-11-26T08:30`)).toEqual([{ type: 'silent-feeds', day, feeds }]);
  expect(await cautionsOf('?period=week&at=2019-11-26T01:30')).toEqual([]);
  expect(await cautionsOf('?period=week&at=2019-11-26T08:30')).toHaveLength(1);
});

test('a day that is laid beside one of which nothing was sent says so of that one', async () => {
  now = Date.parse('2019-12-02T11:00:00+08:00');
  const leader = await hall.signIn('leader');
  const { cautions, comparisons } = (await leader.ask('GET', '/api/brief?day=2019-12-02')).body as Brief;
  const then = [...new Set(comparisons.map((one) => one.then.to)), '2019-11-25'];
  expect(cautions).toContainEqual({ type: 'silent-feeds', day: '2019-11-25', feeds });
  expect(cautions.every((one) => one.type !== 'silent-feeds' || then.includes(one.day))).toBe(true);
});

test('a week counts its days without a feed, and says so of the week that it is laid beside', async () => {
  now = Date.parse('2019-12-03T11:00:00+08:00');
  const silent = feeds.map(({ fact, source }) => ({ fact, source, days: 5, first: '2019-11-25' }));
  await expect
    .poll(() => cautionsOf('?period=week&day=2019-11-25'), { timeout: 20_000 })
    .toEqual([{ type: 'silent-days', feeds: silent }]);
  // Of the week that runs one day is over, and so it is laid beside the Monday alone.
  const ofMonday = silent.map((one) => ({ ...one, days: 1 }));
  expect(await cautionsOf('?period=week')).toContainEqual({ type: 'silent-days', of: 'previous', feeds: ofMonday });
});
