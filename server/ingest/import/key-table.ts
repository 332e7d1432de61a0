/** Which keys a file has shown, where, and with what content: 16 bytes a key, so that ten million fit. */
import { randomInt } from 'node:crypto';

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
  return digestOf(content)[0] || 1;
}

/** Drawn anew for each process, so that nobody can write a file whose keys are taken for each other. */
const [SEED_HIGH, SEED_LOW] = [randomInt(2 ** 32), randomInt(2 ** 32)];

/** Two rounds of multiplying and mixing, in 32 bits each: a cryptographic digest would take longer than all else that a row needs. */
function digestOf(text: string): readonly [high: number, low: number] {
  let [high, low] = [SEED_HIGH, SEED_LOW];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 0x9e3779b1);
    low = Math.imul(low ^ code, 0x85ebca6b);
    // What lies in the upper bits must come down, or it is lost by the next multiplication.
    high ^= high >>> 15;
    low ^= low >>> 13;
  }
  high = Math.imul(high ^ (low >>> 16), 0xc2b2ae35);
  low = Math.imul(low ^ (high >>> 13), 0x27d4eb2f);
  // All zeros marks an empty slot, so no key may look like it.
  return [(high ^ (high >>> 16)) >>> 0, (low ^ (low >>> 15)) >>> 0 || 1];
}
