// Every bench still runs: in a small size it ends by itself and comes to its figures. How large they are is not judged.
import { expect, test } from 'vitest';
import { benches } from '../../bench/table.ts';
import { runCommand } from '../server/run-command.ts';

interface Expected {
  /** How much was measured, as the bench says it. */
  readonly says: readonly string[];
  readonly figures: number;
  /** How many of the figures are ratios. */
  readonly ratios: number;
}

const expected: Readonly<Record<string, Expected>> = {
  ingest: { says: ['1200 events in batches of 100, 240 one by one'], figures: 11, ratios: 5 },
  import: { says: ['import: 2000 rows, 0 MB, GB18030'], figures: 6, ratios: 2 },
  pixel: { says: ['a quiet hall', '200 events a second', '3 shots a round'], figures: 12, ratios: 4 },
  push: { says: ['20 displays, 3 deltas of '], figures: 7, ratios: 3 },
  questions: { says: ['400 days with the cells of 7200 events'], figures: 9, ratios: 0 },
  brief: { says: ['brief, the demo', '10 days and 180 events'], figures: 36, ratios: 4 },
  memory: { says: ['60 days, 1080 events'], figures: 11, ratios: 0 },
  wall: { says: ['wall, the demo'], figures: 14, ratios: 2 },
};

test.each(Object.keys(benches))(
  'the bench %s runs to its end and says its ratios',
  { timeout: 300_000 },
  async (name) => {
    const { HALLPULSE_BROWSER: browser = '' } = process.env;
    const run = await runCommand('bench', [name, '--small', '--rounds', '1'], { HALLPULSE_BROWSER: browser });
    // How far a slow machine is with the demo's year is no trouble.
    const troubles = run.err.split('\n').filter((line) => line !== '' && !/demo year: \d+ %$/.test(line));
    expect({ code: run.code, troubles }).toEqual({ code: 0, troubles: [] });

    const { says, figures, ratios } = expected[name]!;
    for (const words of says) expect(run.out).toContain(words);
    const lines = run.out.split('\n').filter((line) => line.startsWith('  '));
    expect(lines).toHaveLength(figures);
    expect(lines.filter((line) => line.includes('ratio'))).toHaveLength(ratios);
    // `  what it is   median (least to most)`
    const medians = lines.map((line) =>
      Number(/ {2,}([\d.,]+) \([\d.,]+ to [\d.,]+\)/.exec(line)?.[1]?.replaceAll(',', '')),
    );
    expect(medians.filter((median) => !(median > 0))).toEqual([]);
  },
);
