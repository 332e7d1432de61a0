/** Kinds of fact that one system may be the feed of, and when the desk stands in for it. */

export const FEED_FACTS = [
  'tickets',
  'cases',
  'consultations',
  'services',
  'appointments',
  'ratings',
  'requests',
] as const;
export type FeedFact = (typeof FEED_FACTS)[number];

/** While a station's desk is the feed of a fact in the place of a system that is down; epoch ms. */
export interface FeedSpan {
  readonly fact: FeedFact;
  readonly from: number;
  /** The first moment at which it was so no more; absent while it goes on. */
  readonly until?: number;
}
