/** Publishes a hall's topics: what was last sent of each, what was touched since, and when the next delta leaves. */
import type { BoardState } from '../../domain/board/state.ts';
import { buildTopic } from '../../domain/board/topics/build.ts';
import type { Topic } from '../../domain/board/topics/data.ts';
import { createView } from '../../domain/board/topics/view.ts';
import type { Zone } from '../../domain/calendar/zone.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import { diffData } from '../../domain/wire/delta.ts';
import { digestData } from '../../domain/wire/digest.ts';
import type { Delta, Heartbeat, Json, Snapshot, TopicMark } from '../../domain/wire/protocol.ts';
import { toDeltaSet } from './touched.ts';

/** Spec P2: the least time between two deltas of a busy hall. */
export const FLUSH_MS = 100;
/** A topic that nobody has asked for in this time is no longer derived. */
const IDLE_MS = 60_000;
/** Time that one flush window may spend on looking at states between its deltas. */
const DERIVE_BUDGET_MS = 10;

export interface PublisherOptions {
  readonly hall: string;
  readonly epoch: string;
  readonly build: string;
  readonly zone: Zone;
  readonly demo: boolean;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  readonly config: () => HallConfig;
  readonly state: () => BoardState;
  readonly emit: (delta: Delta) => void;
  readonly isWatched: (topic: Topic) => boolean;
}

interface Published {
  data: Json;
  seq: number;
  /** Where the last delta ended. */
  base: number;
  digest: string | undefined;
  /** Paths touched since `base`, and the newest data that was looked at. */
  touched: Set<string>;
  newest: Json;
  askedAt: number;
}

export class Publisher {
  readonly #topics = new Map<Topic, Published>();
  #lastFlush = -Infinity;
  #timer: NodeJS.Timeout | undefined;
  #spentMs = 0;
  /** The position that every topic's `newest` reflects. */
  #lookedAt = 0;
  /**
   * The last position at which the board said that it stands. Between two such, on a new day, its sums are still
   * being fetched: a look then would show yesterday as today under a position that no later delta can correct.
   */
  #settledAt: number;

  constructor(private readonly options: PublisherOptions) {
    this.#settledAt = options.state().seq;
  }

  /** To be called whenever the board has moved on and stands. */
  advance(): void {
    this.#settledAt = this.options.state().seq;
    if (this.#topics.size === 0) return;
    const waited = performance.now() - this.#lastFlush;
    if (this.#timer === undefined && waited >= FLUSH_MS) this.#flush();
    else {
      // States between two deltas matter too: a path that changed and came back belongs to the delta (spec P1).
      if (this.#spentMs < DERIVE_BUDGET_MS) this.#look();
      this.#timer ??= setTimeout(() => this.#flush(), Math.max(0, FLUSH_MS - waited));
    }
  }

  /**
   * A topic as the board has it now. It may be ahead of the last delta: the next one names every path touched since
   * that delta, those that this snapshot holds already among them (spec P6).
   */
  snapshot(topic: Topic): Snapshot {
    const published = this.#open(topic);
    const { hall, epoch, build, now } = this.options;
    if (this.#settledAt > this.#lookedAt) this.#look();
    return { hall, topic, epoch, seq: this.#lookedAt, asOf: now(), build, data: published.newest };
  }

  mark(topic: Topic): TopicMark {
    const published = this.#open(topic);
    const digest = (published.digest ??= digestData(published.data));
    return { epoch: this.options.epoch, seq: published.seq, digest };
  }

  heartbeat(): Heartbeat {
    const { hall, build, now } = this.options;
    const topics: Partial<Record<Topic, TopicMark>> = {};
    for (const topic of this.#topics.keys()) if (this.options.isWatched(topic)) topics[topic] = this.mark(topic);
    return { hall, topics, now: now(), build };
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #open(topic: Topic): Published {
    const known = this.#topics.get(topic);
    if (known) {
      known.askedAt = performance.now();
      return known;
    }
    // All topics are looked at together, so that one position holds for them all.
    if (this.#settledAt > this.#lookedAt) this.#look();
    const seq = this.#lookedAt;
    const data = this.#derive(topic);
    const published: Published = {
      data,
      seq,
      base: seq,
      digest: undefined,
      touched: new Set(),
      newest: data,
      askedAt: performance.now(),
    };
    this.#topics.set(topic, published);
    return published;
  }

  /** Notes which paths differ from when they were last looked at; nothing while the board does not stand. */
  #look(): void {
    const startedAt = performance.now();
    const { state, config, zone, demo } = this.options;
    if (state().seq !== this.#settledAt) return;
    const view = createView(state(), config(), zone, demo);
    this.#lookedAt = this.#settledAt;
    for (const [topic, published] of this.#topics) {
      if (!this.options.isWatched(topic) && startedAt - published.askedAt > IDLE_MS) {
        this.#topics.delete(topic);
        continue;
      }
      const next = buildTopic(topic, view) as unknown as Json;
      for (const path of Object.keys(diffData(published.newest, next))) published.touched.add(path);
      published.newest = next;
    }
    this.#spentMs += performance.now() - startedAt;
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#look();
    this.#spentMs = 0;
    const { hall, epoch, now, emit } = this.options;
    const seq = this.#lookedAt;
    const asOf = now();
    for (const [topic, published] of this.#topics) {
      published.seq = seq;
      if (published.touched.size === 0) continue;
      const set = toDeltaSet(published.touched, published.newest);
      const base = published.base;
      published.data = published.newest;
      published.digest = undefined;
      published.base = seq;
      published.touched = new Set();
      emit({ hall, topic, epoch, base, seq, asOf, set });
    }
    this.#lastFlush = performance.now();
  }

  #derive(topic: Topic): Json {
    const { state, config, zone, demo } = this.options;
    return buildTopic(topic, createView(state(), config(), zone, demo)) as unknown as Json;
  }
}
