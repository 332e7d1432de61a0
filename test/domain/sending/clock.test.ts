// When the hall's clock is believed: looks under clocks that jump, run on, come back, and machines that slept or were off.
import { expect, test } from 'vitest';
import { beginTrust, goOn, type Reading, type Trust } from '../../../domain/sending/clock.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
/** Minutes of both clocks. */
const read = ([wall, passed]: readonly [number, number]): Reading => ({ wall: wall * MINUTE, passed: passed * MINUTE });

test.each<readonly [string, readonly (readonly [number, number])[], string]>([
  [
    'runs as it should',
    [
      [0, 0],
      [1, 1],
      [60, 60],
    ],
    'yyy',
  ],
  [
    'is set by a little',
    [
      [0, 0],
      [11, 1],
      [3, 2],
    ],
    'yyy',
  ],
  [
    'is ahead by days for one look, and right again',
    [
      [0, 0],
      [7_200, 1],
      [2, 2],
    ],
    'yny',
  ],
  [
    'is ahead for good: it has held',
    [
      [0, 0],
      [7_200, 1],
      [7_205, 6],
      [7_214, 15],
      [7_215, 16],
      [7_216, 17],
    ],
    'ynnnyy',
  ],
  [
    'is behind by an hour for good',
    [
      [0, 0],
      [-59, 1],
      [-45, 15],
      [-44, 16],
    ],
    'ynny',
  ],
  [
    'jumps each time: each begins anew',
    [
      [0, 0],
      [7_200, 10],
      [90, 20],
      [5_000, 30],
      [9_000, 40],
    ],
    'ynnnn',
  ],
  [
    'jumps on and comes back late',
    [
      [0, 0],
      [7_200, 1],
      [10, 10],
      [700, 12],
      [30, 30],
    ],
    'ynyny',
  ],
  [
    'slept with the machine for a night',
    [
      [0, 0],
      [600, 1],
      [616, 17],
    ],
    'yny',
  ],
])('a clock that %s', (_what, looks, expected) => {
  let trust: Trust = beginTrust(read(looks[0]!), undefined);
  const said = [trust];
  for (const look of looks.slice(1)) said.push((trust = goOn(trust, read(look))));
  expect(said.map(({ doubted }) => (doubted ? 'n' : 'y')).join('')).toBe(expected);
});

test.each([
  ['was off for a weekend and a day', 4 * DAY, true],
  ['was off for a month', 30 * DAY, false],
  ['starts a little behind what it heard last', -10 * MINUTE, true],
  ['starts a day behind what it heard last', -DAY, false],
])('a hall that %s', (_what, off, isBelieved) => {
  const start = { wall: 1_000 * DAY, passed: 5 };
  const trust = beginTrust(start, start.wall - off);
  expect(trust.doubted === undefined).toBe(isBelieved);
  // No start is doubted for ever.
  const later = { wall: start.wall + 15 * MINUTE, passed: start.passed + 15 * MINUTE };
  expect(goOn(trust, later)).toEqual({ believed: later });
});
