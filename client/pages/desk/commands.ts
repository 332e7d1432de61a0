/** What the desk asks of the server that needs the present state: windows, tickets, feeds, alarms. Nothing of it is kept for later. */
import { own } from '../../../domain/wire/own.ts';
import type { FeedFact } from '../../../domain/profile/feeds.ts';
import type { QueueCommand } from '../../../domain/wire/desk.ts';
import { readJson, request } from '../../live/request.ts';
import type { DeskOwnWords } from '../../words/zh/desk.ts';

export interface CommandBody {
  readonly station: string;
  readonly window?: string;
  readonly ticket?: string;
  readonly takeOver?: boolean;
  readonly reason?: string;
  readonly to?: string;
  readonly line?: string;
  readonly green?: boolean;
  readonly appointment?: string;
}

export type Commanded =
  | { readonly ok: true; readonly ticket?: string; readonly number?: string }
  /** `text`: why not, in words. */
  | { readonly ok: false; readonly error: string; readonly text: string; readonly holder?: string };

export async function command(name: QueueCommand, body: CommandBody, words: DeskOwnWords): Promise<Commanded> {
  const reply = await request(`/api/desk/queue/${name}`, {
    body,
    answers: [409],
    read: readJson<{ error?: string; ticket?: string; number?: string; holder?: { name?: string } }>,
  });
  if (reply.type === 'answered' && reply.value.error === undefined) return { ok: true, ...reply.value };
  const error =
    reply.type === 'answered'
      ? reply.value.error!
      : reply.type === 'unreachable'
        ? 'offline'
        : (reply.error ?? 'failed');
  const holder = reply.type === 'answered' ? reply.value.holder?.name : undefined;
  const text = own(words.queueRefusals, error) ?? words.queueRefusals.failed;
  return { ok: false, error, text, ...(holder === undefined ? {} : { holder }) };
}

/** @returns whether it was done */
export async function switchFeed(
  station: string,
  facts: readonly FeedFact[],
  status: 'desk' | 'restored',
): Promise<boolean> {
  const reply = await request('/api/desk/feed', { body: { station, facts, status }, read: () => undefined });
  return reply.type === 'answered';
}

export async function takeAlarm(id: string): Promise<boolean> {
  const reply = await request(`/api/alarms/${encodeURIComponent(id)}/taken`, { body: {}, read: () => undefined });
  return reply.type === 'answered';
}
