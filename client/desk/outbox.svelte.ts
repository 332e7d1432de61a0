/** The outbox as pages see it: what of whoever is signed in is not in the ledger yet, and what came of it. */
import type { Entry } from '../../domain/desk/entry.ts';
import type { RefusedEntry } from './holdings.ts';
import { Outbox, type Counts, type OutboxOptions, type OutboxState, type Put } from './outbox.ts';

export class DeskOutbox {
  /** In the order of making; their number is always in sight. */
  unsent = $state.raw<readonly Entry[]>([]);
  /** No longer here, and in the ledger: kept in sight until a list of the ledger's has come that was asked for since. */
  arriving = $state.raw<readonly Entry[]>([]);
  /** To be corrected or thrown away. */
  refused = $state.raw<readonly RefusedEntry[]>([]);
  state = $state<OutboxState>('sent');

  readonly #outbox: Outbox;
  #author: string | undefined;

  constructor(options: Omit<OutboxOptions, 'onChange'>) {
    this.#outbox = new Outbox({
      ...options,
      onChange: ({ waiting, refused, state }) => {
        // At one stroke: nothing is out of sight between two places, or in neither of them.
        this.#arrive(this.unsent, waiting, refused);
        this.unsent = waiting;
        this.refused = refused;
        this.state = state;
      },
    });
  }

  /** Asks before the tab is closed that alone holds something; returns its stop. */
  start(): () => void {
    const warn = (event: BeforeUnloadEvent): void => {
      if (this.state === 'not-kept') event.preventDefault();
    };
    const nudge = (): void => this.nudge();
    addEventListener('beforeunload', warn);
    addEventListener('online', nudge);
    return () => {
      removeEventListener('beforeunload', warn);
      removeEventListener('online', nudge);
      this.#outbox.stop();
    };
  }

  setAuthor(author: string | undefined): void {
    // What is no longer shown because another sits here now has not arrived anywhere.
    if (author !== this.#author) this.unsent = this.arriving = [];
    this.#author = author;
    this.#outbox.setAuthor(author);
  }

  put(entry: Entry): Promise<Put> {
    return this.#follow(this.#outbox.put(entry));
  }

  correct(id: string, entry: Entry): Promise<Put> {
    return this.#follow(this.#outbox.correct(id, entry));
  }

  /** The ledger's own list tells of these by now. */
  forget(arrived: readonly Entry[]): void {
    this.arriving = this.arriving.filter((entry) => !arrived.includes(entry));
  }

  discard(id: string): Promise<void> {
    return this.#outbox.discard(id);
  }

  counts(author: string): Promise<Counts> {
    return this.#outbox.counts(author);
  }

  nudge(): void {
    this.#outbox.nudge();
  }

  restore(): Promise<void> {
    return this.#outbox.restore();
  }

  async #follow(putting: Promise<Put>): Promise<Put> {
    const put = await putting;
    // What was sent along with something before it has left before it was ever seen here.
    if (put.type !== 'gone' && put.entry.author === this.#author) this.#arrive([put.entry], this.unsent, this.refused);
    return put;
  }

  #arrive(entries: readonly Entry[], unsent: readonly Entry[], refused: readonly RefusedEntry[]): void {
    const here = [...unsent, ...refused, ...this.arriving];
    const gone = entries.filter(({ id }) => here.every((other) => other.id !== id));
    if (gone.length > 0) this.arriving = [...this.arriving, ...gone];
  }
}
