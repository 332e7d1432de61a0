/** Which keys a file has shown, where, and with what content: 16 bytes a key, so that ten million fit. */
import { hash } from 'node:crypto';

export interface KeyEntry {
  /** The line that was set last. */
  readonly line: number;
  /** 32 bits of the content's digest; 0 for none. */
  readonly mark: number;
}

export interface KeyTable {
  readonly size: number;
  find(key: string): KeyEntry | undefined;
  set(key: string, entry: KeyEntry): void;
}

/** Keys, their digests and what is kept of each: `high`, `low`, `line`, `mark`. */
const WIDTH = 4;

/** Keys are known by 64 bits of their digest: among ten million, two alike are to be expected in one file of 370,000. */
export function createKeyTable(initialSlots = 1 << 12): KeyTable {
  let slots = new Uint32Array(initialSlots * WIDTH);
  let size = 0;

  const place = (table: Uint32Array, high: number, low: number): number => {
    const count = table.length / WIDTH;
    for (let slot = low % count; ; slot = (slot + 1) % count) {
      const at = slot * WIDTH;
      if (table[at] === 0 && table[at + 1] === 0) return at;
      if (table[at] === high && table[at + 1] === low) return at;
    }
  };
  const grow = () => {
    const larger = new Uint32Array(slots.length * 2);
    for (let at = 0; at < slots.length; at += WIDTH) {
      const [high, low] = [slots[at]!, slots[at + 1]!];
      if (high !== 0 || low !== 0) larger.set(slots.subarray(at, at + WIDTH), place(larger, high, low));
    }
    slots = larger;
  };
  const isEmpty = (at: number): boolean => slots[at] === 0 && slots[at + 1] === 0;

  return {
    get size() {
      return size;
    },
    find(key) {
      const at = place(slots, ...digestOf(key));
      return isEmpty(at) ? undefined : { line: slots[at + 2]!, mark: slots[at + 3]! };
    },
    set(key, { line, mark }) {
      if ((size + 1) * 3 > (slots.length * 2) / WIDTH) grow();
      const [high, low] = digestOf(key);
      const at = place(slots, high, low);
      if (isEmpty(at)) size++;
      slots.set([high, low, line, mark], at);
    },
  };
}

/** What is kept of a content: two that differ have the same mark once in four thousand million times. */
export function markOf(content: string): number {
  return hash('sha256', content, 'buffer').readUInt32LE(0) || 1;
}

function digestOf(key: string): readonly [high: number, low: number] {
  const digest = hash('sha256', key, 'buffer');
  // All zeros marks an empty slot, so no key may look like it.
  return [digest.readUInt32LE(0), digest.readUInt32LE(4) || 1];
}
