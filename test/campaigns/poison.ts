/** Bodies that no sender should send: names that mean something to the language, other things where texts belong, extreme dates, deep and wide. */
import { EVENT_TYPES, type EventType } from '../../domain/events/schema.ts';
import { samples } from '../domain/events/samples.ts';
import type { Chance as Numbers } from './chance.ts';

/** Whole numbers below a bound, and one of several. */
export interface Chance {
  below(bound: number): number;
  pick<T>(values: readonly T[]): T;
}

export function drawFrom(numbers: Numbers): Chance {
  const below = (bound: number) => numbers.between(0, bound - 1);
  return { below, pick: (values) => values[below(values.length)]! };
}

const NAMES = [
  ...Object.getOwnPropertyNames(Object.prototype),
  ...[
    'prototype',
    'hall',
    'meifeng',
    'c1',
    'c2',
    't1',
    't2',
    'w01',
    'x1',
    '',
    ' ',
    '\0',
    '\ud800',
    '😀',
    '/',
    '~1',
    '%2F',
  ],
  ...['-0', '1e9', 'NaN', 'null', 'undefined', '\u202e', '厅'.repeat(70), 'x'.repeat(200), 'x'.repeat(201)],
];
const MOMENTS = [
  '0000-01-01T00:00:00Z',
  '1990-01-01T00:00:00Z',
  '1989-12-31T23:59:59Z',
  '2019-02-29T10:00:00+08:00',
  '2020-02-29T10:00:00+08:00',
  '9999-12-31T23:59:59Z',
  '9999-12-31T23:59:59-12:00',
  '2026-13-01T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  'now',
];
const NUMBERS = [0, -1, -0, 1, 3, 5, 1.5, 1e9, 1e308, Number.MAX_SAFE_INTEGER, 2 ** 53];

/** Anything at all, of a bounded depth. */
function poison(chance: Chance, depth = 3): unknown {
  const kind = chance.below(depth > 0 ? 9 : 5);
  switch (kind) {
    case 0:
    case 1:
      return chance.pick(NAMES);
    case 2:
      return chance.pick(NUMBERS);
    case 3:
      return chance.pick([null, true, false]);
    case 4:
      return chance.pick(MOMENTS);
    case 5:
      return Array.from({ length: chance.below(5) }, () => poison(chance, depth - 1));
    case 6:
      return Array.from({ length: 300 }, (_, i) => i);
    case 7: {
      let deep: unknown = 1;
      for (let i = 0; i < 4 + chance.below(12); i++) deep = chance.below(2) === 0 ? [deep] : { a: deep };
      return deep;
    }
    default:
      return Object.fromEntries(
        Array.from({ length: chance.below(4) }, () => [chance.pick(NAMES), poison(chance, depth - 1)]),
      );
  }
}

/** A text that a JSON parser takes, though an object of this language could not hold it: a real `__proto__`. */
export function writeBody(events: readonly unknown[]): string {
  return JSON.stringify(events).replaceAll('"__KEY__"', '"__proto__"');
}

/** One event: mostly well-formed, with one to three of its parts poisoned; now and then nothing like an event. */
export function createPoison(chance: Chance, id: string, now: number): unknown {
  if (chance.below(20) === 0) return poison(chance);
  const type = chance.pick(EVENT_TYPES) as EventType;
  const data: Record<string, unknown> = { ...samples[type].good };
  for (const key of Object.keys(data))
    if (chance.below(4) === 0 && typeof data[key] === 'string') data[key] = chance.pick(NAMES);
  for (let n = chance.below(4); n > 0; n--) {
    const keys = [...Object.keys(data), 'station', 'owner', 'line', 'ticket', '__KEY__', 'constructor', 'toString'];
    data[chance.pick(keys)] = poison(chance);
  }
  const event: Record<string, unknown> = {
    specversion: '1.0',
    source: chance.pick(['//fuzz/a', '//fuzz/b', 'urn:hallpulse:hall', 'toString']),
    // Few ids, so that repeats, conflicts and voids meet.
    id: chance.below(3) === 0 ? `f${chance.below(500)}` : id,
    type,
    time: new Date(now - chance.below(3 * 86_400_000)).toISOString(),
    data,
  };
  if (type === 'hall.event.voided') Object.assign(data, { source: '//fuzz/a', id: `f${chance.below(500)}` });
  if (chance.below(8) === 0)
    event[chance.pick(['time', 'id', 'source', 'type', 'subject', 'data', 'specversion'])] = poison(chance);
  if (chance.below(10) === 0) event['time'] = chance.pick(MOMENTS);
  return event;
}
