/** How far somebody has read, at this browser, what was said to them of their follow-ups. */
import { guardMemory, type Memory } from '../../live/memory.ts';

const key = (hall: string, staff: string) => `hallpulse:duties:${hall}:${staff}`;

/** The moment of the last that they have read, epoch ms; 0 where nothing was. */
export function readSeen(hall: string, staff: string, open: () => Memory = () => localStorage): number {
  const at = Number(guardMemory(open).getItem(key(hall, staff)));
  return Number.isFinite(at) ? at : 0;
}

export function keepSeen(hall: string, staff: string, at: number, open: () => Memory = () => localStorage): void {
  guardMemory(open).setItem(key(hall, staff), String(at));
}
