/** Publishes a hall's topics, each by itself: what was last sent, what was touched since, and when the next delta leaves. */
import type { BoardState } from '../../domain/board/state.ts';
import { buildTopic } from '../../domain/board/topics/build.ts';
import type { Topic } from '../../domain/board/topics/data.ts';
import { createView, type BoardView } from '../../domain/board/topics/view.ts';
import type { Zone } from '../../domain/calendar/zone.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import { diffData } from '../../domain/wire/delta.ts';
import { digestData } from '../../domain/wire/digest.ts';
import type { Delta, Heartbeat, Json, Recount, Snapshot, TopicMark } from '../../domain/wire/protocol.ts';
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
  /** Told once for each spell in which a topic cannot be built. */
  readonly onTrouble?: (error: unknown, topic: Topic) => void;
}

/** Where deltas leave for those who watch. */
export interface Outlet {
  emit(delta: Delta): void;
  isWatched(topic: Topic): boolean;
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
  /** The position that `newest` reflects: behind the others' while the topic cannot be built. */
  lookedAt: number;
  askedAt: number;
}

export class Publisher {
  readonly #outlets = new Set<Outlet>();
  readonly #topics = new Map<Topic, Published>();
  #lastFlush = -Infinity;
  #timer: NodeJS.Timeout | undefined;
  #spentMs = 0;
  /** The position of the board at the last look. */
  #lookedAt = 0;
  /** Topics that could not be built, and when that was tried last. */
  readonly #failing = new Map<Topic, number>();

  constructor(private readonly options: PublisherOptions) {}

  /** The topics that could not be built when they were last looked at: what was held of them stands. */
  get failing(): readonly Topic[] {
    const recent = performance.now() - IDLE_MS;
    const isMeant = (topic: Topic, triedAt: number) => triedAt > recent || this.#isWatched(topic);
    return [...this.#failing].filter(([topic, triedAt]) => isMeant(topic, triedAt)).map(([topic]) => topic);
  }

  /** Whether it is this topic alone that cannot be had. */
  isFailing(topic: Topic): boolean {
    return this.#failing.has(topic);
  }

  /** From now on what is published leaves by `outlet`; returns what ends that. */
  connect(outlet: Outlet): () => void {
    this.#outlets.add(outlet);
    return () => void this.#outlets.delete(outlet);
  }

  /** To be called whenever the board has moved on. */
  advance(): void {
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
   * that delta, those that this snapshot holds already among them (spec P6). `undefined` while the topic cannot be built.
   */
  snapshot(topic: Topic): Snapshot | undefined {
    const published = this.#open(topic);
    const { hall, epoch, build, now } = this.options;
    if (this.options.state().seq > this.#lookedAt) this.#look();
    if (published === undefined || this.#failing.has(topic)) return undefined;
    return { hall, topic, epoch, seq: published.lookedAt, asOf: now(), build, data: published.newest };
  }

  mark(topic: Topic): TopicMark | undefined {
    const published = this.#open(topic);
    if (published === undefined || this.#failing.has(topic)) return undefined;
    try {
      const digest = (published.digest ??= digestData(published.data));
      return { epoch: this.options.epoch, seq: published.seq, digest };
    } catch (error) {
      this.#fail(topic, error);
      return undefined;
    }
  }

  heartbeat(): Heartbeat {
    const { hall, build, now } = this.options;
    const topics: Partial<Record<Topic, TopicMark>> = {};
    for (const topic of this.#topics.keys()) {
      const mark = this.#isWatched(topic) ? this.mark(topic) : undefined;
      if (mark) topics[topic] = mark;
    }
    const { failing } = this;
    return { hall, topics, now: now(), build, ...(failing.length > 0 ? { failing } : {}) };
  }

  /** For those who wait while all is counted anew. */
  heartbeatOf(recount: Recount): Heartbeat {
    const { hall, build, now } = this.options;
    return { hall, topics: {}, now: now(), build, recount };
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #isWatched(topic: Topic): boolean {
    for (const outlet of this.#outlets) if (outlet.isWatched(topic)) return true;
    return false;
  }

  #open(topic: Topic): Published | undefined {
    const known = this.#topics.get(topic);
    if (known) {
      known.askedAt = performance.now();
      return known;
    }
    // All topics are looked at together, so that one position holds for them all.
    if (this.options.state().seq > this.#lookedAt) this.#look();
    const data = this.#build(topic, this.#view());
    if (data === undefined) return undefined;
    const seq = this.#lookedAt;
    const published: Published = {
      data,
      seq,
      base: seq,
      digest: undefined,
      touched: new Set(),
      newest: data,
      lookedAt: seq,
      askedAt: performance.now(),
    };
    this.#topics.set(topic, published);
    return published;
  }

  /** Notes which paths differ from when they were last looked at. */
  #look(): void {
    const startedAt = performance.now();
    const view = this.#view();
    this.#lookedAt = view.state.seq;
    for (const [topic, published] of this.#topics) {
      if (!this.#isWatched(topic) && startedAt - published.askedAt > IDLE_MS) {
        this.#topics.delete(topic);
        this.#failing.delete(topic);
        continue;
      }
      const next = this.#build(topic, view, published);
      if (next === undefined) continue;
      published.newest = next;
      published.lookedAt = this.#lookedAt;
    }
    this.#spentMs += performance.now() - startedAt;
  }

  /** A topic's data, its touched paths noted; `undefined` where that fails: one topic's fault is no other's. */
  #build(topic: Topic, view: BoardView, published?: Published): Json | undefined {
    try {
      const next = buildTopic(topic, view) as unknown as Json;
      const paths = published ? Object.keys(diffData(published.newest, next)) : [];
      for (const path of paths) published!.touched.add(path);
      this.#failing.delete(topic);
      return next;
    } catch (error) {
      this.#fail(topic, error);
      return undefined;
    }
  }

  #fail(topic: Topic, error: unknown): void {
    if (!this.#failing.has(topic)) this.options.onTrouble?.(error, topic);
    this.#failing.set(topic, performance.now());
  }

  #view(): BoardView {
    const { state, config, zone, demo } = this.options;
    return createView(state(), config(), zone, demo);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#look();
    this.#spentMs = 0;
    const { hall, epoch, now } = this.options;
    const asOf = now();
    for (const [topic, published] of this.#topics) {
      if (this.#failing.has(topic)) continue;
      const seq = published.lookedAt;
      published.seq = seq;
      if (published.touched.size === 0) continue;
      const set = toDeltaSet(published.touched, published.newest);
      const base = published.base;
      published.data = published.newest;
      published.digest = undefined;
      published.base = seq;
      published.touched = new Set();
      for (const outlet of this.#outlets) outlet.emit({ hall, topic, epoch, base, seq, asOf, set });
    }
    this.#lastFlush = performance.now();
  }
}
