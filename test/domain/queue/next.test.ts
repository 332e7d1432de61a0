// Who is next: the table of what a hall would expect, and what must hold in any queue.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareTaken,
  mayCallByName,
  nextTicket,
  type CallingWindow,
  type WaitingTicket,
} from '../../../domain/queue/next.ts';

const MINUTE = 60_000;
const now = 100 * MINUTE;
const every: CallingWindow = { id: 'w1' };

const waits = (ticket: string, takenMinute: number, more: Partial<WaitingTicket> = {}): WaitingTicket => ({
  ticket,
  takenAt: takenMinute * MINUTE,
  ...more,
});
const green = { green: true };
const due = (minute: number) => ({ appointment: true, dueAt: minute * MINUTE });

interface Case {
  readonly of: string;
  readonly waiting: readonly WaitingTicket[];
  readonly next: string | undefined;
  readonly window?: CallingWindow;
  readonly open?: readonly CallingWindow[];
  readonly callsSinceGreen?: number;
}

const cases: readonly Case[] = [
  { of: 'nobody', waiting: [], next: undefined },
  { of: 'the one taken first', waiting: [waits('A002', 2), waits('A001', 1)], next: 'A001' },
  { of: 'one moment, the lower number', waiting: [waits('A1000', 1), waits('A999', 1)], next: 'A999' },
  { of: 'an appointment that is due', waiting: [waits('A001', 1), waits('A002', 2, due(100))], next: 'A002' },
  { of: 'five minutes before it', waiting: [waits('A001', 1), waits('A002', 2, due(105))], next: 'A002' },
  { of: 'a moment earlier not', waiting: [waits('A001', 1), waits('A002', 2, due(105.001))], next: 'A001' },
  {
    of: 'the earliest appointment, whoever came first',
    waiting: [waits('A001', 1, due(99)), waits('A002', 2, due(98))],
    next: 'A002',
  },
  {
    of: 'of one moment the one who came first',
    waiting: [waits('A002', 2, due(98)), waits('A001', 1, due(98))],
    next: 'A001',
  },
  { of: 'an early one in the order of taking', waiting: [waits('A001', 1, due(180)), waits('A002', 2)], next: 'A001' },
  {
    of: 'an appointment without a known moment in the order of taking',
    waiting: [waits('A001', 1), waits('A002', 2, { appointment: true })],
    next: 'A001',
  },
  {
    of: 'the third call is a green one’s',
    waiting: [waits('A001', 1), waits('A002', 2, green)],
    callsSinceGreen: 2,
    next: 'A002',
  },
  {
    of: 'the second is not',
    waiting: [waits('A001', 1), waits('A002', 2, green)],
    callsSinceGreen: 1,
    next: 'A001',
  },
  { of: 'its turn without a green one', waiting: [waits('A001', 1)], callsSinceGreen: 9, next: 'A001' },
  {
    of: 'a due appointment before the green turn',
    waiting: [waits('A001', 1, green), waits('A002', 2, due(100))],
    callsSinceGreen: 9,
    next: 'A002',
  },
  {
    of: 'never one of another line',
    window: { id: 'w1', lines: ['medical'] },
    waiting: [waits('A001', 1, { line: 'tax' }), waits('A002', 2, { line: 'medical' })],
    next: 'A002',
  },
  {
    of: 'a ticket without a line belongs to every window',
    window: { id: 'w1', lines: ['medical'] },
    waiting: [waits('A001', 1), waits('A002', 2, { line: 'medical' })],
    next: 'A001',
  },
  {
    of: 'a line that no window serves waits for its name',
    window: { id: 'w1', lines: ['medical'] },
    waiting: [waits('A001', 1, { line: 'tax' })],
    next: undefined,
  },
  {
    of: 'the green window calls green ones alone',
    window: { id: 'w1', kinds: ['green'] },
    waiting: [waits('A001', 1), waits('A002', 2, due(100)), waits('A003', 3, green)],
    next: 'A003',
  },
  {
    of: 'a green appointment is called by either window',
    window: { id: 'w1', kinds: ['green'] },
    waiting: [waits('A001', 1), waits('A002', 2, { ...green, ...due(100) })],
    next: 'A002',
  },
  {
    of: 'a general window leaves green ones to the green window',
    window: { id: 'w1', kinds: ['general', 'appointment'] },
    waiting: [waits('A001', 1, green), waits('A002', 2)],
    callsSinceGreen: 9,
    next: 'A002',
  },
  {
    of: 'one that was sent here comes first of all',
    window: { id: 'w1', lines: ['medical'], kinds: ['general'] },
    waiting: [waits('A001', 1, due(90)), waits('A009', 9, { line: 'tax', sentTo: 'w1' })],
    next: 'A009',
  },
  {
    of: 'one that was sent to another open window is not for this one',
    open: [every, { id: 'w2' }],
    waiting: [waits('A001', 1, { sentTo: 'w2' }), waits('A002', 2)],
    next: 'A002',
  },
  {
    of: 'once that window calls no longer, it has its old place',
    open: [every],
    waiting: [waits('A001', 1, { sentTo: 'w2' }), waits('A002', 2)],
    next: 'A001',
  },
  {
    of: 'words that every object knows are words',
    window: { id: 'w1', lines: ['constructor'] },
    waiting: [waits('A001', 1, { line: 'toString' }), waits('A002', 2, { line: 'constructor' })],
    next: 'A002',
  },
];

test.each(cases)('Q1 next: $of', ({ waiting, next, window = every, open = [window], callsSinceGreen = 0 }) => {
  const calling = { now, open, greenEvery: 3, callsSinceGreen };
  expect(nextTicket(window, waiting, calling)?.ticket).toBe(next);
  expect(nextTicket(window, [...waiting].reverse(), calling)?.ticket).toBe(next);
});

describe('a ticket that is called by its number', () => {
  const medical: CallingWindow = { id: 'w1', lines: ['medical'] };
  const tax: CallingWindow = { id: 'w2', lines: ['tax'] };
  const ofTax = waits('A001', 1, { line: 'tax' });
  test.each([
    ['of what the window serves', medical, waits('A001', 1, { line: 'medical' }), [medical, tax], true],
    ['of a line that another open window serves', medical, ofTax, [medical, tax], false],
    ['of a line that no open window serves', medical, ofTax, [medical], true],
    ['of a kind that no open window serves', { id: 'w1', kinds: ['general'] }, waits('A001', 1, green), [], true],
    ['sent here', medical, { ...ofTax, sentTo: 'w1' }, [medical, tax], true],
    ['sent to another that is open', medical, { ...ofTax, line: 'medical', sentTo: 'w2' }, [medical, tax], false],
    ['sent to one that is not', medical, { ...ofTax, sentTo: 'w2' }, [medical], true],
  ] satisfies [string, CallingWindow, WaitingTicket, CallingWindow[], boolean][])(
    '%s',
    (_of, window, ticket, open, expected) => expect(mayCallByName(window, ticket, open)).toBe(expected),
  );
});

const LINES = ['medical', 'tax', 'housing'];
const KINDS = ['general', 'green', 'appointment'] as const;
const someWindow = (id: string): fc.Arbitrary<CallingWindow> =>
  fc.record({
    id: fc.constant(id),
    lines: fc.option(fc.subarray(LINES, { minLength: 1 }), { nil: undefined }),
    kinds: fc.option(fc.subarray([...KINDS], { minLength: 1 }), { nil: undefined }),
  });
const someWindows = fc.tuple(someWindow('w1'), someWindow('w2'), someWindow('w3'));
const someTickets = fc
  .array(
    fc.record({
      takenAt: fc.integer({ min: 0, max: 40 }).map((minute) => minute * MINUTE),
      line: fc.option(fc.constantFrom(...LINES), { nil: undefined }),
      green: fc.boolean(),
      appointment: fc.boolean(),
      dueAt: fc.option(
        fc.integer({ min: 80, max: 130 }).map((minute) => minute * MINUTE),
        { nil: undefined },
      ),
      sentTo: fc.option(fc.constantFrom('w1', 'w2', 'w3', 'w4'), { nil: undefined, freq: 8 }),
    }),
    { maxLength: 40 },
  )
  .map((list) =>
    list.map(({ dueAt, ...one }, i) => ({ ...one, ticket: `A${i}`, dueAt: one.appointment ? dueAt : undefined })),
  );
const greenEvery = fc.integer({ min: 1, max: 5 });

/** Lets windows call in turn until nobody waits whom one of them may call; answers the calls in order. */
function callAll(windows: readonly CallingWindow[], tickets: readonly WaitingTicket[], every: number) {
  const waiting = new Set(tickets);
  const calls: { readonly window: CallingWindow; readonly ticket: WaitingTicket; readonly before: WaitingTicket[] }[] =
    [];
  let callsSinceGreen = 0;
  for (let idle = 0, turn = 0; idle < windows.length; turn++) {
    const window = windows[turn % windows.length]!;
    const before = [...waiting];
    const ticket = nextTicket(window, before, { now, open: windows, greenEvery: every, callsSinceGreen });
    if (!ticket) {
      idle++;
      continue;
    }
    idle = 0;
    callsSinceGreen = ticket.green ? 0 : callsSinceGreen + 1;
    waiting.delete(ticket);
    calls.push({ window, ticket, before });
  }
  return { calls, left: [...waiting] };
}

test('everybody whom an open window may call is called, once, and nobody of another line or kind', () => {
  fc.assert(
    fc.property(someWindows, someTickets, greenEvery, (windows, tickets, every) => {
      const { calls, left } = callAll(windows, tickets, every);
      expect(new Set(calls.map(({ ticket }) => ticket)).size).toBe(calls.length);
      expect(calls.length + left.length).toBe(tickets.length);
      for (const { window, ticket } of calls) {
        if (ticket.sentTo === window.id) continue;
        expect(ticket.sentTo === undefined || !windows.some(({ id }) => id === ticket.sentTo)).toBe(true);
        if (ticket.line !== undefined && window.lines) expect(window.lines).toContain(ticket.line);
        const own = [ticket.green && 'green', ticket.appointment && 'appointment'].filter(Boolean);
        const kinds = own.length > 0 ? own : ['general'];
        if (window.kinds) expect(kinds.some((kind) => window.kinds!.some((one) => one === kind))).toBe(true);
      }
      // Whoever is left can be called by name, by any window, or was never for these.
      for (const ticket of left)
        for (const window of windows) expect(mayCallByName(window, ticket, windows)).toBe(true);
    }),
  );
});

test('nobody is overtaken but by those who were sent, due appointments and the share of the green', () => {
  fc.assert(
    fc.property(someTickets, greenEvery, (tickets, every) => {
      const { calls } = callAll([{ id: 'w1' }], tickets, every);
      for (const { ticket, before } of calls) {
        const isFirst = before.every((other) => compareTaken(ticket, other) <= 0);
        const isDue = ticket.dueAt !== undefined && ticket.dueAt <= now + 5 * MINUTE;
        expect(isFirst || isDue || ticket.sentTo === 'w1' || ticket.green || every === 1).toBe(true);
      }
    }),
  );
});

test('of every N calls one is a green ticket’s where one waits, unless appointments or sent ones take the place', () => {
  fc.assert(
    fc.property(someTickets, greenEvery, (tickets, every) => {
      const { calls } = callAll([{ id: 'w1' }], tickets, every);
      for (let i = 0; i + every <= calls.length; i++) {
        const run = calls.slice(i, i + every);
        const isPlain = ({ ticket }: (typeof calls)[number]): boolean =>
          ticket.sentTo !== 'w1' && !(ticket.dueAt !== undefined && ticket.dueAt <= now + 5 * MINUTE);
        if (run.every(isPlain) && run.at(-1)!.before.some(({ green: isGreen }) => isGreen))
          expect(run.some(({ ticket }) => ticket.green)).toBe(true);
      }
    }),
  );
});
