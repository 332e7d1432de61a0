/** The rules of raising and ending: once, not flapping, quiet when the hall is shut, the same after a restart. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlarmCondition } from '../../../domain/alarms/conditions.ts';
import {
  EMPTY_MEMORY,
  MOST_OPEN_OF_KIND,
  stepAlarms,
  type AlarmMemory,
  type Opening,
} from '../../../domain/alarms/step.ts';
import type { AlarmEntry } from '../../../domain/board/entries.ts';
import { createZone, dayOf } from '../../../domain/calendar/zone.ts';
import type { AlarmEndReason } from '../../../domain/events/schema.ts';
import type { AlarmSettings } from '../../../domain/profile/profile.ts';

const zone = createZone('Asia/Shanghai');
const START = Date.parse('2019-11-25T10:00:00+08:00');
const settings: AlarmSettings = {
  kinds: {},
  raiseAfterSeconds: 30,
  endAfterSeconds: 60,
  restSeconds: 600,
  ratingHours: 2,
  lapsingHours: 3,
  sound: false,
  speech: false,
};

function condition(subject = 'w03', more: Partial<AlarmCondition> = {}): AlarmCondition {
  const reading = { waiting: 2, longestMinutes: 4 };
  const base = { kind: 'window-overtime' as const, station: 'hall', subject, proposal: 'send-lead', reading };
  return { ...base, key: `${more.kind ?? base.kind}:${subject}`, ...more };
}

/** A hall of nothing but alarms: what a step says is put on its board, as the ledger and the fold would. */
class Hall {
  readonly alarms = new Map<string, AlarmEntry>();
  readonly told: { at: number; what: string; key: string; reason?: AlarmEndReason }[] = [];
  memory: AlarmMemory = EMPTY_MEMORY;

  look(seconds: number, conditions: readonly AlarmCondition[], opening: Opening = 'open'): void {
    const now = START + seconds * 1000;
    const step = stepAlarms(this.memory, { now, zone, opening, conditions, alarms: this.alarms, settings });
    this.memory = step.memory;
    for (const {
      id,
      condition: { key, kind, station, subject, since, reading },
    } of step.raised) {
      expect(this.alarms.has(id), 'an id is used once').toBe(false);
      const entry = { day: dayOf(zone, now), kind, station, subject, raisedAt: now, before: reading };
      this.alarms.set(id, { ...entry, ...(since === undefined ? {} : { since }) });
      this.told.push({ at: seconds, what: 'raised', key });
    }
    for (const { id, reason } of step.ended) this.end(id, seconds, reason);
  }

  end(id: string, seconds: number, reason: AlarmEndReason): void {
    const alarm = this.alarms.get(id)!;
    this.alarms.set(id, { ...alarm, endedAt: START + seconds * 1000, endReason: reason });
    this.told.push({ at: seconds, what: 'ended', key: `${alarm.kind}:${alarm.subject}`, reason });
  }

  openIds(): string[] {
    return [...this.alarms].filter(([, { endedAt }]) => endedAt === undefined).map(([id]) => id);
  }

  say(): string {
    return this.told.map(({ at, what, reason }) => `${at} ${reason ?? what}`).join(', ');
  }
}

describe('an alarm', () => {
  it('A8 is raised once a thing has been wrong for a while, and not again while it is open', () => {
    const hall = new Hall();
    for (const at of [0, 10, 29, 30, 31, 90, 700, 2000]) hall.look(at, [condition()]);
    expect(hall.say()).toBe('30 raised');
    expect(hall.openIds()).toEqual(['window-overtime:w03:2019-11-25T10:00']);
  });

  it('A8 is not raised by what comes and goes', () => {
    const hall = new Hall();
    for (let at = 0; at < 600; at += 10) hall.look(at, at % 30 === 0 ? [] : [condition()]);
    expect(hall.say()).toBe('');
  });

  it('A9 ends by itself once things have been well for a while, and a relapse starts that anew', () => {
    const hall = new Hall();
    hall.look(0, [condition()]);
    hall.look(30, [condition()]);
    hall.look(40, []);
    hall.look(90, [condition()]);
    hall.look(100, []);
    hall.look(159, []);
    expect(hall.say()).toBe('30 raised');
    hall.look(160, []);
    expect(hall.say()).toBe('30 raised, 160 cleared');
  });

  it('A10 rests after its end', () => {
    const hall = new Hall();
    hall.look(0, [condition()]);
    hall.look(30, [condition()]);
    hall.look(40, []);
    hall.look(100, []);
    for (let at = 110; at <= 720; at += 10) hall.look(at, [condition()]);
    expect(hall.say()).toBe('30 raised, 100 cleared, 700 raised');
  });

  it('A11 that somebody ended stays ended while it is the same thing, and comes back for a new one', () => {
    const hall = new Hall();
    const same = condition('w03', { since: START - 900_000 });
    hall.look(0, [same]);
    hall.look(30, [same]);
    hall.end(hall.openIds()[0]!, 60, 'by-hand');
    for (const at of [700, 1400, 4000]) hall.look(at, [same]);
    expect(hall.say()).toBe('30 raised, 60 by-hand');
    const next = condition('w03', { since: START + 4_000_000 });
    hall.look(5000, [next]);
    hall.look(5030, [next]);
    expect(hall.say()).toMatch(/5000 raised$|5030 raised$/);
  });

  it('A11 that stands for several comes back only for more of them', () => {
    const hall = new Hall();
    const of = (things: number) =>
      condition('hall', { kind: 'promise-lapsing', reading: { waiting: 0, longestMinutes: 0, things } });
    hall.look(0, [of(3)]);
    hall.look(30, [of(3)]);
    hall.end(hall.openIds()[0]!, 60, 'by-hand');
    for (const at of [700, 760]) hall.look(at, [of(2)]);
    expect(hall.openIds()).toEqual([]);
    for (const at of [800, 840]) hall.look(at, [of(4)]);
    expect(hall.openIds()).toHaveLength(1);
  });

  it('A11 that stood for more when it was ended comes back only for more than then', () => {
    const hall = new Hall();
    const of = (things: number) =>
      condition('hall', { kind: 'promise-lapsing', reading: { waiting: 0, longestMinutes: 0, things } });
    hall.look(0, [of(1)]);
    hall.look(30, [of(1)]);
    const id = hall.openIds()[0]!;
    hall.end(id, 60, 'by-hand');
    hall.alarms.set(id, { ...hall.alarms.get(id)!, after: of(10).reading });
    for (const at of [700, 760]) hall.look(at, [of(10)]);
    expect(hall.openIds()).toEqual([]);
    for (const at of [800, 840]) hall.look(at, [of(11)]);
    expect(hall.openIds()).toHaveLength(1);
  });

  it('A12 is not raised at noon nor when the hall is shut, and what is open ends with closing', () => {
    const hall = new Hall();
    hall.look(0, [condition()], 'shut');
    hall.look(100, [condition()], 'shut');
    hall.look(110, [condition()], 'break');
    hall.look(210, [condition()], 'break');
    expect(hall.say()).toBe('');
    hall.look(220, [condition()]);
    hall.look(230, [condition()], 'break');
    expect(hall.say()).toBe('220 raised');
    hall.look(300, [condition()], 'shut');
    hall.look(400, [condition()], 'shut');
    expect(hall.say()).toBe('220 raised, 300 closing');
  });

  it('A13 of one kind is raised a few times at most', () => {
    const hall = new Hall();
    const many = Array.from({ length: 40 }, (_, i) => condition(`w${i}`));
    for (const at of [0, 30, 60]) hall.look(at, many);
    expect(hall.openIds()).toHaveLength(MOST_OPEN_OF_KIND);
  });

  it('A4 is over when it has been open for long enough, whatever is still so', () => {
    const hall = new Hall();
    const rating = condition('f1', { kind: 'poor-rating', since: START - 1000 });
    hall.look(0, [rating]);
    hall.look(30, [rating]);
    hall.look(7230, [{ ...rating, isOver: true }]);
    hall.look(9000, [rating]);
    expect(hall.say()).toBe('30 raised, 7230 expired');
  });

  it('A14 of somebody else is theirs to end', () => {
    const hall = new Hall();
    hall.alarms.set('cctv-7', {
      day: '2019-11-25',
      kind: 'window-overtime',
      station: 'hall',
      subject: 'w03',
      raisedAt: START,
    });
    for (const at of [0, 100, 200]) hall.look(at, [], at === 200 ? 'shut' : 'open');
    expect(hall.say()).toBe('');
  });
});

/** Any way in which two things can go on and off, at any pace of looking. */
const jitter = fc.array(
  fc.record({ seconds: fc.integer({ min: 1, max: 400 }), a: fc.boolean(), b: fc.boolean(), byHand: fc.boolean() }),
  { minLength: 1, maxLength: 120 },
);

function play(looks: readonly { seconds: number; a: boolean; b: boolean; byHand: boolean }[], restart?: number): Hall {
  const hall = new Hall();
  let at = 0;
  looks.forEach(({ seconds, a, b, byHand }, i) => {
    at += seconds;
    if (i === restart) hall.memory = EMPTY_MEMORY;
    hall.look(at, [...(a ? [condition('a')] : []), ...(b ? [condition('b')] : [])]);
    if (byHand) for (const id of hall.openIds()) hall.end(id, at, 'by-hand');
  });
  return hall;
}

describe('for any jitter', () => {
  it('A10 an alarm is raised at most once in a rest, and only after the one before has ended', () => {
    fc.assert(
      fc.property(jitter, fc.option(fc.nat(119), { nil: undefined }), (looks, restart) => {
        const hall = play(looks, restart);
        for (const key of ['window-overtime:a', 'window-overtime:b']) {
          const told = hall.told.filter((one) => one.key === key);
          told.forEach(({ what, at }, i) => {
            expect(what).toBe(i % 2 === 0 ? 'raised' : 'ended');
            if (what === 'raised' && i > 0) expect(at - told[i - 1]!.at).toBeGreaterThanOrEqual(settings.restSeconds);
          });
        }
      }),
      { numRuns: 300 },
    );
  });

  it('A15 the same looks give the same alarms', () => {
    fc.assert(
      fc.property(jitter, (looks) => {
        expect(play(looks).told).toEqual(play(looks).told);
      }),
    );
  });
});
