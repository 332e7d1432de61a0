/** A kiosk's connection: looks every few seconds how the queue stands, takes a number when asked, prints it, and begins again. */
import { tick } from 'svelte';
import type { KioskSlot, KioskState, TakeAnswer } from '../../../domain/wire/kiosk.ts';
import { fetchHealth } from '../../live/board-http.ts';
import { Once } from '../../live/once.ts';
import { ask } from '../../live/ask.ts';

export type KioskLink = 'connecting' | 'live' | 'offline' | 'denied';

export interface Slip extends TakeAnswer {
  /** What it is for; absent where nothing was chosen. */
  readonly name?: string;
  readonly green: boolean;
}

const LOOK_MS = 5_000;
const ANSWER_MS = 4_000;
/** What is not answered by then is to be pressed again. */
const TAKE_MS = 6_000;
/** The number stands so long before the next one may come. */
const SHOWN_MS = 8_000;
/** Whoever chose the green channel, or looked for their appointment, and went away does not leave it to the next one. */
const LEFT_MS = 20_000;
/** The build is asked for at every so many looks. */
const BUILD_LOOKS = 24;

export interface KioskOptions {
  readonly prints: boolean;
  readonly onBuild: (build: string) => void;
}

export class Kiosk {
  link = $state<KioskLink>('connecting');
  seen = $state.raw<KioskState>();
  slip = $state.raw<Slip>();
  isGreen = $state(false);
  isTaking = $state(false);
  /** Why no number came: to be pressed again, or somebody has taken it for that appointment. */
  problem = $state<'failed' | 'gone'>();
  /** Whether the appointments are in sight. */
  isBooked = $state(false);
  readonly #options: KioskOptions;
  #leftTimer: ReturnType<typeof setTimeout> | undefined;
  #looks = 0;
  readonly #once = new Once();

  constructor(options: KioskOptions) {
    this.#options = options;
  }

  /** Whether it gives a slip as well. */
  get prints(): boolean {
    return this.#options.prints;
  }

  start(): void {
    void this.#look();
    setInterval(() => void this.#look(), LOOK_MS);
  }

  turnGreen(): void {
    this.isGreen = !this.isGreen;
    this.#stay();
  }

  showBooked(isBooked: boolean): void {
    this.isBooked = isBooked;
    this.problem = undefined;
    this.#stay();
  }

  #stay(): void {
    clearTimeout(this.#leftTimer);
    this.#leftTimer = setTimeout(() => this.#beginAnew(), LEFT_MS);
  }

  #beginAnew(): void {
    this.isGreen = false;
    this.isBooked = false;
  }

  /** @param line its id and its name; nothing where somebody does not know */
  take(line?: { readonly id: string; readonly name: string }): Promise<void> {
    return this.#take(line ? { line: line.id } : {}, line?.name);
  }

  /** For an appointment of that moment and item. */
  takeBooked({ at, item, name }: KioskSlot): Promise<void> {
    this.#stay();
    return this.#take({ slot: { at, ...(item === undefined ? {} : { item }) } }, name);
  }

  async #take(what: { line?: string; slot?: Pick<KioskSlot, 'at' | 'item'> }, name: string | undefined): Promise<void> {
    if (this.isTaking || this.slip) return;
    this.isTaking = true;
    this.problem = undefined;
    const green = this.isGreen;
    const wish = { ...what, ...(green ? { green } : {}) };
    const body = { ...wish, asked: this.#once.nameOf(JSON.stringify(wish)) };
    const reply = await ask('POST /api/take', { body, timeoutMs: TAKE_MS });
    this.isTaking = false;
    this.#once.hear(reply);
    if (reply.type !== 'answered') {
      this.problem = reply.type === 'refused' && reply.error === 'unknown-appointment' ? 'gone' : 'failed';
      void this.#look();
      return;
    }
    this.#beginAnew();
    this.slip = { ...reply.value, green, ...(name === undefined ? {} : { name }) };
    // One appointment fewer.
    void this.#look();
    setTimeout(() => (this.slip = undefined), SHOWN_MS);
    if (!this.#options.prints) return;
    await tick();
    print();
  }

  async #look(): Promise<void> {
    const reply = await ask('GET /api/take', { timeoutMs: ANSWER_MS });
    if (reply.type === 'answered') {
      if (reply.value.state !== 'open') this.problem = undefined;
      this.seen = reply.value;
      this.link = 'live';
      if (this.#looks++ % BUILD_LOOKS === 0)
        void fetchHealth({ origin: '' }).then((health) => health && this.#options.onBuild(health.build));
    } else if (reply.type === 'refused' && [401, 403, 404, 429].includes(reply.status)) this.link = 'denied';
    else this.link = 'offline';
  }
}
