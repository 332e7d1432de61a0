/** What a tablet shows, from what the server says, what was tapped, and the time: a step for each. Pure. */
import { isPoor } from '../../../domain/events/kinds.ts';
import type { Score } from '../../../domain/events/kinds.ts';
import type { RatingState } from '../../../domain/wire/desk.ts';

/** `at`, `until`: this machine's monotonic clock, ms. */
export type Turn =
  | { readonly type: 'idle' }
  | { readonly type: 'asking'; readonly round: string; readonly number?: string; readonly problem?: 'again' }
  | { readonly type: 'sending'; readonly round: string; readonly number?: string; readonly score: Score }
  | { readonly type: 'thanks'; readonly round: string; readonly isHeard: boolean; readonly until: number }
  | { readonly type: 'reasons'; readonly round: string; readonly problem?: 'again'; readonly until: number }
  | { readonly type: 'over'; readonly round: string; readonly until: number };

export type TurnInput =
  | { readonly type: 'told'; readonly state: RatingState }
  | { readonly type: 'tapped'; readonly score: Score }
  | { readonly type: 'rated' | 'refused' | 'unsent' | 'explained' | 'skipped' | 'touched' | 'passed' };

export const IDLE: Turn = { type: 'idle' };
export const THANKS_MS = 4_000;
/** Reasons are left alone for so long before nobody is thought to stand there; every touch begins it anew. */
export const REASONS_MS = 20_000;
const OVER_MS = 3_000;

export function stepTurn(turn: Turn, input: TurnInput, now: number): Turn {
  switch (input.type) {
    case 'told':
      return hear(turn, input.state);
    case 'tapped':
      if (turn.type !== 'asking') return turn;
      return { type: 'sending', round: turn.round, ...numberOf(turn), score: input.score };
    case 'rated':
      if (turn.type !== 'sending') return turn;
      return isPoor(turn.score)
        ? { type: 'reasons', round: turn.round, until: now + REASONS_MS }
        : { type: 'thanks', round: turn.round, isHeard: false, until: now + THANKS_MS };
    case 'unsent':
      if (turn.type === 'sending') return { type: 'asking', round: turn.round, ...numberOf(turn), problem: 'again' };
      return turn.type === 'reasons' ? { ...turn, problem: 'again', until: now + REASONS_MS } : turn;
    case 'refused':
      if (turn.type === 'reasons') return { type: 'thanks', round: turn.round, isHeard: true, until: now + THANKS_MS };
      return turn.type === 'sending' ? { type: 'over', round: turn.round, until: now + OVER_MS } : turn;
    case 'explained':
    case 'skipped':
      if (turn.type !== 'reasons') return turn;
      return { type: 'thanks', round: turn.round, isHeard: true, until: now + THANKS_MS };
    case 'touched':
      return turn.type === 'reasons' ? { ...turn, until: now + REASONS_MS } : turn;
    case 'passed':
      return 'until' in turn && now >= turn.until ? IDLE : turn;
  }
}

function hear(turn: Turn, state: RatingState): Turn {
  if (state.state === 'asking') {
    // Told again of what is on the screen already.
    if ('round' in turn && turn.round === state.round) return turn;
    return { type: 'asking', round: state.round, ...numberOf(state) };
  }
  // What this tablet sends is its own to end; a thanks or reasons in sight have a time of their own.
  return turn.type === 'asking' ? IDLE : turn;
}

function numberOf({ number }: { readonly number?: string }): { number?: string } {
  return number === undefined ? {} : { number };
}
