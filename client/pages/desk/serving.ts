/** What stands on the desk's own panel of its window: who is served, for how long, who waits, and what may be done next. */
import type { DeskServing, DeskState, DeskTicket, DeskWindow } from '../../../domain/wire/desk.ts';
import { formatClock } from '../../../domain/calendar/written.ts';
import type { Zone } from '../../../domain/calendar/zone.ts';
import type { DeskOwnWords } from '../../words/zh/desk.ts';

const MINUTE_MS = 60_000;

export interface ServingView {
  readonly window: DeskWindow | undefined;
  readonly serving: DeskServing | undefined;
  /** A queue machine's that it has not ended, while the desk calls in its place: it keeps nobody from calling. */
  readonly leftByMachine: DeskServing | undefined;
  /** How long the one in hand has been served, and what is to be known of them. */
  readonly elapsed: string;
  readonly tags: readonly string[];
  readonly waiting: number;
  readonly longest: string;
  /** What may be asked for at this moment; the server has the last word. */
  readonly may: {
    readonly call: boolean;
    readonly work: boolean;
    readonly pause: boolean;
    readonly resume: boolean;
    readonly take: boolean;
  };
}

/** @param windowId the window that this desk stands at; `me` the staff id of whoever sits there */
export function buildServing(
  state: DeskState | undefined,
  windowId: string | undefined,
  me: string,
  now: number,
  isLive: boolean,
  zone: Zone,
  words: DeskOwnWords,
): ServingView {
  const window = state?.windows.find(({ id }) => id === windowId);
  const isMine = window?.holder?.staff === me && window.status !== 'closed';
  const queue = state?.queue;
  const inHand = isMine ? window.serving : undefined;
  const isLeft = inHand?.byMachine === true && queue?.isOwn === true;
  const serving = isLeft ? undefined : inHand;
  const isOpen = isMine && window.status === 'open';
  const first = queue?.waiting[0];
  return {
    window,
    serving,
    leftByMachine: isLeft ? inHand : undefined,
    elapsed: serving ? tellElapsed(now - serving.calledAt, words) : '',
    tags: serving ? tagsOf(serving, serving.calledAt, zone, words) : [],
    waiting: queue?.waitingCount ?? 0,
    longest: first === undefined ? '' : words.window.longest(minutesOf(now - first.takenAt)),
    may: {
      call: isLive && isOpen && queue?.isOwn === true && serving === undefined && queue.waitingCount > 0,
      work: isLive && serving !== undefined && serving.byMachine !== true,
      pause: isLive && isOpen && serving === undefined,
      resume: isLive && isMine && window.status === 'paused',
      take: isLive && queue?.isOwn === true && queue.isOpen,
    },
  };
}

/** What is known of a ticket beside its number, as of `at`. */
export function tagsOf(ticket: DeskTicket, at: number, zone: Zone, words: DeskOwnWords): string[] {
  return [
    words.window.waited(minutesOf(at - ticket.takenAt)),
    ...(ticket.green ? [words.window.green] : []),
    ...(ticket.dueAt === undefined ? [] : [words.window.appointment(formatClock(zone, ticket.dueAt))]),
  ];
}

function tellElapsed(ms: number, words: DeskOwnWords): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  return words.window.served(Math.floor(seconds / 60), seconds % 60);
}

function minutesOf(ms: number): number {
  return Math.max(0, Math.floor(ms / MINUTE_MS));
}
