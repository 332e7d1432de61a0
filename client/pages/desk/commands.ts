/** What the desk asks of the server that needs the present state: windows, tickets, feeds, alarms. Nothing of it is kept for later. */
import type { FeedStatus } from '../../../domain/events/schema.ts';
import type { FeedFact } from '../../../domain/profile/feeds.ts';
import { own } from '../../../domain/wire/own.ts';
import type { QueueAnswer, QueueCommand } from '../../../domain/wire/desk.ts';
import type { Once } from '../../live/once.ts';
import { ask } from '../../live/ask.ts';
import type { Reply } from '../../live/request.ts';
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

/** `problem`: why it was not done, in words; `isRefused`: the server said so, and was not just out of reach. */
export type Commanded = { readonly answer: QueueAnswer } | { readonly problem: string; readonly isRefused: boolean };

/** @param once of the numbers that this desk asks for */
export async function command(
  name: QueueCommand,
  body: CommandBody,
  once: Once,
  words: DeskOwnWords,
  timeoutMs?: number,
): Promise<Commanded> {
  const asked = name === 'take' ? { asked: once.nameOf(JSON.stringify(body)) } : {};
  // What a command needs its dialog has asked for.
  const reply = await ask(`POST /api/desk/queue/${name}`, {
    body: { ...body, ...asked } as never,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  if (name === 'take') once.hear(reply);
  if (reply.type === 'answered') return { answer: reply.value };
  return { problem: tellRefusal(reply, words.queueRefusals), isRefused: reply.type === 'refused' };
}

/** @returns why it was not done, in words; `undefined` where it was */
export async function switchFeed(
  station: string,
  facts: readonly FeedFact[],
  status: FeedStatus,
  since: 'last-sent' | undefined,
  words: DeskOwnWords,
): Promise<string | undefined> {
  const reply = await ask('POST /api/desk/feed', { body: { station, facts, status, ...(since ? { since } : {}) } });
  return reply.type === 'answered' ? undefined : tellRefusal(reply, words.queue.feedRefusals);
}

/** @returns why it was not done, in words; `undefined` where it was */
export async function takeAlarm(id: string, words: DeskOwnWords): Promise<string | undefined> {
  const reply = await ask('POST /api/alarms/:id/taken', { at: { id }, body: {} });
  return reply.type === 'answered' ? undefined : tellRefusal(reply, words.alarms.refusals);
}

type Refusals = Readonly<Record<string, string>> & { readonly failed: string };

function tellRefusal(reply: Exclude<Reply<unknown>, { type: 'answered' }>, refusals: Refusals): string {
  const error = reply.type === 'unreachable' ? 'offline' : (reply.error ?? 'failed');
  return own(refusals, error) ?? refusals.failed;
}
