/** The staff's desks, in namespace `/desk`: each is sent the whole state of its own station, whenever that has changed. */
import type { Namespace, Socket } from 'socket.io';
import { may } from '../../domain/access/roles.ts';
import type { DeskJoinAnswer, DeskState } from '../../domain/wire/desk.ts';
import type { OwnFollowups } from '../../domain/wire/followups.ts';
import type { Person } from '../access/person.ts';

/** What the desks need of a hall. */
export interface StaffHall {
  readonly id: string;
  /** Whoever is signed in with these cookies. */
  readonly findPerson: (cookie: string | undefined) => Person | undefined;
  /** Whoever has this session, while it stands. */
  readonly ofSession: (session: string) => Person | undefined;
  /** The hall's day. */
  readonly day: () => string;
  readonly isStation: (id: string) => boolean;
  /** `undefined` while nothing can be shown. */
  readonly stateOf: (station: string) => DeskState | undefined;
  /** What each of these people has to follow up; `undefined` while nothing can be shown. */
  readonly ownOf: (staff: ReadonlySet<string>) => ReadonlyMap<string, OwnFollowups> | undefined;
  /** Called after whatever may have changed a state; returns what ends that. */
  readonly onChange: (listener: () => void) => () => void;
}

export interface StaffSocketsOptions {
  readonly halls: readonly StaffHall[];
  readonly hallOf: (socket: Socket) => StaffHall | undefined;
  /** Between two looks at whether sessions still stand, and at what time alone changes; shorter in tests. */
  readonly lookMs?: number;
}

/** The first change after a quiet spell leaves at once, later ones at most so often. */
const PUSH_MS = 100;
/** A session that somebody ends is cut within five seconds. */
const LOOK_MS = 2_000;

interface Joined {
  readonly hall: StaffHall;
  readonly session: string;
  readonly staff: string;
  readonly station: string;
}

/** Serves `desk:join` to whoever is signed in; returns what ends that. */
export function serveStaff(namespace: Namespace, options: StaffSocketsOptions): () => void {
  const joined = new Map<Socket, Joined>();
  /** What each station was sent last, but for its moment. */
  const sent = new Map<string, string>();
  /** What each desk was sent last of its person's follow-ups. */
  const told = new WeakMap<Socket, string>();
  let waiting: NodeJS.Timeout | undefined;
  let pushedAt = -Infinity;

  const push = (): void => {
    clearTimeout(waiting);
    waiting = undefined;
    pushedAt = performance.now();
    const stations = new Map([...joined.values()].map((one) => [roomOf(one), one]));
    for (const room of sent.keys()) if (!stations.has(room)) sent.delete(room);
    for (const [room, { hall, station }] of stations) {
      const state = hall.stateOf(station);
      if (!state) continue;
      const content = contentOf(state);
      if (sent.get(room) === content) continue;
      sent.set(room, content);
      namespace.to(room).emit('desk:state', state);
    }
    for (const hall of new Set([...joined.values()].map((one) => one.hall))) tellOwn(hall);
  };
  /** Each person's follow-ups are theirs alone: they go to their own desks, and not to a station's. */
  const tellOwn = (hall: StaffHall, only?: Socket): void => {
    const desks = [...joined].filter(([socket, one]) => one.hall === hall && (only ?? socket) === socket);
    const own = hall.ownOf(new Set(desks.map(([, { staff }]) => staff)));
    for (const [socket, { staff }] of desks) {
      const content = JSON.stringify(own?.get(staff));
      if (content === undefined || told.get(socket) === content) continue;
      told.set(socket, content);
      socket.emit('desk:own', own!.get(staff)!);
    }
  };
  const noteChange = (): void => {
    if (joined.size === 0 || waiting !== undefined) return;
    const wait = pushedAt + PUSH_MS - performance.now();
    if (wait <= 0) push();
    else waiting = setTimeout(push, wait);
  };
  const look = (): void => {
    for (const [socket, { hall, session, station }] of joined)
      if (!maySee(hall, hall.ofSession(session), station)) socket.disconnect(true);
    // Doors open and close without an event.
    noteChange();
  };

  const onConnection = (socket: Socket): void => {
    socket.on('desk:join', (request: unknown, answer: unknown) => {
      if (typeof answer !== 'function') return;
      const reply = answer as (result: DeskJoinAnswer) => void;
      const hall = options.hallOf(socket);
      const station = (request as { station?: unknown } | null | undefined)?.station;
      if (typeof station !== 'string' || hall === undefined) reply({ ok: false, error: 'bad-request' });
      else {
        const person = hall.findPerson(socket.handshake.headers.cookie);
        if (!maySee(hall, person, station)) reply({ ok: false, error: 'not-allowed' });
        else if (!hall.isStation(station)) reply({ ok: false, error: 'unknown-station' });
        else join(socket, { hall, session: person!.session, staff: person!.staff, station }, reply);
      }
    });
    socket.once('disconnect', () => joined.delete(socket));
  };
  /** A desk stands at one station: another takes its place. */
  const join = (socket: Socket, place: Joined, reply: (result: DeskJoinAnswer) => void): void => {
    const state = place.hall.stateOf(place.station);
    if (!state) {
      reply({ ok: false, error: 'not-ready' });
      return;
    }
    const before = joined.get(socket);
    if (before) void socket.leave(roomOf(before));
    joined.set(socket, place);
    // In the same turn as the state was made, so that no change falls between them.
    void socket.join(roomOf(place));
    reply({ ok: true, state });
    told.delete(socket);
    tellOwn(place.hall, socket);
  };
  namespace.on('connection', onConnection);
  const stops = options.halls.map((hall) => hall.onChange(noteChange));
  const looking = setInterval(look, options.lookMs ?? LOOK_MS);
  return () => {
    clearInterval(looking);
    clearTimeout(waiting);
    for (const stop of stops) stop();
    namespace.off('connection', onConnection);
  };
}

function maySee(hall: StaffHall, person: Person | undefined, station: string): boolean {
  return person !== undefined && may(person.assignments, 'see-station', hall.day(), station);
}

/** Whatever halls and stations are called, no two of them share a room. */
function roomOf({ hall, station }: Pick<Joined, 'hall' | 'station'>): string {
  return `desk:${station.length}:${station}@${hall.id}`;
}

function contentOf({ now: _now, seq: _seq, ...content }: DeskState): string {
  return JSON.stringify(content);
}
