/** Publishes what was planned, at its moment or at the first look after it; and keeps no photograph of whoever has left. */
import { toPlannedEvent } from '../../domain/stars/publish.ts';
import type { StarKind } from '../../domain/events/schema.ts';
import type { Board } from '../board/board.ts';
import type { Actor } from '../ledger/actor.ts';
import type { Ledger } from '../ledger/port.ts';
import type { RecordEvents } from '../record.ts';
import type { Candidates } from '../stars/candidates.ts';
import { listPhotographed, removePhotographs } from '../stars/keep-photograph.ts';
import { readTitle } from '../stars/titles.ts';

/** Between two looks, in real time. */
const LOOK_MS = 1_000;
/** At every so many looks photographs are looked through, and what was held back is tried again. */
const SELDOM = 20;
const STARS: Actor = { kind: 'hall', id: 'stars' };

export interface StarsJobOptions {
  readonly board: Pick<Board, 'state' | 'caughtUp'>;
  readonly ledger: Pick<Ledger, 'lifeOf'>;
  readonly record: RecordEvents;
  readonly candidates: Candidates;
  /** The hall's folder of photographs. */
  readonly folder: string;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
  /** Shorter in tests. */
  readonly lookMs?: number;
}

export interface StarsJob {
  /** Resolves once no append is under way; none follows. */
  stop(): Promise<void>;
}

export function startStars(options: StarsJobOptions): StarsJob {
  const { board, ledger, record, candidates, folder, now, onError, lookMs = LOOK_MS } = options;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let looks = 0;
  /** Tried lately. */
  const held = new Set<string>();
  let running = Promise.resolve();

  const publish = async (month: string, kind: StarKind): Promise<void> => {
    const { planned } = await readTitle(ledger, { month, kind });
    const whose = planned?.event.data.window ?? planned?.event.data.staff;
    if (!planned || !whose || candidates.standing(kind, whose) !== 'here') return;
    // A complaint that was upheld since holds it back, until a manager decides anew.
    const { of } = await candidates.ofMonth(month);
    if (of[kind].find(({ id }) => id === whose)?.why === 'complaint') return;
    await record([{ event: toPlannedEvent(planned.event, now()), timeGiven: false }], STARS);
    await board.caughtUp();
  };
  const look = async (): Promise<void> => {
    const at = now();
    const isSeldom = looks++ % SELDOM === 0;
    if (isSeldom) held.clear();
    for (const [id, plan] of [...board.state.entries.plan])
      if (plan.at <= at && !held.has(id)) {
        held.add(id);
        await publish(plan.month, plan.kind);
      }
    if (!isSeldom) return;
    for (const staff of await listPhotographed(folder))
      if (candidates.standing('pacesetter', staff) === 'left') await removePhotographs(folder, staff);
  };
  const schedule = (): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      running = look().catch(onError).finally(schedule);
    }, lookMs);
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
