// `GET /api/breakdown`: what a span is made of adds up to `GET /api/measures`, and a sender's mistake does not make it endless.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Measures } from '../../../domain/measures/measures.ts';
import type { BreakdownAnswer } from '../../../domain/wire/breakdown.ts';
import { withTime } from '../../../server/record.ts';
import { WINDOWS } from '../../property/arbitraries.ts';
import { casesOf, threadsOf } from '../../property/threads.ts';
import { openStaffedHall, type Browser, type StaffedHall } from '../staffed-hall.ts';

const span = WINDOWS.find(({ zone }) => zone === 'Asia/Shanghai')!;
const NOW = Date.parse('2019-12-03T10:00:00+08:00');
let hall: StaffedHall;
let leader: Browser;
beforeAll(async () => {
  hall = await openStaffedHall({ clock: { now: () => NOW, untilMs: (at) => at - NOW } });
  leader = await hall.signIn('leader');
  const [placed] = fc.sample(
    fc.tuple(threadsOf(span, 120), casesOf(span, 120)).map((lists) => lists.flat()),
    { seed: 20_191_203, numRuns: 1 },
  );
  const events = placed!.map(([, event]) => event).filter(({ at }) => at < NOW);
  events.sort((a, b) => a.at - b.at);
  await hall.server.record(withTime(events), { kind: 'command', id: 'test' });
});
afterAll(() => hall.close());

async function ask<T>(path: string): Promise<T> {
  const { status, body } = await leader.ask('GET', path);
  expect(status).toBe(200);
  return body as T;
}
const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

test.each([`from=${span.from}&to=${span.to}`, `from=${span.from}&to=${span.to}&station=hall`])(
  '%s adds up to the measures, whichever way it is cut',
  async (query) => {
    const measures = await ask<Measures>(`/api/measures?${query}`);
    const found = await ask<BreakdownAnswer>(`/api/breakdown?${query}`);
    expect(measures.accepted).toBeGreaterThan(5);
    expect(found.seq).toBe(measures.seq);
    for (const name of ['accepted', 'finished'] as const) {
      expect(sum(found.items.map((one) => one[name]))).toBe(measures[name]);
      expect(sum(found.lines.map((one) => one[name]))).toBe(measures[name]);
      expect(sum(found.stations.map((one) => one.measures[name]))).toBe(measures[name]);
    }
    expect(sum(found.rhythm.accepted.flat())).toBe(measures.accepted);
    expect(sum(found.rhythm.windowCases.flat())).toBe(measures.windowCases);
    expect(sum(found.stations.map((one) => one.measures.wait.n))).toBe(measures.wait.n);
    const saved = sum(found.items.map(({ speedUp }) => speedUp.n));
    expect(saved).toBeCloseTo(measures.speedUp.n, 2);
    expect(sum(found.windows.map(({ served }) => served))).toBeLessThanOrEqual(measures.tickets.served);
  },
);

test('what nobody has told the hall of is listed up to a bound, and summed beyond it', async () => {
  const at = Date.parse('2019-06-12T10:00:00+08:00');
  const strange = Array.from({ length: 230 }, (_, i) => ({
    ...{ source: 'urn:test:strange', id: `e${i}`, type: 'hall.case.accepted' as const, at: at + i },
    data: { case: `strange ${i}`, station: `place ${i}`, channel: 'window', item: `item ${i}`, window: `x${i}` },
  }));
  await hall.server.record(withTime(strange as never), { kind: 'command', id: 'test' });
  const query = 'from=2019-06-12&to=2019-06-12';
  const { accepted } = await ask<Measures>(`/api/measures?${query}`);
  const found = await ask<BreakdownAnswer>(`/api/breakdown?${query}`);
  expect(found.moreItems).toEqual({ n: 30, accepted: 30, finished: 0 });
  expect(found.moreWindows).toEqual({ n: 30, accepted: 30, served: 0 });
  expect(found.moreStations).toEqual({ n: 30, accepted: 30, finished: 0 });
  expect(sum(found.items.map((one) => one.accepted)) + 30).toBe(accepted);
  expect(found.windows.filter(({ isKnown }) => !isKnown)).toHaveLength(200);
});
