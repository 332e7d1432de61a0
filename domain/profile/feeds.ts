/** Kinds of fact that one system may be the feed of. */
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
