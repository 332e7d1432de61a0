import { expect, test } from 'vitest';
import { isOver, keepMoment, writeClock, type Moment } from '../../../client/panels/moment.ts';
import { zh } from '../../../client/words/wall.ts';
import type { Phase } from '../../../domain/board/now.ts';
import { createZone, momentOf } from '../../../domain/calendar/zone.ts';

const zone = createZone('Asia/Shanghai');
const start = momentOf(zone, '2019-11-25', 630);
const at = (seconds: number, more: Partial<Moment> = {}): Moment => ({
  now: start + seconds * 1000,
  zone,
  phase: 'open',
  minute: 630 + Math.floor(seconds / 60),
  ...more,
});

test.each([
  ['a second later', at(0), at(1), true],
  ['nearly ten seconds later', at(0), at(9.9), true],
  ['ten seconds later', at(0), at(10), false],
  ['the next minute', at(59), at(60), false],
  ['another phase', at(0), at(1, { phase: 'closed' }), false],
  ['a day that is over', at(0), at(1, { phase: 'past', minute: 1440 }), false],
  ['another zone', at(0), at(1, { zone: createZone('Asia/Tokyo') }), false],
  ['a clock that was put back', at(1), at(0), false],
])('a picture is read anew for %s: %#', (_name, earlier, later, isKept) => {
  expect(keepMoment(earlier, later)).toBe(isKept ? earlier : later);
});

test.each([
  [630, '10:30'],
  [-20, '11月24日 23:40'],
])('a clock of another day bears its date: minute %d', (minute, expected) => {
  expect(writeClock(momentOf(zone, '2019-11-25') + minute * 60_000, at(0), zh)).toBe(expected);
});

test.each<[Phase, boolean]>([
  ['before', false],
  ['open', false],
  ['break', false],
  ['off', false],
  ['after', true],
  ['closed', true],
  ['past', true],
])('a day that is %s has had its last hour: %s', (phase, expected) => {
  expect(isOver({ phase })).toBe(expected);
});

test('the first moment is taken', () => expect(keepMoment(undefined, at(0))).toEqual(at(0)));
