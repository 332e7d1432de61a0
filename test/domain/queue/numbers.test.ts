// The numbers on slips, and when they are given.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { speakTicket } from '../../../domain/board/topics/public-calls.ts';
import { toMinuteHours } from '../../../domain/calendar/working-hours.ts';
import { createZone } from '../../../domain/calendar/zone.ts';
import { ticketId } from '../../../domain/events/tickets.ts';
import { queueSettings } from '../../../domain/profile/queue.ts';
import { givesNumbers } from '../../../domain/queue/hours.ts';
import { formatNumber, prefixOf, readNumber } from '../../../domain/queue/number.ts';

test('a number is letters and three digits or more, and is read back as it was written', () => {
  expect([1, 42, 999, 1000].map((n) => formatNumber('A', n))).toEqual(['A001', 'A042', 'A999', 'A1000']);
  fc.assert(
    fc.property(fc.constantFrom('A', 'B', 'YB'), fc.integer({ min: 1, max: 99_999 }), (prefix, n) => {
      expect(readNumber(formatNumber(prefix, n))).toEqual({ prefix, n });
      // What the slip says is what is called out.
      expect(speakTicket(ticketId('2019-11-25', 'hall', formatNumber(prefix, n))!)).toEqual({
        number: formatNumber(prefix, n),
      });
    }),
  );
});

test.each(['', 'A', 'A01', 'a001', 'A0001', 'ABC001', 'A001/called/x', 'ended', '__proto__'])(
  '%j is no number of ours',
  (text) => expect(readNumber(text)).toBeUndefined(),
);

test('the letters go by the line, A where none are named', () => {
  const queue = { ...queueSettings({}), prefixes: { medical: 'B' } };
  expect([undefined, 'medical', 'tax', 'constructor', '__proto__'].map((line) => prefixOf(queue, line))).toEqual([
    'A',
    'B',
    'A',
    'A',
    'A',
  ]);
});

test('a ticket’s id tells day, station and number apart whatever the station is called, and is no longer than an id', () => {
  expect(ticketId('2019-11-25', 'hall', 'A001')).toBe('2019-11-25/hall/A001');
  expect(ticketId('2019-11-25', 'a/b%', 'A001')).toBe('2019-11-25/a%2Fb%25/A001');
  expect(ticketId('2019-11-25', 'x'.repeat(200), 'A001')).toBeUndefined();
});

test.each([
  ['08:59:59', 0, false],
  ['09:00:00', 0, true],
  ['11:59:59', 0, true],
  // At noon the doors close, and open again.
  ['12:00:00', 0, false],
  ['14:00:00', 0, true],
  ['11:55:00', 10, true],
  ['17:49:59', 10, true],
  ['17:50:00', 10, false],
  ['18:00:00', 0, false],
] as const)('at %s, %i minutes before the end: numbers are given is %s', (clock, before, expected) => {
  const hours = toMinuteHours([
    ['09:00', '12:00'],
    ['14:00', '18:00'],
  ]);
  const at = Date.parse(`2019-11-25T${clock}+08:00`);
  const zone = createZone('Asia/Shanghai');
  expect(givesNumbers(zone, '2019-11-25', hours, at, before)).toBe(expected);
  expect(givesNumbers(zone, '2019-11-25', [], at, before)).toBe(false);
});
