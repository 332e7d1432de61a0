// The queue over HTTP, from the desks of people who are signed in on a real server; and what their sockets are sent then.
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DESK_NAMESPACE, QUEUE_COMMANDS, type DeskState } from '../../../domain/wire/desk.ts';
import { openStaffedHall, PASSWORD, type Browser, type StaffedHall, type Who } from '../staffed-hall.ts';

const DAY = '2019-11-25';
let hall: StaffedHall;
let now = Date.parse(`${DAY}T09:30:00+08:00`);
const desks = new Map<Who, Browser>();

beforeAll(async () => {
  hall = await openStaffedHall({ clock: { now: () => now, untilMs: () => 3_600_000 } });
  for (const who of ['clerk', 'second', 'elsewhere', 'lead', 'manager', 'leader', 'administrator'] as const)
    desks.set(who, await hall.signIn(who));
});
afterAll(() => hall.close());

async function ask(who: Who, command: string, body: unknown, headers?: Readonly<Record<string, string>>) {
  now += 1_000;
  const { status, body: told } = await desks.get(who)!.ask('POST', `/api/desk/queue/${command}`, body, headers);
  return { status, told: told as unknown };
}
const at = (window: string, more: object = {}) => ({ station: 'hall', window, ...more });

test('a clerk opens a window, gives a number and serves it; a second one is told who sits there', async () => {
  expect(await ask('clerk', 'open', at('w01'))).toEqual({ status: 200, told: {} });
  expect(await ask('second', 'open', at('w01'))).toEqual({
    status: 409,
    told: { error: 'held', holder: { staff: 'clerk', name: '示例clerk' } },
  });
  const taken = await ask('second', 'take', { station: 'hall', green: true });
  const ticket = { ticket: `${DAY}/hall/A001`, number: 'A001', takenAt: now, green: true };
  expect(taken).toEqual({ status: 200, told: { ticket, ahead: 0 } });
  expect(await ask('clerk', 'call', at('w01'))).toEqual({ status: 200, told: { ticket } });
  expect(await ask('clerk', 'finish', at('w01'))).toEqual({ status: 200, told: { ticket } });
  expect(await ask('clerk', 'finish', at('w01'))).toEqual({ status: 409, told: { error: 'not-serving' } });
  expect(await ask('second', 'open', at('w01', { takeOver: true }))).toEqual({ status: 200, told: {} });
});

test('each role may do at each station what the table says, and nobody who is not signed in anything', async () => {
  const statusOf = async (who: Who, command: string, body: object) => (await ask(who, command, body)).status;
  for (const command of QUEUE_COMMANDS) {
    const bodies: Partial<Record<typeof command, object>> = {
      pause: at('w99', { reason: '午休' }),
      take: { station: 'hall' },
      withdraw: { station: 'hall', ticket: 'none' },
      end: { station: 'hall' },
      reopen: { station: 'hall' },
    };
    const body = bodies[command] ?? at('w99');
    for (const who of ['elsewhere', 'leader', 'administrator'] as const)
      expect([who, command, await statusOf(who, command, body)]).toEqual([who, command, 403]);
    for (const who of ['clerk', 'lead', 'manager'] as const) {
      if (command === 'end' || command === 'reopen') continue;
      expect([who, command, await statusOf(who, command, body)]).toEqual([
        who,
        command,
        command === 'take' ? 200 : 404,
      ]);
    }
    const { status } = await hall.browser().ask('POST', `/api/desk/queue/${command}`, body);
    expect([command, status]).toEqual([command, 401]);
    const foreign = await ask('clerk', command, body, { Origin: 'http://evil.example' });
    expect([command, foreign.status]).toEqual([command, 403]);
  }
  for (const command of ['end', 'reopen']) expect(await statusOf('clerk', command, { station: 'hall' })).toBe(403);
  expect(await ask('lead', 'reopen', { station: 'hall' })).toEqual({ status: 409, told: { error: 'not-ended' } });
  // Of a station that there is not, whoever may ask everywhere is told so.
  expect(await ask('manager', 'take', { station: 'nowhere' })).toEqual({
    status: 404,
    told: { error: 'unknown-station' },
  });
  expect(await statusOf('clerk', 'take', { station: '__proto__' })).toBe(403);
});

test('an assignment that is over opens nothing, though its person is signed in', async () => {
  hall.access.accounts.addAccount('former', '示例former');
  hall.access.accounts.addAssignment('former', { role: 'clerk', station: 'hall', until: '2019-11-24' });
  hall.access.accounts.addAssignment('former', { role: 'clerk', station: 'meifeng' });
  hall.access.accounts.setPassword('former', hall.access.accounts.account('clerk')!.password!);
  const browser = hall.browser();
  const { status } = await browser.ask('POST', '/api/session', { staff: 'former', password: PASSWORD });
  expect(status).toBe(200);
  expect((await browser.ask('POST', '/api/desk/queue/open', at('w03'))).status).toBe(403);
});

test.each([
  ['open', {}, 'station'],
  ['open', { station: 'hall' }, 'window'],
  ['open', at('w01', { takeOver: 'yes' }), 'takeOver'],
  ['open', at('w01', { staff: 'second' }), 'staff'],
  ['open', `{"station":"hall","window":"w01","__proto__":{"takeOver":true}}`, '__proto__'],
  ['pause', at('w01'), 'reason'],
  ['pause', at('w01', { reason: '  ' }), 'reason'],
  ['pause', at('w01', { reason: 'x'.repeat(101) }), 'reason'],
  ['call', at('w01', { ticket: 7 }), 'ticket'],
  ['take', { station: 'hall', number: 'A999' }, 'number'],
  ['take', { station: 'x'.repeat(201) }, 'station'],
  ['take', '[]', 'station'],
  ['take', 'null', ''],
  ['take', '{', ''],
  ['end', { station: ['hall'] }, 'station'],
])('a body for %s that says more, less or other than it should is refused: %j', async (command, body, field) => {
  const { status, told } = await ask('lead', command, body);
  expect([status, told]).toEqual([400, { error: 'bad-body', field }]);
});

test('what is too large, no JSON or no command is refused', async () => {
  expect((await ask('clerk', 'take', JSON.stringify({ station: 'x'.repeat(5_000) }))).status).toBe(413);
  expect((await ask('clerk', 'take', '{"station":"hall"}', { 'Content-Type': 'text/plain' })).status).toBe(415);
  expect(await ask('clerk', 'toString', { station: 'hall' })).toEqual({
    status: 404,
    told: { error: 'unknown-command' },
  });
  expect(await ask('lead', 'pause', at('w02', { reason: '张三 13800138000' }))).toEqual({
    status: 409,
    told: { error: 'not-open' },
  });
  await ask('lead', 'open', at('w02'));
  expect(await ask('lead', 'pause', at('w02', { reason: '张三 13800138000' }))).toEqual({
    status: 422,
    told: { error: 'identity', field: 'reason' },
  });
});

test('a desk is sent its station when it joins, and whenever something has changed there', async () => {
  const socket: Socket = io(`${hall.url}${DESK_NAMESPACE}`, {
    transports: ['websocket'],
    extraHeaders: { Cookie: desks.get('clerk')!.cookie, Origin: hall.url },
    reconnection: false,
  });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    expect(await socket.emitWithAck('desk:join', { station: 'meifeng' })).toEqual({ ok: false, error: 'not-allowed' });
    const joined = (await socket.emitWithAck('desk:join', { station: 'hall' })) as { ok: true; state: DeskState };
    expect(joined).toMatchObject({ ok: true, state: { station: 'hall', queue: { isOwn: true, isOpen: true } } });
    const before = joined.state.queue!.waitingCount;
    const next = new Promise<DeskState>((resolve) => {
      socket.on('desk:state', (state: DeskState) => {
        if (state.queue!.waitingCount > before) resolve(state);
      });
    });
    await ask('second', 'take', { station: 'hall' });
    expect((await next).queue!.waitingCount).toBe(before + 1);
  } finally {
    socket.disconnect();
  }
});

test('a lead ends the queue, and no number is given from then on', async () => {
  expect(await ask('lead', 'end', { station: 'hall' })).toEqual({ status: 200, told: {} });
  expect(await ask('clerk', 'take', { station: 'hall' })).toEqual({ status: 409, told: { error: 'shut' } });
  const events = await hall.server.ledger.read(0, 10_000);
  const ended = events.find(({ type }) => type === 'hall.queue.ended')!;
  expect(ended.data).toEqual({ queue: `${DAY}/hall`, station: 'hall', staff: 'lead' });
  expect(await hall.server.ledger.readActors(ended.seq - 1, 1)).toEqual([{ kind: 'staff', id: 'lead' }]);
});
