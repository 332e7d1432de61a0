/** What a page holds of one topic, and how each message changes it: pure, so that every order of arrival can be tried. */
import { applyDelta } from '../../domain/wire/delta.ts';
import { digestData } from '../../domain/wire/digest.ts';
import type { Delta, Json, Snapshot, TopicMark } from '../../domain/wire/protocol.ts';

export interface Held {
  readonly epoch: string;
  readonly seq: number;
  readonly data: Json;
}

export interface Hold {
  readonly held?: Held;
  /** A snapshot was asked for and is not here yet: deltas wait for it. */
  readonly fetching: boolean;
  readonly pending: readonly Delta[];
}

export type HoldInput =
  | { readonly type: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly type: 'delta'; readonly delta: Delta }
  | { readonly type: 'mark'; readonly mark: TopicMark }
  /** The snapshot could not be had. */
  | { readonly type: 'failed' };

export interface HoldStep {
  readonly hold: Hold;
  /** The caller must fetch a snapshot now. */
  readonly fetch: boolean;
}

export const EMPTY_HOLD: Hold = { fetching: false, pending: [] };

/** Deltas kept while a snapshot is on its way; beyond them a later snapshot is cheaper. */
const MOST_PENDING = 500;

export function stepHold(hold: Hold, input: HoldInput): HoldStep {
  switch (input.type) {
    case 'snapshot':
      return takeSnapshot(hold, input.snapshot);
    case 'delta':
      return takeDelta(hold, input.delta);
    case 'mark':
      return takeMark(hold, input.mark);
    case 'failed':
      return stay({ ...hold, fetching: false, pending: [] });
  }
}

function stay(hold: Hold): HoldStep {
  return { hold, fetch: false };
}

function ask(hold: Hold): HoldStep {
  return { hold: { ...hold, fetching: true }, fetch: !hold.fetching };
}

/** Whether a snapshot was on its way while newer deltas came. */
export function isOlder(snapshot: Snapshot, held: Held): boolean {
  return held.epoch === snapshot.epoch && snapshot.seq < held.seq;
}

function takeSnapshot(hold: Hold, snapshot: Snapshot): HoldStep {
  const { held } = hold;
  const base: Held =
    held && isOlder(snapshot, held) ? held : { epoch: snapshot.epoch, seq: snapshot.seq, data: snapshot.data };
  let step = stay({ held: base, fetching: false, pending: [] });
  for (const delta of hold.pending) {
    const next = takeDelta(step.hold, delta);
    step = { hold: next.hold, fetch: step.fetch || next.fetch };
  }
  return step;
}

function takeDelta(hold: Hold, delta: Delta): HoldStep {
  const { held } = hold;
  if (hold.fetching || held === undefined) {
    const pending = [...hold.pending, delta].slice(-MOST_PENDING);
    return ask({ ...hold, pending });
  }
  if (delta.epoch !== held.epoch) return ask({ ...hold, pending: [delta] });
  if (delta.seq <= held.seq) return stay(hold);
  if (delta.base > held.seq) return ask({ ...hold, pending: [delta] });
  try {
    const data = applyDelta(held.data, delta.set);
    return stay({ ...hold, held: { ...held, seq: delta.seq, data } });
  } catch (error) {
    // A path that does not fit means that this copy is not the server's: the snapshot settles it.
    if (error instanceof RangeError) return ask(hold);
    throw error;
  }
}

function takeMark(hold: Hold, mark: TopicMark): HoldStep {
  const { held } = hold;
  if (hold.fetching) return stay(hold);
  if (held === undefined || held.epoch !== mark.epoch) return ask(hold);
  if (mark.seq < held.seq) return stay(hold);
  if (mark.digest !== digestData(held.data)) return ask(hold);
  return mark.seq === held.seq ? stay(hold) : stay({ ...hold, held: { ...held, seq: mark.seq } });
}
