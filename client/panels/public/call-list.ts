/** What the public screen makes of the calls that it sees one after another: each large for a least time, none hidden by the next, the last kept. Pure. */
import type { PublicCall } from '../../../domain/board/topics/data-public.ts';

/** A call stands in its large place for so long, whatever becomes of it. */
export const LEAST_MS = 10_000;
/** Where so many wait for that place, each has less of it: a call that is shown minutes late sends nobody anywhere. */
const MANY = 6;
const LEAST_OF_MANY_MS = 4_000;
/** A call older than this, by the hall's clock, is no news: who was called has gone already. */
const NEWS_MS = 120_000;
const PAST_KEPT = 6;
/** Calls are known again for so long that none comes back as new; more than a day has. */
const KNOWN_KEPT = 2_000;

export interface CallList {
  /** The day whose calls these are. */
  readonly day: string;
  /** The calls of the picture, newest first. */
  readonly inHand: readonly PublicCall[];
  /** The one in the large place, and since when, ms of a clock that never goes back. */
  readonly large?: { readonly call: PublicCall; readonly since: number };
  /** Those whose turn in the large place comes, the first first. */
  readonly waiting: readonly PublicCall[];
  /** Called before and not in hand any more, the latest first. */
  readonly past: readonly PublicCall[];
  readonly known: ReadonlySet<string>;
}

export interface Heard {
  readonly day: string;
  readonly calls: readonly PublicCall[];
  /** The hall's clock, epoch ms. */
  readonly hallNow: number;
  /** ms of a clock that never goes back. */
  readonly at: number;
}

/** The list after another picture. Of the first one nothing is news: a page that was loaded anew recites no morning. */
export function hearCalls(list: CallList | undefined, { day, calls, hallNow, at }: Heard): CallList {
  if (list?.day !== day) {
    const [first] = calls;
    const known = new Set(calls.map(keyOf));
    return {
      day,
      inHand: calls,
      ...(first ? { large: { call: first, since: at - LEAST_MS } } : {}),
      waiting: [],
      past: [],
      known,
    };
  }
  const fresh = calls.filter((call) => !list.known.has(keyOf(call)));
  const news = fresh
    .filter((call) => hallNow - call.at <= NEWS_MS)
    .sort((a, b) => a.at - b.at || (a.number < b.number ? -1 : 1));
  // Called again before its turn came: its latest call stands for both.
  const waiting = [...list.waiting.filter((call) => !news.some((one) => isSame(one, call))), ...news];
  const gone = [...list.inHand, ...list.past].filter((call) => !calls.some((one) => isSame(one, call)));
  const next = {
    ...list,
    inHand: calls,
    waiting,
    past: dropRepeats(gone).slice(0, PAST_KEPT + waiting.length + 1),
    known: new Set([...list.known, ...fresh.map(keyOf)].slice(-KNOWN_KEPT)),
  };
  return passTime(next, at);
}

/** The list at a later moment: the next call takes the large place once the one before it had its time. */
export function passTime(list: CallList, at: number): CallList {
  const [next, ...waiting] = list.waiting;
  if (!next) return list;
  const leastMs = list.waiting.length > MANY ? LEAST_OF_MANY_MS : LEAST_MS;
  if (list.large && at - list.large.since < leastMs) return list;
  return { ...list, large: { call: next, since: at }, waiting };
}

export interface CallsNow {
  /** The large one first, then the others in hand. */
  readonly calls: readonly PublicCall[];
  readonly past: readonly PublicCall[];
}

/** What is shown: where the large one has had its time and is over, the newest in hand stands there again, unspoken. */
export function readCalls({ large, inHand, waiting, past: gone }: CallList, at: number): CallsNow {
  // Whose turn is still to come has not been called before.
  const past = gone.filter((call) => !waiting.some((one) => isSame(one, call)));
  const isDue = large !== undefined && (at - large.since < LEAST_MS || inHand.some((call) => isSame(call, large.call)));
  const first = isDue ? large.call : inHand[0];
  if (!first) return { calls: [], past: past.slice(0, PAST_KEPT) };
  const isOther = (call: PublicCall): boolean => !isSame(call, first);
  return { calls: [first, ...inHand.filter(isOther)], past: past.filter(isOther).slice(0, PAST_KEPT) };
}

function keyOf({ number, tail, window, at }: PublicCall): string {
  return `${at} ${tail ? 'tail' : ''} ${number} ${window}`;
}

/** The same number at the same window, called once more or not. */
function isSame(a: PublicCall, b: PublicCall): boolean {
  return a.number === b.number && a.window === b.window && a.tail === b.tail;
}

function dropRepeats(calls: readonly PublicCall[]): PublicCall[] {
  return calls.filter((call, i) => calls.findIndex((one) => isSame(one, call)) === i);
}
