/** The list 刚才: what this person wrote down today and in the days before, sent or not, the latest first, each with what may still be done about it. */
import { DESK_SOURCE, isTakingBack, UNDO_MS, type Entry, type EntryReason } from '../../../domain/desk/entry.ts';
import { dayOf, type Zone } from '../../../domain/calendar/zone.ts';
import type { DeskCatalogue } from '../../../domain/desk/catalogue.ts';
import { toDeskLines, type DeskLine } from '../../../domain/desk/from-events.ts';
import { nameEvent, toEvents } from '../../../domain/desk/to-events.ts';
import { own } from '../../../domain/wire/own.ts';
import { formatClock } from '../../../domain/calendar/written.ts';
import type { DeskOwnWords } from '../../words/zh/desk.ts';
import { tellDate } from './record.ts';
import { wordsOf } from './reword.ts';

/** An entry that the server's list does not hold. */
export interface HeldEntry {
  readonly entry: Entry;
  /** Why it was refused; absent while it waits. */
  readonly reason?: EntryReason;
  /** It is in the ledger, of which no list has come since. */
  readonly isSent?: true;
}

/** Another time; other words; or nothing but another try, once somebody else has put right what stood in its way. */
export type Mend = 'retime' | 'reword' | 'again';

export interface RecentLine {
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  readonly clock: string;
  readonly isToday: boolean;
  readonly title: string;
  readonly note: string;
  readonly state: 'sent' | 'waiting' | 'refused' | 'taken-back';
  /** Whole seconds left to undo it; 0 afterwards. */
  readonly undoS: number;
  readonly mayVoid: boolean;
  /** Of what was refused, what it takes to send it again; absent where nothing would help. */
  readonly mend?: Mend;
}

export interface RecentSource {
  readonly sent: readonly DeskLine[];
  readonly held: readonly HeldEntry[];
  readonly catalogue: DeskCatalogue | undefined;
  /** The hall's clock, epoch ms. */
  readonly now: number;
  readonly zone: Zone;
}

export function buildRecent({ sent, held, catalogue, now, zone }: RecentSource, words: DeskOwnWords): RecentLine[] {
  const names = new Map(catalogue?.items.map(({ code, name }) => [code, name]));
  const promises = new Map(catalogue?.items.map(({ code, promisedBy }) => [code, promisedBy]));
  const today = dayOf(zone, now);
  const isOfToday = ({ at }: { readonly at: number }): boolean => dayOf(zone, at) === today;
  const takenBack = new Set(
    held.flatMap(({ entry: { act }, reason }) => (reason === undefined && isTakingBack(act) ? [act.entry] : [])),
  );
  const known = new Set(sent.map(({ entry }) => entry));
  const lines = held
    .filter(({ entry, reason }) => !known.has(entry.id) && (reason !== undefined || !isTakingBack(entry.act)))
    .map(({ entry, reason, isSent }) => ({
      ...{ line: toLine(entry), reason, isHeld: isSent !== true },
      mend: reason === undefined ? undefined : findMend(reason, entry),
    }));
  return [...lines, ...sent.map((line) => ({ line, reason: undefined, isHeld: false, mend: undefined }))]
    .sort((a, b) => b.line.at - a.line.at || (a.line.entry < b.line.entry ? 1 : -1))
    .map(({ line, reason, isHeld, mend }) => {
      const isTakenBack = line.voided || takenBack.has(line.entry);
      const isRefused = reason !== undefined;
      const mayVoid = !isTakenBack && !isRefused && !isTakingBack(line);
      return {
        id: line.entry,
        at: line.at,
        clock: formatClock(zone, line.at),
        isToday: isOfToday(line),
        title: nameLine(line, names, words),
        note: [
          ...(isOfToday(line) ? [] : [tellDate(zone, line.at, words)]),
          ...(line.ticket === undefined ? [] : [numberOf(line.ticket)]),
          ...(isRefused
            ? [words.recent.refused, words.recent.refusals[reason]]
            : isTakenBack
              ? [line.voided && line.undone !== true ? words.recent.voided : words.recent.undone]
              : [
                  ...noteOf(line, isOfToday(line) ? promises : new Map(), zone, words),
                  ...(isHeld ? [words.recent.unsent] : []),
                ]),
        ].join(' · '),
        state: isRefused ? 'refused' : isTakenBack ? 'taken-back' : isHeld ? 'waiting' : 'sent',
        undoS: mayVoid ? secondsLeft(line.at, now) : 0,
        mayVoid,
        ...(mend === undefined ? {} : { mend }),
      };
    });
}

function findMend(reason: EntryReason, { act }: Entry): Mend | undefined {
  switch (reason) {
    case 'time':
      return 'retime';
    case 'identity':
    case 'text':
      return wordsOf(act).length > 0 ? 'reword' : undefined;
    case 'feed':
    case 'not-allowed':
    case 'unknown':
      return 'again';
    default:
      return undefined;
  }
}

/** Codes of items, the one that was used last first. */
export function recentItems({ sent, held }: Pick<RecentSource, 'sent' | 'held'>): string[] {
  const lines = [...held.map(({ entry }) => toLine(entry)), ...sent].sort((a, b) => b.at - a.at);
  return [...new Set(lines.flatMap(({ item }) => (item === undefined ? [] : [item])))];
}

/** How many of today count: what was taken back does not. */
export function countToday(lines: readonly RecentLine[]): number {
  return lines.filter(({ isToday, state }) => isToday && (state === 'sent' || state === 'waiting')).length;
}

/** To undo what was written down at `at`; never more than there are, though the clock here is a little behind. */
function secondsLeft(at: number, now: number): number {
  return Math.min(UNDO_MS / 1_000, Math.max(0, Math.ceil((at + UNDO_MS - now) / 1_000)));
}

/** What the slip says, from a ticket's id. */
export function numberOf(ticket: string): string {
  return ticket.split('/').at(-1) ?? ticket;
}

/** An entry as its line will be once it is in the ledger; an undoing, which has none there, by itself. */
function toLine(entry: Entry): DeskLine {
  const { id, at, act } = entry;
  const target = isTakingBack(act) ? [{ source: DESK_SOURCE, id: nameEvent(act.entry, 1) }] : [];
  const [line] = toDeskLines(toEvents(entry, { target }).map((event) => ({ event, voided: false })));
  return line ?? { entry: id, at: Date.parse(at), type: act.type, voided: false };
}

function nameLine(line: DeskLine, names: ReadonlyMap<string, string>, words: DeskOwnWords): string {
  const item = line.item === undefined ? undefined : (names.get(line.item) ?? line.item);
  const { recent } = words;
  switch (line.type) {
    case 'consultation': {
      const medium = own(words.consultation.media, line.kind ?? '') ?? '';
      return [words.consultation.done(medium), item].filter((part) => part !== undefined).join(' · ');
    }
    case 'service':
      return own(words.service.kinds, line.kind ?? '') ?? recent.service;
    case 'rating-again':
      return recent.again(words.levels[Number(line.kind)] ?? '');
    case 'appointment-booked':
      return item === undefined ? recent.booked : `${recent.booked} · ${item}`;
    default:
      return item ?? own(TITLES(words), line.type) ?? line.type;
  }
}

const TITLES = ({ recent }: DeskOwnWords): Readonly<Record<string, string>> => ({
  'case-finished': recent.finished,
  'case-paused': recent.paused,
  'case-resumed': recent.resumed,
  'case-supplemented': recent.supplemented,
  licence: recent.licence,
  'appointment-kept': recent.kept,
  'appointment-missed': recent.missed,
  terminal: recent.terminal,
  'request-received': recent.request,
  'request-answered': recent.requestAnswered,
  'complaint-received': recent.complaint,
  'complaint-answered': recent.complaintAnswered,
  training: recent.training,
  undo: recent.undoDone,
  void: recent.voided,
});

function noteOf(
  line: DeskLine,
  promises: ReadonlyMap<string, string | undefined>,
  zone: Zone,
  words: DeskOwnWords,
): string[] {
  const { recent } = words;
  if (line.type === 'case') {
    if (line.outcome !== undefined) return [recent.finished];
    // Of today's: what the item promises today.
    const promisedBy = line.item === undefined ? undefined : promises.get(line.item);
    return promisedBy === undefined
      ? [recent.accepted]
      : [recent.promisedBy(tellDate(zone, Date.parse(promisedBy) - 1, words))];
  }
  if (line.type === 'case-finished') return [own(recent.outcomes, line.outcome ?? '') ?? ''];
  return line.count === undefined ? [] : [recent.count(line.count)];
}
