/** `GET /api/at`: a scene of the wall as it was at a past moment. */
import { Router } from 'express';
import * as v from 'valibot';
import { SCENES } from '../../domain/board/topics/data.ts';
import type { Zone } from '../../domain/calendar/zone.ts';
import { drawnIdSchema } from '../../domain/events/schema.ts';
import { parseAt } from '../../domain/past/parse-at.ts';
import type { BeforeFirst, PastMoment } from '../../domain/wire/past.ts';
import { forPeople } from '../access/people-only.ts';
import { queryOf, readQuery } from '../asked.ts';
import type { Board } from '../board/board.ts';
import type { Players } from './players.ts';

const querySchema = v.object({
  at: v.string(),
  topic: v.picklist(SCENES),
  /** Drawn by each page for itself. */
  player: drawnIdSchema,
});

export interface PastRouteOptions {
  readonly hall: string;
  readonly board: Pick<Board, 'lookAt'>;
  readonly zone: Zone;
  readonly demo: boolean;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  /** Those that play on whatever page. */
  readonly players: Players;
}

export function createPastRouter({ hall, board, zone, demo, now, players }: PastRouteOptions): Router {
  const router = Router();
  router.get('/api/at', forPeople, readQuery(querySchema), async (_request, response) => {
    const { at: asked, topic, player } = queryOf(response, querySchema);
    const present = now();
    const at = parseAt(asked, zone, present);
    if (typeof at === 'string') {
      response.status(400).json({ error: at, field: 'at' });
      return;
    }
    if (!players.admit(player)) {
      response.status(429).json({ error: 'too-many-players' });
      return;
    }
    const answer = await board.lookAt({ at, demo, topic });
    const { first, seq, topic: data, figures } = answer;
    if (first === undefined || data === undefined || figures === undefined) {
      const before: BeforeFirst = { error: 'before-first', ...(first === undefined ? {} : { first }) };
      response.status(404).json(before);
      return;
    }
    const head: Omit<PastMoment, 'data'> = { hall, topic, at, now: present, first, seq, figures };
    // The topic comes as text from beside this thread, and is not read here.
    const text = JSON.stringify(head);
    response.set('Cache-Control', 'private, no-store').type('json');
    response.send(`${text.slice(0, -1)},"data":${data}}`);
  });
  return router;
}
