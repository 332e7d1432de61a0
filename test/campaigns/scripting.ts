// What a trace of Chromium says about the work that each delta made for the page's main thread.

/** One event of a trace as Chromium writes it; times are microseconds. */
export interface TraceEvent {
  readonly name: string;
  readonly cat: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** The processor's time of the thread: what other programs do meanwhile is not in it. */
  readonly tdur?: number;
}

/** Milliseconds of the main thread's processor time from one delta's message until the next one's. */
export interface DeltaCost {
  /** Scripting of the task that brought the message, with the microtasks at its end. */
  readonly message: number;
  /** All scripting: the message, animation frames, timers, observers, promises and the collection of garbage. */
  readonly scripting: number;
  /** Style and layout. */
  readonly layout: number;
  /** Every task: painting, handing over to the compositor and the browser's own housekeeping too. */
  readonly whole: number;
}

/** What a page notes when a delta's message reaches it, before anybody else sees it. */
export const DELTA_MARK = 'delta came';

export const TRACED = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'v8',
  'v8.execute',
  'blink.user_timing',
];

const SCRIPTING =
  /^(EventDispatch|FunctionCall|TimerFire|FireAnimationFrame|FireIdleCallback|RunMicrotasks|EvaluateScript|v8\..*|MinorGC|MajorGC|V8\.GC.*)$/;
const LAYOUT = /^(UpdateLayoutTree|Layout)$/;

interface Task {
  readonly ts: number;
  readonly marks: number;
  readonly scripting: number;
  readonly layout: number;
  readonly whole: number;
}

/**
 * One cost for each mark but the last, whose end is not seen. A time counts once, for the innermost event that has a
 * kind: style and layout that a script forces are layout and not scripting. Marks of one task are one delta.
 */
export function readDeltaCosts(events: readonly TraceEvent[]): DeltaCost[] {
  const tasks = readTasks(events);
  const costs: { message: number; scripting: number; layout: number; whole: number }[] = [];
  for (const { marks, scripting, layout, whole } of tasks) {
    if (marks > 0) costs.push({ message: scripting, scripting: 0, layout: 0, whole: 0 });
    const cost = costs.at(-1);
    if (!cost) continue;
    cost.scripting += scripting;
    cost.layout += layout;
    cost.whole += whole;
  }
  return costs.slice(0, -1).map((cost) => ({
    message: cost.message / 1000,
    scripting: cost.scripting / 1000,
    layout: cost.layout / 1000,
    whole: cost.whole / 1000,
  }));
}

/** The tasks of the thread that holds the marks, in order. */
function readTasks(events: readonly TraceEvent[]): Task[] {
  const mark = events.find(isMark);
  if (!mark) return [];
  const own = events
    .filter(({ pid, tid, ph }) => pid === mark.pid && tid === mark.tid && ph === 'X')
    .toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  const marks = events.filter((event) => isMark(event) && event.tid === mark.tid).map(({ ts }) => ts);
  const groups: TraceEvent[][] = [];
  let end = -Infinity;
  for (const event of own) {
    // Work outside of tasks is a task of its own.
    if (event.ts >= end) groups.push([]);
    end = Math.max(end, event.ts + (event.dur ?? 0));
    groups.at(-1)!.push(event);
  }
  return groups.map((group) => {
    const { ts, dur = 0, tdur: whole = 0 } = group[0]!;
    const isWithin = (at: number) => at >= ts && at <= ts + dur;
    return { ts, marks: marks.filter(isWithin).length, whole, ...splitTask(group) };
  });
}

/** Splits one task's processor time by what it was spent on. The events begin with the outermost. */
function splitTask(events: readonly TraceEvent[]): { scripting: number; layout: number } {
  const split = { scripting: 0, layout: 0, rest: 0 };
  const open: { end: number; kind: keyof typeof split }[] = [];
  for (const { name, ts, dur = 0, tdur = 0 } of events) {
    while (open.length > 0 && open.at(-1)!.end <= ts) open.pop();
    const outer = open.at(-1)?.kind;
    const kind = SCRIPTING.test(name) ? 'scripting' : LAYOUT.test(name) ? 'layout' : (outer ?? 'rest');
    split[kind] += tdur;
    if (outer) split[outer] -= tdur;
    open.push({ end: ts + dur, kind });
  }
  return split;
}

function isMark({ name, cat }: TraceEvent): boolean {
  return name === DELTA_MARK && cat.includes('user_timing');
}
