/** The outbox as pages see it: what of whoever is signed in is not in the ledger yet, and what came of it. */
import type { Entry } from '../../domain/desk/entry.ts';
import type { RefusedEntry } from './holdings.ts';
import { Outbox, type Counts, type OutboxOptions, type OutboxState, type Put } from './outbox.ts';

export class DeskOutbox {
  /** In the order of making; their number is always in sight. */
  unsent = $state.raw<readonly Entry[]>([]);
  /** To be corrected or thrown away. */
  refused = $state.raw<readonly RefusedEntry[]>([]);
  state = $state<OutboxState>('sent');

  readonly #outbox: Outbox;

  constructor(options: Omit<OutboxOptions, 'onChange'>) {
    this.#outbox = new Outbox({
      ...options,
      onChange: ({ waiting, refused, state }) => {
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
    this.#outbox.setAuthor(author);
  }

  put(entry: Entry): Promise<Put> {
    return this.#outbox.put(entry);
  }

  correct(id: string, entry: Entry): Promise<Put> {
    return this.#outbox.correct(id, entry);
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
}
