/** The oracle's word on every topic of a world, and on what its desks know. */
import { TOPICS } from '../../domain/board/topics/data.ts';
import { works } from '../oracle/arithmetic.ts';
import { readBoard } from '../oracle/board.ts';
import { readDesk, type DeskFacts } from '../oracle/desk.ts';
import { TOPIC_RECOUNTS } from '../oracle/topics/public.ts';
import type { World } from './worlds.ts';

/** @returns undefined before the hall has opened a day: there is nothing that a board could show the sums of */
export function recountShown(world: World): { topics: Record<string, unknown>; desk: DeskFacts } | undefined {
  const worked = new Map<string, boolean>();
  const board = readBoard(
    world.arrivals.map((event) => ({ event })),
    world,
    (day) => {
      let known = worked.get(day);
      if (known === undefined) worked.set(day, (known = works(world.config.calendarDocument, day, '')));
      return known;
    },
  );
  if (!board) return undefined;
  return {
    topics: Object.fromEntries(TOPICS.map((topic) => [topic, TOPIC_RECOUNTS[topic](board)])),
    desk: readDesk(board),
  };
}
