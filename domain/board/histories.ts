/** The histories that a fold has at hand: events by the keys they are filed under, kept for the busiest entities. */
import { compareEvents, eventKey, type LedgerEvent } from '../events/event.ts';
import { filingOf } from '../events/filing.ts';
import type { Zone } from '../calendar/zone.ts';
import { winningAcceptance } from './parts/case.ts';
import type { BoardState } from './state.ts';

/**
 * A window onto the ledger as of the fold's position. Every key that `missingFor` names must be put here before
 * the events are folded; the fold then keeps the lists up to date by itself.
 */
export class Histories {
  /** Live events (no voided ones) under each key, in the order of C1. An empty list is knowledge too. */
  readonly #lists = new Map<string, LedgerEvent[]>();
  /** Events that voids of the batch name, by identity; `undefined` when not in the ledger yet. */
  readonly #targets = new Map<string, LedgerEvent | undefined>();

  constructor(private readonly zone: Zone) {}

  get(key: string): readonly LedgerEvent[] {
    const list = this.#lists.get(key);
    if (!list) throw new Error(`history of ${key} was not loaded`);
    return list;
  }

  has(key: string): boolean {
    return this.#lists.has(key);
  }

  put(key: string, events: readonly LedgerEvent[]): void {
    this.#lists.set(key, events.toSorted(compareEvents));
  }

  putTarget(identity: string, event: LedgerEvent | undefined): void {
    this.#targets.set(identity, event);
  }

  target(identity: string): LedgerEvent | undefined {
    return this.#targets.get(identity);
  }

  /** Files a new event under its keys. */
  insert(event: LedgerEvent): void {
    for (const key of keysOf(event, this.zone)) {
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
    for (const key of keysOf(event, this.zone)) {
      const list = this.#lists.get(key);
      const at = list ? list.findIndex((other) => other.source === event.source && other.id === event.id) : -1;
      if (at >= 0) list!.splice(at, 1);
    }
  }

  /** Identities that voids of this batch name and that have not been asked of the ledger. */
  missingTargets(batch: readonly LedgerEvent[]): { source: string; id: string }[] {
    const missing: { source: string; id: string }[] = [];
    for (const event of batch) {
      if (event.type !== 'hall.event.voided') continue;
      const { source, id } = event.data;
      if (!this.#targets.has(eventKey(source, id))) missing.push({ source, id });
    }
    return missing;
  }

  /**
   * Keys whose histories the fold of this batch needs and that are not here. Loading some may reveal more
   * (a ticket's cases, a case's ticket), so it is asked again until it names none.
   */
  missingFor(batch: readonly LedgerEvent[], state: BoardState): string[] {
    const needed = new Set<string>();
    const need = (event: LedgerEvent) => {
      for (const key of keysOf(event, this.zone)) needed.add(key);
    };
    for (const event of batch) {
      need(event);
      // Nearly always there is no orphan, and no need to build an identity for every event.
      const identity = state.orphanVoids.size > 0 ? eventKey(event.source, event.id) : '';
      if (state.orphanVoids.has(identity)) needed.add(`void:${identity}`);
      if (event.type === 'hall.event.voided') {
        const target = this.#targets.get(eventKey(event.data.source, event.data.id));
        if (target) need(target);
      }
    }
    // Ratings reach a case by its ticket: follow both ways through what is known.
    for (const key of needed) {
      for (const event of this.#lists.get(key) ?? []) {
        if (event.type === 'hall.case.accepted') need(event);
      }
    }
    return [...needed].filter((key) => !this.#lists.has(key));
  }

  /** Forgets the oldest lists beyond `limit`, and all targets. Only between batches. */
  trim(limit: number): void {
    this.#targets.clear();
    for (const key of this.#lists.keys()) {
      if (this.#lists.size <= limit) break;
      this.#lists.delete(key);
    }
  }

  /** Ratings and acceptances filed under the ticket with which the case's winning acceptance was made. */
  ticketEventsOf(caseEvents: readonly LedgerEvent[]): readonly LedgerEvent[] {
    const ticket = winningAcceptance(caseEvents)?.data.ticket;
    return ticket ? this.get(`ticket:${ticket}`) : [];
  }
}

export function keysOf(event: LedgerEvent, zone: Zone): string[] {
  const { entity, link } = filingOf(event, zone);
  return entity === null ? [] : link === null ? [entity] : [entity, link];
}
