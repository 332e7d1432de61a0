/** Events that were appended and wait to be folded: bounded, since what is dropped can be read again by its `seq`. */
import { weigh } from '../../domain/board/histories.ts';
import type { LedgerEvent } from '../../domain/events/event.ts';

/** Of more than this, in number or roughly in bytes, nothing is kept. */
const MOST_EVENTS = 50_000;
const MOST_BYTES = 64_000_000;

interface Waiting {
  readonly event: LedgerEvent;
  readonly weight: number;
}

export class FoldQueue {
  #waiting: Waiting[] = [];
  #weight = 0;
  #isBehind = false;

  get length(): number {
    return this.#waiting.length;
  }

  /** The queue no longer holds all that the ledger has. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  push(events: Iterable<LedgerEvent>): void {
    for (const event of events) {
      const weight = weigh(event);
      this.#waiting.push({ event, weight });
      this.#weight += weight;
    }
    if (this.#waiting.length > MOST_EVENTS || this.#weight > MOST_BYTES) this.drop();
  }

  /** The first so many, in the order in which they came. */
  take(count: number): LedgerEvent[] {
    return this.#waiting.splice(0, count).map(({ event, weight }) => {
      this.#weight -= weight;
      return event;
    });
  }

  drop(): void {
    this.#waiting = [];
    this.#weight = 0;
    this.#isBehind = true;
  }

  /** Whoever reads up to the ledger's head from here on misses nothing. */
  catchUp(): void {
    this.#isBehind = false;
  }
}
