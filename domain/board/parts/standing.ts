/** What stands until it changes: windows, terminals, stars and their plans, suggestions, daily checks (spec C2, C14). */
import { dayOf, type Zone } from '../../calendar/zone.ts';
import type { LedgerEvent } from '../../events/event.ts';
import { parseMoment } from '../../events/moment.ts';
import { QUEUE_SOURCE } from '../../queue/source.ts';
import { readVoice, type VoiceEnd } from '../../voices/voice.ts';
import { cellName } from '../cells.ts';
import { NOTHING, type Contribution } from '../contribution.ts';
import type { SuggestionEntry } from '../entries.ts';
import { answerCells } from './answer.ts';

/** A check's result where it was not done and somebody has said why. */
export const EXPLAINED = 'explained';

/** All functions here take the entity's live events in the order of C1. */
type History = readonly LedgerEvent[];

export function contributeWindow(id: string, events: History): Contribution {
  const event = events.at(-1);
  if (event?.type !== 'hall.window.changed') return NOTHING;
  const { station, status, reason, staff } = event.data;
  const value = {
    station,
    status,
    since: event.at,
    ...(reason ? { reason } : {}),
    // What a machine says of staff holds no window for them.
    ...(staff && status !== 'closed' && event.source === QUEUE_SOURCE ? { staff } : {}),
  };
  return { cells: [], entry: { kind: 'window', id, value } };
}

export function contributeTerminal(id: string, events: History): Contribution {
  const event = events.at(-1);
  if (event?.type !== 'hall.terminal.changed') return NOTHING;
  const { station, status } = event.data;
  return { cells: [], entry: { kind: 'terminal', id, value: { station, status, since: event.at } } };
}

export function contributeQueue(id: string, events: History, zone: Zone): Contribution {
  const event = events[0];
  if (event?.type !== 'hall.queue.ended') return NOTHING;
  const value = { day: dayOf(zone, event.at), station: event.data.station };
  return { cells: [], entry: { kind: 'queue', id, value } };
}

export function contributeStar(id: string, events: History): Contribution {
  const event = events.at(-1);
  if (event?.type !== 'hall.star.published') return NOTHING;
  const { month, kind, staff, window, citation, citationEn, reasons } = event.data;
  const whose = kind === 'window' ? { window: window! } : { staff: staff! };
  const value = {
    ...{ month, kind, ...whose },
    ...(citation ? { citation } : {}),
    ...(citationEn ? { citationEn } : {}),
    reasons: reasons ?? [],
  };
  return { cells: [], entry: { kind: 'star', id, value } };
}

/** What is published or withdrawn after the last plan has ended it, and so has its own taking back. */
export function contributePlan(id: string, events: History): Contribution {
  const event = events.at(-1);
  if (event?.type !== 'hall.star.planned') return NOTHING;
  const { month, kind, publishAt } = event.data;
  return { cells: [], entry: { kind: 'plan', id, value: { month, kind, at: parseMoment(publishAt)! } } };
}

export function contributeSuggestion(id: string, events: History, zone: Zone): Contribution {
  const voice = readVoice('suggestion', id, events);
  if (!voice) return NOTHING;
  const { at, station = '', text, owner, end } = voice;
  const cells = [
    { day: dayOf(zone, at), station, name: cellName('suggestion', 'received'), n: 1 },
    ...answerCells('suggestion', voice, end, { station, zone }),
  ];
  // Nobody will ever see the words of one that was declined unread.
  if (end && text === undefined) return { cells };
  const value = {
    receivedAt: at,
    ...(text === undefined ? {} : { text }),
    ...(owner === undefined ? {} : { owner }),
    ...(end ? { outcome: outcomeOf(end), ...(end.words === undefined ? {} : { answer: end.words }) } : {}),
  };
  return { cells, entry: { kind: 'suggestion', id, value } };
}

function outcomeOf({ how, adopted }: VoiceEnd): NonNullable<SuggestionEntry['outcome']> {
  if (adopted === true) return 'adopted';
  return how === 'declined' || adopted === false ? 'declined' : 'answered';
}

/**
 * The events are all of one day, area and station: the check is done once, and has the latest result. The day is in the
 * name, so that whether it was a working day can be asked when the check is shown. A check that was not done counts as
 * `explained` once somebody has answered for it, and is done no more than before (spec C14).
 */
export function contributeCheck(events: History, zone: Zone): Contribution {
  const done = events.findLast((event) => event.type === 'hall.check.done');
  if (done) {
    const day = dayOf(zone, done.at);
    const { station, area, result } = done.data;
    return { cells: [{ day, station, name: cellName('check', day, area, result), n: 1 }] };
  }
  const answered = events.findLast((event) => event.type === 'hall.check.answered' && event.data.finding === 'skipped');
  if (answered?.type !== 'hall.check.answered') return NOTHING;
  const { day, area, station } = answered.data;
  return { cells: [{ day, station, name: cellName('check', day, area, EXPLAINED), n: 1 }] };
}
