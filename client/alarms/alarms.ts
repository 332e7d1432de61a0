/** Alarms as a wall shows them: which come first, what they say, and whose they are by now. */
import { describeEffect } from '../../domain/alarms/events.ts';
import type { CountdownBasis } from '../../domain/board/topics/data.ts';
import type { AlarmCard } from '../../domain/board/topics/data-alarms.ts';
import { MINUTE_MS, type Zone } from '../../domain/calendar/zone.ts';
import { readCountdown } from '../../domain/followups/countdown.ts';
import { formatCount } from '../../domain/measures/numbers.ts';
import { atBase } from '../live/base.ts';
import { readOwnToken } from '../live/own-token.ts';
import type { alarmsWall } from '../words/zh/alarms-wall.ts';
import type { alarms } from '../words/zh/alarms.ts';
import { own } from '../../domain/wire/own.ts';

/** What is said of an alarm wherever it is read. */
export type AlarmWords = typeof alarms;
/** What the wall says besides. */
export type WallAlarmWords = AlarmWords & typeof alarmsWall;
export type AlarmTone = 'trouble' | 'warning';

export interface AlarmView {
  id: string;
  tone: AlarmTone;
  /** `open`: nobody has taken it yet. */
  state: 'open' | 'taken' | 'ended';
  /** A window's label. */
  lead?: string;
  title: string;
  note: string;
  /** What the figure is: how long it has gone on, or what is left. */
  caption?: string;
  value?: readonly { readonly n: string; readonly unit: string }[];
  /** The picture that a telephone reads; absent once it has ended. */
  code?: string;
}

/** In what hours a call back is due. */
export type WorkingTime = CountdownBasis & { readonly zone: Zone };

/** An alarm that has ended is shown for so long, with what it came to. */
const ENDED_MS = MINUTE_MS;
/** The worst first. A kind that is not here comes from elsewhere and goes before what can wait. */
const RANKS = ['window-overtime', 'queue', 'poor-rating', '*', 'terminal-broken', 'station-unheard', 'promise-lapsing'];
/** What can wait a little; everything else is trouble. */
const WARNINGS = ['poor-rating', 'terminal-broken', 'station-unheard', 'promise-lapsing'];
/** Their words say where by themselves, or there is no one place. */
const NAMED = ['station-unheard', 'promise-lapsing'];
/** What is usually done about it, the likeliest first. */
const MEASURES: Readonly<Record<string, readonly string[]>> = {
  'window-overtime': ['on-site', 'contacted'],
  queue: ['on-site', 'opened-window'],
  'poor-rating': ['contacted'],
  'station-unheard': ['contacted'],
  'terminal-broken': ['refilled', 'repairing'],
  'promise-lapsing': ['hastened', 'contacted'],
};

/** What is shown at `now` (epoch ms): what nobody has taken, what somebody works on, what has just ended. */
export function buildAlarms(
  cards: Record<string, AlarmCard>,
  now: number,
  words: WallAlarmWords,
  time: WorkingTime,
): AlarmView[] {
  return sortAlarms(cards, now).map(([id, card]) => buildAlarm(id, card, now, words, time));
}

/** An alarm older than this is no news: the playlist goes on, and a wall that was just opened does not recite the morning. */
const NEWS_MS = 2 * MINUTE_MS;

/** Whether any alarm was raised lately and taken by nobody, however bad the others are. */
export function isNews(cards: Record<string, AlarmCard>, now: number): boolean {
  return Object.values(cards).some((card) => isNewsOf(card, now));
}

export function isNewsOf(card: AlarmCard, now: number): boolean {
  return stateOf(card) === 'open' && !isEased(card) && now - card.raisedAt <= NEWS_MS;
}

function sortAlarms(cards: Record<string, AlarmCard>, now: number): [string, AlarmCard][] {
  const shown = Object.entries(cards).filter(([, card]) => isShown(card, now));
  const states = ['open', 'ended', 'taken'];
  const rank = ({ kind }: AlarmCard) => RANKS.indexOf(RANKS.includes(kind) ? kind : '*');
  return shown.sort(
    ([idA, a], [idB, b]) =>
      states.indexOf(stateOf(a)) - states.indexOf(stateOf(b)) ||
      rank(a) - rank(b) ||
      beganAt(a) - beganAt(b) ||
      (idA < idB ? -1 : 1),
  );
}

function isShown({ endedAt, endReason }: AlarmCard, now: number): boolean {
  // At closing time there is nothing to learn from an alarm that had to end.
  return endedAt === undefined || (now - endedAt < ENDED_MS && endReason !== 'closing');
}

function stateOf({ takenAt, endedAt }: AlarmCard): AlarmView['state'] {
  if (endedAt !== undefined) return 'ended';
  return takenAt === undefined ? 'open' : 'taken';
}

function beganAt({ since, raisedAt }: AlarmCard): number {
  return since ?? raisedAt;
}

function buildAlarm(id: string, card: AlarmCard, now: number, words: WallAlarmWords, time: WorkingTime): AlarmView {
  const state = stateOf(card);
  const title =
    card.kind === 'poor-rating' && card.window !== undefined ? placedTitleOf(card, words) : titleOf(card, words);
  const base = {
    id,
    tone: WARNINGS.includes(card.kind) ? ('warning' as const) : ('trouble' as const),
    state,
    ...(card.kind === 'window-overtime' && card.window !== undefined && { lead: card.window }),
  };
  if (state === 'ended') return { ...base, title: words.ended(title), note: effectOf(card, words) };
  return {
    ...base,
    title,
    note: state === 'taken' ? takenNote(card, words) : noteOf(card, words),
    ...valueOf(card, now, words, time),
    // A display in another site's frame reads, and leads nobody to any deed.
    ...(readOwnToken() === undefined ? { code: codeAddress(id) } : {}),
  };
}

/** What is wrong and where, in a few words: 办理超时, 梅丰 收到差评. */
export function titleOf(card: AlarmCard, words: AlarmWords): string {
  const station = stationOf(card, words);
  const matter = matterOf(card, words);
  return station === undefined || NAMED.includes(card.kind) ? matter : words.of(station, matter);
}

/** 06号窗收到差评: with the window that it is about. */
export function placedTitleOf(card: AlarmCard, words: WallAlarmWords): string {
  if (card.window === undefined) return titleOf(card, words);
  return words.spokenOf(words.spokenWindow(stationOf(card, words), card.window), matterOf(card, words));
}

/** Who sees to it already, or what is proposed. */
function noteOf(card: AlarmCard, words: WallAlarmWords): string {
  if (isEased(card)) return words.nobodyWaits;
  const owner = card.followup?.owner;
  return owner === undefined ? proposalOf(card, words) : words.callsBack(owner);
}

/** A community's short name; none for the hall's own matters. */
export function stationOf({ stationShort, stationShortEn }: AlarmCard, words: AlarmWords): string | undefined {
  return words.pick(stationShort, stationShortEn);
}

/** What is wrong, without where. */
export function matterOf(card: AlarmCard, words: AlarmWords): string {
  const { title } = words;
  // How many they were is known of the raising alone: what changes since then is not said.
  const things = card.before?.things;
  const terminal = words.pick(card.subjectName, card.subjectNameEn) ?? words.terminal;
  switch (card.kind) {
    case 'window-overtime':
      return title.windowOvertime;
    case 'queue':
      // Nobody waits any more at an alarm that is over: its figures stand in its effect.
      if (card.endedAt !== undefined) return title.queueOver;
      return isEased(card) ? title.queueEased : title.queue(formatCount(waitingAt(card)));
    case 'poor-rating':
      return things === undefined || things < 2 ? title.poorRating : title.poorRatings;
    case 'station-unheard':
      return things === undefined ? title.stationUnheard(stationOf(card, words) ?? words.hall) : title.stationsUnheard;
    case 'terminal-broken':
      return card.proposal === 'refill-paper' ? title.terminalEmpty(terminal) : title.terminalBroken(terminal);
    case 'promise-lapsing':
      return title.promiseLapsing;
    default:
      return card.kind;
  }
}

/** Nobody waits any more, and the alarm has not ended yet: there is nothing to do about it. */
function isEased(card: AlarmCard): boolean {
  return card.kind === 'queue' && card.endedAt === undefined && waitingAt(card) === 0;
}

function waitingAt({ waiting, before }: AlarmCard): number {
  return waiting ?? before?.waiting ?? 0;
}

/** The one action that is proposed; a foreign sender's own words as they are. */
export function proposalOf(card: AlarmCard, words: AlarmWords): string {
  if (isEased(card)) return '';
  const { proposal = '', proposedWindow } = card;
  if (proposedWindow !== undefined) return words.openWindow(proposedWindow);
  return own(words.proposal, proposal) ?? proposal;
}

/** The codes of what is usually done about an alarm of its kind. */
export function measuresOf({ kind }: AlarmCard): readonly string[] {
  return own(MEASURES, kind) ?? ['on-site', 'contacted'];
}

/** 示例甲 已到场. */
export function takenNote({ takenBy, measure }: AlarmCard, words: AlarmWords): string {
  const what = measure === undefined ? words.taken : (own(words.measure, measure) ?? measure);
  return takenBy === undefined ? what : words.takenBy(takenBy, what);
}

/** What it came to: somebody's words, else what the waits did, else why it ended. */
function effectOf(card: AlarmCard, words: WallAlarmWords): string {
  const { effect, before, after, endReason } = card;
  const measured = after && describeEffect(card, after);
  // What the server worked out itself is said anew, in the words of this screen.
  if (effect !== undefined && effect !== measured) return effect;
  if (measured !== undefined && before && after) {
    const [from, to] = [before, after].map(({ waiting }) => formatCount(waiting));
    return words.effect(from!, to!, formatCount(before.longestMinutes), formatCount(after.longestMinutes));
  }
  return words.endedBecause[endReason ?? 'cleared'];
}

/**
 * How long it goes on, for a queue the longest wait; of a poor rating what is left until the call back is due. A promise
 * has its own clock and no such value.
 */
function valueOf(
  card: AlarmCard,
  now: number,
  words: WallAlarmWords,
  time: WorkingTime,
): Pick<AlarmView, 'caption' | 'value'> {
  const { kind, followup } = card;
  if (kind === 'promise-lapsing') return {};
  if (followup?.dueAt !== undefined) {
    const { state, days, minutes } = readCountdown(followup.openedAt, followup.dueAt, now, time, time.zone);
    return {
      caption: words.captions[state],
      value: words.workTime(days, minutes).map(({ n, unit }) => ({ n: formatCount(n), unit })),
    };
  }
  const from = kind === 'queue' ? card.waitingSince : beganAt(card);
  if (from === undefined || isEased(card)) return {};
  const caption = own(words.captions, kind) ?? words.captions['*']!;
  const minutes = Math.max(0, Math.floor((now - from) / MINUTE_MS));
  if (minutes < 180) return { caption, value: [{ n: formatCount(minutes), unit: words.minutes }] };
  // Cut to tenths: 3 hours for 239 minutes would be an hour too few.
  const tenths = Math.floor(minutes / 6);
  const rest = tenths % 10 === 0 ? '' : `.${tenths % 10}`;
  return { caption, value: [{ n: `${formatCount(Math.floor(tenths / 10))}${rest}`, unit: words.hours }] };
}

function codeAddress(id: string): string {
  return atBase(`/api/alarms/${encodeURIComponent(id)}/code.svg`);
}
