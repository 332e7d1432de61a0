/** The street hall's queue for one day: tickets meet windows, each of which serves one at a time. */
import type { DemoHall } from './demo-hall.ts';
import { toMinute } from './work-time.ts';
import type { Random } from './random.ts';

/** Times are minutes past midnight, with fractions. */
export interface QueueTicket {
  readonly arrival: number;
  /** When its papers have been looked through at the desk and it may be called. */
  readonly ready: number;
  readonly minutes: number;
  /** Windows it goes to before all others. */
  readonly preferred?: string | undefined;
}

export interface Served {
  readonly window: string;
  readonly called: number;
  readonly served: number;
}

/** A stretch in which a window takes nobody from the queue. */
export interface WindowBlock {
  readonly window: string;
  readonly from: number;
  readonly to: number;
}

const EASE_MINUTES = 0.4;

/**
 * Calls tickets in the order in which they are ready, each to the window that is free first (the one idle longest
 * among equals); special windows serve others only when they would be free at once.
 * @returns for each ticket, in the order given, where and when it was served
 */
export function serveQueue(
  hall: DemoHall,
  random: Random,
  tickets: readonly QueueTicket[],
  windows: readonly string[],
  blocks: readonly WindowBlock[],
): Served[] {
  const { service, special } = hall.params;
  const closed = closedStretches(hall);
  const freeAt = new Map(windows.map((window) => [window, random.next()]));
  const blocksOf = new Map(
    windows.map((window) => [
      window,
      [...closed, ...blocks.filter((block) => block.window === window)].sort((a, b) => a.from - b.from),
    ]),
  );
  const order = tickets
    .map((ticket, i) => ({ ticket, i }))
    .sort((a, b) => a.ticket.ready - b.ticket.ready || a.i - b.i);
  const result: Served[] = new Array<Served>(tickets.length);
  for (const { ticket, i } of order) {
    let best: { window: string; start: number; rank: number } | undefined;
    for (const window of windows) {
      const start = firstStart(Math.max(ticket.ready, freeAt.get(window)!), ticket.minutes, blocksOf.get(window)!);
      const isSpecial = window === special.appointmentWindow || window === special.greenWindow;
      const rank = window === ticket.preferred ? start - 4 : isSpecial ? start + 6 : start;
      const isBetter =
        !best || rank < best.rank || (rank === best.rank && freeAt.get(window)! < freeAt.get(best.window)!);
      if (isBetter) best = { window, start, rank };
    }
    if (!best) throw new Error('no window is open');
    const served = best.start + ticket.minutes;
    freeAt.set(best.window, served + EASE_MINUTES + random.lognormal(service.wrapUpMedianMinutes, 0.5));
    result[i] = { window: best.window, called: best.start, served };
  }
  return result;
}

/** From when a window is free for `minutes` on end. After the last closing nothing is free; then service runs over. */
function firstStart(from: number, minutes: number, blocks: readonly { from: number; to: number }[]): number {
  let start = from;
  for (const block of blocks) {
    if (block.to + EASE_MINUTES <= start) continue;
    if (block.from >= start + minutes + EASE_MINUTES) break;
    start = block.to + EASE_MINUTES;
  }
  return start;
}

function closedStretches(hall: DemoHall): { from: number; to: number }[] {
  const { sessions } = hall.work;
  return sessions.map(([from], i) => ({ from: i === 0 ? 0 : sessions[i - 1]![1], to: from }));
}

/** A minute of the day at which somebody arrives, by the hall's half hours. */
export function drawArrival(hall: DemoHall, random: Random): number {
  const { slots } = hall.params.rhythm;
  const from = toMinute(slots[random.index(slots.map((entry) => entry.weight))]!.from);
  // Just before the doors close nobody is let in any more.
  const isLast = hall.work.sessions.some(([, to]) => from + 30 >= to);
  return from + random.next() * (isLast ? 8 : 28);
}
