/** Watches the board once a second and writes what the alarms' rules say: raised, ended. What is taken comes from people. */
import { arrivalsPerHour, logArrivals, type ArrivalLog } from '../../domain/alarms/arrivals.ts';
import { openFor, readConditions, readReading } from '../../domain/alarms/conditions.ts';
import { alarmEndedEvent, alarmRaisedEvent } from '../../domain/alarms/events.ts';
import { EMPTY_MEMORY, stepAlarms, type Opening } from '../../domain/alarms/step.ts';
import { readPhase } from '../../domain/board/now.ts';
import { cellName } from '../../domain/board/cells.ts';
import { TODAY } from '../../domain/board/residency.ts';
import { createView, toDayHead, type BoardView } from '../../domain/board/topics/view.ts';
import { alarmSettings } from '../../domain/profile/profile.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import type { Zone } from '../../domain/calendar/zone.ts';
import type { Board } from '../board/board.ts';
import type { Actor } from '../ledger/actor.ts';
import { withTime, type RecordEvents } from '../record.ts';

/** Between two looks, in real time: a busy hall costs no more than a quiet one. */
const LOOK_MS = 1_000;
const TAKEN = cellName('ticket', 'taken');
const ALARMS: Actor = { kind: 'hall', id: 'alarms' };

export interface AlarmsOptions {
  readonly board: Board;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  readonly record: RecordEvents;
  readonly onError: (error: unknown) => void;
  /** Asked before each look; shorter in tests. */
  readonly lookMs?: () => number;
}

export interface AlarmsJob {
  /** Resolves once no append is under way; none follows. */
  stop(): Promise<void>;
}

export function startAlarms(options: AlarmsOptions): AlarmsJob {
  const { board, zone, now, record, onError, lookMs = () => LOOK_MS } = options;
  const arrivals = new Map<string, ArrivalLog>();
  let memory = EMPTY_MEMORY;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running = Promise.resolve();

  const look = async (): Promise<void> => {
    if (board.state.day === undefined) return;
    const at = now();
    const view = createView(board.state, options.config(), zone, false);
    const opening = readOpening(view, at);
    logTickets(view, at);
    const conditions = opening === 'shut' ? [] : readConditions(view, at, (station) => rateOf(view, station, at));
    const settings = alarmSettings(view.config.profile);
    const step = stepAlarms(memory, { now: at, zone, opening, conditions, alarms: view.state.entries.alarm, settings });
    const events = [
      ...step.raised.map(({ id, condition }) => alarmRaisedEvent(id, condition, at)),
      ...step.ended.map(({ id, alarm, reason }) =>
        alarmEndedEvent(id, alarm, { reason, reading: readReading(view, alarm, at) }, at),
      ),
    ];
    // What could not be written is decided anew from an unchanged memory.
    if (events.length > 0) {
      await record(withTime(events), ALARMS);
      await board.caughtUp();
    }
    memory = step.memory;
  };
  const countTaken = (view: BoardView, station: string): number =>
    view.table(TODAY).at('ticket', station).get(TAKEN) ?? 0;
  const logTickets = (view: BoardView, at: number): void => {
    for (const station of view.table(TODAY).of('ticket').keys()) {
      const count = countTaken(view, station);
      if (count > 0) arrivals.set(station, logArrivals(arrivals.get(station), view.day, at, count));
    }
  };
  const rateOf = (view: BoardView, station: string, at: number): number => {
    const openMs = openFor(view, view.startsAt, at, station);
    return arrivalsPerHour(arrivals.get(station), at, countTaken(view, station), openMs);
  };
  const schedule = (): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      running = look().catch(onError).finally(schedule);
    }, lookMs());
  };
  schedule();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

function readOpening(view: BoardView, at: number): Opening {
  const phase = readPhase(toDayHead(view), view.zone, at);
  return phase === 'open' || phase === 'break' ? phase : 'shut';
}
