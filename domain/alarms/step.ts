/** When alarms are raised and when they end: what is wrong must stay wrong, what is well must stay well (spec A8 to A16). */
import type { AlarmEntry } from '../board/entries.ts';
import type { AlarmEndReason } from '../events/schema.ts';
import { formatClock } from '../calendar/written.ts';
import { dayOf, type Zone } from '../calendar/zone.ts';
import { ALARM_KINDS, type AlarmSettings } from '../profile/profile.ts';
import type { AlarmCondition } from './conditions.ts';

/** More open alarms of one kind than this would be read by nobody. */
export const MOST_OPEN_OF_KIND = 6;
/** What is left of an id of at most 200 characters for what the alarm is about. */
const SUBJECT_LIMIT = 150;

/** All that is remembered between two looks: by key, since when a condition has held, or has been gone, without a break. */
export interface AlarmMemory {
  readonly heldSince: ReadonlyMap<string, number>;
  readonly goneSince: ReadonlyMap<string, number>;
}

export const EMPTY_MEMORY: AlarmMemory = { heldSince: new Map(), goneSince: new Map() };

/** Whether the hall is at work, pauses at noon, or is shut. */
export type Opening = 'open' | 'break' | 'shut';

export interface StepInput {
  /** The hall's clock, epoch ms. */
  readonly now: number;
  readonly zone: Zone;
  readonly opening: Opening;
  readonly conditions: readonly AlarmCondition[];
  /** The board's alarms: the open ones, and those that ended today. */
  readonly alarms: ReadonlyMap<string, AlarmEntry>;
  readonly settings: AlarmSettings;
}

export interface AlarmStep {
  readonly memory: AlarmMemory;
  readonly raised: readonly { readonly id: string; readonly condition: AlarmCondition }[];
  readonly ended: readonly { readonly id: string; readonly alarm: AlarmEntry; readonly reason: AlarmEndReason }[];
}

/**
 * One look. What is open and what has ended is read from the board alone, so that a restart forgets nothing but how
 * long something has been wrong or well, and raises nothing twice.
 */
export function stepAlarms(memory: AlarmMemory, input: StepInput): AlarmStep {
  const { now, opening, conditions, settings } = input;
  const own = [...input.alarms].filter(([id, alarm]) => isOwn(id, alarm));
  const open = own.filter(([, alarm]) => alarm.endedAt === undefined);
  if (opening === 'shut') {
    return { memory: EMPTY_MEMORY, raised: [], ended: open.map(([id, alarm]) => ({ id, alarm, reason: 'closing' })) };
  }

  const held = new Map(conditions.map((condition) => [condition.key, condition]));
  const heldSince = new Map<string, number>();
  for (const key of held.keys()) heldSince.set(key, memory.heldSince.get(key) ?? now);
  const goneSince = new Map<string, number>();

  const ended: AlarmStep['ended'][number][] = [];
  const openKeys = new Set<string>();
  for (const [id, alarm] of open) {
    const key = keyOf(alarm);
    openKeys.add(key);
    const condition = held.get(key);
    if (condition && !condition.isOver) continue;
    const since = memory.goneSince.get(key) ?? now;
    if (condition?.isOver) ended.push({ id, alarm, reason: 'expired' });
    else if (now - since >= settings.endAfterSeconds * 1000) ended.push({ id, alarm, reason: 'cleared' });
    else goneSince.set(key, since);
  }

  const raised: AlarmStep['raised'][number][] = [];
  if (opening === 'open') {
    const openOfKind = new Map<string, number>();
    for (const [, { kind }] of open) openOfKind.set(kind, (openOfKind.get(kind) ?? 0) + 1);
    for (const condition of held.values()) {
      const { key, kind, isOver, settleSeconds = 0 } = condition;
      const holdMs = Math.max(settings.raiseAfterSeconds, settleSeconds) * 1000;
      if (isOver || openKeys.has(key) || now - heldSince.get(key)! < holdMs) continue;
      if ((openOfKind.get(kind) ?? 0) >= MOST_OPEN_OF_KIND) continue;
      if (own.some(([, alarm]) => keyOf(alarm) === key && isQuieting(alarm, condition, now, settings))) continue;
      openOfKind.set(kind, (openOfKind.get(kind) ?? 0) + 1);
      raised.push({ id: alarmId(condition, input.zone, now), condition });
    }
  }
  return { memory: { heldSince, goneSince }, raised, ended };
}

/** Whether an alarm that has ended keeps a condition from being raised again: for the rest, or because it is the same thing. */
function isQuieting(alarm: AlarmEntry, condition: AlarmCondition, now: number, settings: AlarmSettings): boolean {
  if (alarm.endedAt === undefined) return false;
  if (now - alarm.endedAt < settings.restSeconds * 1000) return true;
  if (alarm.endReason !== 'by-hand' && alarm.endReason !== 'expired') return false;
  // Somebody has dealt with it: only something new of the kind is worth another word.
  if (condition.since !== undefined) return condition.since <= alarm.endedAt;
  return (condition.reading.things ?? 1) <= (alarm.after?.things ?? alarm.before?.things ?? 1);
}

/** The hall's own alarms are told by their ids; what others raise is theirs to end. */
function isOwn(id: string, { kind, subject }: AlarmEntry): boolean {
  return subject !== undefined && ALARM_KINDS.some((own) => own === kind) && id.startsWith(idPrefix(kind, subject));
}

function keyOf({ kind, subject = '' }: AlarmEntry): string {
  return `${kind}:${subject}`;
}

function idPrefix(kind: string, subject: string): string {
  return `${kind}:${subject.slice(0, SUBJECT_LIMIT)}:`;
}

/** The same for any process that raises it within the minute. */
function alarmId({ kind, subject }: AlarmCondition, zone: Zone, now: number): string {
  return `${idPrefix(kind, subject)}${dayOf(zone, now)}T${formatClock(zone, now)}`;
}
