/** The queueing model against values from its literature, and the advice that is drawn from it. */
import { describe, expect, it } from 'vitest';
import {
  adviseWindow,
  erlangC,
  predictWaitMs,
  settledQueue,
  type WindowQuestion,
} from '../../../domain/forecast/queue.ts';

const MINUTE = 60_000;

describe('waits (F4)', () => {
  // By hand from C(c, a) = (aᶜ/c! · c/(c − a)) ÷ (Σₖ aᵏ/k! + aᶜ/c! · c/(c − a)).
  it.each([
    [1, 0.5, 1 / 2],
    [1, 0.9, 0.9],
    [2, 1, 1 / 3],
    [2, 1.5, 9 / 14],
    [3, 2, 4 / 9],
    [3, 2.5, 0.7022],
    [5, 4, 0.5541],
    [10, 8, 0.4092],
  ])('Erlang’s C of %d servers under %d is %d', (servers, offered, expected) => {
    expect(erlangC(servers, offered)).toBeCloseTo(expected, 4);
  });

  it('knows the ends: nobody waits where nobody comes, all do where the load is as large as the servers', () => {
    expect(erlangC(3, 0)).toBe(0);
    expect(erlangC(3, 3)).toBe(1);
    expect(settledQueue(3, 3, 1)).toBe(Infinity);
  });

  it('is exact for one server: Pollaczek and Khinchine’s ρ²(1 + cv²) ÷ 2(1 − ρ)', () => {
    for (const cv of [0, 0.5, 1, 2])
      expect(settledQueue(1, 0.8, cv)).toBeCloseTo((0.64 * (1 + cv * cv)) / (2 * 0.2), 10);
  });

  it('waits ρ ÷ (μ − λ) at one window: 4 an hour, ten minutes each', () => {
    // Little's law: so many people wait, and so many come an hour.
    expect(settledQueue(1, 4 / 6, 1) / 4).toBeCloseTo(20 / 60, 10);
    expect(settledQueue(1, 0, 1)).toBe(0);
    const nobody = { arrivalsPerHour: 0, serviceMeanMs: 10 * MINUTE, serviceCv: 1, servers: 1 };
    expect(predictWaitMs(nobody, 0)).toBe(0);
  });

  it('predicts what settles where the queue stands as it settles', () => {
    const load = { arrivalsPerHour: 22.8, serviceMeanMs: 10 * MINUTE, serviceCv: 1, servers: 4 };
    // Those in the system when it has settled, less the four at a window.
    const standing = settledQueue(4, 3.8, 1) + 3.8 - 4;
    const settled = (settledQueue(4, 3.8, 1) / load.arrivalsPerHour) * 60 * MINUTE;
    expect(predictWaitMs(load, standing) / settled).toBeGreaterThan(0.9);
    expect(predictWaitMs(load, standing) / settled).toBeLessThan(1.1);
  });

  it('lets a crowd melt: thirty before five windows of six minutes take half an hour and more', () => {
    // Nobody new: the queue falls from 30 by 25 in half an hour, so the wait goes from 36 to 6 minutes.
    const load = { arrivalsPerHour: 0.001, serviceMeanMs: 6 * MINUTE, serviceCv: 1, servers: 5 };
    expect(predictWaitMs(load, 30) / MINUTE).toBeGreaterThan(18);
    expect(predictWaitMs(load, 30) / MINUTE).toBeLessThan(24);
  });

  it('shortens with a window more, with fewer who wait, and with people who leave', () => {
    const load = { arrivalsPerHour: 40, serviceMeanMs: 8 * MINUTE, serviceCv: 0.8, servers: 5 };
    const wait = predictWaitMs(load, 10);
    expect(predictWaitMs({ ...load, servers: 6 }, 10)).toBeLessThan(wait);
    expect(predictWaitMs(load, 4)).toBeLessThan(wait);
    expect(predictWaitMs({ ...load, patienceMs: 10 * MINUTE }, 10)).toBeLessThan(wait);
  });
});

describe('advice to open a window (F4)', () => {
  const busy: WindowQuestion = {
    arrivalsPerHour: 42,
    serviceMeanMs: 8 * MINUTE,
    serviceCv: 0.8,
    serviceN: 120,
    openWindows: 5,
    waiting: 12,
    targetWaitMs: 15 * MINUTE,
  };

  it('asks for one where people will wait beyond the target, and says what it would do', () => {
    const { open, waitMs, waitWithOneMoreMs } = adviseWindow(busy);
    expect(open).toBe(true);
    expect(waitMs).toBeGreaterThan(busy.targetWaitMs);
    expect(waitWithOneMoreMs).toBeLessThan(waitMs * 0.75);
  });

  it.each([
    ['the wait stays within the target', { arrivalsPerHour: 20, waiting: 0 }],
    ['too few services are known', { serviceN: 19 }],
    ['it may be chance: few services of very different length', { serviceN: 20, serviceCv: 2 }],
    ['one more changes little', { openWindows: 30, arrivalsPerHour: 300, waiting: 60 }],
    ['nobody comes', { arrivalsPerHour: 0, waiting: 0 }],
  ])('asks for none where %s', (_why, change) => {
    expect(adviseWindow({ ...busy, ...change }).open).toBe(false);
  });

  it('asks for one where none is open and somebody waits', () => {
    expect(adviseWindow({ ...busy, openWindows: 0, waiting: 1, arrivalsPerHour: 4 })).toMatchObject({
      open: true,
      waitMs: Infinity,
    });
  });
});
