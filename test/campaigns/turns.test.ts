// Twenty turns of the playlist: `npm run campaign -- turns` takes two thousand, and judges the heap as well.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readDetachedNodes } from './heap-snapshot.ts';
import { describeTurnsSlope, findTurnsFaults, runTurnsCampaign, type TurnsFigures } from './turns.ts';

/** Snapshots take seconds where others use the machine. */
const PATIENT = { timeout: 600_000 };

async function turnAround(turns: number, prepare?: Parameters<typeof runTurnsCampaign>[0]['prepare']) {
  const folder = mkdtempSync(join(tmpdir(), 'hallpulse-turns-'));
  const every = turns / 4;
  const figures = await runTurnsCampaign({
    folder,
    turns,
    every,
    warmUpTurns: every,
    standsMs: 60,
    filled: false,
    ...(prepare ? { prepare } : {}),
  });
  rmSync(folder, { recursive: true, force: true });
  const { slopes, ...rest } = figures;
  console.log(JSON.stringify(rest));
  for (const [name, slope] of Object.entries(slopes)) console.log(`${name}: ${describeTurnsSlope(slope)}`);
  return figures;
}

/** Five a turn: a scene has hundreds of nodes. In so few turns compiled code is most of what comes into the heap. */
const find = (figures: TurnsFigures) => findTurnsFaults(figures, { counted: 5_000, heap: Infinity });

test('scenes that are turned away leave nothing in the page', PATIENT, async () => {
  const figures = await turnAround(20);
  expect(find(figures)).toEqual([]);
  expect(Object.values(figures.scenes).reduce((sum, count) => sum + count, 0)).toBe(20);
  // Nobody has rated or posted stars in this hall, and a wall turns past what is empty.
  expect(Object.keys(figures.scenes)).toEqual(expect.arrayContaining(['overview', 'communities', 'medical']));
});

test('a page that keeps what it removed is found out', PATIENT, async () => {
  const figures = await turnAround(12, async (page) => {
    await page.addInitScript(() => {
      const kept: Node[] = [];
      const keep = (records: MutationRecord[]) => kept.push(...records.flatMap((record) => [...record.removedNodes]));
      new MutationObserver(keep).observe(document, { subtree: true, childList: true });
      Object.assign(window, { kept });
    });
  });
  const faults = find(figures).join('\n');
  expect(faults).toContain('detached grow with the turns');
  expect(faults).toContain('nodes grow with the turns');
  expect(figures.detached.names.map(([name]) => name)).toContain('<li>');
});

test('a snapshot tells the nodes that no document holds', () => {
  const fields = ['type', 'name', 'id', 'detachedness'];
  const meta = { node_fields: fields, node_types: [['hidden', 'object', 'native'], 'string', 'number', 'number'] };
  const strings = ['Detached <li class="hero">', '<li>', '<li class="on">', 'Detached <p>', 'Object'];
  const [object, native] = [1, 2];
  const nodes = [
    ...[native, 0, 1, 2],
    ...[native, 1, 2, 2],
    ...[native, 2, 3, 1],
    ...[native, 3, 4, 2],
    ...[object, 4, 5, 2],
  ];
  expect(readDetachedNodes({ snapshot: { meta }, nodes, strings })).toEqual({
    count: 3,
    names: [
      ['<li>', 2],
      ['<p>', 1],
    ],
  });
  const older = { ...meta, node_fields: fields.slice(0, 3) };
  expect(() => readDetachedNodes({ snapshot: { meta: older }, nodes: [], strings })).toThrow('does not say');
});
