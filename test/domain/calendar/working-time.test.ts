// Time on working days by sums of years: what a plain walk from day to day finds, for next to no work.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCalendar, type Calendar } from '../../../domain/calendar/calendar.ts';
import { officialCalendar } from '../../../domain/calendar/official.ts';
import { workingMs } from '../../../domain/calendar/working-time.ts';
import { addDays, createZone, dayOf, momentOf, type Zone } from '../../../domain/calendar/zone.ts';

const zones = ['Asia/Shanghai', 'Europe/Amsterdam', 'Pacific/Auckland', 'America/Asuncion', 'Pacific/Apia'].map(
  createZone,
);
const hours = [['09:00', '12:00'] as const];
const plain = { version: 1, years: [], daysOff: [], workingDays: [], hours: [] };

function walk(calendar: Calendar, zone: Zone, from: number, to: number, station: string): number {
  let total = 0;
  for (let day = dayOf(zone, from), start = from; start < to; day = addDays(day, 1)) {
    const end = Math.min(momentOf(zone, addDays(day, 1)), to);
    if (calendar.isWorkingDay(day, station)) total += end - start;
    start = end;
  }
  return total;
}

test('M7: it is what a walk from day to day finds, in any zone, over years, with any document', () => {
  const day = fc.date({ min: new Date('2009-12-20'), max: new Date('2013-01-10'), noInvalidDate: true });
  const text = day.map((date) => date.toISOString().slice(0, 10));
  const stations = fc.constantFrom(undefined, ['hall'], ['meifeng']);
  const document = fc.record({
    daysOff: fc.array(fc.record({ from: text, stations }), { maxLength: 20 }),
    workingDays: fc.array(fc.record({ on: text, stations }), { maxLength: 20 }),
  });
  fc.assert(
    fc.property(document, fc.constantFrom(...zones), day, day, (written, zone, one, other) => {
      const bare = JSON.parse(JSON.stringify(written)) as typeof plain;
      const calendar = createCalendar({ document: { ...plain, ...bare }, hours, official: officialCalendar });
      const [from, to] = [one.getTime(), other.getTime()].sort((a, b) => a - b) as [number, number];
      for (const station of ['hall', 'elsewhere'])
        expect(workingMs(calendar, zone, from, to, station)).toBe(walk(calendar, zone, from, to, station));
      expect(workingMs(calendar, zone, to, from)).toBe(0);
    }),
    { numRuns: 60 },
  );
});

test('however many cases ask, and of however many stations nobody knows, each year is looked through once', () => {
  let asked = 0;
  const real = createCalendar({ document: plain, hours, official: officialCalendar });
  const calendar: Calendar = {
    ...real,
    isWorkingDay: (day, station) => {
      asked++;
      return real.isWorkingDay(day, station);
    },
  };
  const zone = zones[0]!;
  const from = Date.parse('1919-03-04T02:00:00Z');
  for (let i = 0; i < 2_000; i++)
    workingMs(calendar, zone, from + i * 3_600_000, Date.UTC(2019, 10, 25, 2, i), `s${i}`);
  // A hundred years once, and the two ends of each span.
  expect(asked).toBeLessThanOrEqual(101 * 366 + 2 * 2_000);
});

test('the last days that there are', () => {
  const calendar = createCalendar({ document: plain, hours, official: officialCalendar });
  const zone = zones[0]!;
  const from = momentOf(zone, '9999-12-30');
  expect(workingMs(calendar, zone, from, momentOf(zone, '9999-12-31', 60))).toBe(25 * 3_600_000);
});
