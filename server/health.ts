/** `GET /healthz` and `GET /readyz`: whether what is shown follows the ledger, how far it is behind, and what it leaves out. */
import { Router } from 'express';
import { unknownYears } from '../domain/calendar/calendar.ts';
import { addDays, dayOf, type Zone } from '../domain/calendar/zone.ts';
import type { HallConfig } from '../domain/profile/profile.ts';
import type { Health } from '../domain/wire/health.ts';
import { listUncounted } from '../domain/measures/uncounted.ts';
import type { Board } from './board/board.ts';
import type { Ledger } from './ledger/port.ts';
import type { Publisher } from './live/publisher.ts';

export interface HealthOptions {
  readonly hall: string;
  readonly build: string;
  readonly board: Board;
  readonly ledger: Ledger;
  readonly publisher: Publisher;
  readonly now: () => number;
  readonly config: () => HallConfig;
  readonly zone: Zone;
}

/** How early somebody is told that a year is not known: the official arrangements come in November. */
const AHEAD_DAYS = 60;

export interface HealthRoutes {
  readonly router: Router;
  /** False while all is counted anew, and once the board or the ledger's writing has ended for good: nothing may be told as live. */
  canFollow(): boolean;
}

export function createHealth({
  hall,
  build,
  board,
  ledger,
  publisher,
  now,
  config,
  zone,
}: HealthOptions): HealthRoutes {
  let isLedgerLost = false;
  ledger.onLost(() => (isLedgerLost = true));
  const findProblem = (): Health['problem'] => {
    if (board.failure) return 'board';
    if (isLedgerLost) return 'ledger';
    return publisher.failing.length > 0 ? 'topic' : undefined;
  };
  const read = (): Health => {
    const problem = findProblem();
    const today = dayOf(zone, now());
    const years = unknownYears(config().calendar, today, addDays(today, AHEAD_DAYS));
    const uncounted = listUncounted(board.state.uncounted);
    return {
      status: problem === undefined ? 'ok' : 'failed',
      hall,
      epoch: board.epoch,
      seq: board.state.seq,
      lag: board.lag,
      build,
      now: now(),
      ...(board.recount ? { recount: board.recount } : {}),
      ...(problem === undefined ? {} : { problem }),
      ...(publisher.failing.length > 0 ? { topics: publisher.failing } : {}),
      ...(years.length > 0 ? { unknownYears: years } : {}),
      ...(uncounted.n > 0 ? { uncounted } : {}),
    };
  };
  const router = Router();
  // A supervisor asks whether the process lives, a balancer whether it has something to show.
  router.get(['/healthz', '/readyz'], (request, response) => {
    const health = read();
    const isReady = health.recount === undefined || request.path !== '/readyz';
    response
      .status(health.status === 'ok' && isReady ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json(health);
  });
  return { router, canFollow: () => board.failure === undefined && !isLedgerLost && board.recount === undefined };
}
