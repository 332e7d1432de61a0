// Promise 7 in small: three days; `npm run campaign -- months --days 30` lets a month pass with a year behind it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SCENES } from '../../domain/board/topics/data.ts';
import { describeSlope, findGrowth, runMonthsCampaign } from './months.ts';
import { fitSlope } from './slope.ts';

test('three days of turning scenes leave no nodes, listeners or charts behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hallpulse-months-'));
  const figures = await runMonthsCampaign({
    folder,
    days: 3,
    speed: 4_000,
    // The first day fills an empty hall: its lists grow because there is something to list.
    warmUpDays: 1,
    samplesPerDay: 3,
    filled: false,
  });
  const { slopes, ...rest } = figures;
  console.log(JSON.stringify(rest));
  for (const [name, slope] of Object.entries(slopes)) console.log(`${name}: ${describeSlope(slope)}`);
  // In so short a time the compiler's code is still coming in; a month judges the heap.
  expect(findGrowth(figures, { mostShare: 0.2, wallHeap: 3_000_000, serverHeap: 3_000_000 })).toEqual([]);
  // Nobody has posted stars in this hall, and a wall turns past what is empty.
  expect(Object.keys(figures.turns)).toEqual(expect.arrayContaining(SCENES.filter((scene) => scene !== 'stars')));
  expect(figures.deltas).toBeGreaterThan(50);
  rmSync(folder, { recursive: true, force: true });
});

test('a slope is told from scatter', () => {
  const days = Array.from({ length: 30 }, (_, at) => at);
  const grows = fitSlope(days.map((at) => ({ at, value: 100 + 2 * at + (at % 2) })));
  expect(grows.rate).toBeCloseTo(2, 1);
  expect(grows.t).toBeGreaterThan(3);
  expect(grows.share).toBeCloseTo(58 / 129.5, 2);
  const scatters = fitSlope(days.map((at) => ({ at, value: 100 + ((at * 7) % 5) })));
  expect(Math.abs(scatters.t)).toBeLessThan(3);
  expect(fitSlope(days.map((at) => ({ at, value: 1 })))).toMatchObject({ rate: 0, t: 0, share: 0 });
});
