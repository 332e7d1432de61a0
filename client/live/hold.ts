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
  /** `isLatest`: nothing that is held can be newer, so that an earlier position means that the server has gone back to it. */
  | { readonly type: 'snapshot'; readonly snapshot: Snapshot; readonly isLatest?: boolean }
  | { readonly type: 'delta'; readonly delta: Delta }
  | { readonly type: 'mark'; readonly mark: TopicMark }
  /** The snapshot could not be had. */
  | { readonly type: 'failed' };

export interface HoldStep {
  readonly hold: Hold;
  /** The caller must fetch a snapshot now. */
  readonly fetch: boolean;
  /** What the input has shown of the copy: that it is what the server has, or that it is not; absent where neither. */
  readonly copy?: 'same' | 'other';
}

export const EMPTY_HOLD: Hold = { fetching: false, pending: [] };

/** Deltas kept while a snapshot is on its way; beyond them a later snapshot is cheaper. */
const MOST_PENDING = 500;

export function stepHold(hold: Hold, input: HoldInput): HoldStep {
  switch (input.type) {
    case 'snapshot':
      return takeSnapshot(hold, input.snapshot, input.isLatest === true);
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
  return { hold: { ...hold, fetching: true }, fetch: !hold.fetching, ...(hold.held ? { copy: 'other' } : {}) };
}

/** Whether a snapshot was on its way while newer deltas came. */
export function isOlder(snapshot: Snapshot, held: Held): boolean {
  return held.epoch === snapshot.epoch && snapshot.seq < held.seq;
}

function takeSnapshot(hold: Hold, snapshot: Snapshot, isLatest: boolean): HoldStep {
  const { held } = hold;
  const isPassed = held !== undefined && !isLatest && isOlder(snapshot, held);
  const base: Held = isPassed ? held : { epoch: snapshot.epoch, seq: snapshot.seq, data: snapshot.data };
  let step: HoldStep = {
    hold: { held: base, fetching: false, pending: [] },
    fetch: false,
    ...(isPassed ? {} : { copy: 'same' }),
  };
  for (const delta of hold.pending) {
    const { hold: next, fetch, copy = step.copy } = takeDelta(step.hold, delta);
    step = { hold: next, fetch: step.fetch || fetch, ...(copy ? { copy } : {}) };
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
  if (held === undefined || held.epoch !== mark.epoch) return ask(hold);
  if (mark.seq < held.seq) return stay(hold);
  if (mark.digest !== digestData(held.data)) return ask(hold);
  // What waits for a snapshot was told before this: its place in the order stays open until that is here.
  const isRaised = !hold.fetching && mark.seq > held.seq;
  return { hold: isRaised ? { ...hold, held: { ...held, seq: mark.seq } } : hold, fetch: false, copy: 'same' };
}
