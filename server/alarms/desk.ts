/** What people may do with an alarm: look at it, take it, end it. Every refusal is a value with its reason. */
import { readReading } from '../../domain/alarms/conditions.ts';
import { alarmEndedEvent, alarmTakenEvent } from '../../domain/alarms/events.ts';
import type { AlarmEntry } from '../../domain/board/entries.ts';
import { toAlarmCard } from '../../domain/board/topics/alarms.ts';
import type { AlarmCard } from '../../domain/board/topics/data-alarms.ts';
import { createView, toHallHead, type BoardView } from '../../domain/board/topics/view.ts';
import type { Zone } from '../../domain/calendar/zone.ts';
import type { HallEvent } from '../../domain/events/event.ts';
import { inspectEvent } from '../../domain/events/inspect.ts';
import { isInForce, type HallConfig } from '../../domain/profile/profile.ts';
import type { AlarmSheet } from '../../domain/wire/alarms.ts';
import type { Board } from '../board/board.ts';
import { createTurns } from '../in-turn.ts';
import type { Actor } from '../ledger/actor.ts';
import { withTime, type RecordEvents } from '../record.ts';
import type { AlarmCodes } from './codes.ts';

/** A code is good for no longer than this after its alarm was raised. */
const CODE_MS = 12 * 3_600_000;

export interface AlarmDeskOptions {
  readonly board: Board;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  readonly demo: boolean;
  readonly record: RecordEvents;
  readonly codes: AlarmCodes;
  /** Whether somebody has an account, whom the profile may not name. */
  readonly hasAccount: (staff: string) => boolean;
}

export type Refused = 'unknown-alarm' | 'ended' | 'already-taken' | 'unknown-staff' | 'identity' | 'text';
export type Done =
  | { readonly ok: true; readonly alarm: AlarmCard }
  | { readonly ok: false; readonly reason: Refused; readonly field?: string };

export interface Work {
  readonly by?: string | undefined;
  /** Of taking: what is done about it. Of ending: what came of it. */
  readonly words?: string | undefined;
}

export interface AlarmDesk {
  /** Whether a code for this alarm would open it. */
  hasCode(id: string): boolean;
  /** The station that an alarm is about; `undefined` where there is no such alarm. */
  stationOf(id: string): string | undefined;
  /** What a code opens; `ended` where its alarm is over, `undefined` where it is nobody's. */
  open(code: string): AlarmSheet | 'ended' | undefined;
  take(id: string, work: Work, actor: Actor): Promise<Done>;
  end(id: string, work: Work, actor: Actor): Promise<Done>;
}

export function createAlarmDesk(options: AlarmDeskOptions): AlarmDesk {
  const { board, zone, now, record, codes } = options;
  const view = (): BoardView => createView(board.state, options.config(), zone, options.demo);
  const entryOf = (id: string): AlarmEntry | undefined => board.state.entries.alarm.get(id);
  const find = (id: string): AlarmCard | undefined => {
    const entry = entryOf(id);
    return entry && toAlarmCard(view(), entry);
  };
  const refuse = (reason: Refused, field?: string): Done => ({ ok: false, reason, ...(field ? { field } : {}) });

  /** Of two people in the same moment the second is told what the first did. */
  const inTurn = createTurns(() => board.caughtUp());
  const write = async (id: string, event: HallEvent, wordsField: string, actor: Actor): Promise<Done> => {
    const flaw = inspectEvent({ ...event, at: undefined }, options.config().roster);
    if (flaw) {
      const field = flaw.field.startsWith('data.') ? flaw.field.slice(5) : wordsField;
      return refuse(flaw.reason === 'identity' ? 'identity' : 'text', field);
    }
    await record(withTime([event]), actor);
    await board.caughtUp();
    return { ok: true, alarm: find(id)! };
  };
  const check = (id: string, { by }: Work): Done | AlarmEntry => {
    const entry = entryOf(id);
    if (!entry) return refuse('unknown-alarm');
    if (entry.endedAt !== undefined) return refuse('ended');
    if (by !== undefined && !isStaff(by)) return refuse('unknown-staff', 'by');
    return entry;
  };
  const isFresh = ({ raisedAt }: AlarmEntry): boolean => now() - raisedAt <= CODE_MS;
  const isStaff = (by: string): boolean =>
    options.hasAccount(by) ||
    options.config().profile.staff.some((entry) => entry.id === by && isInForce(entry, view().day));

  return {
    stationOf: (id) => entryOf(id)?.station,
    hasCode(id) {
      const entry = entryOf(id);
      return entry !== undefined && entry.endedAt === undefined && isFresh(entry);
    },
    open(code) {
      const entries = [...board.state.entries.alarm].filter(([, entry]) => isFresh(entry));
      const id = codes.find(
        code,
        entries.map(([alarm]) => alarm),
      );
      if (id === undefined) return undefined;
      const entry = entryOf(id)!;
      if (entry.endedAt !== undefined) return 'ended';
      const seen = view();
      return { id, alarm: toAlarmCard(seen, entry), hall: toHallHead(seen), now: now() };
    },
    take: (id, work, actor) =>
      inTurn(async () => {
        const entry = check(id, work);
        if ('ok' in entry) return entry;
        if (entry.takenAt !== undefined) return refuse('already-taken');
        return write(id, alarmTakenEvent(id, { by: work.by, measure: work.words }, now()), 'measure', actor);
      }),
    end: (id, work, actor) =>
      inTurn(async () => {
        const entry = check(id, work);
        if ('ok' in entry) return entry;
        const at = now();
        const reading = readReading(view(), entry, at);
        const ending = { by: work.by, effect: work.words, reason: 'by-hand' as const, reading };
        return write(id, alarmEndedEvent(id, entry, ending, at), 'effect', actor);
      }),
  };
}
