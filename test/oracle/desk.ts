/** What the desk is to find on the board, recounted: tickets and appointments of the day, what stands still, who feeds what. */
import type { HallEvent } from '../../domain/events/event.ts';
import type { BoardFacts } from './board.ts';
import { endOf, moveDay } from './days.ts';
import { firstOfEach, instantOf, ofType } from './facts.ts';
import { optional } from './topics/names.ts';

const QUEUE = 'urn:hallpulse:queue';

export interface DeskFacts {
  readonly tickets: Readonly<Record<string, object>>;
  readonly appointments: Readonly<Record<string, object>>;
  /** Cases of the day, and those that stand still: what the desk alone wants to know of them. */
  readonly cases: Readonly<Record<string, object>>;
  readonly feeds: Readonly<Record<string, object>>;
}

export function readDesk(board: BoardFacts): DeskFacts {
  return { tickets: tickets(board), appointments: appointments(board), cases: cases(board), feeds: feeds(board) };
}

function tickets({ living, day, dayOf }: BoardFacts): DeskFacts['tickets'] {
  const found: [string, object][] = [];
  for (const { at, source, data } of firstOfEach(ofType(living, 'hall.ticket.taken'), (one) => one.data.ticket)) {
    if (dayOf(at) !== day) continue;
    let stage = 'waiting';
    let [since, calledAt, window]: [number, number | undefined, string | undefined] = [at, undefined, undefined];
    let named: string | undefined;
    let isGone = false;
    for (const event of living) {
      if (!event.type.startsWith('hall.ticket.') || event.type === 'hall.ticket.taken') continue;
      const step = event as Extract<HallEvent, { type: 'hall.ticket.called' }>;
      if (step.data.ticket !== data.ticket) continue;
      const how = event.type.slice('hall.ticket.'.length);
      const isCall = how === 'called' || how === 'recalled';
      stage = isCall ? 'serving' : how === 'passed' ? 'passed' : how === 'left' ? 'left' : 'waiting';
      isGone ||= how === 'served';
      since = step.at;
      window = isCall ? step.data.window || undefined : undefined;
      named = step.data.window || undefined;
      if (isCall) calledAt = step.at;
    }
    if (isGone || stage === 'left') continue;
    found.push([
      data.ticket,
      {
        ...{ day, station: data.station, since, stage, takenAt: at },
        ...optional('line', data.line || undefined),
        ...optional('window', window),
        ...optional('calledAt', calledAt),
        ...(data.green === true ? { green: true } : {}),
        ...optional('appointment', data.appointment || undefined),
        // A number of ours that waits again waits for the window that it was sent to.
        ...(source === QUEUE && stage === 'waiting' ? optional('sentTo', named) : {}),
        ...(source === QUEUE ? { own: true } : {}),
      },
    ]);
  }
  return Object.fromEntries(found);
}

function appointments({ living, day, dayOf }: BoardFacts): DeskFacts['appointments'] {
  /** The last word on each, and the day on which it was said. */
  const over = new Map<string, { isKept: boolean; on: string }>();
  for (const { at, type, data } of living)
    if (type === 'hall.appointment.kept' || type === 'hall.appointment.missed')
      over.set(data.appointment, { isKept: type === 'hall.appointment.kept', on: dayOf(at) });
  const booked = firstOfEach(ofType(living, 'hall.appointment.booked'), ({ data }) => data.appointment);
  return Object.fromEntries(
    booked.flatMap(({ at: bookedAt, data }) => {
      const at = data.at == null ? undefined : instantOf(data.at);
      // What lies beyond the last day that has a name is of that day.
      const of = dayOf(at ?? bookedAt).replace('~', '9999-12-31');
      const end = over.get(data.appointment);
      const isHere = end?.isKept === true && end.on === of;
      if ((end && !isHere) || of < day) return [];
      const entry = {
        day: of,
        station: data.station,
        ...optional('item', data.item || undefined),
        ...optional('at', at),
        ...(isHere ? { kept: true } : {}),
      };
      return [[data.appointment, entry] as const];
    }),
  );
}

function cases({ cases: all, day, dayOf }: BoardFacts): DeskFacts['cases'] {
  return Object.fromEntries(
    all.flatMap(({ accepted, finished, pauses }) => {
      const isPaused = finished === undefined && pauses.some(({ to }) => to === Infinity);
      if (!isPaused && dayOf(accepted.at) !== day) return [];
      const { case: id, ticket } = accepted.data;
      const known = { ...optional('ticket', ticket || undefined), ...(isPaused ? { paused: true } : {}) };
      return [[id, known] as const];
    }),
  );
}

function feeds({ living, day, zone }: BoardFacts): DeskFacts['feeds'] {
  const earliest = endOf(zone, moveDay(day, -32));
  const changes = ofType(living, 'hall.feed.changed');
  const found: Record<string, object[]> = {};
  for (const station of new Set(changes.map(({ data }) => data.station))) {
    const here = changes.filter(({ data }) => data.station === station);
    const spans: { fact: string; from: number; until?: number }[] = [];
    for (const fact of new Set(here.flatMap(({ data }) => data.facts))) {
      let from: number | undefined;
      for (const { at, data } of here.filter((one) => one.data.facts.includes(fact))) {
        if (data.status === 'desk') from = Math.min(from ?? at, data.since ? Date.parse(data.since) : at);
        else if (from !== undefined) {
          if (at > from && at >= earliest) spans.push({ fact, from, until: at });
          from = undefined;
        }
      }
      if (from !== undefined) spans.push({ fact, from });
    }
    if (spans.length > 0) found[station] = sortSpans(spans);
  }
  return found;
}

/** By fact, then by time: in which order the board lists them is nobody's matter. */
export function sortSpans<T extends { readonly fact: string; readonly from: number }>(spans: readonly T[]): T[] {
  return [...spans].sort((a, b) => (a.fact < b.fact ? -1 : a.fact > b.fact ? 1 : a.from - b.from));
}
