/** The histories that a fold has at hand: events by the keys they are filed under, kept for the busiest entities. */
import { isWellFormed } from '../events/declared.ts';
import { compareEvents, eventKey, singleKey, type LedgerEvent } from '../events/event.ts';
import { filingOf } from '../events/filing.ts';
import type { Zone } from '../calendar/zone.ts';
import { winningAcceptance } from './parts/case.ts';
import type { BoardState } from './state.ts';

/** Where histories come from: the ledger as of the fold's position. */
export interface HistorySource {
  /** Live events filed under each key, in any order. */
  historyOf(keys: readonly string[]): Promise<ReadonlyMap<string, readonly LedgerEvent[]>>;
  /** Of each key the last of its live events in the order of C1; keys without one are absent. */
  latestOf(keys: readonly string[]): Promise<ReadonlyMap<string, LedgerEvent>>;
  find(source: string, id: string): Promise<LedgerEvent | undefined>;
}

/** What a contribution is made of. */
export type HistoryView = Pick<Histories, 'get' | 'ticketEventsOf'>;

interface History {
  /** Live events (no voided ones), in the order of C1. An empty list is knowledge too. */
  readonly events: LedgerEvent[];
  /** Only the last event is here, which is all that a window or a terminal is read from. */
  readonly isLatest: boolean;
}

/**
 * A window onto the ledger as of the fold's position. `load` must have fetched what a batch needs before its events
 * are folded; the fold then keeps the lists up to date by itself.
 */
export class Histories {
  readonly #histories = new Map<string, History>();
  /** What the lists weigh together, roughly in bytes. */
  #weight = 0;
  /** Events that voids of the batch name, by identity; `undefined` when not in the ledger yet. */
  readonly #targets = new Map<string, LedgerEvent | undefined>();

  readonly #keys = new WeakMap<LedgerEvent, readonly string[]>();

  constructor(private readonly zone: Zone) {}

  get weight(): number {
    return this.#weight;
  }

  get(key: string): readonly LedgerEvent[] {
    const history = this.#histories.get(key);
    if (!history) throw new Error(`history of ${key} was not loaded`);
    return history.events;
  }

  target(identity: string): LedgerEvent | undefined {
    return this.#targets.get(identity);
  }

  /** Files a new event under its keys. */
  insert(event: LedgerEvent): void {
    for (const key of this.keysOf(event)) {
      const history = this.#histories.get(key);
      if (!history) continue;
      const { events, isLatest } = history;
      // Most events are the newest of their entity.
      let at = events.length;
      while (at > 0 && compareEvents(events[at - 1]!, event) > 0) at--;
      if (isLatest && at < events.length) continue;
      if (isLatest) for (const before of events.splice(0)) this.#weight -= weigh(before);
      events.splice(isLatest ? 0 : at, 0, event);
      this.#weight += weigh(event);
    }
  }

  /** Takes a voided event out of every list. */
  remove(event: LedgerEvent): void {
    for (const key of this.keysOf(event)) {
      const { events } = this.#histories.get(key) ?? { events: [] };
      const at = events.findIndex((other) => other.source === event.source && other.id === event.id);
      if (at < 0) continue;
      events.splice(at, 1);
      this.#weight -= weigh(event);
    }
  }

  /**
   * Fetches whatever the fold of `batch` needs and is not here. Loading some reveals more (a case's ticket, a ticket's
   * cases), so each key is followed once.
   */
  async load(batch: readonly LedgerEvent[], state: BoardState, source: HistorySource): Promise<void> {
    const needed = new Set<string>();
    const voided = new Set<string>();
    for (const event of batch) {
      for (const key of this.keysOf(event)) needed.add(key);
      // Nearly always there is no orphan, and no need to build an identity for every event.
      const identity = state.orphanVoids.size > 0 ? eventKey(event.source, event.id) : '';
      if (state.orphanVoids.has(identity)) needed.add(`void:${identity}`);
      if (event.type !== 'hall.event.voided' || !isWellFormed(event.type, event.data)) continue;
      const { source: from, id } = event.data;
      const target = batch.find((other) => other.source === from && other.id === id) ?? (await source.find(from, id));
      this.#targets.set(eventKey(from, id), target);
      for (const key of target ? this.keysOf(target) : []) voided.add(key);
    }
    // Once its last event may go, a window is read from the one before, so all of them must be here.
    for (const key of voided) {
      needed.add(key);
      if (this.#histories.get(key)?.isLatest) this.#forget(key);
    }
    await this.#follow(needed, voided, state, source);
  }

  /** Fetches what the contributions of some entities need and is not here. */
  async loadEntities(keys: readonly string[], state: BoardState, source: HistorySource): Promise<void> {
    await this.#follow(new Set(keys), new Set(), state, source);
  }

  async #follow(
    needed: Set<string>,
    inFull: ReadonlySet<string>,
    state: BoardState,
    source: HistorySource,
  ): Promise<void> {
    const followed = new Set<string>();
    while (followed.size < needed.size) {
      const fresh = [...needed].filter((key) => !followed.has(key));
      await this.#fetch(
        fresh.filter((key) => !this.#histories.has(key)),
        inFull,
        state,
        source,
      );
      for (const key of fresh) {
        followed.add(key);
        // Only ratings reach from one entity to another, by the ticket with which a case was accepted.
        if (!key.startsWith('case:') && !key.startsWith('ticket:')) continue;
        for (const event of this.get(key))
          if (event.type === 'hall.case.accepted') for (const other of this.keysOf(event)) needed.add(other);
      }
    }
  }

  async #fetch(
    missing: readonly string[],
    inFull: ReadonlySet<string>,
    { uncounted }: BoardState,
    source: HistorySource,
  ): Promise<void> {
    // What the fold could not count is not there for anybody.
    const isCounted = (event: LedgerEvent) => uncounted.size === 0 || !uncounted.has(singleKey(event));
    const standing = missing.filter((key) => isStanding(key) && !inFull.has(key));
    const latest = standing.length > 0 ? await source.latestOf(standing) : new Map<string, LedgerEvent>();
    const others = missing.filter((key) => !isStanding(key) || inFull.has(key));
    for (const key of standing) {
      const event = latest.get(key);
      if (event && !isCounted(event)) others.push(key);
      else this.#keep(key, { events: event ? [event] : [], isLatest: true });
    }
    if (others.length === 0) return;
    const loaded = await source.historyOf(others);
    for (const key of others) {
      const events = (loaded.get(key) ?? []).filter(isCounted).sort(compareEvents);
      this.#keep(key, { events, isLatest: false });
    }
  }

  #keep(key: string, history: History): void {
    this.#histories.set(key, history);
    this.#weight += KEY_WEIGHT;
    for (const event of history.events) this.#weight += weigh(event);
  }

  #forget(key: string): void {
    for (const event of this.#histories.get(key)?.events ?? []) this.#weight -= weigh(event);
    if (this.#histories.delete(key)) this.#weight -= KEY_WEIGHT;
  }

  /**
   * Forgets all targets and, when many more than `limit` bytes are held, the oldest lists. Only between batches: a list
   * that is needed again is fetched again, whole.
   */
  trim(limit: number): void {
    this.#targets.clear();
    // Seldom and many at once: a map is slow to begin again after a few deletions at its front.
    if (this.#weight < limit * 1.5) return;
    for (const key of this.#histories.keys()) {
      if (this.#weight <= limit) break;
      this.#forget(key);
    }
  }

  /** Forgets everything: what is needed is fetched from the ledger again. */
  clear(): void {
    this.#targets.clear();
    this.#histories.clear();
    this.#weight = 0;
  }

  /** The keys under which an event is filed: its entity's first. None where its data do not say. */
  keysOf(event: LedgerEvent): readonly string[] {
    let keys = this.#keys.get(event);
    if (!keys) this.#keys.set(event, (keys = readKeys(event, this.zone)));
    return keys;
  }

  /** Ratings and acceptances filed under the ticket with which the case's winning acceptance was made. */
  ticketEventsOf(caseEvents: readonly LedgerEvent[]): readonly LedgerEvent[] {
    const ticket = winningAcceptance(caseEvents)?.data.ticket;
    return ticket ? this.get(`ticket:${ticket}`) : [];
  }
}

function readKeys(event: LedgerEvent, zone: Zone): readonly string[] {
  try {
    const { entity, link } = filingOf(event, zone);
    return entity === null ? [] : link === null ? [entity] : [entity, link];
  } catch {
    return [];
  }
}

/** What stands until it changes: its history grows for ever, and only its end is read. */
function isStanding(key: string): boolean {
  return key.startsWith('window:') || key.startsWith('terminal:');
}

const KEY_WEIGHT = 200;
const EVENT_WEIGHT = 300;

/** Roughly the bytes that an event takes in memory. */
export function weigh(event: LedgerEvent): number {
  let weight = EVENT_WEIGHT + 2 * (event.source.length + event.id.length);
  for (const value of Object.values(event.data) as unknown[]) {
    if (typeof value === 'string') weight += 2 * value.length;
    else if (typeof value === 'object' && value !== null) weight += 2 * JSON.stringify(value).length;
  }
  return weight;
}
