/** How much of what outsiders decide the size of goes on the wire: the rest is counted, so that every total stays true. */
import { MINUTE_MS } from '../../calendar/zone.ts';

/** Stations, windows and items that the profile or the catalogue does not know: those at which most happened. */
export const UNKNOWN_SHOWN = 12;
/** Under this id, which no station or item can have, stands what is not shown by itself. */
export const REST = '';
/** Follow-ups of one topic, those due first. */
export const FOLLOWUPS_SHOWN = 100;
/** Open alarms: the hall's own are at most six of a kind. */
export const ALARMS_SHOWN = 40;
/** Moments that are told one by one; beyond them the minute is enough. */
export const MOMENTS_SHOWN = 300;
/** A text on a wall; the ledger has it whole. */
export const TEXT_SHOWN = 200;

/** `text` as far as a wall shows it. */
export function shorten(text: string): string {
  if (text.length <= TEXT_SHOWN) return text;
  // Half of a surrogate pair is no character.
  return `${text.slice(0, TEXT_SHOWN).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Moments that are too many to be told one by one, as [moment, how many]. */
export type Buckets = [at: number, n: number][];

/**
 * Ascending moments (epoch ms) for the wire: the first ones as they are; of the others how many lie up to each full
 * minute, or up to each of as many longer steps where they span more than a day.
 */
export function boundMoments(moments: readonly number[]): { exact: number[]; more?: Buckets } {
  if (moments.length <= MOMENTS_SHOWN) return { exact: [...moments] };
  const rest = moments.slice(MOMENTS_SHOWN);
  const span = rest.at(-1)! - rest[0]!;
  const step = Math.max(1, Math.ceil(span / (1_440 * MINUTE_MS))) * MINUTE_MS;
  const counts = new Map<number, number>();
  for (const at of rest) {
    const up = Math.ceil(at / step) * step;
    counts.set(up, (counts.get(up) ?? 0) + 1);
  }
  return { exact: moments.slice(0, MOMENTS_SHOWN), more: [...counts] };
}

/** The first of `ids` by how much happened there, the most first; ties by id. The others are the rest. */
export function splitByWeight(
  ids: Iterable<string>,
  weightOf: (id: string) => number,
  shown = UNKNOWN_SHOWN,
): { shown: string[]; rest: string[] } {
  const sorted = [...ids].sort((a, b) => weightOf(b) - weightOf(a) || (a < b ? -1 : 1));
  return { shown: sorted.slice(0, shown).sort(), rest: sorted.slice(shown) };
}
