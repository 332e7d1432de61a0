/** A kiosk's connection: looks every few seconds how the queue stands, takes a number when asked, prints it, and begins again. */
import { tick } from 'svelte';
import type { KioskState, TakeAnswer } from '../../../domain/wire/kiosk.ts';
import { fetchHealth } from '../../live/board-http.ts';
import { Once } from '../../live/once.ts';
import { ask } from '../../live/ask.ts';

export type KioskLink = 'connecting' | 'live' | 'offline' | 'denied';

export interface Slip extends TakeAnswer {
  /** Absent where no line was chosen. */
  readonly line?: string;
  readonly green: boolean;
}

const LOOK_MS = 5_000;
const ANSWER_MS = 4_000;
/** What is not answered by then is to be pressed again. */
const TAKE_MS = 6_000;
/** The number stands so long before the next one may come. */
const SHOWN_MS = 8_000;
/** Whoever chose the green channel and went away does not leave it to the next one. */
const GREEN_MS = 20_000;
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
  hasFailed = $state(false);
  readonly #options: KioskOptions;
  #greenTimer: ReturnType<typeof setTimeout> | undefined;
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
    clearTimeout(this.#greenTimer);
    this.#greenTimer = setTimeout(() => (this.isGreen = false), GREEN_MS);
  }

  /** @param line its id and its name; nothing where somebody does not know */
  async take(line?: { readonly id: string; readonly name: string }): Promise<void> {
    if (this.isTaking || this.slip) return;
    this.isTaking = true;
    this.hasFailed = false;
    const green = this.isGreen;
    const wish = { ...(line ? { line: line.id } : {}), ...(green ? { green } : {}) };
    const body = { ...wish, asked: this.#once.nameOf(JSON.stringify(wish)) };
    const reply = await ask('POST /api/take', { body, timeoutMs: TAKE_MS });
    this.isTaking = false;
    this.#once.hear(reply);
    if (reply.type !== 'answered') {
      this.hasFailed = true;
      void this.#look();
      return;
    }
    this.isGreen = false;
    this.slip = { ...reply.value, green, ...(line ? { line: line.name } : {}) };
    setTimeout(() => (this.slip = undefined), SHOWN_MS);
    if (!this.#options.prints) return;
    await tick();
    print();
  }

  async #look(): Promise<void> {
    const reply = await ask('GET /api/take', { timeoutMs: ANSWER_MS });
    if (reply.type === 'answered') {
      if (reply.value.state !== 'open') this.hasFailed = false;
      this.seen = reply.value;
      this.link = 'live';
      if (this.#looks++ % BUILD_LOOKS === 0)
        void fetchHealth({ origin: '' }).then((health) => health && this.#options.onBuild(health.build));
    } else if (reply.type === 'refused' && [401, 403, 404, 429].includes(reply.status)) this.link = 'denied';
    else this.link = 'offline';
  }
}
