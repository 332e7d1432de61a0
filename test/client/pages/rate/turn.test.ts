// What a tablet shows: each word of the server and each tap, in the order in which they may come.
import { expect, test } from 'vitest';
import {
  IDLE,
  REASONS_MS,
  stepTurn,
  THANKS_MS,
  type Turn,
  type TurnInput,
} from '../../../../client/pages/rate/turn.ts';

const asking = (round: string): TurnInput => ({ type: 'told', state: { state: 'asking', round, until: 0 } });
const idle: TurnInput = { type: 'told', state: { state: 'idle' } };
const thanks: TurnInput = { type: 'told', state: { state: 'thanks', round: 'a' } };
const tap = (score: 1 | 2 | 3 | 4 | 5): TurnInput => ({ type: 'tapped', score });
const rated: TurnInput = { type: 'rated' };

/** Each step at its own ms; a number stands for the passing of so much time. */
function play(...steps: readonly (TurnInput | number)[]): Turn {
  let now = 0;
  let turn: Turn = IDLE;
  for (const step of steps) {
    if (typeof step === 'number') now += step;
    turn = stepTurn(turn, typeof step === 'number' ? { type: 'passed' } : step, now);
  }
  return turn;
}

test.each<[string, readonly (TurnInput | number)[], Partial<Turn>]>([
  ['is asked', [asking('a')], { type: 'asking', round: 'a' }],
  ['is told that the next was called', [asking('a'), idle], { type: 'idle' }],
  ['was rated at another tablet of the window', [asking('a'), thanks], { type: 'idle' }],
  ['taps', [asking('a'), tap(5)], { type: 'sending', score: 5 }],
  ['taps twice: the first counts', [asking('a'), tap(5), tap(1)], { type: 'sending', score: 5 }],
  ['taps where nobody is asked', [tap(5)], { type: 'idle' }],
  ['is thanked', [asking('a'), tap(4), thanks, rated], { type: 'thanks', isHeard: false }],
  ['is thanked for its time', [asking('a'), tap(4), rated, THANKS_MS - 1], { type: 'thanks' }],
  ['and no longer', [asking('a'), tap(4), rated, THANKS_MS], { type: 'idle' }],
  ['is asked why', [asking('a'), tap(2), rated], { type: 'reasons', round: 'a' }],
  ['is asked why, also when the next is called', [asking('a'), tap(2), rated, idle], { type: 'reasons' }],
  ['gave reasons', [asking('a'), tap(1), rated, { type: 'explained' }], { type: 'thanks', isHeard: true }],
  ['gave none', [asking('a'), tap(1), rated, { type: 'skipped' }], { type: 'thanks', isHeard: true }],
  ['went away', [asking('a'), tap(1), rated, REASONS_MS], { type: 'idle' }],
  [
    'touches, and has time again',
    [asking('a'), tap(1), rated, REASONS_MS - 1, { type: 'touched' }, REASONS_MS - 1],
    { type: 'reasons' },
  ],
  ['makes room for the next who is asked', [asking('a'), tap(1), rated, asking('b')], { type: 'asking', round: 'b' }],
  ['is asked again what stands there already', [asking('a'), tap(5), asking('a')], { type: 'sending' }],
  ['was not heard', [asking('a'), tap(5), { type: 'unsent' }], { type: 'asking', problem: 'again' }],
  ['was too late', [asking('a'), tap(5), { type: 'refused' }], { type: 'over' }],
  ['gave reasons too late', [asking('a'), tap(1), rated, { type: 'refused' }], { type: 'thanks' }],
])('whoever %s', (_name, steps, expected) => {
  expect(play(...steps)).toMatchObject(expected);
});
