/** A citizen's rating as events: one id for each round, so that the ledger itself counts it once. */
import type { Score } from '../events/kinds.ts';
import type { EventOf } from '../events/event.ts';
import type { RatingState } from '../wire/desk.ts';
import { speakTicket } from '../board/topics/public-calls.ts';
import { roundAt, type Place, type Round } from './round.ts';
import { RATINGS_SOURCE } from './source.ts';

/** @param at epoch ms, by the hall's clock */
export function ratingGivenEvent(
  round: Round,
  score: Score,
  at: number,
  byDefault = false,
): EventOf<'hall.rating.given'> {
  const { station, window, ticket, case: caseId, staff } = round;
  return {
    source: RATINGS_SOURCE,
    id: nameRating(round),
    type: 'hall.rating.given',
    at,
    data: {
      score,
      station,
      window,
      ...(ticket === undefined ? {} : { ticket }),
      ...(caseId === undefined ? {} : { case: caseId }),
      ...(staff === undefined ? {} : { staff }),
      medium: 'pad',
      ...(byDefault ? { byDefault } : {}),
    },
  };
}

/** The id of a round's rating. */
export function nameRating({ id }: Pick<Round, 'id'>): string {
  return `${id}/1`;
}

/** @param at epoch ms, by the hall's clock */
export function ratingExplainedEvent(
  round: Round,
  tags: readonly string[],
  at: number,
): EventOf<'hall.rating.explained'> {
  const rating = nameRating(round);
  const data = { rating, station: round.station, tags: [...tags] };
  return { source: RATINGS_SOURCE, id: `${rating}/reasons`, type: 'hall.rating.explained', at, data };
}

/** What the tablet of a window shows at `now`. */
export function toRatingState(place: Place | undefined, now: number): RatingState {
  const round = roundAt(place, now);
  if (!round) return { state: 'idle' };
  if (round.rated) return { state: 'thanks', round: round.id };
  const number = round.ticket === undefined ? undefined : speakTicket(round.ticket)?.number;
  return { state: 'asking', round: round.id, ...(number === undefined ? {} : { number }), until: round.until };
}
