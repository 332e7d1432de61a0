/** The desk's line to the server: the whole state of its station whenever that changes, and how old the last one is. */
import { io, type Socket } from 'socket.io-client';
import {
  DESK_NAMESPACE,
  type DeskClientToServer,
  type DeskJoinAnswer,
  type DeskServerToClient,
  type DeskState,
} from '../../domain/wire/desk.ts';
import type { OwnFollowups } from '../../domain/wire/followups.ts';
import { backoffMs } from '../live/backoff.ts';
import { readOwnHall } from '../live/own-hall.ts';
import { ACK_MS, RETRY, SOCKET_OPTIONS } from '../live/socket-options.ts';
import { Timers } from '../live/timers.ts';

/**
 * `idle`: no station was joined yet. `not-allowed`: the server shows this station to nobody here; whether that is
 * because nobody is signed in, the session says. `not-ready`: the server is there and has nothing to show yet.
 */
export type DeskLinkState =
  'idle' | 'connecting' | 'live' | 'offline' | 'not-ready' | 'not-allowed' | 'unknown-station';

export interface DeskLinkOptions {
  /** Called with each state: it says what time the hall has. */
  readonly onState: (state: DeskState) => void;
  /** The server is there again. */
  readonly onReturn: () => void;
  /** The server shows nothing, or has ended the connection: it may be that nobody is signed in any more. */
  readonly onTurnedAway: () => void;
}

export class DeskLink {
  /** As last heard; it stays while nothing is heard, and its own `now` says how old it is. */
  state = $state.raw<DeskState>();
  /** What whoever is signed in has to follow up, as last heard. */
  own = $state.raw<OwnFollowups>();
  link = $state<DeskLinkState>('idle');

  readonly #options: DeskLinkOptions;
  readonly #timers = new Timers();
  #socket: Socket<DeskServerToClient, DeskClientToServer> | undefined;
  #station: string | undefined;
  #attempt = 0;

  constructor(options: DeskLinkOptions) {
    this.#options = options;
  }

  /** Shows a station from now on, in the place of any other. */
  join(station: string): void {
    if (station === this.#station && this.link === 'live') return;
    if (station !== this.#station) this.state = undefined;
    this.#station = station;
    this.link = 'connecting';
    this.#timers.clear();
    this.#attempt = 0;
    if (this.#socket?.connected) this.#ask();
    else if (this.#socket) this.#socket.connect();
    else this.#socket = this.#connect();
  }

  /** Nothing of whoever has left stays in sight; and the next handshake is the next person's. */
  leave(): void {
    this.#timers.clear();
    this.#socket?.disconnect();
    this.#socket = undefined;
    this.#station = undefined;
    this.state = undefined;
    this.own = undefined;
    this.link = 'idle';
  }

  /** Whoever is signed in by now shows the server their own session. */
  renew(): void {
    if (this.#station === undefined) return;
    this.link = 'connecting';
    this.#reconnect();
  }

  /** The server did not answer another question: a socket that believes itself connected is not asked. */
  doubt(): void {
    if (this.link === 'idle') return;
    this.#goOffline();
    this.#reconnect();
  }

  #reconnect(): void {
    this.#timers.clear();
    this.#socket?.disconnect();
    this.#socket?.connect();
  }

  #connect(): Socket<DeskServerToClient, DeskClientToServer> {
    const hall = readOwnHall();
    const socket: Socket<DeskServerToClient, DeskClientToServer> = io(DESK_NAMESPACE, {
      ...SOCKET_OPTIONS,
      query: hall === undefined ? {} : { hall },
    });
    socket.on('connect', () => this.#ask());
    socket.on('desk:state', (state) => {
      if (state.station === this.#station && this.link === 'live') this.#take(state);
    });
    socket.on('desk:own', (own) => {
      this.own = own;
    });
    socket.on('disconnect', (reason) => {
      if (reason === 'io client disconnect') return;
      this.#goOffline();
      // The server ends a connection where its session has ended.
      if (reason === 'io server disconnect') this.#options.onTurnedAway();
      this.#returnLater(socket);
    });
    socket.on('connect_error', () => {
      this.#goOffline();
      this.#returnLater(socket);
    });
    return socket;
  }

  /** Socket.IO returns by itself from a lost connection, but not from one that the server closed or refused. */
  #returnLater(socket: Socket): void {
    if (socket !== this.#socket || socket.active) return;
    this.#later(() => socket.connect());
  }

  #later(act: () => void): void {
    this.#timers.later(backoffMs(RETRY, this.#attempt++, Math.random()), act);
  }

  #ask(): void {
    const station = this.#station;
    const socket = this.#socket;
    if (station === undefined || !socket) return;
    socket.timeout(ACK_MS).emit('desk:join', { station }, (error, answer) => {
      if (station !== this.#station || socket !== this.#socket) return;
      if (error) this.#askAgain();
      else this.#takeAnswer(answer);
    });
  }

  #askAgain(): void {
    this.#later(() => {
      if (this.#socket?.connected) this.#ask();
    });
  }

  #takeAnswer(answer: DeskJoinAnswer): void {
    if (answer.ok) {
      this.#attempt = 0;
      this.link = 'live';
      this.#take(answer.state);
      this.#options.onReturn();
      return;
    }
    switch (answer.error) {
      case 'not-ready':
        this.link = 'not-ready';
        break;
      case 'not-allowed':
        this.link = 'not-allowed';
        this.#options.onTurnedAway();
        break;
      case 'unknown-station':
      case 'bad-request':
        this.link = 'unknown-station';
        break;
    }
    // A right that is given, and a station that is named, need no reload.
    this.#askAgain();
  }

  #take(state: DeskState): void {
    this.state = state;
    this.#options.onState(state);
  }

  #goOffline(): void {
    if (this.link !== 'idle') this.link = 'offline';
  }
}
