/** Sums of stored cells up to the day of a past moment, kept until a cell of their days changes. */
import type { CellSource } from '../board/cell-source.ts';
import { CellTable, readCellName, type CellHead } from '../board/cells.ts';
import { PILOT, PILOT_PACE, residentRanges, RUNNING } from '../board/residency.ts';
import { nameIn, type RangeSpec } from '../board/state.ts';
import { addDays, BEHIND_DAYS, lastDayOf, type Zone } from '../calendar/zone.ts';
import { MEDICAL_LINE } from '../measures/medical-line.ts';
import { lineOf, type HallConfig } from '../profile/profile.ts';

/** Sums that are kept: those of some dozens of days, and all months of a long pilot. */
const MOST_KEPT = 2_000;

/** What was put right, and when that arrived, nobody knew at the moment. */
export const OF_ARRIVAL: ReadonlySet<CellHead> = new Set<CellHead>(['corrected', 'voided']);

interface PastSpec extends RangeSpec {
  readonly from: string;
  readonly to: string;
  /** Only what the pilot is about is ever read of its ranges. */
  readonly isPilot: boolean;
}

/** A range whose table nobody has read yet: most scenes read few of them. */
export interface LazyRange {
  readonly spec: RangeSpec;
  readonly sum: () => CellTable;
}

interface Kept extends Pick<PastSpec, 'from' | 'to'> {
  readonly table: CellTable;
}

export class PastRanges {
  #fold = '';
  #seq = 0;
  /** Those asked for longest ago first. */
  readonly #kept = new Map<string, Kept>();

  constructor(
    private readonly config: HallConfig,
    private readonly zone: Zone,
  ) {}

  /**
   * What a board keeps of `day`, with nothing in it behind that day: all but what runs on over all days, and corrections.
   * Each table is summed when it is first read, and is shared between days: whoever changes one changes it back.
   */
  of(day: string, source: CellSource): LazyRange[] {
    this.#follow(source);
    return residentRanges(day, this.config, this.zone)
      .filter(({ id }) => id !== RUNNING)
      .map((range) => {
        const spec = pastSpec(range, day);
        return { spec, sum: () => (isLong(spec) ? this.#sumMonths(spec, source) : this.#sum(spec, source)) };
      });
  }

  /**
   * Sums a month of the pilot that nobody has looked at yet, the newest first, so that whoever looks does not wait for it.
   * @returns whether there are more
   */
  sumAhead(source: CellSource): boolean {
    this.#follow(source);
    const months = [...source.changedMonths(0)].sort().reverse();
    const [last] = months;
    if (last === undefined) return false;
    const specs = residentRanges(lastDayOf(last), this.config, this.zone)
      .map((range) => pastSpec(range, lastDayOf(last)))
      .filter(isLong);
    for (const month of months)
      for (const spec of specs) {
        const days = { from: `${month}-01`, to: lastDayOf(month) };
        const part = { ...spec, ...days, from: days.from < spec.from ? spec.from : days.from };
        if (part.from > part.to || this.#kept.has(keyOf('cells', part))) continue;
        this.#sum(part, source);
        return true;
      }
    return false;
  }

  /** A pilot goes on for years: each month of it is summed once. */
  #sumMonths(spec: PastSpec, source: CellSource): CellTable {
    return this.#keep('months', spec, () => {
      const table = new CellTable();
      for (let { from } = spec; from <= spec.to;) {
        const last = lastDayOf(from.slice(0, 7));
        const month = this.#sum({ ...spec, from, to: last < spec.to ? last : spec.to }, source);
        for (const [station, name, n] of month.entries()) table.add(station, name, n);
        from = addDays(last, 1);
      }
      return table;
    });
  }

  #sum(spec: PastSpec, source: CellSource): CellTable {
    return this.#keep('cells', spec, () => {
      const table = new CellTable();
      if (spec.from > spec.to) return table;
      const { heads, from, to, isPilot } = spec;
      const station = isPilot ? this.config.profile.medicalPilot?.station : undefined;
      for (const [, at, name, n] of source.cells({ heads, from, to, ...(station === undefined ? {} : { station }) }))
        if (!isPilot || this.#isMedical(name)) table.add(at, nameIn(spec, { name, station: at }), n);
      return table;
    });
  }

  #isMedical(name: string): boolean {
    const cell = readCellName(name);
    if (!('item' in cell)) return false;
    return lineOf(this.config, 'line' in cell ? cell.line : '', cell.item) === MEDICAL_LINE;
  }

  #keep(how: How, spec: PastSpec, sum: () => CellTable): CellTable {
    const { from, to } = spec;
    const key = keyOf(how, spec);
    const kept = this.#kept.get(key) ?? { from, to, table: sum() };
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    if (this.#kept.size > MOST_KEPT)
      for (const oldest of [...this.#kept.keys()].slice(0, MOST_KEPT / 10)) this.#kept.delete(oldest);
    return kept.table;
  }

  /** Forgets what has changed since the last look. */
  #follow(source: CellSource): void {
    if (source.fold !== this.#fold) this.#kept.clear();
    else
      for (const month of source.changedMonths(this.#seq))
        for (const [key, { from, to }] of this.#kept)
          if (from.slice(0, 7) <= month && month <= to.slice(0, 7)) this.#kept.delete(key);
    this.#fold = source.fold;
    this.#seq = source.seq;
  }
}

/** Summed from cells, or from months that are. */
type How = 'cells' | 'months';

function keyOf(how: How, { heads, from, to, isPilot, reduce }: PastSpec): string {
  return [how, heads.join(), from, to, isPilot, reduce?.key].join('|');
}

function pastSpec({ from = '', to = BEHIND_DAYS, ...rest }: RangeSpec, day: string): PastSpec {
  const heads = rest.heads.filter((head) => !OF_ARRIVAL.has(head));
  return { ...rest, heads, from, to: to < day ? to : day, isPilot: rest.id.startsWith(PILOT) };
}

function isLong({ id }: RangeSpec): boolean {
  return id === PILOT || id === PILOT_PACE;
}
