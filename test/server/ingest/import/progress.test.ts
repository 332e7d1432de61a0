// What whoever waits for an import is told, where there is no terminal.
import { expect, test } from 'vitest';
import { createProgress } from '../../../../server/ingest/import/progress.ts';

test('each tenth once, with the pace of its stage and the time that is left', () => {
  const said: string[] = [];
  let clock = 5_000;
  const { show, stop } = createProgress({
    isTerminal: false,
    language: 'zh',
    write: (line) => said.push(line),
    now: () => clock,
  });
  show({ stage: 'check', fraction: 0.001, rows: 1_000 });
  clock += 10_000;
  show({ stage: 'check', fraction: 0.2, rows: 200_000 });
  show({ stage: 'check', fraction: 0.25, rows: 250_000 });
  show({ stage: 'check', fraction: 1, rows: 1_000_000 });
  clock += 4_000;
  show({ stage: 'write', fraction: 0.1, rows: 100_000 });
  clock += 4_000;
  show({ stage: 'write', fraction: 0.5, rows: 500_000 });
  stop();
  expect(said).toEqual([
    '核对 0% · 1,000 行',
    '核对 20% · 200,000 行 · 每秒 20,000 行 · 还需 40 秒',
    '核对 100% · 1,000,000 行',
    '写入 10% · 100,000 行',
    '写入 50% · 500,000 行 · 每秒 125,000 行 · 还需 4 秒',
  ]);
});
