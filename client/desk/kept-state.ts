/** What a desk was told last of its station, kept in the browser for a page that begins while its server is gone. */
import type { DeskState } from '../../domain/wire/desk.ts';
import type { DeskStore } from './store.ts';

/** A busy hall's changes are not written each. */
const EVERY_MS = 5_000;

const keyOf = (station: string): string => `state:${station}`;

/** Writes the latest of what it is given, now and then. */
export class StateKeeper {
  #latest: DeskState | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly store: DeskStore) {}

  keep(state: DeskState): void {
    this.#latest = state;
    this.#timer ??= setTimeout(() => this.#write(), EVERY_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #write(): void {
    this.#timer = undefined;
    const state = this.#latest;
    // Where it cannot be kept, a page has it as long as it is open.
    if (state) void this.store.write(keyOf(state.station), state).catch(() => {});
  }
}

/**
 * The station as it was told last, for a page that hears nothing. Of an earlier day nobody waits any more and nobody sits
 * at a window; what is open, and what other systems send, still is.
 * @param day the hall's
 */
export async function readKeptState(store: DeskStore, station: string, day: string): Promise<DeskState | undefined> {
  const kept = await store.read(keyOf(station)).catch(() => undefined);
  if (!isState(kept, station)) return undefined;
  if (kept.day === day) return kept;
  const { queue: _queue, ...rest } = kept;
  const windows = kept.windows.map(({ id, label, lines }) => ({
    id,
    label,
    status: 'closed' as const,
    ...(lines === undefined ? {} : { lines }),
  }));
  return { ...rest, day, windows, appointments: [], alarms: [] };
}

/** One of another version, or a damaged one, is as none. */
function isState(value: unknown, station: string): value is DeskState {
  const { station: of, day, cases, windows, feeds } = (value ?? {}) as Partial<Record<keyof DeskState, unknown>>;
  const isObject = typeof feeds === 'object' && feeds !== null;
  return of === station && typeof day === 'string' && Array.isArray(cases) && Array.isArray(windows) && isObject;
}
