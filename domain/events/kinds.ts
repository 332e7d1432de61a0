/** What a score and a channel count as: the one place that says so. The recounts say it again in their own words. */

export const SCORES = [1, 2, 3, 4, 5] as const;
export type Score = (typeof SCORES)[number];
/** Spec M9. */
export const SATISFIED_SCORES = [3, 4, 5] as const;
export const POOR_SCORES = [1, 2] as const;
const poor: ReadonlySet<unknown> = new Set(POOR_SCORES);

/** @param score as a number, or as a cell's name has it */
export function isPoor(score: number | string): boolean {
  return poor.has(Number(score));
}

/** At a window counts whoever has a member of staff before them, in the hall or at home. */
export type ChannelKind = 'window' | 'online' | 'self-service' | 'other';

export function kindOfChannel(channel: string): ChannelKind {
  switch (channel) {
    case 'window':
    case 'home-visit':
      return 'window';
    case 'online':
    case 'self-service':
      return channel;
    default:
      return 'other';
  }
}
