/** Random worlds: a hall with its documents, what arrives in which order, days opened forward and back, and what is asked. */
import fc from 'fast-check';
import { DEFAULT_CALENDAR, type CalendarDocument } from '../../domain/calendar/calendar-document.ts';
import { HALL_DAY_SOURCE } from '../../domain/calendar/hall-day.ts';
import { addDays, createZone, dayNumber, momentOf } from '../../domain/calendar/zone.ts';
import type { HallEvent } from '../../domain/events/event.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import { daysOf, eventOf, MINUTE, pick, WINDOWS, type Window } from './arbitraries.ts';
import { createSmallHall, KNOWN_STATIONS, STATIONS, type Pilot } from './hall.ts';
import { renaming } from './names.ts';

export interface Question {
  readonly from: string;
  readonly to: string;
  readonly station?: string;
}

/** A hall, what arrives in which order (repeats and conflicts included), and what is asked afterwards. */
export interface World {
  readonly zone: string;
  readonly config: HallConfig;
  /** The hall as it was before its calendar was edited. */
  readonly before?: HallConfig;
  readonly arrivals: readonly HallEvent[];
  readonly now: number;
  readonly questions: readonly Question[];
}

/** How a counterexample is printed: what was played through, without the hall, which is the same in all. */
export function describeWorld({ zone, now, arrivals, questions }: World): string {
  const lines = arrivals.map(({ source: from, id, type, at, data }) =>
    [new Date(at).toISOString(), type, from, id, JSON.stringify(data)].join(' '),
  );
  return ['', `${zone}, now ${new Date(now).toISOString()}`, ...lines, JSON.stringify(questions), ''].join('\n  ');
}

function questionOf({ from, to }: Window): fc.Arbitrary<Question> {
  const days = daysOf(addDays(from, -1), addDays(to, 1));
  return fc
    .tuple(pick(days), pick(days), fc.option(pick([...STATIONS, 'never named']), { nil: undefined }))
    .map(([a, b, place]) => ({
      from: a < b ? a : b,
      to: a < b ? b : a,
      ...(place === undefined ? {} : { station: place }),
    }));
}

/** Days off, swapped days and other hours, for all and for single stations. */
function calendarOf({ from, to }: Window): fc.Arbitrary<CalendarDocument> {
  const date = pick(daysOf(from, to));
  const stations = fc.option(fc.array(pick(STATIONS), { minLength: 1, maxLength: 2 }), { nil: undefined });
  return fc.record({
    version: fc.constant(1),
    years: fc.subarray([2019, 2026, 2027]),
    daysOff: fc.array(
      fc.tuple(date, date, stations).map(([a, b, place]) => ({
        from: a < b ? a : b,
        until: a < b ? b : a,
        ...(place ? { stations: place } : {}),
      })),
      { maxLength: 3 },
    ),
    workingDays: fc.array(
      fc.tuple(date, stations).map(([on, place]) => ({ on, ...(place ? { stations: place } : {}) })),
      { maxLength: 3 },
    ),
    hours: fc.constant([{ weekdays: [6], hours: [['09:00', '12:00']] as [string, string][] }]),
  });
}

/**
 * The hall's own openings and closings, each with its place (0 to 1) among the other events. They go on from day to
 * day, and now and then back, over some days, or to the same one again.
 */
function ownDaysOf({ zone: name, from, to }: Window): fc.Arbitrary<[place: number, event: HallEvent][]> {
  const zone = createZone(name);
  const days = daysOf(from, to);
  const step = fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, pick([0, -1, -2, 2, 5]));
  const turn = fc.tuple(step, fc.integer({ min: 0, max: 99 }), pick(['opened', 'opened', 'closed'] as const));
  return fc
    .tuple(pick([0, 0, 2, 5]), fc.array(turn, { minLength: 1, maxLength: 8, size: 'max' }))
    .map(([start, turns]) => {
      const places = turns.map(([, place]) => place / 100).sort((a, b) => a - b);
      let index = start;
      return turns.map(([by, , what], i) => {
        if (what === 'opened') index = Math.min(Math.max(index + by, 0), days.length - 1);
        const day = days[Math.min(index, days.length - 1)]!;
        const event = { source: HALL_DAY_SOURCE, id: `day ${i}`, type: `hall.day.${what}`, at: momentOf(zone, day) };
        return [i === 0 ? 0 : places[i]!, { ...event, data: { day, hours: [] } } as HallEvent];
      });
    });
}

/** `own` among `others`, each at its place. */
function mingle(others: readonly HallEvent[], own: readonly (readonly [number, HallEvent])[]): HallEvent[] {
  const placed = [...others.map((event, i) => [i / others.length, event] as const), ...own];
  return placed.sort(([a], [b]) => a - b).map(([, event]) => event);
}

/** The pilot, if any, since long, since some day of the window, or not yet. */
function pilotOf({ from, to }: Window): fc.Arbitrary<Pilot | undefined> {
  const since = fc.oneof(pick(['2019-01-01', addDays(to, 1)]), pick(daysOf(from, to)));
  return fc.option(fc.record({ from: since, station: pick(KNOWN_STATIONS) }), { freq: 4, nil: undefined });
}

export interface WorldOptions {
  /** Ids for each source: few make conflicts and repeats, which `distinct` leaves out. */
  readonly ids: number;
  readonly distinct?: boolean;
  readonly length?: number;
}

export function worldOf({ ids, distinct = false, length = 60 }: WorldOptions): fc.Arbitrary<World> {
  return pick(WINDOWS).chain((window) => {
    const event = eventOf(window, ids);
    const arrivals = distinct
      ? fc.uniqueArray(event, { maxLength: length, size: 'max', selector: ({ source: from, id }) => `${from} ${id}` })
      : fc.array(event, { maxLength: length, size: 'max' });
    const middle = daysOf(window.from, window.to)[Math.floor((dayNumber(window.to) - dayNumber(window.from)) / 2)]!;
    return fc
      .record({
        arrivals,
        ahead: fc.oneof(
          pick([0, 1]),
          fc.integer({ min: 0, max: 4 * 24 * 60 }).map((minutes) => minutes * MINUTE),
        ),
        questions: fc.array(questionOf(window), { minLength: 1, maxLength: 4 }),
        calendar: fc.oneof({ weight: 2, arbitrary: fc.constant(DEFAULT_CALENDAR) }, calendarOf(window)),
        before: calendarOf(window),
        turn: pick(daysOf(window.from, window.to)),
        pilots: fc.tuple(pilotOf(window), pilotOf(window)),
        rename: renaming,
        own: ownDaysOf(window),
      })
      .map(({ arrivals: given, ahead, questions, calendar, before, turn, pilots, rename, own }) => {
        const events = rename(mingle(given, own));
        return {
          zone: window.zone,
          config: createSmallHall(window.zone, middle, calendar, { pilot: pilots[0], rename }),
          before: createSmallHall(window.zone, turn, before, { pilot: pilots[1], rename }),
          arrivals: events,
          // An event may be up to five minutes ahead of the clock (L3); what is overdue in that gap is not asked here.
          now: Math.max(momentOf(createZone(window.zone), window.from), ...events.map(({ at }) => at)) + ahead,
          questions: rename(questions),
          [fc.toStringMethod](this: World) {
            return describeWorld(this);
          },
        };
      });
  });
}
