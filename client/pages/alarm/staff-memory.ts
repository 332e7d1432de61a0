/** The staff id that this telephone gave last; a browser that keeps nothing is asked anew. */
import { guardMemory, type Memory } from '../../live/memory.ts';

const STAFF_KEY = 'hallpulse:staff';

export function readStaff(open: () => Memory = () => localStorage): string {
  return guardMemory(open).getItem(STAFF_KEY) ?? '';
}

export function keepStaff(id: string, open: () => Memory = () => localStorage): void {
  guardMemory(open).setItem(STAFF_KEY, id);
}
