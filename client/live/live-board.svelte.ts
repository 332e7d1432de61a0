/** One topic at a time, kept current over Socket.IO or by polling, and honest about when it was last heard from. */
import { io, type Socket } from 'socket.io-client';
import type { Topic } from '../../domain/board/topics/data.ts';
import type { TopicData } from '../../domain/board/topics/topic-data.ts';
import {
  HEARTBEAT_MS,
  LIVE_NAMESPACE,
  type ClientToServer,
  type Heartbeat,
  type Json,
  type ServerToClient,
  type Snapshot,
  type SubscribeAnswer,
} from '../../domain/wire/protocol.ts';
import { backoffMs } from './backoff.ts';
import { fetchHealth, fetchSnapshot, type Access } from './board-http.ts';
import { EMPTY_HOLD, isOlder, stepHold, type Held, type Hold, type HoldInput } from './hold.ts';
import { readOwnHall } from './own-hall.ts';
import { RunningClock } from './running-clock.svelte.ts';
import { ACK_MS, RETRY, SOCKET_OPTIONS } from './socket-options.ts';
import { Timers } from './timers.ts';

/**
 * Why nothing true is heard. `lost`: the server is out of reach. `recounting`: it counts all events anew. `unbuilt`: it
 * cannot make this topic. `foreign`: something else answers in its place, such as a login page of the network.
 */
export type Trouble = 'lost' | 'recounting' | 'unbuilt' | 'foreign';

/**
 * `connecting`: nothing to show yet, or nothing of it proven. `live`: pushed. `polling`: the push does not get through,
 * asked for every few seconds. `checking`: the copy is known not to be the server's, whose own is asked for. `stale`:
 * nothing true heard since `since`, by the hall's clock. A trouble as a state: there is nothing to show, and why.
 * `refused`: the server has no such topic. `denied`: this display has no right to see it.
 */
export type Link =
  | { readonly state: 'connecting' | 'live' | 'polling' | 'checking' | 'denied' | 'refused' | Exclude<Trouble, 'lost'> }
  | { readonly state: 'stale'; readonly since: number; readonly why: Trouble };

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
  /** At least so often the server is asked over HTTP: the cookie by which it knows this display is renewed by it. */
  renewMs: number;
}

const TIMING: Timing = {
  staleAfterMs: 12_000,
  pollMs: 5_000,
  tickMs: 1_000,
  deniedMs: 30_000,
  turnMs: 8_000,
  renewMs: 12 * 3_600_000,
};
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
  /** Topics that the server cannot make now, as far as it has said. */
  unbuilt = $state.raw<readonly Topic[]>([]);

  readonly #options: LiveBoardOptions<S['topic']>;
  readonly #timing: Timing;
  #hold: Hold = EMPTY_HOLD;
  readonly #clock = new RunningClock();
  /**
   * When what is held was last known to be the server's: by the monotonic clock, which may stand still in a sleep, and
   * by the date.
   */
  #heardAt = 0;
  #heardOn = 0;
  /** What was said last of why that is not so. */
  #why: Trouble = 'lost';
  /** When the server was last asked over HTTP, by the monotonic clock. */
  #askedAt = 0;
  /** Of the very data that it came with: what was changed since is not what "unchanged" would be said of. */
  #etag: { readonly of: Json; readonly value: string } | undefined;
  /** The last answer over HTTP, by its position and moment: the same one again comes out of a cache and is no news. */
  #answer = '';
  /** The server's moment of what was last taken, epoch ms: an answer of an earlier one is late, or out of a cache. */
  #asOf = 0;
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

  /** The page was away, its sockets with it: the picture is old until the server has said otherwise. */
  wake(): void {
    if (this.#stopped) return;
    const missedMs = this.#readMissed();
    if (missedMs > 0) this.#clock.skip(missedMs);
    this.#stopShowingAsLive(missedMs);
    this.#revive();
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
      // A new day comes with its own midnight, not up to a second before this page's clock gets there.
      this.#clock.reach(delta.asOf);
      this.#asOf = delta.asOf;
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
      this.#options.onBuild?.(answer.data.build);
      // What came before it by another way is no newer than what follows it on this one.
      this.#takeSnapshot(answer.data, 'live', true);
      return;
    }
    this.#step({ type: 'failed' });
    if (answer.error === 'not-allowed') this.link = { state: 'denied' };
    else if (answer.error === 'recounting') this.#takeTrouble('recounting');
    else if (answer.error === 'topic-failed') {
      if (this.#giveUpTurn()) return;
    } else if (answer.error !== 'not-ready' && !this.data) this.link = { state: 'refused' };
    this.#retrySubscription();
  }

  /** The server cannot make the topic that is asked for. True where another is shown, which is asked for again. */
  #giveUpTurn(): boolean {
    if (!this.unbuilt.includes(this.topic)) this.unbuilt = [...this.unbuilt, this.topic];
    if (this.shown && this.shown.topic !== this.topic) {
      this.turnTo(this.shown.topic);
      return true;
    }
    this.#takeTrouble('unbuilt');
    return false;
  }

  #noteUnbuilt(topics: readonly Topic[]): void {
    if (topics.join() !== this.unbuilt.join()) this.unbuilt = topics;
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
    this.#clock.hear(heartbeat.now);
    this.#options.onBuild?.(heartbeat.build);
    this.#noteUnbuilt(heartbeat.failing ?? []);
    if (isDenied) return;
    // Everybody hears the heart beat: only a word that what is shown here is right says that it lives.
    if (mark) this.#step({ type: 'mark', mark }, 'live');
    else if (this.#hold.fetching) return;
    else if (this.unbuilt.includes(this.topic)) this.#takeTrouble('unbuilt');
    // The server does not know that this wall listens: whatever became of the subscription, a new one settles it.
    else this.#subscribe();
  }

  /** The picture stays as it was; where the server itself says that it will be late, that is said at once. */
  #takeTrouble(why: Trouble): void {
    this.#why = why;
    if (why === 'recounting' || why === 'unbuilt') this.#stopShowingAsLive();
    const { link } = this;
    if (!this.data) this.link = { state: why === 'lost' ? 'connecting' : why };
    else if (link.state === 'stale' && link.why !== why) this.link = { ...link, why };
  }

  /** @param by the way it came, absent where it came with the page; `isLatest` as `stepHold` takes it */
  #takeSnapshot(snapshot: Snapshot, by?: 'live' | 'polling', isLatest = false): void {
    const { held } = this.#hold;
    // An older one says an hour that is over.
    if (!held || isLatest || !isOlder(snapshot, held)) {
      this.#clock.hear(snapshot.asOf);
      this.#asOf = snapshot.asOf;
    }
    this.#step({ type: 'snapshot', snapshot, isLatest }, by);
  }

  /** @param by the way that a proof of the copy came */
  #step(input: HoldInput, by?: 'live' | 'polling'): void {
    const { hold, fetch, copy } = stepHold(this.#hold, input);
    const changed = hold.held !== this.#hold.held;
    this.#hold = hold;
    if (changed && hold.held) {
      // What the server sent is trusted to have the topic's shape: the digest guards the copy.
      this.shown = { topic: this.topic, data: hold.held.data } as unknown as S;
      this.seq = hold.held.seq;
    }
    if (copy === 'same' && by) this.#hear(by);
    else if (copy === 'other' && (this.link.state === 'live' || this.link.state === 'polling'))
      this.link = { state: 'checking' };
    if (fetch) this.#later(Math.random() * SPREAD_MS, () => this.#mend());
  }

  /** Over the socket where there is one: whatever changes after its answer follows it there. */
  #mend(): void {
    if (this.#socket?.connected) this.#subscribe();
    else void this.#fetch();
  }

  async #fetch(): Promise<void> {
    const topic = this.topic;
    const { held } = this.#hold;
    const etag = held !== undefined && this.#etag?.of === held.data ? this.#etag.value : undefined;
    this.#askedAt = performance.now();
    const answer = await fetchSnapshot(this.#options, topic, etag);
    if (this.#stopped || topic !== this.topic) return;
    if (answer.type === 'snapshot') {
      this.#takeAnswered(answer.snapshot, answer.etag, held);
      return;
    }
    // What has been put in its place meanwhile is not what the server was asked about.
    if (answer.type === 'unchanged') {
      if (held !== undefined && this.#hold.held?.data === held.data) this.#hear('polling');
    } else if (answer.type === 'denied') this.link = { state: 'denied' };
    else if (answer.type === 'unbuilt') this.#giveUpTurn();
    else if (this.link.state !== 'denied') this.#takeTrouble(answer.type === 'failed' ? 'lost' : answer.type);
    // Over the socket a subscription may be under way, whose answer ends the waiting.
    if (!this.#socket?.connected) this.#step({ type: 'failed' });
  }

  /** @param askedWith what was held when the question left: where it is held still, whatever came now is later */
  #takeAnswered(snapshot: Snapshot, etag: string | undefined, askedWith: Held | undefined): void {
    const answer = `${snapshot.topic} ${snapshot.epoch} ${snapshot.seq} ${snapshot.asOf}`;
    const isRepeated = answer === this.#answer;
    this.#answer = answer;
    this.#options.onBuild?.(snapshot.build);
    const isAlone = askedWith !== undefined && askedWith === this.#hold.held && !this.#socket?.connected;
    const isLatest = isAlone && snapshot.asOf > this.#asOf;
    this.#takeSnapshot(snapshot, isRepeated ? undefined : 'polling', isLatest);
    const { held } = this.#hold;
    this.#etag = etag !== undefined && held?.data === snapshot.data ? { of: held.data, value: etag } : undefined;
  }

  /** Runs all the time; asks only while the push does not get through, and now and then for the cookie's sake. */
  async #poll(): Promise<void> {
    if (!this.#isPushed()) {
      // Side by side: in a line that swallows everything each of them hangs until it is given up.
      const [health] = await Promise.all([fetchHealth(this.#options), this.#fetch()]);
      if (health && !this.#stopped && this.link.state !== 'denied') {
        this.#clock.hear(health.now);
        this.#options.onBuild?.(health.build);
        if (!this.#socket?.connected) this.#noteUnbuilt(health.topics ?? []);
      }
    } else if (performance.now() - this.#askedAt > this.#timing.renewMs) await this.#fetch();
    const waitMs = this.link.state === 'denied' ? this.#timing.deniedMs : this.#timing.pollMs;
    this.#later(waitMs, () => void this.#poll());
  }

  /** Whether the server speaks to this page over the socket, be it to say that it has nothing to show. */
  #isPushed(): boolean {
    const { link } = this;
    if (!this.#socket?.connected || link.state === 'connecting' || link.state === 'polling') return false;
    return link.state !== 'stale' || link.why === 'recounting' || link.why === 'unbuilt';
  }

  /** What is held is what the server has: by push, or by its answer to a question, which says no more than is pushed. */
  #hear(by: 'live' | 'polling'): void {
    this.#heardAt = performance.now();
    this.#heardOn = Date.now();
    this.#why = 'lost';
    const state = this.link.state === 'live' && this.#socket?.connected ? 'live' : by;
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
    const lastMs = this.#tickedAt.onMs;
    const missedMs = this.#readMissed();
    if (Math.abs(this.#tickedAt.onMs - lastMs) <= SLEPT_MS + this.#timing.tickMs) return;
    this.#clock.skip(missedMs);
    // A hidden page ticks once a minute and is told everything meanwhile: that is no sleep.
    if (Math.abs(this.#tickedAt.onMs - this.#heardOn) <= 2 * HEARTBEAT_MS) return;
    this.#stopShowingAsLive(missedMs);
    this.#revive();
  }

  /** What the monotonic clock has slept through since the last look, ms: a date that was set back is no sleep. */
  #readMissed(): number {
    const last = this.#tickedAt;
    this.#tickedAt = { onMs: Date.now(), localMs: performance.now() };
    return Math.max(0, this.#tickedAt.onMs - last.onMs - (this.#tickedAt.localMs - last.localMs));
  }

  /** Says since when the picture is behind; false where that is said already, or there is no picture. */
  #stopShowingAsLive(missedMs = 0): boolean {
    const { state } = this.link;
    if (!this.#clock.isSet || !this.data || state === 'stale' || state === 'denied') return false;
    this.link = { state: 'stale', since: this.#clock.read(this.#heardAt, missedMs), why: this.#why };
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
