/** A scene as it was at past moments: sought, played at some times the pace of life, and honest about what cannot be had. */
import type { Scene } from '../../domain/board/topics/data.ts';
import type { PastMoment } from '../../domain/wire/past.ts';
import type { Shown } from './live-board.svelte.ts';
import { fetchMoment } from './past-http.ts';
import { Pace, STEP_MS, type Speed } from './pace.ts';
import { Timers } from './timers.ts';

/**
 * Why the moment that was asked for is not shown. `lost`: the server is out of reach. `busy`: it has too much to do.
 * `players`: others play already. `before`: it lies before the first event. `moment`: no moment of the hall's clock.
 */
export type PastProblem = 'lost' | 'busy' | 'denied' | 'players' | 'before' | 'skipped' | 'not-yet' | 'moment';

/** Of these the next try may come out otherwise. */
const PASSING = new Set<PastProblem>(['lost', 'busy', 'players']);

const RETRY_MS = 2_000;

export interface PastBoardOptions {
  readonly topic: Scene;
  /** As the address says it: by the hall's clock, or with an offset. */
  readonly at: string;
  /** Names this page among those that play. */
  readonly player: string;
  readonly speed?: Speed;
}

export class PastBoard {
  shown = $state.raw<Shown<Scene>>();
  /** The answer that is shown. */
  moment = $state.raw<Omit<PastMoment, 'data'>>();
  topic: Scene = $state()!;
  playing = $state(false);
  speed: Speed = $state(60);
  problem = $state.raw<PastProblem>();
  /** The moment of the first event, where the one that was asked for lies before it. */
  first = $state.raw<number>();
  /** Whether a moment is on its way that a hand has asked for. */
  seeking = $state(false);

  readonly #player: string;
  /** What is asked for next: epoch ms, or the address's own words. */
  #wanted: number | string;
  #isAsking = false;
  #isHidden = false;
  #stopped = false;
  readonly #pace = new Pace();
  readonly #timers = new Timers();

  constructor({ topic, at, player, speed }: PastBoardOptions) {
    this.topic = topic;
    this.#wanted = at;
    this.#player = player;
    if (speed !== undefined) this.speed = speed;
  }

  /** The moment that is shown, epoch ms. */
  get at(): number | undefined {
    return this.moment?.at;
  }

  get data(): Shown<Scene>['data'] | undefined {
    return this.shown?.data;
  }

  start(): () => void {
    this.seek(this.#wanted);
    return () => {
      this.#stopped = true;
      this.#timers.clear();
    };
  }

  turnTo(topic: Scene): void {
    if (topic === this.topic) return;
    this.topic = topic;
    this.seek(this.at ?? this.#wanted);
  }

  /** Shows another moment, as soon as it can be had; playing goes on from there. */
  seek(at: number | string): void {
    this.#wanted = at;
    this.seeking = true;
    if (typeof at === 'number') this.#pace.anchor(at);
    void this.#ask();
  }

  play(): void {
    if (this.at === undefined) return;
    this.playing = true;
    this.#pace.anchor(this.at);
    void this.#askNext();
  }

  pause(): void {
    this.playing = false;
  }

  setSpeed(speed: Speed): void {
    this.speed = speed;
    if (this.at !== undefined) this.#pace.anchor(this.at);
  }

  /** A page that nobody sees stands still, and goes on where it stood. */
  hide(isHidden: boolean): void {
    this.#isHidden = isHidden;
    if (isHidden || !this.playing || this.at === undefined) return;
    this.#pace.anchor(this.at);
    void this.#askNext();
  }

  async #askNext(): Promise<void> {
    if (!this.playing || this.#isHidden || this.#isAsking || this.seeking) return;
    this.#wanted = this.#pace.reckon(this.speed);
    await this.#ask();
  }

  async #ask(): Promise<void> {
    // The answer that is on its way asks for what is wanted by then.
    if (this.#isAsking || this.#stopped) return;
    this.#timers.clear();
    this.#isAsking = true;
    const [topic, wanted, askedAt] = [this.topic, this.#wanted, performance.now()];
    const reply = await fetchMoment(topic, wanted, this.#player);
    this.#isAsking = false;
    if (this.#stopped) return;
    if (topic !== this.topic || wanted !== this.#wanted) return this.#ask();
    this.seeking = false;
    if (reply.type !== 'answered')
      this.#fail(reply.type === 'refused' ? readProblem(reply.status, reply.error) : 'lost');
    else if ('error' in reply.value) {
      this.first = reply.value.first;
      this.#fail('before');
    } else {
      const { data, ...moment } = reply.value;
      // What plays begins again where it stood when the server was lost, and leaves nothing out.
      if (this.problem !== undefined) this.#pace.anchor(moment.at);
      this.problem = undefined;
      this.moment = moment;
      this.shown = { topic, data } as Shown<Scene>;
    }
    if (this.playing && this.problem === undefined)
      this.#timers.later(Math.max(0, STEP_MS[this.speed] - (performance.now() - askedAt)), () => void this.#askNext());
  }

  #fail(problem: PastProblem): void {
    // Whoever plays has come to the present, and stands there.
    if (problem === 'not-yet' && this.playing) {
      this.playing = false;
      if (this.moment) this.#wanted = this.moment.at;
      this.problem = undefined;
      return;
    }
    this.problem = problem;
    if (PASSING.has(problem)) this.#timers.later(RETRY_MS, () => void this.#again());
    else this.playing = false;
  }

  async #again(): Promise<void> {
    if (this.playing && this.at !== undefined) this.#wanted = this.at;
    await this.#ask();
  }
}

function readProblem(status: number, error: string | undefined): PastProblem {
  if (status === 401 || status === 403) return 'denied';
  if (status === 429) return error === 'too-many-players' ? 'players' : 'denied';
  if (status >= 500) return 'busy';
  return error === 'skipped' || error === 'not-yet' ? error : 'moment';
}
