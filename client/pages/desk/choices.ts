/** What this browser stands for: its station and its window, kept from one day to the next; a PC stays where it is. */
import { guardMemory, type Memory } from '../../live/memory.ts';

export interface Place {
  readonly station: string;
  readonly window?: string;
}

const key = (hall: string) => `hallpulse:desk:${hall}`;

export function readPlace(hall: string, open: () => Memory = () => localStorage): Place | undefined {
  try {
    const kept = JSON.parse(guardMemory(open).getItem(key(hall)) ?? 'null') as Partial<Place> | null;
    if (typeof kept?.station !== 'string') return undefined;
    return { station: kept.station, ...(typeof kept.window === 'string' ? { window: kept.window } : {}) };
  } catch {
    return undefined;
  }
}

export function keepPlace(hall: string, place: Place, open: () => Memory = () => localStorage): void {
  guardMemory(open).setItem(key(hall), JSON.stringify(place));
}
