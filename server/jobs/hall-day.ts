/** Opens the hall's days at local midnight, closes their books at the hall's hour of the night after, and makes up for days without a server. */
import { dueDays, nextTurn } from '../../domain/calendar/hall-day.ts';
import type { Zone } from '../../domain/calendar/zone.ts';
import type { HallEvent } from '../../domain/events/event.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import type { Board } from '../board/board.ts';
import type { Actor } from '../ledger/actor.ts';
import { withTime, type RecordEvents } from '../record.ts';

/** A clock that is set while we sleep is noticed within a minute. */
const LOOK_MS = 60_000;
/** An opening that the ledger knows with other content, under the same number, is given the next number so often. */
const NUMBERS_TRIED = 5;
const DAYS: Actor = { kind: 'hall', id: 'days' };

export interface HallDayOptions {
  readonly board: Board;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  /** The hall's clock, epoch ms, and real milliseconds until it shows a moment. */
  readonly now: () => number;
  readonly untilMs: (at: number) => number;
  readonly record: RecordEvents;
  readonly onError: (error: unknown) => void;
  /** Writes what belongs into the days that are over before anything else; where it fails they turn all the same. */
  readonly beforeTurn?: () => Promise<void>;
  /** Told after each look, when nothing more is due; nothing waits for what comes of it. */
  readonly afterTurn?: () => void;
  /** Between two looks, real ms; shorter in tests. */
  readonly lookMs?: number;
}

export interface HallDays {
  /** Resolves after so many further looks at the clock. */
  looks(count: number): Promise<void>;
  /** Resolves once nothing is being written; nothing follows. */
  stop(): Promise<void>;
}

/** Resolves once today is open; then goes on by itself until stopped. */
export async function startHallDays(options: HallDayOptions): Promise<HallDays> {
  const { board, zone, now, untilMs, record, onError, lookMs = LOOK_MS } = options;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let turning = Promise.resolve();
  let waiting: { left: number; resolve: () => void }[] = [];
  const turn = async (): Promise<void> => {
    for (let taken = 0; taken < NUMBERS_TRIED; taken++) {
      if (listDue(options, taken).length === 0) break;
      if (taken === 0) await options.beforeTurn?.().catch(onError);
      const events = listDue(options, taken);
      // Those that the ledger has already are no mistake.
      await record(withTime(events), DAYS);
      await board.caughtUp();
    }
    options.afterTurn?.();
  };
  const schedule = () => {
    if (stopped) return;
    const { closesAt } = options.config().profile;
    const wait = Math.min(Math.max(untilMs(nextTurn({ zone, closesAt }, now())), 1), lookMs);
    timer = setTimeout(() => {
      turning = turn()
        .catch(onError)
        .finally(() => {
          for (const one of waiting) if (--one.left <= 0) one.resolve();
          waiting = waiting.filter(({ left }) => left > 0);
          schedule();
        });
    }, wait);
  };
  await turn();
  schedule();
  return {
    looks: (count) => new Promise((resolve) => waiting.push({ left: count, resolve })),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await turning;
    },
  };
}

/** @param taken numbers of today's opening that turned out to be taken */
function listDue({ config, zone, now, board }: HallDayOptions, taken: number): HallEvent[] {
  const { profile, calendar } = config();
  const { day, days, since } = board.state;
  return dueDays({
    hall: profile.hall,
    zone,
    hours: (one) => calendar.hoursOf(one).map(([from, until]) => [from, until]),
    closesAt: profile.closesAt,
    now: now(),
    current: day,
    days,
    since,
    taken,
  });
}
