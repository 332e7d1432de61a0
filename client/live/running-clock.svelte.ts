/** The hall's clock as it runs on this page, between one word of the server and the next. */
import { hearClock, readClock, startClock, type HallClock } from './hall-clock.ts';

export class RunningClock {
  /** Epoch ms; moves when it is shown. */
  now = $state(0);

  #clock: HallClock | undefined;
  /** What the hall's clock showed at its latest word: it cannot be earlier now, whatever this page reckons. */
  #toldMs = 0;
  /** False after a sleep, in which this machine's monotonic clock may have stood still. */
  #isSure = false;

  /** Whether the hall has ever said what time it is. */
  get isSet(): boolean {
    return this.#clock !== undefined;
  }

  /** The server's clock as it has just been heard, epoch ms. */
  hear(serverMs: number): void {
    const localMs = performance.now();
    const known = this.#isSure ? this.#clock : undefined;
    this.#clock = known ? hearClock(known, serverMs, localMs) : startClock(serverMs, localMs);
    this.#isSure = true;
    this.#toldMs = serverMs;
    this.show(localMs);
  }

  /** What was true at a moment that has been told: the clock is there too, and sets itself by nothing less exact. */
  reach(serverMs: number): void {
    this.#toldMs = serverMs;
    this.show();
  }

  show(localMs = performance.now()): void {
    if (this.#clock) this.now = Math.max(this.#toldMs, readClock(this.#clock, localMs));
  }

  /** The hall's time at a moment of this machine's monotonic clock, before `missedMs` in which that stood still. */
  read(localMs: number, missedMs = 0): number {
    return this.#clock ? readClock(this.#clock, localMs) - missedMs * this.#clock.rate : this.now;
  }

  /** What the monotonic clock slept through is added, so that a wall does not show the hour at which it fell asleep. */
  skip(missedMs: number): void {
    if (this.#clock) this.#clock = { ...this.#clock, serverMs: this.#clock.serverMs + missedMs * this.#clock.rate };
    this.doubt();
  }

  /** The next word counts alone: what was heard before says nothing about the pace. */
  doubt(): void {
    this.#isSure = false;
  }
}
