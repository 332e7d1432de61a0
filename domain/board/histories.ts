/** The histories that a fold has at hand: events by the keys they are filed under, kept for the busiest entities. */
import { compareEvents, eventKey, type LedgerEvent } from '../events/event.ts';
import { filingOf } from '../events/filing.ts';
import type { Zone } from '../calendar/zone.ts';
import { winningAcceptance } from './parts/case.ts';
import type { BoardState } from './state.ts';

/** Where histories come from: the ledger as of the fold's position. */
export interface HistorySource {
  /** Live events filed under each key, in any order. */
  historyOf(keys: readonly string[]): Promise<ReadonlyMap<string, readonly LedgerEvent[]>>;
  find(source: string, id: string): Promise<LedgerEvent | undefined>;
}

/**
 * A window onto the ledger as of the fold's position. `load` must have fetched what a batch needs before its events
 * are folded; the fold then keeps the lists up to date by itself.
 */
export class Histories {
  /** Live events (no voided ones) under each key, in the order of C1. An empty list is knowledge too. */
  readonly #lists = new Map<string, LedgerEvent[]>();
  /** Events that voids of the batch name, by identity; `undefined` when not in the ledger yet. */
  readonly #targets = new Map<string, LedgerEvent | undefined>();

  readonly #keys = new WeakMap<LedgerEvent, readonly string[]>();

  constructor(private readonly zone: Zone) {}

  get(key: string): readonly LedgerEvent[] {
    const list = this.#lists.get(key);
    if (!list) throw new Error(`history of ${key} was not loaded`);
    return list;
  }

  target(identity: string): LedgerEvent | undefined {
    return this.#targets.get(identity);
  }

  /** Files a new event under its keys. */
  insert(event: LedgerEvent): void {
    for (const key of this.keysOf(event)) {
      const list = this.#lists.get(key);
      if (!list) continue;
      // Most events are the newest of their entity.
      let at = list.length;
      while (at > 0 && compareEvents(list[at - 1]!, event) > 0) at--;
      list.splice(at, 0, event);
    }
  }

  /** Takes a voided event out of every list. */
  remove(event: LedgerEvent): void {
    for (const key of this.keysOf(event)) {
      const list = this.#lists.get(key);
      const at = list ? list.findIndex((other) => other.source === event.source && other.id === event.id) : -1;
      if (at >= 0) list!.splice(at, 1);
    }
  }

  /**
   * Fetches whatever the fold of `batch` needs and is not here. Loading some reveals more (a case's ticket, a ticket's
   * cases), so each key is followed once.
   */
  async load(batch: readonly LedgerEvent[], state: BoardState, source: HistorySource): Promise<void> {
    const needed = new Set<string>();
    const need = (event: LedgerEvent) => {
      for (const key of this.keysOf(event)) needed.add(key);
    };
    for (const event of batch) {
      need(event);
      // Nearly always there is no orphan, and no need to build an identity for every event.
      const identity = state.orphanVoids.size > 0 ? eventKey(event.source, event.id) : '';
      if (state.orphanVoids.has(identity)) needed.add(`void:${identity}`);
      if (event.type !== 'hall.event.voided') continue;
      const { source: from, id } = event.data;
      const target = batch.find((other) => other.source === from && other.id === id) ?? (await source.find(from, id));
      this.#targets.set(eventKey(from, id), target);
      if (target) need(target);
    }
    const followed = new Set<string>();
    while (followed.size < needed.size) {
      const fresh = [...needed].filter((key) => !followed.has(key));
      const missing = fresh.filter((key) => !this.#lists.has(key));
      if (missing.length > 0) {
        const loaded = await source.historyOf(missing);
        for (const key of missing) this.#lists.set(key, (loaded.get(key) ?? []).toSorted(compareEvents));
      }
      for (const key of fresh) {
        followed.add(key);
        // Only ratings reach from one entity to another, by the ticket with which a case was accepted.
        if (!key.startsWith('case:') && !key.startsWith('ticket:')) continue;
        for (const event of this.#lists.get(key)!) if (event.type === 'hall.case.accepted') need(event);
      }
    }
  }

  /** Forgets all targets and, when many more than `limit` are held, the oldest lists. Only between batches. */
  trim(limit: number): void {
    this.#targets.clear();
    // Seldom and many at once: a map is slow to begin again after a few deletions at its front.
    if (this.#lists.size < limit * 1.5) return;
    for (const key of this.#lists.keys()) {
      if (this.#lists.size <= limit) break;
      this.#lists.delete(key);
    }
  }

  /** The keys under which an event is filed: its entity's first. */
  keysOf(event: LedgerEvent): readonly string[] {
    let keys = this.#keys.get(event);
    if (!keys) {
      const { entity, link } = filingOf(event, this.zone);
      keys = entity === null ? [] : link === null ? [entity] : [entity, link];
      this.#keys.set(event, keys);
    }
    return keys;
  }

  /** Ratings and acceptances filed under the ticket with which the case's winning acceptance was made. */
  ticketEventsOf(caseEvents: readonly LedgerEvent[]): readonly LedgerEvent[] {
    const ticket = winningAcceptance(caseEvents)?.data.ticket;
    return ticket ? this.get(`ticket:${ticket}`) : [];
  }
}
