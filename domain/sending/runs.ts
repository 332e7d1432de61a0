/** What has become of each run and recipient, read off the events alone; and what is to be tried now. Pure. */
import { DAY_MS, MINUTE_MS } from '../calendar/zone.ts';
import type { LedgerEvent, LedgerEventOf } from '../events/event.ts';
import type { RunStatus } from '../events/schema.ts';
import type { SentKind } from './document.ts';
import { slotOf, type RunHead, type Try } from './events.ts';
import { isTooLate } from './slots.ts';

/** Pauses behind a try that failed, ms; behind the last there is no further one. */
export const PAUSES_MS = [MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS] as const;
/** A try of which nothing was heard for so long, ms, has ended without a word: none takes longer. */
export const UNHEARD_MS = 10 * MINUTE_MS;
/** A run that lies so far ahead, ms, was begun by a clock that was wrong. */
export const AHEAD_MS = 60 * MINUTE_MS;
/** So many days after it was said that a report was missed it stands among what waits for a person. */
export const MISSED_WAITS_DAYS = 31;

/**
 * `due`: to be tried, now or after a pause. `failed`: not tried any more. `missed`: never tried, and too late for it.
 * `unknown`: it may have arrived; a person settles it. `early`: it left before its moment; a person settles whether it goes again.
 */
export type DeliveryState = 'due' | 'sending' | 'sent' | 'failed' | 'missed' | 'unknown' | 'early';

export interface Delivery {
  readonly recipient: string;
  readonly state: DeliveryState;
  /** The last try; 0 before the first. */
  readonly attempt: number;
  /** The position that the report of the last try was of. */
  readonly seq?: number;
  /** When the state began, by the hall's clock, epoch ms. */
  readonly at: number;
  /** From when it is tried again, epoch ms; of what is due alone. */
  readonly nextAt?: number;
  readonly reason?: string;
  readonly lacking?: readonly string[];
  /** The member of staff who settled it. */
  readonly by?: string;
}

export interface Run extends Omit<RunHead, 'recipients'> {
  /** The last word of it, and when that was said, epoch ms. */
  readonly status: RunStatus;
  readonly saidAt: number;
  readonly deliveries: readonly Delivery[];
}

type Head = LedgerEventOf<'hall.report.run'>;
interface Attempt {
  /** Where its word stands in the ledger. */
  readonly position: number;
  readonly seq: number;
  readonly at: number;
  result?: Result;
  settled?: Result;
}
type Result = LedgerEventOf<'hall.report.sent'>;

/** By their slots' ids. `now`: the hall's clock, epoch ms. */
export function toRuns(events: readonly LedgerEvent[], now: number): ReadonlyMap<string, Run> {
  const heads = new Map<string, Head[]>();
  const tries = new Map<string, Attempt>();
  const keyOf = (report: string, recipient: string, attempt: number) => `${slotOf(report)}:${recipient}:${attempt}`;
  for (const event of events.toSorted((a, b) => a.seq - b.seq)) {
    if (event.type === 'hall.report.run') {
      const id = slotOf(event.data.report);
      const before = heads.get(id);
      if (before) before.push(event);
      else heads.set(id, [event]);
    } else if (event.type === 'hall.report.sending') {
      const { report, recipient, attempt, seq } = event.data;
      tries.set(keyOf(report, recipient, attempt), { position: event.seq, at: event.at, seq });
    } else if (event.type === 'hall.report.sent') {
      const { report, recipient, attempt, by } = event.data;
      const found = tries.get(keyOf(report, recipient, attempt));
      if (found) found[by ? 'settled' : 'result'] = event;
    }
  }
  const triesOf = (id: string, recipient: string): Attempt[] => {
    const own: Attempt[] = [];
    for (let n = 1, one = tries.get(`${id}:${recipient}:1`); one; one = tries.get(`${id}:${recipient}:${++n}`))
      own.push(one);
    return own;
  };
  return new Map([...heads].map(([id, own]) => [id, toRun(id, own, (recipient) => triesOf(id, recipient), now)]));
}

function toRun(id: string, heads: readonly Head[], triesOf: (recipient: string) => Attempt[], now: number): Run {
  const { at, data } = heads.at(-1)!;
  const kind = data.kind as SentKind;
  const slotAt = Date.parse(data.slot);
  const isMissed = data.status === 'missed';
  const recalled = heads.findLast((head) => head.data.status === 'recalled');
  // What was recalled begins at its moment, and what a person begins at their word.
  const startsAt = data.status === 'recalled' ? slotAt : notAhead(at, at, now);
  const isLate = isTooLate({ kind, at: data.by ? at : slotAt }, now);
  return {
    id,
    turn: heads.length,
    plan: data.plan,
    kind,
    span: { from: data.from, to: data.to },
    ...(data.station ? { station: data.station } : {}),
    at: slotAt,
    status: data.status,
    saidAt: at,
    deliveries: data.recipients.map((recipient) => {
      const own = triesOf(recipient);
      const last = own.at(-1);
      if (last && recalled && last.position < recalled.seq && last.result?.data.result !== 'failed')
        return toEarly(recipient, own.length, last, now);
      const tried = recalled ? own.filter(({ position }) => position > recalled.seq) : own;
      if (isMissed) return { recipient, state: 'missed', attempt: own.length, at };
      return toDelivery(recipient, own.length, tried, startsAt, isLate, now);
    }),
  };
}

/** Of a try that left before its moment, or may have: a person's word alone lets it go once more. */
function toEarly(recipient: string, attempt: number, { seq, at, settled }: Attempt, now: number): Delivery {
  const head = { recipient, attempt, seq };
  if (!settled) return { ...head, state: 'early', at };
  const told = { ...head, at: settled.at, ...(settled.data.by ? { by: settled.data.by } : {}) };
  if (settled.data.result === 'sent') return { ...told, state: 'sent' };
  return { ...told, state: 'due', nextAt: notAhead(settled.at, settled.at, now) };
}

function toDelivery(
  recipient: string,
  attempt: number,
  tries: readonly Attempt[],
  begunAt: number,
  isLate: boolean,
  now: number,
): Delivery {
  const last = tries.at(-1);
  if (!last)
    return {
      recipient,
      state: isLate ? 'missed' : 'due',
      attempt,
      at: begunAt,
      nextAt: begunAt,
    };
  const { result, settled } = last;
  const head = { recipient, attempt, seq: last.seq };
  // What arrived after all has arrived, whatever was said of it meanwhile.
  const word = result?.data.result === 'sent' ? result : (settled ?? result);
  if (!word) return { ...head, state: Math.abs(now - last.at) < UNHEARD_MS ? 'sending' : 'unknown', at: last.at };
  const { reason, lacking, by } = word.data;
  const told = {
    ...head,
    at: word.at,
    ...(reason ? { reason } : {}),
    ...(lacking ? { lacking } : {}),
    ...(by ? { by } : {}),
  };
  switch (word.data.result) {
    case 'sent':
    case 'unknown':
      return { ...told, state: word.data.result };
    case 'again':
      return { ...told, state: 'due', nextAt: notAhead(word.at, word.at, now) };
    case 'failed': {
      // A person's word begins the count anew.
      const begin = tries.findLastIndex((one) => one.settled?.data.result === 'again');
      const pause = PAUSES_MS[tries.length - begin - 2];
      if (pause === undefined || (isLate && begin < 0)) return { ...told, state: 'failed' };
      return { ...told, state: 'due', nextAt: notAhead(word.at + pause, word.at, now) };
    }
  }
}

/** A clock that was set back since would else hold it up for as long. */
function notAhead(nextAt: number, saidAt: number, now: number): number {
  return saidAt > now ? now : nextAt;
}

/** The tries that are due at `now`. */
export function dueTries(run: Run, now: number): Try[] {
  return run.deliveries.flatMap(({ state, recipient, attempt, nextAt = 0 }) =>
    state === 'due' && nextAt <= now ? [{ slot: run.id, recipient, attempt: attempt + 1 }] : [],
  );
}

/** Whether anything may still be tried without a person's word. */
export function isOpen({ deliveries }: Run): boolean {
  return deliveries.some(({ state }) => state === 'due' || state === 'sending');
}

/** Whether a clock that was ahead of `now` by far has begun it, or has said too soon that it was missed. */
export function isAhead(run: Run, now: number): boolean {
  if (run.status === 'recalled') return false;
  return run.at > now + AHEAD_MS || (run.status === 'missed' && run.saidAt > now + AHEAD_MS);
}

/** Whether it waits for a person's word. */
export function isWaiting({ deliveries }: Run, now: number): boolean {
  return deliveries.some(
    ({ state, at }) =>
      state === 'unknown' ||
      state === 'failed' ||
      state === 'early' ||
      (state === 'missed' && now - at <= MISSED_WAITS_DAYS * DAY_MS),
  );
}

/** What is said of it next. */
export function nextHead({ deliveries, ...head }: Run): RunHead {
  return { ...head, turn: head.turn + 1, recipients: deliveries.map(({ recipient }) => recipient) };
}
