// The queueing model's promise: what it calls too long mostly is, and it beats 'as in the half hour before'.
import { describe, expect, it } from 'vitest';
import { backtestQueue, BANK_TARGET_SECONDS, findQueueFaults, printQueueScore, readBankCalls } from './queue.ts';

const calls = readBankCalls();
const absent = calls ? '' : ' (SKIPPED: no real data; set HALLPULSE_REAL_DATA to the folder that holds it)';

describe.skipIf(!calls)(`the queueing model on a bank’s call centre (F5)${absent}`, () => {
  it('is right where it says that people wait too long, and nearer than the half hour before', () => {
    const score = backtestQueue(calls!, BANK_TARGET_SECONDS);
    console.log(printQueueScore(score));
    expect(score.n).toBeGreaterThan(500);
    expect(score.advised).toBeGreaterThan(50);
    expect(findQueueFaults(score)).toEqual([]);
  });
});
