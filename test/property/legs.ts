/** The three ways to one answer: the oracle's loops, SQL over the events, and the product's fold with its cells. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect } from 'vitest';
import { buildTopic } from '../../domain/board/topics/build.ts';
import { parseState, serializeState } from '../../domain/board/state.ts';
import { TOPICS } from '../../domain/board/topics/data.ts';
import { createView } from '../../domain/board/topics/view.ts';
import type { HallEvent, LedgerEvent } from '../../domain/events/event.ts';
import type { Breakdown } from '../../domain/measures/breakdown.ts';
import type { Measures } from '../../domain/measures/measures.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import type { Board } from '../../server/board/board.ts';
import { openBoard } from '../../server/board/runtime.ts';
import { createRecount, type Recount } from '../../server/ledger/sqlite/recount.ts';
import { sortSpans, type DeskFacts } from '../oracle/desk.ts';
import { readLedger, readUncounted } from '../oracle/facts.ts';
import { oracleMeasures } from '../oracle/oracle.ts';
import type { World } from './worlds.ts';
import { openInProcessLedger, type InProcessLedger } from './in-process-ledger.ts';
import { zoneOf } from './zones.ts';

const THEN = ['nothing', 'checkpoint', 'reload', 'restart', 'ask', 'learn', 'look'] as const;

/** How a ledger is fed: batch by batch, and what the board goes through after each. */
export type FeedPlan = readonly {
  readonly size: number;
  /** A server that is killed reads its last checkpoint again, one that ends in order its last state. */
  readonly then: (typeof THEN)[number];
}[];

const few = fc.integer({ min: 1, max: 15 });
const many = fc.integer({ min: 20, max: 80 });

/** In small portions, or most of it at once after a question. */
export const feedPlan: fc.Arbitrary<FeedPlan> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.array(fc.record({ size: few, then: fc.constantFrom(...THEN) }), { minLength: 1, maxLength: 12 }),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.record({ size: few, then: fc.constant('ask' as const) }),
      fc.record({ size: many, then: fc.constantFrom(...THEN) }),
    ),
  },
);

const AT_ONCE: FeedPlan = [{ size: Infinity, then: 'nothing' }];

export function askOracle(world: World): Measures[] {
  const arrivals = world.arrivals.map((event) => ({ event }));
  return world.questions.map((question) => oracleMeasures(arrivals, { ...world, ...question }));
}

export function askSql(world: World): Promise<Measures[]> {
  return recountAll(world, (recount, question) => recount.measure(question));
}

/** What the spans that are asked about are made of. */
export function askSqlBreakdowns(world: World): Promise<Omit<Breakdown, 'stations'>[]> {
  return recountAll(world, (recount, question) => recount.breakDown(question));
}

type Asked = World['questions'][number] & { readonly now: number };

async function recountAll<T>(world: World, ask: (recount: Recount, question: Asked) => T): Promise<T[]> {
  const ledger = openInProcessLedger(world.zone);
  try {
    await appendAll(ledger, world.arrivals);
    return askRecount(ledger, world, ask);
  } finally {
    await ledger.close();
  }
}

function askRecount<T>(ledger: InProcessLedger, world: World, ask: (recount: Recount, question: Asked) => T): T[] {
  const uncounted = readUncounted(readLedger(world.arrivals.map((event) => ({ event })))).map(
    ({ source, id }) => `event:${source.length}:${source}${id}`,
  );
  const recount = createRecount(ledger.db, { ...world, uncounted });
  const answers = world.questions.map((question) => ask(recount, { now: world.now, ...question }));
  recount.dispose();
  return answers;
}

/** The incremental fold, fed as `plan` says; its last entry is repeated until everything has arrived. */
export function foldMeasures(world: World, plan: FeedPlan = AT_ONCE): Promise<Measures[]> {
  return foldFully(world, plan, (board) => askBoard(board, world));
}

/** Whatever is read off the board in the end. */
export function foldFully<T>(world: World, plan: FeedPlan, read: (board: Board) => Promise<T>): Promise<T> {
  return fold(world, plan, world.config, read);
}

/** Everything that is shown in the end; the hall's documents may have been edited on the way. */
export function foldShown(world: World, plan: FeedPlan = AT_ONCE): Promise<Shown> {
  return foldFully(world, plan, (board) => readShown(board, world));
}

/** What the spans that are asked about are made of. */
export function foldBreakdowns(world: World, plan: FeedPlan = AT_ONCE): Promise<Breakdown[]> {
  return fold(world, plan, world.config, async (board) => {
    const answers: Breakdown[] = [];
    for (const question of world.questions) answers.push(await board.breakdownOf({ now: world.now, ...question }));
    return answers;
  });
}

export interface Shown {
  readonly measures: readonly Measures[];
  /** Cases, tickets and appointments of earlier days that the board keeps though nothing will show them. */
  readonly useless: readonly string[];
  /** What each topic holds, by its name. */
  readonly topics: Readonly<Record<string, unknown>>;
  /** What the board keeps for desks alone. */
  readonly desk: DeskFacts;
}

async function readShown(board: Board, world: World): Promise<Shown> {
  const measures = await askBoard(board, world);
  const { day = '', entries } = board.state;
  const useless = [
    ...[...entries.ticket].filter(([, ticket]) => ticket.day < day),
    ...[...entries.appointment].filter(([, appointment]) => appointment.day < day),
    ...[...entries.case].filter(
      ([, entry]) => entry.day < day && !(entry.open && (entry.dueAt !== undefined || entry.paused)),
    ),
  ].map(([id]) => id);
  return { measures, useless, topics: buildTopics(board, world.config, world), desk: toDesk(board.state, day) };
}

function toDesk({ entries }: Board['state'], day: string): DeskFacts {
  const cases = [...entries.case].filter(([, entry]) => entry.paused === true || entry.day === day);
  return {
    tickets: Object.fromEntries([...entries.ticket].filter(([, entry]) => entry.day === day)),
    appointments: Object.fromEntries(entries.appointment),
    cases: Object.fromEntries(
      cases.map(([id, { ticket, paused }]) => [id, { ...(ticket ? { ticket } : {}), ...(paused ? { paused } : {}) }]),
    ),
    feeds: Object.fromEntries([...entries.feed].map(([station, spans]) => [station, sortSpans(spans)])),
  };
}

function compareLooks(board: Board, config: HallConfig, world: World): void {
  const shown = buildTopics(board, config, world);
  const anew = buildTopics({ state: parseState(serializeState(board.state)) }, config, world);
  // Vitest's own comparison is slow, and needed only to tell what differs.
  if (!isDeepStrictEqual(shown, anew)) expect(shown).toEqual(anew);
}

function buildTopics({ state }: Pick<Board, 'state'>, config: HallConfig, { zone }: World): Shown['topics'] {
  const view = createView(state, config, zoneOf(zone), false);
  return Object.fromEntries(TOPICS.map((topic) => [topic, buildTopic(topic, view)]));
}

async function askBoard(board: Board, { questions, now }: World): Promise<Measures[]> {
  const answers: Measures[] = [];
  for (const question of questions) answers.push(await board.measures({ now, ...question }));
  return answers;
}

async function fold<T>(
  world: World,
  plan: FeedPlan,
  config: HallConfig,
  read: (board: Board) => Promise<T>,
): Promise<T> {
  const ledger = openInProcessLedger(world.zone);
  // What a board wrote it reads back: none of its own checkpoints is taken for a damaged one.
  const onTrouble = (error: unknown): never => {
    throw error as Error;
  };
  let known = config;
  const open = () => openBoard({ ledger, config: known, zone: zoneOf(world.zone), checkpointEvery: 25, onTrouble });
  const learn = (other: HallConfig) => board.reconfigure((known = other));
  let board = await open();
  try {
    let next = 0;
    for (let turn = 0; next < world.arrivals.length; turn++) {
      const { size, then } = plan[Math.min(turn, plan.length - 1)] ?? AT_ONCE[0]!;
      const batch = world.arrivals.slice(next, next + size);
      next += size;
      board.feed(await appendAll(ledger, batch));
      await board.caughtUp();
      if (then === 'checkpoint') await board.checkpoint();
      if (then === 'ask') {
        const query = { now: world.now, ...world.questions[0]! };
        await board.measures(query);
        await board.breakdownOf(query);
      }
      if (then === 'restart') await board.close();
      if (then === 'reload' || then === 'restart') board = await open();
      // What a wall has looked at is kept up with from then on: it must be what a board knows that nobody has looked at.
      if (then === 'look') compareLooks(board, known, world);
      // The hall's documents are edited, and back.
      if (then === 'learn') await learn(known === world.config ? (world.before ?? known) : world.config);
    }
    if (known !== config) await learn(config);
    return await read(board);
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
    null,
  );
  return outcomes.flatMap((outcome, i) => (typeof outcome === 'string' ? [] : [{ ...events[i]!, seq: outcome.seq }]));
}
