/** What has become of each run and recipient, read off the events alone; and what is to be tried now. Pure. */
import { MINUTE_MS } from '../calendar/zone.ts';
import type { HallEvent } from '../events/event.ts';
import type { Span } from '../measures/build.ts';
import type { SentKind } from './document.ts';
import { slotOf, type Try } from './events.ts';
import { isTooLate } from './slots.ts';

/** Pauses behind a try that failed, ms; behind the last there is no further one. */
export const PAUSES_MS = [MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS] as const;
/** A try of which nothing was heard for so long, ms, has ended without a word: none takes longer. */
export const UNHEARD_MS = 10 * MINUTE_MS;

/**
 * `due`: to be tried, now or after a pause. `failed`: not tried any more. `missed`: never tried, and too late for it.
 * `unknown`: it may have arrived; a person settles it.
 */
export type DeliveryState = 'due' | 'sending' | 'sent' | 'failed' | 'missed' | 'unknown';

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

export interface Run {
  /** The slot's id. */
  readonly id: string;
  readonly plan: string;
  readonly kind: SentKind;
  readonly span: Span;
  readonly station?: string;
  /** The slot's moment, epoch ms. */
  readonly at: number;
  readonly isMissed: boolean;
  readonly deliveries: readonly Delivery[];
}

interface Attempt {
  seq: number;
  at: number;
  result?: Result;
  settled?: Result;
}
type Result = Extract<HallEvent, { type: 'hall.report.sent' }>;

/** By their slots' ids. `now`: the hall's clock, epoch ms. */
export function toRuns(events: readonly HallEvent[], now: number): ReadonlyMap<string, Run> {
  const heads = events.filter((event) => event.type === 'hall.report.run');
  const tries = new Map<string, Attempt>();
  const keyOf = (report: string, recipient: string, attempt: number) => `${slotOf(report)}:${recipient}:${attempt}`;
  for (const { type, at, data } of events)
    if (type === 'hall.report.sending')
      tries.set(keyOf(data.report, data.recipient, data.attempt), { at, seq: data.seq });
  for (const event of events) {
    if (event.type !== 'hall.report.sent') continue;
    const { report, recipient, attempt, by } = event.data;
    const found = tries.get(keyOf(report, recipient, attempt));
    if (found) found[by ? 'settled' : 'result'] = event;
  }
  return new Map(
    heads.map(({ at, data }) => {
      const id = slotOf(data.report);
      const slot = { kind: data.kind as SentKind, at: Date.parse(data.slot) };
      const isMissed = data.status === 'missed';
      const run: Run = {
        id,
        plan: data.plan,
        kind: slot.kind,
        span: { from: data.from, to: data.to },
        ...(data.station ? { station: data.station } : {}),
        at: slot.at,
        isMissed,
        deliveries: data.recipients.map((recipient) => {
          const own: Attempt[] = [];
          for (let n = 1, one = tries.get(`${id}:${recipient}:1`); one; one = tries.get(`${id}:${recipient}:${++n}`))
            own.push(one);
          if (isMissed) return { recipient, state: 'missed', attempt: 0, at };
          return toDelivery(recipient, own, at, isTooLate(slot, now), now);
        }),
      };
      return [id, run];
    }),
  );
}

function toDelivery(
  recipient: string,
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
      attempt: 0,
      at: begunAt,
      nextAt: notAhead(begunAt, begunAt, now),
    };
  const { result, settled } = last;
  const head = { recipient, attempt: tries.length, seq: last.seq };
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
