/** Which keys a file has shown already, and with what content: 12 bytes a key, so that ten million fit. */
import { hash } from 'node:crypto';

export type Sighting = 'new' | 'repeat' | 'conflict';

export interface SeenTable {
  readonly size: number;
  /** Remembers the key's first content, and tells whether this is its first, the same again, or another. */
  add(key: string, content?: string): Sighting;
}

/** Keys are known by 64 bits of their digest: among ten million, two alike are to be expected in one file of 370,000. */
export function createSeenTable(initialSlots = 1 << 12): SeenTable {
  let slots = new Uint32Array(initialSlots * 3);
  let size = 0;

  const place = (table: Uint32Array, high: number, low: number): number => {
    const count = table.length / 3;
    for (let slot = low % count; ; slot = (slot + 1) % count) {
      const at = slot * 3;
      if (table[at] === 0 && table[at + 1] === 0) return at;
      if (table[at] === high && table[at + 1] === low) return at;
    }
  };
  const grow = () => {
    const larger = new Uint32Array(slots.length * 2);
    for (let at = 0; at < slots.length; at += 3) {
      const [high, low] = [slots[at]!, slots[at + 1]!];
      if (high !== 0 || low !== 0) larger.set(slots.subarray(at, at + 3), place(larger, high, low));
    }
    slots = larger;
  };

  return {
    get size() {
      return size;
    },
    add(key, content = '') {
      if ((size + 1) * 3 > (slots.length * 2) / 3) grow();
      const digest = hash('sha256', key, 'buffer');
      const high = digest.readUInt32LE(0);
      // All zeros marks an empty slot, so no key may look like it.
      const low = digest.readUInt32LE(4) || 1;
      const mark = content === '' ? 0 : hash('sha256', content, 'buffer').readUInt32LE(0);
      const at = place(slots, high, low);
      if (slots[at] === high && slots[at + 1] === low) return slots[at + 2] === mark ? 'repeat' : 'conflict';
      slots[at] = high;
      slots[at + 1] = low;
      slots[at + 2] = mark;
      size++;
      return 'new';
    },
  };
}
