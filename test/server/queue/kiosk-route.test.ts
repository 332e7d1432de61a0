// Whatever gives numbers, over HTTP: who may, what is shown before, and what the slip says.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DISPLAY_COOKIE } from '../../../server/access/readers.ts';
import { at, DAY, openAlarmHall, type AlarmHall } from '../alarms/hall.ts';

let hall: AlarmHall;
beforeEach(async () => {
  hall = await openAlarmHall();
});
afterEach(() => hall.close());

function makeToken(audience: 'management' | { rate: string } | { take: string }): Record<string, string> {
  const access = hall.access();
  const { secret } = access.displayTokens.add({ hall: 'meilin', audience, label: 'test' });
  access.close();
  return { Cookie: `${DISPLAY_COOKIE}=${secret}` };
}

function take(headers: Record<string, string>, body: unknown = {}): Promise<Response> {
  return fetch(`${hall.url}/api/take`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: new URL(hall.url).origin, ...headers },
    body: JSON.stringify(body),
  });
}
const look = (headers: Record<string, string>) => fetch(`${hall.url}/api/take`, { headers });

test('a kiosk is told its station, its lines and its queue, and gives one number after another', async () => {
  const kiosk = makeToken({ take: 'hall' });
  expect(await (await look(kiosk)).json()).toMatchObject({
    hall: { name: '梅林街道政务服务大厅', demo: false },
    state: 'open',
    waiting: 0,
    now: hall.now(),
    lines: expect.arrayContaining([{ id: 'medical-insurance', name: '医保' }]) as unknown,
  });
  const taken = await Promise.all([take(kiosk), take(kiosk, { line: 'medical-insurance', green: true })]);
  const slips = (await Promise.all(taken.map((one) => one.json()))) as { number: string; ahead: number; at: number }[];
  expect(new Set(slips.map(({ number }) => number)).size).toBe(2);
  expect(slips.map(({ ahead }) => ahead).sort()).toEqual([0, 1]);
  expect(slips.every(({ at }) => at === hall.now())).toBe(true);
  expect(await (await look(kiosk)).json()).toMatchObject({ waiting: 2 });
  const events = await hall.server.ledger.read(0, 1_000);
  const actors = await hall.server.ledger.readActors(0, 1_000);
  const given = events.flatMap((event, i) => (event.type === 'hall.ticket.taken' ? [{ event, actor: actors[i] }] : []));
  expect(given.map(({ event }) => event.source)).toEqual(Array(2).fill('urn:hallpulse:queue'));
  expect(given.every(({ event, actor }) => event.id.startsWith(`${DAY}/hall/`) && actor?.kind === 'display')).toBe(
    true,
  );
});

test('a kiosk gives numbers for its own station alone, and from a page of this host', async () => {
  const kiosk = makeToken({ take: 'hall' });
  const asked = await Promise.all([
    take({}),
    take({ Cookie: `${DISPLAY_COOKIE}=hpd_wrong` }),
    take(makeToken({ rate: 'w03' })),
    take(makeToken('management')),
    take({ ...kiosk, Origin: 'http://elsewhere.example' }),
    take(kiosk, { station: 'meifeng' }),
    take(kiosk, { line: 'constructor' }),
    take(kiosk, { green: 'yes' }),
  ]);
  expect(asked.map(({ status }) => status)).toEqual([401, 401, 403, 403, 403, 400, 404, 400]);
  expect((await look({})).status).toBe(401);
  expect((await look(makeToken({ take: 'nowhere' }))).status).toBe(404);
  expect(await (await look(kiosk)).json()).toMatchObject({ waiting: 0 });
});

test.each([
  ['at noon', '12:30', 'hall', { state: 'early', opensAt: Date.parse(`${DAY}T14:00:00+08:00`) }, 'shut'],
  ['in the evening', '18:30', 'hall', { state: 'over' }, 'shut'],
  ['where the station has no queue of its own', '10:01', 'meifeng', { state: 'foreign' }, 'not-own'],
])('%s no number is given, and it says so', async (_name, clock, station, state, error) => {
  await hall.goTo(clock);
  const kiosk = makeToken({ take: station });
  expect(await (await look(kiosk)).json()).toMatchObject(state);
  const taken = await take(kiosk);
  expect([taken.status, await taken.json()]).toEqual([409, { error }]);
});

test('what somebody who takes a number now is likely to wait is said once enough is known', async () => {
  for (let i = 0; i < 6; i++) {
    await hall.tell('hall.ticket.taken', { ticket: `q${i}`, station: 'hall' }, `09:0${i}`);
    await hall.tell('hall.ticket.called', { ticket: `q${i}`, station: 'hall', window: 'w03' }, `09:1${i}`);
    await hall.tell('hall.ticket.served', { ticket: `q${i}`, station: 'hall' }, `09:2${i}`);
  }
  const answer = (await (await take(makeToken({ take: 'hall' }))).json()) as { waitMinutes: unknown };
  expect(answer.waitMinutes).toEqual({ low: 10, high: 11 });
});

test('whoever booked takes the number of their appointment by its time and item, once, and is called when it is due (Q6)', async () => {
  const book = (appointment: string, clock: string, more: object = {}) =>
    hall.tell('hall.appointment.booked', { appointment, station: 'hall', at: `${DAY}T${clock}:00+08:00`, ...more });
  const kiosk = makeToken({ take: 'hall' });
  const shown = async (): Promise<unknown> =>
    ((await (await look(kiosk)).json()) as { appointments?: unknown }).appointments;
  expect(await shown()).toBeUndefined();
  for (const id of ['two-a', 'two-b']) await book(id, '10:20', { item: 'mi-01' });
  await book('near', '10:20', { item: 'mi-04' });
  await book('early', '11:01', { item: 'mi-01' });
  await book('late', '09:29', { item: 'mi-01' });
  await book('there', '10:20', { item: 'mi-01', station: 'meifeng' });
  await book('just', '09:30');
  const [just, two, near] = [
    { at: at('09:30') },
    { at: at('10:20'), item: 'mi-01', name: '少儿医保' },
    { at: at('10:20'), item: 'mi-04' },
  ];
  expect(await shown()).toMatchObject([just, two, near]);
  // Neither an id nor anybody's name goes to where everybody looks.
  expect(JSON.stringify(await shown())).not.toMatch(/two-a|just|near/);
  const asSlot = ({ at: moment, item }: { at: number; item?: string }) => ({
    slot: { at: moment, ...(item && { item }) },
  });
  const answers = await Promise.all([two, two, two].map((slot) => take(kiosk, asSlot(slot))));
  // Two kiosks, or three, in one moment: as many as there are appointments.
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 404]);
  expect(await shown()).toMatchObject([just, near]);
  const asked = 'abcdefghijklmnopqrst';
  const first = (await (await take(kiosk, { ...asSlot(near), asked })).json()) as { number: string; dueAt: number };
  expect(first.dueAt).toBe(near.at);
  expect(await (await take(kiosk, { ...asSlot(near), asked })).json()).toMatchObject({ number: first.number });
  const refusals = [
    near,
    { at: at('11:01'), item: 'mi-01' },
    { at: at('09:29'), item: 'mi-01' },
    { at: at('09:30'), item: 'mi-01' },
    { at: at('10:20'), item: '__proto__' },
  ].map((slot) => take(kiosk, asSlot(slot)));
  expect((await Promise.all(refusals)).map(({ status }) => status)).toEqual(Array(5).fill(404));
  // By its id it is staff's to give.
  expect((await take(kiosk, { appointment: 'just' })).status).toBe(400);
  expect((await take(makeToken({ take: 'meifeng' }), asSlot(two))).status).toBe(409);
  const events = await hall.server.ledger.read(0, 1_000);
  const of = (type: string) => events.filter((event) => event.type === type).map(({ data }) => data);
  expect(of('hall.ticket.taken')).toMatchObject(
    ['two-a', 'two-b', 'near'].map((appointment) => ({ appointment, line: 'medical-insurance' })),
  );
  expect(of('hall.appointment.kept')).toMatchObject(['two-a', 'two-b', 'near'].map((appointment) => ({ appointment })));
  // The day's last ones are not near, but they are there.
  await hall.goTo('10:02');
  expect(await shown()).toMatchObject([{ at: at('11:01') }]);
});
