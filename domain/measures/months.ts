/** Sums of whole months by station, made once and kept until a cell of the month changes; the days at a span's ends are summed for each question. */
import type { CellQuery, CellSource } from '../board/cell-source.ts';
import type { CellHead } from '../board/cells.ts';
import { lastDayOf, type Zone } from '../calendar/zone.ts';
import type { HallConfig } from '../profile/profile.ts';
import type { CellPlace } from './add-cell.ts';
import type { MeasureQuery } from './build.ts';

export type ByStation<T> = Map<string, T>;

/** What is summed: `S` while it grows, `P` once it is kept. */
export interface Summing<S, P> {
  readonly heads: readonly CellHead[];
  readonly empty: () => S;
  readonly add: (sums: S, place: CellPlace, name: string, n: number) => void;
  readonly pack: (sums: S) => P;
}

export class Months<S, P> {
  /** Every month that holds a cell, and its sums where somebody has asked for them. */
  readonly #months = new Map<string, ByStation<P> | undefined>();

  constructor(
    private readonly summing: Summing<S, P>,
    private readonly config: HallConfig,
    private readonly zone: Zone,
  ) {}

  clear(): void {
    this.#months.clear();
  }

  /** Forgets what it knows of months that have changed. */
  forget(changed: readonly string[]): void {
    for (const month of changed) this.#months.set(month, undefined);
  }

  /**
   * Of each month of the span, or of a part of it, what every station adds.
   * @param heads of a part of a month only these are read
   */
  *of(
    source: CellSource,
    { from, to, station }: MeasureQuery,
    heads?: readonly CellHead[],
  ): Generator<readonly [station: string, sums: S | P]> {
    for (const month of this.#months.keys()) {
      const days = daysOfMonth(month);
      if (days.to < from || days.from > to) continue;
      const isWhole = days.from >= from && days.to <= to;
      const sums: ByStation<S | P> = isWhole
        ? this.#wholeMonth(source, month)
        : this.#sum(source, {
            from: days.from < from ? from : days.from,
            to: days.to > to ? to : days.to,
            ...(station === undefined ? {} : { station }),
            ...(heads === undefined ? {} : { heads }),
          });
      for (const entry of sums) if (station === undefined || entry[0] === station) yield entry;
    }
  }

  /**
   * Sums one month that nobody has asked for yet, the newest first. The two newest are left: they go on changing.
   * @param most of so many months, the newest; the others wait until somebody asks
   * @returns whether there are more
   */
  sumAhead(source: CellSource, most = Infinity): boolean {
    const [month, next] = [...this.#months.keys()]
      .sort()
      .reverse()
      .slice(2, 2 + most)
      .filter((one) => this.#months.get(one) === undefined);
    if (month !== undefined) this.#wholeMonth(source, month);
    return next !== undefined;
  }

  #wholeMonth(source: CellSource, month: string): ByStation<P> {
    let sums = this.#months.get(month);
    if (!sums) {
      const summed = this.#sum(source, daysOfMonth(month));
      sums = new Map([...summed].map(([station, one]) => [station, this.summing.pack(one)]));
      this.#months.set(month, sums);
    }
    return sums;
  }

  #sum(source: CellSource, query: Partial<CellQuery>): ByStation<S> {
    const { config, zone } = this;
    const { heads, empty, add } = this.summing;
    const sums: ByStation<S> = new Map();
    for (const [day, station, name, n] of source.cells({ heads, ...query }))
      add(entryAt(sums, station, empty), { config, zone, station, day }, name, n);
    return sums;
  }
}

/** First and last day of a month. */
export function daysOfMonth(month: string): { from: string; to: string } {
  return { from: `${month}-01`, to: lastDayOf(month) };
}

export function entryAt<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
