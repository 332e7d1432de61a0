// The hall's own queue: what each command does and refuses, on a real ledger and board.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { at, DAY, openQueueHall, type Answer, type QueueHall } from './queue-hall.ts';

let hall: QueueHall;
/** Stations at which a machine gives the numbers. */
const machines = new Set<string>();
beforeEach(async () => void (hall = await openQueueHall({ machines })));
afterEach(async () => {
  machines.clear();
  await hall.close();
});

const refused = (reason: string, more: object = {}) => ({ ok: false, reason, ...more });
const windowOf = (id: string) => hall.desk().windows.find((window) => window.id === id)!;
const waiting = () => hall.desk().queue!.waiting.map(({ number }) => number);
const passed = () => hall.desk().queue!.passed.map(({ number }) => number);

describe('a window', () => {
  test('is opened, paused with a reason and closed by whoever sits at it, and is theirs meanwhile (Q3)', async () => {
    expect(windowOf('w01')).toEqual({ id: 'w01', label: '01', status: 'closed' });
    expect(await hall.ask('open', { window: 'w01' })).toEqual({ ok: true });
    expect(windowOf('w01')).toMatchObject({ status: 'open', holder: { staff: 's01', name: '示例甲' } });
    await hall.ask('pause', { window: 'w01', reason: '午休' });
    expect(windowOf('w01')).toMatchObject({ status: 'paused', reason: '午休', holder: { staff: 's01' } });
    for (const command of ['open', 'close', 'call'] as const)
      expect(await hall.ask(command, { window: 'w01' }, 's02')).toEqual(refused('held', { holder: 's01' }));
    await hall.ask('open', { window: 'w01' });
    await hall.ask('close', { window: 'w01' });
    expect(windowOf('w01')).toMatchObject({ status: 'closed' });
    expect(windowOf('w01')).not.toHaveProperty('holder');
    // Nobody's any more.
    expect(await hall.ask('open', { window: 'w01' }, 's02')).toEqual({ ok: true });
    expect(windowOf('w01').holder).toMatchObject({ staff: 's02' });
    expect(await hall.ask('pause', { window: 'w02', reason: '午休' })).toEqual(refused('not-open'));
    expect(await hall.ask('close', { window: 'w02' })).toEqual(refused('not-open'));
  });

  test('is one for each: whoever opens another closes the former, once nobody is in hand there', async () => {
    await hall.ask('open', { window: 'w01' });
    await hall.take();
    await hall.call('w01');
    expect(await hall.ask('open', { window: 'w02' })).toEqual(refused('serving'));
    expect([windowOf('w01').status, windowOf('w02').status]).toEqual(['open', 'closed']);
    await hall.ask('finish', { window: 'w01' });
    expect(await hall.ask('open', { window: 'w02' })).toEqual({ ok: true });
    expect([windowOf('w01').status, windowOf('w02').status]).toEqual(['closed', 'open']);
    // Of others nothing is closed.
    await hall.ask('open', { window: 'w01' }, 's02');
    expect([windowOf('w01').status, windowOf('w02').status]).toEqual(['open', 'open']);
  });

  test('of somebody who leaves is closed, and whoever is in hand there waits again in the old place', async () => {
    await hall.ask('open', { window: 'w01' });
    await hall.ask('open', { window: 'w02' }, 's02');
    const first = await hall.take();
    const second = await hall.take();
    expect(await hall.call('w01')).toBe(first);
    await hall.leave('s01');
    expect([windowOf('w01').status, windowOf('w02').status]).toEqual(['closed', 'open']);
    expect(windowOf('w01')).not.toHaveProperty('serving');
    expect(waiting()).toEqual([first, second]);
    const [change] = (await hall.events()).slice(-1);
    expect(await hall.ledger.readActors(change!.seq - 1, 1)).toEqual([{ kind: 'staff', id: 'manager' }]);
  });

  test('is taken over where that is said, with the ticket that is in hand there', async () => {
    await hall.ask('open', { window: 'w01' });
    const number = await hall.take();
    await hall.call('w01');
    expect(await hall.ask('open', { window: 'w01', takeOver: true }, 's02')).toEqual({ ok: true });
    expect(windowOf('w01')).toMatchObject({ holder: { staff: 's02', name: '示例乙' }, serving: { number } });
    expect(await hall.ask('finish', { window: 'w01' })).toEqual(refused('held', { holder: 's02' }));
    expect(await hall.ask('finish', { window: 'w01' }, 's02')).toMatchObject({ ok: true });
    const [change] = (await hall.events()).filter(({ type }) => type === 'hall.window.changed').slice(-1);
    expect(change!.data).toEqual({ window: 'w01', station: 'hall', status: 'open', staff: 's02' });
    // Whoever did it stands beside the event as well.
    const actors = await hall.ledger.readActors(change!.seq - 1, 1);
    expect(actors).toEqual([{ kind: 'staff', id: 's02' }]);
  });

  test('to open again where one sits already changes nothing', async () => {
    await hall.ask('open', { window: 'w01' });
    await hall.ask('open', { window: 'w01' });
    expect(await hall.history()).toEqual(['window.changed w01 open']);
  });

  test('is not left while a ticket is in hand', async () => {
    await hall.ask('open', { window: 'w01' });
    await hall.take();
    await hall.call('w01');
    expect(await hall.ask('pause', { window: 'w01', reason: '午休' })).toEqual(refused('serving'));
    expect(await hall.ask('close', { window: 'w01' })).toEqual(refused('serving'));
  });

  test('of another station, of another day or of nowhere is not known, whatever it is called', async () => {
    for (const window of ['w99', 'meifeng-1', '__proto__', 'constructor', "w01' --", 'x'.repeat(200)])
      expect(await hall.ask('open', { window })).toEqual(refused('unknown-window'));
    for (const station of ['nowhere', '__proto__', 'toString'])
      expect(await hall.ask('open', { station, window: 'w01' })).toEqual(refused('unknown-station'));
    expect(await hall.history()).toEqual([]);
  });

  test.each([
    ['张三，身份证 440301199001011237', 'identity'],
    ['电话 13800138000', 'identity'],
    ['a\0b', 'text'],
  ])('is not paused for %j, which nobody may keep', async (reason, expected) => {
    await hall.ask('open', { window: 'w01' });
    expect(await hall.ask('pause', { window: 'w01', reason })).toEqual(refused(expected, { field: 'reason' }));
    expect(await hall.history()).toEqual(['window.changed w01 open']);
  });

  test('that a machine tells of is nobody’s', async () => {
    await hall.tell('hall.window.changed', { window: 'w01', station: 'hall', status: 'open', staff: 's09' });
    expect(windowOf('w01')).not.toHaveProperty('holder');
    expect(await hall.ask('open', { window: 'w01' })).toEqual({ ok: true });
    expect(windowOf('w01').holder).toMatchObject({ staff: 's01' });
  });
});

describe('a ticket', () => {
  beforeEach(() => hall.ask('open', { window: 'w01' }));

  test('is taken, called, called once more and served, and is counted as that', async () => {
    const taken = await hall.ask('take', {});
    const ticket = { ticket: `${DAY}/hall/A001`, number: 'A001', takenAt: hall.now() };
    expect(taken).toEqual({ ok: true, ticket, ahead: 0 });
    expect(waiting()).toEqual(['A001']);
    expect(await hall.ask('call', { window: 'w01' })).toEqual({ ok: true, ticket });
    expect(windowOf('w01').serving).toEqual({ ...ticket, calledAt: hall.now() });
    expect(waiting()).toEqual([]);
    await hall.ask('recall', { window: 'w01' });
    expect(windowOf('w01').serving).toMatchObject({ number: 'A001', calledAt: hall.now() });
    await hall.ask('finish', { window: 'w01' });
    expect(windowOf('w01')).not.toHaveProperty('serving');
    expect(await hall.history()).toEqual([
      'window.changed w01 open',
      'ticket.taken A001',
      'ticket.called A001',
      'ticket.recalled A001',
      'ticket.served A001',
    ]);
    const events = await hall.events();
    expect(events.at(-1)!.data).toEqual({ ticket: ticket.ticket, station: 'hall', window: 'w01', staff: 's01' });
    expect(events[1]!.id).toBe(ticket.ticket);
    const { tickets, wait } = await hall.board.measures({ from: DAY, to: DAY, now: hall.now() });
    expect(tickets).toMatchObject({ taken: 1, called: 1, served: 1, passed: 0, left: 0 });
    expect(wait.medianMs).toBe(1_000);
  });

  test('is one for each of two clerks who call in the same moment (Q3)', async () => {
    for (const [window, who] of [
      ['w02', 's02'],
      ['w03', 's03'],
    ] as const)
      await hall.ask('open', { window }, who);
    for (let i = 0; i < 3; i++) await hall.take();
    const calls = await Promise.all([hall.call('w01'), hall.call('w02', 's02'), hall.call('w03', 's03')]);
    expect(calls.sort()).toEqual(['A001', 'A002', 'A003']);
    // And one alone of two presses of one clerk.
    await hall.ask('finish', { window: 'w01' });
    await hall.take();
    expect((await Promise.all([hall.call('w01'), hall.call('w01')])).sort()).toEqual(['A004', 'serving']);
  });

  test('is called by nobody whose window is shut or busy, and not where none waits', async () => {
    expect(await hall.call('w01')).toBe('nobody-waits');
    await hall.take();
    await hall.take();
    expect(await hall.call('w02', 's02')).toBe('not-open');
    await hall.ask('open', { window: 'w02' }, 's02');
    await hall.ask('pause', { window: 'w02', reason: '午休' }, 's02');
    expect(await hall.call('w02', 's02')).toBe('not-open');
    await hall.call('w01');
    expect(await hall.call('w01')).toBe('serving');
    expect(await hall.ask('pass', { window: 'w02' }, 's02')).toEqual(refused('not-serving'));
    expect(await hall.ask('finish', { window: 'w02' }, 's02')).toEqual(refused('not-serving'));
    expect(await hall.ask('transfer', { window: 'w02' }, 's02')).toEqual(refused('not-serving'));
  });

  test('that was passed over comes back by its number, and counts as waiting for nobody meanwhile', async () => {
    await hall.take();
    await hall.take();
    await hall.call('w01');
    await hall.ask('pass', { window: 'w01' });
    expect([waiting(), passed()]).toEqual([['A002'], ['A001']]);
    expect(await hall.ask('recall', { window: 'w01' })).toEqual(refused('not-serving'));
    expect(await hall.ask('call', { window: 'w01', ticket: `${DAY}/hall/A001` })).toEqual(refused('unknown-ticket'));
    expect(await hall.call('w01')).toBe('A002');
    expect(await hall.ask('recall', { window: 'w01', ticket: `${DAY}/hall/A001` })).toEqual(refused('serving'));
    await hall.ask('finish', { window: 'w01' });
    expect(await hall.ask('recall', { window: 'w01', ticket: `${DAY}/hall/A001` })).toMatchObject({ ok: true });
    expect(windowOf('w01').serving).toMatchObject({ number: 'A001' });
    expect(passed()).toEqual([]);
    await hall.ask('finish', { window: 'w01' });
    const { tickets } = await hall.board.measures({ from: DAY, to: DAY, now: hall.now() });
    expect(tickets).toMatchObject({ taken: 2, called: 2, served: 2, passed: 0 });
  });

  test('that is sent back keeps its place, and one that is sent on is called there and nowhere else', async () => {
    await hall.ask('open', { window: 'w02' }, 's02');
    for (let i = 0; i < 4; i++) await hall.take();
    await hall.call('w01');
    await hall.ask('transfer', { window: 'w01' });
    expect(waiting()).toEqual(['A001', 'A002', 'A003', 'A004']);
    expect(await hall.call('w01')).toBe('A001');
    await hall.ask('transfer', { window: 'w01', to: 'w02' });
    expect(await hall.call('w01')).toBe('A002');
    expect(await hall.call('w02', 's02')).toBe('A001');
    // Where nobody calls at that window, it is everybody's.
    await hall.ask('transfer', { window: 'w02', to: 'w01' }, 's02');
    await hall.ask('finish', { window: 'w01' });
    await hall.ask('close', { window: 'w01' });
    expect(await hall.call('w02', 's02')).toBe('A001');
    for (const to of ['w02', 'w99', 'meifeng-1', '__proto__'])
      expect(await hall.ask('transfer', { window: 'w02', to }, 's02')).toEqual(refused('unknown-window'));
  });

  test('keeps the order of what was done though the clock stands still or is set back', async () => {
    await hall.take();
    for (const clock of ['09:40', '09:39:59', '09:00', '09:39:59', '09:00', '09:00']) {
      hall.goTo(clock);
      await hall.call('w01');
      hall.goTo('09:00');
      expect(await hall.ask('transfer', { window: 'w01', to: 'w01' })).toEqual(refused('unknown-window'));
      await hall.ask('transfer', { window: 'w01' });
      expect(waiting()).toEqual(['A001']);
    }
    await hall.call('w01');
    expect(await hall.ask('finish', { window: 'w01' })).toMatchObject({ ok: true });
    expect(windowOf('w01')).not.toHaveProperty('serving');
  });

  test('that was let go as served by mistake is in hand again since its call, for a minute and whoever let it go (Q5)', async () => {
    await hall.ask('open', { window: 'w01' });
    await hall.ask('open', { window: 'w02' }, 's02');
    for (let i = 0; i < 3; i++) await hall.take();
    const back = (number: string, window = 'w01', who = 's01') =>
      hall.ask('recall', { window, ticket: `${DAY}/hall/${number}` }, who);
    await hall.call('w01');
    const called = hall.now();
    await hall.ask('finish', { window: 'w01' });
    expect(windowOf('w01').served).toMatchObject({ number: 'A001', at: hall.now() });
    // Nobody else, at no other window, and of no other number.
    expect(await back('A001', 'w02', 's02')).toEqual(refused('unknown-ticket'));
    for (const number of ['A002', 'A009', '__proto__']) expect(await back(number)).toEqual(refused('unknown-ticket'));
    expect(await back('A001')).toMatchObject({ ok: true, ticket: { number: 'A001' } });
    expect(windowOf('w01').serving).toMatchObject({ number: 'A001', calledAt: called });
    expect(windowOf('w01')).not.toHaveProperty('served');
    expect(await hall.ask('call', { window: 'w01' })).toEqual(refused('serving'));
    hall.goTo('09:40');
    await hall.ask('finish', { window: 'w01' });
    const { tickets, service } = await hall.board.measures({ from: DAY, to: DAY, now: hall.now() });
    expect([tickets.called, tickets.served, service.n, service.medianMs]).toEqual([1, 1, 1, hall.now() - called]);
    // Not once the minute is over, nor once somebody was called there.
    expect(windowOf('w01').served).toMatchObject({ number: 'A001' });
    hall.goTo('09:41:05');
    expect(windowOf('w01')).not.toHaveProperty('served');
    expect(await back('A001')).toEqual(refused('unknown-ticket'));
    await hall.call('w01');
    await hall.ask('finish', { window: 'w01' });
    await hall.call('w01');
    await hall.ask('finish', { window: 'w01' });
    expect(await back('A002')).toEqual(refused('unknown-ticket'));
    // Nor where a colleague has taken the window over since.
    expect(windowOf('w01').served).toMatchObject({ number: 'A003' });
    await hall.ask('open', { window: 'w01', takeOver: true }, 's02');
    expect(windowOf('w01')).not.toHaveProperty('served');
    expect(await back('A003', 'w01', 's02')).toEqual(refused('unknown-ticket'));
    expect(await back('A003')).toEqual(refused('held', { holder: 's02' }));
  });

  test('that was let go as served by mistake is taken back in its minute though the hall is started again meanwhile (Q5)', async () => {
    await hall.ask('open', { window: 'w01' });
    for (let i = 0; i < 3; i++) await hall.take({ green: i === 0 });
    const back = (number: string, who = 's01') =>
      hall.ask('recall', { window: 'w01', ticket: `${DAY}/hall/${number}` }, who);
    await hall.call('w01');
    const called = hall.now();
    const finished = await hall.ask('finish', { window: 'w01' });
    const offered = windowOf('w01').served;
    await hall.restart();
    expect(windowOf('w01').served).toEqual(offered);
    expect(offered).toMatchObject({ number: 'A001', green: true });
    expect(await back('A001', 's02')).toEqual(refused('held', { holder: 's01' }));
    expect(await back('A002')).toEqual(refused('unknown-ticket'));
    expect(await back('A001')).toEqual(finished);
    expect(windowOf('w01').serving).toMatchObject({ number: 'A001', calledAt: called });
    // What was taken back is not there once more, nor is what the next call has ended, nor a minute that is over.
    await hall.ask('pass', { window: 'w01' });
    await hall.restart();
    expect(await back('A001')).toMatchObject({ ok: true });
    await hall.ask('finish', { window: 'w01' });
    await hall.call('w01');
    await hall.restart();
    expect(await back('A001')).toEqual(refused('serving'));
    await hall.ask('pass', { window: 'w01' });
    await hall.restart();
    expect(await back('A001')).toEqual(refused('unknown-ticket'));
    await hall.call('w01');
    await hall.ask('finish', { window: 'w01' });
    hall.goTo('09:32');
    await hall.restart();
    expect(await back('A003')).toEqual(refused('unknown-ticket'));
  });

  test('is called by the lines, kinds and shares that the profile names', async () => {
    await hall.close();
    hall = await openQueueHall({
      profile(profile) {
        profile['queue'] = { greenEvery: 2, prefixes: { tenancy: 'Z' } };
        Object.assign(profile.windows[0]!, { lines: ['tenancy'] });
        Object.assign(profile.windows[1]!, { kinds: ['general', 'green'] });
      },
    });
    await hall.ask('open', { window: 'w01' });
    await hall.ask('open', { window: 'w02' }, 's02');
    expect(hall.desk().windows[0]).toMatchObject({ lines: ['tenancy'] });
    expect(await hall.take({ line: 'medical-insurance' })).toBe('A001');
    expect(await hall.take({ line: 'tenancy' })).toBe('Z001');
    expect(await hall.take()).toBe('A002');
    expect(await hall.take({ green: true })).toBe('A003');
    expect(await hall.take({ green: true })).toBe('A004');
    expect(await hall.ask('take', { line: 'fishing' })).toEqual(refused('unknown-line'));
    // w01 serves tenancy, and what has no line.
    const called = [await hall.call('w01'), await hall.call('w02', 's02')];
    for (let i = 0; i < 3; i++) {
      await hall.ask('finish', { window: 'w02' }, 's02');
      called.push(await hall.call('w02', 's02'));
    }
    // The second call is a green one's, and the fourth.
    expect(called).toEqual(['Z001', 'A003', 'A001', 'A004', 'A002']);
    // What w01 alone serves is not called at w02, unless w01 is shut.
    await hall.take({ line: 'tenancy' });
    await hall.ask('finish', { window: 'w02' }, 's02');
    await hall.take({ line: 'medical-insurance' });
    await hall.ask('finish', { window: 'w01' });
    expect(await hall.ask('call', { window: 'w01', ticket: `${DAY}/hall/A005` })).toEqual(refused('nobody-waits'));
    await hall.ask('close', { window: 'w02' }, 's02');
    expect(await hall.ask('call', { window: 'w01', ticket: `${DAY}/hall/A005` })).toMatchObject({ ok: true });
  });

  test('of an appointment is called when it is due, and the appointment has been kept', async () => {
    const booked = { appointment: 'ap-1', station: 'hall', item: 'mi-01', at: `${DAY}T09:40:00+08:00` };
    await hall.tell('hall.appointment.booked', booked);
    await hall.tell('hall.appointment.booked', { appointment: 'ap-2', station: 'meifeng' });
    await hall.tell('hall.appointment.booked', { ...booked, appointment: 'ap-3', at: '2019-11-26T09:40:00+08:00' });
    for (const appointment of ['ap-2', 'ap-3', 'ap-9', '__proto__'])
      expect(await hall.ask('take', { appointment })).toEqual(refused('unknown-appointment'));
    await hall.take();
    const done = await hall.ask('take', { appointment: 'ap-1' });
    expect(done).toMatchObject({ ticket: { line: 'medical-insurance', dueAt: at('09:40') }, ahead: 1 });
    expect(hall.desk().queue!.waiting.at(-1)).toMatchObject({ dueAt: at('09:40') });
    expect(await hall.ask('take', { appointment: 'ap-1' })).toEqual(refused('unknown-appointment'));
    const { appointments } = await hall.board.measures({ from: DAY, to: DAY, now: hall.now() });
    expect(appointments).toMatchObject({ kept: 1 });
    hall.goTo('09:36');
    expect(await hall.call('w01')).toBe('A002');
  });
});

describe('numbers', () => {
  test('are given once each, to however many ask in one moment, and go on after a restart (Q2)', async () => {
    const given = await Promise.all(Array.from({ length: 20 }, () => hall.take()));
    expect(given).toEqual(Array.from({ length: 20 }, (_, i) => `A${String(i + 1).padStart(3, '0')}`));
    await hall.restart();
    expect(await hall.take()).toBe('A021');
  });

  test('that are asked for again, for want of an answer, are the ones that were given, after a restart too', async () => {
    const [first, second] = ['a', 'b'].map((letter) => letter.repeat(20));
    const wish = { line: 'medical-insurance', green: true };
    const given = await Promise.all([
      hall.ask('take', { ...wish, asked: first! }),
      hall.ask('take', { ...wish, asked: first! }),
      hall.ask('take', { asked: second! }),
    ]);
    expect(new Set(given.map((answer) => (answer.ok ? answer.ticket!.number : '')))).toEqual(new Set(['A001', 'A002']));
    expect(waiting()).toEqual(['A001', 'A002']);
    await hall.restart();
    expect(await hall.ask('take', { ...wish, asked: first! })).toEqual(given[0]);
    expect(await hall.ask('take', { asked: second! })).toMatchObject({ ticket: { number: 'A002' }, ahead: 1 });
    // Once the doors are shut as well: whoever has a number is told it.
    hall.goTo('12:30');
    expect(await hall.ask('take', { asked: second! })).toMatchObject({ ok: true, ticket: { number: 'A002' } });
    expect(await hall.ask('take', { asked: 'c'.repeat(20) })).toEqual(refused('shut'));
  });

  test('go on behind one that was voided, and over those that a machine gave today', async () => {
    await hall.take();
    await hall.tell('hall.event.voided', { source: 'urn:hallpulse:queue', id: `${DAY}/hall/A001` });
    expect(waiting()).toEqual([]);
    await hall.restart();
    for (const n of ['A002', 'A003'])
      await hall.tell('hall.ticket.taken', { ticket: `${DAY}/hall/${n}`, station: 'hall' });
    expect(await hall.take()).toBe('A004');
  });

  test('that were given by mistake are taken back until somebody is called by them, and count nowhere (Q2)', async () => {
    await hall.ask('open', { window: 'w01' });
    const asked = 'a'.repeat(20);
    await hall.ask('take', { asked });
    await hall.take();
    const back = (number: string) => hall.ask('withdraw', { ticket: `${DAY}/hall/${number}` });
    expect(await back('A001')).toMatchObject({ ok: true, ticket: { number: 'A001' } });
    expect(waiting()).toEqual(['A002']);
    // Once and for all, and no other asks for it again.
    expect(await back('A001')).toEqual(refused('unknown-ticket'));
    for (const number of ['A009', '__proto__']) expect(await back(number)).toEqual(refused('unknown-ticket'));
    expect(await hall.ask('take', { asked })).toMatchObject({ ticket: { number: 'A003' } });
    await back('A003');
    await hall.restart();
    expect(await hall.ask('take', { asked })).toMatchObject({ ticket: { number: 'A004' } });
    expect(await hall.take()).toBe('A005');
    // Not who was called: they are passed over, or go back into the queue.
    await hall.call('w01');
    expect(await back('A002')).toEqual(refused('called'));
    await hall.ask('transfer', { window: 'w01' });
    expect(waiting()).toEqual(['A002', 'A004', 'A005']);
    expect(await back('A002')).toEqual(refused('called'));
    await hall.call('w01');
    await hall.ask('pass', { window: 'w01' });
    expect(await back('A002')).toEqual(refused('called'));
    // Nor a machine's, nor one of another station.
    await hall.tell('hall.ticket.taken', { ticket: 'm-1', station: 'hall' });
    expect(await hall.ask('withdraw', { ticket: 'm-1' })).toEqual(refused('not-own'));
    expect(await hall.ask('withdraw', { station: 'meifeng', ticket: `${DAY}/hall/A005` })).toEqual(
      refused('unknown-ticket'),
    );
    // Later than within the minute it is taken back all the same.
    hall.goTo('09:50');
    expect(await back('A005')).toMatchObject({ ok: true });
    const { tickets } = await hall.board.measures({ from: DAY, to: DAY, now: hall.now() });
    // A004 and the machine's, and A002, which was called and passed over.
    expect(tickets).toMatchObject({ taken: 3, called: 1, passed: 1, left: 0 });
    const voids = (await hall.events()).filter(({ type }) => type === 'hall.event.voided').map(({ data }) => data);
    const source = 'urn:hallpulse:queue';
    expect(voids).toEqual([
      { source, id: `${DAY}/hall/A001`, undo: true },
      { source, id: `${DAY}/hall/A003`, undo: true },
      { source, id: `${DAY}/hall/A005` },
    ]);
  });

  test('that were given for an appointment by mistake leave it to be kept, with another number', async () => {
    await hall.tell('hall.appointment.booked', { appointment: 'ap-1', station: 'hall', at: `${DAY}T09:40:00+08:00` });
    await hall.take({ appointment: 'ap-1' });
    expect(hall.desk().appointments).toEqual([]);
    await hall.ask('withdraw', { ticket: `${DAY}/hall/A001` });
    expect(hall.desk().appointments).toMatchObject([{ appointment: 'ap-1' }]);
    expect(await hall.take({ appointment: 'ap-1' })).toBe('A002');
    const { appointments } = await hall.board.measures({ from: DAY, to: DAY, now: hall.now() });
    expect(appointments).toMatchObject({ kept: 1 });
  });

  test('are given to whoever has come already as to anybody who booked, and their appointment is kept once', async () => {
    const slot = { at: at('09:40') };
    const booked = { appointment: 'ap-1', station: 'hall', at: `${DAY}T09:40:00+08:00` };
    await hall.tell('hall.appointment.booked', booked);
    await hall.tell('hall.appointment.kept', { appointment: 'ap-1', station: 'hall' });
    const { at: dueAt } = slot;
    expect(hall.desk().appointments).toEqual([{ appointment: 'ap-1', at: dueAt, kept: true }]);
    expect(await hall.ask('take', { appointment: 'ap-1' })).toMatchObject({ ticket: { number: 'A001', dueAt } });
    await hall.restart();
    expect(hall.desk().appointments).toEqual([]);
    for (const again of [{ appointment: 'ap-1' }, { slot }]) expect(await hall.take(again)).toBe('unknown-appointment');
    // Given by mistake, it is given once more, at a kiosk too.
    await hall.ask('withdraw', { ticket: `${DAY}/hall/A001` });
    expect(hall.desk().appointments).toMatchObject([{ appointment: 'ap-1', kept: true }]);
    expect(await hall.take({ slot })).toBe('A002');
    expect((await hall.history()).filter((line) => line.startsWith('appointment'))).toEqual([]);
    const { appointments } = await hall.board.measures({ from: DAY, to: DAY, now: hall.now() });
    expect(appointments).toMatchObject({ booked: 1, kept: 1 });
    // Where a machine gives the numbers nobody who has come is listed.
    machines.add('hall');
    await hall.ask('withdraw', { ticket: `${DAY}/hall/A002` });
    expect(hall.desk().appointments).toEqual([]);
  });

  test('are given for an appointment of which another system speaks, and what it says of it is not said twice', async () => {
    await hall.close();
    hall = await openQueueHall({ isKeptElsewhere: true });
    await hall.tell('hall.appointment.booked', { appointment: 'ap-1', station: 'hall', at: `${DAY}T09:40:00+08:00` });
    expect(await hall.ask('take', { appointment: 'ap-1' })).toMatchObject({ ticket: { dueAt: at('09:40') } });
    const keptCount = async () => {
      const { appointments } = await hall.board.measures({ from: DAY, to: DAY, now: hall.now() });
      return appointments.kept;
    };
    expect([await hall.history(), await keptCount()]).toEqual([['ticket.taken A001'], 0]);
    // Until that system speaks it has its number all the same.
    await hall.restart();
    expect(hall.desk().appointments).toEqual([]);
    expect(await hall.take({ appointment: 'ap-1' })).toBe('unknown-appointment');
    await hall.tell('hall.appointment.kept', { appointment: 'ap-1', station: 'hall' });
    expect([await keptCount(), hall.desk().appointments]).toEqual([1, []]);
  });

  test('of more than a page of the ledger are known after a restart, and whose turn it is (Q1)', async () => {
    await hall.ask('open', { window: 'w01' });
    const serve = async () => {
      const number = await hall.call('w01');
      await hall.ask('finish', { window: 'w01' });
      return number;
    };
    for (let i = 0; i < 350; i++) {
      await hall.take();
      await serve();
    }
    await hall.take({ green: true });
    expect(await serve()).toBe('A351');
    await hall.take();
    await hall.take({ green: true });
    await hall.restart();
    expect(await hall.take()).toBe('A354');
    // The call before was a green one's.
    expect([await serve(), await serve(), await serve()]).toEqual(['A352', 'A353', 'A354']);
  });

  test('begin again on the next day', async () => {
    await hall.take();
    hall.goTo('09:00', '2019-11-26');
    await hall.turn();
    const next = await hall.ask('take', {});
    expect(next).toMatchObject({ ticket: { ticket: '2019-11-26/hall/A001', number: 'A001' } });
    expect(hall.desk().queue!.waitingCount).toBe(1);
  });

  test('are given while the doors are open, and no longer; who waits then is still served (Q2)', async () => {
    await hall.close();
    hall = await openQueueHall({ profile: (profile) => (profile['queue'] = { closeMinutesBefore: 10 }) });
    const takeAt = async (clock: string, day?: string): Promise<Answer> => {
      hall.goTo(clock, day);
      return hall.ask('take', {});
    };
    expect(await takeAt('08:59:58')).toEqual(refused('shut'));
    expect(await takeAt('08:59:59')).toMatchObject({ ok: true });
    expect(await takeAt('12:00')).toEqual(refused('shut'));
    expect(hall.desk().queue).toMatchObject({ isOpen: false, isOwn: true });
    expect(await takeAt('17:49')).toMatchObject({ ok: true });
    expect(hall.desk().queue!.isOpen).toBe(true);
    expect(await takeAt('17:50')).toEqual(refused('shut'));
    await hall.ask('open', { window: 'w01' });
    hall.goTo('18:30');
    expect(await hall.call('w01')).toBe('A001');
    expect(await takeAt('10:00', '2019-11-30')).toEqual(refused('shut'));
  });
});

describe('the end of a queue', () => {
  test('lets everybody go who waits or was passed over, and gives no number that day, after a restart neither', async () => {
    await hall.ask('open', { window: 'w01' });
    for (let i = 0; i < 4; i++) await hall.take();
    await hall.call('w01');
    await hall.ask('pass', { window: 'w01' });
    await hall.call('w01');
    expect(await hall.ask('end', {}, 's02')).toEqual({ ok: true });
    expect([waiting(), passed(), windowOf('w01').serving!.number]).toEqual([[], [], 'A002']);
    expect(await hall.take()).toBe('shut');
    await hall.restart();
    expect(await hall.take()).toBe('shut');
    expect(hall.desk().queue!.isOpen).toBe(false);
    expect(await hall.ask('finish', { window: 'w01' })).toMatchObject({ ok: true });
    const { tickets } = await hall.board.measures({ from: DAY, to: DAY, now: hall.now() });
    expect(tickets).toMatchObject({ taken: 4, served: 1, passed: 0, left: 3 });
    hall.goTo('09:30', '2019-11-26');
    await hall.turn();
    expect(await hall.take()).toBe('A001');
  });

  test('is taken back on the same day, after a restart too: numbers are given again, and whoever left by it waits again (Q2)', async () => {
    expect(await hall.ask('reopen', {}, 's02')).toEqual(refused('not-ended'));
    await hall.ask('open', { window: 'w01' });
    for (let i = 0; i < 3; i++) await hall.take();
    await hall.call('w01');
    await hall.ask('pass', { window: 'w01' });
    await hall.call('w01');
    await hall.ask('finish', { window: 'w01' });
    await hall.ask('end', {}, 's02');
    expect(hall.desk().queue).toMatchObject({ isOpen: false, isEnded: true });
    await hall.restart();
    hall.goTo('10:10');
    expect(await hall.ask('reopen', { station: 'meifeng' }, 's02')).toEqual(refused('not-ended'));
    expect(await hall.ask('reopen', {}, 's02')).toEqual({ ok: true });
    expect([waiting(), passed()]).toEqual([['A003'], ['A001']]);
    expect(hall.desk().queue).not.toHaveProperty('isEnded');
    expect(await hall.take()).toBe('A004');
    expect(await hall.call('w01')).toBe('A003');
    // What is over stays so: the second time there is nothing to take back.
    expect(await hall.ask('reopen', {}, 's02')).toEqual(refused('not-ended'));
    const { tickets } = await hall.board.measures({ from: DAY, to: DAY, now: hall.now() });
    expect(tickets).toMatchObject({ taken: 4, served: 1, passed: 1, left: 0 });
    // Ended once more, it is taken back once more; on the next day nothing of it.
    await hall.ask('end', {}, 's02');
    expect(waiting()).toEqual([]);
    expect(await hall.ask('reopen', {}, 's02')).toEqual({ ok: true });
    expect(waiting()).toEqual(['A004']);
    await hall.ask('end', {}, 's02');
    hall.goTo('09:30', '2019-11-26');
    await hall.turn();
    expect(await hall.ask('reopen', {}, 's02')).toEqual(refused('not-ended'));
  });
});

describe('midnight', () => {
  test('finds nobody waiting: they left on their own day, which is no correction of it, and windows are nobody’s (Q4)', async () => {
    await hall.ask('open', { window: 'w01' });
    await hall.ask('open', { window: 'w02' }, 's02');
    for (let i = 0; i < 3; i++) await hall.take();
    await hall.call('w01');
    await hall.ask('pass', { window: 'w01' });
    await hall.call('w01');
    hall.goTo('00:00:30', '2019-11-26');
    await hall.turn();
    await hall.turn();
    expect((await hall.history()).slice(-4)).toEqual([
      'ticket.left A002',
      'ticket.left A003',
      'window.changed w01 closed',
      'window.changed w02 closed',
    ]);
    expect((await hall.events()).slice(-4).map((event) => event.at)).toEqual(
      Array.from({ length: 4 }, () => at('23:59:59.999')),
    );
    const { tickets, corrected } = await hall.board.measures({ from: DAY, to: DAY, now: hall.now() });
    expect(tickets).toMatchObject({ taken: 3, called: 2, served: 0, passed: 1, left: 2 });
    expect(corrected).toBe(0);
    expect(hall.desk()).toMatchObject({ queue: { waitingCount: 0, passed: [] } });
    expect(windowOf('w01')).toMatchObject({ status: 'closed' });
    hall.goTo('09:00', '2019-11-26');
    expect(await hall.ask('open', { window: 'w01' }, 's02')).toEqual({ ok: true });
  });

  test('that passed without a server is made up for in the days that it ended', async () => {
    await hall.ask('open', { window: 'w01' });
    await hall.take();
    hall.goTo('10:00', '2019-11-28');
    await hall.restart();
    const { tickets, corrected } = await hall.board.measures({ from: DAY, to: '2019-11-28', now: hall.now() });
    expect(tickets).toMatchObject({ taken: 1, left: 1 });
    expect(corrected).toBe(0);
    expect((await hall.events()).at(-1)).toMatchObject({ type: 'hall.window.changed', at: at('23:59:59.999') });
  });

  test('leaves a machine’s windows and tickets to the machine', async () => {
    await hall.tell('hall.window.changed', { window: 'w01', station: 'hall', status: 'open', staff: 's09' });
    await hall.tell('hall.ticket.taken', { ticket: 'M1', station: 'hall' });
    hall.goTo('00:00:30', '2019-11-26');
    await hall.turn();
    expect(await hall.events()).toEqual([]);
  });
});

describe('a station whose numbers a queue machine gives', () => {
  const machines = new Set(['hall']);
  const ofMachine = { ticket: 'M001', station: 'hall' };
  beforeEach(async () => {
    machines.add('hall');
    await hall.close();
    hall = await openQueueHall({ machines });
    await hall.tell('hall.ticket.taken', ofMachine);
    await hall.tell('hall.ticket.taken', { ticket: 'M002', station: 'hall' });
    await hall.ask('open', { window: 'w01' });
  });

  test('is shown, and is the machine’s to call, to give and to end', async () => {
    expect(hall.desk().queue).toMatchObject({ isOwn: false, isOpen: false, waitingCount: 2 });
    expect(waiting()).toEqual(['M001', 'M002']);
    expect(await hall.take()).toBe('not-own');
    expect(await hall.call('w01')).toBe('not-own');
    expect(await hall.ask('call', { window: 'w01', ticket: 'M001' })).toEqual(refused('not-own'));
    expect(await hall.ask('recall', { window: 'w01', ticket: 'M001' })).toEqual(refused('not-own'));
    expect(await hall.ask('end', {})).toEqual(refused('not-own'));
    await hall.tell('hall.ticket.called', { ...ofMachine, window: 'w01' });
    expect(windowOf('w01').serving).toMatchObject({ number: 'M001' });
    for (const command of ['pass', 'finish', 'transfer'] as const)
      expect(await hall.ask(command, { window: 'w01' })).toEqual(refused('not-serving'));
    expect(await hall.history()).toEqual(['window.changed w01 open']);
  });

  test('that goes down in the middle of a service leaves its ticket to itself, and the window free', async () => {
    await hall.tell('hall.ticket.called', { ...ofMachine, window: 'w01' });
    machines.delete('hall');
    expect(windowOf('w01').serving).toMatchObject({ number: 'M001', byMachine: true });
    expect(hall.desk().queue).toMatchObject({ isOwn: true, isOpen: true });
    expect(await hall.take()).toBe('A001');
    expect(await hall.call('w01')).toBe('A001');
    expect(windowOf('w01').serving).toMatchObject({ number: 'A001' });
    expect(windowOf('w01').serving).not.toHaveProperty('byMachine');
  });

  test('that is back while the last of ours is served lets it be served out, and one that was passed over come back', async () => {
    machines.delete('hall');
    expect([await hall.take(), await hall.take()]).toEqual(['A001', 'A002']);
    await hall.call('w01');
    await hall.ask('pass', { window: 'w01' });
    expect(await hall.call('w01')).toBe('A002');
    machines.add('hall');
    // The machine calls again; who is in hand is ours to end, and whoever comes back with a number of ours.
    expect(hall.desk().queue).toMatchObject({ isOwn: false, isOpen: false, waitingCount: 2 });
    expect(windowOf('w01').serving).not.toHaveProperty('byMachine');
    expect(await hall.ask('finish', { window: 'w01' })).toMatchObject({ ok: true });
    const [passed] = hall.desk().queue!.passed;
    expect(passed!.number).toBe('A001');
    expect(await hall.ask('recall', { window: 'w01', ticket: passed!.ticket })).toMatchObject({ ok: true });
    expect(await hall.ask('finish', { window: 'w01' })).toMatchObject({ ok: true });
  });

  test('gives its own while the machine is down, and serves them out when it is back', async () => {
    machines.delete('hall');
    expect(waiting()).toEqual([]);
    expect(await hall.take()).toBe('A001');
    expect(await hall.take()).toBe('A002');
    expect(await hall.call('w01')).toBe('A001');
    machines.add('hall');
    expect(await hall.take()).toBe('not-own');
    await hall.ask('finish', { window: 'w01' });
    expect(hall.desk().queue).toMatchObject({ isOwn: true, isOpen: false, waitingCount: 1 });
    expect(await hall.call('w01')).toBe('A002');
    expect(waiting()).toEqual(['M001', 'M002']);
    expect(await hall.call('w01')).toBe('serving');
  });
});

test('a station without tickets has no queue, and has windows all the same', async () => {
  expect(hall.desk('meifeng')).not.toHaveProperty('queue');
  expect(await hall.ask('take', { station: 'meifeng' })).toEqual(refused('not-own'));
  expect(await hall.ask('open', { station: 'meifeng', window: 'meifeng-1' })).toEqual({ ok: true });
  expect(hall.desk('meifeng').windows[0]).toMatchObject({ status: 'open', holder: { staff: 's01' } });
});

test.each(['toString', 'a/b%2F梅', "'; DROP TABLE events; --", '梅'.repeat(180)])(
  'a station and a window that are called %j are as any other',
  async (name) => {
    await hall.close();
    hall = await openQueueHall({
      profile(profile) {
        const [station] = profile.stations;
        profile.stations.push({ ...station, id: name, kind: 'community', ticketsFrom: '2019-01-01' });
        profile.windows.push({ id: `${name}-1`.slice(-200), station: name, label: '1' });
      },
    });
    const window = hall.desk(name).windows[0]!.id;
    const of = { station: name, window };
    expect(await hall.ask('open', of)).toEqual({ ok: true });
    expect(await hall.take({ station: name })).toBe('A001');
    expect(await hall.take({ station: name })).toBe('A002');
    expect(await hall.ask('call', of)).toMatchObject({ ticket: { number: 'A001' } });
    expect(await hall.ask('finish', of)).toMatchObject({ ok: true });
    await hall.restart();
    expect(await hall.take({ station: name })).toBe('A003');
    expect(hall.desk(name).queue!.waitingCount).toBe(2);
    expect(hall.desk().queue!.waitingCount).toBe(0);
    expect([...hall.board.state.uncounted]).toEqual([]);
  },
);
