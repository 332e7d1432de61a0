/** What the page of follow-ups asks of the server. */
import type { FollowupDeed } from '../../../domain/followups/deeds.ts';
import type { FollowupListId } from '../../../domain/wire/followups.ts';
import { ask } from '../../live/ask.ts';

export const readList = (list: FollowupListId, from: number) => ask('GET /api/followups', { query: { list, from } });

export const readLife = (followup: string) => ask('GET /api/followups/one', { query: { followup } });

export const sendDeed = (id: string, followup: string, deed: FollowupDeed) =>
  ask('POST /api/followups', { body: { id, followup, deed } });
