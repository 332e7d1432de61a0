/** One page's desk: who is signed in, the hall's clock, the station's state, and the entries on their way, kept in step. */
import type { EntryReason } from '../../domain/desk/entry.ts';
import type { DeskState, SignedIn } from '../../domain/wire/desk.ts';
import type { Backoff } from '../live/backoff.ts';
import { BASE } from '../live/base.ts';
import { guardMemory } from '../live/memory.ts';
import type { Reply } from '../live/request.ts';
import { readCatalogue, type CatalogueAnswer } from './catalogue.ts';
import { DeskClock } from './clock.ts';
import { readKeptStation, StationKeeper, type KeptStation } from './kept-station.ts';
import { DeskLink } from './link.svelte.ts';
import { makeEntry, type Draft } from './make-entry.ts';
import { DeskOutbox } from './outbox.svelte.ts';
import type { Put } from './outbox.ts';
import { sendEntries } from './send.ts';
import { DeskSession } from './session.svelte.ts';
import { DeskStore } from './store.ts';
import { nameStore } from './stored.ts';
import { openTabs, type Tabs } from './tabs.ts';

export type Recorded =
  | Put
  /** Nothing was kept: to be written otherwise. */
  | { readonly type: 'refused'; readonly reason: EntryReason; readonly field?: string }
  | { readonly type: 'nobody' };

export interface Timing {
  /** Between two questions who is signed in and what time it is. */
  readonly pulseMs: number;
  /** So long an entry waits for the hall's time where this PC's clocks have jumped. */
  readonly doubtMs: number;
  readonly tickMs: number;
  readonly retry?: Backoff;
}

const TIMING: Timing = { pulseMs: 15_000, doubtMs: 2_000, tickMs: 1_000 };
/** A state that says another time than the clock here, by so much, has it set anew. */
const APART_MS = 1_000;

export class Desk {
  /** The hall's time, epoch ms; moves once a second. */
  now = $state(0);
  /** Of the hall where somebody is signed in, or was last. */
  outbox = $state.raw<DeskOutbox>();

  readonly clock = new DeskClock();
  readonly session: DeskSession;
  readonly link: DeskLink;
  readonly #timing: Timing;
  readonly #tabs: Tabs;
  #store: DeskStore | undefined;
  #keeper: StationKeeper | undefined;
  #stopOutbox: (() => void) | undefined;
  /** Whose entries the outbox was last told to send, and whether the server said that they are signed in. */
  #author: string | undefined;
  #isIn = false;
  /** The clock's doubt for which the server was asked last, and the wait for its word. */
  #askedFor: number | undefined;
  #word: Promise<unknown> | undefined;
  #refreshing: Promise<boolean> | undefined;
  #isStopped = false;
  #pulse: ReturnType<typeof setTimeout> | undefined;
  #tick: ReturnType<typeof setInterval> | undefined;

  constructor(timing: Partial<Timing> = {}) {
    this.#timing = { ...TIMING, ...timing };
    this.session = new DeskSession(
      this.clock,
      guardMemory(() => localStorage),
      () => this.#followSession(),
    );
    this.link = new DeskLink({
      onState: (state) => this.#hearState(state),
      onReturn: () => {
        this.#askAnew();
        this.outbox?.nudge();
      },
      onTurnedAway: () => void this.refresh(),
    });
    this.#tabs = openTabs(`hallpulse${BASE}:desk:session`, () => void this.refresh());
  }

  /** Begins with whoever was signed in last, and asks the server; returns its stop. */
  start(): () => void {
    this.session.recall();
    this.#tick = setInterval(() => {
      // Asked as soon as a jump is seen, not when the next entry is made: by then the server may be gone.
      if (this.session.who) void this.#tellTime();
      this.now = this.clock.read();
    }, this.#timing.tickMs);
    const refresh = (): void => void this.refresh();
    addEventListener('online', refresh);
    addEventListener('focus', refresh);
    void this.#beat();
    return () => {
      removeEventListener('online', refresh);
      removeEventListener('focus', refresh);
      clearInterval(this.#tick);
      clearTimeout(this.#pulse);
      this.#isStopped = true;
      this.#tabs.stop();
      this.link.leave();
      this.#stopOutbox?.();
    };
  }

  /**
   * Writes something down: made at this moment, kept, and then sent.
   *
   * @param notBefore of what it takes back, which bears a later moment where the clock was ahead then (epoch ms)
   */
  async record(draft: Draft, notBefore = 0): Promise<Recorded> {
    const at = Math.max(await this.#tellTime(), notBefore);
    return this.#write(draft, at, (entry, outbox) => outbox.put(entry));
  }

  /**
   * Writes a refused entry down anew, in the place of the old one and of the same time; of this moment where its time
   * was what was refused.
   */
  async correct(id: string, draft: Draft): Promise<Recorded> {
    const old = this.outbox?.refused.find((refused) => refused.id === id);
    if (!old) return { type: 'gone' };
    if (old.reason === 'time') this.#askAnew();
    const at = old.reason === 'time' ? await this.#tellTime() : Date.parse(old.entry.at);
    return this.#write(draft, at, (entry, outbox) => outbox.correct(id, entry));
  }

  readCatalogue(station: string): Promise<CatalogueAnswer> {
    return this.#store ? readCatalogue(this.#store, station) : Promise.resolve({ type: 'none' });
  }

  /** A station as it was told last in this browser. */
  readKeptStation(station: string): Promise<KeptStation | undefined> {
    return this.#store ? readKeptStation(this.#store, station) : Promise.resolve(undefined);
  }

  async signIn(staff: string, password: string): Promise<Reply<SignedIn>> {
    const answer = await this.session.signIn(staff, password);
    if (answer.type === 'answered') {
      this.outbox?.setAuthor(this.#author);
      this.#tabs.tell();
      // The answer says the time of its end, after a password was checked: the clock is set by a quick one.
      void this.refresh();
    }
    return answer;
  }

  async leave(): Promise<void> {
    await this.session.leave();
    this.#tabs.tell();
  }

  /** Asks who is signed in; whoever asks meanwhile waits for the same answer. */
  refresh(): Promise<boolean> {
    this.#refreshing ??= this.session.refresh().finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  async #write(
    draft: Draft,
    at: number,
    put: (entry: Parameters<DeskOutbox['put']>[0], outbox: DeskOutbox) => Promise<Put>,
  ): Promise<Recorded> {
    const { who } = this.session;
    if (!who || !this.outbox) return { type: 'nobody' };
    const made = makeEntry(draft, who, at);
    if (made.ok) return put(made.entry, this.outbox);
    const { reason, field } = made;
    return { type: 'refused', reason, ...(field === undefined ? {} : { field }) };
  }

  /** There is a server again: where it could not say what time it is, it is asked once more. */
  #askAnew(): void {
    this.#askedFor = undefined;
    void this.#tellTime();
  }

  /** The hall's time at this moment, though it may be known only a little later. */
  async #tellTime(): Promise<number> {
    const mark = this.clock.mark();
    const { doubt } = this.clock;
    if (doubt !== undefined && doubt !== this.#askedFor) {
      this.#askedFor = doubt;
      this.#word = Promise.race([this.refresh(), wait(this.#timing.doubtMs)]);
    }
    // Whoever writes while another asks waits for the same word.
    if (doubt !== undefined) await this.#word;
    return this.clock.read(mark);
  }

  async #beat(): Promise<void> {
    if (!(await this.refresh())) this.link.doubt();
    // Turned away though the session stands: the password was to be given anew, and may have been.
    else if (this.#isIn && this.outbox?.state === 'signed-out') this.outbox.setAuthor(this.#author);
    // There may be room by now.
    if (this.outbox?.state === 'not-kept') this.outbox.nudge();
    if (this.#isStopped) return;
    this.#pulse = setTimeout(() => void this.#beat(), this.#timing.pulseMs);
  }

  #hearState(state: DeskState): void {
    const { now } = state;
    this.#keeper?.hear(state);
    // A push may come late, never early: the time is asked for where it comes back at once.
    if (Math.abs(now - this.clock.read()) > APART_MS && !this.session.who?.hall.demo) void this.refresh();
  }

  #followSession(): void {
    const { who, state } = this.session;
    this.now = this.clock.read();
    const isOther = who?.staff !== this.#author;
    // The page joins the station of whoever comes; nothing of whoever was here before stays in sight.
    if (isOther) this.link.leave();
    const isNew = who !== undefined && this.#openOutbox(who);
    const hasComeIn = state === 'in' && !this.#isIn;
    this.#isIn = state === 'in';
    this.#author = who?.staff;
    if (isOther || isNew || hasComeIn) this.outbox?.setAuthor(this.#author);
    if (hasComeIn && !isOther) this.link.renew();
  }

  #openOutbox({ hall }: SignedIn): boolean {
    const name = nameStore(hall);
    if (this.#store?.name === name) return false;
    this.#stopOutbox?.();
    const store = new DeskStore(name, () => void outbox.restore());
    const outbox = new DeskOutbox({
      store,
      openTabs,
      send: sendEntries,
      onSignedOut: () => void this.refresh(),
      isAuthor: async (author) =>
        (await this.refresh()) && this.session.state === 'in' && this.session.who?.staff === author,
      ...(this.#timing.retry ? { retry: this.#timing.retry } : {}),
    });
    const stop = outbox.start();
    const keeper = new StationKeeper(store);
    this.#store = store;
    this.#keeper = keeper;
    this.outbox = outbox;
    this.#stopOutbox = () => {
      stop();
      keeper.stop();
      store.close();
    };
    return true;
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
