// Events posted at a steady rate, whether or not the hall keeps up with them.
import { setTimeout as wait } from 'node:timers/promises';
import { postEvents } from '../e2e/hall-client.ts';

export interface Load {
  readonly perSecond: number;
  readonly seconds: number;
  /** Requests a second, each with its share of the events. */
  readonly postsPerSecond: number;
  /** Events to send, `from` counting those that were made before. */
  readonly make: (from: number, count: number) => unknown[];
}

/** One answered POST: the positions that it was given, both ends included, and `performance.now()` when it was sent. */
export interface Posted {
  readonly from: number;
  /** Commits of several posts may be taken together: the head is then above this one's own last. */
  readonly to: number;
  readonly at: number;
}

/** Waits for no answer before it sends the next. */
export async function postAtRate(url: string, { perSecond, seconds, postsPerSecond, make }: Load): Promise<Posted[]> {
  const beganAt = performance.now();
  const total = Math.round(perSecond * seconds);
  const batch = Math.max(1, Math.round(perSecond / postsPerSecond));
  const running: Promise<Posted>[] = [];
  for (let sent = 0; sent < total; sent += batch) {
    await wait(Math.max(0, beganAt + (sent / perSecond) * 1000 - performance.now()));
    const events = make(sent, Math.min(batch, total - sent));
    const at = performance.now();
    running.push(
      postEvents(url, events).then(({ status, body }) => {
        if (status !== 200 || body.accepted !== events.length)
          throw new Error(`the hall answered ${status} and took ${body.accepted} of ${events.length}`);
        return { from: body.seq - body.accepted + 1, to: body.seq, at };
      }),
    );
  }
  return Promise.all(running);
}
