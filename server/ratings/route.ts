/** What a window's tablet sends: a score for the round that it shows, and the reasons for a poor one. */
import { Router, type Request, type RequestHandler, type Response } from 'express';
import * as v from 'valibot';
import { SCORES } from '../../domain/events/kinds.ts';
import { ID_LIMIT, idSchema } from '../../domain/events/schema.ts';
import { demandPost } from '../access/post.ts';
import type { Guesses } from '../access/guesses.ts';
import { bodyOf, readBody } from '../asked.ts';
import { answerLedgerTrouble } from '../ledger/trouble.ts';
import type { Rounds } from './rounds.ts';

const round = idSchema;
const ratingSchema = v.strictObject({ round, score: v.picklist(SCORES) });
const reasonsSchema = v.strictObject({
  round,
  tags: v.pipe(v.array(v.pipe(v.string(), v.maxLength(ID_LIMIT))), v.minLength(1), v.maxLength(20)),
});

export interface RatingRouteOptions {
  readonly rounds: Rounds;
  readonly guesses: Guesses;
  /** The host in the address of the page that asks. */
  readonly hostOf: (request: Request) => string | undefined;
}

export function createRatingRouter(options: RatingRouteOptions): Router {
  const { rounds } = options;
  const router = Router();
  const gate = demandPost(options, (post, request) => 'rate' in post && post.rate === windowOf(request));

  router.post('/api/rate/:window', gate, readBody(ratingSchema), async (request: Request, response: Response) => {
    const body = bodyOf(response, ratingSchema);
    await answerLedgerTrouble(response, async () => {
      const rated = await rounds.rate(windowOf(request), body.round, body.score);
      if (rated.ok) response.json({ state: rated.state });
      else response.status(409).json({ error: 'over' });
    });
  });
  const explain: RequestHandler = async (request, response) => {
    const body = bodyOf(response, reasonsSchema);
    await answerLedgerTrouble(response, async () => {
      const explained = await rounds.explain(windowOf(request), body.round, body.tags);
      if (explained.ok) response.json({});
      else if (explained.reason === 'over') response.status(409).json({ error: 'over' });
      else response.status(400).json({ error: 'bad-body', field: 'tags' });
    });
  };
  router.post('/api/rate/:window/reasons', gate, readBody(reasonsSchema), explain);
  return router;
}

function windowOf(request: Request): string {
  return String(request.params['window']);
}
