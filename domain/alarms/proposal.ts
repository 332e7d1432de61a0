/** What to propose for a queue: one more window where the model says that it helps and there is one, else the lead. */
import { readNameOf } from '../board/cells.ts';
import { TODAY } from '../board/residency.ts';
import { listWindows, toQueue } from '../board/topics/windows.ts';
import type { BoardView } from '../board/topics/view.ts';
import { MINUTE_MS } from '../calendar/zone.ts';
import { adviseWindow } from '../forecast/queue.ts';

/** `open-window:ID` or `send-lead`. @param arrivalsPerHour people an hour who take a ticket at the station */
export function proposeForQueue(view: BoardView, station: string, arrivalsPerHour: number): string {
  const windows = [...listWindows(view, station)].sort(([, a], [, b]) => (a.label < b.label ? -1 : 1));
  // A window that is paused has its reason; one that is closed is the better choice.
  const spare =
    windows.find(([, { status }]) => status === 'closed') ?? windows.find(([, { status }]) => status === 'paused');
  const service = readService(view, station);
  if (!spare || service.n === 0) return 'send-lead';
  const advice = adviseWindow({
    arrivalsPerHour,
    serviceMeanMs: service.meanMs,
    serviceCv: service.cv,
    serviceN: service.n,
    openWindows: windows.filter(([, { status }]) => status === 'open').length,
    waiting: toQueue(view, station).length,
    targetWaitMs: view.config.profile.targets.waitMinutes * MINUTE_MS,
  });
  return advice.open ? `open-window:${spare[0]}` : 'send-lead';
}

/** Mean and coefficient of variation of today's handling times at the station. */
function readService(view: BoardView, station: string): { n: number; meanMs: number; cv: number } {
  let n = 0;
  let sum = 0;
  let squares = 0;
  for (const [name, count] of view.table(TODAY).at('handling', station)) {
    const ms = Number(readNameOf('handling', name).handlingMs);
    if (ms < 0) continue;
    n += count;
    sum += count * ms;
    squares += count * ms ** 2;
  }
  const meanMs = n > 0 ? sum / n : 0;
  if (meanMs <= 0) return { n: 0, meanMs: 0, cv: 0 };
  return { n, meanMs, cv: Math.sqrt(Math.max(0, squares / n - meanMs ** 2)) / meanMs };
}
