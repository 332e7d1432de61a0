/** What must be known of a station to write down there while its server is gone: what is open, and what others send. Kept in the browser. */
import type { DeskState } from '../../domain/wire/desk.ts';
import type { DeskStore } from './store.ts';

/** Of the moment `now` (epoch ms). Nobody who waits and nothing that is called: both change while nothing is heard. */
export type KeptStation = Pick<DeskState, 'station' | 'now' | 'cases' | 'caseCount' | 'feeds'>;

/** A busy hall's changes are not written each. */
const EVERY_MS = 5_000;

const keyOf = (station: string): string => `station:${station}`;

/** Writes down what it is told, where that differs from what it wrote last: at once, and then now and then. */
export class StationKeeper {
  readonly #store: DeskStore;
  /** What has come since it last looked. */
  #told: KeptStation | undefined;
  #written = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: DeskStore) {
    this.#store = store;
  }

  hear({ station, now, cases, caseCount, feeds }: DeskState): void {
    this.#told = { station, now, cases, caseCount, feeds };
    if (this.#timer === undefined) this.#write();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#told = undefined;
  }

  #write(): void {
    this.#timer = undefined;
    const told = this.#told;
    if (!told) return;
    this.#told = undefined;
    // Also where nothing differs: a busy queue tells the same cases many times a second.
    this.#timer = setTimeout(() => this.#write(), EVERY_MS);
    const { now: _now, ...lasting } = told;
    const text = JSON.stringify(lasting);
    if (text === this.#written) return;
    this.#written = text;
    // Where it cannot be kept, a page has it as long as it is open.
    void this.#store.write(keyOf(told.station), told).catch(() => {});
  }
}

/** The station as it was told last, on whatever day; `undefined` where nothing that this release understands is kept. */
export async function readKeptStation(store: DeskStore, station: string): Promise<KeptStation | undefined> {
  const kept = await store.read(keyOf(station)).catch(() => undefined);
  return isKept(kept) && kept.station === station ? kept : undefined;
}

function isKept(value: unknown): value is KeptStation {
  const { station, now, cases, caseCount, feeds } = (value ?? {}) as Partial<Record<keyof KeptStation, unknown>>;
  const isNumbered = typeof now === 'number' && typeof caseCount === 'number';
  return isNumbered && typeof station === 'string' && Array.isArray(cases) && typeof feeds === 'object' && !!feeds;
}
