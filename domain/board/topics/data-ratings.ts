/** What 评价 holds on the wire. */
import type { Buckets } from './bounds.ts';
import type { FollowupCard, Ratio, SceneHead } from './data.ts';

/** 评价: how people rated, the active apart from the default, and the loop of poor ones. */
export interface RatingsData extends SceneHead {
  today: RatingCounts;
  month: RatingCounts;
  /** The months before this one that hold a rating, oldest first. */
  earlier: ({ month: string } & RatedPlace)[];
  /** By station id: this month's. Stations in force, and any other that was rated. */
  stations: Record<string, RatedStation>;
  /** The station ids in the profile's order, others and the rest after them. */
  order: string[];
  loop: RatingLoop;
  /** Open follow-ups of poor ratings by id, whenever they were opened; those due first, `loop` counts them all. */
  followups: Record<string, FollowupCard>;
  /** How many more are open; absent where all are listed. */
  moreFollowups?: number;
  /** By when these are due, of those that `loop.open` counts and of those that `loop.carried` does. */
  moreDue?: { open: Buckets; carried: Buckets };
  /** Working days that a poor rating is given where its follow-up states no deadline. */
  poorRatingDays: number;
}

/** Ratings of the first round by score, those that a person gave apart from those filled in. */
export interface RatingCounts {
  active: Record<string, number>;
  byDefault: Record<string, number>;
}

/** Ratings of one place: `satisfied` of those that a person gave, `byDefault` the others, `poor` of both. */
export interface RatedPlace {
  satisfied: Ratio;
  poor: number;
  byDefault: number;
}

/** A station's ratings, and by window id those that named one; the rest came without a window. */
export interface RatedStation extends RatedPlace {
  name: string;
  short: string;
  nameEn?: string;
  shortEn?: string;
  kind: 'hall' | 'community';
  /** The profile does not know this station; it is counted and flagged. */
  unknown?: true;
  /** So many unknown stations with fewer ratings, as one; it has no name. */
  merged?: number;
  /** Those of the profile; of others those with the most poor ratings, the rest as one. */
  windows: Record<string, RatedWindow>;
}

export interface RatedWindow extends RatedPlace {
  label: string;
  /** So many unknown windows, as one; it has no label. */
  merged?: number;
}

/**
 * This month's poor ratings and what became of them. Nothing in the ledger joins a rating to its follow-up,
 * so the two are counted side by side: `opened` − the five results = those still open, and
 * `poor` − `opened`, where that is positive, have no follow-up yet.
 */
export interface RatingLoop {
  /** First-round ratings of 1 and 2. */
  poor: number;
  /** Follow-ups about ratings that were opened this month. */
  opened: number;
  calledBack: number;
  rectified: number;
  explained: number;
  misrated: number;
  /** Opened this month and not closed. */
  open: number;
  /** Still open from earlier months; listed, and in none of the counts above. */
  carried: number;
}
