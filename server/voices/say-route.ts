/** `/api/say`: the form for citizens on a tablet with its station's token, and what a receipt tells whoever holds it. */
import { Router, type Request, type Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { lookSchema, saySchema } from '../../domain/voices/events.ts';
import type { SayPlace } from '../../domain/wire/voices.ts';
import type { Guesses } from '../access/guesses.ts';
import { demandPost } from '../access/post.ts';
import { readerOf } from '../access/readers.ts';
import { bodyOf, readBody } from '../asked.ts';
import { answerLedgerTrouble } from '../ledger/trouble.ts';
import type { Receipt, VoiceForm } from './form.ts';

/** Of one tablet, which many use one after another: nobody writes faster. */
const TABLET_LIMIT = { windowMs: 600_000, limit: 30 };

export interface SayRouteOptions {
  readonly form: VoiceForm;
  readonly guesses: Guesses;
  /** The host in the address of the page that asks. */
  readonly hostOf: (request: Request) => string | undefined;
  /** `undefined` where the profile has no such station in force. */
  readonly place: (station: string) => SayPlace | undefined;
}

export function createSayRouter(options: SayRouteOptions): Router {
  const { form, guesses, place } = options;
  const router = Router();
  const gate = demandPost(options, (post) => 'say' in post);
  const slow = rateLimit({
    ...TABLET_LIMIT,
    validate: false,
    legacyHeaders: false,
    standardHeaders: true,
    keyGenerator: (_request, response) => readerOf(response as Response).tokenId!,
    handler: (_request, response) => void response.status(429).json({ error: 'too-many' }),
  });

  router.get('/api/say', gate, (_request, response) => {
    const found = place(stationOf(response));
    if (found) response.set('Cache-Control', 'no-store').json(found);
    else response.status(404).json({ error: 'unknown-station' });
  });
  router.post('/api/say', gate, slow, readBody(saySchema), async (_request, response) => {
    const said = bodyOf(response, saySchema);
    const station = stationOf(response);
    if (!place(station)) return void response.status(404).json({ error: 'unknown-station' });
    await answerLedgerTrouble(response, async () => {
      const actor = { kind: 'display' as const, id: readerOf(response).tokenId! };
      answerReceipt(response, await form.receive({ ...said, station }, 'tablet', actor));
    });
  });
  // Whoever holds the code needs no other right; whoever has none is slowed as with any secret.
  router.post('/api/say/look', readBody(lookSchema), async (request, response) => {
    const { code } = bodyOf(response, lookSchema);
    await answerLedgerTrouble(response, async () => {
      const answer = await form.look(code);
      if (answer) response.json(answer);
      else if (!guesses.isTooMany(request, response, [code])) response.status(404).json({ error: 'unknown-code' });
    });
  });
  return router;
}

export function answerReceipt(response: Response, receipt: Receipt): void {
  if (receipt.ok) response.json({ ok: true });
  else if (receipt.reason === 'conflict') response.status(409).json({ error: 'conflict' });
  else response.status(422).json({ error: receipt.reason, field: 'text' });
}

/** As the gate made sure. */
function stationOf(response: Response): string {
  const { post } = readerOf(response);
  return post && 'say' in post ? post.say : '';
}
