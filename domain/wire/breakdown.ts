/** The wire of `GET /api/breakdown`: what a span is made of, bounded where a sender's mistake could name thousands. */
import type { Breakdown } from '../measures/breakdown.ts';

/** Of those that are not named one by one: how many they are, and what they add. */
export interface Unnamed {
  readonly n: number;
  readonly accepted: number;
}

/** `GET /api/breakdown?from=DAY&to=DAY[&station=ID]`. */
export interface BreakdownAnswer extends Breakdown {
  /** Items, windows and stations that nobody has told the hall of, beyond those that are listed. */
  readonly moreItems?: Unnamed & { readonly finished: number };
  readonly moreWindows?: Unnamed & { readonly served: number };
  readonly moreStations?: Unnamed & { readonly finished: number };
}
