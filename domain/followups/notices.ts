/** Notices to the robots of groups: what is told, under which id, in which words, and what became of each, read off the events alone. Pure. */
import { MINUTE_MS } from '../calendar/zone.ts';
import type { EventOf, HallEvent } from '../events/event.ts';
import type { FollowupAbout, Lamp, NoticeResult } from '../events/schema.ts';

/** Everything about notices is said under this name, and its ids begin with the day of what is told. */
export const NOTICES_SOURCE = 'urn:hallpulse:notices';
/** Pauses behind a try that failed, ms; behind the last there is no further one. */
export const NOTICE_PAUSES_MS = [MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS] as const;
/** A try of which nothing was heard for so long, ms, has ended without a word. */
const UNHEARD_MS = 10 * MINUTE_MS;

/** What robots are told of. */
export const NOTICE_TYPES = ['hall.followup.lit', 'hall.followup.reminded'] as const;
export type Noticed = EventOf<(typeof NOTICE_TYPES)[number]>;

export interface NoticeTry {
  readonly notice: string;
  readonly robot: string;
  /** From 1. */
  readonly attempt: number;
}

const tryId = ({ notice, robot, attempt }: NoticeTry, word: string): string => `${notice}:${robot}:${attempt}:${word}`;

/** Whoever's word the ledger takes as new sends. @param at the hall's clock, epoch ms */
export function noticeSendingEvent(of: NoticeTry, at: number): EventOf<'hall.notice.sending'> {
  return { source: NOTICES_SOURCE, id: tryId(of, 'sending'), type: 'hall.notice.sending', at, data: { ...of } };
}

export function noticeSentEvent(
  of: NoticeTry,
  { result, reason }: { readonly result: NoticeResult; readonly reason?: string | undefined },
  at: number,
): EventOf<'hall.notice.sent'> {
  const data = { ...of, result, ...(reason === undefined ? {} : { reason }) };
  return { source: NOTICES_SOURCE, id: tryId(of, 'sent'), type: 'hall.notice.sent', at, data };
}

export type NoticeState =
  | { readonly state: 'due'; readonly attempt: number; readonly nextAt: number }
  | { readonly state: 'sending' | NoticeResult; readonly attempt: number; readonly reason?: string };

/**
 * By `notice robot`: how each that was ever tried stands.
 * @param now the hall's clock, epoch ms
 */
export function readNotices(events: readonly HallEvent[], now: number): ReadonlyMap<string, NoticeState> {
  const begun = new Map<string, { attempt: number; at: number }>();
  const ended = new Map<string, EventOf<'hall.notice.sent'>>();
  for (const event of events) {
    if (event.type !== 'hall.notice.sending' && event.type !== 'hall.notice.sent') continue;
    const { notice, robot, attempt } = event.data;
    const key = `${notice} ${robot}`;
    if ((begun.get(key)?.attempt ?? 0) <= attempt) begun.set(key, { attempt, at: event.at });
    if (event.type === 'hall.notice.sent' && (ended.get(key)?.data.attempt ?? 0) <= attempt) ended.set(key, event);
  }
  return new Map([...begun].map(([key, last]) => [key, stateOf(last, ended.get(key), now)]));
}

function stateOf(
  { attempt, at }: { attempt: number; at: number },
  ended: EventOf<'hall.notice.sent'> | undefined,
  now: number,
): NoticeState {
  if (ended?.data.attempt !== attempt) {
    return Math.abs(now - at) < UNHEARD_MS ? { state: 'sending', attempt } : { state: 'unknown', attempt };
  }
  const { result, reason } = ended.data;
  const pause = NOTICE_PAUSES_MS[attempt - 1];
  if (result !== 'failed' || pause === undefined) return { state: result, attempt, ...(reason ? { reason } : {}) };
  // A clock that was set back since would else hold it up for as long.
  return { state: 'due', attempt, nextAt: ended.at > now ? now : ended.at + pause };
}

const ABOUT: Readonly<Record<FollowupAbout, string>> = {
  rating: '差评回访',
  overdue: '超期督办',
  licence: '证照未上传',
  deferred: '容缺待补',
  check: '核查问题',
  suggestion: '谏言待答复',
  instruction: '领导批示',
};
const LAMP: Readonly<Record<Lamp, string>> = {
  blue: '蓝灯，期限将到',
  yellow: '黄灯，已过期限',
  red: '红灯，过期已久',
};
const NAME_LIMIT = 80;

export interface Told {
  readonly hall: string;
  readonly about: FollowupAbout;
  readonly station: string;
  readonly owner?: string | undefined;
  /** As people read it. */
  readonly due?: string | undefined;
}

/** In the product's own words: nothing that anybody wrote, and of nobody but the owner, so no citizen is in it. */
export function writeNotice({ data }: Pick<Noticed, 'data'>, { hall, about, station, owner, due }: Told): string {
  const why = 'lamp' in data ? LAMP[data.lamp] : data.step ? `催办，过期第 ${data.step} 个工作日` : '催办';
  const short = (name: string): string => name.slice(0, NAME_LIMIT);
  return [
    `【督办提醒】${short(hall)}`,
    `${ABOUT[about]}：${why}`,
    `站点：${short(station)}`,
    `责任人：${owner === undefined ? '待派单' : short(owner)}`,
    ...(due === undefined ? [] : [`期限：${due}`]),
  ].join('\n');
}
