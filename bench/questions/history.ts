/** Years of a hall as the fold leaves them: the cells of visits whose waits and durations are spread to the second. */
import type { Cell } from '../../domain/board/cells.ts';
import { contributeCase } from '../../domain/board/parts/case.ts';
import { contributeSingle } from '../../domain/board/parts/single.ts';
import { contributeTicket } from '../../domain/board/parts/ticket.ts';
import { addDays, momentOf, type Zone } from '../../domain/calendar/zone.ts';
import { dayOpenedEvent } from '../../domain/calendar/hall-day.ts';
import type { HallEvent, LedgerEvent } from '../../domain/events/event.ts';
import type { EventData, EventType } from '../../domain/events/schema.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';

/** Ticket taken and called, case accepted, ticket served, rating, case finished. */
export const EVENTS_A_VISIT = 6;

export interface History {
  readonly from: string;
  readonly days: number;
  readonly visitsADay: number;
}

interface Visit {
  readonly id: string;
  readonly ticket: readonly HallEvent[];
  readonly file: readonly HallEvent[];
  readonly rating: HallEvent;
}

/** The cells of each day's visits, day by day; the same for the same history. */
export function* makeHistory(history: History, config: HallConfig, zone: Zone): Generator<Cell[]> {
  const ofLedger = (event: HallEvent): LedgerEvent => ({ ...event, seq: 1 });
  for (const visits of makeVisits(history, config, zone)) {
    const cells: Cell[] = [];
    for (const { id, ticket, file, rating } of visits)
      cells.push(
        ...contributeTicket(id, ticket.map(ofLedger), zone).cells,
        ...contributeCase(id, file.map(ofLedger), [...ticket, rating].map(ofLedger), zone).cells,
        ...contributeSingle(ofLedger(rating), zone),
      );
    yield cells;
  }
}

/** The events of each day's visits, with the opening of the day before them. */
export function* makeEvents(history: History, config: HallConfig, zone: Zone): Generator<HallEvent[]> {
  const context = { hall: config.profile.hall, zone, hours: () => config.profile.hours, closesAt: undefined };
  let day = history.from;
  for (const visits of makeVisits(history, config, zone)) {
    yield [dayOpenedEvent(context, day), ...visits.flatMap(({ ticket, file, rating }) => [...ticket, ...file, rating])];
    day = addDays(day, 1);
  }
}

function* makeVisits({ from, days, visitsADay }: History, config: HallConfig, zone: Zone): Generator<Visit[]> {
  const random = createRandom(19);
  const stations = config.profile.stations.map(({ id }) => id);
  const items = config.catalogue.items.map(({ code }) => code);
  const one = (list: readonly string[]): string => list[random(list.length)]!;
  for (let day = 0, visit = 0; day < days; day++) {
    const opens = momentOf(zone, addDays(from, day), 9 * 60);
    const visits: Visit[] = [];
    for (let i = 0; i < visitsADay; i++, visit++) {
      const seconds = (most: number): number => random(most) * 1_000;
      const [station, id] = [one(stations), `v${visit}`];
      const taken = opens + seconds(7 * 3_600);
      const called = taken + seconds(3_600);
      const accepted = called + seconds(600);
      const served = accepted + seconds(1_800);
      const finished = random(3) === 0 ? served : served + seconds(10 * 86_400);
      const event = <T extends EventType>(type: T, at: number, data: EventData[T]) =>
        ({ source: 'bench', id: `${id}-${type}`, type, at, data }) as unknown as HallEvent;
      const ticket = [
        event('hall.ticket.taken', taken, { ticket: id, station, green: random(20) === 0 }),
        event('hall.ticket.called', called, { ticket: id, station, window: `w${random(12)}` }),
        event('hall.ticket.served', served, { ticket: id, station }),
      ];
      const rating = event('hall.rating.given', served, {
        station,
        ticket: id,
        score: random(50) === 0 ? 2 : 5,
        medium: 'pad',
      } as EventData['hall.rating.given']);
      const file = [
        event('hall.case.accepted', accepted, {
          case: id,
          ticket: id,
          station,
          item: one(items),
          channel: random(4) === 0 ? 'online' : 'window',
          promisedBy: new Date(accepted + 7 * 86_400_000).toISOString(),
        } as EventData['hall.case.accepted']),
        event('hall.case.finished', finished, { case: id, outcome: 'approved' }),
      ];
      visits.push({ id, ticket, file, rating });
    }
    yield visits;
  }
}

/** Whole numbers from 0 to below `most`: a linear congruence, whose upper bits are good enough to spread visits. */
function createRandom(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}
