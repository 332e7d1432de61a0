// At most two play past moments at once; a seat that is left is free again.
import { expect, test } from 'vitest';
import { createPlayers } from '../../../server/past/players.ts';

test('a third waits until one of two has not asked for a while', () => {
  let now = 0;
  const players = createPlayers(() => now);
  expect([players.admit('one'), players.admit('two'), players.admit('three')]).toEqual([true, true, false]);
  now = 4_000;
  expect([players.admit('one'), players.admit('three')]).toEqual([true, false]);
  now = 6_000;
  expect([players.admit('three'), players.admit('one'), players.admit('two')]).toEqual([true, true, false]);
});
