/** Nothing typed is lost: entries lie in the browser's store before anything is sent, and leave it once they are in the ledger. */
import type { Entry } from '../../domain/desk/entry.ts';
import { backoffMs, type Backoff } from '../live/backoff.ts';
import { Holdings, type Own } from './holdings.ts';
import { MOST_ENTRIES, takeBatch, type SendAnswer } from './send.ts';
import { StoreFault, type DeskStore, type Refusal, type StoreProblem } from './store.ts';
import type { Tabs } from './tabs.ts';

export type Put =
  | { readonly type: 'kept'; readonly entry: Entry }
  /** It is sent all the same, as long as this tab stays open. */
  | { readonly type: 'only-in-memory'; readonly entry: Entry; readonly because: StoreProblem }
  /** What was to be corrected is no longer here: another tab has dealt with it. */
  | { readonly type: 'gone' };

/**
 * `sent`: nothing waits. `sending`: on its way. `offline`: it could not be sent, and is tried again. `signed-out`: it
 * waits for its author. `not-kept`: some lie in this tab alone, which must not be closed.
 */
export type OutboxState = 'sent' | 'sending' | 'offline' | 'signed-out' | 'not-kept';

/** Of whoever is signed in. */
export interface OutboxView extends Own {
  readonly state: OutboxState;
}

export interface Counts {
  readonly waiting: number;
  readonly refused: number;
}

export interface OutboxOptions {
  readonly store: DeskStore;
  readonly send: (entries: readonly Entry[]) => Promise<SendAnswer>;
  readonly onChange: (view: OutboxView) => void;
  /** The server knows nobody. */
  readonly onSignedOut: () => void;
  /** The server says that entries of `author` are not of whoever is signed in: asks who is, and says whether it is them after all. */
  readonly isAuthor: (author: string) => Promise<boolean>;
  readonly openTabs: (name: string, hear: () => void) => Tabs;
  /** Shorter in tests. */
  readonly retry?: Backoff;
}

const RETRY: Backoff = { firstMs: 1_000, mostMs: 30_000 };
/** What another tab has written down is that tab's to send; after this time any may. */
const OTHERS_MS = 3_000;

const NOTHING: Own = { waiting: [], refused: [] };

export class Outbox {
  readonly #options: OutboxOptions;
  readonly #tabs: Tabs;
  readonly #holdings = new Holdings();
  #author: string | undefined;
  #isSignedOut = false;
  #isFailing = false;
  #attempt = 0;
  #most = MOST_ENTRIES;
  /** Until then the server wants to be left alone, by the monotonic clock. */
  #notBefore = 0;
  #sending: Promise<void> | undefined;
  #isAsked = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isStopped = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#tabs = options.openTabs(options.store.name, () => void this.#hearOfOthers());
    void this.#refresh();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#tabs.stop();
  }

  /** Whose entries are sent and shown from now on; `undefined` where nobody is signed in. */
  setAuthor(author: string | undefined): void {
    this.#author = author;
    this.#isSignedOut = false;
    this.#tell();
    this.nudge();
  }

  /** The store was taken away with what lay in it: what this tab knows of goes into it again. */
  async restore(): Promise<void> {
    const authors = new Set(this.#holdings.rows.map(({ author }) => author));
    const known = [...authors].map((author) => this.#holdings.of(author));
    const refused = known.flatMap((own) => own.refused);
    for (const entry of [...refused.map((one) => one.entry), ...known.flatMap(({ waiting }) => waiting)])
      await this.#keep(entry).catch(() => this.#holdings.hold({ entry, replaces: undefined, because: 'forbidden' }));
    await this.#refuse(refused);
    await this.#changed();
    this.nudge();
  }

  put(entry: Entry): Promise<Put> {
    return this.#add(entry, undefined);
  }

  /** Another entry in the place of a refused one. */
  correct(id: string, entry: Entry): Promise<Put> {
    return this.#add(entry, id);
  }

  /** Throws a refused one away. What still waits is taken back by an entry of its own: it may have arrived. */
  async discard(id: string): Promise<void> {
    if (!this.#holdings.refusalOf(id)) return;
    await this.#remove([id]);
    await this.#changed();
  }

  async counts(author: string): Promise<Counts> {
    await this.#refresh();
    const { waiting, refused } = this.#holdings.of(author);
    return { waiting: waiting.length, refused: refused.length };
  }

  /** Something has changed for the better: tries at once, unless the server wants to be left alone. */
  nudge(): void {
    this.#attempt = 0;
    this.#plan(0);
  }

  async #add(entry: Entry, replaces: string | undefined): Promise<Put> {
    let put: Put = { type: 'kept', entry };
    try {
      await this.#keepHeld();
      // What the store could not note before, it may now.
      const refusal = replaces === undefined ? undefined : this.#holdings.refusalOf(replaces);
      if (refusal) await this.#options.store.refuse([refusal]);
      if (!(await this.#keep(entry, replaces))) return { type: 'gone' };
    } catch (error) {
      const because = toProblem(error);
      this.#holdings.hold({ entry, replaces, because });
      put = { type: 'only-in-memory', entry, because };
    }
    await this.#changed();
    this.nudge();
    return put;
  }

  #keep(entry: Entry, replaces?: string): Promise<boolean> {
    return this.#options.store.add(entry, replaces);
  }

  /** What lies in this tab alone goes into the store first, so that an undo never comes before what it undoes. */
  async #keepHeld(): Promise<void> {
    for (let first = this.#holdings.unkept[0]; first; first = this.#holdings.unkept[0]) {
      const one = first;
      // Where another tab has dealt with the refused one meanwhile, this is still something that somebody typed.
      if (!(await this.#keep(one.entry, one.replaces))) await this.#keep(one.entry);
      const refusal = this.#holdings.refusalOf(one.entry.id);
      if (refusal) await this.#options.store.refuse([refusal]);
      this.#holdings.unkept = this.#holdings.unkept.filter((other) => other !== one);
    }
  }

  async #remove(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    // A store that does not let go hands it out again after a reload: the ledger knows it then.
    await this.#options.store.remove(this.#holdings.noteOver(ids)).catch(() => {});
  }

  async #refuse(refusals: readonly Refusal[]): Promise<void> {
    if (refusals.length === 0) return;
    this.#holdings.noteRefusals(refusals);
    await this.#options.store.refuse(refusals).catch(() => {});
  }

  async #changed(): Promise<void> {
    await this.#refresh();
    if (!this.#isStopped) this.#tabs.tell();
  }

  async #hearOfOthers(): Promise<void> {
    await this.#refresh();
    if (this.#next().length > 0 && !this.#sending && this.#timer === undefined)
      this.#plan(OTHERS_MS * (1 + Math.random()));
  }

  async #refresh(): Promise<void> {
    try {
      this.#holdings.rows = await this.#options.store.rows();
    } catch {
      // What was read last is still the best that is known.
    }
    this.#tell();
  }

  #own(): Own {
    return this.#author === undefined ? NOTHING : this.#holdings.of(this.#author);
  }

  #next(): readonly Entry[] {
    return this.#isSignedOut ? [] : this.#own().waiting;
  }

  #tell(): void {
    if (this.#isStopped) return;
    const own = this.#own();
    this.#options.onChange({ ...own, state: this.#readState(own.waiting.length) });
  }

  #readState(waiting: number): OutboxState {
    if (this.#holdings.unkept.length > 0) return 'not-kept';
    if (this.#author === undefined || (this.#isSignedOut && waiting > 0)) return 'signed-out';
    if (waiting === 0) return 'sent';
    return this.#isFailing ? 'offline' : 'sending';
  }

  #plan(waitMs: number): void {
    if (this.#isStopped) return;
    clearTimeout(this.#timer);
    const wait = Math.max(waitMs, this.#notBefore - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#flush();
    }, wait);
  }

  /** One at a time; whoever asks meanwhile is served afterwards. */
  async #flush(): Promise<void> {
    if (this.#sending) {
      this.#isAsked = true;
      return;
    }
    this.#sending = this.#sendAll();
    await this.#sending;
    this.#sending = undefined;
    if (!this.#isAsked) return;
    this.#isAsked = false;
    this.#plan(0);
  }

  async #sendAll(): Promise<void> {
    await this.#keepHeld().catch(() => {});
    await this.#refresh();
    for (;;) {
      const batch = takeBatch(this.#next(), this.#most);
      if (batch.length === 0 || this.#isStopped) break;
      if (!(await this.#sendBatch(batch))) return;
    }
    this.#isFailing = false;
    this.#attempt = 0;
    this.#tell();
  }

  /** @returns whether the next may follow at once */
  async #sendBatch(batch: readonly Entry[]): Promise<boolean> {
    const author = this.#author!;
    const answer = await this.#options.send(batch);
    switch (answer.type) {
      case 'judged':
        return this.#settle(author, answer);
      case 'signed-out':
        // Somebody may have signed in meanwhile.
        if (author !== this.#author) return true;
        this.#isSignedOut = true;
        this.#tell();
        this.#options.onSignedOut();
        return false;
      case 'unreadable':
        if (batch.length > 1) {
          this.#most = Math.ceil(batch.length / 2);
          return true;
        }
        if (!answer.isOurs) return this.#fail(0);
        await this.#refuse([{ id: batch[0]!.id, reason: 'form' }]);
        await this.#changed();
        return true;
      case 'failed':
        return this.#fail(answer.waitMs);
    }
  }

  async #settle(author: string, answer: SendAnswer & { type: 'judged' }): Promise<boolean> {
    this.#isFailing = false;
    this.#most = MOST_ENTRIES;
    await this.#remove(answer.taken);
    await this.#refuse(answer.refused);
    await this.#remove(this.#holdings.findVainUndos());
    const isAuthor = answer.foreign.length > 0 && (await this.#options.isAuthor(author));
    if (isAuthor) await this.#refuse(answer.foreign.map((id) => ({ id, reason: 'author' })));
    await this.#changed();
    if (answer.foreign.length === 0 || isAuthor) return true;
    // Whoever is signed in by now has been told of, and begins with their own.
    return this.#author === author ? this.#fail(0) : true;
  }

  #fail(waitMs: number): boolean {
    this.#isFailing = true;
    this.#notBefore = performance.now() + waitMs;
    this.#plan(backoffMs(this.#options.retry ?? RETRY, this.#attempt++, Math.random()));
    this.#tell();
    return false;
  }
}

function toProblem(error: unknown): StoreProblem {
  if (error instanceof StoreFault) return error.because;
  throw error;
}
