// Whatever comes in, whenever: what a day was frozen with, and what counts as a correction of it, is what the oracle makes of the arrivals.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../../domain/calendar/zone.ts';
import type { HallEvent } from '../../../domain/events/event.ts';
import { figuresOf } from '../../../domain/frozen/figures.ts';
import { oracleMeasures } from '../../oracle/oracle.ts';
import { at, openFrozenHall } from './frozen-hall.ts';

const FIRST = '2019-11-25';
const STATIONS = ['hall', 'meifeng', 'xinge'];
const minute = fc.integer({ min: 0, max: 4 * 1_440 - 1 });
const clock = (minutes: number): string => {
  const rest = minutes % 1_440;
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${addDays(FIRST, Math.floor(minutes / 1_440))} ${two(Math.floor(rest / 60))}:${two(rest % 60)}`;
};

/** Something that happened at one minute and comes in at another, not before it. */
const arrival = fc
  .record({
    happened: minute,
    late: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 3 * 1_440 })),
    kind: fc.constantFrom('accepted', 'finished', 'rated', 'voided', 'served' as const),
    which: fc.integer({ min: 0, max: 3 }),
    station: fc.constantFrom(...STATIONS),
  })
  .map((one) => ({ ...one, comes: one.happened + one.late }));
type Arrival = typeof arrival extends fc.Arbitrary<infer T> ? T : never;

test('L2, L5, Z1: frozen figures and corrections equal the oracle’s', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(arrival, { minLength: 1, maxLength: 25 }), async (arrivals) => {
      const hall = await openFrozenHall();
      try {
        // Nothing comes in before the hall stands, or after the last day is closed.
        const coming = arrivals.filter(({ comes }) => comes > 540 && comes < 4 * 1_440);
        const waiting = coming.sort((a, b) => a.comes - b.comes);
        for (const one of waiting) {
          await hall.runTo(clock(one.comes));
          await tell(hall, one);
        }
        await hall.runTo(clock(4 * 1_440 - 1));
        await check(hall);
      } finally {
        await hall.close();
      }
    }),
    { numRuns: 25 },
  );
});

async function tell(hall: Awaited<ReturnType<typeof openFrozenHall>>, one: Arrival): Promise<void> {
  const { kind, which, station } = one;
  const when = clock(one.happened);
  const subject = `c${which}`;
  switch (kind) {
    case 'accepted':
      return void (await hall.accept(subject, when, station));
    case 'finished':
      return void (await hall.tell('hall.case.finished', when, { case: subject, outcome: 'approved' }));
    case 'rated':
      return void (await hall.tell('hall.rating.given', when, { case: subject, station, score: 4, medium: 'pad' }));
    case 'served':
      return void (await hall.tell('hall.service.given', when, { station, kind: 'copying', count: which + 1 }));
    case 'voided':
      return void (await hall.tell('hall.event.voided', when, { source: 'urn:test:cases', id: `e${which}` }));
  }
}

async function check(hall: Awaited<ReturnType<typeof openFrozenHall>>): Promise<void> {
  const { config, zone } = hall;
  const events = await hall.ledger.read(0, 100_000);
  const arrivals = (upTo: number) =>
    events.filter(({ seq }) => seq <= upTo).map((event) => ({ event: event as HallEvent }));
  const frozen = await hall.frozen();
  expect(frozen.map(({ data }) => data.day)).toEqual([0, 1, 2].map((n) => addDays(FIRST, n)));
  for (const { at: closed, data } of frozen) {
    const span = { config, zone: zone.name, from: data.day, to: data.day, now: closed };
    const then = arrivals(data.closing);
    expect(data.figures).toEqual(figuresOf(oracleMeasures(then, span)));
    for (const station of STATIONS)
      expect(data.stations[station] ?? {}).toEqual(figuresOf(oracleMeasures(then, { ...span, station })));
    const now = await hall.board.measures({ from: data.day, to: data.day, now: at(clock(4 * 1_440 - 1)) });
    expect(now.corrected).toBe(oracleMeasures(arrivals(Infinity), { ...span, now: at('2019-11-29 00:00') }).corrected);
  }
  expect(await hall.audit()).toMatchObject({ faults: 0 });
}
