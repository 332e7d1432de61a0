/** What the page of follow-ups asks of the server. */
import type { FollowupDeed } from '../../../domain/followups/deeds.ts';
import type { FollowupLife, FollowupList, FollowupListId } from '../../../domain/wire/followups.ts';
import { readJson, request } from '../../live/request.ts';

export const readList = (list: FollowupListId, from: number) =>
  request(`/api/followups?list=${list}&from=${from}`, { read: readJson<FollowupList> });

export const readLife = (followup: string) =>
  request(`/api/followups/one?followup=${encodeURIComponent(followup)}`, { read: readJson<FollowupLife> });

export const sendDeed = (id: string, followup: string, deed: FollowupDeed) =>
  request('/api/followups', { body: { id, followup, deed }, read: () => true });
