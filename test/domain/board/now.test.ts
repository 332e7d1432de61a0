/** What the overview says at a moment: the day's phase, promises, windows, queue, alarms, comparison. */
import { describe, expect, it } from 'vitest';
import {
  countHeard,
  isUntouched,
  nextOpening,
  readComparison,
  readPhase,
  readPromises,
  readQueue,
  readWindows,
} from '../../../domain/board/now.ts';
import { createZone } from '../../../domain/calendar/zone.ts';
import { atClock, buildEmpty, buildOverview, MINUTE, NOW } from '../../client/fixture-overview.ts';

const zone = createZone('Asia/Shanghai');
const data = buildOverview();

describe('readPhase', () => {
  it.each([
    ['before midnight of the day', atClock(-1), 'before'],
    ['a minute before opening', atClock(8, 59), 'before'],
    ['the minute of opening', atClock(9), 'open'],
    ['the last minute before lunch', atClock(11, 59), 'open'],
    ['lunch', atClock(12), 'break'],
    ['the afternoon', atClock(14), 'open'],
    ['the minute of closing', atClock(18), 'after'],
    ['the last minute of the day', atClock(23, 59), 'after'],
    ['midnight: never shown as today', atClock(24), 'past'],
  ])('%s', (_name, now, expected) => {
    expect(readPhase(data.day, zone, now)).toBe(expected);
  });
  it('knows a day off and a day whose books are closed', () => {
    // Doors that open on a Saturday are open.
    expect(readPhase({ ...data.day, working: false }, zone, NOW)).toBe('open');
    expect(readPhase({ ...data.day, hours: [] }, zone, NOW)).toBe('off');
    expect(readPhase({ ...data.day, closed: true }, zone, NOW)).toBe('closed');
    expect(readPhase({ ...data.day, closed: true }, zone, atClock(25))).toBe('past');
  });
  it('names the next opening', () => {
    expect(nextOpening(data.day, 100)).toBe(540);
    expect(nextOpening(data.day, 540)).toBe(840);
    expect(nextOpening(data.day, 840)).toBeUndefined();
  });
});

describe('readPromises', () => {
  const promises = {
    finishedOnTime: 3,
    finishedPromised: 4,
    overdueBefore: 1,
    dueToday: [NOW - 1, NOW, NOW + 1],
    dueLater: [NOW + 9 * 60 * MINUTE],
  };
  it('a promise that ends exactly now still holds', () => {
    expect(readPromises(promises, 8, NOW)).toEqual({ overdue: 2, dueSoon: 2, nextDue: NOW, onTime: { n: 3, of: 6 } });
  });
  it('looks as far ahead as the threshold', () => {
    expect(readPromises(promises, 9, NOW).dueSoon).toBe(3);
  });
  it('has nothing to divide where nothing was promised', () => {
    const none = { finishedOnTime: 0, finishedPromised: 0, overdueBefore: 0, dueToday: [], dueLater: [] };
    expect(readPromises(none, 8, NOW)).toEqual({ overdue: 0, dueSoon: 0, onTime: { n: 0, of: 0 } });
  });
});

describe('windows and queue', () => {
  const base = { label: '01', station: 'hall', servedToday: 0 };
  it.each([
    ['idle', { status: 'open' as const }, { state: 'idle' }],
    [
      'busy up to the threshold',
      { status: 'open' as const, busySince: NOW - 15 * MINUTE },
      { state: 'busy', busyMinutes: 15 },
    ],
    ['over beyond it', { status: 'open' as const, busySince: NOW - 16 * MINUTE }, { state: 'over', busyMinutes: 16 }],
    [
      'paused with a ticket still in hand',
      { status: 'paused' as const, busySince: NOW - MINUTE },
      { state: 'busy', busyMinutes: 1 },
    ],
    ['closed', { status: 'closed' as const }, { state: 'closed' }],
    [
      'a clock that runs behind the event',
      { status: 'open' as const, busySince: NOW + 500 },
      { state: 'busy', busyMinutes: 0 },
    ],
  ])('%s', (_name, card, expected) => {
    expect(readWindows({ w01: { ...base, ...card } }, 15, NOW)).toEqual([{ id: 'w01', label: '01', ...expected }]);
  });

  it('orders windows by their labels', () => {
    const windows = {
      b: { ...base, label: '02', status: 'open' as const },
      a: { ...base, label: '10', status: 'open' as const },
    };
    expect(readWindows(windows, 15, NOW).map((window) => window.label)).toEqual(['02', '10']);
  });

  it('calls one long wait a queue too long', () => {
    expect(readQueue([NOW - 15 * MINUTE], data.thresholds, NOW)).toEqual({
      waiting: 1,
      longestMinutes: 15,
      over: false,
    });
    expect(readQueue([NOW - 16 * MINUTE], data.thresholds, NOW).over).toBe(true);
  });
});

describe('comparison, stations', () => {
  it('compares with the same minute, that minute included', () => {
    expect(readComparison(data.comparison!, 21, 641)).toEqual({ day: '2019-11-18', then: 19, difference: 2 });
    expect(readComparison(data.comparison!, 21, 640).then).toBe(17);
    expect(readComparison(data.comparison!, 0, 0)).toEqual({ day: '2019-11-18', then: 0, difference: 0 });
  });

  it('counts the stations of the profile that were heard from', () => {
    expect(countHeard(data.proof, 30, NOW)).toEqual({ heard: 14, total: 14 });
    expect(countHeard(data.proof, 5, NOW)).toEqual({ heard: 1, total: 14 });
  });

  it('knows a hall in which nothing has happened yet', () => {
    expect(isUntouched(buildEmpty())).toBe(true);
    expect(isUntouched(data)).toBe(false);
  });
});
