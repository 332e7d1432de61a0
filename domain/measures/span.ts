/** A span of days, cut where the hall's configuration changes, so that each piece is counted by its own rules. */
import { addDays } from '../calendar/zone.ts';
import type { CellTable } from '../board/cells.ts';
import type { HallConfig } from '../profile/profile.ts';

export interface Span {
  /** First and last day, both included. */
  readonly from: string;
  readonly to: string;
}

/** A piece of a span with the sums of its cells. */
export interface Segment extends Span {
  readonly table: CellTable;
}

/** The pieces of a span within which stations, and whether they take tickets, do not change. Empty when `from > to`. */
export function splitSpan(config: HallConfig, { from, to }: Span): Span[] {
  const starts = new Set<string>([from]);
  for (const station of config.profile.stations) {
    for (const start of [station.from, station.ticketsFrom, station.until && addDays(station.until, 1)])
      if (start && start > from && start <= to) starts.add(start);
  }
  const sorted = [...starts].sort();
  if (from > to) return [];
  return sorted.map((start, i) => ({ from: start, to: i + 1 < sorted.length ? addDays(sorted[i + 1]!, -1) : to }));
}
