/** What whoever is signed in has written down today and in the days before, as the ledger has it. */
import type { DeskLine } from '../../../domain/desk/from-events.ts';
import { readJson, request } from '../../live/request.ts';

/** `undefined` where the server could not say. */
export async function readMine(): Promise<readonly DeskLine[] | undefined> {
  const reply = await request('/api/desk/mine', { read: readJson<{ lines: readonly DeskLine[] }> });
  return reply.type === 'answered' ? reply.value.lines : undefined;
}
