/** The hall's clock at a desk: told by the server, kept by the machine's steady clock, whatever its date does. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeskClock } from '../../../client/desk/clock.ts';

const TRUE_START = Date.UTC(2026, 10, 26, 1);
const MINUTE = 60_000;

/** A machine in true time: its date may be off, and its steady clock stands still while it sleeps. */
class Machine {
  trueMs = TRUE_START;
  steadyMs = 5_000;
  offMs = 0;
  readonly clock: DeskClock;

  constructor(offMs = 0) {
    this.offMs = offMs;
    this.clock = new DeskClock({ date: () => this.trueMs + this.offMs, steady: () => this.steadyMs });
  }

  pass(ms: number): void {
    this.trueMs += ms;
    this.steadyMs += ms;
  }

  sleep(ms: number): void {
    this.trueMs += ms;
  }

  /** The server's answer, of which its clock is read after `thereMs` and which takes `backMs` more. */
  hear(thereMs = 0, backMs = 0): void {
    const askedAt = this.clock.mark();
    this.pass(thereMs);
    const told = this.trueMs;
    this.pass(backMs);
    this.clock.hear(told, askedAt, false);
  }

  get error(): number {
    return this.clock.read() - this.trueMs;
  }
}

describe('the desk’s clock', () => {
  it('is this PC’s date only until the server has spoken', () => {
    const machine = new Machine(6 * MINUTE);
    expect([machine.error, machine.clock.isSet, machine.clock.doubt]).toEqual([6 * MINUTE, false, 0]);
    machine.hear();
    expect([machine.error, machine.clock.isSet, machine.clock.doubt]).toEqual([0, true, undefined]);
  });

  it.each<[string, (machine: Machine) => void, number, boolean]>([
    ['an hour', (machine) => machine.pass(60 * MINUTE), 0, true],
    ['a date set back', (machine) => (machine.offMs -= 60 * MINUTE), 0, false],
    ['a date put right by six minutes', (machine) => (machine.offMs = 0), 0, false],
    ['a night’s sleep', (machine) => machine.sleep(13 * 60 * MINUTE), 0, false],
    ['a correction of half a second', (machine) => (machine.offMs += 500), 0, true],
    // Nothing tells it from a sleep.
    ['a date set ahead', (machine) => (machine.offMs += 10 * MINUTE), 10 * MINUTE, false],
  ])('after %s', (_name, happen, error, isSure) => {
    const machine = new Machine(6 * MINUTE);
    machine.hear();
    machine.pass(1_000);
    machine.clock.read();
    happen(machine);
    expect(machine.error).toBe(error);
    expect(machine.clock.doubt === undefined).toBe(isSure);
    machine.hear();
    expect([machine.error, machine.clock.doubt]).toEqual([0, undefined]);
  });

  it('takes back what it took for a sleep when the date goes back, and no more', () => {
    const machine = new Machine();
    machine.hear();
    machine.offMs = 10 * MINUTE;
    expect(machine.error).toBe(10 * MINUTE);
    machine.offMs = -5 * MINUTE;
    expect(machine.error).toBe(0);
  });

  it('has a new doubt for each jump, and the same one in between', () => {
    const machine = new Machine();
    machine.hear();
    machine.offMs = MINUTE;
    const first = machine.clock.doubt;
    machine.pass(MINUTE);
    expect(machine.clock.doubt).toBe(first);
    machine.offMs = -MINUTE;
    expect(machine.clock.doubt).not.toBe(first);
  });

  it('is off by no more than half of the answer’s way, and a slow answer spoils no good one', () => {
    const machine = new Machine();
    machine.hear(900, 0);
    expect(Math.abs(machine.error)).toBe(450);
    machine.hear(10, 10);
    expect(machine.error).toBe(0);
    machine.hear(0, 9_000);
    expect(machine.error).toBe(0);
    // One that what is known cannot be true beside counts, however slow.
    machine.trueMs += 5 * MINUTE;
    machine.offMs -= 5 * MINUTE;
    machine.hear(0, 2_000);
    expect(Math.abs(machine.error)).toBeLessThanOrEqual(1_000);
  });

  it('remembers over a reload how far the hall’s clock was from the PC’s', () => {
    const machine = new Machine(-6 * MINUTE);
    machine.hear();
    const { aheadMs } = machine.clock;
    const next = new Machine(-6 * MINUTE);
    next.clock.recall(aheadMs);
    expect([next.error, next.clock.doubt === undefined]).toEqual([0, false]);
  });

  it('follows a demonstration’s pace', () => {
    const machine = new Machine();
    const told = () => TRUE_START + (machine.trueMs - TRUE_START) * 60;
    for (let i = 0; i < 4; i++) {
      machine.clock.hear(told(), machine.clock.mark(), true);
      machine.pass(10_000);
    }
    expect(Math.abs(machine.clock.read() - told())).toBeLessThan(1_000);
  });

  it('is right after any sleeps, and any settings of the date that are put right, once the server has spoken', () => {
    const step = fc.oneof(
      fc.record({ type: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 3_600_000 }) }),
      fc.record({ type: fc.constant('sleep' as const), ms: fc.integer({ min: 0, max: 86_400_000 }) }),
      fc.record({ type: fc.constant('set' as const), ms: fc.integer({ min: -86_400_000, max: 86_400_000 }) }),
      fc.record({ type: fc.constant('hear' as const), ms: fc.integer({ min: 0, max: 400 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const machine = new Machine();
        machine.hear();
        for (const { type, ms } of steps) {
          if (type === 'pass') machine.pass(ms);
          else if (type === 'sleep') machine.sleep(ms);
          else if (type === 'set') machine.offMs = ms;
          else machine.hear(ms, ms);
          machine.clock.read();
        }
        machine.hear();
        expect(Math.abs(machine.error)).toBe(0);
        // From then on only setting the date ahead can lead it astray.
        machine.sleep(1_000_000);
        machine.offMs -= 5_000;
        machine.pass(2_000_000);
        expect(machine.error).toBeLessThanOrEqual(0);
        expect(machine.error).toBeGreaterThanOrEqual(-5_000);
      }),
    );
  });
});
