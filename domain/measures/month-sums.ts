/** Measures from stored cells: whole months are summed once and kept until one of their cells changes. */
import { unknownYears } from '../calendar/calendar.ts';
import type { CellSource, Days } from '../board/cell-source.ts';
import { readNameOf, type CellHead, type NameOf } from '../board/cells.ts';
import type { Zone } from '../calendar/zone.ts';
import type { HallConfig } from '../profile/profile.ts';
import { buildMeasures, countChecksDue, type MeasureInput, type MeasureQuery, type Span } from './build.ts';
import { lapsingDays } from './running.ts';
import type { Measures } from './measures.ts';
import { addCell, isUnknown, SUMMED_HEADS } from './add-cell.ts';
import { daysOfMonth, entryAt, Months, type ByStation } from './months.ts';
import type { SummedFrom } from './summed-from.ts';
import { addEach, addSums, emptySums, packSums, type PackedSums, type Sums } from './sums.ts';

/** What adds up over all days: cases that are open, and overdue. */
interface Running {
  open: number;
  overdue: number;
}
const RUNNING_HEADS = ['open', 'overdue'] as const;

/** How things stand at a span's end, or at the clock where that is earlier. */
type Standing = { -readonly [F in 'open' | 'overdueOpen' | 'supplyAhead' | 'suppliedAhead']: MeasureInput[F] };

/** `now`: the hall's clock, epoch ms. */
type AtClock<Q> = Q & { readonly now: number };

export class MonthSums {
  #fold = '';
  #seq = 0;
  readonly #months: Months<Sums, PackedSums>;
  readonly #running = new Map<string, ByStation<Running>>();

  constructor(
    private readonly config: HallConfig,
    private readonly zone: Zone,
  ) {
    const summing = { heads: SUMMED_HEADS, empty: emptySums, add: addCell, pack: packSums };
    this.#months = new Months(summing, config, zone);
  }

  /** For the same hall, with nothing kept yet. */
  again(): MonthSums {
    return new MonthSums(this.config, this.zone);
  }

  /** @param from where one figure is asked for and the others may be wrong: what it is summed from */
  measure(source: CellSource, query: AtClock<MeasureQuery>, from?: SummedFrom): Measures {
    this.#follow(source);
    const sums = emptySums();
    const unknownStations: string[] = [];
    for (const [station, more] of this.#months.of(source, query, from?.heads)) {
      addSums(sums, more, from?.spreads);
      if (isUnknown(this.config, station, more)) unknownStations.push(station);
    }
    const standing = nothingStanding();
    for (const [station, more] of from?.heads ? [] : this.#standingAtEnd(source, query))
      if (query.station === undefined || query.station === station) addEach(standing, more);
    return this.#build(source, query, { sums, unknownStations, standing });
  }

  /** The same of each station by itself, of those that `also` names and of all at which something is counted. */
  measureEach(source: CellSource, query: AtClock<Span>, also: Iterable<string>): Map<string, Measures> {
    this.#follow(source);
    const stations: ByStation<Sums> = new Map();
    for (const station of also) stations.set(station, emptySums());
    for (const [station, more] of this.#months.of(source, query))
      if (station !== '') addSums(entryAt(stations, station, emptySums), more);
    const standing = this.#standingAtEnd(source, query);
    return new Map(
      [...stations].map(([station, sums]) => {
        const unknownStations = isUnknown(this.config, station, sums) ? [station] : [];
        const parts = { sums, unknownStations, standing: standing.get(station) ?? nothingStanding() };
        return [station, this.#build(source, { ...query, station }, parts)];
      }),
    );
  }

  #build(
    source: CellSource,
    { from, to, station }: MeasureQuery,
    { sums, unknownStations, standing }: { sums: Sums; unknownStations: readonly string[]; standing: Standing },
  ): Measures {
    return buildMeasures({
      unknownYears: unknownYears(this.config.calendar, from, to),
      from,
      to,
      ...(station === undefined ? {} : { station }),
      config: this.config,
      checksDue: countChecksDue(this.config, { from, to, ...(station === undefined ? {} : { station }) }),
      sums,
      unknownStations,
      ...standing,
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
    return this.#months.sumAhead(source);
  }

  /** Forgets what has changed since the last question. */
  #follow(source: CellSource): void {
    if (source.fold !== this.#fold) {
      this.#months.clear();
      this.#running.clear();
      this.#seq = 0;
    }
    const changed = source.changedMonths(this.#seq);
    this.#months.forget(changed);
    for (const month of changed) this.#running.delete(month);
    // All at once where there are many, as at first; one by one where a few have changed.
    const isAll = changed.length > 12;
    if (isAll) this.#running.clear();
    const spans = isAll ? [{}] : changed.map(daysOfMonth);
    for (const days of spans) {
      for (const [month, station, head, n] of source.monthly(RUNNING_HEADS, days)) {
        const stations = entryAt(this.#running, month, () => new Map<string, Running>());
        entryAt(stations, station, noneRunning)[head as 'open' | 'overdue'] += n;
      }
    }
    this.#fold = source.fold;
    this.#seq = source.seq;
  }

  /** What is open, overdue and awaited at the end of the span, by station (spec C8, M5, M18). */
  #standingAtEnd(source: CellSource, { from, to, station, now }: AtClock<MeasureQuery>): ByStation<Standing> {
    const lapsing = lapsingDays(this.zone, now, to);
    const today = lapsing.from;
    const atEnd = this.#runningAt(source, to);
    const overdueAt = lapsing.to === to ? atEnd : this.#runningAt(source, lapsing.to);
    const standing: ByStation<Standing> = new Map();
    const at = (id: string): Standing => entryAt(standing, id, nothingStanding);
    for (const [id, { open }] of atEnd) at(id).open = open;
    for (const [id, { overdue }] of overdueAt) at(id).overdueOpen = overdue;
    if (to < today) return standing;
    const of = station === undefined ? {} : { station };
    // Promises that have not lapsed yet, and papers whose time is not over.
    for (const [id, cell, n] of cellsOf(source, 'due', { ...lapsing, ...of }))
      if (Number(cell.dueAt) >= now) at(id).overdueOpen -= n;
    const ahead = { from: from > today ? from : today, to, ...of };
    for (const [id, cell, n] of cellsOf(source, 'supply', ahead))
      if (Number(cell.dueAt) >= now) {
        at(id).supplyAhead += n;
        if (cell.state === 'inTime') at(id).suppliedAhead += n;
      }
    return standing;
  }

  /** Spec C6, C8: what all days up to `to` add up to, by station. */
  #runningAt(source: CellSource, to: string): ByStation<Running> {
    const month = to.slice(0, 7);
    const total: ByStation<Running> = new Map();
    for (const [earlier, stations] of this.#running) {
      if (earlier >= month) continue;
      for (const [id, running] of stations) addEach(entryAt(total, id, noneRunning), running);
    }
    const days = { from: `${month}-01`, to };
    for (const [, id, head, n] of source.monthly(RUNNING_HEADS, days))
      entryAt(total, id, noneRunning)[head as 'open' | 'overdue'] += n;
    return total;
  }
}

function* cellsOf<H extends CellHead>(
  source: CellSource,
  head: H,
  days: Required<Days> & { readonly station?: string },
): Generator<readonly [station: string, cell: NameOf<H>, n: number]> {
  for (const [, station, name, n] of source.cells({ heads: [head], ...days }))
    yield [station, readNameOf(head, name), n];
}

function noneRunning(): Running {
  return { open: 0, overdue: 0 };
}

function nothingStanding(): Standing {
  return { open: 0, overdueOpen: 0, supplyAhead: 0, suppliedAhead: 0 };
}
