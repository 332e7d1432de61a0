/** What the desk asks of the server that needs the present state: windows, tickets, feeds, alarms. Nothing of it is kept for later. */
import type { FeedStatus } from '../../../domain/events/schema.ts';
import type { FeedFact } from '../../../domain/profile/feeds.ts';
import { own } from '../../../domain/wire/own.ts';
import type { QueueAnswer, QueueCommand } from '../../../domain/wire/desk.ts';
import type { Once } from '../../live/once.ts';
import { ask } from '../../live/ask.ts';
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
}

/** `problem`: why it was not done, in words. */
export type Commanded = { readonly answer: QueueAnswer } | { readonly problem: string };

/** @param once of the numbers that this desk asks for */
export async function command(
  name: QueueCommand,
  body: CommandBody,
  once: Once,
  words: DeskOwnWords,
): Promise<Commanded> {
  const asked = name === 'take' ? { asked: once.nameOf(JSON.stringify(body)) } : {};
  // What a command needs its dialog has asked for.
  const reply = await ask(`POST /api/desk/queue/${name}`, { body: { ...body, ...asked } as never });
  if (name === 'take') once.hear(reply);
  if (reply.type === 'answered') return { answer: reply.value };
  const error = reply.type === 'unreachable' ? 'offline' : (reply.error ?? 'failed');
  return { problem: own(words.queueRefusals, error) ?? words.queueRefusals.failed };
}

export async function switchFeed(station: string, facts: readonly FeedFact[], status: FeedStatus): Promise<void> {
  await ask('POST /api/desk/feed', { body: { station, facts, status } });
}

export async function takeAlarm(id: string): Promise<void> {
  await ask('POST /api/alarms/:id/taken', { at: { id }, body: {} });
}
