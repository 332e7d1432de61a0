/** What a screen reader is told of the alarms: each once when it is raised, when it gets worse, when it is taken, when it ends. Pure. */
import type { AlarmCard } from '../../domain/board/topics/data-alarms.ts';
import { MINUTE_MS } from '../../domain/calendar/zone.ts';
import { buildAlarms, takenNote, titleOf, type WallAlarmWords, type WorkingTime } from './alarms.ts';
import { alarmsToAnnounce, speechOf } from './voice.ts';
import { own } from '../../domain/wire/own.ts';

/** Of each alarm that was told of: in whose hands it was, and how bad. */
export type Told = ReadonlyMap<string, { readonly state: 'open' | 'taken' | 'ended'; readonly size: number }>;

export interface News {
  readonly told: Told;
  /** To be said at once, in the middle of whatever is being read. */
  readonly urgent: readonly string[];
  /** To be said when there is a pause. */
  readonly calm: readonly string[];
}

/** People wait twice as long, or twice as many of them: that is news again; another minute is none. */
const WORSE = 2;

/** @param now the hall's clock, epoch ms */
export function tellNews(
  told: Told,
  cards: Record<string, AlarmCard>,
  now: number,
  words: WallAlarmWords,
  time: WorkingTime,
): News {
  const next = new Map<string, { state: 'open' | 'taken' | 'ended'; size: number }>();
  const urgent: string[] = [];
  const calm: string[] = [];
  const isNew = new Set(alarmsToAnnounce(cards, new Set(told.keys()), now).map(([id]) => id));
  for (const { id, state, note } of buildAlarms(cards, now, words, time)) {
    const card = own(cards, id)!;
    const before = told.get(id);
    const size = sizeOf(card, now);
    const isWorse = before !== undefined && state === 'open' && size >= WORSE * before.size;
    if (isNew.has(id) || isWorse) urgent.push(speechOf(card, words));
    else if (before !== undefined && before.state !== state)
      calm.push(state === 'ended' ? words.saidOf(words.ended(titleOf(card, words)), note) : takenAloud(card, words));
    next.set(id, { state, size: before && !isWorse ? before.size : size });
  }
  return { told: next, urgent, calm };
}

function takenAloud(card: AlarmCard, words: WallAlarmWords): string {
  return words.saidOf(titleOf(card, words), takenNote(card, words));
}

/** People in a queue, else minutes that it has lasted; at least one, so that it can double. */
function sizeOf({ kind, waiting = 0, since, raisedAt }: AlarmCard, now: number): number {
  return Math.max(1, kind === 'queue' ? waiting : Math.floor((now - (since ?? raisedAt)) / MINUTE_MS));
}
