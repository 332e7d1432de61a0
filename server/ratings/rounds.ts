/** The rounds of ratings of a hall, in memory: hears what is recorded, takes what citizens tap, says when a window's tablet changes. */
import { dayOf, type Zone } from '../../domain/calendar/zone.ts';
import type { HallEvent, LedgerEvent } from '../../domain/events/event.ts';
import type { Score } from '../../domain/events/kinds.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import { takesTickets } from '../../domain/queue/station.ts';
import { ratingExplainedEvent, ratingGivenEvent, toRatingState } from '../../domain/ratings/events.ts';
import { recallRounds } from '../../domain/ratings/recall.ts';
import { chooseReasons, reasonsOf } from '../../domain/ratings/reasons.ts';
import {
  explainable,
  hearEvent,
  rateRound,
  roundAt,
  type Place,
  type Round,
  type RoundFacts,
} from '../../domain/ratings/round.ts';
import type { RatingState } from '../../domain/wire/desk.ts';
import type { Actor } from '../ledger/actor.ts';
import { withTime, type RecordEvents } from '../record.ts';
import type { Recent } from './recent.ts';

const BY_RULE: Actor = { kind: 'hall', id: 'ratings' };
/** What could not be recorded at the end of a round is tried again. */
const AGAIN_MS = 10_000;
/** The longest that a timer takes. */
const MOST_MS = 86_400_000;

export interface RoundsOptions {
  readonly config: () => HallConfig;
  readonly zone: Zone;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  /** Real milliseconds until the hall's clock shows `at`. */
  readonly untilMs: (at: number) => number;
  readonly record: RecordEvents;
  /** Whether ratings of a station are asked for here at a moment, epoch ms: where another system sends them it asks, too. */
  readonly isRatedHere: (station: string, at: number) => boolean;
  /** The window at which the board has a ticket in hand: calls of before this process are known to it alone. */
  readonly findWindow: (ticket: string) => string | undefined;
  readonly onError: (error: unknown) => void;
}

export type Rated = { readonly ok: true; readonly state: RatingState } | { readonly ok: false };
/** `over`: it was no poor one of this round, or its minute is over. */
export type Explained = { readonly ok: true } | { readonly ok: false; readonly reason: 'over' | 'unknown-reason' };

export interface Rounds {
  /** Takes up what was under way when the hall was stopped; what ended meanwhile is recorded by the profile's rule. To be called before anything is heard. */
  recall(recent: Recent): void;
  /** To be called with all that was appended, as it was. */
  hear(events: readonly LedgerEvent[], now: number): void;
  /** Records a rating; the second of a round is as good as the first, and changes nothing. Not `ok`: the round is over. @throws LedgerError */
  rate(window: string, round: string, score: Score): Promise<Rated>;
  /** Records why a poor rating was given; the first reasons of a rating are the ones that count. @throws LedgerError */
  explain(window: string, round: string, tags: readonly string[]): Promise<Explained>;
  stateOf(window: string): RatingState;
  /** Told of each window whose state may be another one now; returns what ends that. */
  onChange(listener: (window: string) => void): () => void;
  stop(): void;
}

export function createRounds(options: RoundsOptions): Rounds {
  const { config, zone, now, record } = options;
  const places = new Map<string, Place>();
  /** Rounds whose end has not been seen yet, by their id. */
  const running = new Map<string, Round>();
  const listeners = new Set<(window: string) => void>();
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  const put = (window: string, place: Place): void => {
    const before = places.get(window)?.round;
    if (before) running.delete(before.id);
    places.set(window, place);
    if (place.round && !place.round.rated) running.set(place.round.id, place.round);
    for (const listener of listeners) listener(window);
  };
  const factsAt = (at: number): RoundFacts => {
    const { profile } = config();
    return {
      now: at,
      hasWindow: (window, station) => profile.windows.some((one) => one.id === window && one.station === station),
      takesTickets: (station, moment) => takesTickets(config(), station, dayOf(zone, moment)),
      isRatedHere: options.isRatedHere,
      findWindow: options.findWindow,
    };
  };

  const plan = (leastMs = 0): void => {
    clearTimeout(timer);
    if (isStopped || running.size === 0) return;
    const ends = [...running.values()].map(({ until }) => until);
    const waitMs = Math.max(leastMs, options.untilMs(Math.min(...ends)));
    timer = setTimeout(() => void look(), Math.min(Math.max(waitMs, 1), MOST_MS));
    timer.unref();
  };
  /** Ends what has had its time; what the profile says of an unrated round is recorded. */
  const look = async (): Promise<void> => {
    const at = now();
    let isFailed = false;
    for (const round of [...running.values()]) {
      if (round.until > at) continue;
      try {
        await recordDefault(round);
        running.delete(round.id);
        for (const listener of listeners) listener(round.window);
      } catch (error) {
        isFailed = true;
        options.onError(error);
      }
    }
    plan(isFailed ? AGAIN_MS : 0);
  };
  const recordDefault = async (round: Round): Promise<void> => {
    const rule = config().profile.ratings?.default;
    if (rule) await record(withTime([ratingGivenEvent(round, rule.score, round.until, true)]), BY_RULE);
  };

  return {
    recall({ events, from }) {
      const at = now();
      const recalled = recallRounds(events, from, factsAt, at);
      for (const [window, place] of recalled.places) {
        places.set(window, place);
        const round = roundAt(place, at);
        if (round && !round.rated) running.set(round.id, round);
      }
      for (const round of recalled.due) running.set(round.id, round);
      void look();
    },
    hear(events, at) {
      const facts = factsAt(at);
      for (const event of events as readonly HallEvent[]) {
        const heard = hearEvent(places, event, facts);
        if (heard) put(...heard);
      }
      plan();
    },
    async rate(window, id, score) {
      const at = now();
      const round = roundAt(places.get(window), at);
      if (round?.id !== id) return { ok: false };
      // Two tablets in one moment: the ledger takes the first, by its id.
      if (!round.rated) await record(withTime([ratingGivenEvent(round, score, at)]), { kind: 'tablet', id: window });
      put(window, rateRound(places.get(window) ?? {}, round, score, at));
      return { ok: true, state: { state: 'thanks', round: id } };
    },
    async explain(window, id, tags) {
      const at = now();
      const round = explainable(places.get(window), id, at);
      if (!round) return { ok: false, reason: 'over' };
      const chosen = chooseReasons(reasonsOf(config().profile), tags);
      if (!chosen) return { ok: false, reason: 'unknown-reason' };
      await record(withTime([ratingExplainedEvent(round, chosen, at)]), { kind: 'tablet', id: window });
      return { ok: true };
    },
    stateOf: (window) => toRatingState(places.get(window), now()),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
