/** The tablets at the windows, in namespace `/desk`: each is told what its own window may be rated for, and of nothing else. */
import type { Namespace, Socket } from 'socket.io';
import { toHallHead } from '../../domain/board/topics/view.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import { reasonsOf } from '../../domain/ratings/reasons.ts';
import type { RateJoinAnswer, RatingState } from '../../domain/wire/desk.ts';
import type { Reader } from '../access/readers.ts';
import type { Rounds } from '../ratings/rounds.ts';

/** What the tablets need of a hall. */
export interface TabletHall {
  readonly id: string;
  readonly config: () => HallConfig;
  readonly demo: boolean;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  readonly rounds: Pick<Rounds, 'stateOf' | 'onChange'>;
}

export interface TabletsOptions {
  /** One for each hall that is served. */
  readonly halls: readonly TabletHall[];
  /** `undefined` where its hall has no tablets. */
  readonly hallOf: (socket: Socket) => TabletHall | undefined;
  /** What a socket may do at this moment: asked anew at each look. */
  readonly readerOf: (socket: Socket) => Reader;
  /** Between two looks at whether tokens still stand. */
  readonly lookMs: number;
}

/** Serves `rate:join` to whoever joins the namespace; returns what ends that. */
export function serveTablets(namespace: Namespace, options: TabletsOptions): () => void {
  const joined = new Map<Socket, string>();
  const onConnection = (socket: Socket): void => {
    socket.on('rate:join', (request: unknown, answer: unknown) => {
      if (typeof answer !== 'function') return;
      const result = join(options, socket, request);
      if (result.ok) {
        const { window } = request as { window: string };
        joined.set(socket, window);
        void socket.join(roomOf(options.hallOf(socket)!, window));
      }
      (answer as (result: RateJoinAnswer) => void)(result);
    });
    socket.once('disconnect', () => joined.delete(socket));
  };
  namespace.on('connection', onConnection);
  const stops = options.halls.map((hall) =>
    hall.rounds.onChange((window) => {
      const state: RatingState = hall.rounds.stateOf(window);
      namespace.to(roomOf(hall, window)).emit('rate:state', state);
    }),
  );
  // A token that was revoked ends its socket.
  const looking = setInterval(() => {
    for (const [socket, window] of joined) if (!mayRate(options.readerOf(socket), window)) socket.disconnect(true);
  }, options.lookMs);
  return () => {
    clearInterval(looking);
    for (const stop of stops) stop();
    namespace.off('connection', onConnection);
  };
}

function join({ hallOf, readerOf }: TabletsOptions, socket: Socket, request: unknown): RateJoinAnswer {
  const window = (request as { window?: unknown } | null | undefined)?.window;
  if (typeof window !== 'string') return { ok: false, error: 'bad-request' };
  if (!mayRate(readerOf(socket), window)) return { ok: false, error: 'not-allowed' };
  const hallHere = hallOf(socket);
  if (!hallHere) return { ok: false, error: 'not-allowed' };
  const { config, demo, now, rounds } = hallHere;
  const { profile } = config();
  const known = profile.windows.find(({ id }) => id === window);
  if (!known) return { ok: false, error: 'unknown-window' };
  const { timeZone, ...hall } = toHallHead({ config: config(), demo });
  return {
    ok: true,
    state: rounds.stateOf(window),
    window: known.label,
    now: now(),
    hall,
    timeZone,
    reasons: reasonsOf(profile),
  };
}

function mayRate({ post }: Reader, window: string): boolean {
  return post !== undefined && 'rate' in post && post.rate === window;
}

/** Whatever halls and windows are called: a hall's id stands last, and the first mark ends no other room's name. */
function roomOf({ id }: TabletHall, window: string): string {
  return `rate:${window.length}:${window}@${id}`;
}
