/** The rounds of ratings as they stood before a start, from what was recorded last: those under way go on, and what the hall did not see end is told. Pure. */
import { eventKey, type HallEvent } from '../events/event.ts';
import { nameRating } from './events.ts';
import { hearEvent, rateRound, type Place, type Round, type RoundFacts } from './round.ts';
import { RATINGS_SOURCE } from './source.ts';

export interface Recalled {
  /** By their window. */
  readonly places: ReadonlyMap<string, Place>;
  /** Rounds that are over, that nobody rated and no rule. */
  readonly due: readonly Round[];
}

/**
 * @param events in the order of their arrival
 * @param from what happened before (epoch ms) opens nothing and tells who was called, no more
 * @param factsAt at a moment, epoch ms
 * @param now the hall's clock, epoch ms
 */
export function recallRounds(
  events: readonly HallEvent[],
  from: number,
  factsAt: (at: number) => RoundFacts,
  now: number,
): Recalled {
  const places = new Map<string, Place>();
  const due = new Map<string, Round>();
  const endRounds = (at: number): void => {
    for (const { round } of places.values()) if (round && !round.rated && round.until <= at) due.set(round.id, round);
  };
  // When each arrived nobody knows any more: no earlier than what arrived before it had happened.
  let clock = -Infinity;
  for (const event of events) {
    clock = Math.max(clock, Math.min(event.at, now));
    endRounds(clock);
    if (event.type === 'hall.rating.given') {
      if (event.source === RATINGS_SOURCE) takeRating(places, due, event.id, event);
    } else if (event.at >= from || isCall(event)) {
      const heard = hearEvent(places, event, factsAt(clock));
      if (heard) places.set(...heard);
      if (event.type === 'hall.event.voided') forgetVoided(due, eventKey(event.data.source, event.data.id));
    }
  }
  endRounds(now);
  return { places, due: [...due.values()] };
}

function takeRating(
  places: Map<string, Place>,
  due: Map<string, Round>,
  id: string,
  { at, data }: Extract<HallEvent, { type: 'hall.rating.given' }>,
): void {
  for (const round of due.values()) if (nameRating(round) === id) due.delete(round.id);
  for (const [window, place] of places)
    if (place.round && nameRating(place.round) === id)
      places.set(window, rateRound(place, place.round, data.score, at));
}

function forgetVoided(due: Map<string, Round>, key: string): void {
  for (const { id, openedBy } of due.values()) if (openedBy === key) due.delete(id);
}

function isCall({ type }: HallEvent): boolean {
  return type === 'hall.ticket.called' || type === 'hall.ticket.recalled';
}
