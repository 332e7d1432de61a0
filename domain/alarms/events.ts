/** Alarms as events of the hall itself: raised, taken, ended. */
import type { AlarmEntry, AlarmReading } from '../board/entries.ts';
import type { EventOf } from '../events/event.ts';
import type { AlarmEndReason } from '../events/schema.ts';
import type { AlarmCondition } from './conditions.ts';

const ALARM_SOURCE = 'urn:hallpulse:alarms';

/** @param at epoch ms */
export function alarmRaisedEvent(id: string, condition: AlarmCondition, at: number): EventOf<'hall.alarm.raised'> {
  const { kind, station, subject, window, proposal, since, reading } = condition;
  return {
    source: ALARM_SOURCE,
    id: `${id}:raised`,
    type: 'hall.alarm.raised',
    at,
    subject,
    data: {
      alarm: id,
      kind,
      station,
      ...(window === undefined ? {} : { window }),
      proposal,
      ...(since === undefined ? {} : { since: new Date(since).toISOString() }),
      reading,
    },
  };
}

export interface Deed {
  /** A staff id. */
  readonly by?: string | undefined;
}

/** The moment is part of the id: what was voided by mistake can be said again. */
export function alarmTakenEvent(
  id: string,
  { by, measure }: Deed & { readonly measure?: string | undefined },
  at: number,
): EventOf<'hall.alarm.taken'> {
  return {
    source: ALARM_SOURCE,
    id: `${id}:taken:${toStamp(at)}`,
    type: 'hall.alarm.taken',
    at,
    data: { alarm: id, ...(by ? { by } : {}), ...(measure ? { measure } : {}) },
  };
}

export interface Ending extends Deed {
  readonly reason: AlarmEndReason;
  /** In words; where nobody gave any, what the readings say. */
  readonly effect?: string | undefined;
  readonly reading: AlarmReading;
}

export function alarmEndedEvent(
  id: string,
  alarm: AlarmEntry,
  ending: Ending,
  at: number,
): EventOf<'hall.alarm.ended'> {
  const { by, reason, reading } = ending;
  const effect = ending.effect ?? describeEffect(alarm, reading);
  return {
    source: ALARM_SOURCE,
    id: `${id}:ended:${toStamp(at)}`,
    type: 'hall.alarm.ended',
    at,
    data: { alarm: id, ...(by ? { by } : {}), ...(effect ? { effect } : {}), reason, reading },
  };
}

/** 等候 12 人→3 人，最长 22 分→6 分; nothing where nobody waited, or where the alarm was not about waiting. */
export function describeEffect(
  { kind, before }: Pick<AlarmEntry, 'kind' | 'before'>,
  after: AlarmReading,
): string | undefined {
  if (!before || (kind !== 'window-overtime' && kind !== 'queue')) return undefined;
  if (before.waiting === 0 && after.waiting === 0) return undefined;
  const longest = `最长 ${before.longestMinutes} 分→${after.longestMinutes} 分`;
  return `等候 ${before.waiting} 人→${after.waiting} 人，${longest}`;
}

/** A moment of which no part reads as a telephone number. */
function toStamp(at: number): string {
  return new Date(at).toISOString();
}
