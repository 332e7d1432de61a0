// Slots by the hall's clock: the period that is over, days on which clocks change, and plans that begin, end and move.
import { describe, expect, test } from 'vitest';
import { createZone, dayOf, momentOf } from '../../../domain/calendar/zone.ts';
import { sendingSchema, type Plan } from '../../../domain/sending/document.ts';
import { isTooLate, LATE_DAYS, nextSlot, slotsBetween } from '../../../domain/sending/slots.ts';
import * as v from 'valibot';

const parsePlan = (change: object): Plan =>
  v.parse(sendingSchema, {
    version: 1,
    recipients: [],
    plans: [{ id: 'p', kind: 'day', at: '08:30', formats: ['txt'], to: ['r'], from: '2000-01-01', ...change }],
  }).plans[0]!;
const shanghai = createZone('Asia/Shanghai');
const tell = (plan: Plan, from: string, until: string, zone = shanghai) =>
  slotsBetween(plan, zone, Date.parse(from), Date.parse(until)).map(({ at, span }) => [
    new Date(at).toISOString().slice(0, 16),
    span.from,
    span.to,
  ]);

test.each([
  ['day', {}, '2019-11-25T00:30', '2019-11-24', '2019-11-24'],
  ['week', {}, '2019-11-25T00:30', '2019-11-18', '2019-11-24'],
  ['week', { weekday: 7 }, '2019-12-01T00:30', '2019-11-18', '2019-11-24'],
  ['month', {}, '2019-12-01T00:30', '2019-11-01', '2019-11-30'],
  ['month', { monthDay: 28 }, '2019-11-28T00:30', '2019-10-01', '2019-10-31'],
  ['quarter', { monthDay: 5 }, '2020-01-05T00:30', '2019-10-01', '2019-12-31'],
  ['year', { monthDay: 10 }, '2020-01-10T00:30', '2019-01-01', '2019-12-31'],
] as const)('%s %o is of the period that is over', (kind, change, at, from, to) => {
  const slot = nextSlot(parsePlan({ kind, ...change }), shanghai, Date.parse('2019-11-24T08:30+08:00'));
  expect([new Date(slot!.at).toISOString().slice(0, 16), slot!.span]).toEqual([at, { from, to }]);
  expect(slot!.id).toBe(`${to}:${kind}:p`);
});

test('the end of a stretch is in it, its beginning is not, and days outside the plan are not', () => {
  const plan = parsePlan({ from: '2019-11-26', until: '2019-11-27' });
  expect(tell(plan, '2019-11-01T00:00Z', '2019-12-31T00:00Z')).toEqual([
    ['2019-11-26T00:30', '2019-11-25', '2019-11-25'],
    ['2019-11-27T00:30', '2019-11-26', '2019-11-26'],
  ]);
  expect(tell(plan, '2019-11-26T00:30Z', '2019-11-27T00:30Z')).toHaveLength(1);
  expect(nextSlot(plan, shanghai, Date.parse('2019-11-27T00:30Z'))).toBeUndefined();
});

describe.each([
  ['Europe/Berlin', '2026-03-27', '2026-03-31', '02:30'],
  ['Europe/Berlin', '2026-10-23', '2026-10-28', '02:30'],
  ['America/Sao_Paulo', '2018-11-02', '2018-11-07', '00:00'],
  ['Australia/Lord_Howe', '2026-04-03', '2026-04-07', '01:45'],
])('%s about %s', (name, from, until, at) => {
  test('each day has one slot, where the rest of the product has that minute', () => {
    const zone = createZone(name);
    const plan = parsePlan({ at });
    const slots = slotsBetween(plan, zone, momentOf(zone, from), momentOf(zone, until) - 1);
    const minute = Number(at.slice(0, 2)) * 60 + Number(at.slice(3));
    const days = Array.from({ length: Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000) }, (_, i) =>
      new Date(Date.parse(from) + i * 86_400_000).toISOString().slice(0, 10),
    );
    const expected = days.map((day) => momentOf(zone, day, minute)).filter((moment) => moment > momentOf(zone, from));
    expect(expected.length).toBeGreaterThan(3);
    // A minute that a day has not is made up for as the gap ends.
    const skipped =
      name === 'Europe/Berlin' && from.startsWith('2026-03') ? Date.parse('2026-03-29T01:00Z') : undefined;
    expect(slots.map((slot) => slot.at)).toEqual(
      expected.map((moment) => (skipped !== undefined && dayOf(zone, moment) === '2026-03-29' ? skipped : moment)),
    );
    expect(new Set(slots.map(({ id }) => id)).size).toBe(slots.length);
  });
});

test('the bound of each kind holds to the millisecond', () => {
  for (const kind of ['day', 'week', 'month', 'quarter', 'year'] as const) {
    const late = LATE_DAYS[kind] * 86_400_000;
    expect([isTooLate({ kind, at: 1_000 }, 1_000 + late), isTooLate({ kind, at: 1_000 }, 1_001 + late)]).toEqual([
      false,
      true,
    ]);
  }
});
