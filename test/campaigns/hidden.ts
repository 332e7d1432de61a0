// Promise 7 behind another tab: two walls on one hall whose days pass quickly, one of them hidden all the while.
import { setTimeout as wait } from 'node:timers/promises';
import { countDetachedNodes } from './heap-snapshot.ts';
import { describeRate, findGrowing, fitSlopes, type RateLimits, type Slope } from './slope.ts';
import { createWindows, openThrottlingBrowser, type Tab } from './tabs.ts';
import { startTimedHall } from './timed-hall.ts';
import { TURN_LIMIT_MS } from './turning.ts';

export interface HiddenOptions {
  /** An empty folder. */
  readonly folder: string;
  /** How long the two walls stand, in real time. */
  readonly seconds: number;
  /** Hall seconds per real second, by day and by night. */
  readonly speed: number;
  /** Real seconds between two samples. */
  readonly every: number;
  /** Turns of the playlist before each sample but the first, by its key: beside those that it makes by itself. */
  readonly turnsEach: number;
  /** Samples at the beginning that are not judged. */
  readonly warmUp: number;
  readonly filled: boolean;
  readonly onSample?: (line: string) => void;
}

const WATCHED = ['heap', 'nodes', 'listeners', 'detached'] as const;
type Watched = (typeof WATCHED)[number];
type Counts = Readonly<Record<Watched, number>>;

export interface TabFigures {
  /** What the page itself said at each sample: `visible` or `hidden`. */
  readonly states: readonly string[];
  /** How often its scene changed. */
  readonly turns: number;
  /** Growth for each real hour. */
  readonly slopes: Readonly<Record<Watched, Slope>>;
}

export interface HiddenFigures {
  readonly hallDays: number;
  readonly shown: TabFigures;
  readonly hidden: TabFigures;
  /** Milliseconds from showing the hidden wall until it stood where the other stood at that moment; -1: it did not. */
  readonly rightAfterMs: number;
}

const RIGHT_LIMIT_MS = 30_000;
const DAY_MS = 86_400_000;

export async function runHiddenCampaign(options: HiddenOptions): Promise<HiddenFigures> {
  const { folder, speed, filled, seconds, every, warmUp } = options;
  const pace = { busy: speed, quiet: speed };
  const hall = await startTimedHall({ folder, day: '2019-11-25', minute: 630, pace, filled });
  const browser = await openThrottlingBrowser();
  try {
    const openWindow = await createWindows(browser);
    const shown = await watchWall(await (await openWindow()).open(hall.url));
    const behind = await openWindow();
    const hidden = await watchWall(await behind.open(hall.url));
    // Another tab of the same window, before it.
    await (await behind.open('about:blank')).show();
    const startAt = await hall.now();
    const beganAt = performance.now();
    for (let next = 0; ; next += every) {
      await wait(Math.max(0, beganAt + next * 1_000 - performance.now()));
      if (next > 0) await Promise.all([shown.turn(options.turnsEach), hidden.turn(options.turnsEach)]);
      const hour = (performance.now() - beganAt) / 3_600_000;
      const lines = [await shown.sample(hour), await hidden.sample(hour)];
      options.onSample?.(`${Math.round(hour * 3_600)} s: shown ${lines[0]}; hidden ${lines[1]}`);
      if (next >= seconds) break;
    }
    const hallDays = Math.round(((await hall.now()) - startAt) / (DAY_MS / 10)) / 10;
    const figures = { hallDays, shown: await shown.figures(warmUp), hidden: await hidden.figures(warmUp) };
    return { ...figures, rightAfterMs: await showAgain(hidden.tab, shown.tab) };
  } finally {
    await browser.close();
    await hall.stop();
  }
}

/** `limits`: for each real hour. */
export function findHiddenFaults({ shown, hidden, rightAfterMs }: HiddenFigures, limits: RateLimits): string[] {
  const faults = Object.entries({ shown, hidden }).flatMap(([which, { states, slopes }]) => [
    ...findGrowing(slopes, limits).map((name) => `${which}: ${name} grow: ${describeHourSlope(slopes[name])}`),
    ...states
      .filter((state) => (state === 'hidden') !== (which === 'hidden'))
      .slice(0, 1)
      .map((state) => `the ${which} wall was ${state}`),
  ]);
  return rightAfterMs < 0 ? [...faults, 'the hidden wall did not come right when it was shown'] : faults;
}

export const describeHourSlope = (slope: Slope): string => describeRate(slope, 'an hour');

async function watchWall(tab: Tab) {
  await tab.send('Performance.enable');
  await waitUntil(() => tab.read<boolean>(`document.querySelector('main.wall')?.dataset.seq !== undefined`), 60_000);
  await tab.read(`{
    let scene;
    window.turns = -1;
    const look = () => {
      const now = document.querySelector('main.wall')?.dataset.scene;
      if (now !== undefined && now !== scene) { scene = now; window.turns++; }
    };
    look();
    new MutationObserver(look).observe(document.body, { subtree: true, attributeFilter: ['data-scene'] });
  }`);
  const states: string[] = [];
  const samples: (Counts & { readonly at: number })[] = [];
  return {
    tab,
    async turn(times: number): Promise<void> {
      for (let left = times; left > 0; left--) {
        const readTurns = () => tab.read<number>('window.turns');
        const before = await readTurns();
        // A hidden tab hears no keyboard, so the key is told to it.
        const key = `new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true })`;
        await tab.read(`document.body.dispatchEvent(${key})`);
        await waitUntil(async () => (await readTurns()) > before, TURN_LIMIT_MS);
      }
    },
    async sample(at: number): Promise<string> {
      for (let i = 0; i < 3; i++) await tab.send('HeapProfiler.collectGarbage');
      const { metrics } = await tab.send<{ metrics: { name: string; value: number }[] }>('Performance.getMetrics');
      const read = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
      const { count: detached } = await countDetachedNodes(tab.takeSnapshot);
      const counts = {
        heap: read('JSHeapUsedSize'),
        nodes: read('Nodes'),
        listeners: read('JSEventListeners'),
        detached,
      };
      samples.push({ at, ...counts });
      states.push(await tab.read<string>('document.visibilityState'));
      return `${(counts.heap / 1e6).toFixed(2)} MB, ${counts.nodes} nodes, ${detached} detached, ${counts.listeners} listeners`;
    },
    async figures(warmUp: number): Promise<TabFigures> {
      const judged = samples.slice(warmUp);
      const slopes = fitSlopes(WATCHED, judged, ({ at }) => at);
      return { states, turns: await tab.read<number>('window.turns'), slopes };
    },
  };
}

async function showAgain(hidden: Tab, shown: Tab): Promise<number> {
  const readSeq = (tab: Tab) => tab.read<string>(`document.querySelector('main.wall')?.dataset.seq`).then(Number);
  await hidden.show();
  const beganAt = performance.now();
  const wanted = await readSeq(shown);
  const isRight = await waitUntil(async () => (await readSeq(hidden)) >= wanted, RIGHT_LIMIT_MS);
  return isRight ? Math.round(performance.now() - beganAt) : -1;
}

async function waitUntil(isSo: () => Promise<boolean>, limitMs: number): Promise<boolean> {
  for (const until = performance.now() + limitMs; performance.now() < until; await wait(100))
    if (await isSo()) return true;
  return false;
}
