/** What whoever is signed in has written down today and in the days before, as the ledger has it. */
import type { DeskLine } from '../../../domain/desk/from-events.ts';
import { ask } from '../../live/ask.ts';

/** `undefined` where the server could not say. */
export async function readMine(): Promise<readonly DeskLine[] | undefined> {
  const reply = await ask('GET /api/desk/mine');
  return reply.type === 'answered' ? reply.value.lines : undefined;
}
