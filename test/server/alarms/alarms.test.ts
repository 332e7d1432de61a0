// Alarms from end to end: events make them, people take them, they end, and what the waits did is kept.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openAlarmHall, type AlarmHall } from './hall.ts';

let hall: AlarmHall;
beforeEach(async () => {
  hall = await openAlarmHall();
});
afterEach(() => hall.close());

async function serve(ticket: string, window: string, taken: string, called: string): Promise<void> {
  await hall.tell('hall.ticket.taken', { ticket, station: 'hall' }, taken);
  await hall.tell('hall.ticket.called', { ticket, station: 'hall', window }, called);
}

/** The wall's own key: a page of this host, signed in as the display is. */
function press(id: string, deed: 'taken' | 'ended', body: unknown = {}, headers: Record<string, string> = {}) {
  return fetch(`${hall.url}/api/alarms/${encodeURIComponent(id)}/${deed}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: new URL(hall.url).origin, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

const only = () => {
  expect(hall.alarms()).toHaveLength(1);
  return hall.alarms()[0]!;
};

const makeOvertime = () => hall.makeOvertime();

test('A1 a window at one ticket for too long is raised once, taken at the wall, and ends by itself with what the waits did', async () => {
  const id = await makeOvertime();
  expect(only()[1]).toMatchObject({
    kind: 'window-overtime',
    window: '03',
    windowId: 'w03',
    proposal: 'send-lead',
    before: { waiting: 3, longestMinutes: 10 },
    waiting: 3,
  });
  await hall.goTo('10:22');
  const taken = await press(id, 'taken', { by: 's01', measure: 'on-site' });
  expect(taken.status).toBe(200);
  expect(await taken.json()).toMatchObject({ alarm: { takenBy: '示例甲', measure: 'on-site' } });
  expect((await press(id, 'taken')).status).toBe(409);

  await hall.tell('hall.ticket.served', { ticket: 't1', station: 'hall', window: 'w03' });
  for (const ticket of ['t2', 't3']) await hall.tell('hall.ticket.left', { ticket, station: 'hall' });
  await hall.goTo('10:22:10');
  expect(only()[1].endedAt).toBeUndefined();
  await hall.goTo('10:23:20');
  expect(only()[1]).toMatchObject({
    endReason: 'cleared',
    after: { waiting: 1, longestMinutes: 13 },
    effect: '等候 3 人→1 人，最长 10 分→13 分',
    measure: 'on-site',
  });
  expect((await hall.history()).map((line) => line.split(' ')[0])).toEqual([
    'hall.alarm.raised',
    'hall.alarm.taken',
    'hall.alarm.ended',
  ]);
});

test('A2 a queue beyond its target is raised, and proposes the lead where the model has too little to go by', async () => {
  for (let i = 0; i < 11; i++) await hall.tell('hall.ticket.taken', { ticket: `q${i}`, station: 'hall' }, '09:58');
  await hall.goTo('10:00:10');
  await hall.goTo('10:00:50');
  expect(only()[1]).toMatchObject({ kind: 'queue', station: 'hall', proposal: 'send-lead', waiting: 11 });
});

test('A2 a queue proposes a spare window where one more clearly helps', async () => {
  for (const window of ['w01', 'w02'])
    await hall.tell('hall.window.changed', { window, station: 'hall', status: 'open' }, '09:00');
  await hall.tell('hall.window.changed', { window: 'w05', station: 'hall', status: 'closed' }, '09:00');
  for (const n of ['03', '04', '06', '07', '08', '09', '10', '11', '12'])
    await hall.tell('hall.window.changed', { window: `w${n}`, station: 'hall', status: 'paused' }, '09:00');
  // Twenty-four services of ten minutes each, two at a time, and more people coming than two windows can serve.
  for (let i = 0; i < 24; i++) {
    const minute = Math.floor(i / 2) * 2;
    const clock = `09:${String(10 + minute).padStart(2, '0')}`;
    await serve(`s${i}`, i % 2 === 0 ? 'w01' : 'w02', '09:00', clock);
    await hall.tell('hall.ticket.served', { ticket: `s${i}`, station: 'hall', window: 'w01' }, `09:${20 + minute}`);
  }
  for (let i = 0; i < 14; i++) await hall.tell('hall.ticket.taken', { ticket: `q${i}`, station: 'hall' }, '09:50');
  await hall.goTo('10:00:10');
  await hall.goTo('10:00:50');
  expect(only()[1]).toMatchObject({ kind: 'queue', proposal: 'open-window:w05', proposedWindow: '05' });
});

test('A3 to A6 poor ratings, silent stations, terminals and promises are raised, each with its action', async () => {
  await hall.tell('hall.followup.opened', { followup: 'f1', about: 'rating', station: 'meifeng' });
  await hall.tell('hall.terminal.changed', { terminal: 'terminal-traffic', station: 'hall', status: 'broken' });
  await hall.tell('hall.consultation.given', { station: 'longwei', medium: 'visit' }, '09:05');
  for (const [name, due] of [
    ['c1', '18:00'],
    ['c2', '18:00'],
    ['c3', '20:00'],
  ] as const) {
    const promisedBy = new Date(`2019-11-25T${due}:00+08:00`).toISOString();
    await hall.tell('hall.case.accepted', { case: name, station: 'hall', channel: 'window', item: 'x', promisedBy });
  }
  await hall.goTo('10:00:10');
  await hall.goTo('10:00:50');
  const kinds = () => hall.alarms().map(([, { kind, proposal, before }]) => [kind, proposal, before?.things]);
  expect(kinds().sort()).toEqual([
    ['poor-rating', 'call-back', undefined],
    ['terminal-broken', 'repair-terminal', undefined],
  ]);
  // Two opening hours without a word: one before noon at 09:05, and the pause at noon does not count.
  await hall.goTo('11:20');
  await hall.goTo('11:21');
  expect(kinds()).toContainEqual(['station-unheard', 'call-station', undefined]);
  // What the hall says about a station is no word from it: the silence goes on, and so does its alarm.
  await hall.goTo('11:40');
  await hall.goTo('11:45');
  expect(hall.alarms().find(([, { kind }]) => kind === 'station-unheard')![1].endedAt).toBeUndefined();
  // A follow-up goes on; its alarm does not.
  await hall.goTo('14:20');
  expect(hall.alarms().find(([, { kind }]) => kind === 'poor-rating')![1].endReason).toBe('expired');
  expect(kinds().map(([kind]) => kind)).not.toContain('promise-lapsing');
  // Three opening hours before six o'clock; a promise for the evening must be kept by closing too.
  await hall.goTo('15:00:10');
  await hall.goTo('15:00:50');
  expect(kinds()).toContainEqual(['promise-lapsing', 'hasten', 3]);
});

test('A12 nothing is raised outside opening hours, and closing ends what is open', async () => {
  await hall.goTo('17:40');
  await serve('t1', 'w03', '17:38', '17:40');
  await hall.goTo('17:57');
  await hall.goTo('17:58');
  expect(only()[1].endedAt).toBeUndefined();
  await hall.goTo('18:00:05');
  expect(only()[1]).toMatchObject({ endReason: 'closing' });
  await hall.goTo('18:30');
  await hall.goTo('19:30');
  expect(await hall.history()).toHaveLength(2);
});

test('A16 a restart raises nothing twice, and goes on with what was open', async () => {
  const id = await makeOvertime();
  await press(id, 'taken', {});
  await hall.restart();
  await hall.goTo('10:25');
  await hall.goTo('10:26');
  expect(await hall.history()).toHaveLength(2);
  expect(only()).toMatchObject([id, { takenAt: expect.any(Number) as number }]);
  await hall.tell('hall.ticket.served', { ticket: 't1', station: 'hall', window: 'w03' });
  await hall.goTo('10:27');
  await hall.goTo('10:28:10');
  expect(hall.alarms().find(([one]) => one === id)![1].endReason).toBe('cleared');
});

describe('A17 who may work an alarm', () => {
  const codeOf = async (id: string): Promise<Response> =>
    fetch(`${hall.url}/api/alarms/${encodeURIComponent(id)}/code.svg`);

  test('a page of another origin, another media type, a wrong body and an unknown alarm are refused', async () => {
    const id = await makeOvertime();
    expect((await press(id, 'taken', {}, { Origin: 'http://elsewhere.example' })).status).toBe(403);
    const without = await fetch(`${hall.url}/api/alarms/${encodeURIComponent(id)}/taken`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
    });
    expect(without.status).toBe(403);
    expect((await press(id, 'taken', '{}', { 'Content-Type': 'text/plain' })).status).toBe(415);
    expect((await press(id, 'taken', '{')).status).toBe(400);
    expect((await press(id, 'taken', { by: 7 })).status).toBe(400);
    expect((await press(id, 'taken', { note: 'x' })).status).toBe(400);
    expect((await press(id, 'taken', { measure: 'x'.repeat(5000) })).status).toBe(413);
    expect((await press(id, 'taken', { by: 'nobody' })).status).toBe(401);
    const named = await press(id, 'taken', { measure: '已联系王小明 13800138000' });
    expect(named.status).toBe(422);
    expect(await named.json()).toEqual({ error: 'identity', field: 'measure' });
    expect((await press('no-such-alarm', 'taken')).status).toBe(404);
    expect(only()[1].takenAt).toBeUndefined();
  });

  test('of two who take or end it in the same moment the second is told so', async () => {
    const id = await makeOvertime();
    const takings = await Promise.all([
      press(id, 'taken', { measure: 'on-site' }),
      press(id, 'taken', { measure: 'contacted' }),
    ]);
    expect(takings.map(({ status }) => status).sort()).toEqual([200, 409]);
    const endings = await Promise.all([
      press(id, 'ended', { effect: '已加开窗口' }),
      press(id, 'ended', { effect: '已劝导' }),
    ]);
    expect(endings.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await hall.history()).map((line) => line.split(' ')[0])).toEqual([
      'hall.alarm.raised',
      'hall.alarm.taken',
      'hall.alarm.ended',
    ]);
  });

  test('a telephone works the one alarm whose code it has, by a staff id, until the alarm has ended', async () => {
    const id = await makeOvertime();
    const svg = await codeOf(id);
    expect(svg.headers.get('content-type')).toContain('image/svg+xml');
    const code = hall.codeOf(id);
    const ask = (bearer: string) =>
      fetch(`${hall.url}/api/alarms/by-code`, { headers: { Authorization: `Bearer ${bearer}` } });
    expect(await (await ask(code)).json()).toMatchObject({ id, alarm: { window: '03' }, hall: { demo: false } });
    expect((await fetch(`${hall.url}/a/${code}`)).status).toBe(200);

    const byCode = { Authorization: `Bearer ${code}` };
    const wrong = { Authorization: `Bearer ${hall.codeOf('another')}` };
    expect((await press(id, 'taken', { by: 's01' }, wrong)).status).toBe(401);
    expect((await press(id, 'taken', {}, byCode)).status).toBe(400);
    expect((await press(id, 'taken', { by: 's99' }, byCode)).status).toBe(401);
    expect((await press('another', 'taken', { by: 's01' }, byCode)).status).toBe(403);
    expect((await press(id, 'taken', { by: 's01', measure: '已请值班长' }, byCode)).status).toBe(200);
    expect((await press(id, 'ended', { by: 's01', effect: '已换人办理' }, byCode)).status).toBe(200);
    expect(only()[1]).toMatchObject({
      takenBy: '示例甲',
      endedBy: '示例甲',
      endReason: 'by-hand',
      effect: '已换人办理',
    });
    expect((await ask(code)).status).toBe(410);
    expect((await press(id, 'ended', { by: 's01' }, byCode)).status).toBe(409);
    expect((await codeOf(id)).status).toBe(404);
    // What somebody has dealt with is not raised again while it is the same ticket.
    await hall.goTo('10:45');
    await hall.goTo('10:46');
    expect(hall.alarms().filter(([, { kind }]) => kind === 'window-overtime')).toHaveLength(1);
  });

  test('wrong codes are guesses: an address with too many is locked', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 32; i++) {
      const headers = { Authorization: `Bearer ${hall.codeOf(`guess ${i}`)}` };
      statuses.push((await fetch(`${hall.url}/api/alarms/by-code`, { headers })).status);
    }
    expect(statuses.slice(0, 30).every((status) => status === 401)).toBe(true);
    expect(statuses.at(-1)).toBe(429);
  });

  test('where reading is closed, strangers and public screens work nothing; a management screen does', async () => {
    await hall.close();
    hall = await openAlarmHall({ openReading: false });
    const id = await makeOvertime();
    const access = hall.access();
    const display = (audience: 'management' | 'public') =>
      `hallpulse_display=${access.displayTokens.add({ hall: 'meilin', audience, label: audience }).secret}`;
    const [management, open] = [display('management'), display('public')];
    access.close();
    expect((await press(id, 'taken')).status).toBe(401);
    expect((await codeOf(id)).status).toBe(401);
    expect((await press(id, 'taken', {}, { Cookie: open })).status).toBe(403);
    const svg = await fetch(`${hall.url}/api/alarms/${encodeURIComponent(id)}/code.svg`, { headers: { Cookie: open } });
    expect(svg.status).toBe(403);
    expect((await press(id, 'taken', {}, { Cookie: management })).status).toBe(200);
    // The telephone has no cookie: its code is enough, and opens nothing else.
    const byCode = { Authorization: `Bearer ${hall.codeOf(id)}` };
    expect((await press(id, 'ended', { by: 's02' }, byCode)).status).toBe(200);
    expect((await fetch(`${hall.url}/api/board?topic=overview`, { headers: byCode })).status).toBe(401);
  });
});
