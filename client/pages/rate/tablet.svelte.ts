/** A tablet's connection: joins its window, hears what may be rated there, sends what was tapped, and notices when it is alone. */
import { io, type Socket } from 'socket.io-client';
import type { Score } from '../../../domain/events/kinds.ts';
import {
  DESK_NAMESPACE,
  type DeskClientToServer,
  type DeskServerToClient,
  type RateJoinAnswer,
} from '../../../domain/wire/desk.ts';
import { backoffMs } from '../../live/backoff.ts';
import { fetchHealth } from '../../live/board-http.ts';
import { readOwnHall } from '../../live/own-hall.ts';
import { ask } from '../../live/ask.ts';
import type { Reply } from '../../live/request.ts';
import { RunningClock } from '../../live/running-clock.svelte.ts';
import { RETRY, SOCKET_OPTIONS } from '../../live/socket-options.ts';
import { IDLE, stepTurn, type Turn, type TurnInput } from './turn.ts';

export type TabletLink = 'connecting' | 'live' | 'offline' | 'denied';
type Joined = Extract<RateJoinAnswer, { ok: true }>;

/** Asked again so often, which also tells a dead line from a quiet one. */
const ASK_MS = 10_000;
const ANSWER_MS = 5_000;
const TICK_MS = 250;
/** What is not answered by then is to be pressed again. */
const SEND_MS = 6_000;

export interface TabletOptions {
  readonly window: string;
  /** Called with the server's build whenever the line is new. */
  readonly onBuild: (build: string) => void;
}

export class Tablet {
  link = $state<TabletLink>('connecting');
  joined = $state.raw<Joined>();
  turn = $state.raw<Turn>(IDLE);
  readonly #clock = new RunningClock();
  readonly #options: TabletOptions;
  #attempt = 0;
  #asked = 0;

  constructor(options: TabletOptions) {
    this.#options = options;
  }

  /** The hall's clock, epoch ms. */
  get now(): number {
    return this.#clock.now;
  }

  start(): void {
    const hall = readOwnHall();
    const socket: Socket<DeskServerToClient, DeskClientToServer> = io(DESK_NAMESPACE, {
      ...SOCKET_OPTIONS,
      query: hall === undefined ? {} : { hall },
    });
    socket.on('connect', () => {
      this.#join(socket);
      void fetchHealth({ origin: '' }).then((health) => health && this.#options.onBuild(health.build));
    });
    socket.on('rate:state', (state) => this.#step({ type: 'told', state }));
    socket.on('disconnect', () => {
      this.#lose();
      this.#returnLater(socket);
    });
    socket.on('connect_error', () => {
      this.#lose();
      this.#returnLater(socket);
    });
    setInterval(() => socket.connected && this.#join(socket), ASK_MS);
    setInterval(() => {
      this.#clock.show();
      this.#step({ type: 'passed' });
    }, TICK_MS);
  }

  async rate(score: Score): Promise<void> {
    if (this.turn.type !== 'asking') return;
    const { round } = this.turn;
    this.#step({ type: 'tapped', score });
    const { window } = this.#options;
    const asked = { at: { window }, body: { round, score }, timeoutMs: SEND_MS };
    this.#hear(round, await ask('POST /api/rate/:window', asked), 'rated');
  }

  async explain(tags: readonly string[]): Promise<void> {
    if (this.turn.type !== 'reasons') return;
    const { round } = this.turn;
    const { window } = this.#options;
    const asked = { at: { window }, body: { round, tags }, timeoutMs: SEND_MS };
    this.#hear(round, await ask('POST /api/rate/:window/reasons', asked), 'explained');
  }

  skip(): void {
    this.#step({ type: 'skipped' });
  }

  touch(): void {
    this.#step({ type: 'touched' });
  }

  #hear(round: string, reply: Reply<object>, done: 'rated' | 'explained'): void {
    // Meanwhile the next one may be asked for.
    if (!('round' in this.turn) || this.turn.round !== round) return;
    if (reply.type === 'answered') this.#step({ type: done });
    else if (reply.type === 'refused' && reply.status === 409) this.#step({ type: 'refused' });
    else this.#step({ type: 'unsent' });
  }

  #join(socket: Socket<DeskServerToClient, DeskClientToServer>): void {
    const asked = ++this.#asked;
    socket.timeout(ANSWER_MS).emit('rate:join', { window: this.#options.window }, (error, answer) => {
      if (asked !== this.#asked) return;
      if (error) this.#lose();
      else if (answer.ok) {
        this.#attempt = 0;
        this.joined = answer;
        this.link = 'live';
        this.#clock.hear(answer.now);
        this.#step({ type: 'told', state: answer.state });
      } else this.link = 'denied';
    });
  }

  #lose(): void {
    this.link = this.joined || this.link === 'denied' ? 'offline' : 'connecting';
    this.#clock.doubt();
  }

  /** Socket.IO returns by itself from a lost connection, but not from one that the server closed or refused. */
  #returnLater(socket: Socket): void {
    if (socket.active) return;
    setTimeout(() => socket.connect(), backoffMs(RETRY, this.#attempt++, Math.random()));
  }

  #step(input: TurnInput): void {
    const next = stepTurn(this.turn, input, performance.now());
    if (next !== this.turn) this.turn = next;
  }
}
