/** The staff id that this telephone gave last; a browser that keeps nothing is asked anew. */
const STAFF_KEY = 'hallpulse:staff';

type Memory = Pick<Storage, 'getItem' | 'setItem'>;

/** Reading `localStorage` itself throws where a browser forbids it. */
export function readStaff(memory: () => Memory = () => localStorage): string {
  try {
    return memory().getItem(STAFF_KEY) ?? '';
  } catch {
    return '';
  }
}

export function keepStaff(id: string, memory: () => Memory = () => localStorage): void {
  try {
    memory().setItem(STAFF_KEY, id);
  } catch {
    // Typed again next time.
  }
}
