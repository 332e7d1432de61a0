/** For random days of a hall the rows of every figure add up to it, page by page, whatever the board went through. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTerm, TERMS, type TermId } from '../../domain/measures/terms.ts';
import { ledTo, partOf } from '../../domain/rows/find-rows.ts';
import {
  compareRows,
  ROW_ORDERS,
  type FoundRow,
  type RowAnswer,
  type RowPart,
  type RowQuery,
} from '../../domain/rows/query.ts';
import type { Board } from '../../server/board/board.ts';
import { feedPlan, foldFully } from './legs.ts';
import { worldOf, type World } from './worlds.ts';

const RUNS = Number(process.env['HALLPULSE_PROPERTY_RUNS'] ?? 300) / 10;
const options = { numRuns: RUNS } as const;
const timeoutMs = 60_000 + RUNS * 2_000;

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

/** What of every figure is not what its rows add up to. */
async function findDifferences(board: Board, { questions, now }: World, limit: number): Promise<string[]> {
  const found: string[] = [];
  for (const question of questions) {
    const measures = await board.measures({ now, ...question });
    for (const term of Object.keys(TERMS) as TermId[])
      for (const part of PARTS) {
        if (part === 'of' && TERMS[term].kind !== 'ratio') continue;
        const { rows, count } = await listAll(board, { now, ...question, term, part, order: 'newest', limit });
        const led = ledTo(term, part);
        const figure = partOf(readTerm(measures, led.term), led.part);
        const sum = rows.reduce((total, { value }) => total + partOf(value, led.part), 0);
        // Working days are told to four decimals, of each row and of all.
        const isSame = term === 'promiseCut' || term === 'speedUp' ? Math.abs(sum - figure) < 0.01 : sum === figure;
        if (count !== figure || !isSame) found.push(`${term}.${part}: ${figure}, ${count} said, ${sum} in rows`);
        const isInOrder = rows.every((row, i) => i === 0 || compareRows(rows[i - 1]!, row) < 0);
        if (!isInOrder) found.push(`${term}.${part}: out of order or twice`);
        for (const order of ROW_ORDERS) {
          const others = await listAll(board, { now, ...question, term, part, order, limit });
          const keys = new Set(others.rows.map(({ key }) => key));
          if (others.rows.length !== rows.length || !rows.every(({ key }) => keys.has(key)))
            found.push(`${term}.${part}: others where the order is ${order}`);
        }
      }
  }
  return found;
}

describe('rows of random days', () => {
  test(
    'add up to every figure',
    async () => {
      await fc.assert(
        fc.asyncProperty(worldOf({ ids: 24 }), feedPlan, fc.integer({ min: 1, max: 9 }), async (world, plan, limit) => {
          expect(await foldFully(world, plan, (board) => findDifferences(board, world, limit))).toEqual([]);
        }),
        options,
      );
    },
    timeoutMs,
  );
});
