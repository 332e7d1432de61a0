/** Windows at the desk: open, paused, closed. */
import { inspectEvent } from '../../domain/events/inspect.ts';
import { windowChangedEvent } from '../../domain/queue/events.ts';
import type { QueueRequests } from './commands.ts';
import { findWindow, isRefused, momentAfter, OK, refuse, type Done, type Turn } from './turn.ts';

/**
 * Opens a window for whoever asks; `takeOver` where another holds it. What is in hand there stays in hand. Nobody sits at
 * two: the one that they had is closed by it, and keeps them while somebody is served there.
 */
export async function openWindow(turn: Turn, request: QueueRequests['open']): Promise<Done> {
  const window = findWindow(turn, request.window, request.takeOver);
  if (isRefused(window)) return window;
  const { station, staff } = turn;
  if (window.status === 'open' && window.holder === staff) return OK;
  const left = turn.seen.windows.filter(
    ({ id, holder, status }) => id !== window.id && holder === staff && status !== 'closed',
  );
  if (left.some(({ inHand }) => inHand.length > 0)) return refuse('serving');
  await turn.write([
    ...left.map(({ id, since }) => windowChangedEvent(id, 'closed', { station, staff, at: momentAfter(turn, since) })),
    windowChangedEvent(window.id, 'open', { station, staff, at: momentAfter(turn, window.since) }),
  ]);
  return OK;
}

export async function pauseWindow(turn: Turn, request: QueueRequests['pause']): Promise<Done> {
  return leaveWindow(turn, request.window, 'paused', request.reason);
}

export async function closeWindow(turn: Turn, request: QueueRequests['close']): Promise<Done> {
  return leaveWindow(turn, request.window, 'closed');
}

async function leaveWindow(turn: Turn, id: string, status: 'paused' | 'closed', reason?: string): Promise<Done> {
  const window = findWindow(turn, id);
  if (isRefused(window)) return window;
  if (window.status === 'closed') return refuse('not-open');
  if (window.inHand.length > 0) return refuse('serving');
  const { station, staff, config } = turn;
  const event = windowChangedEvent(id, status, { station, staff, at: momentAfter(turn, window.since) }, reason);
  const flaw = reason === undefined ? undefined : inspectEvent({ data: { reason } }, config.roster);
  if (flaw) return refuse(flaw.reason === 'identity' ? 'identity' : 'text', { field: 'reason' });
  await turn.write([event]);
  return OK;
}
