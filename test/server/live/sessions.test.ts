/** How many sessions may be held: counted by what vouches for them, and none keeps out one that has a token. */
import { describe, expect, test } from 'vitest';
import { limitSessions, Sessions, type Place } from '../../../server/live/sessions.ts';

const limits = { most: { polling: 2, waiting: 3, tokenless: 2, token: 3 }, mostPolling: 3, mostInAll: 10 };
const place = (kind: Place['kind'], account = 'a', hasToken = kind === 'token'): Place => ({ kind, account, hasToken });
const fill = (sessions: Sessions<string>, count: number, where: Place): void => {
  for (let i = 0; i < count; i++) sessions.enter(`${where.kind}-${where.account}-${i}`, where);
};

describe('an account', () => {
  test.each(['polling', 'tokenless', 'token'] as const)('of kind %s is full by itself, and no other is', (kind) => {
    const sessions = new Sessions<string>(limits);
    fill(sessions, limits.most[kind], place(kind));
    expect(sessions.findRefusal(place(kind))).toBe('account');
    expect(sessions.mayMove(place(kind))).toBe(false);
    expect(sessions.findRefusal(place(kind, 'b'))).toBeUndefined();
    sessions.leave(`${kind}-a-0`);
    expect(sessions.findRefusal(place(kind))).toBeUndefined();
  });

  test('of those that wait is never full: the oldest gives way', () => {
    const sessions = new Sessions<string>(limits);
    fill(sessions, 3, place('waiting'));
    expect(sessions.findRefusal(place('waiting'))).toBeUndefined();
    expect(sessions.enter('new', place('waiting'))).toEqual(['waiting-a-0']);
    expect(sessions.enter('elsewhere', place('waiting', 'b'))).toEqual([]);
  });

  test('may be called anything', () => {
    const sessions = new Sessions<string>(limits);
    for (const account of ['__proto__', 'constructor', '', 'tokenless a']) {
      fill(sessions, 2, place('tokenless', account));
      expect(sessions.findRefusal(place('tokenless', account))).toBe('account');
      for (const id of [0, 1]) sessions.leave(`tokenless-${account}-${id}`);
      expect(sessions.findRefusal(place('tokenless', account))).toBeUndefined();
    }
  });
});

describe('the hall', () => {
  test('is full for those without a token at the half, and for those with one at the whole', () => {
    const sessions = new Sessions<string>(limits);
    for (const account of ['a', 'b', 'c']) fill(sessions, 2, place('tokenless', account));
    expect(sessions.findRefusal(place('tokenless', 'd'))).toBe('hall');
    expect(sessions.findRefusal(place('waiting', 'd'))).toBe('hall');
    fill(sessions, 3, place('token', 'x'));
    expect(sessions.findRefusal(place('token', 'y'))).toBeUndefined();
    fill(sessions, 3, place('token', 'y'));
    expect(sessions.findRefusal(place('token', 'z'))).toBe('hall');
  });

  test('has few places for those that poll without a token', () => {
    const sessions = new Sessions<string>(limits);
    fill(sessions, 2, place('polling', 'a'));
    fill(sessions, 1, place('polling', 'b'));
    expect(sessions.findRefusal(place('polling', 'c'))).toBe('hall');
    expect(sessions.findRefusal(place('polling', 't', true))).toBeUndefined();
    expect(sessions.findRefusal(place('tokenless', 'c'))).toBeUndefined();
  });

  test('counts a session once wherever it moves, and not at all once it has left', () => {
    const sessions = new Sessions<string>(limits);
    for (let round = 0; round < 100; round++) {
      sessions.enter('one', place('polling'));
      sessions.enter('one', place('waiting'));
      sessions.enter('one', place('tokenless'));
      sessions.enter('one', place('token'));
      expect(sessions.placeOf('one')).toEqual(place('token'));
      sessions.leave('one');
      sessions.leave('one');
    }
    fill(sessions, 2, place('tokenless'));
    fill(sessions, 2, place('tokenless', 'b'));
    expect(sessions.findRefusal(place('tokenless', 'c'))).toBeUndefined();
  });
});

test('a thousand walls with one token have room on the smallest machine, and tokens keep half of it', () => {
  for (const heap of [64e6, 512e6, 2e9, 16e9]) {
    const { most, mostInAll } = limitSessions(heap);
    expect(most.token).toBeGreaterThanOrEqual(1_000);
    expect(most.waiting).toBeGreaterThanOrEqual(1_000);
    expect(mostInAll / 2).toBeGreaterThanOrEqual(1_000);
  }
});
