// A hostile neighbour behind the same address: it guesses at every door all the time, and everybody who is right goes on.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Access } from '../../../server/access/access.ts';
import { at, openAlarmHall, type AlarmHall } from '../alarms/hall.ts';
import { postEvents, wireEvent } from '../../e2e/hall-client.ts';
import { openLiveClient } from './live-client.ts';
import { shakeHands } from './raw-socket.ts';

let hall: AlarmHall;
let access: Access;
let wall: { id: string; secret: string };
let alarm: string;
beforeAll(async () => {
  hall = await openAlarmHall({ openReading: false });
  access = hall.access();
  wall = access.displayTokens.add({ hall: 'meilin', audience: 'management', label: 'wall' });
  alarm = await hall.makeOvertime();
});
afterAll(async () => {
  access.close();
  await hall.close();
});

let drawn = 0;
/** A secret of the right form that nobody was given. */
const guess = (prefix: 'hpk' | 'hpd') => `${prefix}_${String(++drawn).padStart(43, 'A')}`;
const ask = async (path: string, headers: Record<string, string> = {}, init: RequestInit = {}): Promise<number> => {
  const response = await fetch(`${hall.url}${path}`, { ...init, headers, redirect: 'manual' });
  await response.arrayBuffer();
  return response.status;
};
const bearer = (secret: string) => ({ Authorization: `Bearer ${secret}` });
const cookie = (secret: string) => ({ Cookie: `hallpulse_display=${secret}` });
const alarmPath = () => `/api/alarms/${encodeURIComponent(alarm)}`;
const press = (headers: Record<string, string>, body: unknown) =>
  ask(
    `${alarmPath()}/taken`,
    { 'Content-Type': 'application/json', ...headers },
    { method: 'POST', body: JSON.stringify(body) },
  );

/** Every door, with a right that was made up. */
const doors: Record<string, () => Promise<number>> = {
  'the key of a sender': () => ask('/api/events', bearer(guess('hpk')), { method: 'POST', body: '[]' }),
  'a bearer on the board': () => ask('/api/board?topic=overview', bearer(guess('hpd'))),
  'a cookie on the board': () => ask('/api/board?topic=overview', cookie(guess('hpd'))),
  'a cookie on measures': () => ask('/api/measures?from=2019-11-25&to=2019-11-25', cookie(guess('hpd'))),
  'a cookie on a page': () => ask('/', cookie(guess('hpd'))),
  'a cookie on the public page': () => ask('/public', cookie(guess('hpd'))),
  'a cookie on a photograph': () => ask('/photographs/s01', cookie(guess('hpd'))),
  'a token in an address': () => ask(`/?token=${guess('hpd')}`),
  'the code of an alarm': () => ask('/api/alarms/by-code', bearer(hall.codeOf(`none ${++drawn}`))),
  'a code to take an alarm': () => press(bearer(hall.codeOf(`none ${++drawn}`)), { by: 's01' }),
  'a staff id': () => press(bearer(hall.codeOf(alarm)), { by: `nobody-${++drawn}` }),
  'a cookie to take an alarm': () => press(cookie(guess('hpd')), {}),
  'a cookie on a polling handshake': () => ask('/socket.io/?EIO=4&transport=polling', cookie(guess('hpd'))),
  'a bearer on a polling handshake': () => ask('/socket.io/?EIO=4&transport=polling', bearer(guess('hpd'))),
  'a cookie on a WebSocket': async () => {
    const { status, socket } = await shakeHands(hall.url, cookie(guess('hpd')));
    socket.tcp.destroy();
    return status;
  },
};
/** As a number, so that it reads like the other doors. */
const joinSocket = async (token: string): Promise<number> => {
  try {
    const client = await openLiveClient(hall.url, { token });
    client.close();
    return 101;
  } catch (error) {
    return (error as Error).message === 'too-many-attempts' ? 429 : 500;
  }
};
doors['a token on joining the socket'] = () => joinSocket(guess('hpd'));

async function guessUntilLocked(door: () => Promise<number>): Promise<number[]> {
  const statuses: number[] = [];
  while (statuses.length < 40 && statuses.at(-1) !== 429) statuses.push(await door());
  return statuses;
}

async function expectHonestToGoOn(): Promise<void> {
  const sent = wireEvent(`honest-${++drawn}`, 'hall.service.given', { station: 'hall', kind: 'copying' }, at('10:20'));
  expect((await postEvents(hall.url, sent)).status).toBe(200);
  for (const headers of [bearer(wall.secret), cookie(wall.secret)]) {
    expect(await ask('/api/board?topic=overview', headers)).toBe(200);
    expect(await ask('/api/measures?from=2019-11-25&to=2019-11-25', headers)).toBe(200);
    expect(await ask('/', headers)).toBe(200);
  }
  expect(await ask(`/?token=${wall.secret}`)).toBe(303);
  expect(await ask('/api/alarms/by-code', bearer(hall.codeOf(alarm)))).toBe(200);
  expect(await ask(`/a/${hall.codeOf(alarm)}`)).toBe(200);
  for (const options of [{ token: wall.secret }, { headers: cookie(wall.secret) }, { headers: bearer(wall.secret) }]) {
    const client = await openLiveClient(hall.url, options);
    expect(await client.subscribe({ topic: 'overview' })).toMatchObject({ ok: true });
    client.close();
  }
}

test('the first guesses are answered, the thirty-first is told to wait, and whoever is right never is', async () => {
  const statuses = await guessUntilLocked(doors['the key of a sender']!);
  expect(statuses).toEqual([...Array.from({ length: 30 }, () => 401), 429]);
  await expectHonestToGoOn();
});

test.each(Object.keys(doors))('guessing at %s is slowed with the rest', async (name) => {
  expect((await guessUntilLocked(doors[name]!)).at(-1)).toBe(429);
});

test('while it guesses at every door at once, walls, senders and telephones go on (promise 14)', async () => {
  let isOver = false;
  let guesses = 0;
  const statuses = new Set<number>();
  const guessing = Object.values(doors).map(async (door) => {
    while (!isOver) {
      statuses.add(await door());
      guesses++;
    }
  });
  try {
    for (let round = 0; round < 5; round++) await expectHonestToGoOn();
    // The telephone takes the alarm, in the middle of it all.
    expect(await press(bearer(hall.codeOf(alarm)), { by: 's01' })).toBe(200);
  } finally {
    isOver = true;
    await Promise.all(guessing);
  }
  expect(guesses).toBeGreaterThan(100);
  expect(statuses).toContain(429);
});

test('nobody is locked who presented nothing: it is refused, and no more', async () => {
  for (let i = 0; i < 35; i++) {
    expect(await ask('/api/board?topic=overview')).toBe(401);
    expect(await ask('/api/events', {}, { method: 'POST', body: '[]' })).toBe(401);
    expect(await ask('/')).toBe(200);
  }
});
