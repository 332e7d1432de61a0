/** `/api/take`: what a kiosk or counter with its station's token shows, and the numbers that it gives. */
import { Router, type Request, type Response } from 'express';
import * as v from 'valibot';
import type { KioskState, MinuteSpan, TakeAnswer } from '../../domain/wire/kiosk.ts';
import type { Guesses } from '../access/guesses.ts';
import { demandPost } from '../access/post.ts';
import { readerOf } from '../access/readers.ts';
import { bodyOf, readBody } from '../asked.ts';
import type { Actor } from '../ledger/actor.ts';
import { answerLedgerTrouble } from '../ledger/trouble.ts';
import { asked, slot, type QueueRequests } from './commands.ts';
import type { Done } from './turn.ts';

const schema = v.strictObject({
  line: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
  green: v.optional(v.boolean()),
  slot: v.optional(slot),
  asked: v.optional(asked),
});

export interface KioskRouteOptions {
  readonly guesses: Guesses;
  /** The host in the address of the page that asks. */
  readonly hostOf: (request: Request) => string | undefined;
  /** `undefined` where the profile has no such station. */
  readonly look: (station: string) => Promise<KioskState | undefined>;
  readonly take: (request: QueueRequests['take'], actor: Actor) => Promise<Done>;
  readonly waitOf: (station: string, ahead: number) => MinuteSpan | undefined;
}

export function createKioskRouter(options: KioskRouteOptions): Router {
  const { look, take, waitOf } = options;
  const router = Router();
  const gate = demandPost(options, (post) => 'take' in post);

  router.get('/api/take', gate, async (_request, response) => {
    const state = await look(stationOf(response));
    if (state) response.set('Cache-Control', 'no-store').json(state);
    else response.status(404).json({ error: 'unknown-station' });
  });
  router.post('/api/take', gate, readBody(schema), async (_request, response) => {
    const station = stationOf(response);
    const request = { ...bodyOf(response, schema), station };
    await answerLedgerTrouble(response, async () => {
      const taken = await take(request, { kind: 'display', id: readerOf(response).tokenId! });
      if (!taken.ok || !taken.ticket) {
        const reason = taken.ok ? 'not-own' : taken.reason;
        response.status(reason.startsWith('unknown-') ? 404 : 409).json({ error: reason });
        return;
      }
      const { ticket, ahead = 0 } = taken;
      const waitMinutes = waitOf(station, ahead);
      const answer: TakeAnswer = {
        number: ticket.number,
        ahead,
        at: ticket.takenAt,
        ...(ticket.dueAt !== undefined && { dueAt: ticket.dueAt }),
        ...(waitMinutes && { waitMinutes }),
      };
      response.json(answer);
    });
  });
  return router;
}

/** As the gate made sure. */
function stationOf(response: Response): string {
  const { post } = readerOf(response);
  return post && 'take' in post ? post.take : '';
}
