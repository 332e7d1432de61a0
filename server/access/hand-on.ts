/** What somebody who leaves was to follow up goes to another, as events under the name of whoever says so. */
import type { EventOf } from '../../domain/events/event.ts';
import { DESK_SOURCE } from '../../domain/desk/entry.ts';
import type { Board } from '../board/board.ts';
import { withTime, type RecordEvents } from '../record.ts';

export interface HandOnOptions {
  readonly board: Board;
  readonly record: RecordEvents;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
}

/** How many open follow-ups somebody has in hand. */
export async function countInHand(board: Board, staff: string): Promise<number> {
  await board.caughtUp();
  return [...board.state.entries.followup.values()].filter(({ owner }) => owner === staff).length;
}

/** @returns how many open follow-ups went from one to the other */
export async function handOn(
  { board, record, now }: HandOnOptions,
  from: string,
  to: string,
  by: string,
): Promise<number> {
  await board.caughtUp();
  const at = now();
  const events = [...board.state.entries.followup]
    .filter(([, { owner }]) => owner === from)
    .map(([followup]): EventOf<'hall.followup.assigned'> => ({
      source: DESK_SOURCE,
      id: `${followup}/assigned/${new Date(at).toISOString()}`.slice(-200),
      type: 'hall.followup.assigned',
      at,
      data: { followup, owner: to },
    }));
  await record(withTime(events), { kind: 'staff', id: by });
  return events.length;
}
