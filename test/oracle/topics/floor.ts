/** 窗口 and what other scenes show of the same floor: queues, windows, promises, follow-ups. */
import { rank } from '../arithmetic.ts';
import { ofType } from '../facts.ts';
import { onceFor, type BoardFacts } from '../board.ts';
import { dueFollowups, followupCards } from './followups.ts';
import { countdownBasis, dayHead, hallHead } from './head.ts';
import { fitting, inForce, optional, sentence, stranger } from './names.ts';

/** Since when those who wait today at a station do so, ascending. */
export function queueOf({ visitors, day }: BoardFacts, place: string): number[] {
  const waiting = visitors.filter((one) => !one.serving && one.place === place && one.day === day);
  return waiting.map(({ since }) => since).sort((a, b) => a - b);
}

export function spreadOf({ medianMs, p90Ms, n }: { medianMs: number | null; p90Ms: number | null; n: number }) {
  return { n, ...optional('medianMs', medianMs), ...optional('p90Ms', p90Ms) };
}

interface Card {
  readonly label: string;
  readonly station: string;
  readonly status: 'open' | 'paused' | 'closed';
  readonly since?: number;
  readonly reason?: string;
  readonly busySince?: number;
  readonly servedToday: number;
}

/** Every window that the profile has in force, and every other that an event named. */
export const windowCards = onceFor((board): readonly [string, Card][] => {
  const { config, living, visitors, tickets, day } = board;
  const changes = ofType(living, 'hall.window.changed');
  const inProfile = config.profile.windows.filter((window) => inForce(window, day));
  const named = [...new Set(changes.map(({ data }) => data.window))].filter(
    (id) => !inProfile.some((window) => window.id === id),
  );
  const last = (id: string) => changes.findLast(({ data }) => data.window === id);
  const all = [
    ...inProfile.map(({ id, label, station }) => ({ id, label, station })),
    ...named.map((id) => ({ id, label: stranger(id), station: last(id)!.data.station })),
  ];
  return all.map(({ id, label, station }) => {
    const calls = visitors.filter((one) => one.serving && one.window === id && one.day === day);
    const servedToday = tickets.filter(
      ({ servedAt, servedBy, place }) =>
        servedAt !== undefined && board.dayOf(servedAt) === day && servedBy === id && place === station,
    ).length;
    const change = last(id);
    return [
      id,
      {
        label,
        station,
        status: change?.data.status ?? (calls.length > 0 || servedToday > 0 ? 'open' : 'closed'),
        ...optional('since', change?.at),
        ...(change?.data.reason ? { reason: sentence(change.data.reason) } : {}),
        ...(calls.length > 0 ? { busySince: Math.min(...calls.map(({ since }) => since)) } : {}),
        servedToday,
      },
    ];
  });
});

/** P8: the profile's windows, of the others the busy ones. */
export function shownWindows({ config }: BoardFacts, cards: readonly [string, Card][]) {
  const isKnown = (id: string) => config.profile.windows.some((window) => window.id === id);
  const rank = ([, card]: [string, Card]) => [
    card.busySince ?? Infinity,
    { open: 0, paused: 1, closed: 2 }[card.status],
    -card.servedToday,
  ];
  const others = cards
    .filter(([id]) => !isKnown(id))
    .sort((a, b) => {
      const [left, right] = [rank(a), rank(b)];
      const i = left.findIndex((value, n) => value !== right[n]);
      return i >= 0 ? left[i]! - right[i]! : a[0] < b[0] ? -1 : 1;
    });
  const shown = fitting(others, 12, 20_000);
  const rest = others.slice(shown.length).map(([, card]) => card);
  const isBusy = ({ status, busySince }: Card) => status !== 'closed' && busySince !== undefined;
  const idle = rest.filter((card) => !isBusy(card));
  const count = (status: string) => idle.filter((card) => card.status === status).length;
  return {
    windows: Object.fromEntries([...cards.filter(([id]) => isKnown(id)), ...shown]),
    ...(rest.length > 0
      ? {
          windowsMore: {
            busy: rest.length - idle.length,
            idle: count('open'),
            paused: count('paused'),
            closed: count('closed'),
          },
        }
      : {}),
  };
}

export function windowsTopic(board: BoardFacts): object {
  const { config, today, visitors, day } = board;
  const known = config.profile.stations.map(({ id }) => id);
  const waiting = visitors.filter((one) => !one.serving && one.day === day);
  const elsewhere = waiting.filter(({ place }) => !known.includes(place)).length;
  return {
    hall: hallHead(board),
    day: dayHead(board),
    ...shownWindows(board, windowCards(board)),
    waiting: Object.fromEntries(
      known.map((id) => [id, queueOf(board, id)] as const).filter(([, queue]) => queue.length > 0),
    ),
    waitingMore: {},
    ...(elsewhere > 0 ? { waitingElsewhere: elsewhere } : {}),
    wait: spreadOf(today.wait),
    service: spreadOf(today.service),
    tickets: today.tickets,
    thresholds: config.profile.targets,
  };
}

/** How long those called today at some stations had waited (M7). */
export function waitsAt(board: BoardFacts, ids: readonly string[]) {
  const waits = board.tickets
    .filter(
      ({ calledAt, place }) => calledAt !== undefined && board.dayOf(calledAt) === board.day && ids.includes(place),
    )
    .map(({ calledAt, takenAt }) => calledAt! - takenAt)
    .filter((ms) => ms >= 0);
  return { n: waits.length, medianMs: rank(waits, 50), p90Ms: rank(waits, 90) };
}

/** Open cases with a promise whose clock runs: station and promise. */
export function openPromises({ cases }: BoardFacts): { place: string; due: number }[] {
  return cases
    .filter(({ finished, promise }) => finished === undefined && promise !== undefined && promise !== Infinity)
    .map(({ accepted, promise }) => ({ place: accepted.data.station, due: promise! }))
    .sort((a, b) => a.due - b.due);
}

export function followupCounts(board: BoardFacts) {
  const { living, day } = board;
  const opened = ofType(living, 'hall.followup.opened');
  const first = opened.filter(
    ({ data }, i) => opened.findIndex((other) => other.data.followup === data.followup) === i,
  );
  const closed = first.flatMap(({ data }) => {
    const last = ofType(living, 'hall.followup.closed').findLast((event) => event.data.followup === data.followup);
    return last ? [last.at] : [];
  });
  const isToday = (at: number) => board.dayOf(at) === day;
  return {
    open: first.length - closed.length,
    openedToday: first.filter(({ at }) => isToday(at)).length,
    closedToday: closed.filter(isToday).length,
  };
}

export function followupsTopic(board: BoardFacts): object {
  return {
    hall: hallHead(board),
    day: dayHead(board),
    followups: followupCards(dueFollowups(board)),
    counts: followupCounts(board),
    ...countdownBasis(board),
  };
}
