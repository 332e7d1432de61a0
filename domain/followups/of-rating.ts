/** A poor rating that somebody gave in the hall opens its follow-up (spec U10): one, whoever looks and how often. */
import { isPoor } from '../events/kinds.ts';
import type { EventOf, HallEvent } from '../events/event.ts';
import { isOwnSource } from '../events/own.ts';
import { crc32 } from '../wire/digest.ts';
import { FOLLOWUPS_SOURCE } from './source.ts';

type Rating = EventOf<'hall.rating.given'>;

/** Of the first round, by a person, taken by the hall itself: what others send they follow up themselves. */
export function opensFollowup(event: HallEvent): event is Rating {
  if (event.type !== 'hall.rating.given' || !isOwnSource(event.source)) return false;
  const { score, round, byDefault } = event.data;
  return isPoor(score) && round !== 2 && !byDefault;
}

/** What the opening event of a rating's follow-up is called. */
export function nameOpening({ id }: { readonly id: string }): string {
  return `rating:${id}`;
}

/** @param at epoch ms, by the hall's clock */
export function ratingFollowupEvent(
  rating: Rating,
  owner: string | undefined,
  at: number,
): EventOf<'hall.followup.opened'> {
  const { station, case: of, staff } = rating.data;
  return {
    source: FOLLOWUPS_SOURCE,
    id: nameOpening(rating),
    type: 'hall.followup.opened',
    at,
    data: {
      followup: nameFollowup(rating.id),
      about: 'rating',
      station,
      rating: rating.id,
      ...(of ? { case: of } : {}),
      ...(staff ? { staff } : {}),
      ...(owner === undefined ? {} : { owner }),
    },
  };
}

/** A rating that does not exist (C3) is followed up by nobody. */
export function ratingVoidedEvent(rating: { readonly id: string }, at: number): EventOf<'hall.event.voided'> {
  const id = nameOpening(rating);
  const data = { source: FOLLOWUPS_SOURCE, id, reason: '评价已作废' };
  return { source: FOLLOWUPS_SOURCE, id: `${id}:voided`, type: 'hall.event.voided', at, data };
}

const LONG = 150;

/** No longer than an id may be. */
function nameFollowup(rating: string): string {
  return rating.length <= LONG ? `rating-${rating}` : `rating-${rating.slice(0, LONG)}~${crc32(rating)}`;
}
