// A sender of the kill campaign: singles and batches, some of them again, and what was cut off until it is answered.
import { postEvents } from '../e2e/hall-client.ts';
import type { Chance } from './chance.ts';
import { toWire } from './kill-events.ts';

/** Where the server is; while there is none, the answer waits for the next one. */
export interface Hall {
  address(): Promise<string>;
}

/** What all senders together know; it lies outside the server and outlives it. */
export interface SenderLog {
  readonly acknowledged: Set<number>;
  answeredNew: number;
  answeredDuplicate: number;
  requests: number;
  inDoubt: number;
  highestSeq: number;
  readonly badAnswers: string[];
  /** Called after each answer. */
  onAnswer: () => void;
}

export interface SenderOptions {
  readonly hall: Hall;
  readonly log: SenderLog;
  /** This sender's number among `lanes` of them; neighbours share their events. */
  readonly lane: number;
  readonly lanes: number;
  readonly startTime: number;
  readonly chance: Chance;
}

export interface Sender {
  /** Resolves after `finish`, once nothing is in doubt any more. */
  run(): Promise<void>;
  finish(): void;
}

const MOST_IN_BATCH = 50;
/** The share of requests that say again what was said before. */
const REPEAT_SHARE = 0.2;

export function createSender({ hall, log, lane, lanes, startTime, chance }: SenderOptions): Sender {
  let isFinishing = false;
  // Lanes 0 and 1 send the very same events, 2 and 3 too: two systems that report the same thing at once.
  const twin = lane >> 1;
  const stride = Math.ceil(lanes / 2);
  let drawn = 0;
  const draw = (): number => {
    const one = drawn++;
    return 2 * (twin + stride * (one >> 1)) + (one % 2);
  };

  const send = async (numbers: readonly number[]): Promise<'answered' | 'in-doubt'> => {
    const url = await hall.address();
    const events = numbers.map((n) => toWire(n, startTime));
    log.requests++;
    try {
      const { status, body } = await postEvents(url, events.length === 1 ? events[0] : events);
      const isWhole = status === 200 && body.accepted + body.duplicates === numbers.length;
      if (!isWhole) log.badAnswers.push(`${status} ${JSON.stringify(body).slice(0, 200)}`);
      else for (const n of numbers) log.acknowledged.add(n);
      log.answeredNew += body.accepted;
      log.answeredDuplicate += body.duplicates;
      log.highestSeq = Math.max(log.highestSeq, body.seq);
      log.onAnswer();
      return 'answered';
    } catch {
      // Cut off: whether it is on disk nobody here knows.
      log.inDoubt++;
      return 'in-doubt';
    }
  };

  return {
    finish: () => (isFinishing = true),
    async run() {
      let last: readonly number[] = [];
      while (!isFinishing) {
        const isRepeat = last.length > 0 && chance.next() < REPEAT_SHARE;
        const size = chance.next() < 0.4 ? 1 : chance.between(2, MOST_IN_BATCH);
        const numbers = isRepeat ? last : Array.from({ length: size }, draw);
        while ((await send(numbers)) === 'in-doubt');
        last = numbers;
      }
    },
  };
}
