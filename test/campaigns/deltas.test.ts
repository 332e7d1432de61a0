// What a delta costs in small: that each is found in the trace with its scripting. `npm run campaign -- deltas` judges the times.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeScene, runDeltasCampaign } from './deltas.ts';
import { DELTA_MARK, readDeltaCosts, type TraceEvent } from './scripting.ts';
import { spreadOf } from './spread.ts';

test('every delta reaches the scene by push, and its scripting is told apart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hallpulse-deltas-'));
  const figures = await runDeltasCampaign({
    folder,
    scenes: ['overview', 'communities'],
    deltas: 12,
    warmUp: 4,
    rhythm: { everyMs: 250, events: 1 },
    filled: false,
  });
  for (const { scene, message, scripting, scriptingAndLayout, whole, snapshots, errors } of figures) {
    console.log(describeScene({ scene, message, scripting, scriptingAndLayout, whole, snapshots, errors }));
    expect(errors).toEqual([]);
    expect(snapshots).toBe(0);
    // On a machine that is busy with other things two may come in one task, and are one then.
    expect(message.n).toBeGreaterThanOrEqual(6);
    expect(message.p50).toBeGreaterThan(0);
    expect(scripting.p50).toBeGreaterThanOrEqual(message.p50);
    expect(scriptingAndLayout.most).toBeGreaterThanOrEqual(scripting.most);
    expect(whole.most).toBeGreaterThan(scripting.p50);
  }
  rmSync(folder, { recursive: true, force: true });
});

const PAGE = { pid: 1, tid: 1 };
/** `at` and `ms` in milliseconds; the processor's time is half of the time that passed, as beside another program. */
const work = (name: string, at: number, ms: number, more: Partial<TraceEvent> = {}): TraceEvent => {
  const [ts, dur] = [at * 1000, ms * 1000];
  return { name, cat: 'devtools.timeline', ph: 'X', ...PAGE, ts, dur, tdur: dur / 2, ...more };
};
const mark = (at: number): TraceEvent => {
  return { name: DELTA_MARK, cat: 'blink.user_timing', ph: 'I', ...PAGE, ts: at * 1000 };
};

test('a trace is charged delta by delta, scripting apart from the layout that it forces', () => {
  const costs = readDeltaCosts([
    work('RunTask', 0, 50),
    // The first delta: its message with microtasks, a timer, a frame with a forced layout in it, layout, paint, a collection.
    work('RunTask', 100, 20),
    work('FunctionCall', 101, 4),
    mark(102),
    work('RunMicrotasks', 105, 10),
    work('FunctionCall', 106, 8),
    work('RunTask', 130, 6),
    work('TimerFire', 131, 4),
    work('RunTask', 140, 40),
    work('FireAnimationFrame', 141, 12),
    work('FunctionCall', 142, 10),
    work('Layout', 144, 6),
    work('UpdateLayoutTree', 154, 4),
    work('Paint', 160, 10),
    work('MinorGC', 190, 2),
    // Another thread and another process are not this page's main thread.
    work('FunctionCall', 150, 30, { tid: 2 }),
    work('FunctionCall', 150, 30, { pid: 2 }),
    // The second, two messages in one task; and the third, whose end is not seen.
    work('RunTask', 300, 10),
    work('FunctionCall', 301, 2),
    mark(302),
    work('FunctionCall', 304, 2),
    mark(305),
    work('RunTask', 400, 10),
    work('FunctionCall', 401, 2),
    mark(402),
  ]);
  expect(costs).toEqual([
    { message: 7, scripting: 7 + 2 + 3 + 1, layout: 3 + 2, whole: 10 + 3 + 20 + 1 },
    { message: 2, scripting: 2, layout: 0, whole: 5 },
  ]);
  expect(readDeltaCosts([])).toEqual([]);
});

test('a spread is by nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
  expect(spreadOf(hundred)).toEqual({ n: 100, p50: 50, p95: 95, p99: 99, most: 100 });
  expect(spreadOf([1.234, 5.678], 1)).toEqual({ n: 2, p50: 1.2, p95: 5.7, p99: 5.7, most: 5.7 });
  expect(spreadOf([])).toEqual({ n: 0, p50: -1, p95: -1, p99: -1, most: -1 });
});
