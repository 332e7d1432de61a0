/** Tickets at a window: called, called once more, passed over, sent on, served. */
import { UNDO_MS } from '../../domain/desk/entry.ts';
import { queueVoidedEvent, ticketStepEvent } from '../../domain/queue/events.ts';
import { mayCallByName, nextTicket } from '../../domain/queue/next.ts';
import { toWaiting, type Ticket, type WindowNow } from '../../domain/queue/station.ts';
import { queueSettings } from '../../domain/profile/queue.ts';
import type { QueueRequests } from './commands.ts';
import {
  answerTicket,
  findWindow,
  isRefused,
  listOpen,
  momentAfter,
  refuse,
  type Done,
  type Refused,
  type Turn,
} from './turn.ts';

export async function callTicket(turn: Turn, request: QueueRequests['call']): Promise<Done> {
  const window = findCalling(turn, request.window);
  if (isRefused(window)) return window;
  if (window.inHand.length > 0) return refuse('serving');
  const book = await turn.book();
  const ticket =
    request.ticket === undefined
      ? chooseNext(turn, window, book.callsSinceGreen)
      : findByName(turn, window, request.ticket);
  if (isRefused(ticket)) return ticket;
  return step(turn, 'called', ticket, window);
}

/** The one in hand once more; where none is, one that was passed over, by its number, or who was just let go as served. */
export async function recallTicket(turn: Turn, request: QueueRequests['recall']): Promise<Done> {
  const window = findCalling(turn, request.window);
  if (isRefused(window)) return window;
  const [inHand] = window.inHand;
  if (inHand) {
    if (request.ticket !== undefined && request.ticket !== inHand.id) return refuse('serving');
    return step(turn, 'recalled', inHand, window);
  }
  if (request.ticket === undefined) return refuse('not-serving');
  const passed = turn.seen.passed.find(({ id }) => id === request.ticket);
  if (passed) return step(turn, 'recalled', passed, window);
  return (await takeBackServed(turn, window, request.ticket)) ?? refuseNamed(turn, request.ticket);
}

/** Spec Q5. `undefined` where there is nothing to take back. */
async function takeBackServed(turn: Turn, { id }: WindowNow, asked: string): Promise<Done | undefined> {
  const { served } = await turn.book();
  const { ticket, event } = served.get(id) ?? {};
  const isTheirs = ticket?.ticket === asked && event?.data.staff === turn.staff;
  if (!ticket || !event || !isTheirs || turn.now - event.at > UNDO_MS) return undefined;
  await turn.write([queueVoidedEvent(event, momentAfter(turn, event.at))]);
  return { ok: true, ticket };
}

export async function passTicket(turn: Turn, request: QueueRequests['pass']): Promise<Done> {
  return letGo(turn, request.window, 'passed');
}

export async function finishTicket(turn: Turn, request: QueueRequests['finish']): Promise<Done> {
  return letGo(turn, request.window, 'served');
}

/** To another window, which alone calls it next while somebody works there; without one back to its old place. */
export async function transferTicket(turn: Turn, { window: id, to }: QueueRequests['transfer']): Promise<Done> {
  const window = findWindow(turn, id);
  if (isRefused(window)) return window;
  if (to !== undefined && (to === id || !turn.seen.windows.some((one) => one.id === to)))
    return refuse('unknown-window');
  const [inHand] = window.inHand;
  return inHand ? step(turn, 'transferred', inHand, to === undefined ? undefined : { id: to }) : refuse('not-serving');
}

async function letGo(turn: Turn, id: string, how: 'passed' | 'served'): Promise<Done> {
  const window = findWindow(turn, id);
  if (isRefused(window)) return window;
  const [inHand] = window.inHand;
  return inHand ? step(turn, how, inHand, window) : refuse('not-serving');
}

function findCalling(turn: Turn, id: string): WindowNow | Refused {
  const window = findWindow(turn, id);
  return isRefused(window) || window.status === 'open' ? window : refuse('not-open');
}

/** Those who took a number of ours are served, though a machine gives them by now. */
function chooseNext(turn: Turn, window: WindowNow, callsSinceGreen: number): Ticket | Refused {
  const { seen, now, config, isOwn } = turn;
  const next = nextTicket(window, seen.waiting.map(toWaiting), {
    now,
    open: listOpen(turn),
    greenEvery: queueSettings(config.profile).greenEvery,
    callsSinceGreen,
  });
  if (next) return seen.waiting.find(({ id }) => id === next.ticket)!;
  return refuse(isOwn ? 'nobody-waits' : 'not-own');
}

function findByName(turn: Turn, window: WindowNow, id: string): Ticket | Refused {
  const ticket = turn.seen.waiting.find((one) => one.id === id);
  if (!ticket) return refuseNamed(turn, id);
  return mayCallByName(window, toWaiting(ticket), listOpen(turn)) ? ticket : refuse('nobody-waits');
}

/** A machine's ticket is its own to call. */
export function refuseNamed({ state, station }: Turn, id: string): Refused {
  const entry = state.entries.ticket.get(id);
  return refuse(entry?.station === station && !entry.own ? 'not-own' : 'unknown-ticket');
}

async function step(
  turn: Turn,
  how: Parameters<typeof ticketStepEvent>[0],
  ticket: Ticket,
  window: { readonly id: string } | undefined,
): Promise<Done> {
  const { station, staff } = turn;
  const at = momentAfter(turn, ticket.entry.since);
  await turn.write([ticketStepEvent(how, ticket.id, { station, window: window?.id, staff, at })]);
  return answerTicket(ticket);
}
