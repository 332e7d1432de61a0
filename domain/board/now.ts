/** What of the overview depends on the present moment: a pure reading of `OverviewData` at one `now`. */
import type {
  Comparison,
  DayHead,
  OverviewData,
  Promises,
  Proof,
  Ratio,
  Thresholds,
  WindowCard,
} from './topics/data.ts';
import { minuteOf, MINUTE_MS, type Zone } from '../calendar/zone.ts';

const HOUR_MS = 60 * MINUTE_MS;

/**
 * Where the day stands. `off`: the doors stay shut today. `past`: the board's day is over and no later one was
 * opened, so what it shows is not today. `closed`: the day's books are closed.
 */
export type Phase = 'past' | 'closed' | 'off' | 'before' | 'open' | 'break' | 'after';

/** The phase of the board's day at `now` (epoch ms), in the hall's own zone. */
export function readPhase(day: DayHead, zone: Zone, now: number): Phase {
  if (now >= day.endsAt) return 'past';
  if (day.closed) return 'closed';
  if (now < day.startsAt) return 'before';
  if (day.hours.length === 0) return 'off';
  const minute = minuteOf(zone, now);
  if (minute < day.hours[0]![0]) return 'before';
  if (day.hours.some(([from, until]) => from <= minute && minute < until)) return 'open';
  return day.hours.some(([from]) => minute < from) ? 'break' : 'after';
}

/** The next minute of the day at which the hall opens after `minute`; absent where it does not open again. */
export function nextOpening(day: DayHead, minute: number): number | undefined {
  return day.hours.map(([from]) => from).find((from) => from > minute);
}

export interface PromisesNow {
  /** Open cases whose promise has passed. */
  overdue: number;
  /** Open cases whose promise ends within the threshold. */
  dueSoon: number;
  /** The first promise still to come that `dueSoon` counts, epoch ms. */
  nextDue?: number;
  /** Measure `onTime`: finished in time ÷ (finished with a promise + open past the promise). */
  onTime: Ratio;
}

/** Promises at `now`; a promise that ends exactly now still holds. */
export function readPromises(promises: Promises, dueSoonHours: number, now: number): PromisesNow {
  const overdue = promises.overdueBefore + countPassed(promises, now);
  const horizon = now + dueSoonHours * HOUR_MS;
  const soon = [...promises.dueToday, ...promises.dueLater].filter((at) => at >= now && at <= horizon);
  const more = [...(promises.dueTodayMore ?? []), ...(promises.dueLaterMore ?? [])];
  const soonMore = more.filter(([at]) => at >= now && at <= horizon);
  const next = [...soon, ...soonMore.map(([at]) => at)].reduce((first, at) => Math.min(first, at), Infinity);
  return {
    overdue,
    dueSoon: soon.length + soonMore.reduce((sum, [, n]) => sum + n, 0),
    ...(next === Infinity ? {} : { nextDue: next }),
    onTime: { n: promises.finishedOnTime, of: promises.finishedPromised + overdue },
  };
}

/** Of today's promises those that have passed at `now`. */
export function countPassed({ dueToday, dueTodayMore = [] }: Omit<Promises, 'dueLater'>, now: number): number {
  const more = dueTodayMore.reduce((sum, [at, n]) => sum + (at < now ? n : 0), 0);
  return dueToday.filter((at) => at < now).length + more;
}

export type WindowState = 'over' | 'busy' | 'idle' | 'paused' | 'closed';

export interface WindowNow {
  id: string;
  label: string;
  state: WindowState;
  /** Whole minutes that the ticket or case in hand has taken; only where one is in hand. */
  busyMinutes?: number;
}

/** The windows in the order of their labels. `over`: in service for longer than the threshold. */
export function readWindows(windows: Record<string, WindowCard>, serviceMinutes: number, now: number): WindowNow[] {
  return Object.entries(windows)
    .map(([id, card]) => readWindow(id, card, serviceMinutes, now))
    .sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : a.id < b.id ? -1 : 1));
}

/** One window at `now`. */
export function readWindow(id: string, card: WindowCard, serviceMinutes: number, now: number): WindowNow {
  const base = { id, label: card.label };
  if (card.status !== 'closed' && card.busySince !== undefined) {
    const busyMinutes = wholeMinutes(now - card.busySince);
    return { ...base, state: busyMinutes > serviceMinutes ? 'over' : 'busy', busyMinutes };
  }
  return { ...base, state: card.status === 'open' ? 'idle' : card.status };
}

export interface QueueNow {
  waiting: number;
  /** Whole minutes that the one who came first has waited; only where somebody waits. */
  longestMinutes?: number;
  /** More people than the threshold, or somebody beyond the target wait. */
  over: boolean;
}

/** Those who wait, from the moments, ascending, at which they took their tickets; `more` came after those. */
export function readQueue(queue: readonly number[], thresholds: Thresholds, now: number, more = 0): QueueNow {
  const [first] = queue;
  if (first === undefined) return { waiting: 0, over: false };
  const waiting = queue.length + more;
  const longestMinutes = wholeMinutes(now - first);
  return { waiting, longestMinutes, over: waiting > thresholds.queue || longestMinutes > thresholds.waitMinutes };
}

/**
 * Before the first ticket that was taken and called nothing is known of who waits: the queue machine may not be heard.
 * @param waiting how many wait now
 * @param timed of how many tickets the wait is known today
 */
export function isQueueUntold(waiting: number, timed: number): boolean {
  return waiting === 0 && timed === 0;
}

export interface ComparisonNow {
  day: string;
  /** Window cases of that day up to and with the same minute. */
  then: number;
  /** Window cases now less those then. */
  difference: number;
}

/** 较上周同日同刻: against the same minute of the last working day of the same weekday. */
export function readComparison(comparison: Comparison, windowCases: number, minute: number): ComparisonNow {
  let then = 0;
  for (const [at, count] of comparison.windowCases) if (at <= minute) then = count;
  return { day: comparison.day, then, difference: windowCases - then };
}

export interface Stations {
  heard: number;
  total: number;
}

/** Whether a station last heard from at `heardAt` counts as heard. */
export function isHeard(heardAt: number | undefined, unheardMinutes: number, now: number): boolean {
  return heardAt !== undefined && now - heardAt <= unheardMinutes * MINUTE_MS;
}

/** Stations of the profile that were heard from within the threshold, of all of them. */
export function countHeard({ heardAt, stations }: Proof, unheardMinutes: number, now: number): Stations {
  const heard = Object.values(heardAt).filter((at) => isHeard(at, unheardMinutes, now)).length;
  return { heard, total: stations };
}

/** True while nothing at all has happened in this hall: no case, no ticket, no word from a station. */
export function isUntouched(data: OverviewData): boolean {
  return (
    data.counts.accepted + data.counts.open + data.counts.finished + data.counts.peopleServed === 0 &&
    data.recent.length === 0 &&
    data.queue.length === 0 &&
    Object.keys(data.proof.heardAt).length === 0 &&
    Object.values(data.stations).every((station) => station.accepted === 0)
  );
}

function wholeMinutes(ms: number): number {
  return Math.max(0, Math.floor(ms / MINUTE_MS));
}
