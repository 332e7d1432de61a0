/** Measures from stored cells: whole months are summed once and kept until one of their cells changes. */
import type { CellSource, Days } from '../board/cell-source.ts';
import { readCellName } from '../board/cells.ts';
import { lastDayOf, type Zone } from '../calendar/zone.ts';
import type { HallConfig } from '../profile/profile.ts';
import { buildMeasures, countChecksDue, type MeasureQuery } from './build.ts';
import { lapsingDays } from './running.ts';
import type { Measures } from './measures.ts';
import { addCell, isUnknown, SUMMED_HEADS } from './add-cell.ts';
import { addSums, emptySums, packSums, type PackedSums, type Sums } from './sums.ts';

/** What adds up over all days: cases that are open, and overdue. */
interface Running {
  open: number;
  overdue: number;
}
const RUNNING_HEADS = ['open', 'overdue'] as const;

type ByStation<T> = Map<string, T>;

export class MonthSums {
  #fold = '';
  #seq = 0;
  /** Every month that holds a cell, and its sums where somebody has asked for them. */
  readonly #months = new Map<string, ByStation<PackedSums> | undefined>();
  readonly #running = new Map<string, ByStation<Running>>();

  constructor(
    private readonly config: HallConfig,
    private readonly zone: Zone,
  ) {}

  /** For the same hall, with nothing kept yet. */
  again(): MonthSums {
    return new MonthSums(this.config, this.zone);
  }

  /** @param query `now`: the hall's clock, epoch ms */
  measure(source: CellSource, { now, ...query }: MeasureQuery & { readonly now: number }): Measures {
    this.#follow(source);
    const { to, station } = query;
    const lapsing = lapsingDays(this.zone, now, to);
    const { open, ...atEnd } = this.#runningAt(source, to, station);
    const { overdue } = lapsing.to === to ? atEnd : this.#runningAt(source, lapsing.to, station);
    return buildMeasures({
      ...query,
      config: this.config,
      ...this.#total(source, query),
      open,
      overdueOpen: to < lapsing.from ? overdue : overdue - this.#countDue(source, lapsing, now, station),
      checksDue: countChecksDue(this.config, query),
      uncounted: source.uncounted(),
      seq: source.seq,
    });
  }

  /**
   * Sums one month that nobody has asked for yet, the newest first, so that whoever asks does not wait for it. The two
   * newest are left: they go on changing.
   * @returns whether there are more
   */
  sumAhead(source: CellSource): boolean {
    this.#follow(source);
    const [month, next] = [...this.#months.keys()]
      .sort()
      .reverse()
      .slice(2)
      .filter((one) => this.#months.get(one) === undefined);
    if (month !== undefined) this.#wholeMonth(source, month);
    return next !== undefined;
  }

  /** Forgets what has changed since the last question. */
  #follow(source: CellSource): void {
    if (source.fold !== this.#fold) {
      this.#months.clear();
      this.#running.clear();
      this.#seq = 0;
    }
    const changed = source.changedMonths(this.#seq);
    for (const month of changed) {
      this.#months.set(month, undefined);
      this.#running.delete(month);
    }
    // All at once where there are many, as at first; one by one where a few have changed.
    const isAll = changed.length > 12;
    if (isAll) this.#running.clear();
    const spans = isAll ? [{}] : changed.map(daysOf);
    for (const days of spans) {
      for (const [month, station, head, n] of source.monthly(RUNNING_HEADS, days)) {
        const stations = entryAt(this.#running, month, () => new Map<string, Running>());
        entryAt(stations, station, noneRunning)[head as 'open' | 'overdue'] += n;
      }
    }
    this.#fold = source.fold;
    this.#seq = source.seq;
  }

  #total(source: CellSource, query: MeasureQuery): { sums: Sums; unknownStations: string[] } {
    const sums = emptySums();
    const unknownStations: string[] = [];
    for (const [station, more] of this.#sumsOf(source, query)) {
      addSums(sums, more);
      if (isUnknown(this.config, station, more)) unknownStations.push(station);
    }
    return { sums, unknownStations };
  }

  *#sumsOf(
    source: CellSource,
    { from, to, station }: MeasureQuery,
  ): Generator<readonly [station: string, sums: Sums | PackedSums]> {
    for (const month of this.#months.keys()) {
      const days = daysOf(month);
      if (days.to < from || days.from > to) continue;
      const isWhole = days.from >= from && days.to <= to;
      const sums = isWhole
        ? this.#wholeMonth(source, month)
        : this.#sum(source, {
            from: days.from < from ? from : days.from,
            to: days.to > to ? to : days.to,
            ...(station === undefined ? {} : { station }),
          });
      for (const entry of sums) if (station === undefined || entry[0] === station) yield entry;
    }
  }

  #wholeMonth(source: CellSource, month: string): ByStation<PackedSums> {
    let sums = this.#months.get(month);
    if (!sums) {
      sums = new Map([...this.#sum(source, daysOf(month))].map(([station, one]) => [station, packSums(one)]));
      this.#months.set(month, sums);
    }
    return sums;
  }

  #sum(source: CellSource, query: Days & { readonly station?: string }): ByStation<Sums> {
    const { config, zone } = this;
    const sums: ByStation<Sums> = new Map();
    for (const [day, station, name, n] of source.cells({ heads: SUMMED_HEADS, ...query }))
      addCell(entryAt(sums, station, emptySums), { config, zone, station, day }, name, n);
    return sums;
  }

  /** Spec C6, C8: what all days up to `to` add up to. */
  #runningAt(source: CellSource, to: string, station: string | undefined): Running {
    const month = to.slice(0, 7);
    const total = noneRunning();
    for (const [earlier, stations] of this.#running) {
      if (earlier >= month) continue;
      for (const [id, { open: n, overdue }] of stations) {
        if (station !== undefined && id !== station) continue;
        total.open += n;
        total.overdue += overdue;
      }
    }
    const days = { from: `${month}-01`, to };
    for (const [, id, head, n] of source.monthly(RUNNING_HEADS, days))
      if (station === undefined || id === station) total[head as 'open' | 'overdue'] += n;
    return total;
  }

  /** Of what is overdue by the end of some days, the promises that have not lapsed at `now`. */
  #countDue(source: CellSource, days: Required<Days>, now: number, station: string | undefined): number {
    let due = 0;
    const query = { heads: ['due' as const], ...days, ...(station === undefined ? {} : { station }) };
    for (const [, , name, n] of source.cells(query)) {
      const cell = readCellName(name);
      if (cell.head === 'due' && Number(cell.dueAt) >= now) due += n;
    }
    return due;
  }
}

function noneRunning(): Running {
  return { open: 0, overdue: 0 };
}

/** First and last day of a month. */
function daysOf(month: string): { from: string; to: string } {
  return { from: `${month}-01`, to: lastDayOf(month) };
}

function entryAt<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
