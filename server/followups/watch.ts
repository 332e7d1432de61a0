/** What the hall itself says of follow-ups: opens those of poor ratings, lights lamps, reminds in steps. Ids follow from what they are of, so nothing is said twice. */
import { readFollowups } from '../../domain/board/topics/followups.ts';
import { createView } from '../../domain/board/topics/view.ts';
import { DAY_MS, type Zone } from '../../domain/calendar/zone.ts';
import type { EventOf, HallEvent } from '../../domain/events/event.ts';
import { isOwnSource } from '../../domain/events/own.ts';
import { litEvent, stepEvent } from '../../domain/followups/deeds.ts';
import { readDue } from '../../domain/followups/lamps.ts';
import {
  nameOpening,
  opensFollowup,
  ratingFollowupEvent,
  ratingVoidedEvent,
} from '../../domain/followups/of-rating.ts';
import { FOLLOWUPS_SOURCE } from '../../domain/followups/source.ts';
import { followupSettings } from '../../domain/profile/followups.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import type { Board } from '../board/board.ts';
import { createTurns } from '../in-turn.ts';
import type { Actor } from '../ledger/actor.ts';
import type { Ledger } from '../ledger/port.ts';
import { withTime, type RecordEvents } from '../record.ts';

const LOOK_MS = 15_000;
const FOLLOWUPS: Actor = { kind: 'hall', id: 'followups' };
/** Ratings of so long ago are looked at when the hall starts: one may have ended between a rating and its follow-up. */
const BACK_MS = 3 * DAY_MS;
const PAGE = 2_000;

export interface FollowupWatchOptions {
  readonly board: Board;
  readonly ledger: Pick<Ledger, 'find' | 'head' | 'readSpan'>;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  readonly record: RecordEvents;
  /** Whoever leads a station today, but for somebody whom the matter is about. */
  readonly leadOf: (station: string, rated: string | undefined) => string | undefined;
  readonly onError: (error: unknown) => void;
  /** Between two looks at the clock, real ms; shorter in tests. */
  readonly lookMs?: number;
}

export interface FollowupWatch {
  /** To be called with all that was appended. */
  hear(events: readonly HallEvent[]): void;
  /** Resolves once everything that is due now was said. */
  look(): Promise<void>;
  /** Resolves once nothing is being written; nothing follows. */
  stop(): Promise<void>;
}

export function startFollowupWatch(options: FollowupWatchOptions): FollowupWatch {
  const { board, ledger, config, zone, now, record, leadOf, onError, lookMs = LOOK_MS } = options;
  const inTurn = createTurns();
  let ratings: EventOf<'hall.rating.given'>[] = [];
  let voids: string[] = [];
  let isCaughtUp = false;
  let isEnding = false;

  const take = (events: readonly HallEvent[]): boolean => {
    const poor = events.filter(opensFollowup);
    const gone = events.flatMap((event) =>
      event.type === 'hall.event.voided' && isOwnSource(event.data.source) ? [event.data.id] : [],
    );
    ratings.push(...poor);
    voids.push(...gone);
    return poor.length > 0 || gone.length > 0;
  };
  const catchUp = async (): Promise<void> => {
    const upTo = ledger.head();
    const query = { types: ['hall.rating.given'] as const, from: now() - BACK_MS, until: now() + DAY_MS, upTo };
    for (let after = 0; ;) {
      const page = await ledger.readSpan({ ...query, after, limit: PAGE });
      take(page.filter(({ voided }) => !voided).map(({ event }) => event));
      if (page.length < PAGE) break;
      after = page.at(-1)!.event.seq;
    }
    isCaughtUp = true;
  };
  const isFollowed = (rating: EventOf<'hall.rating.given'>): boolean => {
    const { case: of } = rating.data;
    for (const entry of board.state.entries.followup.values())
      if (entry.about === 'rating' && (entry.rating === rating.id || (of && entry.case === of))) return true;
    return false;
  };
  const open = async (): Promise<void> => {
    while (ratings.length > 0) {
      const [rating] = ratings;
      await board.caughtUp();
      const { ofPoorRatings } = followupSettings(config().profile);
      const isTold = await ledger.find(FOLLOWUPS_SOURCE, nameOpening(rating!), ledger.head());
      if (ofPoorRatings && !isTold && !isFollowed(rating!)) {
        const owner = leadOf(rating!.data.station, rating!.data.staff ?? undefined);
        await record(withTime([ratingFollowupEvent(rating!, owner, now())]), FOLLOWUPS);
      }
      ratings = ratings.slice(1);
    }
    while (voids.length > 0) {
      const [id] = voids;
      if (await ledger.find(FOLLOWUPS_SOURCE, nameOpening({ id: id! }), ledger.head()))
        await record(withTime([ratingVoidedEvent({ id: id! }, now())]), FOLLOWUPS);
      voids = voids.slice(1);
    }
  };
  const say = async (): Promise<void> => {
    await board.caughtUp();
    if (board.state.day === undefined) return;
    const at = now();
    const view = createView(board.state, config(), zone, false);
    const settings = followupSettings(config().profile);
    const time = { zone, hoursOn: view.workingHours };
    const events = readFollowups(view).flatMap(([id, { entry, due }]): HallEvent[] => {
      if (!due) return [];
      const { lamps, step } = readDue(entry, due.at, at, settings, time);
      return [
        ...lamps.map((lamp) => litEvent(id, lamp, due.at, at)),
        ...(step === undefined ? [] : [stepEvent(id, step, due.at, at)]),
      ];
    });
    if (events.length > 0) await record(withTime(events), FOLLOWUPS);
  };
  const look = (): Promise<void> =>
    inTurn(async () => {
      if (isEnding) return;
      if (!isCaughtUp) await catchUp();
      await open();
      await say();
    });

  let timer: NodeJS.Timeout;
  const lookIn = (waitMs: number): void => {
    timer = setTimeout(() => {
      void look()
        .catch(onError)
        .finally(() => {
          if (!isEnding) lookIn(lookMs);
        });
    }, waitMs);
    timer.unref();
  };
  lookIn(0);
  return {
    hear(events) {
      if (!isEnding && take(events)) void inTurn(open).catch(onError);
    },
    look,
    async stop() {
      isEnding = true;
      clearTimeout(timer);
      await inTurn(() => Promise.resolve());
    },
  };
}
