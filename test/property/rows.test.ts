/** For random days of a hall the rows of every figure add up to it, page by page, whatever the board went through. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SERVICE_KINDS } from '../../domain/events/schema.ts';
import { readTerm, TERMS, type TermId } from '../../domain/measures/terms.ts';
import { partOf } from '../../domain/rows/find-rows.ts';
import { ledTo } from '../../domain/rows/led-to.ts';
import {
  compareRows,
  ROW_ORDERS,
  type FoundRow,
  type RowAnswer,
  type RowOrder,
  type RowPart,
  type RowQuery,
} from '../../domain/rows/query.ts';
import type { Board } from '../../server/board/board.ts';
import { feedPlan, foldFully } from './legs.ts';
import { worldOf, type World } from './worlds.ts';

const RUNS = Number(process.env['HALLPULSE_PROPERTY_RUNS'] ?? 300) / 10;
const options = { numRuns: RUNS } as const;
const timeoutMs = 60_000 + RUNS * 10_000;

const PARTS: readonly RowPart[] = ['n', 'of'];

function toPlace(next: RowAnswer['next']): Pick<RowQuery, 'after' | 'skip'> {
  if (next === undefined) return {};
  return typeof next === 'number' ? { skip: next } : { after: next };
}

async function listAll(board: Board, query: RowQuery): Promise<{ rows: FoundRow[]; count: number }> {
  const rows: FoundRow[] = [];
  for (let next: RowAnswer['next']; ;) {
    const answer = await board.rows({ ...query, ...toPlace(next) });
    rows.push(...answer.rows);
    if (!answer.next) return { rows, count: answer.count };
    expect(answer.rows).toHaveLength(query.limit);
    next = answer.next;
  }
}

/** More rows than a world's events make; only the checks of years that are owed are more. */
const AT_ONCE = 500;
/** Pages in which a figure is turned over at most: each page of an order but the newest looks at all rows. */
const PAGES = 20;

/** How a world's figures are turned over page by page: one in `every`, in one order. The others are asked for at once. */
interface Turning {
  readonly limit: number;
  readonly order: RowOrder;
  readonly every: number;
}

const turningPlan: fc.Arbitrary<Turning> = fc.record({
  limit: fc.integer({ min: 1, max: 9 }),
  order: fc.constantFrom(...ROW_ORDERS),
  every: fc.integer({ min: 2, max: 7 }),
});

/** What of every figure is not what its rows add up to. */
async function findDifferences(board: Board, { questions, now }: World, turning: Turning): Promise<string[]> {
  const found: string[] = [];
  for (const question of questions) {
    const measures = await board.measures({ now, ...question });
    for (const [i, term] of (Object.keys(TERMS) as TermId[]).entries())
      for (const part of PARTS) {
        if (part === 'of' && TERMS[term].kind !== 'ratio') continue;
        const query = { now, ...question, term, part };
        const { rows, count } = await listAll(board, { ...query, order: 'newest', limit: AT_ONCE });
        const led = ledTo(term, part);
        const figure = partOf(readTerm(measures, led.term), led.part);
        const sum = rows.reduce((total, { value }) => total + partOf(value, led.part), 0);
        // Working days are told to four decimals, of each row and of all.
        const isSame = term === 'promiseCut' || term === 'speedUp' ? Math.abs(sum - figure) < 0.01 : sum === figure;
        if (count !== figure || !isSame) found.push(`${term}.${part}: ${figure}, ${count} said, ${sum} in rows`);
        const keys = rows.map(({ key }) => key).sort();
        const isTurned = i % turning.every === 0;
        for (const order of ROW_ORDERS) {
          if (order !== turning.order && !isTurned) continue;
          const isPaged = isTurned && order === turning.order;
          const limit = isPaged ? Math.max(turning.limit, Math.ceil(rows.length / PAGES)) : AT_ONCE;
          const others = (await listAll(board, { ...query, order, limit })).rows;
          if (new Set(keys).size !== keys.length || !isDeepStrictEqual(others.map(({ key }) => key).sort(), keys))
            found.push(`${term}.${part}: others where the order is ${order}`);
          if (order === 'newest' && !others.every((row, at) => at === 0 || compareRows(others[at - 1]!, row) < 0))
            found.push(`${term}.${part}: out of order or twice`);
        }
      }
  }
  return found;
}

/** What a span is made of (M21) beside how many rows its figures lead to, of each line, item and window; of a share those of both sums. */
async function findUnlikeParts(board: Board, { questions, now }: World): Promise<string[]> {
  const found: string[] = [];
  for (const question of questions) {
    const { lines, items, windows, rhythm } = await board.breakdownOf({ now, ...question });
    const compare = async (term: TermId, part: RowPart, of: Partial<RowQuery>, figure: number): Promise<void> => {
      const query = { now, ...question, ...of, term, part };
      const { rows, count } = await listAll(board, { ...query, order: 'newest', limit: AT_ONCE });
      const sum = rows.reduce((total, { value }) => total + partOf(value, part), 0);
      const isSame = term === 'speedUp' ? Math.abs(sum - figure) < 0.01 : sum === figure;
      if (count !== figure || !isSame)
        found.push(`${term}.${part} of ${JSON.stringify(of)}: ${figure}, ${count} said, ${sum} in rows`);
    };
    for (const { of, accepted, finished, turnaround, speedUp } of [
      ...lines.filter(({ line }) => line !== '').map((one) => ({ ...one, of: { line: one.line } })),
      ...items.map((one) => ({ ...one, of: { item: one.item } })),
    ]) {
      await compare('accepted', 'n', of, accepted);
      await compare('finished', 'n', of, finished);
      await compare('turnaround', 'n', of, turnaround.n);
      await compare('speedUp', 'n', of, speedUp.n);
    }
    for (const { station, window, accepted, served, activelySatisfied } of windows) {
      const of = { station, window };
      await compare('windowCases', 'n', of, accepted);
      await compare('tickets.served', 'n', of, served);
      for (const part of PARTS) await compare('activelySatisfied', part, of, activelySatisfied[part]);
    }
    const { services } = await board.measures({ now, ...question });
    for (const service of SERVICE_KINDS) await compare('services', 'n', { service }, services[service] ?? 0);
    for (const [i, slots] of rhythm.windowCases.entries()) {
      const weekday = i + 1;
      await compare('windowCases', 'n', { weekday }, sumOf(slots));
      for (const [halfHour, n] of slots.entries())
        if (n > 0) await compare('windowCases', 'n', { weekday, halfHour }, n);
    }
    for (const halfHour of rhythm.accepted[0]!.keys()) {
      const n = sumOf(rhythm.accepted.map((slots) => slots[halfHour]!));
      if (n > 0) await compare('accepted', 'n', { halfHour }, n);
    }
  }
  return found;
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0);

describe('rows of random days', () => {
  test(
    'add up to every figure',
    async () => {
      await fc.assert(
        fc.asyncProperty(worldOf({ ids: 24 }), feedPlan, turningPlan, async (world, plan, turning) => {
          expect(await foldFully(world, plan, (board) => findDifferences(board, world, turning))).toEqual([]);
        }),
        options,
      );
    },
    timeoutMs,
  );

  test(
    'narrowed to a line, an item, a window, a kind of service or an hour of the week are those of its own figures',
    async () => {
      await fc.assert(
        fc.asyncProperty(worldOf({ ids: 24 }), feedPlan, async (world, plan) => {
          expect(await foldFully(world, plan, (board) => findUnlikeParts(board, world))).toEqual([]);
        }),
        options,
      );
    },
    timeoutMs,
  );
});
