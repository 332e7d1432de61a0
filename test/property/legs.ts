/** The three ways to one answer: the oracle's loops, SQL over the events, and the product's fold with its cells. */
import { createZone } from '../../domain/calendar/zone.ts';
import type { HallEvent, LedgerEvent } from '../../domain/events/event.ts';
import type { Measures } from '../../domain/measures/measures.ts';
import { openBoard } from '../../server/board/runtime.ts';
import { createRecount } from '../../server/ledger/sqlite/recount.ts';
import { oracleMeasures } from '../oracle/oracle.ts';
import type { Question, World } from './arbitraries.ts';
import { openInProcessLedger, type InProcessLedger } from './in-process-ledger.ts';

/** How a ledger is fed: batch by batch, and what the board goes through after each. */
export type FeedPlan = readonly { readonly size: number; readonly then: 'nothing' | 'checkpoint' | 'reload' | 'ask' }[];

export const AT_ONCE: FeedPlan = [{ size: Infinity, then: 'nothing' }];

export function askOracle(world: World): Measures[] {
  const arrivals = world.arrivals.map((event) => ({ event }));
  return world.questions.map((question) => oracleMeasures(arrivals, { ...world, ...question }));
}

export async function askSql(world: World): Promise<Measures[]> {
  const ledger = openInProcessLedger(world.zone);
  try {
    await appendAll(ledger, world.arrivals);
    return askRecount(ledger, world);
  } finally {
    await ledger.close();
  }
}

function askRecount(ledger: InProcessLedger, world: World): Measures[] {
  const recount = createRecount(ledger.db, world);
  const answers = world.questions.map((question) => recount.measure({ now: world.now, ...question }));
  recount.dispose();
  return answers;
}

/** The incremental fold, fed as `plan` says; its last entry is repeated until everything has arrived. */
export async function foldMeasures(world: World, plan: FeedPlan = AT_ONCE): Promise<Measures[]> {
  const { config, now } = world;
  const ledger = openInProcessLedger(world.zone);
  const open = () => openBoard({ ledger, config, zone: createZone(world.zone), checkpointEvery: 25 });
  let board = await open();
  const ask = (question: Question): Promise<Measures> => board.measures({ now, ...question });
  try {
    let next = 0;
    for (let turn = 0; next < world.arrivals.length; turn++) {
      const { size, then } = plan[Math.min(turn, plan.length - 1)] ?? AT_ONCE[0]!;
      const batch = world.arrivals.slice(next, next + size);
      next += size;
      board.feed(await appendAll(ledger, batch));
      await board.caughtUp();
      if (then === 'checkpoint') await board.checkpoint();
      if (then === 'ask') await ask(world.questions[0]!);
      if (then === 'reload') board = await open();
    }
    const answers: Measures[] = [];
    for (const question of world.questions) answers.push(await ask(question));
    return answers;
  } finally {
    await board.close();
    await ledger.close();
  }
}

/** Appends in one batch; answers with what was new, in the order of its `seq`. */
async function appendAll(ledger: InProcessLedger, events: readonly HallEvent[]): Promise<LedgerEvent[]> {
  const { outcomes } = await ledger.append(
    events.map((event) => ({ event, timeGiven: true })),
    0,
  );
  return outcomes.flatMap((outcome, i) => (typeof outcome === 'string' ? [] : [{ ...events[i]!, seq: outcome.seq }]));
}
