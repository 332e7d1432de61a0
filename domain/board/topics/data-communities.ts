/** What 社区 holds on the wire. */
import type { Promises, SceneHead, Spread, StationTile, TodayRatings } from './data.ts';

/** 社区: the street hall and the community stations beside one another. */
export interface CommunitiesData extends SceneHead {
  /** By station id: those in force, and any other at which something happened today. They add up to 总览. */
  stations: Record<string, StationRow>;
  /** The station ids in the profile's order, those that are not in force after them; the rest, as one, last. */
  order: string[];
  areas: string[];
  /** What areas of the hall's own are called. */
  areaNames: Record<string, { zh: string; en?: string }>;
  /** The last ten days up to the current one on which some station works, ascending; it ends before today where none does. */
  checkDays: string[];
}

/** One station's day beside the others'. */
export interface StationRow extends StationTile {
  /** Acceptances by what they are; these add up to `accepted`. Parts of 0 are absent. */
  load: Partial<Record<CaseKind, number>>;
  finished: number;
  /** True where tickets are taken, so that nobody waiting means nobody waits. */
  tickets?: true;
  /** When the one who has waited longest took the ticket; absent while nobody waits. */
  waitingSince?: number;
  wait: Spread;
  promises: Omit<Promises, 'dueLater'>;
  ratings: TodayRatings;
  /**
   * Day → area → result, on the days of `checkDays` on which the station owed checks. What was not done is `missing`
   * on an earlier day, and absent on the current one: whether there is still time is the clock's to say.
   */
  checks: Record<string, Record<string, CheckResult>>;
}

export type CheckResult = 'ok' | 'issue' | 'missing';

/** What a case is on a chart, by its channel alone, so that each part is the count that its word says elsewhere. */
export const CASE_KINDS = ['window', 'online', 'other'] as const;
export type CaseKind = (typeof CASE_KINDS)[number];
