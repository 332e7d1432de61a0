/** Breakdowns from stored cells, beside the measures of the same months. */
import type { CellSource } from '../board/cell-source.ts';
import { dayOf, type Zone } from '../calendar/zone.ts';
import { isInForceWithin } from '../profile/in-force.ts';
import type { HallConfig } from '../profile/profile.ts';
import type { Breakdown } from './breakdown.ts';
import {
  addBreakdownSums,
  BREAKDOWN_SUMMING,
  emptyBreakdownSums,
  type BreakdownSums,
  type PackedBreakdownSums,
} from './breakdown-sums.ts';
import type { MeasureQuery } from './build.ts';
import { buildBreakdown } from './build-breakdown.ts';
import type { MonthSums } from './month-sums.ts';
import { entryAt, Months, type ByStation } from './months.ts';

/** Two years of reports; what is older is seldom asked for and takes as much memory. */
const MONTHS_AHEAD = 24;

export class MonthBreakdowns {
  #fold = '';
  #seq = 0;
  readonly #months: Months<BreakdownSums, PackedBreakdownSums>;

  /** @param measures of the same hall, and of the same sources */
  constructor(
    private readonly config: HallConfig,
    private readonly zone: Zone,
    private readonly measures: MonthSums,
  ) {
    this.#months = new Months(BREAKDOWN_SUMMING, config, zone);
  }

  /** For the same hall, with nothing kept yet. */
  again(): MonthBreakdowns {
    return new MonthBreakdowns(this.config, this.zone, this.measures.again());
  }

  /** @param query `now`: the hall's clock, epoch ms */
  breakdown(source: CellSource, query: MeasureQuery & { readonly now: number }): Breakdown {
    this.#follow(source);
    const sums: ByStation<BreakdownSums> = new Map();
    for (const [station, more] of this.#months.of(source, query))
      addBreakdownSums(entryAt(sums, station, emptyBreakdownSums), more);
    const { from, to, station, now } = query;
    const inForce = this.config.profile.stations.filter((one) => isInForceWithin(one, query)).map(({ id }) => id);
    const measures =
      station === undefined
        ? this.measures.measureEach(source, { from, to, now }, inForce)
        : new Map([[station, this.measures.measure(source, query)]]);
    const today = dayOf(this.zone, now);
    const of = station === undefined ? {} : { station };
    return buildBreakdown({ from, to, ...of, config: this.config, today, sums, measures, seq: source.seq });
  }

  /** As `MonthSums.sumAhead`, of the months that reports ask for. */
  sumAhead(source: CellSource): boolean {
    this.#follow(source);
    return this.#months.sumAhead(source, MONTHS_AHEAD);
  }

  #follow(source: CellSource): void {
    if (source.fold !== this.#fold) {
      this.#months.clear();
      this.#seq = 0;
    }
    this.#months.forget(source.changedMonths(this.#seq));
    this.#fold = source.fold;
    this.#seq = source.seq;
  }
}
