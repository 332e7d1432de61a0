// The queueing model's promise: what it calls too long mostly is, and it beats 'as in the half hour before'.
import { describe, expect, it } from 'vitest';
import { backtestQueue, printQueueScore, readBankCalls } from './queue.ts';

/** A usual promise of call centres; about half of the half hours of that month were beyond it. */
const TARGET_SECONDS = 60;

const calls = readBankCalls();
const absent = calls ? '' : ' (SKIPPED: no real data; set HALLPULSE_REAL_DATA to the folder that holds it)';

describe.skipIf(!calls)(`the queueing model on a bank’s call centre (F5)${absent}`, () => {
  it('is right where it says that people wait too long, and nearer than the half hour before', () => {
    const score = backtestQueue(calls!, TARGET_SECONDS);
    console.log(printQueueScore(score));
    expect(score.n).toBeGreaterThan(500);
    expect(score.error).toBeLessThan(score.previousError);
    expect(score.error).toBeLessThan(score.meanError);
    expect(score.rankCorrelation).toBeGreaterThan(score.previousRankCorrelation);
    // Three of four: a lead who is sent for nothing one time in four still goes the next time.
    expect(score.flaggedRightly / score.flagged).toBeGreaterThan(0.75);
    expect(score.advisedRightly / score.advised).toBeGreaterThan(0.75);
    expect(score.flaggedRightly / score.beyond).toBeGreaterThan(0.75);
  });
});
