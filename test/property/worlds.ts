/** Random worlds: a hall with its documents, what arrives in which order, days opened forward and back, and what is asked. */
import fc from 'fast-check';
import { DEFAULT_CALENDAR, type CalendarDocument } from '../../domain/calendar/calendar-document.ts';
import { HALL_DAY_SOURCE } from '../../domain/calendar/hall-day.ts';
import { addDays, dayOf, momentOf } from '../../domain/calendar/zone.ts';
import type { HallEvent } from '../../domain/events/event.ts';
import { parseMoment } from '../../domain/events/moment.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import { daysOf, eventOf, LONG_WINDOW, MINUTE, pick, WINDOWS, type Window } from './arbitraries.ts';
import { createSmallHall, KNOWN_STATIONS, STATIONS, type Pilot } from './hall.ts';
import { renaming } from './names.ts';
import { casesOf, threadsOf, type Placed } from './threads.ts';
import { zoneOf } from './zones.ts';

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
function describeWorld({ zone, now, arrivals, questions }: World): string {
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
function ownDaysOf(window: Window): fc.Arbitrary<Placed[]> {
  const { zone: name, from, to } = window;
  const zone = zoneOf(name);
  // Of a long window only some days, so that as many turns come through all of it.
  const days = daysOf(from, to).filter((_, i) => window !== LONG_WINDOW || i % 41 === 0);
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
        return [i === 0 ? 0 : places[i]!, { ...event, data: { day, hours: [] } } as HallEvent] as const;
      });
    });
}

/** `own` among `others`, each at its place. */
function mingle(others: readonly HallEvent[], own: readonly Placed[]): HallEvent[] {
  const placed = [...others.map((event, i) => [i / others.length, event] as const), ...own];
  return placed.sort(([a], [b]) => a - b).map(([, event]) => event);
}

/** L3: so far may an event be ahead of the hall's clock. */
const AHEAD = 5 * MINUTE;

/** What the clock shows when all has come, which may have come before its time; what is asked then. */
type Clock = (asked: Pick<World, 'questions'> & { readonly events: readonly HallEvent[] }) => typeof asked & {
  readonly now: number;
};

/** Behind everything. */
function clockBehind({ zone, from }: Window): fc.Arbitrary<Clock> {
  const start = momentOf(zoneOf(zone), from);
  const by = fc.oneof(
    pick([0, 1]),
    fc.integer({ min: 0, max: 4 * 24 * 60 }).map((minutes) => minutes * MINUTE),
  );
  return by.map((later) => (world) => ({
    ...world,
    now: Math.max(start, ...world.events.map(({ at }) => at)) + later,
  }));
}

/** So close to a midnight that some of what lies behind it has come already. */
function clockNear({ zone: name, from, to }: Window): fc.Arbitrary<Clock> {
  const zone = zoneOf(name);
  const end = momentOf(zone, addDays(to, 2));
  return fc.tuple(pick(daysOf(from, to)), pick([1, MINUTE, 4 * MINUTE, 0])).map(([day, before]): Clock => {
    const midnight = momentOf(zone, day);
    const now = midnight - before;
    const around = [now - 1, now, midnight - 1, midnight, midnight + 1, now + AHEAD];
    // What would have been refused lies around the clock and its midnight instead; far promises stay far.
    const move = (at: number) => (at > now + AHEAD && at < end ? around[Math.floor(at / MINUTE) % around.length]! : at);
    const days = [dayOf(zone, now), day];
    return ({ events, questions }) => ({
      events: events.map((event) => moveEvent(event, move)),
      questions: questions.map((question, i) => endOn(question, days[i] ?? question.to)),
      now,
    });
  });
}

function endOn(question: Question, to: string): Question {
  return { ...question, from: question.from < to ? question.from : to, to };
}

function moveEvent(event: HallEvent, move: (at: number) => number): HallEvent {
  const at = move(event.at);
  if (event.type !== 'hall.case.accepted' || typeof event.data.promisedBy !== 'string') return { ...event, at };
  const promise = parseMoment(event.data.promisedBy);
  if (promise === undefined) return { ...event, at };
  return { ...event, at, data: { ...event.data, promisedBy: new Date(move(promise)).toISOString() } };
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
}

/** So many events beside the threads at most, and half of them on the average. */
const MOST_EVENTS = 40;

/** A few worlds in seven of more than a year, the others of some days. */
const window: fc.Arbitrary<Window> = fc.oneof(
  { weight: 5, arbitrary: pick(WINDOWS) },
  { weight: 2, arbitrary: fc.constant(LONG_WINDOW) },
);

export function worldOf({ ids, distinct = false }: WorldOptions): fc.Arbitrary<World> {
  const worldIn = (played: Window): fc.Arbitrary<World> => {
    const event = eventOf(played, ids);
    // Where there are many months, cases make most of them change, and nothing lies together at one clock.
    const isLong = played === LONG_WINDOW;
    const lengths = { maxLength: isLong ? MOST_EVENTS / 2 : MOST_EVENTS, size: 'max' } as const;
    const arrivals = distinct
      ? fc.uniqueArray(event, { ...lengths, selector: ({ source: from, id }) => `${from} ${id}` })
      : fc.array(event, lengths);
    const threads = isLong ? fc.tuple(threadsOf(played, 3), casesOf(played, 36)) : fc.tuple(threadsOf(played, 6));
    const days = daysOf(played.from, played.to);
    const middle = days[Math.floor(days.length / 2)]!;
    return fc
      .record({
        arrivals,
        threads: threads.map((found) => found.flat()),
        clock: isLong
          ? clockBehind(played)
          : fc.oneof({ weight: 3, arbitrary: clockBehind(played) }, { weight: 2, arbitrary: clockNear(played) }),
        questions: fc.array(questionOf(played), { minLength: 1, maxLength: 4 }),
        calendar: fc.oneof({ weight: 2, arbitrary: fc.constant(DEFAULT_CALENDAR) }, calendarOf(played)),
        before: calendarOf(played),
        turn: pick(days),
        pilots: fc.tuple(pilotOf(played), pilotOf(played)),
        rename: renaming,
        own: ownDaysOf(played),
      })
      .map(({ arrivals: given, threads: more, clock, calendar, before, turn, pilots, rename, own, ...asked }) => {
        const { events, questions, now } = clock({ events: mingle(given, more), ...asked });
        return {
          zone: played.zone,
          config: createSmallHall(played.zone, middle, calendar, { pilot: pilots[0], rename }),
          before: createSmallHall(played.zone, turn, before, { pilot: pilots[1], rename }),
          arrivals: rename(mingle(events, own)),
          now,
          questions: rename(questions),
          [fc.toStringMethod](this: World) {
            return describeWorld(this);
          },
        };
      });
  };
  // What a window's worlds are made of is the same for all of them, and slow to put together.
  const known = new Map<Window, fc.Arbitrary<World>>();
  return window.chain((played) => {
    let worlds = known.get(played);
    if (!worlds) known.set(played, (worlds = worldIn(played)));
    return worlds;
  });
}
