/** The hall's clock for what is written down here: right whatever this PC's own date says, and however that jumps. */
import { hearClock, readClock, startClock, type HallClock } from '../live/hall-clock.ts';

/** This machine's two clocks, ms: its date, which anybody may set, and one that only ever goes forward, but may sleep. */
export interface OwnClocks {
  readonly date: () => number;
  readonly steady: () => number;
}

const OWN_CLOCKS: OwnClocks = { date: () => Date.now(), steady: () => performance.now() };

/** The two clocks part by more than this only where one was set, or the other slept. */
const JUMP_MS = 1_000;
/** An answer that took longer says less than what is known already. */
const SLOW_MS = 1_000;

export class DeskClock {
  readonly #own: OwnClocks;
  #clock: HallClock | undefined;
  #isSure = false;
  #seen: { readonly date: number; readonly steady: number };
  /** Grows whenever there is a new reason to ask what time it is. */
  #doubts = 0;
  /** What was added for sleeps since the last word of the server, in case they were none. */
  #guessedMs = 0;

  constructor(own: OwnClocks = OWN_CLOCKS) {
    this.#own = own;
    this.#seen = { date: own.date(), steady: own.steady() };
  }

  get isSet(): boolean {
    return this.#clock !== undefined;
  }

  /**
   * A number that stays the same for as long as there is no new reason to ask; `undefined` where the hall's time is
   * known: this machine neither slept nor was set since the server last said it.
   */
  get doubt(): number | undefined {
    this.#look();
    return this.#isSure ? undefined : this.#doubts;
  }

  /** How far the hall's clock is ahead of this PC's date, ms. */
  get aheadMs(): number {
    return this.read() - this.#own.date();
  }

  /** A moment of the steady clock, from which `read` tells the hall's time. */
  mark(): number {
    this.#look();
    return this.#own.steady();
  }

  /**
   * What the server's clock said in answer to a question that was asked at `askedAt` (a `mark`).
   *
   * @param isPaced whether it may run at another pace than ours, as a demonstration's does
   */
  hear(serverMs: number, askedAt: number, isPaced: boolean): void {
    this.#look();
    const now = this.#own.steady();
    const tookMs = Math.max(0, now - askedAt);
    const known = this.#isSure ? this.#clock : undefined;
    if (known && !isPaced && tookMs > SLOW_MS) {
      const reading = readClock(known, now);
      if (reading >= serverMs && reading <= serverMs + tookMs) return;
    }
    const middle = now - tookMs / 2;
    this.#clock = known && isPaced ? hearClock(known, serverMs, middle) : startClock(serverMs, middle);
    this.#isSure = true;
    this.#guessedMs = 0;
  }

  /** Without a word of the server: by how far it was ahead of this PC's date when it was last heard. */
  recall(aheadMs: number): void {
    if (this.#clock) return;
    this.#look();
    this.#clock = startClock(this.#own.date() + aheadMs, this.#own.steady());
  }

  /** The hall's time (epoch ms) at a mark, or now; this PC's date where the hall has never said. */
  read(mark = this.mark()): number {
    return Math.round(this.#clock ? readClock(this.#clock, mark) : this.#own.date() + mark - this.#own.steady());
  }

  #look(): void {
    const last = this.#seen;
    this.#seen = { date: this.#own.date(), steady: this.#own.steady() };
    const partedMs = this.#seen.date - last.date - (this.#seen.steady - last.steady);
    if (Math.abs(partedMs) < JUMP_MS) return;
    this.#isSure = false;
    this.#doubts++;
    // A date that went ahead alone: the machine slept, or somebody set it. Sleeping is what PCs do every evening, and
    // an entry of this morning that bears last evening's time is the worse mistake. A date that went back was set.
    const addedMs = partedMs > 0 ? partedMs : -Math.min(this.#guessedMs, -partedMs);
    this.#guessedMs += addedMs;
    if (this.#clock) this.#clock = { ...this.#clock, serverMs: this.#clock.serverMs + addedMs * this.#clock.rate };
  }
}
