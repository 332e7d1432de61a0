/** The sums of one day, all stations together, kept up with its cells as they come. */
import { addCell, isUnknown, type CellPlace } from './add-cell.ts';
import { emptySums, type Sums } from './sums.ts';

export type DayPlace = Omit<CellPlace, 'station'>;

export class DaySums {
  readonly #sums = emptySums();
  /** How many counts say that something happened at the station on the day. */
  readonly #dayBound = new Map<string, number>();

  constructor(private readonly place: DayPlace) {}

  /** They go on growing: whoever keeps a part of them keeps a copy. */
  get sums(): Sums {
    return this.#sums;
  }

  isAt({ config, zone, day }: DayPlace): boolean {
    return this.place.config === config && this.place.zone.name === zone.name && this.place.day === day;
  }

  add(station: string, name: string, n: number): void {
    const before = this.#sums.dayBound;
    addCell(this.#sums, { ...this.place, station }, name, n);
    const more = this.#sums.dayBound - before;
    if (more !== 0) this.#dayBound.set(station, (this.#dayBound.get(station) ?? 0) + more);
  }

  /** Stations at which something has happened on the day. */
  get activeStations(): string[] {
    return [...this.#dayBound].filter(([, dayBound]) => dayBound > 0).map(([station]) => station);
  }

  get unknownStations(): string[] {
    const { config } = this.place;
    return [...this.#dayBound]
      .filter(([station, dayBound]) => isUnknown(config, station, { dayBound }))
      .map(([station]) => station);
  }
}
