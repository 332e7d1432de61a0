// A window's tablet from end to end: what opens it, who may rate, how often it counts, and what ends it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LedgerEventOf } from '../../../domain/events/event.ts';
import { DESK_NAMESPACE, type RateJoinAnswer, type RatingState } from '../../../domain/wire/desk.ts';
import { readRecent } from '../../../server/ratings/recent.ts';
import { createRounds } from '../../../server/ratings/rounds.ts';
import { withTime } from '../../../server/record.ts';
import { DISPLAY_COOKIE } from '../../../server/access/readers.ts';
import { at, DAY, openAlarmHall, type AlarmHall } from '../alarms/hall.ts';

let hall: AlarmHall;
const sockets: Socket[] = [];
beforeEach(async () => {
  hall = await openAlarmHall();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  await hall.close();
});

function makeToken(audience: 'management' | 'public' | { rate: string } | { take: string }): string {
  const access = hall.access();
  const { secret } = access.displayTokens.add({ hall: 'meilin', audience, label: 'test' });
  access.close();
  return secret;
}

const cookieOf = (token: string) => ({ Cookie: `${DISPLAY_COOKIE}=${token}` });

function post(path: string, body: unknown, headers: Record<string, string>): Promise<Response> {
  return fetch(`${hall.url}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: new URL(hall.url).origin, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}
const rate = (token: string, round: string, score: unknown, window = 'w03') =>
  post(`/api/rate/${window}`, { round, score }, cookieOf(token));
const explain = (token: string, round: string, tags: unknown) =>
  post('/api/rate/w03/reasons', { round, tags }, cookieOf(token));

interface Tablet {
  readonly answer: RateJoinAnswer;
  readonly socket: Socket;
  /** The states that were pushed, in order. */
  readonly pushed: RatingState[];
  next(): Promise<RatingState>;
}

async function openTablet(token: string, window: unknown = 'w03'): Promise<Tablet> {
  const socket = io(`${hall.url}${DESK_NAMESPACE}`, {
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: cookieOf(token),
    reconnection: false,
  });
  sockets.push(socket);
  const pushed: RatingState[] = [];
  const waiting: ((state: RatingState) => void)[] = [];
  let read = 0;
  socket.on('rate:state', (state: RatingState) => {
    pushed.push(state);
    waiting.shift()?.(state);
  });
  const answer = (await socket.emitWithAck('rate:join', { window })) as RateJoinAnswer;
  const next = () => {
    const state = pushed[read++];
    return state ? Promise.resolve(state) : new Promise<RatingState>((resolve) => waiting.push(resolve));
  };
  return { answer, socket, pushed, next };
}

async function serve(ticket: string, window = 'w03'): Promise<string> {
  await hall.tell('hall.ticket.taken', { ticket, station: 'hall' });
  await hall.tell('hall.ticket.called', { ticket, station: 'hall', window, staff: 's07' });
  await hall.tell('hall.ticket.served', { ticket, station: 'hall' });
  return `ticket:${ticket}`;
}

async function ratings(): Promise<LedgerEventOf<'hall.rating.given'>[]> {
  const events = await hall.server.ledger.read(0, 10_000);
  return events.filter((event) => event.type === 'hall.rating.given');
}

async function actorsOf(type: string): Promise<unknown[]> {
  const events = await hall.server.ledger.read(0, 10_000);
  const actors = await hall.server.ledger.readActors(0, 10_000);
  return actors.filter((_actor, i) => events[i]!.type === type);
}

describe('where another system sends the ratings', () => {
  const RULE = { default: { score: 5, days: 5 } };
  const openWith = async (feed: object): Promise<void> => {
    await hall.close();
    hall = await openAlarmHall({
      edit: { profile: (profile) => Object.assign(profile, { feeds: [feed], ratings: RULE }) },
    });
  };

  test('the tablet asks nobody, and nothing is filled in for whom it did not ask', async () => {
    await openWith({ source: 'urn:ratings', fact: 'ratings' });
    const token = makeToken({ rate: 'w03' });
    const tablet = await openTablet(token);
    const round = await serve(`${DAY}-A012`);
    // The call says that nobody is asked, and the end of the ticket nothing.
    expect(await tablet.next()).toEqual({ state: 'idle' });
    expect((await rate(token, round, 4)).status).toBe(409);
    await hall.goTo('10:05');
    expect(await ratings()).toEqual([]);
  });

  test('of another station only, it asks as ever', async () => {
    await openWith({ source: 'urn:ratings', fact: 'ratings', station: 'meifeng' });
    const round = await serve(`${DAY}-A012`);
    expect((await rate(makeToken({ rate: 'w03' }), round, 4)).status).toBe(200);
  });
});

describe('a finished ticket', () => {
  test('is asked for at its window’s tablet, rated once, and thanked for', async () => {
    const token = makeToken({ rate: 'w03' });
    const tablet = await openTablet(token);
    expect(tablet.answer).toMatchObject({
      ok: true,
      state: { state: 'idle' },
      window: '03',
      hall: { name: '梅林街道政务服务大厅', demo: false },
      reasons: { isSample: true },
    });
    const round = await serve(`${DAY}-A012`);
    const asking = { state: 'asking', round, number: 'A012', until: hall.now() + 90_000 };
    // The call said that there was nobody to rate.
    expect([await tablet.next(), await tablet.next()]).toEqual([{ state: 'idle' }, asking]);

    expect((await rate(token, round, 4)).status).toBe(200);
    expect(await tablet.next()).toEqual({ state: 'thanks', round });
    const [given, ...more] = await ratings();
    expect(more).toEqual([]);
    expect(given).toMatchObject({
      source: 'urn:hallpulse:ratings',
      id: `${round}/1`,
      at: hall.now(),
      data: { score: 4, station: 'hall', window: 'w03', ticket: `${DAY}-A012`, staff: 's07', medium: 'pad' },
    });
    expect(await actorsOf('hall.rating.given')).toEqual([{ kind: 'tablet', id: 'w03' }]);
  });

  test('is rated once by a double tap, by two tablets at once, and by another tap later', async () => {
    const [one, two] = [makeToken({ rate: 'w03' }), makeToken({ rate: 'w03' })];
    const round = await serve('A1');
    const taps = await Promise.all([
      rate(one, round, 2),
      rate(one, round, 2),
      rate(two, round, 5),
      rate(two, round, 5),
    ]);
    expect(taps.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    await hall.goTo('10:00:30');
    expect((await rate(two, round, 5)).status).toBe(200);
    expect(await ratings()).toHaveLength(1);
  });

  test('is over after 90 seconds by the hall’s clock, and after the next call', async () => {
    const token = makeToken({ rate: 'w03' });
    const first = await serve('A1');
    await hall.goTo('10:01:30');
    expect((await rate(token, first, 5)).status).toBe(409);
    const second = await serve('A2');
    await hall.tell('hall.ticket.called', { ticket: 'A3', station: 'hall', window: 'w03' });
    const late = await rate(token, second, 5);
    expect([late.status, await late.json()]).toEqual([409, { error: 'over' }]);
    expect((await openTablet(token)).answer).toMatchObject({ state: { state: 'idle' } });
    expect(await ratings()).toEqual([]);
  });

  test('that is told hours late opens nothing', async () => {
    const tablet = await openTablet(makeToken({ rate: 'w03' }));
    await hall.tell('hall.ticket.taken', { ticket: 'A1', station: 'hall' }, '09:00');
    await hall.tell('hall.ticket.served', { ticket: 'A1', station: 'hall', window: 'w03' }, '09:58');
    await hall.tell('hall.ticket.served', { ticket: 'A2', station: 'hall', window: 'w03' }, '09:59');
    expect(await tablet.next()).toMatchObject({ state: 'asking', round: 'ticket:A2', until: at('10:00:30') });
  });

  test('that is taken back is not asked for any more', async () => {
    const token = makeToken({ rate: 'w03' });
    const round = await serve('A1');
    const events = await hall.server.ledger.read(0, 10_000);
    const { source, id } = events.find(({ type }) => type === 'hall.ticket.served')!;
    await hall.tell('hall.event.voided', { source, id });
    expect((await rate(token, round, 5)).status).toBe(409);
  });

  test('that was called before a restart is asked for by the window that the board has', async () => {
    await hall.tell('hall.ticket.taken', { ticket: 'A1', station: 'hall' });
    await hall.tell('hall.ticket.called', { ticket: 'A1', station: 'hall', window: 'w03' });
    await hall.restart();
    const tablet = await openTablet(makeToken({ rate: 'w03' }));
    await hall.tell('hall.ticket.served', { ticket: 'A1', station: 'hall' });
    expect(await tablet.next()).toMatchObject({ state: 'asking', round: 'ticket:A1' });
  });

  test('counts once across a restart too', async () => {
    const token = makeToken({ rate: 'w03' });
    const round = await serve('A1');
    await rate(token, round, 5);
    await hall.restart();
    await hall.tell('hall.ticket.served', { ticket: 'A1', station: 'hall', window: 'w03' });
    expect((await rate(token, round, 1)).status).toBe(200);
    expect((await ratings()).map(({ data }) => data.score)).toEqual([5]);
  });
});

test('without a ticket the case is rated, at the counter of a station that takes none', async () => {
  const window = hall.server.config.profile.windows.find(({ station }) => station === 'meifeng')!;
  const token = makeToken({ rate: window.id });
  const there = await openTablet(token, window.id);
  const data = { station: window.station, channel: 'window', item: 'x1', window: window.id, staff: 's09' };
  await hall.tell('hall.case.accepted', { case: 'c1', ...data });
  expect(await there.next()).toMatchObject({ state: 'asking', round: 'case:c1' });
  expect((await rate(token, 'case:c1', 5, window.id)).status).toBe(200);
  expect((await ratings())[0]!.data).toMatchObject({ case: 'c1', station: window.station, staff: 's09' });
});

describe('who may rate', () => {
  test('the tablet of that very window, from a page of this host, and nobody else', async () => {
    const round = await serve('A1');
    const right = makeToken({ rate: 'w03' });
    const statuses = await Promise.all([
      rate(makeToken({ rate: 'w04' }), round, 5),
      rate(makeToken({ take: 'hall' }), round, 5),
      rate(makeToken('management'), round, 5),
      rate(makeToken('public'), round, 5),
      post('/api/rate/w03', { round, score: 5 }, {}),
      post('/api/rate/w03', { round, score: 5 }, cookieOf('hpd_wrong')),
      post('/api/rate/w03', { round, score: 5 }, { ...cookieOf(right), Origin: 'http://elsewhere.example' }),
      post('/api/rate/w03?hall=elsewhere', { round, score: 5 }, cookieOf(right)),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([403, 403, 403, 403, 401, 401, 403, 404]);
    const noOrigin = await fetch(`${hall.url}/api/rate/w03`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...cookieOf(right) },
      body: JSON.stringify({ round, score: 5 }),
    });
    expect(noOrigin.status).toBe(403);
    expect(await ratings()).toEqual([]);
  });

  test.each([
    [{ round: 'ticket:A1', score: 6 }, 'score'],
    [{ round: 'ticket:A1', score: '5' }, 'score'],
    [{ round: 'ticket:A1', score: 4.5 }, 'score'],
    [{ round: 'x'.repeat(201), score: 5 }, 'round'],
    [{ round: 'ticket:A1', score: 5, window: 'w04' }, 'window'],
    ['{"__proto__":{"score":5}}', 'round'],
    ['[', ''],
  ])('with a body as it must be, not %j', async (body, field) => {
    await serve('A1');
    const response = await post('/api/rate/w03', body, cookieOf(makeToken({ rate: 'w03' })));
    expect([response.status, await response.json()]).toEqual([400, { error: 'bad-body', field }]);
  });

  test('wrong tokens are guesses, and lock nobody out who has a right one', async () => {
    const round = await serve('A1');
    const statuses: number[] = [];
    for (let i = 0; i < 32; i++) statuses.push((await rate(`hpd_guess-${i}`, round, 1)).status);
    expect([statuses[0], statuses.at(-1)]).toEqual([401, 429]);
    expect((await rate(makeToken({ rate: 'w03' }), round, 5)).status).toBe(200);
  });

  test('on the socket: its own window alone, and only while its token stands', async () => {
    const token = makeToken({ rate: 'w03' });
    for (const [asked, error] of [
      ['w04', 'not-allowed'],
      ['__proto__', 'not-allowed'],
      [7, 'bad-request'],
    ])
      expect((await openTablet(token, asked)).answer).toEqual({ ok: false, error });
    expect((await openTablet(makeToken('management'))).answer).toEqual({ ok: false, error: 'not-allowed' });
    expect((await openTablet(makeToken({ rate: 'W99' }), 'W99')).answer).toEqual({
      ok: false,
      error: 'unknown-window',
    });
    const other = await openTablet(makeToken({ rate: 'w04' }), 'w04');
    await serve('A1');
    await serve('B1', 'w04');
    expect((await other.next()).state).toBe('idle');
    expect(await other.next()).toMatchObject({ round: 'ticket:B1' });
  });

  test('no longer than its token stands', async () => {
    const tablet = await openTablet(makeToken({ rate: 'w03' }));
    const ended = new Promise((resolve) => tablet.socket.once('disconnect', resolve));
    const access = hall.access();
    for (const { id } of access.displayTokens.list()) access.displayTokens.revoke(id);
    access.close();
    expect(await ended).toBe('io server disconnect');
  });

  test('a tablet’s token opens no topic, also where everybody may read', async () => {
    const headers = cookieOf(makeToken({ rate: 'w03' }));
    for (const path of ['/api/board?topic=public', '/api/board?topic=overview', `/api/measures?from=${DAY}&to=${DAY}`])
      expect((await fetch(`${hall.url}${path}`, { headers })).status, path).toBe(401);
    expect((await fetch(`${hall.url}/api/board?topic=public`)).status).toBe(200);
  });
});

describe('a hall that is started again', () => {
  const RULE = { default: { score: 5, days: 5 } };
  const openWith = async (ratings: object): Promise<void> => {
    await hall.close();
    hall = await openAlarmHall({ edit: { profile: (profile) => Object.assign(profile, { ratings }) } });
  };
  /** What is recorded at the start is recorded before whatever is told later. */
  const startAgain = async (): Promise<void> => {
    await hall.restart();
    await hall.tell('hall.service.given', { station: 'hall', kind: 'copying' });
  };

  test('goes on asking whoever was just served, until their time is over', async () => {
    const token = makeToken({ rate: 'w03' });
    const round = await serve('A1');
    await startAgain();
    const { answer } = await openTablet(token);
    expect(answer).toMatchObject({ state: { state: 'asking', round, until: at('10:01:30') } });
    expect((await rate(token, round, 2)).status).toBe(200);
    const [rating] = await ratings();
    expect(rating!.data).toMatchObject({ score: 2, window: 'w03', staff: 's07', ticket: 'A1' });
    // Whoever has rated is thanked, and asked why.
    await startAgain();
    expect((await openTablet(token)).answer).toMatchObject({ state: { state: 'thanks', round } });
    expect((await explain(token, round, ['slow'])).status).toBe(200);
    await hall.goTo('10:01:30');
    await startAgain();
    expect((await openTablet(token)).answer).toMatchObject({ state: { state: 'idle' } });
  });

  test('asks nobody whose turn the next call has ended, or whose serving was taken back', async () => {
    const token = makeToken({ rate: 'w03' });
    await serve('A1');
    await hall.tell('hall.ticket.called', { ticket: 'A2', station: 'hall', window: 'w03' });
    await serve('A3', 'w04');
    const events = await hall.server.ledger.read(0, 10_000);
    const { source, id } = events.findLast(({ type }) => type === 'hall.ticket.served')!;
    await hall.tell('hall.event.voided', { source, id });
    await startAgain();
    for (const [secret, window] of [
      [token, 'w03'],
      [makeToken({ rate: 'w04' }), 'w04'],
    ] as const)
      expect((await openTablet(secret, window)).answer).toMatchObject({ state: { state: 'idle' } });
  });

  test('records for whoever did not rate while it was stopped what the rule says, once', async () => {
    await openWith(RULE);
    await serve('A1');
    await serve('A2', 'w04');
    await rate(makeToken({ rate: 'w04' }), 'ticket:A2', 4, 'w04');
    await hall.goTo('10:20');
    for (let i = 0; i < 2; i++) await startAgain();
    expect(await ratings()).toMatchObject([
      { id: 'ticket:A2/1', data: { score: 4 } },
      { id: 'ticket:A1/1', at: at('10:01:30'), data: { score: 5, byDefault: true, window: 'w03', staff: 's07' } },
    ]);
  });

  test('fills nothing in for whoever was served long before its rule was, nor on a day that is over', async () => {
    await serve('A1');
    await hall.goTo('10:20');
    await hall.tell('hall.service.given', { station: 'hall', kind: 'copying' });
    const file = join(hall.folder, 'documents/profile.json');
    const profile = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...profile, ratings: RULE }));
    await startAgain();
    expect(await ratings()).toEqual([]);
    const { ledger, zone } = hall.server;
    const midnight = at('24:00');
    expect(await readRecent(ledger, zone, midnight + 60_000)).toEqual({ events: [], from: midnight });
  });
});

describe('reasons', () => {
  test('follow a poor rating, within a minute, once, also after the next call', async () => {
    const token = makeToken({ rate: 'w03' });
    const round = await serve('A1');
    expect((await explain(token, round, ['slow'])).status).toBe(409);
    await rate(token, round, 2);
    await hall.tell('hall.ticket.called', { ticket: 'A2', station: 'hall', window: 'w03' });
    expect((await explain(token, round, ['slow', 'constructor'])).status).toBe(400);
    expect((await explain(token, round, [])).status).toBe(400);
    await hall.goTo('10:01');
    expect((await explain(token, round, ['slow', 'long-wait', 'slow'])).status).toBe(200);
    expect((await explain(token, round, ['manner'])).status).toBe(200);
    const events = await hall.server.ledger.read(0, 10_000);
    expect(events.filter(({ type }) => type === 'hall.rating.explained')).toMatchObject([
      { id: `${round}/1/reasons`, data: { rating: `${round}/1`, station: 'hall', tags: ['long-wait', 'slow'] } },
    ]);
    await hall.goTo('10:01:01');
    expect((await explain(token, round, ['slow'])).status).toBe(409);
  });

  test('are not asked for after a good one', async () => {
    const token = makeToken({ rate: 'w03' });
    const round = await serve('A1');
    await rate(token, round, 3);
    expect((await explain(token, round, ['slow'])).status).toBe(409);
  });
});

describe('what nobody rated', () => {
  /** Rounds of their own, beside the hall's, which end a few milliseconds after they began. */
  async function endRounds(score: 3 | undefined): Promise<void> {
    const { server } = hall;
    const { profile } = server.config;
    const config = { ...server.config, profile: { ...profile, ...(score ? { ratings: { default: { score } } } : {}) } };
    const rounds = createRounds({
      config: () => config,
      zone: server.zone,
      now: hall.now,
      untilMs: (until) => (until <= hall.now() ? 0 : 3_600_000),
      record: server.record,
      isRatedHere: () => true,
      findWindow: () => undefined,
      onError: (error) => errors.push(error),
    });
    const errors: unknown[] = [];
    const served = { source: 'urn:test', id: 'end', type: 'hall.ticket.served' as const, at: hall.now(), seq: 1 };
    rounds.hear([{ ...served, data: { ticket: 'A1', station: 'hall', window: 'w03' } }], hall.now());
    await hall.goTo('10:02');
    const ended = new Promise<void>((resolve) => rounds.onChange(() => resolve()));
    // Anything that is heard makes it look at the clock again.
    rounds.hear([], hall.now());
    await ended;
    rounds.stop();
    expect(errors).toEqual([]);
  }

  test('is recorded by the profile’s rule alone, and as such, at the end of its time', async () => {
    await endRounds(3);
    expect(await ratings()).toMatchObject([
      { id: 'ticket:A1/1', at: at('10:01:30'), data: { score: 3, byDefault: true, window: 'w03', medium: 'pad' } },
    ]);
    expect(await actorsOf('hall.rating.given')).toEqual([{ kind: 'hall', id: 'ratings' }]);
  });

  test('is nothing where the profile has no rule', async () => {
    await endRounds(undefined);
    expect(await ratings()).toEqual([]);
  });

  test('does not come on top of a rating that was given', async () => {
    const { server } = hall;
    const given = { source: 'urn:hallpulse:ratings', id: 'ticket:A1/1', type: 'hall.rating.given' as const };
    const data = { score: 1, station: 'hall', ticket: 'A1', medium: 'pad' } as const;
    await server.record(withTime([{ ...given, at: hall.now(), data }]), { kind: 'tablet', id: 'w03' });
    await endRounds(3);
    expect((await ratings()).map((event) => event.data.score)).toEqual([1]);
  });
});
