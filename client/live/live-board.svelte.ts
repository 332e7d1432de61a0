/** One topic at a time, kept current over Socket.IO or by polling, and honest about when it was last heard from. */
import { io, type Socket } from 'socket.io-client';
import type { Topic } from '../../domain/board/topics/data.ts';
import type { TopicData } from '../../domain/board/topics/topic-data.ts';
import {
  HEARTBEAT_MS,
  LIVE_NAMESPACE,
  type ClientToServer,
  type Heartbeat,
  type ServerToClient,
  type Snapshot,
  type SubscribeAnswer,
} from '../../domain/wire/protocol.ts';
import { backoffMs } from './backoff.ts';
import { fetchHealth, fetchSnapshot, type Access } from './board-http.ts';
import { EMPTY_HOLD, isOlder, stepHold, type Hold, type HoldInput } from './hold.ts';
import { readOwnHall } from './own-hall.ts';
import { RunningClock } from './running-clock.svelte.ts';
import { ACK_MS, RETRY, SOCKET_OPTIONS } from './socket-options.ts';
import { Timers } from './timers.ts';

/**
 * `connecting`: nothing to show yet. `live`: pushed. `polling`: WebSocket does not get through, asked for every few
 * seconds. `stale`: nothing heard since `since`, by the hall's clock; `recounting` where the server counts all events
 * anew, or, as a state, where there is nothing to show until it has. `denied`: this display has no right to see it.
 */
export type Link =
  | { readonly state: 'connecting' | 'live' | 'polling' | 'denied' | 'refused' | 'recounting' }
  | { readonly state: 'stale'; readonly since: number; readonly recounting: boolean };

/** A topic together with its data: which topic it is says what the data hold. */
export type Shown<T extends Topic> = { readonly [K in T]: { readonly topic: K; readonly data: TopicData[K] } }[T];

export interface LiveBoardOptions<T extends Topic = Topic> extends Access {
  /** The first topic; `turnTo` changes it. */
  readonly topic: T;
  /** The snapshot that came with the page. */
  readonly embedded?: Snapshot | undefined;
  /** Called with the server's build whenever it is heard. */
  readonly onBuild?: (build: string) => void;
  /** Shorter in tests. */
  readonly timing?: Partial<Timing>;
}

export interface Timing {
  staleAfterMs: number;
  pollMs: number;
  tickMs: number;
  /** Between two tries of a display that was turned away. */
  deniedMs: number;
  /** A topic that was turned to and has not come by then is given up for the one that is shown. */
  turnMs: number;
}

const TIMING: Timing = { staleAfterMs: 12_000, pollMs: 5_000, tickMs: 1_000, deniedMs: 30_000, turnMs: 8_000 };
/** A gap between two ticks that only a machine that slept leaves. */
const SLEPT_MS = 5_000;
/** Refetches after a divergence are spread, or every wall of a building would ask in the same instant. */
const SPREAD_MS = 500;

export class LiveBoard<S extends { readonly topic: Topic; readonly data: unknown }> {
  /** What is shown: a topic and its data as last held; replaced together, never changed in place. */
  shown = $state.raw<S>();
  seq = $state(0);
  link = $state.raw<Link>({ state: 'connecting' });
  /** The topic that is asked for: it is shown once its snapshot is here, or given up for the one that is shown. */
  topic: S['topic'] = $state()!;

  readonly #options: LiveBoardOptions<S['topic']>;
  readonly #timing: Timing;
  #hold: Hold = EMPTY_HOLD;
  readonly #clock = new RunningClock();
  /** When the board was last heard from: by the monotonic clock, which may stand still in a sleep, and by the date. */
  #heardAt = 0;
  #heardOn = 0;
  #etag: string | undefined;
  #socket: Socket<ServerToClient, ClientToServer> | undefined;
  #attempt = 0;
  #stopped = true;
  /** Counts the turns, so that the end of an old one's patience does not end a new one. */
  #turn = 0;
  #tickedAt = { onMs: 0, localMs: 0 };
  readonly #timers = new Timers();
  #ticker: ReturnType<typeof setInterval> | undefined;

  constructor(options: LiveBoardOptions<S['topic']>) {
    this.#options = options;
    this.#timing = { ...TIMING, ...options.timing };
    this.topic = options.topic;
    if (options.embedded?.topic === options.topic) this.#takeSnapshot(options.embedded);
  }

  /** The data that are shown, of whatever topic. */
  get data(): S['data'] | undefined {
    return this.shown?.data;
  }

  /** The hall's clock, epoch ms; moves once a second. */
  get now(): number {
    return this.#clock.now;
  }

  /** Asks for another topic in place of the present one, which stays in sight until the other is here. */
  turnTo(topic: S['topic']): void {
    if (topic === this.topic) return;
    const left = this.topic;
    const turn = ++this.#turn;
    this.topic = topic;
    this.#hold = EMPTY_HOLD;
    this.#etag = undefined;
    if (this.#stopped) return;
    if (this.#socket?.connected) {
      this.#socket.emit('board:unsubscribe', { topic: left });
      this.#subscribe();
    } else void this.#fetch();
    this.#later(this.#timing.turnMs, () => {
      if (this.#turn === turn && this.shown && this.shown.topic !== topic) this.turnTo(this.shown.topic);
    });
  }

  /** Connects and keeps trying for ever; returns its stop. */
  start(): () => void {
    this.#stopped = false;
    this.#tickedAt = { onMs: Date.now(), localMs: performance.now() };
    this.#ticker = setInterval(() => this.#tick(), this.#timing.tickMs);
    if (!this.data) void this.#fetch();
    this.#connect();
    this.#later(this.#timing.pollMs, () => void this.#poll());
    return () => this.stop();
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#ticker);
    this.#timers.clear();
    this.#socket?.disconnect();
  }

  #connect(): void {
    const hall = readOwnHall();
    const socket: Socket<ServerToClient, ClientToServer> = io(`${this.#options.origin}${LIVE_NAMESPACE}`, {
      ...SOCKET_OPTIONS,
      query: hall === undefined ? {} : { hall },
    });
    this.#socket = socket;
    socket.on('connect', () => this.#subscribe());
    socket.on('board:delta', (delta) => {
      if (delta.topic !== this.topic) return;
      this.#hear();
      // A new day comes with its own midnight, not up to a second before this page's clock gets there.
      this.#clock.reach(delta.asOf);
      this.#step({ type: 'delta', delta });
    });
    socket.on('board:heartbeat', (heartbeat) => this.#takeHeartbeat(heartbeat));
    // Socket.IO returns by itself from a lost connection, but not from one that the server closed or refused.
    socket.on('disconnect', (reason) => {
      if (reason !== 'io client disconnect') this.#returnLater(socket);
    });
    socket.on('connect_error', () => this.#returnLater(socket));
  }

  #returnLater(socket: Socket): void {
    if (this.#stopped || socket.active) return;
    this.#later(backoffMs(RETRY, this.#attempt++, Math.random()), () => socket.connect());
  }

  #subscribe(): void {
    const topic = this.topic;
    this.#hold = { ...this.#hold, fetching: true };
    this.#socket?.timeout(ACK_MS).emit('board:subscribe', { topic }, (error, answer) => {
      // The answer of a topic that was turned away from meanwhile.
      if (topic !== this.topic) return;
      if (error) this.#retrySubscription();
      else this.#takeAnswer(answer);
    });
  }

  #takeAnswer(answer: SubscribeAnswer): void {
    if (answer.ok) {
      this.#attempt = 0;
      this.#hear();
      this.#options.onBuild?.(answer.data.build);
      this.#takeSnapshot(answer.data);
      return;
    }
    this.#step({ type: 'failed' });
    if (answer.error === 'not-allowed') this.link = { state: 'denied' };
    else if (answer.error === 'recounting') this.#waitForRecount();
    else if (answer.error !== 'not-ready' && !this.data) this.link = { state: 'refused' };
    this.#retrySubscription();
  }

  #retrySubscription(): void {
    const waitMs = this.link.state === 'denied' ? this.#timing.deniedMs : undefined;
    this.#later(waitMs ?? backoffMs(RETRY, this.#attempt++, Math.random()), () => {
      if (this.#socket?.connected) this.#subscribe();
    });
  }

  #takeHeartbeat(heartbeat: Heartbeat): void {
    const isDenied = this.link.state === 'denied';
    const mark = heartbeat.topics[this.topic];
    // Everybody hears the heart beat: only a word about what is shown here says that it lives.
    if (mark && this.data && !isDenied) this.#hear();
    this.#clock.hear(heartbeat.now);
    this.#options.onBuild?.(heartbeat.build);
    if (mark) this.#step({ type: 'mark', mark });
    // The server does not know that this wall listens: whatever became of the subscription, a new one settles it.
    else if (!this.#hold.fetching && !isDenied) this.#subscribe();
  }

  /** The picture stays as it was; that it will be late is said at once. */
  #waitForRecount(): void {
    this.#stopShowingAsLive();
    if (!this.data) this.link = { state: 'recounting' };
    else if (this.link.state === 'stale' && !this.link.recounting) this.link = { ...this.link, recounting: true };
  }

  #takeSnapshot(snapshot: Snapshot): void {
    const { held } = this.#hold;
    // An older one says an hour that is over.
    if (!held || !isOlder(snapshot, held)) this.#clock.hear(snapshot.asOf);
    this.#step({ type: 'snapshot', snapshot });
  }

  #step(input: HoldInput): void {
    const { hold, fetch } = stepHold(this.#hold, input);
    const changed = hold.held !== this.#hold.held;
    this.#hold = hold;
    if (changed && hold.held) {
      // What the server sent is trusted to have the topic's shape: the digest guards the copy.
      this.shown = { topic: this.topic, data: hold.held.data } as unknown as S;
      this.seq = hold.held.seq;
    }
    if (fetch) this.#later(Math.random() * SPREAD_MS, () => void this.#fetch());
  }

  async #fetch(etag?: string): Promise<void> {
    const topic = this.topic;
    const answer = await fetchSnapshot(this.#options, topic, etag);
    if (this.#stopped || topic !== this.topic) return;
    if (answer.type === 'denied') this.link = { state: 'denied' };
    if (answer.type === 'snapshot') {
      this.#etag = answer.etag;
      this.#hear();
      this.#options.onBuild?.(answer.snapshot.build);
      this.#takeSnapshot(answer.snapshot);
      return;
    }
    if (answer.type === 'unchanged') this.#hear();
    this.#step({ type: 'failed' });
  }

  /** Runs all the time; asks only while the socket does not get through. */
  async #poll(): Promise<void> {
    if (!this.#socket?.connected) {
      // Side by side: in a line that swallows everything each of them hangs until it is given up.
      const [health] = await Promise.all([fetchHealth(this.#options), this.#fetch(this.data ? this.#etag : undefined)]);
      if (health && !this.#stopped && this.link.state !== 'denied') {
        this.#clock.hear(health.now);
        this.#options.onBuild?.(health.build);
      }
    }
    const waitMs = this.link.state === 'denied' ? this.#timing.deniedMs : this.#timing.pollMs;
    this.#later(waitMs, () => void this.#poll());
  }

  /** The board was heard from: by push, or by an answer to a question. */
  #hear(): void {
    this.#heardAt = performance.now();
    this.#heardOn = Date.now();
    const state = this.#socket?.connected ? 'live' : 'polling';
    if (this.link.state !== state) this.link = { state };
  }

  #tick(): void {
    this.#noticeSleep();
    this.#clock.show();
    if (performance.now() - this.#heardAt <= this.#timing.staleAfterMs || !this.#stopShowingAsLive()) return;
    // A cable that was pulled leaves a socket that believes itself connected.
    this.#revive();
  }

  #noticeSleep(): void {
    const last = this.#tickedAt;
    this.#tickedAt = { onMs: Date.now(), localMs: performance.now() };
    const gapMs = this.#tickedAt.onMs - last.onMs;
    if (Math.abs(gapMs) <= SLEPT_MS + this.#timing.tickMs) return;
    const missedMs = gapMs - (this.#tickedAt.localMs - last.localMs);
    this.#clock.skip(missedMs);
    // A hidden page ticks once a minute and is told everything meanwhile: that is no sleep.
    if (Math.abs(this.#tickedAt.onMs - this.#heardOn) <= 2 * HEARTBEAT_MS) return;
    this.#stopShowingAsLive(missedMs);
    this.#revive();
  }

  /** Says since when the picture is behind; false where that is said already, or there is no picture. */
  #stopShowingAsLive(missedMs = 0): boolean {
    const { state } = this.link;
    if (!this.#clock.isSet || !this.data || state === 'stale' || state === 'denied') return false;
    this.link = { state: 'stale', since: this.#clock.read(this.#heardAt, missedMs), recounting: false };
    return true;
  }

  /** Begins anew after a sleep or a long silence, without waiting for a dead socket to notice. */
  #revive(): void {
    this.#clock.doubt();
    this.#socket?.disconnect();
    this.#socket?.connect();
    void this.#fetch();
  }

  #later(waitMs: number, act: () => void): void {
    if (!this.#stopped) this.#timers.later(waitMs, act);
  }
}
