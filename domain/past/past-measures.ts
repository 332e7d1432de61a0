/** Measures as of a past moment. */
import { withUnsaved, type CellSource } from '../board/cell-source.ts';
import type { Cell } from '../board/cells.ts';
import { unknownYears } from '../calendar/calendar.ts';
import { dayOf, type Zone } from '../calendar/zone.ts';
import { countChecksDue, type MeasureQuery } from '../measures/build.ts';
import type { Measures } from '../measures/measures.ts';
import { MonthSums } from '../measures/month-sums.ts';
import { OF_ARRIVAL } from './past-ranges.ts';
import type { HallConfig } from '../profile/profile.ts';

export class PastMeasures {
  readonly #sums: MonthSums;
  /** Months whose kept sums hold what was changed for the last moment. */
  #changed: ReadonlySet<string> = new Set();

  constructor(
    private readonly config: HallConfig,
    private readonly zone: Zone,
  ) {
    this.#sums = new MonthSums(config, zone);
  }

  /**
   * @param changes what makes of the stored cells those of the moment, up to its day
   * @param at the moment, epoch ms: of days behind it nothing is counted, though their checks are owed
   */
  measure(source: CellSource, changes: readonly Cell[], queries: readonly MeasureQuery[], at: number): Measures[] {
    const months = new Set(changes.map(({ day }) => day.slice(0, 7)));
    const former = this.#changed;
    this.#changed = months;
    const changed = withUnsaved(source, { seq: source.seq, cells: changes, uncounted: source.uncounted() });
    const cells: CellSource = {
      ...changed,
      cells: (query) => changed.cells({ ...query, heads: query.heads.filter((head) => !OF_ARRIVAL.has(head)) }),
      changedMonths: (after) => [...new Set([...source.changedMonths(after), ...former, ...months])],
    };
    const today = dayOf(this.zone, at);
    return queries.map((query) => {
      const measures = this.#sums.measure(cells, { ...query, to: query.to < today ? query.to : today, now: at });
      if (query.to <= today) return measures;
      return {
        ...measures,
        checks: { ...measures.checks, of: countChecksDue(this.config, query) },
        unknownYears: unknownYears(this.config.calendar, query.from, query.to),
      };
    });
  }
}
