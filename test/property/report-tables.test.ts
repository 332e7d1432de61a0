/** On random ledgers the rankings, lists and hours of a report are what the span is made of, and their columns add up to its measures. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Breakdown } from '../../domain/measures/breakdown.ts';
import type { Measures } from '../../domain/measures/measures.ts';
import { isInForceWithin } from '../../domain/profile/in-force.ts';
import type { ReportInput, WriteSection } from '../../domain/report/input.ts';
import { idle } from '../../domain/report/sections/idle.ts';
import { items, speed, waits, windows } from '../../domain/report/sections/rankings.ts';
import { rhythm } from '../../domain/report/sections/rhythm.ts';
import { zh } from '../../domain/report/words/zh.ts';
import type { Table, Value } from '../../domain/wire/report.ts';
import { oracleBreakdown } from '../oracle/breakdown.ts';
import { feedPlan, foldFully } from './legs.ts';
import { worldOf, type World } from './worlds.ts';

/** More of them in a campaign; a failure prints the seed with which it can be run again. */
const RUNS = Number(process.env['HALLPULSE_PROPERTY_RUNS'] ?? 150);

test(
  'M21 in reports: tables equal the breakdown and the oracle, and add up to the measures of the same position',
  async () => {
    await fc.assert(
      fc.asyncProperty(worldOf({ ids: 24 }), feedPlan, async (world, feed) => {
        const answers = await foldFully(world, feed, async (board) => {
          const found = [];
          for (const question of world.questions) {
            const query = { now: world.now, ...question };
            found.push(await board.figuresOf({ breakdown: query, measures: [query] }));
          }
          return found;
        });
        answers.forEach(({ breakdown, measures: [measures] }, i) => {
          expect(breakdown.seq).toBe(measures!.seq);
          expectTables(world, world.questions[i]!, breakdown, measures!);
        });
      }),
      { numRuns: RUNS },
    );
  },
  60_000 + RUNS * 500,
);

function expectTables(world: World, question: World['questions'][number], breakdown: Breakdown, measures: Measures) {
  const { from, to, station } = question;
  const { config } = world;
  const of = station === undefined ? {} : { station: { id: station, name: station } };
  const input = { config, language: 'zh', span: { from, to }, ...of, breakdown, measures } as unknown as ReportInput;
  const tablesOf = (write: WriteSection): Table[] => write(input, zh).blocks.filter((block) => block.type === 'table');
  const counted = oracleBreakdown(
    world.arrivals.map((event) => ({ event })),
    { ...world, ...question },
  );

  const [byItem, byLine] = tablesOf(items);
  for (const [table, all] of [
    [byItem, counted.items],
    [byLine, counted.lines],
  ] as const) {
    expect(table === undefined).toBe(measures.accepted + measures.finished === 0);
    if (!table) continue;
    expect(bodyOf(table).map((row) => [numberIn(row[2]), numberIn(row[4])])).toEqual(
      all.map(({ accepted, finished }) => [accepted, finished]),
    );
    expectSum(table, 2, measures.accepted);
    expectSum(table, 4, measures.finished);
    expectPlaces(table, 2);
  }

  const [bySpeed] = tablesOf(speed);
  if (bySpeed) {
    const timed = sum(counted.items.map((one) => one.timed));
    expectSum(bySpeed, 2, timed);
    const allowed = sum(bodyOf(bySpeed).map((row) => numberIn(row[3])));
    expect(allowed).toBeCloseTo(measures.speedUp.of, 1);
    for (const row of bodyOf(bySpeed)) if (row[0]!.type === 'number') expect(numberIn(row[2])).toBeGreaterThan(9);
  }

  const [called] = tablesOf(waits);
  if (called) expectSum(called, 2, measures.wait.n);

  const [byWindow] = tablesOf(windows);
  if (byWindow) {
    expectSum(byWindow, 2, measures.windowCases);
    expectSum(byWindow, 3, measures.tickets.served);
    const busy = counted.windows.filter(({ accepted, served }) => accepted + served > 0);
    expect(bodyOf(byWindow).filter(([place]) => place!.type === 'number')).toHaveLength(busy.length);
  } else expect(counted.windows.every(({ accepted, served }) => accepted + served === 0)).toBe(true);

  const [week] = tablesOf(rhythm);
  expect(week === undefined).toBe(measures.windowCases === 0);
  if (week) {
    expectSum(week, week.columns.length - 1, measures.windowCases);
    const shown = bodyOf(week).flatMap((row) => row.slice(1, -1).map(numberIn));
    expect(shown.filter((n) => n > 0)).toEqual(
      transpose(counted.rhythm.windowCases)
        .flat()
        .filter((n) => n > 0),
    );
    const most = Math.max(...shown);
    for (const row of bodyOf(week))
      for (const value of row.slice(1, -1))
        expect(value).toEqual(
          numberIn(value) === 0
            ? { type: 'number', n: 0 }
            : { type: 'number', n: numberIn(value), shade: Math.ceil((numberIn(value) / most) * 5) },
        );
  }

  const lists = tablesOf(idle);
  if (measures.accepted === 0) expect(lists).toEqual([]);
  else {
    const listed = sum(lists.flatMap(({ rows }) => rows.map((row) => numberIn(row[1]))));
    expect(listed).toBe(counted.idleItems.length + counted.idleWindows.length);
    for (const code of counted.idleItems)
      expect(config.catalogue.items.some((item) => item.code === code && isInForceWithin(item, question))).toBe(true);
  }
}

function bodyOf({ rows, foot = 0 }: Table): Table['rows'] {
  return rows.slice(0, rows.length - foot);
}

/** The rows add up to the sum that stands below them, and that is the measure. */
function expectSum(table: Table, column: number, measure: number): void {
  expect(sum(bodyOf(table).map((row) => numberIn(row[column])))).toBe(measure);
  expect(numberIn(table.rows[table.rows.length - table.foot!]![column])).toBe(measure);
}

/** Whoever is alike shares a place, and nobody who has less stands before. */
function expectPlaces(table: Table, column: number): void {
  const ranked = bodyOf(table).filter(([place]) => place!.type === 'number');
  const values = ranked.map((row) => numberIn(row[column]));
  expect(ranked.map(([place]) => numberIn(place))).toEqual(
    values.map((value) => 1 + values.filter((other) => other > value).length),
  );
}

function numberIn(value: Value | undefined): number {
  if (value?.type === 'number') return value.n;
  if (value?.type === 'days') return value.days;
  throw new Error(`No number: ${JSON.stringify(value)}`);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

function transpose(week: readonly (readonly number[])[]): number[][] {
  return week[0]!.map((_, slot) => week.map((day) => day[slot]!));
}
